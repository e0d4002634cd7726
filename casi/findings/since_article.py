"""What has changed since a day: the same counts taken from the record on two days."""

from __future__ import annotations

import pandas as pd

from casi.measures.borders import among_five
from casi.measures.institutions import binding_all_five
from casi.record.lookup import Record, membership_rows, rows_of, took_part
from casi.record.on_day import completed, known_by, members_on
from casi.states import FIVE, WITH_AZERBAIJAN

HEADS = "consultative-heads"
SERIES = {
    "Consultative Meetings of the heads of state": ["consultative_heads"],
    "Meetings of the secretaries of security councils": ["security_council_secretaries"],
    "Meetings of the defence ministers of the five": ["defence_ministers"],
    "Meetings of the five, or most of them, with one outside power": [
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
LINES = "Borders among the five delimited from end to end"
WIDE = 4  # of the five


def counted(record: Record, day: pd.Timestamp) -> dict[str, list[str]]:
    """Return the rows that had come about by a day, by what they count for.

    Only what was surely held, signed or in force by that day counts (`casi.pathways.reading`).

    Args:
        record: the tables of `data/` by name.
        day: the last day that counts.

    Returns:
        Rows as `table/key`, by the words for what they count.
    """
    meetings = completed(record["meetings"], day)
    found = {
        name: rows_of("meetings", meetings.loc[meetings["series"].isin(series), "meeting"])
        for name, series in SERIES.items()
    }
    there = members_on(known_by(record["memberships"], day, "start"), day)
    found["Full participants of the Consultative Meetings"] = membership_rows(
        there[there["organisation"] == HEADS]
    )
    wide = "Exercises of four or more of the five, with no outsider but Azerbaijan"
    found[wide] = rows_of("exercises", _wide_exercises(record, day))
    actions = known_by(record["treaty_actions"], day, "date")
    signed = actions[(actions["treaty"] == "friendship-2022") & (actions["action"] == "signed")]
    found["Signatures under the friendship treaty of 2022"] = rows_of(
        "treaty_actions", "friendship-2022/" + signed["state"] + "/signed"
    )
    binding = binding_all_five(record["treaties"], record["treaty_actions"])
    found["Treaties of all five and no one else in force"] = rows_of(
        "treaties", known_by(binding, day, "in_force_date")["treaty"]
    )
    lines = among_five(record["border_segments"])
    lines = known_by(lines[lines["delimited"] == "full"], day, "delimited_date")
    found[LINES] = rows_of("border_segments", lines["border"])
    return found


def changed(record: Record, then: pd.Timestamp, now: pd.Timestamp) -> pd.DataFrame:
    """Count on two days.

    Args:
        record: the tables of `data/` by name.
        then: the earlier day.
        now: the later day.

    Returns:
        Columns `what`, `then` and `now` (counts), and `new` (list of `table/key`).
    """
    before, after = counted(record, then), counted(record, now)
    rows = [
        (what, len(before[what]), len(keys), [key for key in keys if key not in before[what]])
        for what, keys in after.items()
    ]
    return pd.DataFrame(rows, columns=["what", "then", "now", "new"])


def _wide_exercises(record: Record, day: pd.Timestamp) -> pd.Series:
    drills = completed(record["exercises"], day)
    drills = drills[drills["participants_complete"].astype(bool)]
    parts = took_part(record["participation"]).reindex(drills["exercise"])
    wide = [
        isinstance(part, frozenset) and part <= WITH_AZERBAIJAN and len(part & set(FIVE)) >= WIDE
        for part in parts
    ]
    return drills.loc[wide, "exercise"]
