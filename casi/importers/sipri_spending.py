"""Make `military_spending` of SIPRI's workbook of military expenditure.

Constant dollars are those of one base year, which the column's name holds. A workbook with another
base year leaves that column as it stands, with its own edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from casi.importers.base import Draft, Edition, Import, ImportFault, number
from casi.importers.names import code
from casi.states import FIVE
from casi.tables import describe

CONSTANT = re.compile(r"spending_usd_(\d{4})_millions")
CONSTANT_SHEET = re.compile(r"Constant \((\d{4})\) US\$")
SHEETS = {  # sheet: the column it fills, the unit it must state, the factor, the digits
    "Current US$": ("spending_usd_current_millions", "in US $m., in current prices", 1, 2),
    "Share of GDP": ("spending_gdp_percent", "percentage of gross domestic product", 100, 3),
}
RELEASED = re.compile(r"1949–(\d{4})\s+© SIPRI (\d{4})")
VERSION = re.compile(r"[_ -]v?(\d(?:\.\d)?)$")  # at the end of the file's name
MISSING = ("...", ". .", "xxx")
FIRST_YEAR = 1992
NOTHING = "no figure published in either edition"

Values = dict[tuple[str, int], float]


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Make the table of spending of an edition of the workbook.

    Args:
        paths: the workbook, `.xlsx`.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if the file is no such workbook, or states another unit.
    """
    if len(paths) != 1:
        raise ImportFault([f"give one workbook, not {len(paths)}: two editions never mix"])
    sheets, changed = _open(paths[0])
    edition = _edition(sheets, paths[0], changed)
    table = old["military_spending"]
    last = max(edition.year - 1, int(table["year"].astype(int).max()))
    constant = next(column for column in table.columns if CONSTANT.fullmatch(column))
    values, remarks = _columns(sheets, constant)
    older = _older_key(table, edition.key, constant in values)
    bases, years = _bases(sheets), range(FIRST_YEAR, last + 1)
    rows = [
        _row(state, year, values, table) | {"basis": bases[state]}
        for state in FIVE
        for year in years
    ]
    source = ";".join([edition.key, *older])
    drafted = pd.DataFrame(rows).assign(source=source)[list(table.columns)]
    text = edition.name
    if older:
        kept = describe("military_spending")["edition"].split(";")[0]
        text = f"{kept}; current dollars and shares of GDP: {text}"
    draft = Draft("military_spending", drafted, (edition,), text, "year")
    return Import((draft,), tuple(remarks))


