"""Facts that contradict each other or cannot be: one small rule for each kind.

A rule takes the tables of the record and yields its faults. A fault that is true all the same is
an exception: `exceptions.csv` names the rule, the row and the value, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from casi.contradictions import (
    amounts,
    arms,
    bodies,
    borders,
    coverage,
    dates,
    events,
    incidents,
    keys,
    law,
    levels,
    maps,
    obligations,
    participants,
    reference,
    sources,
    subjects,
    totals,
)
from casi.contradictions.base import RULES, Fault, Tables, shown
from casi.contradictions.exceptions import EXCEPTIONS
from casi.tables import BIBLIOGRAPHY, DATA, describe, descriptor, names, read

__all__ = ["EXCEPTIONS", "RULES", "Fault", "Tables", "check", "find"]

MODULES = (
    amounts,
    arms,
    bodies,
    borders,
    coverage,
    dates,
    events,
    incidents,
    keys,
    law,
    levels,
    maps,
    obligations,
    participants,
    reference,
    sources,
    subjects,
    totals,
)  # importing them registers their rules
ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)^\}", re.MULTILINE | re.DOTALL)
YEAR = re.compile(r"^\s*year = \{(\d{4})\}", re.MULTILINE)
URL = re.compile(r"^\s*url = \{([^}]+)\}", re.MULTILINE)
DAY = re.compile(r"^\s*month = \{(\d{1,2}) ([A-Z][a-z]+)\}", re.MULTILINE)


def check(folder: Path = DATA, rules: Iterable[str] = RULES) -> list[str]:
    """Return the contradictions between the tables of a folder, a line each.

    The tables must have passed the checks of their types. An exception that fits no row is a
    fault, too.

    Args:
        folder: the data package's folder.
        rules: the names of those applied.
    """
    return contradictions_of(record(folder), primary_keys(folder), rules)


def record(folder: Path = DATA) -> dict[str, pd.DataFrame]:
    """Return all tables of a folder by name, with version and bibliography, for the rules."""
    tables = {name: read(name, folder) for name in names(folder)}
    tables |= {"package": _package(folder), "references": _references()}
    return tables | {"totals": _totals(folder), "sums": _sums(folder)}


def primary_keys(folder: Path = DATA) -> dict[str, list[str]]:
    """Return the columns that make the key of each table."""
    return {name: _primary_key(name, folder) for name in names(folder)}


def contradictions_of(
    tables: Tables, keys: Mapping[str, list[str]], rules: Iterable[str] = RULES
) -> list[str]:
    """Return the contradictions between tables in memory, a line each, as `check` does.

    Args:
        tables: what `record` returns.
        keys: the columns that make the key of each table.
        rules: the names of those applied.
    """
    unused = {exception for exception in EXCEPTIONS if exception[0] in rules}
    lines = []
    for rule, fault in find(tables, rules):
        cells = tables[fault.table].loc[fault.row, keys[fault.table]]
        row = " / ".join(str(shown(cell)) for cell in cells)
        exception = (rule, fault.table, row, str(fault.value))
        if exception in EXCEPTIONS:
            unused.discard(exception)
            continue
        lines.append(
            f"data/{fault.table}.csv: row {fault.row + 2}, column {fault.column}, "
            f"value {fault.value!r}: {fault.text} (rule {rule})"
        )
    lines += [
        f"casi/contradictions/exceptions.csv: {exception}: fits no row any more; take it out"
        for exception in sorted(unused)
    ]
    return lines


def find(tables: Tables, rules: Iterable[str] = RULES) -> Iterator[tuple[str, Fault]]:
    """Yield the name of a rule and what it finds in the tables, for each fault."""
    for name in rules:
        for fault in RULES[name](tables):
            yield name, fault


def _primary_key(name: str, folder: Path) -> list[str]:
    key = describe(name, folder)["schema"]["primaryKey"]
    return [key] if isinstance(key, str) else key


def _package(folder: Path) -> pd.DataFrame:
    package: Mapping = descriptor(folder)
    created = pd.Timestamp(package["created"]).tz_localize(None)
    return pd.DataFrame({"version": [package["version"]], "created": [created]})


def _totals(folder: Path) -> pd.DataFrame:
    """Return what the register of arms adds up to for each recipient, in million TIV."""
    totals = describe("arms_transfers", folder).get("totals", {})
    return pd.DataFrame(totals.items(), columns=["recipient", "tiv_millions"])


def _sums(folder: Path) -> pd.DataFrame:
    """Return what the files of publishers add up to: table, column, state and total."""
    rows = [
        (entry["name"], column, state, total)
        for entry in descriptor(folder)["resources"]
        for column, totals in entry.get("sums", {}).items()
        for state, total in totals.items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "state", "total"])


def _references(path: Path = BIBLIOGRAPHY) -> pd.DataFrame:
    """Return key, address, and day of publication where it is given, of the bibliography."""
    rows = []
    for key, body in ENTRY.findall(path.read_text(encoding="utf-8")):
        year, day, url = YEAR.search(body), DAY.search(body), URL.search(body)
        published = f"{day[1]} {day[2]} {year[1]}" if year and day else None
        rows.append((key, published, url[1] if url else None))
    table = pd.DataFrame(rows, columns=["key", "published", "url"])
    return table.assign(published=pd.to_datetime(table["published"], format="%d %B %Y"))
