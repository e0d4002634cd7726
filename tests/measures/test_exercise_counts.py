import pandas as pd
import pytest
from made_exercises import exercise, tables

from casi.measures import exercise_counts, exercises


def test_a_period_with_parallel_exercises_stands_twice():
    made = [
        exercise("search", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("echelon", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("pair", "2022-08-03", "TJK UZB"),
        exercise("old", "2000-09-10", "KAZ KGZ"),
        exercise("alone", "2023-09-10", "KAZ RUS"),  # with one of the five only
    ]
    table, seats = tables(made)
    states = pd.DataFrame({"iso3": ["TUR"], "nato_since": [1952]})
    found = exercise_counts.by_both_counts(table, seats, states)
    assert exercises.counts(found).loc[:, ["Central Asians alone", "Russia"]].to_dict("index") == {
        "1994–2000": {"Central Asians alone": 1, "Russia": 0},
        "2021–2024": {"Central Asians alone": 1, "Russia": 1},
        "2021–2024, all counted": {"Central Asians alone": 1, "Russia": 2},
    }


def test_headline_by_hand():
    made = [
        # 2001–2005: one of three wide ones without Russia and China; no pair
        exercise("a", "2003-05-01", "KAZ KGZ TJK RUS"),
        exercise("b", "2003-06-01", "KAZ KGZ TJK CHN"),
        exercise("c", "2004-05-01", "KAZ KGZ UZB USA"),
        # 2011–2015: none of one; two pairs
        exercise("d", "2012-05-01", "KAZ KGZ UZB RUS"),
        exercise("e", "2012-06-01", "KAZ KGZ"),
        exercise("f", "2012-07-01", "KAZ KGZ RUS"),
        # 2021–2024: one of two, or one of three with the parallel ones apart; four pairs
        *(exercise(f"g{number}", "2022-05-01", "KAZ KGZ TJK RUS") for number in range(2)),
        exercise("h", "2023-05-01", "KAZ KGZ TJK"),
        *(exercise(f"i{number}", "2023-06-01", "KAZ UZB CHN") for number in range(2)),
        exercise("j", "2023-07-01", "TJK UZB"),
        exercise("k", "2024-07-01", "TJK KGZ TUR"),
        exercise("l", "2024-08-01", "KAZ RUS"),  # with one of the five only
    ]
    table, seats = tables(made)
    states = pd.DataFrame({"iso3": ["USA", "TUR"], "nato_since": [1949, 1952]})
    found = exercise_counts.headline(table, seats, states)
    assert found == {
        "three_low": pytest.approx(1 / 3),
        "three_high": 1 / 2,
        "three_before_low": 0,
        "three_before_high": pytest.approx(1 / 3),
        "twos": 4,
        "twos_free": 2,
        "twos_before_low": 0,
        "twos_before_high": 2,
    }
