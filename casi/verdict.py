"""What a verdict on a claim is made of, and helpers with which its test reads the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from casi.tables import split_keys

Record = Mapping[str, pd.DataFrame]  # tables of `data/` by name

SUPPORTED, PARTLY = "supported", "partly supported"
CONTRADICTED, UNCHECKED = "contradicted", "cannot be checked"
VERDICTS = [SUPPORTED, PARTLY, CONTRADICTED, UNCHECKED]
TESTS: dict[str, Callable[[Record], Verdict]] = {}


@dataclass(frozen=True)
class Verdict:
    """What the record says of a claim.

    Attributes:
        verdict: one of `VERDICTS`, or None for a claim that is not graded.
        rows: the rows that decide, as `table/key`.
        against: the rows that speak against the claim as worded, as `table/key`.
        values: what the texts of the table `claims` quote.
    """

    verdict: str | None
    rows: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)


def decides(claim: str) -> Callable:
    """Register a function as the test of a claim of the table `claims`."""

    def register(function: Callable[[Record], Verdict]) -> Callable[[Record], Verdict]:
        TESTS[claim] = function
        return function

    return register


def sourced(record: Record, claim: str) -> Verdict:
    """Grade a claim that only its own sources decide; the article, named first, is not one of them.

    Supported by one primary source or two independence groups, partly by one, else unchecked.
    """
    row = record["claims"].set_index("claim").loc[claim]
    known = record["sources"].set_index("key").loc[split_keys(row["source"])[1:]]
    groups = known["independence_group"].nunique()
    strong = groups > 1 or (known["kind"] == "primary").any()
    verdict = SUPPORTED if strong else PARTLY if groups else UNCHECKED
    return Verdict(verdict, rows_of("sources", known.index))


def rows_of(table: str, keys) -> list[str]:
    """Name rows of a table: `rows_of("meetings", ["a"])` gives `["meetings/a"]`."""
    return [f"{table}/{key}" for key in keys]


def closing(record: Record) -> pd.Timestamp:
    """Return the day a record closes: that of the newest page consulted."""
    return record["sources"]["published"].max()


def seats(record: Record, event: str) -> pd.Series:
    """Return the level at which each state was present at an event, by its code."""
    rows = record["participation"]
    return rows[rows["event"] == event].set_index("state")["level"]


def state_names(record: Record, codes) -> list[str]:
    """Return the names of states, in the order of their codes."""
    return record["states"].set_index("iso3")["name"].loc[list(codes)].tolist()


def member_since(record: Record, body: str, state: str) -> pd.Timestamp:
    """Return the day a state's first membership of a body began."""
    spells = record["memberships"]
    own = spells[(spells["organisation"] == body) & (spells["state"] == state)]
    return own.loc[own["status"] == "member", "start"].min()


def opened(record: Record, treaty: str) -> pd.Timestamp:
    """Return the day a treaty was signed first."""
    return record["treaties"].set_index("treaty").loc[treaty, "date_opened"]
