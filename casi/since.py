"""What has changed since a day: the same counts taken from the record on two days."""

from __future__ import annotations

import pandas as pd

from casi.borders import among_five
from casi.exercises import took_part
from casi.institutions import binding_all_five, members_on
from casi.participation import FIVE, held
from casi.verdict import Record, rows_of

ARTICLE = pd.Timestamp("2024-08-08")  # the day the article was published
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
ALONE = {*FIVE, "AZE"}


def counted(record: Record, day: pd.Timestamp) -> dict[str, list[str]]:
    """Return the rows that had come about by a day, by what they count for.

    Only what was held, signed or in force by that day counts; a row whose day is not known is
    left out.

    Args:
        record: the tables of `data/` by name.
        day: the last day that counts.

    Returns:
        Rows as `table/key`, by the words for what they count.
    """
    meetings = record["meetings"][record["meetings"]["date_start"] <= day]
    found = {
        name: rows_of("meetings", held(meetings, *series)["meeting"])
        for name, series in SERIES.items()
    }
    there = members_on(record["memberships"], day)
    seats = there.loc[there["organisation"] == HEADS, "state"]
    found["Full participants of the Consultative Meetings"] = rows_of(
        "memberships", HEADS + "/" + seats
    )
    wide = "Exercises of four or more of the five, with no outsider but Azerbaijan"
    found[wide] = rows_of("exercises", _wide_exercises(record, day))
    actions = record["treaty_actions"]
    signed = actions[(actions["treaty"] == "friendship-2022") & (actions["action"] == "signed")]
    signed = signed.loc[signed["date"] <= day, "state"]
    found["Signatures under the friendship treaty of 2022"] = rows_of(
        "treaty_actions", "friendship-2022/" + signed + "/signed"
    )
    binding = binding_all_five(record["treaties"], actions)
    binding = binding.loc[binding["in_force_date"] <= day, "treaty"]
    found["Treaties of all five and no one else in force"] = rows_of("treaties", binding)
    lines = among_five(record["border_segments"])
    lines = lines[(lines["delimited"] == "full") & (lines["delimited_date"] <= day)]
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
    drills = record["exercises"]
    drills = drills[(drills["status"] == "held") & drills["participants_complete"].astype(bool)]
    drills = drills[drills["date_start"] <= day]
    parts = took_part(record["participation"]).reindex(drills["exercise"])
    wide = [
        isinstance(part, frozenset) and part <= ALONE and len(part & set(FIVE)) >= WIDE
        for part in parts
    ]
    return drills.loc[wide, "exercise"]
