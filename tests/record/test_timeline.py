import pandas as pd
import pytest

from casi.record import timeline
from casi.tables import load


@pytest.fixture(scope="module")
def table():
    return timeline.events()


def test_every_event_of_the_record_is_in_the_search(table):
    keys = set(table["Key"])
    for name, key in (("meetings", "meeting"), ("exercises", "exercise"), ("clashes", "clash")):
        assert {f"{name}/{value}" for value in load(name)[key]} <= keys
    steps = load("treaty_actions")
    assert table["Key"].str.startswith("treaty_actions/").sum() == len(steps)
    assert table["Key"].str.startswith("border_progress/").sum() == len(load("border_progress"))
    assert table["Key"].str.startswith("arms_reports/").sum() == len(load("arms_reports"))
    assert table["Key"].str.startswith("memberships/").sum() == len(load("memberships"))


def test_rows_are_text_and_name_their_sources(table):
    assert table.columns.tolist() == timeline.FACT_COLUMNS
    assert table.map(lambda cell: isinstance(cell, str)).all(axis=None)
    assert (table["Sources"] != "").all()
    assert set(table["Grade"]) == {"high", "dataset", "low"}


def test_the_newest_facts_come_first(table):
    assert table["Date"].is_monotonic_decreasing


def test_dates_are_no_more_exact_than_known(table):
    assert table["Date"].str.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?").all()
    irbis = table.set_index("Key").loc["exercises/irbis-2024", "Date"]
    assert irbis == "2024"


def test_a_plan_says_so_and_an_attache_is_named(table):
    rows = table.set_index("Key")
    plans = "exercises/" + load("exercises").query("status == 'planned'")["exercise"]
    assert rows.loc[plans, "Note"].str.startswith("Planned").all()
    assert "TKM (attaché)" in rows.loc["meetings/scs-2024-astana", "Who"]


def test_count_by_year_has_every_year():
    table = pd.DataFrame({"Date": ["1992-05", "1994", "", "1968"], "Kind": ["Clash"] * 4})
    counts = timeline.count_by_year(table)
    assert counts.index.tolist() == [1991, 1992, 1993, 1994]
    assert counts["Clash"].tolist() == [0, 1, 0, 1]
