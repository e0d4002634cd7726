"""List the sources of the record, with who published them, when and in what language."""

from __future__ import annotations

import re

import pandas as pd
from babel import Locale

from casi.language import LOCALE
from casi.record.facts.base import sentence
from casi.tables import BIBLIOGRAPHY, load

ENTRY = re.compile(r"^@\w+\{([^,\s]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s+(\w+) = \{+(.*?)\}+,?$", re.MULTILINE)
ESCAPED = re.compile(r"\\([%$&_#])")
SOURCE_COLUMNS = ["Date", "Kind", "What", "Who", "Language", "Key", "Sources"]


def sources() -> pd.DataFrame:
    """Return the sources of the tables, the newest first, those without a date last.

    Returns:
        One row a source, all columns text: `Date` (ISO 8601; empty if the page shows none), `Kind`,
        `What` (its title), `Who` (who published it), `Language`, `Key` and `Sources` (the key, for
        the link to the page).
    """
    rows = load("sources")
    entries = entries_of(BIBLIOGRAPHY.read_text(encoding="utf-8"))
    languages = Locale.parse(LOCALE).languages
    table = pd.DataFrame(
        {
            "Date": rows["published"].dt.strftime("%Y-%m-%d").fillna(""),
            "Kind": sentence(rows["kind"]).str.replace("Dataset", "Data set"),
            "What": rows["key"].map(lambda key: entries[key].get("title", "")),
            "Who": rows["key"].map(lambda key: entries[key].get("author", "")),
            "Language": rows["language"].map(languages).fillna(""),
            "Key": rows["key"],
            "Sources": rows["key"],
        }
    )
    table = table[SOURCE_COLUMNS].astype(object).fillna("")
    return table.sort_values(["Date", "Key"], ascending=[False, True], ignore_index=True)


def options() -> dict[str, list[str]]:
    """Return what the page of the sources needs: no kind is listed in the search of the book."""
    return {"unlisted": sorted(set(sources()["Kind"]))}


def entries_of(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry of a bibliography in BibTeX, a field a line, by its key.

    To parse the text with pybtex takes fifteen times as long.
    """
    return {
        key: {name: ESCAPED.sub(r"\1", value) for name, value in FIELD.findall(body)}
        for key, body in ENTRY.findall(text)
    }
