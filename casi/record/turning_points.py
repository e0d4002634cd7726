"""The turning points that charts mark, each a dated row of the tables.

A chart names those that matter to it by their key; day and source come from the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from casi.tables import load


class Row(NamedTuple):
    """Where a turning point is on record, and how charts call it."""

    table: str
    key: str
    day: str
    label: str


ROWS = {
    "sco-2001": Row("organisations", "sco", "founded", "SCO founded"),
    "caco-2005": Row("organisations", "caco", "ended", "CACO merged into EurAsEC"),
    "eaeu-2014": Row("organisations", "eaeu", "founded", "EAEU treaty"),
    "summits-2018": Row(
        "organisations", "consultative-heads", "founded", "First Consultative Meeting"
    ),
    "pandemic-2020": Row(
        "meetings", "consultative-2020-bishkek", "date_start", "Summit cancelled (COVID-19)"
    ),
    "csto-2022": Row("foreign_presence", "rus-csto-kaz-2022", "start", "CSTO troops in Kazakhstan"),
    "invasion-2022": Row(
        "outside_events", "ukraine-invasion-2022", "date_start", "Invasion of Ukraine"
    ),
    "clash-2022": Row("clashes", "kgz-tjk-2022-09-14", "date_start", "Kyrgyz-Tajik clash"),
    "treaty-2025": Row("treaties", "border-kgz-tjk-2025", "date_opened", "Kyrgyz-Tajik treaty"),
}
CHANGE_OF_SOURCE = "change-of-source"  # of exercises: from a published data set to our own record


def points(*keys: str, record: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Return turning points in the order of their days.

    Args:
        keys: of `ROWS`, or `CHANGE_OF_SOURCE`.
        record: the tables by name; read from `data/` if left out.

    Returns:
        Index the key; columns `date`, `label` (with month or year) and `source`.

    Raises:
        KeyError: if no such turning point, or no such row, is on record.
    """
    found = []
    for key in keys:
        name = "exercises" if key == CHANGE_OF_SOURCE else ROWS[key].table
        table = load(name) if record is None else record[name]
        found.append(_change(table) if key == CHANGE_OF_SOURCE else _point(table, ROWS[key]))
    return pd.DataFrame(found, index=list(keys)).sort_values("date")


def _point(table: pd.DataFrame, row: Row) -> dict:
    facts = table.set_index(table.columns[0]).loc[row.key]
    day = facts[row.day]
    return {"date": day, "label": f"{row.label}, {day:%b %Y}", "source": facts["source"]}


def _change(exercises: pd.DataFrame) -> dict:
    """Return the first day of the year after the last exercise of the published data set."""
    rows = exercises[exercises["confidence"] == "dataset"]
    year = int(rows["date_start"].dt.year.max()) + 1
    label = f"Source changes, {year}"
    return {"date": pd.Timestamp(year, 1, 1), "label": label, "source": rows["source"].iloc[0]}
