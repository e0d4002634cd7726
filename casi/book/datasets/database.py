"""Write the tables as one SQLite database, with links between them, a search and views.

Each column that holds a list has a table of its own, `<table>_<column>`, with the key of the row
and one value a row. The table `about` tells meaning, terms and hash of the CSV file
of each table. The views are in `data/views.sql`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casi import tables
from casi.book.datasets.entries import Field, Table, read_bibliography, read_tables

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # else TEXT
VIEWS = "views.sql"
VIEW = re.compile(r"((?:^-- .*\n)+)CREATE VIEW (\w+)", re.MULTILINE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write_database(target: Path, folder: Path = tables.DATA) -> Path:
    """Write the database; replace an older one only when the new one is complete.

    Args:
        target: path of the database.
        folder: folder of the tables.

    Raises:
        sqlite3.Error: if a row breaks a key, or a view is faulty.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    draft.unlink(missing_ok=True)
    connection = sqlite3.connect(draft)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        found = [read_bibliography(), *read_tables(folder)]
        for table in in_order(found):
            _fill(connection, table)
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, meaning, terms, hash)")
        told = [(table.name, table.meaning, table.terms, table.hash) for table in found]
        connection.executemany("INSERT INTO about VALUES (?, ?, ?, ?)", told)
        connection.commit()
        connection.executescript((folder / VIEWS).read_text(encoding="utf-8"))
        connection.execute("VACUUM")
    finally:
        connection.close()
    return draft.replace(target)


def read_views(path: Path, most: int, folder: Path = tables.DATA) -> list[Table]:
    """Return the views of a database as tables.

    Args:
        path: the database, as `write_database` returns it.
        most: number of rows; views with more are left out.
        folder: folder of the tables.
    """
    written = (folder / VIEWS).read_text(encoding="utf-8")
    connection = sqlite3.connect(path)
    try:
        found = []
        for comment, name in VIEW.findall(written):
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            rows, heads = cursor.fetchmany(most + 1), [column[0] for column in cursor.description]
            if len(rows) <= most:
                cells = zip(*rows, strict=True)
                fields = [
                    Field(head, _kind([*column]), "", False)
                    for head, column in zip(heads, cells, strict=True)
                ]
                meaning = " ".join(line.removeprefix("-- ") for line in comment.splitlines())
                found.append(Table(name, meaning, "Those of the tables.", fields, [], {}, rows))
        return found
    finally:
        connection.close()


def _kind(values: list[Any]) -> str:
    """Return the type of a column of a view by its values."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int | float) for value in known):
        return "number"
    days = known and all(isinstance(value, str) and DAY.fullmatch(value) for value in known)
    return "date" if days else "string"


def in_order(found: Iterable[Table]) -> list[Table]:
    """Return tables so that each comes after those to which its foreign keys lead."""
    waiting, done = {table.name: table for table in found}, dict[str, Table]()
    while waiting:
        ready = [
            table
            for table in waiting.values()
            if all(other in done or other == table.name for other, _ in table.links.values())
        ]
        if not ready:
            raise ValueError(f"foreign keys run in a circle: {', '.join(sorted(waiting))}")
        for table in ready:
            done[table.name] = waiting.pop(table.name)
    return list(done.values())


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    names = [field.name for field in table.fields]
    columns = [f'"{field.name}" {TYPES.get(field.type, "TEXT")}' for field in table.fields]
    columns.append(f"PRIMARY KEY ({_quoted(table.key)})")
    columns += [
        f'FOREIGN KEY ("{name}") REFERENCES "{other}" ("{column}")'
        for name, (other, column) in table.links.items()
    ]
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)}) STRICT')
    marks = ", ".join("?" * len(names))
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
    for field in table.fields:
        if field.is_list:
            _fill_list(connection, table, field.name)


def _fill_list(connection: sqlite3.Connection, table: Table, column: str) -> None:
    """Write one row for each value of a column that holds lists."""
    names = [field.name for field in table.fields]
    places, place = [names.index(name) for name in table.key], names.index(column)
    name = f"{table.name}_{column}"
    connection.execute(f'CREATE TABLE "{name}" ({_quoted(table.key)}, value TEXT) ')
    rows = [
        (*(row[position] for position in places), value)
        for row in table.rows
        for value in tables.split_keys(row[place] or "")
        if value
    ]
    marks = ", ".join("?" * (len(table.key) + 1))
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    connection.execute(f'CREATE INDEX "{name}_value" ON "{name}" (value)')


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
