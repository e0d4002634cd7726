"""Measure how many wrong cells the checks of the tables notice: `make wrong-cells`.

Cells are drawn at random and made wrong in a way that a reader would believe: a date moves by a
day, a number by a tenth, a state, level, status or source becomes another one of its column. Each
kind of fault is drawn equally often, and within a kind each table. One cell at a time is changed
in a copy of the tables; hashes are ignored, because a contributor renews them. It prints, by kind,
how many were noticed, and each cell that was not.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import pandas as pd

from casi import checks, contradictions
from casi.contradictions.base import shown
from casi.tables import descriptor, split_keys

SEED = 2026
DRAWN = 120
LEAST = 0.6  # share of the cells that the checks must notice
YEARS = {  # numbers that are years
    *("year", "year_from", "year_to", "order_year", "delivery_year", "delivered_from"),
    *("delivered_to", "nato_since"),
}
COUNTERS = {"ring", "point", "paragraph", "figure"}  # numbers that count rows
STATE_PATTERNS = {"[A-Z]{3}", "[a-z]{3}-[a-z]{3}", "[A-Z]{3}(;[A-Z]{3})*"}
LEVELS = {"level", "role"}
UNIT = {"month": pd.DateOffset(months=1), "year": pd.DateOffset(years=1)}


class Cell(NamedTuple):
    """A wrong cell: the kind of fault, table, index of the row, column, and the wrong value."""

    kind: str
    table: str
    row: int
    column: str
    value: object


def kind_of(field: dict) -> str | None:
    """Return the kind of fault that a column of the data package can have, or None."""
    name, constraints = field["name"], field.get("constraints", {})
    if name == "source":
        return "source"
    if field["type"] == "date":
        return "date"
    if field["type"] in ("integer", "number") and name not in COUNTERS:
        return "number"
    if constraints.get("pattern") in STATE_PATTERNS or name == "border":
        return "state"
    if name in LEVELS:
        return "level"
    return "status" if "enum" in constraints or field["type"] == "boolean" else None


def columns_by_kind() -> dict[str, dict[str, list[str]]]:
    """Return the columns that can be made wrong, by kind of fault and table."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry in descriptor()["resources"]:
        for field in entry["schema"]["fields"]:
            if (kind := kind_of(field)) and entry["name"] != "corrections":
                found.setdefault(kind, {}).setdefault(entry["name"], []).append(field["name"])
    return found


def draw(tables: contradictions.Tables, count: int, seed: int) -> Iterator[Cell]:
    """Yield wrong cells, kind after kind."""
    chance = random.Random(seed)
    columns = columns_by_kind()
    kinds = sorted(columns)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        while True:
            name = chance.choice(sorted(columns[kind]))
            column = chance.choice(columns[kind][name])
            known = tables[name].index[tables[name][column].notna()]
            if len(known):
                row = chance.choice(list(known))
                value = WRONG[kind](tables, name, row, column, chance)
                if value is not None and value != tables[name].at[row, column]:
                    yield Cell(kind, name, row, column, value)
                    break


def _other_day(tables, name, row, column, chance):
    own = tables[name]
    precisions = [f"{column}_precision", f"{column.removesuffix('_date')}_precision"]
    precisions += ["date_precision"] if column.startswith("date") else []
    found = [own.at[row, field] for field in precisions if field in own]
    step = UNIT.get(found[0] if found else "day", pd.DateOffset(days=1))
    return own.at[row, column] + chance.choice([1, -1]) * step


def _other_number(tables, name, row, column, chance):
    value = tables[name].at[row, column]
    is_year = column in YEARS
    step = 1 if is_year else value * 0.1
    if tables[name][column].dtype == "Int64" or value == round(value):
        step = max(1, round(step))
    return round(value + chance.choice([1, -1]) * step, 4)


