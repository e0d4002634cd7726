"""Bring in what states did about treaties whose depositary is the UN, as rows of `treaty_actions`.

FILE is the status of one treaty or several as the UN Treaty Collection gives it in XML, for example
`XXVI-4.en.xml` beside the PDF of chapter XXVI. Its name says which treaty it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd

from casi.importers.base import Draft, Edition, Import, ImportFault
from casi.importers.names import code
from casi.states import FIVE
from casi.tables import split_keys

TREATIES = {  # number in the collection: key in `treaties`
    "XXVI-3": "cwc-1993",
    "XXVI-4": "ctbt-1996",
    "XXVI-5": "mine-ban-1997",
    "XXVI-8": "att-2013",
    "XXVI-9": "tpnw-2017",
}
TABLE = "Treaty/Participants/Table/TGroup/"
KINDS = {"": "deposited", "A": "deposited", "AA": "deposited", "d": "deposited", "a": "acceded"}
BOUND = re.compile(r"Ratification|Acceptance|Accession|Approval")  # in the head of a column
DAY = re.compile(r"(\d{1,2})\s+([A-Z][a-z]{2})\w*\s+(\d{4})\s*([A-Za-z]*)")
AS_AT = re.compile(r"Status as at\W*(\d{1,2}-\d{1,2}-\d{4})", re.IGNORECASE)
FOOTNOTE = re.compile(r"<superscript>.*?</superscript>")


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Renew the actions of the five states for the treaties of some files.

    Args:
        paths: one file a treaty.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if a file is of another form or treaty, or a treaty has two files.
    """
    numbers = [path.name.split(".")[0].upper() for path in paths]
    faults = [
        f"{path.name}: no treaty of the record; known are {', '.join(TREATIES)}"
        for path, number in zip(paths, numbers, strict=True)
        if number not in TREATIES
    ]
    faults += [
        f"{number}: given twice: two editions never mix"
        for number in TREATIES
        if numbers.count(number) > 1
    ]
    if faults:
        raise ImportFault(faults)
    table, editions = old["treaty_actions"].copy(), []
    for path, number in zip(paths, numbers, strict=True):
        actions, as_at = read(path)
        edition = _edition(number, as_at)
        editions.append(edition)
        for (state, action), day in actions.items():
            key = " / ".join((TREATIES[number], state, action))
            table.loc[key] = _row(key, day, edition.key, table)
    rows = table.sort_values(["treaty", "state"], kind="stable", ignore_index=True)
    name = " and ".join(edition.name for edition in editions)
    return Import((Draft("treaty_actions", rows, tuple(editions), name, partial=True),))


def read(path: Path) -> tuple[dict[tuple[str, str], date], date | None]:
    """Return the day of each action by state and action, and the day of the status if it is said.

    Raises:
        ImportFault: if the file has another form, an unknown column or an unknown kind of action.
    """
    try:
        top = ET.parse(path).getroot()
    except ET.ParseError as error:
        raise ImportFault([f"{path.name}: no XML: {error}"]) from error
    head = [_text(cell) for cell in top.findall(f"{TABLE}Thead/Row/Entry")]
    kinds = [_column(name, place) for place, name in enumerate(head)]
    if unknown := [name for name, kind in zip(head, kinds, strict=True) if not kind]:
        said = f"{path.name}: unknown column {', '.join(map(repr, unknown))}"
        raise ImportFault([f"{said}; add it to casi/importers/un_treaties.py"])
    rows = top.findall(f"{TABLE}Tbody/Rows/Row")
    if kinds[:1] != ["state"] or not rows:
        raise ImportFault([f"{path.name}: no table of participants; the form has changed"])
    actions: dict[tuple[str, str], date] = {}
    for row in rows:
        cells = [_text(cell) for cell in row.findall("Entry")]
        state = code(cells[0])
        if state in FIVE:
            for kind, text in zip(kinds[1:], cells[1:], strict=True):
                actions |= {(state, action): day for action, day in _actions(kind, text, path)}
    attributes = [value for element in top.iter() for value in element.attrib.values()]
    found = AS_AT.search(" ".join([*top.itertext(), *attributes]))
    return actions, datetime.strptime(found[1], "%d-%m-%Y").date() if found else None


def _text(cell: ET.Element) -> str:
    return " ".join(FOOTNOTE.sub("", "".join(cell.itertext())).split())


def _column(name: str, place: int) -> str:
    if place == 0:
        return "state" if name == "Participant" else ""
    return "signed" if name == "Signature" else "bound" if BOUND.search(name) else ""


def _actions(kind: str, text: str, path: Path) -> Iterator[tuple[str, date]]:
    if text.startswith("["):
        raise ImportFault([f"{path.name}: withdrawn: {text}; enter it by hand, with the reason"])
    if not text:
        return
    found = DAY.fullmatch(text)
    if not found or found[4] not in KINDS or (kind == "signed" and found[4]):
        raise ImportFault([f"{path.name}: {text!r} is no day of a known kind of action"])
    day = datetime.strptime(" ".join(found.groups()[:3]), "%d %b %Y").date()
    yield ("signed" if kind == "signed" else KINDS[found[4]]), day


def _row(key: str, day: date, source: str, table: pd.DataFrame) -> dict[str, str]:
    """Return the row of an action: the depositary's day, and older sources if they agree."""
    treaty, state, action = key.split(" / ")
    row = {"treaty": treaty, "state": state, "action": action, "note": "", "source": source}
    if key in table.index:
        was = table.loc[key].to_dict()
        agrees = day.isoformat()[: {"day": 10, "month": 7}.get(was["date_precision"], 4)]
        if was["date"].startswith(agrees):
            kept = [name for name in split_keys(was["source"]) if name != source]
            row["source"] = ";".join([source, *kept])
            row["note"] = was["note"] if was["date_precision"] == "day" else ""
        else:
            row["note"] = f"Day of the depositary; {was['source']} has {was['date']}."
    return row | {"date": day.isoformat(), "date_precision": "day", "confidence": "high"}


def _edition(number: str, as_at: date | None) -> Edition:
    chapter, _, treaty = number.partition("-")
    return Edition(
        key=f"untc{chapter}{treaty}status".lower(),
        name=f"status of {TREATIES[number]} by the depositary",
        title=f"Multilateral Treaties Deposited with the Secretary-General, {number}, status",
        author="United Nations Treaty Collection",
        url=f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}"
        "&chapter=26&clang=_en",
        group="un",
        year=as_at.year if as_at else date.today().year,
        extracted=as_at,
        kind="primary",
    )
