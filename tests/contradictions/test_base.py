"""What all rules share: the last day a date can mean, how values are shown, who took part."""

import pandas as pd
from hand_made import table

from casi.contradictions import base


def test_the_last_day_of_a_date_is_that_of_its_month_or_year():
    days = pd.to_datetime(pd.Series(["2020-02-01", "2020-02-01", "2020-02-01"]))
    found = base.latest(days, pd.Series(["day", "month", "year"]))
    assert found.dt.strftime("%Y-%m-%d").tolist() == ["2020-02-01", "2020-02-29", "2020-12-31"]
    ends = pd.to_datetime(pd.Series(["2020-02-29", "2020-12-31"]))
    assert base.latest(ends, pd.Series(["month", "year"])).tolist() == ends.tolist()


def test_values_are_shown_as_in_the_file():
    assert base.shown(pd.Timestamp("2024-08-09")) == "2024-08-09"
    assert base.shown(frozenset({"UZB", "KAZ"})) == "KAZ, UZB"
    assert base.shown(pd.NaT) == base.shown(None) == base.shown(float("nan")) == ""
    assert base.shown(12.5) == 12.5


def test_a_report_fills_its_text_with_the_values_of_the_row():
    rows = table("exercise date_start", ("a", "2024-08-09"), ("b", None))
    first, second = base.report("exercises", rows, "date_start", "{exercise} on {date_start}")
    assert first == ("exercises", 0, "date_start", "2024-08-09", "a on 2024-08-09")
    assert second == ("exercises", 1, "date_start", "", "b on ")


def test_parties_neither_observe_nor_stay_away():
    seats = [("KAZ", "contingent", None), ("UZB", "observer", None), ("TKM", "absent", None)]
    seats += [("KGZ", None, None), ("RUS", "minister", "observer")]
    rows = table("event state level role", *[("e", *seat) for seat in seats])
    assert base.parties(rows)["e"] == {"KAZ", "KGZ"}
