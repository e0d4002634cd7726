"""What a verdict on a claim is made of, and helpers with which its test reads the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from casi.record.lookup import Record, rows_of
from casi.tables import split_keys

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
