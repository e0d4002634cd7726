"""Four pathways of the region: the conditions of each on three days, and what would falsify it.

A condition (`casi.pathways.conditions`) is met, not met or unknown by the tables, and so is the
sign that would falsify the pathway (`casi.pathways.falsifiers`). Our judgement is kept apart from
both. It states for which counts of conditions it was written, so that a test fails when the record
changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from casi.escape import as_code, for_markdown
from casi.pathways import conditions, falsifiers  # noqa: F401  importing them registers the readings
from casi.pathways.reading import INDICATORS, STATES
from casi.record.lookup import Record
from casi.states import ARTICLE_DAY
from casi.text import FORMATS, MISSING, date, listing

BEFORE = pd.Timestamp(2016, 12, 31)  # the last year before the five presidents began to meet again
# The end of the article's month, so that the summit of the day after it counts.
WITH_ARTICLE = ARTICLE_DAY + pd.offsets.MonthEnd(0)
SIGNS = {"met": "seen", "not met": "not seen"}  # what a state is called where a sign is meant
TABLES = [
    "meetings",
    "exercises",
    "participation",
    "states",
    "clashes",
    "treaties",
    "treaty_actions",
    "organisations",
    "memberships",
    "border_segments",
    "arms_transfers",
    "coverage",
]


@dataclass(frozen=True)
class Pathway:
    """A pathway to security integration.

    Attributes:
        name: its name in texts.
        conditions: keys of `INDICATORS`.
        falsifier: key of the sign that falsifies it.
        judgement: our opinion of it, which is not a reading.
        written_for: how many conditions were met, not met and unknown when that was written.
    """

    name: str
    conditions: tuple[str, ...]
    falsifier: str
    judgement: str
    written_for: tuple[int, int, int]


PATHWAYS = [
    Pathway(
        "Functional cooperation",
        ("own-summits", "secretaries", "own-exercises", "no-shots"),
        "summits-stop",
        "The present course of the region, and the likeliest to continue: it needs no signature "
        "from Turkmenistan and has no charter that an outside power could join.",
        (3, 0, 1),
    ),
    Pathway(
        "Treaty-based forum",
        ("common-treaty", "charter", "full-table", "borders-in-law"),
        "treaty-stalls",
        "Unlikely soon. The presidents attend, but few of their agreements are known to have "
        "become law, and the record shows no move by the state whose signature is missing.",
        (1, 3, 0),
    ),
    Pathway(
        "Turkic or Caspian frame",
        (
            "turkic-exercises",
            "azerbaijan-in",
            "turkic-members",
            "turkic-charter",
        ),
        "frame-empties",
        "Growing, through Azerbaijan more than through Türkiye. It cannot include all five states "
        "as it is: Tajikistan has never been a member of the Turkic organisation.",
        (2, 1, 1),
    ),
    Pathway(
        "Absorption again",
        ("power-inside", "absorber", "armed-by-one", "trained-with-power"),
        "own-outlives",
        "Less likely than in 2005. Organisations that could absorb the region's formats exist, but "
        "no single power arms most of the five states, and the Consultative Meetings have no "
        "charter to merge.",
        (1, 3, 0),
    ),
]


def days(closing: pd.Timestamp) -> list[pd.Timestamp]:
    """Return the days of the readings: before the summits, with the article, and the close."""
    return [BEFORE, WITH_ARTICLE, closing]


def assess(record: Record, days: list[pd.Timestamp], pathways: list[Pathway]) -> pd.DataFrame:
    """Read the conditions and the falsifier of each pathway on each day.

    Args:
        record: the tables named in `TABLES`, by name.
        days: the days of the readings.
        pathways: such as `PATHWAYS`.

    Returns:
        One row a pathway, indicator and day: `pathway`, `key`, `name`, `rule`, `role` (`condition`
        or `falsifier`), `day`, `state` (one of `STATES`), `value` (missing if not known), `written`
        (the value in words, a dash if not known) and `rows` (list of `table/key`).
    """
    rows = []
    for pathway in pathways:
        for key in (*pathway.conditions, pathway.falsifier):
            indicator = INDICATORS[key]
            role = "falsifier" if key == pathway.falsifier else "condition"
            head = {"pathway": pathway.name, "key": key, "name": indicator.name}
            head |= {"rule": indicator.rule, "role": role}
            for day in days:
                reading = indicator.read(record, day)
                value = reading.value
                written = "–" if value is None else FORMATS[indicator.form](value)
                row = {"day": day, "state": reading.state, "value": value, "written": written}
                rows.append(head | row | {"rows": reading.rows})
    return pd.DataFrame(rows)


def tally(assessed: pd.DataFrame) -> pd.DataFrame:
    """Count the conditions of each pathway by state and day.

    Args:
        assessed: what `assess` returns.

    Returns:
        Index `pathway` and `day`, in the order given; one column for each of `STATES`.
    """
    rows = assessed[assessed["role"] == "condition"]
    counts = rows.groupby(["pathway", "day", "state"], sort=False).size().unstack(fill_value=0)
    return counts.reindex(columns=STATES, fill_value=0)


def outdated(assessed: pd.DataFrame, pathways: list[Pathway], closing: pd.Timestamp) -> list[str]:
    """Return the names of the pathways whose judgement was written for other counts.

    Args:
        assessed: what `assess` returns.
        pathways: those assessed.
        closing: the day whose counts are compared.
    """
    counts = tally(assessed)
    return [
        pathway.name
        for pathway in pathways
        if tuple(int(count) for count in counts.loc[(pathway.name, closing)]) != pathway.written_for
    ]


def grid(assessed: pd.DataFrame, role: str) -> pd.DataFrame:
    """Lay out states and values side by side, one column a day, for a table.

    Args:
        assessed: what `assess` returns.
        role: `condition` or `falsifier`.

    Returns:
        Columns `pathway`, `key`, `rule` and the days in words, cells such as `"not met (1)"`, for a
        falsifier `"not seen (2)"`.
    """
    rows = assessed[assessed["role"] == role]
    if role == "falsifier":
        rows = rows.assign(state=rows["state"].replace(SIGNS))
    cell = rows["state"] + " (" + rows["written"] + ")"
    cell = cell.where(rows["written"] != "–", rows["state"])
    rows = rows.assign(cell=cell, on=rows["day"].map(date))
    keys = ["pathway", "key", "rule"]
    wide = rows.pivot(index=keys, columns="on", values="cell")
    order = pd.MultiIndex.from_frame(rows[keys].drop_duplicates())
    return wide.reindex(order)[list(dict.fromkeys(rows["on"]))].reset_index()


def behind(assessed: pd.DataFrame, named: int = 3) -> pd.DataFrame:
    """Lay out what each reading of the latest day rests on, for a table.

    Args:
        assessed: what `assess` returns.
        named: how many rows to name; the others are counted.

    Returns:
        Columns `Indicator`, `Role`, `Reading` and `Rows` (Markdown).
    """
    now = assessed[assessed["day"] == assessed["day"].max()]
    signs = now["role"] == "falsifier"
    rows = []
    for keys in now["rows"]:
        more = [f"{len(keys) - named} more"] if len(keys) > named else []
        rows.append(listing([*map(as_code, keys[:named]), *more], MISSING))
    table = now.assign(state=now["state"].where(~signs, now["state"].replace(SIGNS)), rows=rows)
    columns = {"name": "Indicator", "role": "Role", "state": "Reading", "rows": "Rows"}
    return table[[*columns]].rename(columns=columns)


def headline(assessed: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers on the pathways that the text quotes, by name.

    Names end in `_before`, `_article` and `_now`; `needs` counts the conditions of a pathway,
    `unknown` those of which the last day does not tell whether they are met.
    """
    counts = tally(assessed)
    names = [pathway.name for pathway in PATHWAYS]
    short = dict(zip(names, ["own", "law", "wide", "absorbed"], strict=True))
    facts: dict[str, Any] = {}
    for (pathway, day), row in counts.iterrows():
        when = {BEFORE: "before", WITH_ARTICLE: "article"}.get(day, "now")
        facts[f"{short[pathway]}_{when}"] = int(row["met"])
        facts[f"{short[pathway]}_needs"] = int(row.sum())
    now = assessed[assessed["day"] == assessed["day"].max()]
    values = now.set_index("key")["value"]
    named = ["common-treaty", "turkic-members", "borders-in-law", "armed-by-one", "own-outlives"]
    facts |= {key.replace("-", "_"): int(values[key]) for key in named}
    facts["trained"] = values["trained-with-power"]
    facts["falsified"] = int(((now["role"] == "falsifier") & (now["state"] == "met")).sum())
    open_now = now[(now["role"] == "condition") & (now["state"] == "unknown")]
    facts["unknown"] = len(open_now)
    facts |= {f"{short[name]}_unknown": int((open_now["pathway"] == name).sum()) for name in names}
    return facts


def judgements(pathways: list[Pathway]) -> pd.DataFrame:
    """Lay out the judgements in italics, for a table.

    Returns:
        Columns `Pathway` and `Judgement` (Markdown).
    """
    rows = [(pathway.name, f"*{for_markdown(pathway.judgement)}*") for pathway in pathways]
    return pd.DataFrame(rows, columns=["Pathway", "Judgement"])
