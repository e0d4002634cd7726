"""Compare two editions of the data package, and match corrections with their reasons.

Each corrected value needs a row in the table `corrections` with the reason and the value expected
in the previous edition, so that a reason that no longer matches a change is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from casi.text import count

DIFF_COLUMNS = ["table", "row", "change", "column", "was", "now"]
CHANGES = ["added", "withdrawn", "corrected", "completed", "annotated"]
ANNOTATIONS = ("note", "source", "confidence")  # columns about a fact, not the fact itself
SUMMARY_LABELS = {
    "table": "Table",
    "before": "Rows before",
    "now": "Rows now",
    "added": "Rows added",
    "withdrawn": "Rows withdrawn",
    "corrected": "Cells corrected",
    "completed": "Cells completed",
    "annotated": "Cells annotated",
}
REASON_LABELS = {
    "table": "Table",
    "row": "Row",
    "column": "Column",
    "was": "Was",
    "now": "Is",
    "reason": "Why",
}
ALL = "*"  # in a correction: all rows of a table whose source has a new edition

Tables = Mapping[str, pd.DataFrame]


def compare(old: Tables, new: Tables) -> pd.DataFrame:
    """Compare the tables of two editions cell by cell.

    Args:
        old: tables of text by name, their index the key of the row.
        new: the same of the later edition.

    Returns:
        Columns `DIFF_COLUMNS`, a row a change: `added` and `withdrawn` rows (no column);
        `corrected` cells, which had another value; `completed` cells, which were empty;
        `annotated` cells, of the columns `ANNOTATIONS`. Columns that one edition lacks are left
        out.
    """
    changes = []
    for name in dict.fromkeys([*new, *old]):
        changes += _of_table(name, old.get(name, pd.DataFrame()), new.get(name, pd.DataFrame()))
    return pd.DataFrame(changes, columns=DIFF_COLUMNS)


def _of_table(name: str, old: pd.DataFrame, new: pd.DataFrame) -> list[tuple]:
    withdrawn, added = old.index.difference(new.index), new.index.difference(old.index)
    changes = [(name, row, "withdrawn", "", "", "") for row in withdrawn]
    changes += [(name, row, "added", "", "", "") for row in added]
    both = new.index.intersection(old.index, sort=False)
    for column in new.columns.intersection(old.columns, sort=False):
        was, now = old.loc[both, column], new.loc[both, column]
        changes += [
            (name, row, _kind(column, was[row]), column, was[row], now[row])
            for row in both[was != now]
        ]
    return changes


def _kind(column: str, was: str) -> str:
    if column in ANNOTATIONS:
        return "annotated"
    return "corrected" if was else "completed"


def with_reasons(compared: pd.DataFrame, corrections: pd.DataFrame, version: str) -> pd.DataFrame:
    """Return the corrected cells and withdrawn rows, with the reason for each.

    Args:
        compared: what `compare` returns.
        corrections: the table `corrections` as text.
        version: the edition that made the changes.

    Returns:
        Rows of `compared`, with `reason`, empty where none is given.
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
        reasons.get(_cell(change), reasons.get((change.table, ALL, ALL), ""))
        for change in taken.itertuples()
    ]
    return taken.assign(reason=pd.Series(found, index=taken.index, dtype="str"))


def faults(compared: pd.DataFrame, corrections: pd.DataFrame, version: str) -> list[str]:
    """Return a line for each change without a reason and each reason without its change.

    Args are those of `with_reasons`. A correction no longer matches a change if its cell has
    another value in the previous edition than expected, or did not change.
    """
    taken = with_reasons(compared, corrections, version)
    lines = [
        f"{change.table}, {change.row}, {change.column or 'row'}: {change.change}; "
        "no reason in corrections.csv"
        for change in taken[taken["reason"] == ""].itertuples()
    ]
    was = {_cell(change): change.was for change in taken.itertuples()}
    for correction in corrections[corrections["edition"] == version].itertuples():
        cell, line = _cell(correction), f"corrections.csv, {correction.id}: "
        if correction.row == ALL:
            if correction.table not in set(taken["table"]):
                lines.append(line + f"no row of {correction.table} was changed; remove it")
        elif cell not in was:
            lines.append(line + "this cell was not changed; remove it")
        elif was[cell] != correction.expect:
            lines.append(
                line + f"expects {correction.expect!r}, but the previous edition has {was[cell]!r}"
            )
    return lines


def _cell(row: Any) -> tuple[str, str, str]:
    return row.table, row.row, row.column


def summary(old: Tables, new: Tables, compared: pd.DataFrame) -> pd.DataFrame:
    """Return the number of changes by table.

    Args:
        old: tables of the previous edition, by name.
        new: those of this edition.
        compared: what `compare` returns of them.

    Returns:
        Columns `SUMMARY_LABELS`, a row a table: `before` and `now` (rows), then the changes by kind
        (rows for `added` and `withdrawn`, else cells).
    """
    names = [*dict.fromkeys([*new, *old])]
    rows = {"before": old, "now": new}
    frame = pd.DataFrame(
        {when: [len(of.get(name, ())) for name in names] for when, of in rows.items()}, index=names
    )
    counts = compared.groupby(["table", "change"]).size().unstack(fill_value=0)
    frame = frame.join(counts.reindex(index=names, columns=CHANGES, fill_value=0))
    return frame.reset_index(names="table")


def succession(before: str, now: str) -> dict[str, str]:
    """Return in words which edition follows which, by name.

    Args:
        before: version of the previous edition, empty if there is none.
        now: version of this edition.
    """
    which = f"follows edition {before}" if before else "is the first"
    return {"version": now, "which": which}


def account(numbers: Mapping[str, int], before: str) -> str:
    """Return in sentences what an edition changed, or how many rows the first one has.

    Args:
        numbers: what `headline` returns.
        before: version of the previous edition, empty if there is none.
    """
    added = count(numbers["added"], "row")
    if not before:
        return f"It has {added}."
    cells = count(numbers["completed"], "empty cell")
    corrected = count(numbers["corrected"], "value")
    remarks = count(numbers["annotated"], "remark or source", "remarks or sources")
    withdrawn = count(numbers["withdrawn"], "row")
    verdicts, findings = count(numbers["moved"], "verdict"), count(numbers["findings"], "finding")
    return (
        f"Compared with edition {before}, it added {added}, filled {cells}, corrected {corrected}, "
        f"changed {remarks} and withdrew {withdrawn}. "
        f"This changed {verdicts} on claims of the article and {findings}."
    )


def headline(
    compared: pd.DataFrame, moved: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str, int]:
    """Return the number of changes by kind, and of verdicts, findings and sentences that changed.

    Args:
        compared: what `compare` returns.
        moved: what `article.changed_verdicts` returns.
        sentences: what `between_editions.changes` returns.
    """
    counts = compared["change"].value_counts()
    kinds = {kind: int(counts.get(kind, 0)) for kind in CHANGES}
    findings = sentences["key"].nunique()
    return kinds | {"moved": len(moved), "findings": findings, "sentences": len(sentences)}
