"""Tell what a new edition changes in a table, row by row."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.importers.base import Draft
from casi.record import edition_diff

SIGNS = {"added": "+", "revised": "~", "withdrawn": "-"}


def keyed(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Index rows by their key, as `casi.record.editions` does."""
    names = [" / ".join(cells) for cells in rows[key].itertuples(index=False)]
    return rows.set_index(pd.Index(names, dtype="str"))


def changes(draft: Draft, old: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows that a draft adds, withdraws or revises.

    Args:
        draft: the table as the new edition makes it.
        old: the table as it stands, as text, indexed by its key.
        key: the columns of the key.

    Returns:
        Columns `row` (the key), `change` (`added`, `withdrawn`, `revised`) and `what`: the cells,
        for a revised row as `column was -> now`. The column `source` is left out: it names the
        edition, and would change with it in every row.
    """
    new = keyed(draft.rows, key)
    cells = [column for column in old.columns if column != "source"]
    compared = edition_diff.compare({draft.table: old[cells]}, {draft.table: new[cells]})
    found = []
    for row, part in compared.groupby("row", sort=False):
        change = part["change"].iloc[0]
        if change in ("added", "withdrawn"):
            values = (new if change == "added" else old).loc[row, cells].drop(key)
            what = ", ".join(f"{name} {value}" for name, value in values.items() if value)
        else:
            change = "revised"
            what = "; ".join(
                f"{cell.column} {cell.was or 'empty'} -> {cell.now or 'empty'}"
                for cell in part.itertuples()
            )
        found.append((row, change, what))
    return pd.DataFrame(found, columns=["row", "change", "what"])


def lines(draft: Draft, changed: pd.DataFrame, before: str) -> Iterator[str]:
    """Yield what `changes` found as lines: the sums first, then a line a row.

    Args:
        draft: the table as the new edition makes it.
        changed: what `changes` returns.
        before: the editions that the table names now.
    """
    counts = changed["change"].value_counts()
    sums = ", ".join(f"{counts.get(change, 0)} {change}" for change in SIGNS)
    yield f"{draft.table}: {sums}"
    if draft.edition != before and not draft.partial:
        yield f"  edition now: {before}"
        yield f"  edition new: {draft.edition}"
    for change in changed.sort_values(["change", "row"]).itertuples():
        yield f"  {SIGNS[change.change]} {change.row}: {change.what}"
