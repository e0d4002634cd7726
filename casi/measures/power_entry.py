"""When an outside power entered a regional body, and how long the body lived after that."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.measures.institutions import NATO_BODIES, UNIVERSAL
from casi.record.on_day import effective_ends
from casi.states import FIVE, GREAT_POWERS

PHASES = ["Without Russia or China", "With Russia or China"]
MONTH = 365.25 / 12  # days
EARLIEST = pd.Timestamp(1991, 1, 1)
COLUMNS = ["organisation", "name", "kind", "founded"]


def lives(
    organisations: pd.DataFrame,
    memberships: pd.DataFrame,
    until: pd.Timestamp,
    *,
    renamed_end: bool = True,
) -> pd.DataFrame:
    """Return when each regional body began and ended.

    Regional is a body of which two or more of the five were ever full members; the universal ones
    and NATO's are left out. The end is that of `institutions.effective_ends`: where none is on
    record, the day the successor took up members.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the day the record closes.
        renamed_end: whether a body renamed ends; if not, it goes on as its successor, and one row
            stands for the whole line, named after its first body.

    Returns:
        One row a body, the oldest first: `organisation`, `name`, `kind`, `founded` (day), `ended`
        (day, missing while at work or if not known), `how` (the last body's `end_kind`,
        `succeeded` where only a successor tells of the end, `at work`, or `unknown`) and `bodies`
        (tuple of the keys in the line).
    """
    table = organisations.set_index("organisation").assign(
        ended=effective_ends(organisations, memberships)
    )
    table = table[table["founded"] <= until]
    table["ended"] = table["ended"].where(table["ended"] <= until)
    own = memberships[memberships["state"].isin(FIVE) & (memberships["status"] == "member")]
    seats = own.groupby("organisation")["state"].nunique()
    regional = [body for body in table.index if seats.get(body, 0) > 1]
    regional = [body for body in regional if body not in UNIVERSAL | NATO_BODIES]
    renamed = {} if renamed_end else _renamed(table.loc[regional])
    rows = []
    for body in regional:
        if body in renamed.values():
            continue
        line = [body]
        while line[-1] in renamed:
            line.append(renamed[line[-1]])
        last = table.loc[line[-1]]
        how = _how(last)
        ended = pd.NaT if how == "unknown" else last["ended"]
        first = table.loc[body]
        rows.append((body, first["name"], first["kind"], first["founded"], ended, how, tuple(line)))
    found = pd.DataFrame(rows, columns=[*COLUMNS, "ended", "how", "bodies"])
    return found.sort_values(["founded", "organisation"], ignore_index=True)


def entries(
    lines: pd.DataFrame,
    memberships: pd.DataFrame,
    until: pd.Timestamp,
    powers: Collection[str] | None = GREAT_POWERS,
) -> pd.DataFrame:
    """Add to each body the first entry of an outside power, and the months around it.

    A power whose spell began no later than that of the first of the five, or with the body, was
    there from the founding, and entered on that day even where the act took effect later.
    Membership is full membership, observers do not count. For a body older than 1991 every clock
    starts on 1 January 1991: before, none of the five could belong.

    Args:
        lines: what `lives` returns.
        memberships: the table `memberships`.
        until: the day the record closes.
        powers: codes of the powers that count; None for every state but the five.

    Returns:
        The rows of `lives` with `entrant` (codes with commas between, of those who entered first),
        `entered` (day), `entry` (`at founding`, `later`, `never`), `months_before` (founding to
        entry), `months_after` (entry to end or, for a living body, to `until`) and `over` (whether
        it ended). Months are missing where there was no entry or the end is not known.
    """
    full = memberships[(memberships["status"] == "member") & (memberships["start"] <= until)]
    outside = full[~full["state"].isin(FIVE)]
    if powers is not None:
        outside = outside[outside["state"].isin(powers)]
    rows = []
    for line in lines.itertuples():
        came = outside[outside["organisation"].isin(line.bodies)]
        own = full[full["organisation"].isin(line.bodies) & full["state"].isin(FIVE)]
        day = came["start"].min()
        # where a founding act took effect later, the first members' spells begin on that day
        founders = max(line.founded, own["start"].min())
        entry = "never" if pd.isna(day) else "at founding" if day <= founders else "later"
        entered = {"at founding": max(line.founded, EARLIEST), "later": day}.get(entry, pd.NaT)
        first = ", ".join(sorted(set(came.loc[came["start"] == day, "state"]))) or None
        rows.append((first, entered, entry))
    table = lines.reset_index(drop=True)
    table[["entrant", "entered", "entry"]] = pd.DataFrame(rows, index=table.index)
    table["entered"] = pd.to_datetime(table["entered"])
    table["over"] = table["ended"].notna()
    last = table["ended"].fillna(until).where(table["how"] != "unknown")
    begun = table["founded"].clip(lower=EARLIEST)
    table["months_before"] = (table["entered"] - begun).dt.days / MONTH
    table["months_after"] = (last - table["entered"]).dt.days / MONTH
    return table


def phases(entered: pd.DataFrame, organisations: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Cut the life of each body at the entry, as `charts.timeline` draws it.

    Args:
        entered: what `entries` returns; bodies of unknown end are left out.
        organisations: the table `organisations`, for the abbreviations.
        until: the day at which the bars of living bodies stop.

    Returns:
        One row a phase: `name`, `founded`, `ended` (missing for a phase that lasts), `until` and
        `group`, one of `PHASES`.
    """
    short = organisations.set_index("organisation")["abbreviation"]
    rows = []
    for body in entered[entered["how"] != "unknown"].itertuples():
        name = short[body.organisation] if pd.notna(short[body.organisation]) else body.name
        begun = max(body.founded, EARLIEST)
        cut = body.entered if body.entry == "later" else pd.NaT
        starts = [begun] if pd.isna(cut) else [begun, cut]
        ends = [body.ended] if pd.isna(cut) else [cut, body.ended]
        groups = PHASES[1:] if body.entry == "at founding" else PHASES
        for start, end, group in zip(starts, ends, groups, strict=False):
            rows.append((name, start, end, until if pd.isna(end) else end, group))
    return pd.DataFrame(rows, columns=["name", "founded", "ended", "until", "group"])


