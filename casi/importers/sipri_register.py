"""Read the trade register of SIPRI as its site exports it: by deal, or by delivery."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from casi.importers.base import Edition, ImportFault, day, require_columns
from casi.importers.names import code
from casi.states import FIVE

DEALS = {  # the export's columns in its order; a flag without a name follows three of them
    "Recipient": "recipient_name",
    "Supplier": "supplier_name",
    "Year of order": "order_year",
    "Number ordered": "number_ordered",
    "Weapon designation": "item",
    "Weapon description": "description",
    "Number delivered": "number_delivered",
    "Year(s) of delivery": "years",
    "status": "status",
    "Comments": "comments",
    "SIPRI TIV per unit": "tiv_per_unit",
    "SIPRI TIV for total order": "tiv_ordered",
    "SIPRI TIV of delivered weapons": "tiv_delivered",
}
DELIVERIES = {
    "SIPRI AT Database ID": "id",
    "Supplier": "supplier_name",
    "Recipient": "recipient_name",
    "Designation": "item",
    "Description": "description",
    "Armament category": "category",
    "Order date": "order_year",
    "Order date is estimate": "order_year_estimated",
    "Numbers delivered": "number_delivered",
    "Numbers delivered is estimate": "number_delivered_estimated",
    "Delivery year": "year",
    "Delivery year is estimate": "year_estimated",
    "Status": "status",
    "SIPRI estimate": "tiv_estimate",
    "TIV deal unit": "tiv_per_unit",
    "TIV delivery values": "tiv_delivered",
    "Local production": "local_production",
}
FLAGGED = ("Year of order", "Number ordered", "Number delivered")
FORMS = {"Recipient,": DEALS, "SIPRI AT Database ID,": DELIVERIES}  # by the start of the head
GENERATED = re.compile(r"Data generated: (\d{1,2} [A-Za-z]+ \d{4})")
UNIT = "SIPRI trend-indicator values (TIVs) are in millions"
RANGE = re.compile(r"year range '([^']*)' to '([^']*)'")
FIRST_YEAR = 1992
FIRST_DELIVERY = 1995  # of the export by delivery, which only splits deals by year


@dataclass(frozen=True)
class Register:
    """One export of the register: its edition and the rows of the five states.

    Attributes:
        edition: the edition.
        deals: whether a row is a deal; if not, a delivery of one year.
        rows: the columns named in `DEALS` or `DELIVERIES` as text, and `recipient` (code); for
            deals also `order_year_flag`, `number_ordered_flag` and `number_delivered_flag`.
        last_year: the last year with a delivery, of whatever state.
    """

    edition: Edition
    deals: bool
    rows: pd.DataFrame
    last_year: int


def read(path: Path) -> Register:
    """Read an export of the register, of either form.

    Raises:
        ImportFault: if it is no such export, is in another unit, or leaves out years or states.
    """
    lines = _text(path).splitlines()
    places = [
        (place, form)
        for place, line in enumerate(lines)
        for start, form in FORMS.items()
        if line.startswith(start)
    ]
    if not places:
        raise ImportFault([f"{path.name}: no trade register of SIPRI: no line of column names"])
    head, form = places[0]
    deals, preamble = form is DEALS, "\n".join(lines[:head])
    extracted = _checked(preamble, FIRST_YEAR if deals else FIRST_DELIVERY, path.name)
    columns = _columns([name.strip() for name in lines[head].rstrip(";").split(",")], form, path)
    cells = [row for row in csv.reader(line.rstrip(";") for line in lines[head + 1 :]) if row]
    if short := [n for n, row in enumerate(cells, head + 2) if len(row) != len(columns)]:
        raise ImportFault([f"{path.name}: line {short[0]}: not {len(columns)} cells"])
    rows = pd.DataFrame(cells, columns=columns, dtype="str")
    rows = rows.apply(lambda column: column.str.strip())
    years = rows["years" if deals else "year"].str.findall(r"\d{4}").explode().dropna().astype(int)
    last_year = int(years.max())
    edition = _edition(last_year, extracted, deals, path.name)
    names = rows["recipient_name"].drop_duplicates()
    rows["recipient"] = rows["recipient_name"].map({name: code(name) for name in names})
    rows = rows[rows["recipient"].isin(FIVE)].reset_index(drop=True)
    if deals and (absent := sorted(set(FIVE) - set(rows["recipient"]))):
        raise ImportFault([f"{path.name}: no deal of {', '.join(absent)}; export all recipients"])
    return Register(edition, deals, rows, last_year)


def _text(path: Path) -> str:
    """Return the text of an export: a CSV file, or JSON that holds one, as the site sends it.

    Raises:
        ImportFault: if it is another form; the one in RTF, given up in 2023, has no volumes.
    """
    content = path.read_bytes()
    if content.startswith(b"{\\rtf"):
        raise ImportFault([f"{path.name}: the export in RTF holds no TIV; export it as CSV"])
    if content.startswith(b"{"):
        try:
            content = b64decode(json.loads(content)["bytes"])
        except (ValueError, KeyError, TypeError) as error:
            said = f"{path.name}: JSON without a register under 'bytes'"
            raise ImportFault([f"{said}; export it as CSV"]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _checked(preamble: str, first_year: int, name: str) -> date:
    """Return the day of the export, from the lines above its table."""
    found, years = GENERATED.search(preamble), RANGE.search(preamble)
    faults = []
    if UNIT not in preamble:
        faults.append(f"{name}: unknown unit: the lines above the table do not say '{UNIT}'")
    if years and years[1].isdigit() and int(years[1]) > first_year:
        faults.append(f"{name}: holds deliveries from {years[1]} only; export all years")
    if not found:
        faults.append(f"{name}: no line 'Data generated: day month year' above the table")
    if faults or not found:
        raise ImportFault(faults)
    form = "%d %B %Y" if len(found[1].split()[1]) > 3 else "%d %b %Y"
    return datetime.strptime(found[1], form).date()


def _columns(head: list[str], form: dict[str, str], path: Path) -> list[str]:
    require_columns(head, [*form, *([""] if form is DEALS else [])], path.name)
    columns = []
    for place, name in enumerate(head):
        before = head[place - 1]
        if not name and before not in FLAGGED:
            raise ImportFault([f"{path.name}: column {place + 1} has no name"])
        columns.append(form[name] if name else f"{form[before]}_flag")
    return columns


def _edition(last_year: int, extracted: date, deals: bool, name: str) -> Edition:
    """Return the edition: published each March, with the deliveries of the year before."""
    year = last_year + 1
    if not date(year, 3, 1) <= extracted < date(year + 1, 6, 1):
        raise ImportFault(
            [
                f"{name}: deliveries to {last_year} make it the edition of March {year}, which "
                f"does not fit the day it was generated, {day(extracted)}"
            ]
        )
    kind = "trade register" if deals else "deliveries by year"
    return Edition(
        key=f"sipri{year}transfers",
        name=f"edition of March {year}, generated {day(extracted)}",
        title=f"SIPRI Arms Transfers Database, edition of March {year}, "
        f"{kind} generated {day(extracted)}",
        author="Stockholm International Peace Research Institute",
        url="https://doi.org/10.55163/SAFC1241",
        group="sipri",
        year=year,
        extracted=extracted,
    )