def _open(path: Path) -> tuple[dict[str, list[tuple]], date | None]:
    """Return the cells of each sheet, and the day on which the workbook was saved."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise ImportFault([f"{path.name}: no workbook: {error}"]) from error
    sheets = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}
    changed = book.properties.modified
    book.close()
    return sheets, changed.date() if changed else None


def _edition(sheets: Mapping[str, list[tuple]], path: Path, changed: date | None) -> Edition:
    if missing := [name for name in [*SHEETS, "Footnotes"] if name not in sheets]:
        raise ImportFault([f"{path.name}: no sheet {', '.join(map(repr, missing))}"])
    found = RELEASED.search(str(sheets["Current US$"][0][0]))
    if not found:
        raise ImportFault([f"{path.name}: the first line of 'Current US$' names no edition"])
    last, year = int(found[1]), int(found[2])
    if year != last + 1:
        raise ImportFault([f"{path.name}: figures to {last} in an edition of {year}"])
    version = VERSION.search(path.stem)
    name = f"edition of {year}" + (f", version {version[1]}" if version else "")
    return Edition(
        key=f"sipri{year}spending",
        name=name,
        title=f"SIPRI Military Expenditure Database, 1949–{last}, {name}",
        author="Stockholm International Peace Research Institute",
        url="https://doi.org/10.55163/CQGC9685",
        group="sipri",
        year=year,
        extracted=changed,
    )


def _columns(
    sheets: Mapping[str, list[tuple]], constant: str
) -> tuple[dict[str, tuple[Values, int]], list[str]]:
    """Return the values of each column that the workbook fills, with its digits, and remarks."""
    forms = dict(SHEETS)
    remarks = []
    for name in sheets:
        if base := CONSTANT_SHEET.fullmatch(name):
            if base[1] in constant:
                forms[name] = (constant, f"at constant {base[1]} prices", 1, 2)
            else:
                remarks.append(
                    f"{name}: another base year than {constant}, which stays as it is; to bring it "
                    "in, rename the column in data/, casi/ and chapters/ first"
                )
    faults, values = [], {}
    for name, (column, unit, factor, digits) in forms.items():
        if not any(unit in str(row[0]) for row in sheets[name][:4]):
            faults.append(f"sheet {name!r}: unknown unit: it does not say '{unit}'")
            continue
        figures = _values(sheets[name], name)
        values[column] = {key: value * factor for key, value in figures.items()}, digits
    if faults:
        raise ImportFault(faults)
    return values, remarks


def _values(rows: Sequence[tuple], name: str) -> Values:
    """Return the figures of the five states by state and year."""
    head = next((row for row in rows if row[0] == "Country"), None)
    if head is None:
        raise ImportFault([f"sheet {name!r}: no line that begins with 'Country'"])
    years = {place: cell for place, cell in enumerate(head) if isinstance(cell, int)}
    values = {}
    for state, row in _states(rows).items():
        for place, year in years.items():
            cell = row[place] if place < len(row) else None
            if isinstance(cell, (int, float)):
                values[state, year] = float(cell)
            elif cell is not None and str(cell).strip() not in MISSING:
                where = f"sheet {name!r}, {state} {year}"
                raise ImportFault([f"{where}: neither figure nor '...': {cell!r}"])
    return values


def _states(rows: Sequence[tuple]) -> dict[str, tuple]:
    """Return the row of each of the five states in a sheet.

    Raises:
        ImportFault: if one of them is not there.
    """
    names = [row for row in rows if isinstance(row[0], str) and len(row[0]) < 30]
    found = {state: row for row in names if (state := code(row[0])) in FIVE}
    if absent := [state for state in FIVE if state not in found]:
        raise ImportFault([f"no row of {', '.join(absent)} in the workbook"])
    return {state: found[state] for state in FIVE}


def _bases(sheets: Mapping[str, list[tuple]]) -> dict[str, str]:
    """Return what the figures of each state are, by the marks and footnotes of the workbook."""
    sheet = sheets["Current US$"]
    head = next(row for row in sheet if row[0] == "Country")
    place = [str(cell).strip() for cell in head].index("Notes")
    notes = {str(row[0]): " ".join(map(str, row[1:])) for row in sheets["Footnotes"] if row[0]}
    bases = {}
    for state, row in _states(sheet).items():
        mark = str(row[place] or "")
        texts = " ".join(notes.get(n, "") for n in re.findall(r"\d+", mark))
        estimate = "are an estimate" in texts
        bases[state] = (
            "adopted_budget" if "§" in mark else "sipri_estimate" if estimate else "actual"
        )
    return bases


def _older_key(table: pd.DataFrame, key: str, filled: bool) -> list[str]:
    """Return the key of the edition of the constant dollars, if this one does not fill them."""
    keys = table["source"].iloc[0].split(";")
    return [] if filled else [name for name in keys[-1:] if name != key]


def _row(
    state: str, year: int, values: Mapping[str, tuple[Values, int]], table: pd.DataFrame
) -> dict[str, Any]:
    name = f"{state} / {year}"
    before = table.loc[name].to_dict() if name in table.index else {}
    row = {column: before.get(column, "") for column in table.columns}
    row |= {"state": state, "year": str(year)}
    for column, (figures, digits) in values.items():
        row[column] = number(figures[state, year], digits) if (state, year) in figures else ""
    if not any(row[column] for column in row if column.startswith("spending_")):
        row["note"] = NOTHING
    elif row["note"] == NOTHING:
        row["note"] = ""
    return row
