from pybtex.database import parse_file

from casi.record import bibliography
from casi.tables import BIBLIOGRAPHY, load

TEXT = """\
@misc{one2024,
  author = {{Zakon.kz}},
  title = {{94\\% of the {border}}},
  url = {https://zakon.kz/a,b},
}

@misc{two,
  title = {Two},
}
"""


def test_entries_are_read_field_by_field():
    assert bibliography.entries_of(TEXT) == {
        "one2024": {
            "author": "Zakon.kz",
            "title": "94% of the {border",
            "url": "https://zakon.kz/a,b",
        },
        "two": {"title": "Two"},
    }


def test_the_fields_read_are_those_that_pybtex_finds():
    entries = bibliography.entries_of(BIBLIOGRAPHY.read_text(encoding="utf-8"))
    parsed = parse_file(str(BIBLIOGRAPHY)).entries
    assert entries.keys() == {*parsed}
    for key, entry in parsed.items():
        title = entry.fields["title"].strip("{}").replace("\\", "")
        assert entries[key]["title"].rstrip("}") == title.rstrip("}")
        assert entries[key].get("url") == entry.fields.get("url")


def test_every_source_of_the_tables_is_listed_with_words():
    table = bibliography.sources()
    assert table.columns.tolist() == bibliography.SOURCE_COLUMNS
    assert set(table["Key"]) == set(load("sources")["key"])
    assert (table[["Kind", "What", "Who", "Language"]] != "").all(axis=None)
    dated = table["Date"] != ""
    assert dated.is_monotonic_decreasing and table.loc[dated, "Date"].is_monotonic_decreasing
    kinds = ["Data set", "Official media", "Press", "Primary", "Scholarship"]
    assert bibliography.options() == {"unlisted": kinds}
