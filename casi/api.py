"""The tables for other people's code: load one, find its sources, cite it.

The functions are also those of the package: `casi.load("exercises")`.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import pandas as pd

from casi import tables

AUTHORS = "The maintainers of Central Asia Security Integration"  # as in CITATION.cff
COLUMNS = ["key", "author", "title", "published", "kind", "url"]
FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{+(.*?)\}+,?\s*$", re.MULTILINE)


def load(name: str) -> pd.DataFrame:
    """Return one table, typed, as a copy that may be changed.

    The package was checked when it was made. In the repository the table is checked each time.

    Args:
        name: name of the table, one of `list_tables()`.

    Returns:
        One row a record: text as `str`, whole numbers as `Int64`, other numbers as `float64`,
        dates as `datetime64`; empty cells, which are unknown, as missing.

    Raises:
        casi.tables.TableError: if there is no such table; the message lists all.

    Examples:
        >>> import casi
        >>> states = casi.load("states")
        >>> "KAZ" in set(states["iso3"])
        True
    """
    return tables.load(name).copy()


def list_tables() -> pd.Series:
    """Return what each table holds, by its name.

    Examples:
        >>> import casi
        >>> print(casi.list_tables()["treaties"].split()[0])
        Treaties
    """
    entries = tables.descriptor()["resources"]
    return pd.Series({entry["name"]: entry["description"] for entry in entries}, name="holds")


def sources(row: str) -> pd.DataFrame:
    """Return the sources of one row of a table.

    Args:
        row: name of the table and the row's key, as in `"treaties/tlatelolco"`: the value of the
            table's first column. If several rows share it, the sources of all are returned.

    Returns:
        One row a source, with columns key, author, title, published (its day, missing if
        unknown), kind (such as `primary` or `press`) and url.

    Raises:
        LookupError: if `row` names no row, or the rows of its table have no source of their own.

    Examples:
        >>> import casi
        >>> first = casi.load("exercises").iloc[0]
        >>> found = casi.sources("exercises/" + first["exercise"])
        >>> ";".join(found["key"]) == first["source"]
        True
    """
    name, _, key = row.partition("/")
    if name not in tables.names() or not key:
        raise LookupError(f"{row!r} names no table and row; write it as 'exercises/key-of-row'")
    rows = tables.load(name)
    if "source" not in rows:
        named = tables.describe(name).get("sources", [])
        titles = "; ".join(source["title"] for source in named) or "none named"
        raise LookupError(f"rows of {name} have no source of their own; sources of all: {titles}")
    rows = rows[rows.iloc[:, 0] == key]
    if rows.empty:
        raise LookupError(f"no row of {name} has the key {key!r} in its first column")
    keys = list(dict.fromkeys(key for cell in rows["source"] for key in tables.split_keys(cell)))
    known = tables.load("sources").set_index("key").reindex(keys)
    entries = pd.DataFrame([_entry(key) for key in keys], index=known.index)
    return known.join(entries).reset_index(names="key").reindex(columns=COLUMNS)


def cite(name: str, form: Literal["text", "bibtex"] = "text") -> str:
    """Return how to cite a table of this edition, with its own sources and terms.

    Args:
        name: name of the table.
        form: `text`, or `bibtex` for an entry of a bibliography.

    Raises:
        casi.tables.TableError: if there is no such table.
        ValueError: if there is no such form.

    Examples:
        >>> import casi
        >>> print(casi.cite("exercises").partition(" (")[0])
        The maintainers of Central Asia Security Integration
        >>> print(casi.cite("exercises", "bibtex").splitlines()[0].split("_")[0])
        @dataset{casi
    """
    if form not in ("text", "bibtex"):
        raise ValueError(f"no form {form!r}; there are text and bibtex")
    entry, package = tables.describe(name), tables.descriptor()
    year, edition = package["version"].partition(".")[0], _edition(package["version"])
    if form == "bibtex":
        return (
            f"@dataset{{casi_{name}_{year},\n"
            f"  author = {{{{{AUTHORS}}}}},\n"
            f"  title = {{{package['title']}. Table: {entry['title']}}},\n"
            f"  year = {{{year}}},\n"
            f"  version = {{{edition}}},\n"
            f"  note = {{{_terms(entry)}}},\n"
            "}"
        )
    return f"{AUTHORS} ({year}). {package['title']}. Table “{entry['title']}”, {edition}. " + (
        _terms(entry)
    )


def _terms(entry: dict) -> str:
    """Return the sources that all rows of a table rest on, and its terms."""
    named = [
        f"{source['title']}, {source['path']}" if "path" in source else source["title"]
        for source in entry.get("sources", [])
    ]
    return f"Sources: {'; '.join(named)}. Terms: {entry['terms']}" if named else entry["terms"]


def _edition(number: str) -> str:
    """Return the edition in words; a package made between editions says that it is a draft."""
    try:
        draft = ".dev" in version("casi")
    except PackageNotFoundError:  # the folder is used without an installation
        draft = False
    return f"draft of edition {number}" if draft else f"edition {number}"


def _entry(key: str) -> dict[str, str]:
    """Return author, title and address of a source from the bibliography; empty if not there."""
    text = tables.BIBLIOGRAPHY.read_text(encoding="utf-8")
    found = re.search(rf"^@\w+\{{{re.escape(key)},.*?(?=^@|\Z)", text, re.MULTILINE | re.DOTALL)
    fields = dict(FIELD.findall(found[0])) if found else {}
    if "url" not in fields and "doi" in fields:
        fields["url"] = f"https://doi.org/{fields['doi']}"
    return {name: fields[name] for name in ("author", "title", "url") if name in fields}
