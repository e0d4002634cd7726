import pandas as pd
import pytest

from casi.findings import since_article
from casi.states import ARTICLE_DAY
from casi.tables import closing_date, load, names

DAY = pd.Timestamp
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
LATE = DAY("2026-05-18")
EXERCISES = "Exercises of four or more of the five states with no other but Azerbaijan"
FRIENDSHIP = "Signatures of the friendship treaty of 2022"
IN_FORCE = "Treaties in force of all five states and no other"
PARTICIPANTS = "Full participants of the Consultative Meetings"


def frame(columns, *rows):
    """A table; columns that hold days are read as such."""
    table = pd.DataFrame(rows, columns=columns.split())
    days = ("date", "date_start", "date_end", "start", "end", "in_force_date", "delimited_date")
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days if name in table})


@pytest.fixture
def record():
    """Of each thing counted: one before 2025, one in 2025, and others that do not count."""
    events = "date_start date_end date_precision status"
    return {
        "meetings": frame(
            f"meeting series {events}",
            ("summit6", "consultative_heads", "2024-08-09", None, "day", "held"),
            ("summit7", "consultative_heads", "2025-11-16", None, "day", "held"),
            ("summit8", "consultative_heads", "2026-05-01", None, "day", "planned"),
            ("secretaries", "security_council_secretaries", "2025-10-01", None, "day", "held"),
            ("ministers", "defence_ministers", "2025-10-01", None, "day", "held"),
            ("usa", "c5_usa", "2025-11-06", None, "day", "held"),
            ("japan", "c5_other", "2025-12-20", None, "day", "held"),
            ("sea", "aral_sea", "2025-12-20", None, "day", "held"),
        ),
        "memberships": frame(
            "organisation state status start end date_precision",
            ("consultative-heads", "KAZ", "member", "2018-03-15", None, "day"),
            ("consultative-heads", "AZE", "member", "2025-11-16", None, "day"),
            ("consultative-heads", "TUR", "observer", "2025-11-16", None, "day"),
            ("sco", "UZB", "member", "2001-06-15", None, "day"),
        ),
        "exercises": frame(
            f"exercise {events} participants_complete kind",
            ("four", "2024-07-08", "2024-07-17", "day", "held", True, "field"),
            ("all-five", "2025-07-08", "2025-07-17", "day", "held", True, "field"),
            ("three", "2025-07-08", "2025-07-17", "day", "held", True, "field"),
            ("turkiye", "2025-07-08", "2025-07-17", "day", "held", True, "field"),
            ("incomplete", "2025-07-08", "2025-07-17", "day", "held", False, "field"),
            ("unknown", "2025-07-08", "2025-07-17", "day", "held", True, "field"),
            ("planned", "2025-07-08", "2025-07-17", "day", "planned", True, "field"),
            ("rescuers", "2025-07-08", "2025-07-17", "day", "held", True, "rescue"),
        ),
        "participation": pd.DataFrame(
            [
                (event, state, "contingent")
                for event, states in {
                    "four": [*FIVE[:4], "AZE"],
                    "all-five": [*FIVE, "AZE"],
                    "three": [*FIVE[:3], "AZE"],
                    "turkiye": [*FIVE, "TUR"],
                    "incomplete": FIVE,
                    "planned": FIVE,
                    "rescuers": FIVE,
                }.items()
                for state in states
            ],
            columns=["event", "state", "level"],
        ),
        "treaties": frame(
            "treaty in_force_date in_force_precision",
            ("zone", "2009-03-21", "day"),
            ("late", "2025-01-01", "day"),
            ("friendship-2022", None, None),
        ),
        "treaty_actions": frame(
            "treaty state action date date_precision",
            *[("zone", state, "signed", "2006-09-08", "day") for state in FIVE],
            *[("late", state, "signed", "2024-01-01", "day") for state in FIVE],
            ("friendship-2022", "KAZ", "signed", "2022-07-21", "day"),
            ("friendship-2022", "TJK", "declined", "2022-07-21", "day"),
            ("friendship-2022", "TJK", "signed", "2025-10-01", "day"),
        ),
        "border_segments": frame(
            "border state_a state_b delimited delimited_date delimited_precision",
            ("kaz-kgz", "KAZ", "KGZ", "full", "2001-12-15", "day"),
            ("kgz-tjk", "KGZ", "TJK", "full", "2025-03-13", "day"),
            ("tjk-uzb", "TJK", "UZB", "full", None, None),
            ("kgz-uzb", "KGZ", "UZB", "partial", "2001-12-15", "day"),
            ("kaz-rus", "KAZ", "RUS", "full", "2005-01-18", "day"),
        ),
    }


ROWS = {  # by the day of the article, and since
    "Consultative Meetings of the heads of state": ([], ["meetings/summit6", "meetings/summit7"]),
    "Meetings of the secretaries of security councils without an outside power": (
        [],
        ["meetings/secretaries"],
    ),
    "Meetings of the defence ministers without an outside power": ([], ["meetings/ministers"]),
    "Meetings in formats with an outside power or organisation": (
        [],
        ["meetings/usa", "meetings/japan"],
    ),
    PARTICIPANTS: (
        ["memberships/consultative-heads/KAZ"],
        ["memberships/consultative-heads/AZE"],
    ),
    EXERCISES: (["exercises/four"], ["exercises/all-five"]),
    FRIENDSHIP: (
        ["treaty_actions/friendship-2022/KAZ/signed"],
        ["treaty_actions/friendship-2022/TJK/signed"],
    ),
    IN_FORCE: (["treaties/zone"], ["treaties/late"]),
    since_article.DELIMITED_BORDERS: (["border_segments/kaz-kgz"], ["border_segments/kgz-tjk"]),
}


@pytest.mark.parametrize("what", ROWS)
def test_counted_names_the_rows_of_each_day(record, what):
    before, since = ROWS[what]
    assert since_article.counted(record, ARTICLE_DAY)[what] == before
    assert since_article.counted(record, LATE)[what] == before + since


def test_counted_names_nothing_else(record):
    assert since_article.counted(record, LATE).keys() == ROWS.keys()


def test_changes_count_both_days_and_name_the_new_rows(record):
    found = since_article.changes(record, ARTICLE_DAY, LATE)
    hand = [
        {"what": what, "then": len(before), "now": len(before) + len(since), "new": since}
        for what, (before, since) in ROWS.items()
    ]
    assert found.to_dict("records") == hand


def test_an_exercise_with_an_outsider_does_not_count_as_theirs(record):
    rows = record["participation"]
    joined = rows.assign(state=rows["state"].mask(rows["event"] == "four", "RUS"))
    found = since_article.counted(record | {"participation": joined}, LATE)[EXERCISES]
    assert found == ["exercises/all-five"]


# The record itself.


def test_the_counts_of_the_record_never_fall():
    real = {name: load(name) for name in names()}
    days = [DAY(f"{year}-12-31") for year in (1991, 2005, 2024)] + [closing_date()]
    totals = [sum(map(len, since_article.counted(real, day).values())) for day in days]
    assert totals == sorted(totals) and totals[0] == 0 < totals[-1]
