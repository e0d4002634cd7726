import pandas as pd
import pytest

from casi.record import timeline
from casi.tables import describe, load, names

NOT_FACTS = {  # tables whose rows are not facts of their own
    "claims": "statements of the article, which the chapter on claims tests",
    "corrections": "changes of the tables",
    "counting_rules": "rules of the numbers",
    "coverage": "how complete the tables are",
    "map_labels": "names on maps",
    "outlines": "lines on maps",
    "outside_events": "turning points of charts, outside the region",
    "participation": "inside the rows of the events",
    "places": "points on maps",
    "rechecks": "readings of the tables",
    "sources": "listed in the bibliography",
    "states": "names of states",
}


@pytest.fixture(scope="module")
def table():
    return timeline.events()


@pytest.mark.parametrize("name", sorted(set(names()) - NOT_FACTS.keys()))
def test_every_row_of_every_table_is_in_the_search(table, name):
    assert table["Key"].str.startswith(f"{name}/").sum() == len(load(name))


def test_tables_whose_rows_are_not_facts_are_named_with_the_reason(table):
    found = set(table["Key"].str.split("/").str[0])
    assert found.isdisjoint(NOT_FACTS) and found | NOT_FACTS.keys() == set(names())
    assert all(describe(name) for name in NOT_FACTS)


def test_rows_are_text_and_name_their_sources(table):
    assert table.columns.tolist() == timeline.FACT_COLUMNS
    assert table.map(lambda cell: isinstance(cell, str)).all(axis=None)
    assert (table["Sources"] != "").all()
    assert set(table["Grade"]) == {"high", "dataset", "low"}
    assert not table["What"].str.contains(r"_|<NA>|\bnan\b", regex=True).any()


def test_only_spells_of_the_same_state_in_the_same_body_share_a_key(table):
    shared = table.loc[table["Key"].duplicated(), "Kind"]
    assert set(shared) == {"Membership"}


def test_what_happened_comes_first_and_the_newest_of_it(table):
    plan = table["Status"].isin(timeline.PLANS)
    assert plan.is_monotonic_increasing and plan.any()
    for part in (table[plan], table[~plan]):
        assert part["Date"].is_monotonic_decreasing


def test_dates_are_no_more_exact_than_known(table):
    for column in ("Date", "Until"):
        assert table[column].str.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?").all()
    irbis = table.set_index("Key").loc["exercises/irbis-2024", "Date"]
    assert irbis == "2024"


def test_states_are_codes_of_the_record_and_names_in_words(table):
    codes = set(load("states")["iso3"])
    for column in ("States", "Parties"):
        assert {code for cell in table[column] for code in cell.split(";") if code} <= codes
    assert (
        not table["Who"]
        .str.contains(r"\b[A-Z]{3}\b(?:,|;|$)")
        .loc[table["Kind"].isin(["Meeting", "Exercise", "Membership", "Treaty"])]
        .any()
    )


def test_a_plan_says_so_and_an_attache_is_named(table):
    rows = table.set_index("Key")
    plans = "exercises/" + load("exercises").query("status == 'planned'")["exercise"]
    assert rows.loc[plans, "Note"].str.startswith("Planned").all()
    assert "Attaché: Turkmenistan" in rows.loc["meetings/scs-2024-astana", "Who"]


def test_count_by_year_has_every_year_and_only_events():
    table = pd.DataFrame({"Date": ["1992-05", "1994", "", "1968", "1991"], "Kind": "Clash"})
    table.loc[5] = {"Date": "1993", "Kind": "Military spending"}
    counts = timeline.count_by_year(table)
    assert counts.index.tolist() == [1991, 1992, 1993, 1994] and counts.index.name == "Year"
    assert counts.columns.tolist() == ["Clash"]
    assert counts["Clash"].tolist() == [1, 1, 0, 1]
