"""Write the tables for Stata and SPSS, with labels of variables and values from the descriptor.

A column of listed values and one of yes or no hold numbers with labels. The numbers may differ
between editions, the labels do not.
"""

from __future__ import annotations

import tempfile
import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from casi import tables
from casi.book.datasets.entries import read_bibliography

LONG = 244  # characters; text that is longer has no fixed width in Stata
STATA_LABEL, SPSS_LABEL = 80, 250  # characters of a label of a variable
MADE = slice(92, 109)  # bytes of an SPSS file: the day and the time at which it was made
RENAMED = {"end": "end_date"}  # a word of Stata's own
YES_NO: dict[int | float, str] = {0: "no", 1: "yes"}


def stata_files(made: datetime, folder: Path = tables.DATA) -> dict[str, bytes]:
    """Return each table and the bibliography as a Stata file (version 14 or newer), by name.

    Args:
        made: the time noted in each file.
        folder: folder of the tables.
    """
    found = {}
    with tempfile.TemporaryDirectory(prefix="stata-") as temporary:
        path = Path(temporary) / "table.dta"
        for entry, frame in _tables(folder):
            coded, values = as_numbers(frame, entry)
            texts = [name for name in coded if coded[name].dtype == object]
            coded.to_stata(
                path,
                write_index=False,
                version=118,
                time_stamp=made.replace(tzinfo=None),
                data_label=entry["title"],
                variable_labels=_meanings(entry, STATA_LABEL),
                value_labels=values,
                convert_dates={field: "td" for field in _of_type(entry, "date")},
                convert_strl=[name for name in texts if coded[name].str.len().max() > LONG],
            )
            found[f"{entry['name']}.dta"] = path.read_bytes()
    return found


def spss_files(made: datetime, folder: Path = tables.DATA) -> dict[str, bytes]:
    """Return each table and the bibliography as an SPSS file, by name.

    Args:
        made: the time noted in each file.
        folder: folder of the tables.
    """
    found = {}
    with tempfile.TemporaryDirectory(prefix="spss-") as temporary:
        path = Path(temporary) / "table.sav"
        for entry, frame in _tables(folder):
            coded, values = as_numbers(frame, entry)
            for name in _of_type(entry, "date"):
                days = [None if pd.isna(day) else day.date() for day in coded[name]]
                coded[name] = pd.Series(days, coded.index, object)
            pyreadstat.write_sav(
                coded,
                path,
                file_label=entry["title"],
                column_labels=_meanings(entry, SPSS_LABEL),
                row_compress=True,
                variable_value_labels=values,
            )
            found[f"{entry['name']}.sav"] = _with_time(path.read_bytes(), made)
    return found


def as_numbers(
    frame: pd.DataFrame, entry: dict[str, Any]
) -> tuple[pd.DataFrame, dict[str, dict[int | float, str]]]:
    """Return a table as both programs hold it, and the labels of its numbers by column.

    Args:
        frame: the table, as `tables.read` returns it.
        entry: its entry in the descriptor.

    Returns:
        The table with numbers as `float64`, text as `object` and dates as they were; what is
        unknown is missing, and empty text in a column of text.
    """
    labels: dict[str, dict[int | float, str]] = {}
    coded = frame.copy()
    for field in entry["schema"]["fields"]:
        name, listed = field["name"], field.get("constraints", {}).get("enum")
        if field["type"] == "boolean":
            labels[name] = YES_NO
        elif listed:
            labels[name] = dict(enumerate(listed, 1))
            coded[name] = frame[name].map({text: number for number, text in labels[name].items()})
        elif field["type"] == "string":
            coded[name] = frame[name].fillna("").astype(object)
            continue
        if field["type"] != "date":
            coded[name] = coded[name].astype("float64")
    return coded, labels


def _tables(folder: Path) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    """Return entry and rows of each table, and of the bibliography."""
    found = []
    for name in tables.names(folder):
        entry = tables.describe(name, folder)
        fields = [
            field | {"name": RENAMED.get(field["name"], field["name"])}
            for field in entry["schema"]["fields"]
        ]
        frame = tables.read(name, folder).rename(columns=RENAMED)
        found.append((entry | {"schema": {"fields": fields}}, frame))
    sources = read_bibliography()
    fields = [
        {"name": field.name, "type": field.type, "description": field.meaning}
        for field in sources.fields
    ]
    entry = {"name": sources.name, "title": "Bibliography", "schema": {"fields": fields}}
    rows = pd.DataFrame(sources.rows, columns=[field["name"] for field in fields])
    return [*found, (entry, rows)]


def _meanings(entry: dict[str, Any], most: int) -> dict[str, str | None]:
    return {
        field["name"]: textwrap.shorten(field["description"], most, placeholder=" …")
        for field in entry["schema"]["fields"]
    }


def _of_type(entry: dict[str, Any], kind: str) -> list[str]:
    return [field["name"] for field in entry["schema"]["fields"] if field["type"] == kind]


def _with_time(file: bytes, made: datetime) -> bytes:
    """Return an SPSS file with another time: the library knows none but that of the clock."""
    day = f"{made:%d %b %y%H:%M:%S}".encode("ascii")
    return file[: MADE.start] + day + file[MADE.stop :]
