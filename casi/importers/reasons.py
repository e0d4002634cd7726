"""Give the reason for each value that an import changes, as rows of the table `corrections`."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from casi.record import edition_diff
from casi.record.edition_diff import ALL

REPLACED = ["corrected", "withdrawn"]


def with_reason(
    corrections: pd.DataFrame, changes: pd.DataFrame, version: str, reason: str, key: str
) -> pd.DataFrame:
    """Return `corrections` with a row, new or renewed, for each change of `whole` or `by_cell`.

    Args:
        corrections: the table as text.
        changes: columns `table`, `row`, `column` and `was`.
        version: the edition of the record that makes the changes.
        reason: why they are made.
        key: the source that says so.
    """
    rows = {row["id"]: row for row in corrections.to_dict("records")}
    for change in changes.itertuples():
        name = _name(version, change.table, change.row, change.column)
        rows[name] = {
            "id": name,
            "edition": version,
            "table": change.table,
            "row": change.row,
            "column": change.column,
            "expect": change.was,
            "reason": reason,
            "source": key,
        }
    return pd.DataFrame(rows.values(), columns=corrections.columns, dtype="str")


def whole(table: str, new: pd.DataFrame, previous: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one change that stands for all of a table, if the previous edition had other values.

    Args:
        table: its name.
        new: its rows, indexed by their keys.
        previous: the tables of the previous edition; empty before the first.
    """
    before = previous.get(table, pd.DataFrame())
    compared = edition_diff.compare({table: before}, {table: new})
    found = compared[compared["change"].isin(REPLACED)].head(1)
    return found.assign(row=ALL, column=ALL, was="")


def by_cell(
    table: str, old: pd.DataFrame, new: pd.DataFrame, previous: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the values of the previous edition that an import replaces in a table.

    Args:
        table: its name.
        old: its rows before the import, indexed by their keys.
        new: its rows after the import.
        previous: the tables of the previous edition; empty before the first.
    """
    made = edition_diff.compare({table: old}, {table: new})
    since = edition_diff.compare({table: previous.get(table, old.iloc[:0])}, {table: new})
    both = since.merge(made[["row", "column"]], on=["row", "column"])
    return both[both["change"].isin(REPLACED)]


def _name(*parts: str) -> str:
    words = "-".join(part for part in parts if part not in ("", ALL))
    return re.sub(r"[^a-z0-9.]+", "-", words.lower())
