"""What all rules share: the fault they report, their register, and how dates are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from casi.counting import counted
from casi.tables import sets_by

Tables = Mapping[str, pd.DataFrame]


class Fault(NamedTuple):
    """One contradiction: the table, the index of the row in it, column, value, what is wrong."""

    table: str
    row: int
    column: str
    value: object
    text: str


EVENT_KEYS = {  # tables of events, whose keys `participation` names, and the column with the key
    "meetings": "meeting",
    "body_meetings": "meeting",
    "exercises": "exercise",
}

UNKNOWN = "XXX"  # the code of a supplier of arms that is not known

Rule = Callable[[Tables], Iterator[Fault]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Register a rule under the name of its function, which exceptions and messages use."""
    RULES[function.__name__] = function
    return function


def report(table: str, rows: pd.DataFrame, column: str, text: str) -> Iterator[Fault]:
    """Yield a fault for each row.

    Args:
        table: name of the table the rows are from.
        rows: the faulty rows, under their index in the table.
        column: the column whose value is shown.
        text: what is wrong; `{name}` stands for the row's value in the column `name`.
    """
    for index, row in rows.iterrows():
        values = {name: shown(value) for name, value in row.items()}
        yield Fault(table, index, column, shown(row[column]), text.format_map(values))


def shown(value: object) -> object:
    """Return a value as it stands in the file: dates as ISO 8601, missing ones as empty text."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, (set, frozenset)):
        return ", ".join(sorted(value))
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else value


def latest(days: pd.Series, precisions: pd.Series) -> pd.Series:
    """Return the last day each date can mean: the end of its month or year if no more is known."""
    ends = days.where(precisions != "month", days + pd.offsets.MonthEnd(0))
    return ends.where(precisions != "year", days + pd.offsets.YearEnd(0))


def parties(participation: pd.DataFrame) -> pd.Series:
    """Return the set of states that took part in each event, by the rule `took_part`."""
    return sets_by(participation[counted(participation, "took_part")], "event", "state")


def events_of(tables: Tables) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield name, key column and rows of the tables of events that are there."""
    for table, key in EVENT_KEYS.items():
        if table in tables:
            yield table, key, tables[table]
