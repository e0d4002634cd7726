"""Look up single facts in the tables: keys of rows, who took part and at what level, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import pandas as pd

from casi.counting import counted
from casi.tables import newest_page, sets_by

Record = Mapping[str, pd.DataFrame]  # the tables of `data/` by name
Rows = TypeVar("Rows", pd.DataFrame, pd.Series)

LEVELS = {  # values of `participation.level`, in words
    "head_of_state": "head of state",
    "former_head_of_state": "former head of state",
    "prime_minister": "prime minister",
    "deputy_prime_minister": "deputy prime minister",
    "speaker": "chair of parliament",
    "minister": "minister",
    "deputy_minister": "deputy minister",
    "security_council_secretary": "secretary",
    "deputy_secretary": "deputy secretary",
    "agency_head": "head of service",
    "deputy_agency_head": "deputy head of service",
    "ambassador": "ambassador",
    "attache": "attaché",
    "official": "official",
    "observer": "observer",
    "absent": "absent",
}


class MissingRow(LookupError):
    """Say which row or value the record lacks, so that a number cannot be computed."""


def require(rows: Rows, what: str, least: int = 1) -> Rows:
    """Return the rows, of which there must be enough.

    Args:
        rows: rows of a table.
        what: what they are, for the error.
        least: the number of rows that is enough.

    Raises:
        MissingRow: if there are fewer.
    """
    if len(rows) < least:
        raise MissingRow(f"{what}: needs {least} on record, has {len(rows)}")
    return rows


def row_of(record: Record, table: str, key: str) -> pd.Series:
    """Return one row of a table whose first column is its key.

    Raises:
        MissingRow: if no row has this key.
    """
    rows = record[table]
    return require(rows[rows.iloc[:, 0] == key], f"{table}/{key}").iloc[0]


def rows_of(table: str, keys: Iterable[str]) -> list[str]:
    """Return the names of rows: `rows_of("meetings", ["a"])` gives `["meetings/a"]`."""
    return [f"{table}/{key}" for key in keys]


def closing(record: Record) -> pd.Timestamp:
    """Return the closing date of the record: that of the newest page consulted."""
    return newest_page(record["sources"])


def levels_at(record: Record, event: str) -> pd.Series:
    """Return the level at which each state attended an event, by its code."""
    rows = record["participation"]
    return rows[rows["event"] == event].set_index("state")["level"]


def state_names(record: Record, codes: Iterable[str]) -> list[str]:
    """Return the names of states, in the order of their codes.

    Raises:
        MissingRow: if a code is not in the table `states`.
    """
    return [row_of(record, "states", code)["name"] for code in codes]


def member_since(record: Record, body: str, state: str) -> pd.Timestamp:
    """Return the day on which a state first became a full member; missing if it never did."""
    spells = record["memberships"]
    full = spells[(spells["organisation"] == body) & (spells["status"] == "member")]
    return full.loc[full["state"] == state, "start"].min()


def signature_date(record: Record, treaty: str) -> pd.Timestamp:
    """Return the day on which a treaty was signed.

    Raises:
        MissingRow: if the treaty is not in the table `treaties`.
    """
    return row_of(record, "treaties", treaty)["date_opened"]


def took_part(participation: pd.DataFrame) -> pd.Series:
    """Return the states that took part in each exercise with forces, by the rule `trained`.

    Args:
        participation: the table `participation`.

    Returns:
        Sets of state codes by event.
    """
    return sets_by(participation[counted(participation, "trained")], "event", "state")


def membership_rows(memberships: pd.DataFrame) -> list[str]:
    """Return the names of rows of the table `memberships`, as `memberships/body/state`."""
    return rows_of("memberships", memberships["organisation"] + "/" + memberships["state"])


def preferred_people(figures: pd.DataFrame) -> pd.Series:
    """Return the preferred count of people, the best, else the lowest or highest, by `subject`.

    Args:
        figures: the table `reported_figures`.
    """
    reported = figures.query("measure == 'personnel' and preferred").set_index("subject")
    return reported["best"].fillna(reported["low"]).fillna(reported["high"])
