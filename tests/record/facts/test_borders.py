import pandas as pd
import pytest

from casi.record.facts import base, borders

CLASH = {"clash": "c", "kind": "guards_and_residents", "state_a": "KGZ", "state_b": "TJK"}
CLASH |= {"border": "kgz-tjk", "place": "Batken", "note": None, "shots": True}
CLASH |= {"date_start": "2022-09-14", "date_end": "2022-09-17", "date_precision": "day"}
BORDER = {"border": "kgz-tjk", "state_a": "KGZ", "state_b": "TJK", "border_km": 1006.84}
BORDER |= {"delimited": "full", "delimited_date": "2025-03-13", "delimited_precision": "day"}
BORDER |= {"demarcated": None, "demarcated_date": None, "demarcated_precision": None}
BORDER |= {"remains": "Pillars.", "note": "B"}
SAID = {"border": "kgz-tjk", "speaker": "Minister", "date": None, "date_precision": None}


def test_a_border_says_how_far_it_is_settled(tables, table):
    tables(border_segments=table(BORDER, dates=["delimited_date", "demarcated_date"]))
    [fact] = borders.borders().to_dict("records")
    assert fact["What"] == "Kyrgyzstan–Tajikistan border, 1,007 km"
    assert fact["Note"] == "Delimited: in full, 2025-03-13. Pillars. B"
    assert fact["States"] == "KGZ;TJK" and fact["Place"] == "border-kgz-tjk"


def test_statements_give_their_number_and_what_it_is_of(tables, table):
    agreed = {"statement": "s", "stage": "agreed", "percent": 94.0, "km": 1200.0, "note": "C"}
    length = {"statement": "l", "stage": "length", "percent": None, "km": 1.5, "note": None}
    fence = length | {"statement": "f", "stage": "fenced"}
    records = [
        SAID | agreed | {"of_what": "whole_line"},
        SAID | length | {"of_what": "whole_line"},
        SAID | fence | {"of_what": "not_stated"},
    ]
    tables(border_progress=table(*records, dates=["date"]))
    facts = borders.statements()
    assert facts["What"].tolist() == [
        "Agreed, 94%, 1,200 km of whole line",
        "Length, 1.5 km",
        "Fenced, 1.5 km",
    ]
    assert set(facts["Where"]) == {"Kyrgyzstan–Tajikistan border"} and set(facts["Date"]) == {""}


def test_a_clash_and_its_victims(tables, table):
    victims = {"clash": "c", "side": "TJK", "measure": "dead", "who": "civilian", "low": 3}
    victims |= {"best": None, "high": 5, "reported_by": None, "preferred": True, "note": "D"}
    victims |= {"as_of": "2022-10-01", "as_of_precision": "month", "figure": 7}
    tables(
        clashes=table(CLASH, dates=["date_start", "date_end"]),
        clash_figures=table(victims, dates=["as_of"]),
    )
    [clash] = borders.clashes().to_dict("records")
    assert clash["What"] == "Clash of guards and residents" and clash["Note"] == "Shots fired"
    assert (clash["Date"], clash["Until"]) == ("2022-09-14", "2022-09-17")
    assert clash["Who"] == "Kyrgyzstan, Tajikistan"
    [figure] = borders.clash_figures().to_dict("records")
    assert figure["What"] == "Dead of Tajikistan, civilian: 3–5" and figure["Where"] == "Batken"
    assert figure["Note"] == "As of 2022-10. Preferred figure. D"
    assert figure["Key"] == "clash_figures/7" and figure["Date"] == "2022-09-14"


@pytest.mark.parametrize(
    ("by", "day", "note"),
    [
        ("the ministry", "2022-10-01", "Reported by the ministry. Other figure"),
        ("the ministry", None, "Reported by the ministry. Other figure"),
        (None, "2022-10-01", "As of 2022-10-01. Other figure"),
        (None, None, "Other figure"),
    ],
)
def test_a_figure_says_who_reported_it_or_else_of_which_day_it_is(tables, table, by, day, note):
    victims = {"clash": "c", "side": "TJK", "measure": "dead", "who": "all", "best": 3}
    victims |= {"low": None, "high": None, "reported_by": by, "preferred": False, "note": None}
    victims |= {"as_of": day, "as_of_precision": "day", "figure": 7}
    tables(
        clashes=table(CLASH, dates=["date_start", "date_end"]),
        clash_figures=table(victims, dates=["as_of"]),
    )
    assert borders.clash_figures()["Note"].tolist() == [note]


def test_conflict_deaths_are_graded_as_a_data_set(tables, table):
    deaths = {"state": "KGZ", "year": 2021, "type": "one_sided", "dyads": "A - B"}
    deaths |= {"low": 40, "best": 41, "high": 45}
    tables(conflict_deaths=table(deaths).drop(columns="confidence"))
    [fact] = borders.conflict_deaths().to_dict("records")
    assert (
        fact["What"] == "Conflict deaths in Kyrgyzstan: 41 (40–45)" and fact["Grade"] == "dataset"
    )
    assert fact["Key"] == "conflict_deaths/KGZ/2021/one_sided" and fact["Date"] == "2021"


@pytest.mark.parametrize(
    ("low", "best", "high", "written"),
    [
        (None, 5, None, "5"),
        (3, None, 5, "3–5"),
        (3, None, None, "at least 3"),
        (None, None, 5, "at most 5"),
        (5, 5, 5, "5"),
        (3, 4, 5, "4 (3–5)"),
        (None, None, None, ""),
    ],
)
def test_ranges_say_what_the_sources_give(low, best, high, written):
    rows = pd.DataFrame([{"low": low, "best": best, "high": high}], dtype=float)
    assert base.ranges(rows).tolist() == [written]
