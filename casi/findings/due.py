"""What the record should look at next: `python -m casi.findings.due [YYYY-MM-DD]`, `make due`.

The list is in the order of urgency: plans whose day has passed, treaties signed and not known to be
in force, topics whose newest source is old, and tables whose rows of low confidence decide a
finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import pandas as pd

from casi.findings import key_findings
from casi.record.lookup import Record, rows_of
from casi.tables import load, names, newest_source, sets_by
from casi.text import count, date

EVENTS = {"exercises": "exercise", "meetings": "meeting", "body_meetings": "meeting"}
BINDING = {"signed", "ratified", "acceded"}  # actions after which entry into force is awaited
DECLARATION = "declaration"  # a kind of treaty that nobody ratifies
PENDING = pd.DateOffset(years=5)  # after which a treaty that is not in force is no longer looked up
OLD = pd.DateOffset(months=6)  # without a source, after which a topic is looked up again


def overdue_plans(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return the events still planned that should have ended by a day, the oldest first.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.

    Returns:
        Columns `row`, `name` and `end`: the last day that the plan can mean.
    """
    parts = []
    for table, key in EVENTS.items():
        rows = record.get(table, pd.DataFrame(columns=[key, "name", "status"]))
        planned = rows[rows["status"] == "planned"]
        if not planned.empty:
            end = last_day(planned["date_end"].fillna(planned["date_start"]), planned)
            parts.append(
                pd.DataFrame(
                    {"row": rows_of(table, planned[key]), "name": planned["name"], "end": end}
                )
            )
    found = pd.concat(parts) if parts else pd.DataFrame(columns=["row", "name", "end"])
    return found[found["end"] < day].sort_values("end").reset_index(drop=True)


def last_day(days: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Return the last day that each date can mean, by the column `date_precision` of its row."""
    precision = rows["date_precision"]
    month = days.where(precision != "month", days + pd.offsets.MonthEnd(0))
    return month.where(precision != "year", days + pd.offsets.YearEnd(0))


def pending_treaties(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return the treaties of the last five years not known to be in force, the newest first.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.

    Returns:
        Columns `row`, `name`, `opened` and `waits_for`: the states with no ratification on record.
    """
    treaties, actions = record["treaties"], record["treaty_actions"]
    awaited = treaties["in_force_date"].isna() & (treaties["kind"] != DECLARATION)
    rows = treaties[awaited & (treaties["date_opened"] >= day - PENDING)]
    bound = actions[actions["action"].isin(BINDING)]
    parties = sets_by(bound, "treaty", "state")
    ratified = sets_by(bound[bound["action"] != "signed"], "treaty", "state")
    waits = [sorted(parties.get(key, set()) - ratified.get(key, set())) for key in rows["treaty"]]
    found = rows.assign(row=rows_of("treaties", rows["treaty"]), waits_for=waits)
    found = found.rename(columns={"date_opened": "opened"}).sort_values("opened", ascending=False)
    return found[["row", "name", "opened", "waits_for"]].reset_index(drop=True)


def old_topics(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return the topics that reach the present and whose newest source is old, the oldest first.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.

    Returns:
        Columns `topic`, `table` and `newest`: the day of the newest source.
    """
    coverage = record["coverage"]
    current = coverage[coverage["year_to"] == coverage["year_to"].max()]
    current = current.drop_duplicates("table")
    newest = [newest_source(record[table]) for table in current["table"]]
    found = current.assign(newest=newest)[["topic", "table", "newest"]]
    return found[found["newest"] < day - OLD].sort_values("newest").reset_index(drop=True)


def decided_by_low_rows(record: Record) -> pd.DataFrame:
    """Return the tables whose rows of low confidence decide a finding.

    Args:
        record: the tables of `data/` by name.

    Returns:
        Columns `table`, `rows` (of low confidence) and `findings` (names of those that no longer
        hold, or cannot be computed, without these rows), the most findings first.
    """
    found = []
    reads = {key: _tables_read(finding, record) for key, finding in key_findings.FINDINGS.items()}
    for name, table in record.items():
        low = table["confidence"] == "low" if "confidence" in table else pd.Series(dtype=bool)
        if not low.any():
            continue
        remaining = {**record, name: table[~low]}
        lost = [
            finding.name
            for key, finding in key_findings.FINDINGS.items()
            if name in reads[key]
            and key_findings.decide(finding, remaining)[0] != key_findings.STANDS
        ]
        if lost:
            found.append((name, int(low.sum()), lost))
    rows = pd.DataFrame(found, columns=["table", "rows", "findings"])
    return rows.sort_values("findings", key=lambda lists: -lists.map(len)).reset_index(drop=True)


def _tables_read(finding: key_findings.Finding, record: Record) -> set[str]:
    """Return the names of the tables that decide a finding; no other can change it."""
    watched = _Watched(record)
    key_findings.decide(finding, watched)
    return watched.read


class _Watched(Mapping):
    """The tables of a record, with the names of those that were `read`."""

    def __init__(self, record: Record):
        self.record, self.read = record, set[str]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return self.record[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.record)

    def __len__(self) -> int:
        return len(self.record)


def report(record: Record, day: pd.Timestamp) -> Iterator[str]:
    """Yield the lines of the list, section by section."""
    plans, treaties = overdue_plans(record, day), pending_treaties(record, day)
    yield f"{count(len(plans), 'plan')} whose day has passed: held, cancelled or still unknown?"
    yield from (
        f"  {row.row}: {row.name}, due by {date(row.end)}" for row in plans.itertuples(False)
    )
    yield f"{count(len(treaties), 'treaty', 'treaties')} of the last five years not known in force"
    for row in treaties.itertuples(index=False):
        waiting = ", ".join(row.waits_for) or "no state; look for its entry into force"
        yield f"  {row.row}: signed {date(row.opened)}; no ratification by {waiting}"
    topics = old_topics(record, day)
    yield f"{count(len(topics), 'topic')} without a source of the last six months"
    yield from (f"  {row.topic}: newest {date(row.newest)}" for row in topics.itertuples(False))
    low = decided_by_low_rows(record)
    yield f"{count(len(low), 'table')} whose rows of low confidence decide findings"
    yield from (
        f"  {row.table}: {row.rows}: {'; '.join(row.findings)}" for row in low.itertuples(False)
    )


def main(arguments: list[str]) -> int:
    """Print what is due on a day, or today; return the exit code."""
    try:
        day = pd.Timestamp(arguments[0]) if arguments else pd.Timestamp.today().normalize()
    except ValueError:
        print(f"no day: {arguments[0]!r}; write it as 2026-11-30", file=sys.stderr)
        return 2
    for line in report({name: load(name) for name in names()}, day):
        print(line[0].upper() + line[1:] if line[0] != " " else line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
