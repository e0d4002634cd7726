"""Timeline of two states, year by year: what joined them, what parted them, how often they met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from casi.profiles.pair import JOINING, NAMED_PARTIES, Pair
from casi.profiles.rows import Rows, names_of
from casi.profiles.state import ENDED, no_row_if_empty
from casi.record.lookup import Record, rows_of
from casi.text import MISSING, count, rows_link

JOINED, PARTED, EXERCISES, MEETINGS = COLUMNS = [
    "Agreed or joined",
    "Clashes, exits and refusals",
    "Exercises",
    "Meetings",
]
NOT_KNOWN = "Not known"


class Entry(NamedTuple):
    """What stands in a cell of the timeline.

    Attributes:
        day: missing if it is not known.
        column: one of `COLUMNS`.
        text: Markdown.
    """

    day: pd.Timestamp
    column: str
    text: str


def timeline(record: Record, pair: Pair) -> pd.DataFrame:
    """Return what the record holds on two states, one row a year, the oldest first.

    Returns:
        `Year` and `COLUMNS`, all Markdown but the year; entries of an unknown day come last.
    """
    rows = pair.rows
    exercises, clashes = rows["exercises"], pair.clashes
    names = record["states"].set_index("iso3")["name"]
    entries = [
        *_of_bodies(pair),
        *_of_treaties(pair),
        *_refusals(pair, names),
        *_of_border(rows),
        *_counts(clashes, rows_of("clashes", clashes["clash"]), PARTED, "clash", "clashes"),
        *_counts(exercises, rows_of("exercises", exercises["exercise"]), EXERCISES),
        *_counts(rows["meetings"], names_of(rows["meetings"]), MEETINGS),
    ]
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda each: (pd.isna(each.day), str(each.day))):
        year = NOT_KNOWN if pd.isna(entry.day) else str(entry.day.year)
        cells[year][entry.column].append(entry.text)
    found = [
        (year, *("; ".join(cells[year][column]) or MISSING for column in COLUMNS))
        for year in sorted(cells)
    ]
    return no_row_if_empty(pd.DataFrame(found, columns=["Year", *COLUMNS]))


def _of_bodies(pair: Pair) -> Iterator[Entry]:
    """Yield entries to bodies, changes of roles and exits; the end of a body itself is none."""
    for _, part in pair.spells.groupby("organisation"):
        ends = set(part["end"].dropna())
        for row in part.itertuples():
            roles = [getattr(row, code) for code in pair.names]
            if row.start not in ends:
                yield Entry(row.start, JOINED, f"both in {row.name}")
            else:
                column = PARTED if "suspended" in roles else JOINED
                yield Entry(row.start, column, f"roles in {row.name}: {' and '.join(roles)}")
            if pd.notna(row.end) and not row.body_ended and row.end not in set(part["start"]):
                yield Entry(row.end, PARTED, f"no longer both in {row.name}")


def _of_treaties(pair: Pair) -> Iterator[Entry]:
    """Yield the day on which both had signed or joined a treaty, and that of its force for both."""
    steps = pair.rows["treaty_actions"]
    joined = _later(steps[steps["action"].isin(JOINING)])
    in_force = _later(steps[steps["action"] == "in_force"])
    wide = defaultdict(list)
    for row in pair.treaties.itertuples():
        if row.treaty not in joined:
            continue
        day = joined[row.treaty]
        if row.parties > NAMED_PARTIES:
            wide[pd.NaT if pd.isna(day) else pd.Timestamp(day.year, 12, 31)].append(row.treaty)
            continue
        yield Entry(day, JOINED, f"signed or joined: {row.Treaty}")
        if row.treaty in in_force:
            yield Entry(in_force[row.treaty], JOINED, f"in force for both: {row.Treaty}")
    for day, treaties in wide.items():
        text = count(len(treaties), "treaty of more states", "treaties of more states")
        yield Entry(day, JOINED, rows_link(text, rows_of("treaty_actions", treaties)))


def _later(steps: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Return by treaty the day on which the later of both states took its first of some steps.

    Treaties without such a step of both are left out; the day is missing if one of them is.
    """
    firsts: dict[str, dict[str, pd.Timestamp]] = defaultdict(dict)
    for row in steps.sort_values("date").itertuples():
        firsts[row.treaty].setdefault(row.state, row.date)
    return {
        treaty: pd.NaT if pd.isna([*days.values()]).any() else max(days.values())
        for treaty, days in firsts.items()
        if len(days) == 2
    }


def _refusals(pair: Pair, names: pd.Series) -> Iterator[Entry]:
    links = pair.treaties.set_index("treaty")["Treaty"]
    steps = pair.rows["treaty_actions"]
    for row in steps[steps["action"].isin(ENDED)].itertuples():
        words = row.action.replace("_", " ")
        yield Entry(row.date, PARTED, f"{names[row.state]}, {words}: {links[row.treaty]}")


def _of_border(rows: Rows) -> Iterator[Entry]:
    said = rows_of("border_progress", rows["border_progress"]["statement"])
    for stage, words in (("delimited", "border delimited"), ("demarcated", "border demarcated")):
        for row in rows["border_segments"][["border", stage, f"{stage}_date"]].to_numpy():
            if row[1] == "full" and pd.notna(row[2]):
                yield Entry(row[2], JOINED, rows_link(f"{words} in full", said))


def _counts(events: pd.DataFrame, keys: list[str], column: str, *nouns: str) -> Iterator[Entry]:
    """Yield the number of events of each year, linked to their rows, whose names are given."""
    linked = pd.Series(keys, index=events.index, dtype="object")
    for year, part in linked.groupby(events["date_start"].dt.year):
        text = count(len(part), *nouns) if nouns else str(len(part))
        yield Entry(pd.Timestamp(int(year), 12, 31), column, rows_link(text, part))
