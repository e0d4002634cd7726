import pandas as pd
import pytest

from casi import tables
from casi.record import codebook


def test_contents_list_every_table_with_its_hash():
    table = codebook.contents()
    assert table["Table"].tolist() == [f"`{name}`" for name in tables.names()]
    assert table["Rows"].sum() == sum(len(tables.load(name)) for name in tables.names())
    states = tables.describe("states")["hash"].removeprefix("sha256:")
    assert table["Hash"].iloc[0] == f"`{states[:8]}`"


def test_terms_name_every_table_once():
    listed = ", ".join(codebook.terms()["Tables"]).split(", ")
    assert sorted(listed) == sorted(f"`{name}`" for name in tables.names())


def test_tables_cut_from_sipri_keep_its_terms():
    terms = codebook.terms().set_index("Licence")["Tables"]
    [sipri] = [tables for licence, tables in terms.items() if "SIPRI" in licence]
    assert sipri == "`arms_transfers`, `arms_deals`, `military_spending`"


def test_confidence_counts_every_graded_row():
    counts = codebook.confidence()
    assert counts.loc["memberships"].sum() == len(tables.load("memberships"))
    assert set(counts.columns) == {"high", "dataset", "low"}


def test_preferred_returns_the_one_statement_that_is_quoted():
    figures = pd.DataFrame(
        {
            "subject": ["drill", "drill", "clash"],
            "measure": ["personnel", "personnel", "dead"],
            "best": [1000.0, 4000.0, 5.0],
            "preferred": [False, True, False],
        }
    )
    assert codebook.preferred(figures, "drill", "personnel")["best"] == 4000
    with pytest.raises(KeyError, match="0 preferred figures for dead of clash"):
        codebook.preferred(figures, "clash", "dead")


def test_headline_by_hand(monkeypatch):
    grades = {
        "meetings": ["high", "high", "high", "low"],
        "arms_deals": ["dataset", "dataset", "high", "dataset"],
        "clashes": ["low", "high"],
    }
    record = {name: pd.DataFrame({"confidence": column}) for name, column in grades.items()}
    kinds = {"primary": 4, "official_media": 3, "press": 2, "scholarship": 1, "dataset": 1}
    languages = {"en": 5, "ru": 3, "kk": 2, "ky": 1}
    record["sources"] = pd.DataFrame(
        {
            "kind": [kind for kind, number in kinds.items() for _ in range(number)],
            "language": [code for code, number in languages.items() for _ in range(number)],
            "published": pd.to_datetime(["2026-02-01"] * 9 + ["2026-03-11", "2026-05-18"]),
        }
    )
    monkeypatch.setattr(codebook, "names", lambda: list(record))
    monkeypatch.setattr(codebook, "load", record.__getitem__)
    monkeypatch.setattr(codebook, "closing_date", lambda: pd.Timestamp("2026-05-18"))
    assert codebook.headline() == {
        "tables": 4,
        "rows": 21,  # 10 with a grade and 11 sources
        "sources": 11,
        "closing": pd.Timestamp("2026-05-18"),
        "news": pd.Timestamp("2026-03-11"),  # the tenth source, of scholarship
        "register": pd.Timestamp("2026-05-18"),  # the eleventh, a data set
        "high": 5 / 10,
        "dataset": 3 / 10,
        "low": 2 / 10,
        "best": "meetings",  # 3 of 4 high
        "worst": "arms deals",  # 1 of 4
        "primary": 4,
        "official_media": 3,
        "press": 2,
        "scholarship": 1,
        "data_sets": 1,
        "english": 5,
        "russian": 3,
        "other_languages": 2,
    }


def test_a_topic_with_rows_of_another_one_closes_on_its_own_day():
    days = tables.load("coverage").set_index("topic")["closed"]
    assert days["exercises to 2010"] < days["border clashes"] < days["exercises since 2011"]


def test_fields_list_every_field_of_every_table():
    table = codebook.fields()
    assert table.columns.tolist() == ["Table", "Field", "Type", "Values", "Meaning"]
    assert len(table) == sum(len(tables.load(name).columns) for name in tables.names())
    kinds = table.query("Table == '`border_progress`' and Field == '`of_what`'")["Values"].iloc[0]
    assert kinds == "whole_line, disputed_sections, not_stated"


def test_contents_and_terms_by_hand(monkeypatch):
    def entry(name, description, licence, terms="Free."):
        licences = [{"title": licence}, {"title": "Another"}]
        texts = {"description": description, "edition": "2026", "hash": "sha256:0123456789abcdef"}
        return {"name": name, "licenses": licences, "terms": terms, **texts}

    entries = {
        "sums": entry("sums", "Sums of rows. Not dollars.", "NC"),
        "border_km": entry("border_km", "Lengths.", "CC BY"),
        "parts": entry("parts", "Parts.", "NC"),
        "others": entry("others", "Others.", "NC", "With credit."),
    }
    monkeypatch.setattr(codebook, "names", lambda: list(entries))
    monkeypatch.setattr(codebook, "describe", entries.__getitem__)
    monkeypatch.setattr(codebook, "load", lambda name: name)  # as many rows as letters
    table = codebook.contents()
    assert table.columns.tolist() == ["Table", "Holds", "Rows", "Edition", "Hash"]
    assert table.iloc[0].tolist() == ["`sums`", "Sums of rows", 4, "2026", "`01234567`"]
    assert table.iloc[1].tolist() == ["`border_km`", "Lengths", 9, "2026", "`01234567`"]
    assert codebook.terms().to_numpy().tolist() == [
        ["`sums`, `parts`", "NC", "Free."],
        ["`border_km`", "CC BY", "Free."],
        ["`others`", "NC", "With credit."],
    ]


def test_a_grade_that_no_row_has_counts_zero(monkeypatch):
    record = {
        "meetings": pd.DataFrame({"confidence": ["high", "high", "low"]}),
        "outlines": pd.DataFrame({"lat": [40.5]}),
    }
    monkeypatch.setattr(codebook, "names", lambda: list(record))
    monkeypatch.setattr(codebook, "load", record.__getitem__)
    counts = codebook.confidence()
    assert counts.index.tolist() == ["meetings"] and counts.columns.tolist() == codebook.GRADES
    assert counts.loc["meetings"].tolist() == [2, 0, 1]


def test_two_preferred_figures_are_an_error():
    rows = {"subject": ["a", "a"], "measure": ["dead", "dead"], "preferred": [True, True]}
    with pytest.raises(KeyError, match="2 preferred figures for dead of a"):
        codebook.preferred(pd.DataFrame(rows), "a", "dead")
