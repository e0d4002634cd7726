"""Compare two days: meetings, exercises, treaties and borders that the record holds on each."""

from __future__ import annotations

import pandas as pd

from casi.measures.borders import among_five
from casi.measures.institutions import binding_all_five
from casi.record.exercise_kinds import without_rescue
from casi.record.lookup import Record, membership_rows, rows_of, took_part
from casi.record.on_day import completed, known_by, members_on
from casi.states import FIVE, WITH_AZERBAIJAN

SECRETARIES = "Meetings of the secretaries of security councils without an outside power"
MEETING_COUNTS = {  # series of meetings, by the words for what they count
    "Consultative Meetings of the heads of state": ["consultative_heads"],
    SECRETARIES: ["security_council_secretaries"],
    "Meetings of the defence ministers without an outside power": ["defence_ministers"],
    "Meetings in formats with an outside power or organisation": [
        "c5_russia",
        "c5_china",
        "c5_usa",
        "c5_india",
        "c5_eu",
        "c5_gcc",
        "c5_un",
        "c5_other",
    ],
}
DELIMITED_BORDERS = "Borders between the five states delimited from end to end"
LEAST_STATES = 4  # of the five that take part in a larger exercise


def counted(record: Record, day: pd.Timestamp) -> dict[str, list[str]]:
    """Return the rows that count on a day, by what they count for.

    A row counts once its last possible day has passed (`casi.record.on_day`); plans do not.

    Args:
        record: the tables of `data/` by name.
        day: the last day that counts.

    Returns:
        Rows as `table/key`, by the words for what they count.
    """
    meetings = completed(record["meetings"], day)
    found = {
        words: rows_of("meetings", meetings.loc[meetings["series"].isin(series), "meeting"])
        for words, series in MEETING_COUNTS.items()
    }
    members = members_on(known_by(record["memberships"], day, "start"), day)
    found["Full participants of the Consultative Meetings"] = membership_rows(
        members[members["organisation"] == "consultative-heads"]
    )
    larger = "Exercises of four or more of the five states with no other but Azerbaijan"
    found[larger] = rows_of("exercises", _larger_exercises(record, day))
    actions = known_by(record["treaty_actions"], day, "date")
    signed = actions[(actions["treaty"] == "friendship-2022") & (actions["action"] == "signed")]
    found["Signatures of the friendship treaty of 2022"] = rows_of(
        "treaty_actions", "friendship-2022/" + signed["state"] + "/signed"
    )
    binding = binding_all_five(record["treaties"], record["treaty_actions"])
    found["Treaties in force of all five states and no other"] = rows_of(
        "treaties", known_by(binding, day, "in_force_date")["treaty"]
    )
    borders = among_five(record["border_segments"])
    delimited = known_by(borders[borders["delimited"] == "full"], day, "delimited_date")
    found[DELIMITED_BORDERS] = rows_of("border_segments", delimited["border"])
    return found


def changes(record: Record, then: pd.Timestamp, now: pd.Timestamp) -> pd.DataFrame:
    """Compare what `counted` returns for two days.

    Args:
        record: the tables of `data/` by name.
        then: the earlier day.
        now: the later day.

    Returns:
        Columns `what` (the words), `then` and `now` (number of rows), and `new` (list of
        `table/key`).
    """
    before, after = counted(record, then), counted(record, now)
    rows = [
        (what, len(before[what]), len(keys), [key for key in keys if key not in before[what]])
        for what, keys in after.items()
    ]
    return pd.DataFrame(rows, columns=["what", "then", "now", "new"])


def _larger_exercises(record: Record, day: pd.Timestamp) -> pd.Series:
    held = without_rescue(completed(record["exercises"], day))
    held = held[held["participants_complete"].astype(bool)]
    states = took_part(record["participation"])
    chosen = [
        states.get(key, frozenset()) <= WITH_AZERBAIJAN
        and len(states.get(key, frozenset()) & set(FIVE)) >= LEAST_STATES
        for key in held["exercise"]
    ]
    return held.loc[chosen, "exercise"]
