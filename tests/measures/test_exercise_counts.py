import pandas as pd
from made_exercises import exercise

from casi.measures import exercise_counts, exercises


def test_a_period_with_parallel_exercises_stands_twice():
    made = [
        exercise("search", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("echelon", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("pair", "2022-08-03", "TJK UZB"),
        exercise("old", "2000-09-10", "KAZ KGZ"),
        exercise("alone", "2023-09-10", "KAZ RUS"),  # with one of the five only
    ]
    rows, parts = zip(*made, strict=True)
    came = pd.DataFrame([row for part in parts for row in part])
    states = pd.DataFrame({"iso3": ["TUR"], "nato_since": [1952]})
    found = exercise_counts.by_both_counts(pd.DataFrame(rows), came, states)
    assert exercises.counts(found).loc[:, ["Central Asians alone", "Russia"]].to_dict("index") == {
        "1994–2000": {"Central Asians alone": 1, "Russia": 0},
        "2021–2024": {"Central Asians alone": 1, "Russia": 1},
        "2021–2024, all counted": {"Central Asians alone": 1, "Russia": 2},
    }
