import pandas as pd
import pytest
from pybtex.database import parse_file

from casi import CHECKED, tables


def test_load_gives_typed_columns():
    spells = tables.load("memberships")
    assert spells["start"].dtype.kind == "M"
    assert tables.load("arms_transfers")["tiv_millions"].dtype == "float64"
    assert tables.load("arms_transfers")["deals"].dtype == "Int64"
    assert tables.load("exercises")["participants_complete"].dtype == "boolean"


def test_load_is_cached():
    assert tables.load("states") is tables.load("states")


def test_unknown_table_names_the_tables_there_are():
    with pytest.raises(tables.TableError, match=r"no table 'memberhips'.*memberships"):
        tables.describe("memberhips")


def test_descriptor_says_when_the_package_file_is_missing(tmp_path):
    with pytest.raises(tables.TableError, match=r"datapackage\.json: file is missing"):
        tables.descriptor(tmp_path)


def test_split_keys():
    assert tables.split_keys("a; b;c") == ["a", "b", "c"]
    assert tables.split_keys(None) == []


def test_sets_by_gives_what_pandas_gives():
    rows = pd.DataFrame({"event": ["b", "a", "b", None, "b"], "state": ["X", "Y", "Z", "X", "X"]})
    found = tables.sets_by(rows, "event", "state")
    assert found.to_dict() == {"a": {"Y"}, "b": {"X", "Z"}}
    pd.testing.assert_series_equal(found, rows.groupby("event")["state"].agg(frozenset))
    assert tables.sets_by(rows[:0], "event", "state").empty


def test_cited_puts_primary_sources_first():
    kinds = tables.load("sources").set_index("key")["kind"]
    keys = tables.cited(tables.load("memberships"))
    assert len(keys) == 4
    assert kinds[keys[0]] == "primary"


def test_bibliography_holds_every_source():
    assert set(tables.load("sources")["key"]) <= tables.bibliography()


def test_load_checks_a_table_unless_a_build_has(data, monkeypatch):
    path = data / "states.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kazakhstan", "Qazaqstan"), "utf-8")
    monkeypatch.setenv(CHECKED, str(tables.DATA))
    with pytest.raises(tables.TableError):
        tables.load("states", data)
    monkeypatch.setenv(CHECKED, str(data))
    assert "Qazaqstan" in set(tables.load("states", data)["name"])


def test_bibliography_is_read_as_a_parser_of_bibtex_reads_it():
    parsed = parse_file(str(tables.BIBLIOGRAPHY), bib_format="bibtex")
    assert tables.bibliography() == set(parsed.entries)


def test_closing_date_is_that_of_the_newest_page():
    newest = tables.load("sources").query("kind != 'dataset'")["published"].max()
    assert tables.closing_date() == newest
    held = tables.load("meetings").query("status == 'held'")["date_start"].max()
    assert held <= tables.closing_date()
    assert newest < pd.Timestamp("2026-12-31")


def test_a_package_that_is_no_json_is_named_with_its_row(tmp_path):
    (tmp_path / "datapackage.json").write_text('{\n"name": x}', encoding="utf-8")
    with pytest.raises(tables.TableError, match=r"datapackage\.json: row 2: not JSON"):
        tables.descriptor(tmp_path)


def test_cited_ranks_primary_sources_then_by_use_then_by_name(monkeypatch):
    """d is primary; of the others b supports two rows, a and c one each, and e is unknown."""
    sources = pd.DataFrame({"key": ["a", "b", "c", "d"], "kind": ["press"] * 3 + ["primary"]})
    monkeypatch.setattr(tables, "load", lambda name: {"sources": sources}[name])
    rows = pd.DataFrame({"source": ["c;b", "a; b", "d", "e"]})
    assert tables.cited(rows) == ["d", "b", "a", "c"]
    assert tables.cited(rows, most=2) == ["d", "b"]
    assert tables.cited(rows, most=9) == ["d", "b", "a", "c", "e"]


def test_the_newest_source_of_some_rows_is_the_latest_that_has_a_date(monkeypatch):
    days = pd.to_datetime(["2024-05-01", "2025-02-03", None, "2026-01-01"])
    sources = pd.DataFrame({"key": ["a", "b", "c", "unused"], "published": days})
    monkeypatch.setattr(tables, "load", lambda name: {"sources": sources}[name])
    rows = pd.DataFrame({"source": ["a; b", "c"]})
    assert tables.newest_source(rows) == pd.Timestamp("2025-02-03")