def headline(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> dict[str, object]:
    """Return the numbers on entries and ends that the text quotes, by name.

    Renamed bodies go on as one line, except in those that end in `_renamed`. Keys begin with
    `great` (Russia or China) or `anyone` (every state but the five).

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the closing date of the record.
    """
    facts: dict[str, object] = {}
    for ending, renamed_end in (("", False), ("_renamed", True)):
        lines = lives(organisations, memberships, until, renamed_end=renamed_end)
        facts[f"bodies{ending}"] = len(lines)
        for who, powers in (("great", GREAT_POWERS), ("anyone", None)):
            table = entries(lines, memberships, until, powers)
            for entry in ("at founding", "later", "never"):
                rows = table[table["entry"] == entry]
                key = f"{who}_{entry.replace(' ', '_')}{ending}"
                facts[key] = len(rows)
                facts[f"{key}_over"] = int(rows["over"].sum())
                facts[f"{key}_unknown"] = int((rows["how"] == "unknown").sum())
            later = table[table["entry"] == "later"].sort_values("entered")
            facts[f"{who}_entered{ending}"] = later["organisation"].tolist()
            facts[f"{who}_months_after{ending}"] = later["months_after"].round(1).tolist()
    return facts


def _renamed(table: pd.DataFrame) -> dict[str, str]:
    """Return the bodies that went on under another name, each with the next one."""
    replaced = table["ended"].notna() & table["end_kind"].isna()  # as the CST was by the CSTO
    went_on = table[(table["end_kind"] == "renamed") | replaced]
    return {body: after for body, after in went_on["successor"].items() if after in table.index}


def _how(body: pd.Series) -> str:
    if body["end_kind"] == "unknown":
        known = pd.notna(body["ended"]) and body["ended"] > body["founded"]
        return "succeeded" if known else "unknown"
    if isinstance(body["end_kind"], str):
        return body["end_kind"]
    return "at work" if pd.isna(body["ended"]) else "succeeded"
