"""The reading of an indicator on a day, the register of indicators, and counts they share.

A row counts once its last possible day has passed (`casi.record.on_day`). Plans do not count, nor
do signatures where a treaty must be in force.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import pandas as pd

from casi.record.exercise_kinds import without_rescue
from casi.record.lookup import Record, membership_rows, rows_of, took_part
from casi.record.on_day import active_memberships, completed, known_by, window_start
from casi.states import FIVE
from casi.tables import sets_by

MET, UNMET, UNKNOWN = "met", "not met", "unknown"
STATES = [MET, UNMET, UNKNOWN]
POLITICAL = {"friendship", "alliance"}  # kinds of treaty on which a forum of the five could rest
OWN_FRAMES = {"five", "five_plus_azerbaijan"}
WIDER_FRAMES = {*OWN_FRAMES, "ots", "turkiye"}
INDICATORS: dict[str, Indicator] = {}


@dataclass(frozen=True)
class Reading:
    """An indicator read off the tables on a day.

    Attributes:
        met: whether its rule holds; None if the tables do not show it.
        value: the number that decides, in the unit of the indicator; None if it is not known.
        rows: names of the rows it depends on, as `table/key`.
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
    """A condition of a pathway, or a sign that falsifies one.

    Attributes:
        key: its key in `INDICATORS`.
        name: a few words, for charts.
        rule: when it is met, a sentence without full stop.
        form: how its value is written, one of `casi.text.FORMATS`.
        read: returns its reading, given the record and a day.
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


def absence(record: Record, topic: str, first: pd.Timestamp, last: pd.Timestamp) -> bool | None:
    """Return what it means if the tables have no row on a topic between two days.

    Args:
        record: the tables; `coverage` decides.
        topic: how the topics in `coverage` begin, such as `"exercises"`.
        first: the first day.
        last: the last day.

    Returns:
        False (it did not happen) if `coverage` grades every year of that time `full` or
        `partial`; None (unknown) if a year is a `sample` or is not covered.
    """
    topics = record["coverage"]
    topics = topics[topics["topic"].str.startswith(topic)]
    spans = topics[["year_from", "year_to", "completeness"]].to_numpy().tolist()
    for year in range(first.year, last.year + 1):
        grades = {grade for start, end, grade in spans if start <= year <= end}
        if not grades or "sample" in grades:
            return None
    return False


def reaches(count: int, threshold: int, if_absent: bool | None) -> bool | None:
    """Return True if the count reaches the threshold, else what `absence` returned."""
    return True if count >= threshold else if_absent


def all_of(answers: Collection[bool | None]) -> bool | None:
    """Return whether all answers are True: False if one is False, else None if one is unknown."""
    return False if False in answers else None if None in answers else True


def recent_meetings(record: Record, series: str, day: pd.Timestamp, months: int) -> pd.DataFrame:
    """Return the meetings of a series that were held in the months before a day."""
    meetings = record["meetings"]
    return completed(meetings[meetings["series"] == series], day, months)


def joint_exercises(
    record: Record,
    day: pd.Timestamp,
    months: int,
    allowed: Collection[str],
    of_five: int,
    threshold: int,
    needed: Collection[str] = (),
) -> Reading:
    """Count the exercises of the months before a day that only some states joined.

    Args:
        record: the tables.
        day: the last day.
        months: length of the period that ends on that day.
        allowed: codes of the states that may take part.
        of_five: the least number of the five that take part.
        threshold: the number of exercises at which the reading is met.
        needed: codes of states of which one must take part; none if empty.

    Returns:
        The reading; unknown if exercises whose participants are not all known could still reach
        the threshold.
    """
    held = without_rescue(completed(record["exercises"], day, months))
    parts = took_part(record["participation"])
    frames = WIDER_FRAMES if needed else OWN_FRAMES
    counted, possible = [], 0
    for row in held.itertuples():
        states = parts.get(row.exercise, frozenset())
        if not states <= set(allowed):
            continue
        if not row.participants_complete:
            possible += row.frame in frames
        elif len(states & set(FIVE)) >= of_five and (not needed or states & set(needed)):
            counted.append(row.exercise)
    if_absent = absence(record, "exercises", window_start(day, months), day)
    if len(counted) + possible >= threshold:
        if_absent = None
    met = reaches(len(counted), threshold, if_absent)
    return Reading(met, len(counted), rows_of("exercises", counted))


def treaties_before_all_five(record: Record, day: pd.Timestamp) -> dict[str, set[str]]:
    """Return the signatories of each political treaty on which just the five acted by a day.

    To decline is an act too. Treaties are those of the kinds in `POLITICAL`.
    """
    table = record["treaties"]
    political = table.loc[table["kind"].isin(POLITICAL), "treaty"]
    actions = known_by(record["treaty_actions"], day, "date")
    actions = actions[actions["treaty"].isin(political)]
    acted = sets_by(actions, "treaty", "state")
    signatures = actions[actions["action"].isin(["signed", "acceded"])]
    signed = sets_by(signatures, "treaty", "state")
    return {key: signed.get(key, set()) for key, states in acted.items() if states == set(FIVE)}


def most_members(
    record: Record, bodies: Collection[str], day: pd.Timestamp
) -> tuple[int, list[str]]:
    """Return how many of the five are in the body that most of them joined, and those rows.

    Where several bodies have as many, the rows are of the first by its key.
    """
    memberships = active_memberships(record, bodies, day)
    memberships = memberships[memberships["state"].isin(FIVE)]
    counts = memberships["organisation"].value_counts()
    if counts.empty:
        return 0, []
    body = min(counts.index[counts == counts.max()])
    return int(counts.max()), membership_rows(memberships[memberships["organisation"] == body])
