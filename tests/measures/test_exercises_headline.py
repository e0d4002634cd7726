"""The numbers on exercises that the text quotes, worked out by hand."""

import pandas as pd
import pytest
from made_exercises import exercise, tables

from casi.measures import exercises
from casi.record.lookup import MissingRow

RECORD = [
    exercise("alone", "2025-09-01", "AZE TUR"),  # none of the five: counts nowhere
    # 2001–2005: one of four without Russia and China
    exercise("a", "2003-05-01", "KAZ KGZ RUS"),
    exercise("b", "2003-06-01", "KAZ TJK RUS"),
    exercise("c", "2004-05-01", "TJK UZB CHN"),
    exercise("d", "2004-06-01", "KAZ KGZ USA", host="KAZ"),
    # 2011–2015: two of five
    exercise("e", "2012-05-01", "KAZ KGZ RUS"),
    exercise("f", "2013-05-01", "KAZ TJK RUS CHN"),
    exercise("g", "2013-06-01", "KAZ UZB RUS"),
    exercise("h", "2014-05-01", "KAZ KGZ TJK USA", location="grafenwoehr"),
    exercise("i", "2014-06-01", "KAZ KGZ"),
    # 2016–2020: three of four, or three of seven with the four parallel exercises apart
    *(exercise(f"j{number}", "2017-05-01", "KAZ KGZ RUS") for number in range(4)),
    exercise("k", "2018-05-01", "KAZ KGZ TJK USA", host="TJK"),
    exercise("l", "2019-05-01", "KAZ KGZ UZB USA", location="termez"),
    exercise("m", "2019-06-01", "KGZ UZB"),
    # 2021–2026: four of six, or four of seven with the two parallel exercises apart
    *(exercise(f"n{number}", "2021-05-01", "KAZ KGZ RUS") for number in range(2)),
    exercise("o", "2022-05-01", "TJK UZB"),
    exercise("u", "2024-01-01", "KAZ KGZ", precision="year"),  # before July or after
    exercise("birlestik-2024", "2024-07-08", "KAZ KGZ TJK UZB AZE", host="KAZ"),
    exercise("p", "2025-05-01", "KAZ UZB KGZ TJK AZE"),
    exercise("q", "2026-05-01", "KAZ KGZ TJK RUS"),
    # not counted as regional exercises: one state of the five, states not all known, not held
    exercise("r", "2023-05-01", "KAZ AZE", confidence="dataset"),
    exercise("s", "2023-06-01", "KAZ UZB", complete=False, confidence="low"),
    exercise("t", "2027-05-01", "KAZ UZB", status="planned"),
]
HEADLINE = {
    "period": "2021–2026",
    "low": 4 / 7,
    "high": 4 / 6,
    "number_single": 7,
    "number": 6,
    "before_low": 1 / 4,
    "before_high": 3 / 4,  # of 2016–2020, parallel ones counted once
    "drills_earlier": "2011–2015",
    "drills_then": 2 / 5,
    "drills_number": 5,
    "russia_all": (2 + 3 + 1 + 2) / (4 + 5 + 4 + 6),
    "russia_low": 2 / 6,
    "russia_high": 3 / 7,
    "next_power": "Azerbaijan",
    "next_low": 2 / 7,
    "next_high": 2 / 6,
    "next_number": 2,
    "next_with_russia": 0,
    "last_held": pd.Timestamp("2026-05-01"),
    "held": 25,
    "complete": 24,
    "graded_high": 23,
    "graded_dataset": 1,
    "graded_low": 1,
}
BIRLESTIK = {
    "own": 6,  # i, m, o, u, birlestik-2024 and p
    "own_pairs": 4,
    "before": 3,  # i, m and o
    "undated": 1,  # u
    "widest_before": 2,
    "of_five": 4,
    "later": 1,  # p
    "wide": 3,  # h, k and l
    "wide_in_region": 2,  # k by its host, l by its place
    "sized": 2,  # k and l: not e, with Russia, nor h, elsewhere, nor p, which came later
    "largest_before": 900,
}
PEOPLE = pd.Series({"e": 5000, "h": 4500, "k": 900, "l": 300, "birlestik-2024": 4000, "p": 4600})
PLACES = pd.DataFrame({"place": ["grafenwoehr", "termez"], "state": ["DEU", "UZB"]})
STATES = pd.DataFrame(
    {
        "iso3": ["USA", "TUR", "AZE"],
        "name": ["United States", "Türkiye", "Azerbaijan"],
        "nato_since": [1949, 1952, None],
    }
)


@pytest.fixture(scope="module")
def headline():
    rows, parts = zip(*RECORD, strict=True)
    participation = pd.DataFrame([row for part in parts for row in part])
    return exercises.headline(pd.DataFrame(rows), participation, STATES)


def test_headline_needs_three_periods():
    rows, parts = zip(*RECORD, strict=True)
    early = pd.DataFrame(rows)
    early["date_start"] = pd.Timestamp("2021-05-01")  # all in one period
    participation = pd.DataFrame([row for part in parts for row in part])
    with pytest.raises(MissingRow, match="periods with regional exercises: needs 3"):
        exercises.headline(early, participation, STATES)


@pytest.mark.parametrize("key", HEADLINE)
def test_headline_by_hand(headline, key):
    expected = HEADLINE[key]
    assert headline[key] == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_what_came_before_birlestik_by_hand():
    rows, parts = zip(*RECORD, strict=True)
    table = pd.DataFrame(rows)
    seats = pd.DataFrame([row for part in parts for row in part])
    regional = exercises.classify(table, seats, STATES).query("of_five > 1")
    in_region = exercises.held_in_region(table, PLACES, STATES)
    assert exercises.before_birlestik(regional, table, in_region, PEOPLE) == BIRLESTIK


def test_a_later_exercise_of_its_company_with_fewer_of_the_five_is_not_like_birlestik():
    made = [*RECORD, exercise("later", "2025-06-01", "KAZ KGZ AZE")]
    table, seats = tables(made)
    regional = exercises.classify(table, seats, STATES).query("of_five > 1")
    in_region = exercises.held_in_region(table, PLACES, STATES)
    found = exercises.before_birlestik(regional, table, in_region, PEOPLE)
    assert (found["own"], found["later"]) == (7, 1)


def test_headline_needs_no_row_on_birlestik():
    rows, parts = zip(*RECORD, strict=True)
    rest = pd.DataFrame(rows).query("exercise != 'birlestik-2024'")
    seats = pd.DataFrame([row for part in parts for row in part])
    assert exercises.headline(rest, seats, STATES)["high"] == 3 / 5


def test_headline_has_no_other_number(headline):
    assert headline.keys() == HEADLINE.keys()
