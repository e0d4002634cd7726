import pandas as pd
import pytest

from casi.pathways import assessment, falsifiers
from casi.tables import load

BEFORE, ARTICLE, CLOSE = map(pd.Timestamp, ("2016-12-31", "2024-08-31", "2026-05-18"))


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in assessment.TABLES}


@pytest.mark.parametrize(
    ("read", "seen"),
    [
        (falsifiers.summits_stop, (True, False, False)),
        (falsifiers.treaty_stalls, (False, False, False)),
        (falsifiers.frame_empties, (True, False, False)),
        (falsifiers.own_outlives, (False, False, False)),
    ],
)
def test_signs_on_three_days(record, read, seen):
    assert tuple(read(record, day).met for day in (BEFORE, ARTICLE, CLOSE)) == seen


def test_summits_stop_after_two_years_without_one(record):
    assert falsifiers.summits_stop(record, pd.Timestamp("2020-11-29")).met is False
    meetings = record["meetings"]
    rest = record | {"meetings": meetings[meetings["series"] != "consultative_heads"]}
    assert falsifiers.summits_stop(rest, CLOSE).met is True


def test_a_treaty_stalls_on_the_day_five_years_after_it_was_opened(record):
    assert falsifiers.treaty_stalls(record, pd.Timestamp("2027-07-20")).met is False
    assert falsifiers.treaty_stalls(record, pd.Timestamp("2027-07-21")).met is True


def test_a_treaty_stalls_when_a_state_withdraws(record):
    acts = record["treaty_actions"].copy()
    row = acts.query(
        "treaty == 'friendship-2022' and action == 'declined' and state == 'TJK'"
    ).index
    acts.loc[row, "action"] = "withdrew"
    assert falsifiers.treaty_stalls(record | {"treaty_actions": acts}, CLOSE).met is True


def test_the_frame_empties_only_where_the_record_can_tell(record):
    drills = record["exercises"]
    names = ["birlestik-2024", "birlik-2025"]
    rest = record | {"exercises": drills[~drills["exercise"].isin(names)]}
    assert falsifiers.frame_empties(rest, CLOSE).met is None


def test_the_own_format_outlives_the_line_that_was_absorbed(record):
    late = pd.Timestamp("2029-09-01")
    assert falsifiers.own_outlives(record, late).met is True
    spells = record["memberships"].copy()
    row = (spells["organisation"] == "consultative-heads") & (spells["state"] == "AZE")
    spells.loc[row, "state"] = "CHN"
    assert falsifiers.own_outlives(record | {"memberships": spells}, late).met is False
