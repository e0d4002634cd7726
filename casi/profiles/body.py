"""Profile of a body or a format: who belongs to it, who comes, what it does, page by page."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from casi.measures import participation
from casi.profiles.rows import Rows, all_meetings, names_of
from casi.profiles.state import OWN_RECORD, RECENT, no_row_if_empty, statuses_of
from casi.profiles.state import STATUSES as TREATY_STATUSES
from casi.record.lookup import LEVELS, Record, rows_of, took_part
from casi.states import FIVE
from casi.text import MISSING, date, dates, listing, rows_link

SIX = [*FIVE, "AZE"]
UNKNOWN_LEVEL = "present, level unknown"
GROUPS = {  # levels of attendance, from the highest, by the column of a table
    "Head of state": ["head of state"],
    "Head or deputy head of government": ["prime minister", "deputy prime minister"],
    "Minister": ["minister"],
    "Other level": [],
    "Level not known": [UNKNOWN_LEVEL],
    "Absent": ["absent"],
}


@dataclass(frozen=True)
class Body:
    """A body or a format.

    Attributes:
        name: what its page is called.
        organisation: its key in `organisations`; empty for a format without members.
        series: values of the column that names the format in a table of `rows.MEETINGS`.
        frames: values of the column `frame` of `exercises`.
        treaties: how the keys of its treaties begin.
        topic: topic in `coverage` that says which of its meetings are on record.
    """

    name: str
    organisation: str = ""
    series: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    treaties: tuple[str, ...] = ()
    topic: str = ""


OUTSIDE = "meetings with outside powers"
OTS = "meetings of the OTS and its predecessors"
BODIES = {
    "consultative_meetings": Body(
        "Consultative Meetings",
        "consultative-heads",
        series=("consultative_heads",),
        treaties=("friendship-2022",),
        topic="five-state meetings",
    ),
    "csto": Body("CSTO", "csto", ("csto",), ("csto",), ("cst-", "csto-"), "meetings of the CSTO"),
    "sco": Body(
        "SCO", "sco", ("sco",), ("sco",), ("sco-", "border-military-"), "meetings of the SCO"
    ),
    "ots": Body("OTS", "ots", ("ots",), ("ots",), ("nakhchivan-",), OTS),
    "cis": Body("CIS", "cis", ("cis",), ("cis",), ("cis-",), "meetings of the CIS"),
    "cica": Body("CICA", "cica", ("cica",)),
    "eaeu": Body("EAEU", "eaeu", ("eaeu",)),
    "nato_pfp": Body("Partnership for Peace", "pfp", (), ("nato_pfp",)),
    "c5_china": Body("C5+China", "", ("c5_china",), treaties=("china-five-",), topic=OUTSIDE),
    "c5_us": Body("C5+US", "", ("c5_usa",), topic=OUTSIDE),
    "c5_eu": Body("C5+EU", "", ("c5_eu",), topic=OUTSIDE),
    "c5_russia": Body("C5+Russia", "", ("c5_russia",), topic=OUTSIDE),
}


def rows_on(record: Record, body: Body) -> Rows:
    """Return the rows on a body by table: spells, meetings, exercises in its frame, treaties.

    Spells are those of the six states in the body and in the bodies that it succeeded. Meetings
    and exercises are those that were held, the oldest first.
    """
    bodies = record["organisations"]
    succeeded = bodies.loc[bodies["successor"] == body.organisation, "organisation"]
    wanted = {body.organisation, *succeeded} if body.organisation else set()
    spells = record["memberships"]
    spells = spells[spells["organisation"].isin(wanted) & spells["state"].isin(SIX)]
    meetings = all_meetings(record)
    meetings = _held(meetings[meetings["format"].isin(body.series)])
    exercises = record["exercises"][record["exercises"]["frame"].isin(body.frames)]
    treaties = record["treaties"]
    treaties = treaties[treaties["treaty"].str.startswith(body.treaties)]
    steps = record["treaty_actions"]
    came = record["participation"]
    came = came[came["event"].isin(meetings["meeting"]) & came["state"].isin(SIX)]
    return {
        "memberships": spells.sort_values(["start", "state"]),
        "meetings": meetings,
        "participation": came,
        "exercises": _held(exercises),
        "treaties": treaties.sort_values(["date_opened", "treaty"]),
        "treaty_actions": steps[
            steps["treaty"].isin(treaties["treaty"]) & steps["state"].isin(SIX)
        ],
    }


def _held(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["status"] == "held"].sort_values("date_start")


def memberships(record: Record, rows: Rows) -> pd.DataFrame:
    """Return each spell of the six states: `State` (Markdown), `Body`, `From`, `To` and `Role`."""
    spells = rows["memberships"]
    names = record["states"].set_index("iso3")["name"]
    bodies = record["organisations"].set_index("organisation")["name"]
    keys = spells["organisation"] + "/" + spells["state"]
    table = pd.DataFrame(
        {
            "State": [
                rows_link(names[state], rows_of("memberships", [key]))
                for state, key in zip(spells["state"], keys, strict=True)
            ],
            "Body": spells["organisation"].map(bodies),
            "From": dates(spells["start"], spells["start_precision"]),
            "To": dates(spells["end"], spells["end_precision"]),
            "Role": spells["status"].str.replace("_", " "),
        }
    )
    return no_row_if_empty(table)


def levels(record: Record, rows: Rows) -> pd.DataFrame:
    """Return the level of each of the six states at each meeting, in words.

    Returns:
        Index `meeting`, one column a state, by code; missing where the record has no row.
    """
    grid = participation.attendance(rows["meetings"], record["participation"], SIX)
    return grid.set_index("meeting")[SIX].replace("present", UNKNOWN_LEVEL)


def seats(record: Record, rows: Rows) -> pd.DataFrame:
    """Count the meetings by the level at which each of the six states came.

    Returns:
        `State`, `GROUPS` and `No row in this record` (numbers of meetings), without columns that
        count none and without states of which there is no row at all.
    """
    group = dict.fromkeys(LEVELS.values(), "Other level")
    group |= {word: name for name, words in GROUPS.items() for word in words}
    found = levels(record, rows)
    grid = found.apply(lambda column: column.map(group)).fillna("No row")
    counts = grid.apply(lambda column: column.value_counts()).T
    counts = counts.reindex(columns=[*GROUPS, "No row"]).fillna(0).astype(int)
    counts = counts.loc[:, counts.any()].rename(columns={"No row": "No row in this record"})
    names = record["states"].set_index("iso3")["name"]
    counts.insert(0, "State", names.reindex(counts.index))
    counts = counts[found.notna().any()]
    return no_row_if_empty(counts if len(rows["meetings"]) else counts[:0])


def last_meetings(record: Record, rows: Rows, most: int = 10) -> pd.DataFrame:
    """Return who came to the last meetings, the newest first.

    Returns:
        `Meeting` (Markdown), `When` and the level of each of the six states of which there is any
        row at all, by name.
    """
    recent = rows["meetings"].tail(most).iloc[::-1]
    grid = levels(record, rows)
    some = [state for state in SIX if grid[state].notna().any()]
    names = record["states"].set_index("iso3")["name"]
    table = pd.DataFrame(
        {
            "Meeting": [
                rows_link(name, [row])
                for name, row in zip(recent["name"], names_of(recent), strict=True)
            ],
            "When": dates(recent["date_start"], recent["date_precision"]),
            **{names[state]: grid.loc[recent["meeting"], state].tolist() for state in some},
        }
    )
    return no_row_if_empty(table)


def documents(rows: Rows) -> pd.DataFrame:
    """Return what the meetings adopted, the newest first.

    Returns:
        `When`, `Meeting` (Markdown) and `Adopted`.
    """
    some = rows["meetings"].dropna(subset="documents").iloc[::-1]
    table = pd.DataFrame(
        {
            "When": dates(some["date_start"], some["date_precision"]),
            "Meeting": [
                rows_link(name, [row])
                for name, row in zip(some["name"], names_of(some), strict=True)
            ],
            "Adopted": some["documents"],
        }
    )
    return no_row_if_empty(table)


def treaties(record: Record, rows: Rows) -> pd.DataFrame:
    """Return the treaties of the body, the oldest first, and which of the six they bind.

    Returns:
        `Treaty` (Markdown), `Opened`, and names of those of the six: `In force for`, `Signed or
        joined by` (without entry into force for them on record) and `Refused or left by`.
    """
    names = record["states"].set_index("iso3")["name"]
    table = rows["treaties"]
    standing: dict[str, dict[str, str]] = {key: {} for key in table["treaty"]}
    for state, steps in rows["treaty_actions"].groupby("state"):
        own = table[table["treaty"].isin(steps["treaty"])]
        for key, status in zip(own["treaty"], statuses_of(steps, own), strict=True):
            standing[key][names[state]] = status
    with_steps = set(record["treaty_actions"]["treaty"])
    found = []
    for row in table.itertuples():
        by_status = [
            listing((name for name, each in standing[row.treaty].items() if each in kinds), MISSING)
            for kinds in (TREATY_STATUSES[:1], TREATY_STATUSES[1:3], TREATY_STATUSES[3:])
        ]
        steps = [row.treaty] if row.treaty in with_steps else []
        link = rows_link(row.name, rows_of("treaty_actions", steps))
        found.append((link, date(row.date_opened, row.date_precision), *by_status))
    columns = ["Treaty", "Opened", "In force for", "Signed or joined by", "Refused or left by"]
    return no_row_if_empty(pd.DataFrame(found, columns=columns))


def exercises(record: Record, rows: Rows) -> pd.DataFrame:
    """Count the exercises in the frame of the body in which each of the six states took part.

    Returns:
        `State`, `Since 2011`, `Since 2020` (Markdown) and `Last` (year).
    """
    names = record["states"].set_index("iso3")["name"]
    table = rows["exercises"]
    came = record["participation"]
    trained = took_part(came[came["event"].isin(table["exercise"])])
    parts = [trained.get(exercise, frozenset()) for exercise in table["exercise"]]
    years = table["date_start"].dt.year
    found = []
    for state in SIX if len(table) else []:
        own = pd.Series([state in group for group in parts], table.index)
        counts = [
            rows_link(str(len(part)), rows_of("exercises", part))
            for part in (
                table.loc[own & (years >= year), "exercise"] for year in (OWN_RECORD, RECENT)
            )
        ]
        found.append((names[state], *counts, str(years[own].max()) if own.any() else MISSING))
    columns = ["State", f"Since {OWN_RECORD}", f"Since {RECENT}", "Last"]
    return no_row_if_empty(pd.DataFrame(found, columns=columns))
