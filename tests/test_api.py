"""The functions for other people's code."""

import doctest
import importlib
import re

import pandas as pd
import pytest

import casi
from casi import api, tables

PAGE = (tables.ROOT / "api.md").read_text(encoding="utf-8")
MODULES = re.findall(r"automodule:: ([\w.]+)", PAGE)


@pytest.mark.parametrize("name", MODULES)
def test_each_module_on_the_page_of_functions_has_examples_that_run(name):
    ran = doctest.testmod(importlib.import_module(name))
    assert ran.attempted > 0 and ran.failed == 0


def test_the_page_of_functions_has_every_measure():
    measures = {
        f"casi.measures.{path.stem}" for path in (tables.ROOT / "casi/measures").glob("[!_]*.py")
    }
    assert measures <= {*MODULES}
    shown = re.findall(r"autofunction:: (\w+)", PAGE)
    assert sorted(shown) == sorted(casi.PUBLIC)


@pytest.mark.parametrize("name", casi.PUBLIC)
def test_each_public_function_has_an_example_of_its_own(name):
    examples = doctest.DocTestParser().get_examples(getattr(casi, name).__doc__)
    assert any(f"casi.{name}(" in example.source for example in examples)


def test_the_package_has_the_functions_and_no_others():
    assert [getattr(casi, name) for name in casi.PUBLIC] == [
        getattr(api, name) for name in casi.PUBLIC
    ]
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = casi.nothing_of_the_kind


def test_a_loaded_table_may_be_changed():
    first = casi.load("states")
    first.loc[0, "name"] = "Elsewhere"
    assert casi.load("states").loc[0, "name"] != "Elsewhere"


def test_each_table_is_listed_with_what_it_holds():
    listed = casi.list_tables()
    assert [*listed.index] == tables.names() and listed.str.len().min() > 10


@pytest.mark.parametrize("name", ["treaties", "participation"])
def test_every_source_of_a_row_has_title_and_address(name):
    row = tables.load(name).iloc[0]
    found = casi.sources(f"{name}/{row.iloc[0]}")
    assert [*found.columns] == api.COLUMNS
    assert set(tables.split_keys(row["source"])) <= set(found["key"])
    assert found[["title", "url", "kind"]].notna().all(axis=None)


def test_a_source_without_address_keeps_its_place(monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "BIBLIOGRAPHY", tmp_path / "references.bib")
    row = tables.load("treaties").iloc[0]
    keys = tables.split_keys(row["source"])
    tables.BIBLIOGRAPHY.write_text(f"@misc{{{keys[0]},\n  doi = {{10.1/x}},\n}}\n", "utf-8")
    found = casi.sources(f"treaties/{row.iloc[0]}")
    assert found.loc[0, "url"] == "https://doi.org/10.1/x"
    assert pd.isna(found.loc[0, "title"]) and [*found["key"]] == keys


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("exercises", "write it as"),
        ("nowhere/a", "write it as"),
        ("exercises/nothing", "no row of exercises"),
        ("outlines/KAZ", "Natural Earth"),
    ],
)
def test_a_row_without_sources_is_an_error_that_says_why(row, said):
    with pytest.raises(LookupError, match=said):
        casi.sources(row)


def test_a_citation_names_authors_table_edition_and_terms():
    text = casi.cite("military_spending")
    cff = (tables.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search("name: (.+)", cff)[1] == api.AUTHORS
    entry = tables.describe("military_spending")
    expected = [api.AUTHORS, entry["title"], tables.descriptor()["version"], entry["terms"]]
    assert all(part in text for part in [*expected, "10.55163/CQGC9685"])


def test_bibtex_balances_its_braces_for_every_table():
    for name in tables.names():
        text = casi.cite(name, "bibtex")
        assert text.count("{") == text.count("}") and f"casi_{name}_" in text
    with pytest.raises(ValueError, match="text and bibtex"):
        casi.cite("states", "ris")


@pytest.mark.parametrize(
    ("number", "edition"), [("2026.11", "edition"), ("2026.11.dev0", "draft of edition")]
)
def test_a_package_of_a_draft_says_so(monkeypatch, number, edition):
    monkeypatch.setattr(api, "version", lambda name: number)
    assert f", {edition} 2026.11. " in casi.cite("states").replace(
        tables.descriptor()["version"], "2026.11"
    )


def test_without_an_installation_the_edition_is_that_of_the_tables(monkeypatch):
    def missing(name):
        raise api.PackageNotFoundError(name)

    monkeypatch.setattr(api, "version", missing)
    assert ", edition " in casi.cite("states")
