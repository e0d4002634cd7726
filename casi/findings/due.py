"""What the record should look at next: `python -m casi.findings.due [YYYY-MM-DD]`, `make due`.

The sections are in the order of urgency, and so are the lines of each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pandas as pd

from casi.findings import key_findings
from casi.findings.reads import tables_read
from casi.record import expected
from casi.record.lookup import Record, rows_of
from casi.tables import describe, load, names
from casi.text import count, date, listing

OLD = pd.DateOffset(months=6)  # after its closing date, when a topic is looked up again


def closed_topics(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return the topics that reach the present and were closed long ago, the oldest first.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.

    Returns:
        Columns `topic`, `table` and `closed` (day).
    """
    found = _current(record)[["topic", "table", "closed"]]
    return found[found["closed"] < day - OLD].sort_values("closed").reset_index(drop=True)


def gaps(record: Record) -> pd.DataFrame:
    """Return what the topics that reach the present are known to lack, samples first.

    Args:
        record: the tables of `data/` by name.

    Returns:
        Columns `topic`, `completeness` (`sample` or `partial`) and `gaps`.
    """
    found = _current(record)[["topic", "completeness", "gaps"]]
    found = found[(found["completeness"] != "full") & found["gaps"].notna()]
    return found.sort_values("completeness", ascending=False, kind="stable", ignore_index=True)


def _current(record: Record) -> pd.DataFrame:
    coverage = record["coverage"]
    return coverage[coverage["year_to"] == coverage["year_to"].max()]


def decided_by_low_rows(record: Record) -> pd.DataFrame:
    """Return the rows of low confidence that decide a finding, by table.

    A finding that no longer holds, or cannot be computed, without all these rows of a table is
    computed again without each of them.

    Args:
        record: the tables of `data/` by name.

    Returns:
        Columns `table`, `rows` (of low confidence), `findings` (names of those lost without them)
        and `alone` (rows, as `table/key`, each of which decides one of them without the others),
        the most findings first.
    """
    reads = {key: tables_read(each, record) for key, each in key_findings.FINDINGS.items()}
    found = []
    for name, table in record.items():
        readers = [key for key, tables in reads.items() if name in tables]
        low = table["confidence"] == "low" if "confidence" in table else pd.Series(dtype=bool)
        if low.any() and (lost := _lost(readers, record, name, table[~low])):
            alone = [
                row
                for index, row in zip(low.index[low], _row_names(name, table[low]), strict=True)
                if _lost(lost, record, name, table.drop(index))
            ]
            titles = [key_findings.FINDINGS[key].name for key in lost]
            found.append((name, int(low.sum()), titles, alone))
    rows = pd.DataFrame(found, columns=["table", "rows", "findings", "alone"])
    return rows.sort_values("findings", key=lambda lists: -lists.map(len)).reset_index(drop=True)


def _lost(keys: list[str], record: Record, name: str, rows: pd.DataFrame) -> list[str]:
    """Return which of some findings, by key, do not stand if a table has only these rows."""
    changed = {**record, name: rows}
    read = {key: key_findings.read(key_findings.FINDINGS[key], changed) for key in keys}
    return [key for key, (standing, _) in read.items() if standing != key_findings.STANDS]


def _row_names(name: str, rows: pd.DataFrame) -> list[str]:
    keys = rows[describe(name)["schema"]["primaryKey"]].astype(str)
    return rows_of(name, keys.agg("/".join, axis="columns"))


def report(record: Record, day: pd.Timestamp) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of the list: heading and lines.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.
    """
    plans = expected.unresolved(record, day)
    yield (
        f"{count(len(plans), 'plan')} whose day has passed: held, cancelled or still unknown?",
        [f"{row.row}: {row.name}, due by {date(row.end)}" for row in plans.itertuples(False)],
    )
    releases = expected.next_releases(record, expected.titles())
    late = count(int((releases["end"] < day).sum()), "edition")
    yield (
        f"{count(len(releases), 'data set')} of yearly publishers; {late} overdue",
        [_release(row, day) for row in releases.itertuples(False)],
    )
    treaties = expected.pending_treaties(record, day)
    yield (
        f"{count(len(treaties), 'treaty', 'treaties')} of the last five years not known in force",
        [
            f"{row.row}: signed {date(row.opened, row.precision)}; {_awaited(row.waits_for)}"
            for row in treaties.itertuples(False)
        ],
    )
    older = expected.not_in_force(record)
    older = older[older["date_opened"] < day - expected.PENDING]
    yield (
        f"{count(len(older), 'older treaty', 'older treaties')} not known in force",
        [", ".join(older["treaty"])] if len(older) else [],
    )
    topics = closed_topics(record, day)
    yield (
        f"{count(len(topics), 'topic')} closed more than six months ago",
        [f"{row.topic}: closed {date(row.closed)}" for row in topics.itertuples(False)],
    )
    low = decided_by_low_rows(record)
    yield (
        f"{count(len(low), 'table')} whose rows of low confidence decide findings",
        [
            f"{row.table}: {row.rows} rows: {listing(row.findings)}; "
            f"each decides alone: {listing(row.alone)}"
            for row in low.itertuples(False)
        ],
    )
    lacking = gaps(record)
    yield (
        f"{count(len(lacking), 'topic')} with gaps in coverage",
        [f"{row.topic} ({row.completeness}): {row.gaps}" for row in lacking.itertuples(False)],
    )
    yield "not listed: pages that have changed since they were read; no copy of them is kept", []


def _awaited(states: list[str]) -> str:
    if states:
        return f"no ratification by {', '.join(states)}"
    return "ratified by all; look for its entry into force"


def _release(row, day: pd.Timestamp) -> str:
    overdue = " (overdue)" if row.end < day else ""
    editions = listing(row.editions)
    return f"{row.name}: expected {date(row.expected, row.precision)}{overdue}; has {editions}"


def main(arguments: list[str]) -> int:
    """Print what is due on a day, or today; return the exit code."""
    try:
        day = pd.Timestamp(arguments[0]) if arguments else pd.Timestamp.today().normalize()
    except ValueError:
        print(f"no day: {arguments[0]!r}; write it as 2026-11-30", file=sys.stderr)
        return 2
    for heading, lines in report({name: load(name) for name in names()}, day):
        print(heading[0].upper() + heading[1:], *(f"  {line}" for line in lines), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
