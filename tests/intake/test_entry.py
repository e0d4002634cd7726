"""Rows of a draft in the files of a record: in order, and nothing else changed."""

import csv
from io import StringIO

import pytest
from drafts import EXERCISE

from casi.intake.draft import read_draft
from casi.intake.entry import entered, with_entry
from casi.tables import ROOT

SOURCE = {"key": "b2020", "author": "A", "title": "T", "url": "https://x.org"}
BIBLIOGRAPHY = "@misc{a2020,\n}\n\n@misc{c2020,\n}\n\n"


@pytest.fixture(scope="module")
def new():
    return entered(read_draft(EXERCISE), ROOT)


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def test_an_event_stands_by_its_date_and_the_others_are_as_they_were(new):
    text, before = new.texts["data/exercises.csv"], (ROOT / "data/exercises.csv").read_text()
    [line] = set(text.splitlines()) - set(before.splitlines())
    assert line.startswith("otar-rescue-2026,Otar-Rescue-2026,,,five,rescue,2026-05-09,")
    days = [row["date_start"] for row in rows(text)]
    assert days == sorted(days)
    assert len(days) == len(rows(before)) + 1


def test_each_row_of_the_draft_has_a_name_for_messages(new):
    lines = new.texts["data/exercises.csv"].splitlines()
    own = {name: line for (_, line), name in new.places.items()}
    assert lines[own["exercises"] - 1].startswith("otar-rescue-2026")
    assert set(own) == {
        "exercises",
        "participation (KAZ)",
        "participation (KGZ)",
        "sources (testnews20260510)",
    }


def test_a_source_is_in_the_table_and_in_the_bibliography(new):
    row = "testnews20260510,press,en,2026-05-10,testnews"
    assert row in new.texts["data/sources.csv"].splitlines()
    assert "@misc{testnews20260510,\n  author = {{Test News}}," in new.texts["references.bib"]
    assert "year = {2026},\n  month = {10 May},\n  url" in new.texts["references.bib"]


def test_an_entry_stands_before_the_next_key_and_needs_no_day():
    text = with_entry(BIBLIOGRAPHY, SOURCE)
    entry = "@misc{b2020,\n  author = {{A}},\n  title = {{T}},\n  url = {https://x.org},\n}\n\n"
    assert text == BIBLIOGRAPHY.replace("@misc{c", f"{entry}@misc{{c")
    assert with_entry(BIBLIOGRAPHY, {**SOURCE, "key": "d2020"}).endswith("https://x.org},\n}\n\n")
    assert with_entry(BIBLIOGRAPHY, {**SOURCE, "key": "a2020"}) == BIBLIOGRAPHY


def test_a_draft_of_known_sources_leaves_the_bibliography_alone():
    text = "cite: [a1]\nincidents:\n  incident: i\n  date_start: 2026-01-01\n"
    assert set(entered(read_draft(text), ROOT).texts) == {"data/incidents.csv"}
