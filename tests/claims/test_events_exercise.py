"""The tests of claims on the exercise of 2024, each on tables made by hand."""

import pandas as pd
import pytest
from claim_tables import DAY, STATES

from casi.claims import events
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED
from casi.record.lookup import MissingRow

# The exercise.


def exercises(*rows, place="Oymasha, Caspian Sea"):
    """Birlestik-2024, from 8 to 17 July, and other exercises."""
    own = ("birlestik-2024", "KAZ", "2024-07-08", "2024-07-17", "day", "KAZ KGZ TJK UZB AZE")
    columns = ["exercise", "host", "date_start", "date_end", "date_precision", "states"]
    table = pd.DataFrame([own, *rows], columns=columns)
    parts = (
        table[["exercise", "states"]].assign(states=table["states"].str.split()).explode("states")
    )
    days = {name: pd.to_datetime(table[name]) for name in ("date_start", "date_end")}
    table = table.drop(columns="states").assign(
        **days,
        name="Exercise",
        frame="five",
        status="held",
        participants_complete=True,
        kind="field",
        place=place,
        location=None,
    )
    return {
        "exercises": table,
        "participation": parts.set_axis(["event", "state"], axis=1).assign(level="contingent"),
        "states": STATES,
        "places": pd.DataFrame({"place": ["jirgatol"], "state": ["TJK"]}),
        "reported_figures": pd.DataFrame(
            columns=["subject", "measure", "low", "best", "high", "preferred"]
        ),
    }


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        ("2024-07-09", "2024-07-17", SUPPORTED),
        ("2024-07-08", "2024-07-17", PARTLY),
        ("2024-07-09", "2024-07-16", PARTLY),
        ("2024-07-08", "2024-07-16", CONTRADICTED),
    ],
)
def test_the_days_of_the_exercise_are_graded_one_by_one(start, end, verdict):
    record = exercises()
    table = record["exercises"].assign(date_start=DAY(start), date_end=DAY(end))
    found = events.birlestik_dates({"exercises": table})
    assert (found.verdict, found.rows) == (verdict, ["exercises/birlestik-2024"])
    assert found.values == {"start": DAY(start), "end": DAY(end)}


