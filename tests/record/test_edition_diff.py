import pandas as pd
import pytest

from casi import tables
from casi.record import edition_diff, editions
from casi.record.edition_diff import (
    CHANGES,
    account,
    compare,
    faults,
    headline,
    succession,
    summary,
    with_reasons,
)

HEAD = ["id", "edition", "table", "row", "column", "expect", "reason"]


def frame(rows, *columns):
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


@pytest.fixture
def old():
    columns = ("held", "place", "note")
    rows = {"a": ["2024", "Aktau", ""], "b": ["2025", "", "x"], "c": ["2020", "Osh", ""]}
    return {"exercises": frame(rows, *columns)}


@pytest.fixture
def new():
    columns = ("held", "place", "note")
    rows = {"a": ["2023", "Aktau", ""], "b": ["2025", "Kattakurgan", "y"], "d": ["2026", "", ""]}
    return {"exercises": frame(rows, *columns), "places": frame({"Osh": ["40.5"]}, "latitude")}


def corrections(*rows):
    return pd.DataFrame(rows, columns=HEAD)


DATE = ("c1", "2026.12", "exercises", "a", "held", "2024", "A page of the ministry says 2023.")
GONE = ("c2", "2026.12", "exercises", "c", "", "", "It was planned, not held.")


def test_compare_tells_apart_what_was_wrong_and_what_was_missing(old, new):
    found = compare(old, new)
    assert list(found.columns) == edition_diff.DIFF_COLUMNS
    assert found[["row", "change", "was", "now"]].values.tolist() == [
        ["c", "withdrawn", "", ""],
        ["d", "added", "", ""],
        ["a", "corrected", "2024", "2023"],
        ["b", "completed", "", "Kattakurgan"],
        ["b", "annotated", "x", "y"],
        ["Osh", "added", "", ""],
    ]
    assert compare(old, old).empty


def test_a_column_that_one_edition_lacks_is_no_change(old):
    wider = {"exercises": old["exercises"].assign(phase="1")}
    assert compare(old, wider).empty and compare(wider, old).empty


def test_each_correction_gets_its_reason(old, new):
    found = with_reasons(compare(old, new), corrections(DATE, GONE), "2026.12")
    assert found[["row", "reason"]].values.tolist() == [["c", GONE[-1]], ["a", DATE[-1]]]
    assert set(with_reasons(compare(old, new), corrections(DATE), "2027.01")["reason"]) == {""}


def test_a_reason_can_stand_for_a_source_that_was_replaced(old, new):
    every = ("c3", "2026.12", "exercises", "*", "*", "", "The data set has a new edition.")
    assert faults(compare(old, new), corrections(every), "2026.12") == []
    [line] = faults(compare(old, old), corrections(every), "2026.12")
    assert "no row of exercises was changed; remove it" in line


def test_faults_name_changes_without_a_reason(old, new):
    assert faults(compare(old, new), corrections(DATE, GONE), "2026.12") == []
    [line] = faults(compare(old, new), corrections(DATE), "2026.12")
    assert line == "exercises, c, row: withdrawn; no reason in corrections.csv"


def test_faults_name_reasons_that_outlived_their_cause(old, new):
    other = (*DATE[:5], "2022", DATE[-1])
    [line] = faults(compare(old, new), corrections(other, GONE), "2026.12")
    assert "expects '2022', but the previous edition has '2024'" in line
    lines = faults(compare(old, old), corrections(DATE), "2026.12")
    assert lines == ["corrections.csv, c1: this cell was not changed; remove it"]


def test_summary_counts_by_table(old, new):
    found = summary(old, new, compare(old, new)).set_index("table")
    assert found.loc["exercises"].tolist() == [3, 3, 1, 1, 1, 1, 1]
    assert found.loc["places"].tolist() == [0, 1, 1, 0, 0, 0, 0]


def test_an_edition_follows_the_previous_one_or_is_the_first():
    assert succession("", "2026.11")["which"] == "is the first"
    later = succession("2026.11", "2026.12")
    assert (later["version"], later["which"]) == ("2026.12", "follows edition 2026.11")


def test_the_first_edition_is_compared_with_none():
    numbers = dict.fromkeys([*CHANGES, "moved", "findings", "sentences"], 0) | {"added": 12000}
    assert account(numbers, "") == "It has 12,000 rows."


def test_a_later_edition_tells_each_kind_of_change():
    numbers = {"added": 20, "completed": 1, "corrected": 12, "annotated": 0, "withdrawn": 11}
    numbers |= {"moved": 1, "findings": 13}
    assert account(numbers, "2026.11") == (
        "Compared with edition 2026.11, it added 20 rows, filled one empty cell, corrected 12 "
        "values, changed no remarks or sources and withdrew 11 rows. This changed one verdict on "
        "claims of the article and 13 findings."
    )


def test_headline_counts_by_kind(old, new):
    moved = pd.DataFrame({"claim": ["first"]})
    sentences = pd.DataFrame({"key": ["meet", "meet", "train"]})
    assert headline(compare(old, new), moved, sentences) == {
        "added": 2,
        "withdrawn": 1,
        "corrected": 1,
        "completed": 1,
        "annotated": 1,
        "moved": 1,
        "findings": 2,
        "sentences": 3,
    }


def test_every_change_since_the_edition_before_has_its_reason():
    now, before = editions.present(), editions.previous()
    if before.version:
        found = compare(before.texts, now.texts)
        assert faults(found, now.texts["corrections"], now.version) == []
    version = tables.descriptor()["version"]
    later = set(now.typed["corrections"]["edition"]) - {version, before.version}
    assert [edition for edition in later if edition > version] == []


def test_changes_stand_in_the_order_of_the_new_edition():
    was = {"places": frame({"a": ["1", "5"], "b": ["2", "6"]}, "lon", "lat")}
    now = {"places": frame({"b": ["3", "7"], "a": ["4", "6"]}, "lon", "lat")}
    cells = compare(was, now)[["row", "column"]].to_numpy().tolist()
    assert cells == [["b", "lon"], ["a", "lon"], ["b", "lat"], ["a", "lat"]]


def test_a_table_that_was_taken_out_is_withdrawn_row_by_row():
    was = {"places": frame({"a": ["1"]}, "lon")}
    assert compare(was, {})["change"].tolist() == ["withdrawn"]
    assert summary(was, {}, compare(was, {})).iloc[0].tolist() == ["places", 1, 0, 0, 1, 0, 0, 0]
