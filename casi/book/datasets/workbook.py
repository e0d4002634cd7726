"""Write the tables as one Excel workbook: a sheet a table, one of fields, one of terms.

Text is stored as text, so that a cell that begins like a formula is none. Dates are dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from casi import tables
from casi.book.datasets.entries import Table, read_bibliography, read_tables
from casi.book.editions.edition import Edition

WIDTHS = {"date": 11, "integer": 9, "number": 9, "boolean": 8}  # of columns, in characters
TEXT_WIDTH, LONG_WIDTH, LONG = 18, 50, 40
FORMATS = {"date": {"num_format": "yyyy-mm-dd"}, "head": {"bold": True, "bottom": 1}}


def write_workbook(
    target: Path, edition: Edition, folder: Path = tables.DATA, views: Iterable[Table] = ()
) -> Path:
    """Write the workbook; replace an older one only when the new one is complete.

    Args:
        target: path of the workbook.
        edition: the edition, for title and date.
        folder: folder of the tables.
        views: tables made of others, after which they stand.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    described = [*read_tables(folder), read_bibliography()]
    found = [*described, *views]
    with xlsxwriter.Workbook(draft) as book:
        book.set_properties({"title": edition.title, "created": edition.made.replace(tzinfo=None)})
        styles = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        lists = [
            ("about", ["Table", "Rows", "Holds", "Terms", "Hash of the CSV file"], _about(found)),
            ("fields", ["Table", "Field", "Type", "Meaning"], _fields(described)),
        ]
        for name, head, rows in lists:
            _fill(book.add_worksheet(name), head, ["string"] * len(head), rows, styles)
        for table in found:
            head = [field.name for field in table.fields]
            kinds = [field.type for field in table.fields]
            _fill(book.add_worksheet(table.name), head, kinds, table.rows, styles)
    return draft.replace(target)


def _about(found: Iterable[Table]) -> list[tuple[str, ...]]:
    return [
        (table.name, str(len(table.rows)), table.meaning, table.terms, table.hash)
        for table in found
    ]


def _fields(found: Iterable[Table]) -> list[tuple[str, ...]]:
    return [
        (table.name, field.name, field.type, field.meaning)
        for table in found
        for field in table.fields
    ]


def _fill(
    sheet: Worksheet,
    head: list[str],
    kinds: list[str],
    rows: Iterable[tuple[Any, ...]],
    styles: dict[str, Any],
) -> None:
    """Write head and rows; the head stays in sight and filters the columns."""
    content = list(rows)
    for column, (name, kind) in enumerate(zip(head, kinds, strict=True)):
        sheet.write_string(0, column, name, styles["head"])
        texts = (row[column] for row in content if isinstance(row[column], str))
        long = any(len(text) > LONG for text in texts)
        sheet.set_column(column, column, WIDTHS.get(kind, LONG_WIDTH if long else TEXT_WIDTH))
    for number, row in enumerate(content, 1):
        for column, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            if value is not None:
                _write(sheet, number, column, value, kind, styles["date"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(content), 1), len(head) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Any, kind: str, style: Any) -> None:
    if kind == "date":
        sheet.write_datetime(row, column, _midnight(value), style)
    elif kind == "boolean":
        sheet.write_boolean(row, column, value)
    elif kind in ("integer", "number"):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value)


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time())
