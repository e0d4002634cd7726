"""The workbook, opened again."""

from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from casi import tables
from casi.book.datasets import entries, workbook
from casi.book.editions.edition import edition


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A workbook of two tables: states, and a claim that begins like a formula."""
    found = {table.name: table for table in entries.read_tables()}
    claims = found["claims"]
    row = tuple("=1+1" if field.name == "statement" else None for field in claims.fields)
    meetings = replace(found["meetings"], rows=found["meetings"].rows[:1])
    monkeypatch.setattr(
        workbook, "read_tables", lambda folder: [meetings, replace(claims, rows=[row])]
    )
    return workbook.write_workbook(tmp_path / "x.xlsx", edition(tables.ROOT))


def test_a_sheet_is_a_table_and_two_describe_them(small):
    assert load_workbook(small).sheetnames == [
        "about",
        "fields",
        "meetings",
        "claims",
        "bibliography",
    ]


def test_dates_are_dates_and_the_head_stays_in_sight(small):
    sheet = load_workbook(small)["meetings"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("date_start") + 1).value == datetime(1993, 3, 26)
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")


def test_a_cell_that_begins_like_a_formula_is_text(small):
    sheet = load_workbook(small)["claims"]
    [cell] = [cell for cell in sheet[2] if cell.value is not None]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_tables_give_the_same_bytes(small, tmp_path):
    again = workbook.write_workbook(tmp_path / "y.xlsx", edition(tables.ROOT))
    assert small.read_bytes() == again.read_bytes()


def test_the_sheet_about_tells_the_hash_of_each_table(small):
    head, row, *_ = load_workbook(small)["about"].iter_rows(values_only=True)
    assert (
        dict(zip(head, row, strict=True))["Hash of the CSV file"]
        == (tables.describe("meetings")["hash"])
    )
