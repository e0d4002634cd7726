"""What a reading of an indicator is made of, and helpers that read the record as it stood on a day.

A row counts only once its last possible day has come: what is known to the year counts from the end
of that year. What was planned, and what was only signed, counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from casi.record.lookup import Record, membership_rows, rows_of, took_part
from casi.record.on_day import active_memberships, completed, known_by, window_start
from casi.states import FIVE

MET, UNMET, UNKNOWN = "met", "not met", "unknown"
STATES = [MET, UNMET, UNKNOWN]
POLITICAL = {"friendship", "alliance"}  # kinds of treaty on which a forum of the five could rest
OWN_FRAMES = {"five", "five_plus_azerbaijan"}
WIDER_FRAMES = {*OWN_FRAMES, "ots", "turkiye"}
INDICATORS: dict[str, Indicator] = {}


@dataclass(frozen=True)
class Reading:
    """What the record says of an indicator on a day.

    Attributes:
        met: whether the condition holds; None where the tables do not tell.
        value: the number that decides, in the unit of the indicator; None where it is not known.
        rows: the rows it rests on, as `table/key`.
    """

    met: bool | None
    value: float | None = None
    rows: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return one of `STATES`."""
        return UNKNOWN if self.met is None else MET if self.met else UNMET


@dataclass(frozen=True)
class Indicator:
    """A condition that can be read off the tables on any day.

    Attributes:
        key: its name in `INDICATORS`.
        name: a few words, for charts.
        rule: when it is met, a sentence without its full stop.
        form: how its value is written, one of `casi.text.FORMATS`.
        read: what reads it.
    """

    key: str
    name: str
    rule: str
    form: str
    read: Callable[[Record, pd.Timestamp], Reading]


def indicates(key: str, name: str, rule: str, form: str = "number") -> Callable:
    """Register a function of the record and a day as the reading of an indicator."""

    def register(function: Callable[[Record, pd.Timestamp], Reading]) -> Callable:
        INDICATORS[key] = Indicator(key, name, rule, form, function)
        return function

    return register


def absent(record: Record, topic: str, since: pd.Timestamp, day: pd.Timestamp) -> bool | None:
    """Say what it means that there is no row on a topic between two days.

    Args:
        record: the tables; `coverage` decides.
        topic: how its topics begin, such as `"exercises"`.
        since: the first day.
        day: the last one.

    Returns:
        False (the thing was not there) if `coverage` grades every part of that time
        `full` or `partial`; None (not known) if a part of it is a `sample` or not covered.
    """
    parts = record["coverage"]
    parts = parts[parts["topic"].str.startswith(topic)]
    for year in range(since.year, day.year + 1):
        now = parts[(parts["year_from"] <= year) & (parts["year_to"] >= year)]
        if now.empty or (now["completeness"] == "sample").any():
            return None
    return False


def enough(count: int, wanted: int, missing: bool | None) -> bool | None:
    """Return True if there is enough, else what the absence of more means (from `absent`)."""
    return True if count >= wanted else missing


def all_of(parts: list[bool | None]) -> bool | None:
    """Return whether all hold: one that does not decides, else one not known leaves it open."""
    return False if False in parts else None if None in parts else True


def own_meetings(record: Record, series: str, day: pd.Timestamp, months: int) -> pd.DataFrame:
    """Return the meetings of a series that were held in the months before a day."""
    rows = record["meetings"]
    return completed(rows[rows["series"] == series], day, months)


def joint_exercises(
    record: Record,
    day: pd.Timestamp,
    months: int,
    allowed: set[str],
    of_five: int,
    wanted: int,
    needed: set[str] = frozenset(),
) -> Reading:
    """Count exercises of so many of the five, with one of `needed`, and of `allowed` states only.

    One whose participants are not all known may be another, so that it leaves the answer open.
    """
    over = completed(record["exercises"], day, months)
    parts = took_part(record["participation"])
    frames = WIDER_FRAMES if needed else OWN_FRAMES
    found, open_ones = [], 0
    for row in over.itertuples():
        there = parts.get(row.exercise, frozenset())
        if not there <= allowed:
            continue
        if not row.participants_complete:
            open_ones += row.frame in frames
        elif len(there & set(FIVE)) >= of_five and (not needed or there & needed):
            found.append(row.exercise)
    missing = absent(record, "exercises", window_start(day, months), day)
    if len(found) + open_ones >= wanted:
        missing = None
    met = enough(len(found), wanted, missing)
    return Reading(met, len(found), rows_of("exercises", found))


def put_to_all(record: Record, day: pd.Timestamp) -> dict[str, set[str]]:
    """Return the political treaties on which all five acted, and no one else, with who signed."""
    table = record["treaties"]
    kinds = table.loc[table["kind"].isin(POLITICAL), "treaty"]
    acts = known_by(record["treaty_actions"], day, "date")
    acts = acts[acts["treaty"].isin(kinds)]
    acted = acts.groupby("treaty")["state"].agg(set)
    signed = acts[acts["action"].isin(["signed", "acceded"])].groupby("treaty")["state"].agg(set)
    return {key: signed.get(key, set()) for key, who in acted.items() if who == set(FIVE)}


def widest(record: Record, bodies, day: pd.Timestamp) -> tuple[int, list[str]]:
    """Return the most members of the five in one of the bodies, and the rows that say so."""
    seats = active_memberships(record, bodies, day)
    seats = seats[seats["state"].isin(FIVE)]
    counts = seats["organisation"].value_counts()
    if counts.empty:
        return 0, []
    body = sorted(counts.index[counts == counts.max()])[0]
    return int(counts.max()), membership_rows(seats[seats["organisation"] == body])
