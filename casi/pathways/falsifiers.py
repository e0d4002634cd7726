"""The signs that would falsify each of the four pathways, read off the tables on a day.

Met means that the sign is present. It is present too before a format has begun: the pathway was
not open yet.
"""

from __future__ import annotations

import pandas as pd

from casi.measures.power_entry import lives
from casi.pathways.conditions import CONSULTATIVE_MEETINGS, NEIGHBOURS
from casi.pathways.reading import (
    Reading,
    absence,
    indicates,
    joint_exercises,
    recent_meetings,
    treaties_before_all_five,
)
from casi.record.lookup import Record, rows_of
from casi.record.on_day import known_by, members_on, window_start
from casi.states import FIVE, GREAT_POWERS

LAPSE = 24  # months without an event after which a yearly format has stopped
PATIENCE = 60  # months to sign; the nuclear-weapon-free zone was in force in half that time


@indicates(
    "summits-stop",
    "Summits stop",
    "In two years no Consultative Meeting was held",
)
def summits_stop(record: Record, day: pd.Timestamp) -> Reading:
    """Count the Consultative Meetings of `LAPSE` months; met if there was none."""
    rows = recent_meetings(record, "consultative_heads", day, LAPSE)
    if_absent = absence(record, "five-state meetings", window_start(day, LAPSE), day)
    met = False if len(rows) else None if if_absent is None else True
    return Reading(met, len(rows), rows_of("meetings", rows["meeting"]))


@indicates(
    "treaty-stalls",
    "The treaty stalls",
    "Five years after it was opened, a treaty put to all five lacks a signature, or one of them "
    "has withdrawn",
)
def treaty_stalls(record: Record, day: pd.Timestamp) -> Reading:
    """Return the months since the oldest treaty before all five that lacks a signature."""
    signatories = treaties_before_all_five(record, day)
    unsigned = [key for key, signed in signatories.items() if len(signed) < len(FIVE)]
    if not unsigned:
        return Reading(absence(record, "treaties", day, day), 0)
    treaties = record["treaties"]
    first = treaties.loc[treaties["treaty"].isin(unsigned), "date_opened"].min()
    age = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
    actions = known_by(record["treaty_actions"], day, "date")
    withdrawn = (actions["treaty"].isin(unsigned) & (actions["action"] == "withdrew")).any()
    return Reading(bool(age >= PATIENCE or withdrawn), age, rows_of("treaties", unsigned))


@indicates(
    "frame-empties",
    "Exercises with neighbours stop",
    "In two years no exercise joined two or more of the five states with Azerbaijan or "
    "Türkiye alone",
)
def frame_empties(record: Record, day: pd.Timestamp) -> Reading:
    """Count the exercises with neighbours of `LAPSE` months; met if there was none."""
    held = joint_exercises(record, day, LAPSE, {*FIVE, *NEIGHBOURS}, 2, 1, NEIGHBOURS)
    return Reading(None if held.met is None else not held.met, held.value, held.rows)


@indicates(
    "own-outlives",
    "Format outlasts CACO",
    "The Consultative Meetings, with no great power inside, have lasted longer than the line of "
    "bodies that ended with CACO",
)
def own_outlives(record: Record, day: pd.Timestamp) -> Reading:
    """Return the age of the Consultative Meetings in months.

    Met if they have lasted longer than CACO with its predecessors, and no great power is a member.
    """
    found = lifetimes(record, day)
    if found is None:
        return Reading(False, 0)
    meetings, caco = found
    lifetime = caco["ended"] - caco["founded"]
    age = (meetings["ended"] if pd.notna(meetings["ended"]) else day) - meetings["founded"]
    members = members_on(known_by(record["memberships"], day, "start"), day)
    members = members[members["organisation"] == CONSULTATIVE_MEETINGS]
    power_inside = members["state"].isin(GREAT_POWERS).any()
    rows = rows_of("organisations", [CONSULTATIVE_MEETINGS, *caco["bodies"]])
    return Reading(bool(age > lifetime and not power_inside), round(age.days / 30.44), rows)


def lifetimes(record: Record, day: pd.Timestamp) -> tuple[pd.Series, pd.Series] | None:
    """Return the Consultative Meetings, and CACO with its predecessors, as rows of `lives`.

    None if the meetings had not begun by the day, or CACO had not ended.
    """
    bodies = lives(record["organisations"], record["memberships"], day, renamed_end=False)
    with_caco = bodies["bodies"].map(lambda names: "caco" in names).astype(bool)
    caco = bodies[with_caco].dropna(subset="ended")
    meetings = bodies[bodies["organisation"] == CONSULTATIVE_MEETINGS]
    return None if caco.empty or meetings.empty else (meetings.iloc[0], caco.iloc[0])
