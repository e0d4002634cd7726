"""The verdict on a claim, the register of tests, and the verdict by a claim's own sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from casi.record.lookup import Record, row_of, rows_of
from casi.tables import split_keys

SUPPORTED, PARTLY = "supported", "partly supported"
CONTRADICTED, UNCHECKED = "contradicted", "cannot be checked"
VERDICTS = [SUPPORTED, PARTLY, CONTRADICTED, UNCHECKED]
Test = Callable[[Record], "Verdict"]
TESTS: dict[str, Test] = {}  # by the key of the claim


@dataclass(frozen=True)
class Verdict:
    """The result of the test of a claim.

    Attributes:
        verdict: one of `VERDICTS`, or None for a claim that is not graded.
        rows: names of the rows that decide, as `table/key`.
        against: names of the rows that contradict the claim as worded.
        values: values that the texts of the table `claims` quote, by name.
    """

    verdict: str | None
    rows: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)


def decides(claim: str) -> Callable[[Test], Test]:
    """Register a function as the test of a claim of the table `claims`."""

    def register(test: Test) -> Test:
        TESTS[claim] = test
        return test

    return register


def grade_by_sources(record: Record, claim: str) -> Verdict:
    """Grade a claim by its own sources; the article itself, named first, does not count.

    Supported by a primary source or by two independence groups, partly supported by one other
    group; without a source it cannot be checked.

    Raises:
        MissingRow: if the table `claims` lacks the claim, or `sources` one of its sources.
    """
    keys = split_keys(row_of(record, "claims", claim)["source"])[1:]
    sources = [row_of(record, "sources", key) for key in keys]
    groups = {source["independence_group"] for source in sources}
    primary = any(source["kind"] == "primary" for source in sources)
    verdict = SUPPORTED if primary or len(groups) > 1 else PARTLY if groups else UNCHECKED
    return Verdict(verdict, rows_of("sources", keys))


def grade_as_stated(record: Record, claim: str) -> Verdict:
    """Grade a claim that somebody stated an aim, an intention or a proposal.

    Supported if a source beside the article, which is named first, quotes the statement: a
    statement needs no second origin. Whether it was meant is not graded. Without a source it cannot
    be checked.

    Raises:
        MissingRow: if the table `claims` lacks the claim.
    """
    keys = split_keys(row_of(record, "claims", claim)["source"])[1:]
    return Verdict(SUPPORTED if keys else UNCHECKED, rows_of("sources", keys))
