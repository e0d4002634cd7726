"""The rules of counting: which values of a column count. They stand in `data/counting_rules.csv`.

A rule lists every value of one or two columns of a table; a rule of single organisations or
treaties lists those that count. The functions read the rules when they
are called, so that a chapter runs again when a rule changes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from casi.tables import DATA, read, split_keys

EMPTY = ""  # stands for an empty cell


@cache
def rule(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Return the rows of one rule; an empty value, of an empty cell, is empty text.

    Raises:
        LookupError: if there is no such rule.
    """
    rows = read("counting_rules", folder)
    rows = rows[rows["rule"] == name]
    if rows.empty:
        raise LookupError(f"no rule {name!r} in data/counting_rules.csv")
    return rows.fillna({"value": EMPTY})


def counted(rows: pd.DataFrame, name: str) -> pd.Series:
    """Return which rows count by a rule: those of which each column it names has a value that does.

    Args:
        rows: rows of the table for which the rule is made.
        name: of the rule, such as `"took_part"`.

    Returns:
        Truth values with the index of `rows`.

    Raises:
        LookupError: if there is no such rule, or a value has no row in it.
    """
    chosen = pd.Series(True, rows.index)
    for column, values in rule(name).groupby("column"):
        answers = values.set_index("value")["counts"].astype(bool)
        cells = rows[column].fillna(EMPTY).astype(str)
        if unknown := sorted({*cells} - {*answers.index}):
            place = f"{column}, value {unknown[0]!r}"
            raise LookupError(f"data/counting_rules.csv: rule {name!r} lacks column {place}")
        chosen &= cells.map(answers).astype(bool)
    return chosen


def values(name: str) -> frozenset[str]:
    """Return the values that count by a rule of one column.

    Examples:
        >>> "rescue" in values("joint_training")  # exercises of emergency services do not count
        False
    """
    rows = rule(name)
    return frozenset(rows.loc[rows["counts"].eq(True), "value"])


def is_training(kinds: pd.Series) -> pd.Series:
    """Return which exercises are joint training by their kinds, by the rule `joint_training`.

    An exercise is unless one of its kinds is none, as that of emergency services, and no other is.

    Args:
        kinds: cells of `exercises.kind`, which may hold several joined by semicolons.
    """
    rows = rule("joint_training")
    training, other = values("joint_training"), set(rows.loc[rows["counts"].eq(False), "value"])
    found = [set(split_keys(cell)) for cell in kinds]
    return pd.Series([not of & other or bool(of & training) for of in found], kinds.index, bool)


def outside_powers() -> dict[str, str]:
    """Return the outside state or body of each series of meetings that is always with the same."""
    rows = rule("with_outside_power").dropna(subset="counts_as")
    return dict(zip(rows["value"], rows["counts_as"], strict=True))
