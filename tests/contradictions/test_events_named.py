"""Names, keys and plans of events: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import refused, table, together
from made_events import exercise, meeting

CLOSING = table(
    "key kind published",
    ("a", "press", "2020-01-01"),
    ("b", "primary", "2021-01-15"),
    ("c", "dataset", "2022-01-15"),  # a new edition of a data set says nothing of plans
)


def test_a_word_of_the_key_stands_for_series_and_who_met():
    days = [(f"fm-{year}", f"{year}-05-02") for year in range(2001, 2012)]
    rows = together(*[meeting(key, day, who_met="foreign_ministers") for key, day in days])
    assert refused("key_fits_series", meetings=rows) == set()
    rows.loc[4, "series"] = "other_five"
    rows.loc[5, "who_met"] = "defence_ministers"
    found = refused("key_fits_series", meetings=rows)
    assert found == {("meetings.series", 4), ("meetings.who_met", 5)}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, 1),
        ({"note": "Nothing found of it."}, 0),
        ({"status": "held"}, 0),
        ({"start": "2021-05-02", "end": "2021-05-03"}, 0),
    ],
)
def test_a_plan_that_is_over_says_what_became_of_it(changes, wrong):
    rows = exercise(**{"status": "planned", "note": None, **changes})
    found = refused("past_plan_says_why", exercises=rows, sources=CLOSING)
    assert found == ({("exercises.status", 0)} if wrong else set())


def test_a_plan_of_a_month_is_over_when_the_month_is():
    given = {"status": "planned", "note": None, "date_end": None, "date_precision": "month"}

    def found(start):
        rows = meeting(**given).assign(date_start=start).astype({"date_start": "datetime64[ns]"})
        rows["date_end"] = rows["date_end"].astype("datetime64[ns]")
        return refused("past_plan_says_why", meetings=rows, sources=CLOSING)

    assert found("2021-01-01") == set()
    assert found("2020-12-01") == {("meetings.status", 0)}
