"""What all importers share: the fault they raise, and the edition and tables they return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd


class ImportFault(ValueError):
    """A file of a publisher that cannot be brought in: one line for each fault."""

    def __init__(self, faults: Sequence[str]):
        """Keep the faults as a list and show them one to a line."""
        self.faults = list(faults)
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Edition:
    """An edition of a source, as its file tells.

    Attributes:
        key: its key in `references.bib`, which holds the year of the edition.
        name: how `datapackage.json` names it.
        title: its title in `references.bib`.
        author: the publisher there.
        url: its address there.
        group: its `independence_group` in `sources.csv`.
        year: the year of the edition.
        extracted: the day on which the publisher made the file; None if the file does not say.
        version: the number that the table's description gives it; empty if it gives none.
        kind: its `kind` in `sources.csv`.
    """

    key: str
    name: str
    title: str
    author: str
    url: str
    group: str
    year: int
    extracted: date | None
    version: str = ""
    kind: str = "dataset"


@dataclass(frozen=True)
class Draft:
    """A table as an edition makes it.

    Attributes:
        table: the table's name.
        rows: all its rows as text, in the columns of the table; empty cells are "".
        editions: what the rows come from, the main one first.
        edition: what `datapackage.json` says of the editions.
        year_column: the column of years, whose last allowed year rises with the edition.
        totals: sums that the rows of a state must keep to, in the unit of the table.
        partial: whether the table is ours, and only some of its cells are the publisher's; its
            description and its coverage stay then.
    """

    table: str
    rows: pd.DataFrame
    editions: tuple[Edition, ...]
    edition: str
    year_column: str | None = None
    totals: dict[str, float] = field(default_factory=dict)
    partial: bool = False


@dataclass(frozen=True)
class Import:
    """The tables that the files of a publisher make, and what the reader should know."""

    drafts: tuple[Draft, ...]
    remarks: tuple[str, ...] = ()


def require_columns(head: Sequence[str], expected: Sequence[str], where: str) -> None:
    """Raise `ImportFault` if a file has a column that is not expected, or lacks one."""
    names = [name for name in expected if name]
    unknown = [name for name in head if name not in expected]
    missing = [name for name in names if name not in head]
    parts = [("unknown", unknown), ("missing", missing)]
    said = "; ".join(
        f"{kind}: {', '.join(map(repr, columns))}" for kind, columns in parts if columns
    )
    if said:
        raise ImportFault([f"{where}: columns {said}; the form of the publisher has changed"])


def day(moment: date) -> str:
    """Write a day as the report does: `18 May 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def number(value: float, digits: int = 2) -> str:
    """Write a number as the tables do: `21.6`, `0.0`."""
    return repr(round(float(value), digits) + 0.0)


def yes(value: bool) -> str:
    """Write a truth value as the tables do."""
    return "true" if value else "false"
