"""Read the tables and the bibliography as other formats need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casi import tables

SOURCES = "bibliography"  # the table made of references.bib
COLUMNS = ("key", "author", "title", "published", "url")
LIST = "joined by semicolons"  # in the description of a field that holds several values
FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{+(.*?)\}+,?\s*$", re.MULTILINE)
ENTRY = re.compile(r"^@\w+\{([^,]+),", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """A column of a table: name, type (as Frictionless names it), meaning, if it holds a list."""

    name: str
    type: str
    meaning: str
    is_list: bool


@dataclass(frozen=True)
class Table:
    """A table of the data package.

    Attributes:
        name: its name.
        meaning: what it holds.
        terms: title of its licence.
        fields: its columns, in order.
        key: names of the columns of its primary key.
        links: column and table (with its column) of each foreign key.
        rows: its rows; text, numbers, booleans, ISO dates, None where empty.
        hash: SHA-256 of its CSV file; empty for the bibliography.
    """

    name: str
    meaning: str
    terms: str
    fields: list[Field]
    key: list[str]
    links: dict[str, tuple[str, str]]
    rows: list[tuple[Any, ...]]
    hash: str = ""


def read_tables(folder: Path = tables.DATA) -> list[Table]:
    """Return the tables of the data package, in the order of the descriptor."""
    return [_table(tables.describe(name, folder), folder) for name in tables.names(folder)]


def _table(entry: dict[str, Any], folder: Path) -> Table:
    schema, licences = entry["schema"], entry.get("licenses")
    fields = [
        Field(each["name"], each["type"], each["description"], LIST in each["description"])
        for each in schema["fields"]
    ]
    frame = tables.read(entry["name"], folder)
    columns = [
        [_plain(value, field.type) for value in frame[field.name].astype(object)]
        for field in fields
    ]
    return Table(
        name=entry["name"],
        meaning=entry["description"],
        terms=licences[0]["title"] if licences else "CC BY 4.0",
        fields=fields,
        key=schema["primaryKey"],
        links={
            key["fields"][0]: (key["reference"]["resource"], key["reference"]["fields"][0])
            for key in schema.get("foreignKeys", [])
        },
        rows=list(zip(*columns, strict=True)),
        hash=entry["hash"],
    )


def _plain(value: Any, kind: str) -> Any:
    """Return a value as the types of Python hold it; dates as ISO 8601."""
    if pd.isna(value):
        return None
    if kind == "date":
        return f"{value:%Y-%m-%d}"
    convert = {"integer": int, "number": float, "boolean": bool}.get(kind, str)
    return convert(value)


def read_bibliography(path: Path = tables.BIBLIOGRAPHY) -> Table:
    """Return `references.bib` as a table: key, author, title, date in words, and address."""
    rows = []
    for entry in re.split(r"^(?=@)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        if head := ENTRY.match(entry):
            found = dict(FIELD.findall(entry))
            date = " ".join(filter(None, [found.get("month"), found.get("year")]))
            doi = f"https://doi.org/{found['doi']}" if "doi" in found else None
            address = found.get("url", doi)
            rows.append((head[1], found.get("author"), found.get("title"), date or None, address))
    meanings = ("Key of the source.", "Publisher or authors.", "Title.", "Date.", "Address.")
    fields = [
        Field(name, "string", meaning, False)
        for name, meaning in zip(COLUMNS, meanings, strict=True)
    ]
    return Table(SOURCES, "The sources.", "CC BY 4.0", fields, ["key"], {}, rows)