@pytest.mark.parametrize(
    ("host", "start", "end", "precision", "states", "verdict"),
    [
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB USA", CONTRADICTED),  # not the two
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB RUS", SUPPORTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB CHN", SUPPORTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ AZE", SUPPORTED),  # one of the five
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ RUS CHN", SUPPORTED),
        ("TUR", "2023-03-01", "2023-03-05", "day", "KAZ UZB", SUPPORTED),  # not in the region
        ("KAZ", "2024-07-01", "2024-07-07", "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2024-07-01", "2024-07-08", "day", "KAZ UZB", SUPPORTED),  # not over when it began
        ("TUR", "2024-07-01", "2024-07-08", "day", "KAZ UZB", SUPPORTED),
        ("KAZ", "2025-07-01", "2025-07-08", "day", "KAZ UZB", SUPPORTED),  # later
        ("KAZ", "2023-03-01", None, "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2023-03-01", None, "month", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2024-01-01", None, "year", "KAZ UZB", SUPPORTED),  # perhaps later that year
    ],
)
def test_the_exercise_was_the_first_unless_two_of_the_five_had_trained_there_by_themselves(
    host, start, end, precision, states, verdict
):
    record = exercises(("other", host, start, end, precision, states))
    found = events.birlestik_first(record)
    assert found.verdict == verdict
    assert found.rows == ["exercises/birlestik-2024"]
    assert found.against == (["exercises/other"] if verdict == CONTRADICTED else [])


@pytest.mark.parametrize(("location", "verdict"), [("jirgatol", CONTRADICTED), (None, SUPPORTED)])
def test_the_place_shows_where_an_exercise_of_a_data_set_was_held(location, verdict):
    """Rows of data sets have no host."""
    record = exercises(("other", None, "2004-09-23", "2004-09-23", "day", "KGZ TJK"))
    table = record["exercises"].assign(location=[None, location])
    assert events.birlestik_first(record | {"exercises": table}).verdict == verdict


def test_a_planned_exercise_does_not_contradict_the_first():
    record = exercises(("other", "KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB"))
    status = ["held", "planned"]
    planned = record["exercises"].assign(status=status)
    assert events.birlestik_first(record | {"exercises": planned}).verdict == SUPPORTED


def test_the_first_exercise_counts_those_before_and_those_like_it_after():
    four = "KAZ KGZ TJK UZB AZE"
    record = exercises(
        ("old", "UZB", "2019-05-01", "2019-05-05", "day", "KAZ UZB"),
        ("older", "KGZ", "2012-05-01", "2012-05-05", "day", "KAZ KGZ"),
        ("before", "KAZ", "2023-07-01", "2023-07-05", "day", four),
        ("after", "UZB", "2025-10-01", "2025-10-05", "day", four),
        ("three", "UZB", "2025-11-01", "2025-11-05", "day", "KAZ KGZ UZB AZE"),
        ("turkic", "UZB", "2025-12-01", "2025-12-05", "day", four + " TUR"),
    )
    sizes = [("older", 1000.0), ("old", 999.0), ("birlestik-2024", 4000.0), ("after", 5000.0)]
    figures = pd.DataFrame(sizes, columns=["subject", "best"]).assign(
        measure="personnel", low=None, high=None, preferred=True
    )
    found = events.birlestik_first(record | {"reported_figures": figures})
    assert found.values == {
        "earlier": 3,
        "since": DAY("2012-05-01"),
        "sized": 2,  # `older` and `old`; of `before` no number is on record
        "large": 1,  # `older`
        "threshold": 1000,
        "largest": 1000,
        "later": 1,
    }
    assert found.against == [f"exercises/{key}" for key in ("older", "old", "before")]


def figures(people=4000.0, items=700.0, confidence=("high", "high")):
    columns = ["figure", "subject", "measure", "best", "high", "low", "preferred", "confidence"]
    subject = "birlestik-2024"
    rows = [
        ("people", subject, "personnel", people, None, 1.0, True, confidence[0]),
        ("items", subject, "equipment_items", None, items, 1.0, True, confidence[1]),
        ("rumour", subject, "personnel", 9000.0, None, None, False, "low"),
        ("other", "birlik-2025", "personnel", 1.0, None, None, True, "low"),
    ]
    return {"reported_figures": pd.DataFrame(rows, columns=columns)}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, SUPPORTED),
        ({"confidence": ("high", "low")}, PARTLY),
        ({"confidence": ("low", "low")}, PARTLY),
        ({"people": 4001.0}, CONTRADICTED),
        ({"items": 699.0, "confidence": ("low", "low")}, CONTRADICTED),
    ],
)
def test_the_size_is_graded_by_the_preferred_figures(changes, verdict):
    found = events.birlestik_size(figures(**changes))
    assert found.verdict == verdict
    assert found.rows == ["reported_figures/people", "reported_figures/items"]


def test_the_size_needs_both_figures():
    assert events.birlestik_size(figures()).values == {"people": 4000, "items": 700}
    table = figures()["reported_figures"]
    with pytest.raises(MissingRow, match="equipment_items"):
        events.birlestik_size({"reported_figures": table[table["figure"] != "items"]})


def test_the_place_is_at_the_caspian_sea():
    later = ("birlik-2025", "UZB", "2025-10-01", "2025-10-05", "day", "UZB KAZ")
    found = events.caspian_place(exercises(later, place=["Oymasha, Caspian Sea", "Samarkand"]))
    assert (found.verdict, found.values) == (SUPPORTED, {"next_place": "Samarkand"})
    found = events.caspian_place(exercises(later, place=["Otar", "Caspian Sea"]))
    assert (found.verdict, found.rows) == (CONTRADICTED, ["exercises/birlestik-2024"])


def test_exercises_without_russia_and_china_are_followed_up():
    record = exercises(
        ("early", "KAZ", "2022-03-01", "2022-03-05", "day", "KAZ UZB RUS"),
        ("old", "KAZ", "2012-03-01", "2012-03-05", "day", "KAZ UZB RUS"),
        ("two", "KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB"),
        ("alone", "KAZ", "2023-04-01", "2023-04-05", "day", "KAZ TUR"),
        ("last", "KAZ", "2025-03-01", "2025-03-05", "day", "KAZ UZB CHN"),
    )
    found = events.on_their_own(record)
    # since 2021: Birlestik and `two` of four that joined two or more of the five
    numbers = {"period": "2021–2025", "low": 0.5, "high": 0.5}
    assert (found.verdict, found.values) == (None, numbers)