def _other_value(tables, name, row, column, chance):
    """Return the value of another row, so that values are as frequent as in the table."""
    others = tables[name][column].dropna()
    others = others[others != tables[name].at[row, column]]
    return chance.choice(others.tolist()) if len(others) else None


def _other_source(tables, name, row, column, chance):
    keys = split_keys(tables[name].at[row, column])
    others = sorted(set(tables["sources"]["key"]) - set(keys))
    keys[chance.randrange(len(keys))] = chance.choice(others)
    return ";".join(keys)


WRONG: dict[str, Callable] = {
    "date": _other_day,
    "level": _other_value,
    "number": _other_number,
    "source": _other_source,
    "state": _other_value,
    "status": _other_value,
}


class Watched(dict):
    """Tables that remember which of them was asked for."""

    def __init__(self, tables: contradictions.Tables):
        """Hold the tables; none was asked for yet."""
        super().__init__(tables)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table and remember its name."""
        self.asked.add(name)
        return super().__getitem__(name)

    def items(self):
        """Return all tables: all are asked for."""
        self.asked.update(self)
        return super().items()


def rules_by_table(tables: contradictions.Tables) -> dict[str, list[str]]:
    """Return the rules that read each table, in their order."""
    readers: dict[str, list[str]] = {name: [] for name in tables}
    for rule in contradictions.RULES:
        watched = Watched(tables)
        list(contradictions.find(watched, [rule]))
        for name in watched.asked:
            readers[name].append(rule)
    return readers


def noticed(cell: Cell, tables: dict[str, pd.DataFrame], rules: Iterable[str]) -> list[str]:
    """Return what some rules, and those of one table, say of the tables with one wrong cell."""
    keys = contradictions.primary_keys()
    changed = tables[cell.table].copy()
    changed.loc[cell.row, cell.column] = cell.value
    wrong = tables | {cell.table: changed}
    if changed.duplicated(keys[cell.table]).any():
        return ["another row has its key"]
    pairs = [(cell.table, changed)]
    pairs += [("sources", tables["sources"])] if cell.kind == "source" else []
    lines = [str(fault) for pair in pairs for fault in checks.row_faults(*pair, wrong)]
    return lines or contradictions.contradictions_of(wrong, keys, rules)


TABLES: dict[str, pd.DataFrame] = {}  # of the record, which a process reads once
READERS: dict[str, list[str]] = {}


def _notices(cell: Cell) -> list[str]:
    if not TABLES:
        TABLES.update(contradictions.record())
        READERS.update(rules_by_table(TABLES))
    return noticed(cell, TABLES, READERS[cell.table])


def described(cell: Cell, tables: contradictions.Tables, keys: dict[str, list[str]]) -> str:
    """Return a cell as a line: kind, table, row, column, the value and the wrong one."""
    rows = tables[cell.table]
    row = " / ".join(str(shown(rows.at[cell.row, column])) for column in keys[cell.table])
    before, after = shown(rows.at[cell.row, cell.column]), shown(cell.value)
    return f"{cell.kind}: {cell.table}, {row}, {cell.column}: {before} -> {after}"


def main(count: int, seed: int) -> int:
    """Draw, check, and print each cell that was not noticed and the table by kind."""
    tables, keys = contradictions.record(), contradictions.primary_keys()
    cells = list(draw(tables, count, seed))
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_notices, cells, chunksize=4))
    for cell, lines in zip(cells, found, strict=True):
        if not lines:
            print(f"not noticed: {described(cell, tables, keys)}")
    rows = pd.DataFrame(cells).assign(noticed=list(map(bool, found)))
    summary = rows.groupby("kind")["noticed"].agg(["sum", "count"])
    summary.loc["all"] = summary.sum()
    summary["percent"] = (100 * summary["sum"] / summary["count"]).round().astype(int)
    print(summary.to_string())
    return int(rows["noticed"].mean() < LEAST)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=DRAWN)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    sys.exit(main(options.drawn, options.seed))
