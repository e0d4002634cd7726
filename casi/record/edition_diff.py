"""Tell what an edition changed in the record, and what the reader is to make of it.

Every value that was there and is another now needs a row in the table `corrections` that says why
and what it expects to find in the edition before, so that a reason never outlives its cause.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

COLUMNS = ["table", "row", "change", "column", "was", "now"]
KINDS = ["added", "withdrawn", "corrected", "completed", "annotated"]
REMARKS = ("note", "source", "confidence")  # what is said about a fact, not the fact
EVERY = "*"  # in a correction: all rows of a table, when the source of it was replaced

Tables = Mapping[str, pd.DataFrame]


def compare(old: Tables, new: Tables) -> pd.DataFrame:
    """Compare the tables of two editions cell by cell.

    Args:
        old: tables of text by name, their index the key of the row.
        new: the same of the later edition.

    Returns:
        Columns `COLUMNS`, a row a change: `added` and `withdrawn` rows (no column); `corrected`
        cells, which said something else before; `completed` ones, which were empty; `annotated`
        ones, in which only a remark changed. Columns that one edition lacks are left out.
    """
    found = []
    for name in dict.fromkeys([*new, *old]):
        found += _of_table(name, old.get(name, pd.DataFrame()), new.get(name, pd.DataFrame()))
    return pd.DataFrame(found, columns=COLUMNS)


def _of_table(name: str, old: pd.DataFrame, new: pd.DataFrame) -> list[tuple]:
    gone, come = old.index.difference(new.index), new.index.difference(old.index)
    found = [(name, row, "withdrawn", "", "", "") for row in gone]
    found += [(name, row, "added", "", "", "") for row in come]
    both = new.index.intersection(old.index, sort=False)
    for column in new.columns.intersection(old.columns, sort=False):
        was, now = old.loc[both, column], new.loc[both, column]
        found += [
            (name, row, _kind(column, was[row]), column, was[row], now[row])
            for row in both[was != now]
        ]
    return found


def _kind(column: str, was: str) -> str:
    if column in REMARKS:
        return "annotated"
    return "corrected" if was else "completed"


def with_reasons(compared: pd.DataFrame, corrections: pd.DataFrame, version: str) -> pd.DataFrame:
    """Return the changes that took something back, with the reason for each.

    Args:
        compared: what `compare` returns.
        corrections: the table `corrections` as text.
        version: the edition that made the changes.

    Returns:
        The corrected cells and withdrawn rows, with `reason`, empty where none is given.
    """
    given = corrections[corrections["edition"] == version]
    reasons = dict(
        zip(
            zip(given["table"], given["row"], given["column"], strict=True),
            given["reason"],
            strict=True,
        )
    )
    taken = compared[compared["change"].isin(["corrected", "withdrawn"])]
    found = [
        reasons.get((one.table, one.row, one.column), reasons.get((one.table, EVERY, EVERY), ""))
        for one in taken.itertuples()
    ]
    return taken.assign(reason=pd.Series(found, index=taken.index, dtype="str"))


def faults(compared: pd.DataFrame, corrections: pd.DataFrame, version: str) -> list[str]:
    """Return a line for each change without a reason and each reason without its change.

    Args and frames are those of `with_reasons`. A correction whose cell does not say what it
    expects in the edition before, or is not changed any more, has outlived its cause.
    """
    taken = with_reasons(compared, corrections, version)
    lines = [
        f"{one.table}, {one.row}, {one.column or 'row'}: {one.change}; no reason in corrections.csv"
        for one in taken[taken["reason"] == ""].itertuples()
    ]
    was = {(one.table, one.row, one.column): one.was for one in taken.itertuples()}
    for one in corrections[corrections["edition"] == version].itertuples():
        place = (one.table, one.row, one.column)
        if one.row == EVERY:
            if one.table not in set(taken["table"]):
                lines.append(f"corrections.csv, {one.id}: nothing of {one.table} was changed")
        elif place not in was:
            lines.append(f"corrections.csv, {one.id}: nothing was changed there; take it out")
        elif was[place] != one.expect:
            lines.append(
                f"corrections.csv, {one.id}: expects {one.expect!r}, but the edition before says "
                f"{was[place]!r}"
            )
    return lines


def summary(old: Tables, new: Tables, compared: pd.DataFrame) -> pd.DataFrame:
    """Count the changes by table.

    Args:
        old: tables of the edition before, by name.
        new: those of this one.
        compared: what `compare` returns of them.

    Returns:
        Indexed by table: `before` and `now` (rows), then the changes by kind (rows for `added` and
        `withdrawn`, else cells).
    """
    names = [*dict.fromkeys([*new, *old])]
    rows = {"before": old, "now": new}
    frame = pd.DataFrame(
        {when: [len(of.get(name, ())) for name in names] for when, of in rows.items()}, index=names
    )
    counts = compared.groupby(["table", "change"]).size().unstack(fill_value=0)
    return frame.join(counts.reindex(index=names, columns=KINDS, fill_value=0))


def headline(
    compared: pd.DataFrame, moved: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str, int]:
    """Return the changes by kind, and the verdicts and findings that moved, for the text.

    Args:
        compared: what `compare` returns.
        moved: what `verdicts` returns.
        sentences: what `findings.moved` returns.
    """
    counts = compared["change"].value_counts()
    kinds = {kind: int(counts.get(kind, 0)) for kind in KINDS}
    return kinds | {"moved": len(moved), "findings": len(sentences)}
