"""What the record waits for: plans, ratifications and the next editions of data sets.

Nothing here depends on the present day. A plan has passed, or is still to come, by the closing date
of its table in `coverage`, so that every build of an edition gives the same lists.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping

import pandas as pd

from casi.record.bibliography import entries_of
from casi.record.lookup import Record, rows_of
from casi.record.on_day import last_possible_day
from casi.tables import BIBLIOGRAPHY, sets_by

EVENTS = {"exercises": "exercise", "meetings": "meeting", "body_meetings": "meeting"}
PLAN_COLUMNS = ["row", "table", "name", "start", "end", "precision", "place", "source", "grade"]
BINDING = {"signed", "ratified", "acceded"}  # actions after which entry into force is awaited
DECLARATION = "declaration"  # a kind of treaty that nobody ratifies
PENDING = pd.DateOffset(years=5)  # after which a treaty that is not in force is no longer looked up
YEARLY = ("sipri", "ucdp")  # publishers of which the record takes a new edition every year
RELEASED = {"ucdp": 6}  # month of each edition, of publishers whose titles do not name it
SERIES = re.compile(
    r"([a-z]+)(\d{4})([a-z]+)"
)  # of a key: publisher, year of the edition, data set
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
EDITION = re.compile(rf"\bof ({'|'.join(MONTHS)}) (\d{{4}})\b")


def closing_dates(record: Record) -> pd.Series:
    """Return the last day that each table covers, the latest of its topics in `coverage`."""
    return record["coverage"].groupby("table")["closed"].max()


def plans(record: Record) -> pd.DataFrame:
    """Return the exercises and meetings that are still planned, those that end first first.

    Args:
        record: the tables of `data/` by name.

    Returns:
        `PLAN_COLUMNS`: `row` (table and key), `start` and `precision` as in the table, `end` (the
        last day that the plan can mean), `source` and `grade` (its confidence).
    """
    parts = []
    for table, key in EVENTS.items():
        rows = record[table].query("status == 'planned'")
        ends = rows["date_end"].fillna(rows["date_start"])
        part = rows.assign(
            row=rows_of(table, rows[key]),
            table=table,
            end=last_possible_day(ends, rows["date_precision"]),
        )
        names = {"date_start": "start", "date_precision": "precision", "confidence": "grade"}
        parts.append(part.rename(columns=names)[PLAN_COLUMNS])
    return pd.concat(parts).sort_values(["end", "start", "row"], ignore_index=True)


def coming(record: Record) -> pd.DataFrame:
    """Return the plans that may still be held after the closing date of their table.

    Args and columns are those of `plans`.
    """
    found = plans(record)
    return found[_still_open(record, found)].reset_index(drop=True)


def unresolved(record: Record, day: pd.Timestamp | None = None) -> pd.DataFrame:
    """Return the plans whose day has passed and whose outcome is unknown, the newest first.

    Args:
        record: the tables of `data/` by name.
        day: the day by which they should have ended; without it the closing date of their table.

    Returns:
        `PLAN_COLUMNS`.
    """
    found = plans(record)
    passed = ~_still_open(record, found) if day is None else found["end"] < day
    return found[passed].iloc[::-1].reset_index(drop=True)


def _still_open(record: Record, found: pd.DataFrame) -> pd.Series:
    return found["end"] > found["table"].map(closing_dates(record))


def pending_treaties(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return the treaties of the last five years not known to be in force, the newest first.

    Args:
        record: the tables of `data/` by name.
        day: the day on which the list is read.

    Returns:
        Columns `row`, `name`, `opened`, `precision`, `waits_for` (codes of the states with no
        ratification on record) and `source`.
    """
    rows, actions = not_in_force(record), record["treaty_actions"]
    rows = rows[rows["date_opened"] >= day - PENDING]
    bound = actions[actions["action"].isin(BINDING)]
    parties = sets_by(bound, "treaty", "state")
    ratified = sets_by(bound[bound["action"] != "signed"], "treaty", "state")
    waits = [sorted(parties.get(key, set()) - ratified.get(key, set())) for key in rows["treaty"]]
    found = rows.assign(row=rows_of("treaties", rows["treaty"]), waits_for=waits)
    found = found.rename(columns={"date_opened": "opened", "date_precision": "precision"})
    columns = ["row", "name", "opened", "precision", "waits_for", "source"]
    return found.sort_values("opened", ascending=False)[columns].reset_index(drop=True)


def not_in_force(record: Record) -> pd.DataFrame:
    """Return the treaties not known to be in force, declarations apart.

    Args:
        record: the tables of `data/` by name.
    """
    treaties = record["treaties"]
    return treaties[treaties["in_force_date"].isna() & (treaties["kind"] != DECLARATION)]


def titles() -> dict[str, str]:
    """Return the title of each source by its key in `references.bib`."""
    entries = entries_of(BIBLIOGRAPHY.read_text(encoding="utf-8"))
    return {key: entry.get("title", "") for key, entry in entries.items()}


def next_releases(record: Record, titles: Mapping[str, str]) -> pd.DataFrame:
    """Return when the next edition of each yearly data set is expected, the first first.

    It is expected a year after the newest edition on record, in the month that its title names, or
    in which its publisher releases every edition.

    Args:
        record: the tables of `data/` by name.
        titles: title of each source by its key.

    Returns:
        One row a data set: `name`, `keys` and `editions` (lists, the oldest edition first; editions
        in words, such as `March 2026`), `expected` (first day of the month or year), `precision`
        (`month` or `year`) and `end` (the last day that it can mean).
    """
    sources = record["sources"]
    own = sources["independence_group"].isin(YEARLY) & (sources["kind"] == "dataset")
    found: dict[tuple[str, str], list[tuple[pd.Timestamp, str, str]]] = {}
    for key in sources.loc[own, "key"]:
        if parts := SERIES.fullmatch(key):
            publisher, year, data_set = parts.groups()
            named = EDITION.search(titles[key])
            month = MONTHS[named[1]] if named else RELEASED.get(publisher)
            day = pd.Timestamp(int(named[2] if named else year), month or 1, 1)
            edition = (day, "month" if month else "year", key)
            found.setdefault((publisher, data_set), []).append(edition)
    rows = []
    for editions in map(sorted, found.values()):
        days, precisions, keys = map(list, zip(*editions, strict=True))
        words = [
            f"{day:%B %Y}" if precision == "month" else f"{day:%Y}"
            for day, precision, _ in editions
        ]
        name = titles[keys[-1]].split(",")[0]
        rows.append((name, keys, words, days[-1] + pd.DateOffset(years=1), precisions[-1]))
    frame = pd.DataFrame(rows, columns=["name", "keys", "editions", "expected", "precision"])
    frame["end"] = last_possible_day(frame["expected"], frame["precision"])
    return frame.sort_values(["end", "name"], ignore_index=True)
