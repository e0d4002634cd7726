"""Small files in the form of publishers, with made-up figures, and small tables of the record."""

from datetime import date

import pandas as pd
from openpyxl import Workbook

from casi.importers import ucdp_events
from casi.importers.base import Edition
from casi.importers.diff import keyed
from casi.states import FIVE

PREAMBLE = """Transfers of major conventional arms. Deals with deliveries made for the year range \
'{first}' to 'Not specified'
{unit} (TIVs) are in millions.

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: {generated} 2:29:20 PM
"""
UNIT = "SIPRI trend-indicator values"
DEALS = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,"
    "SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
DELIVERIES = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,"
    "Local production"
)
NAMES = dict(
    zip(FIVE, ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"], strict=True)
)
EVERY = [  # one deal for each of the five states, as a register must have
    f"{name},Russia,2024,?,2,,Mi-17,transport helicopter,2,?,2025,New,,5,10,10"
    for name in NAMES.values()
]


def deals(folder, *rows, generated="18 May 2026", unit=UNIT, first="Not specified", head=DEALS):
    """Write an export of the register by deal, and return its path."""
    text = PREAMBLE.format(generated=generated, unit=unit, first=first)
    path = folder / f"deals-{generated}.csv"
    path.write_text("\n".join([text + head, *EVERY, *rows]), encoding="cp1252")
    return path


def deliveries(folder, *rows, generated="12 Feb 2026", last=2024):
    """Write an export of the register by delivery, and return its path."""
    text = PREAMBLE.format(generated=generated, unit=UNIT, first="1995").replace("\n", ";\n")
    other = f"1,Russia,India,T-90,tank,Armoured vehicles,2020,No,1,No,{last},No,New,4,4,4,No"
    path = folder / f"deliveries-{generated}.csv"
    lines = [text + DELIVERIES + ";", *(f"{row};" for row in (other, *rows))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def workbook(folder, sheets=None, base=2023, year=2026, name="SIPRI-Milex_v1.2.xlsx"):
    """Write a workbook of spending in which each state spent 10 in the last two years.

    Args:
        folder: where.
        sheets: changes of cells: `(sheet, row from 1, column from 1)` and the value.
        base: the base year of constant dollars.
        year: the year of the edition.
        name: of the file.
    """
    book = Workbook()
    constant = f"Constant ({base}) US$"
    titles = {
        constant: f"in constant ({base}) US$ m.",
        "Current US$": "in millions of US$ at current prices",
        "Share of GDP": "as percentage of gross domestic product",
    }
    units = {
        constant: f"Figures are in US $m., at constant {base} prices and exchange rates.",
        "Current US$": "Figures are in US $m., in current prices, converted.",
    }
    for title, what in titles.items():
        sheet = book.create_sheet(title)
        sheet.append([f"Military expenditure {what}, 1949–{year - 1}   © SIPRI {year}"])
        sheet.append([units.get(title)])
        sheet.append(["Country", "Notes", year - 2, year - 1])
        sheet.append(["Central Asia"])
        value = 0.01234 if title == "Share of GDP" else 10.456
        for state, called in NAMES.items():
            called = "Kyrgyz Republic" if state == "KGZ" else called
            note = {"KGZ": "52", "TJK": "§"}.get(state)
            sheet.append([called, note, "..." if state == "TKM" else value, value])
    book.create_sheet("Footnotes").append([52, None, "The figures are an estimate."])
    for (title, row, column), value in (sheets or {}).items():
        book[title].cell(row, column, value)
    book.save(folder / name)
    return folder / name


def table(columns, *rows, key=1):
    """Return a table of the record as text, indexed by its first columns."""
    frame = pd.DataFrame(rows, columns=columns.split(), dtype="str")
    return keyed(frame, list(frame.columns[:key]))


ARMS_DEALS = table("deal description condition")
EDITION = Edition(
    key="pub2026arms",
    name="edition of 2026",
    title="Register of 2026",
    author="Publisher",
    url="https://example.org",
    group="pub",
    year=2026,
    extracted=date(2026, 5, 18),
)


EVENT = {  # of the event data set of UCDP: what tests change
    "id": "1",
    "type_of_violence": "1",
    "side_a": "Government of Kyrgyzstan",
    "side_b": "Government of Tajikistan",
    "where_description": "Village",
    "date_prec": "1",
    "date_start": "2025-03-02 00:00:00.000",
    "date_end": "",
    "best": "2",
}


def event(**cells):
    """Return an event of UCDP; it ends on the day it began unless that is said."""
    made = EVENT | cells
    end = made["date_end"] or made["date_start"]
    return made | {"year": made["date_start"][:4], "date_end": end}


def events(folder, *rows, name="GEDEvent_v26_1.csv", first=1989, last=2025):
    """Write an event data set of UCDP with some events and one far away in each of two years."""
    far = {"side_a": "Government of Chad", "side_b": "FROLINAT"}
    ends = [
        event(id=f"far{year}", date_start=f"{year}-01-01 00:00:00.000", **far)
        for year in (first, last)
    ]
    frame = pd.DataFrame([*ends, *rows]).reindex(columns=list(ucdp_events.COLUMNS), fill_value="")
    frame.to_csv(folder / name, index=False)
    return folder / name
