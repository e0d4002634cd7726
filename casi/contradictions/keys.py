"""Keys that disagree with their row, and dates that are only the first day of a month or year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule

DATED_KEYS = [  # tables whose keys hold the month or the day of the row, with the first date
    ("meetings", "date_start"),
    ("body_meetings", "date_start"),
    ("exercises", "date_start"),
    ("milestones", "date"),
    ("border_progress", "date"),
    ("arms_reports", "date"),
]
NOTHING_ON_NEW_YEAR = [  # tables of acts that nobody does on 1 January
    ("meetings", "date_start"),
    ("body_meetings", "date_start"),
    ("exercises", "date_start"),
    ("treaties", "date_opened"),
    ("treaty_actions", "date"),
    ("arms_reports", "date"),
]
MONTH = r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)"
DAY = r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"


def _key(rows: pd.DataFrame) -> pd.Series:
    """Return the column with the key of each row, which is the first one."""
    return rows[rows.columns[0]]


@rule
def key_holds_the_month(tables: Tables) -> Iterator[Fault]:
    """A key that names a month names that of the first or the last day."""
    for table, column in DATED_KEYS:
        if table not in tables:
            continue
        rows = tables[table]
        named = _key(rows).str.extract(f"({MONTH})")[0]
        last = rows["date_end"].fillna(rows[column]) if "date_end" in rows else rows[column]
        own = (rows[column].dt.strftime("%Y-%m"), last.dt.strftime("%Y-%m"))
        known = rows[column].notna() & rows["date_precision"].ne("year")
        other = known & named.notna() & (named != own[0]) & (named != own[1])
        text = f"the key {{{rows.columns[0]}}} names another month: correct the date or the key"
        yield from report(table, rows[other], column, text)


@rule
def key_is_as_exact_as_its_date(tables: Tables) -> Iterator[Fault]:
    """A key with a day is of a date known to the day; the first of a month needs a day in it."""
    for table, column in DATED_KEYS:
        if table not in tables:
            continue
        rows = tables[table]
        day, month = (_key(rows).str.contains(form) for form in (DAY, MONTH))
        exact = rows["date_precision"] == "day"
        text = f"the key {{{rows.columns[0]}}} names a day: correct the precision or the key"
        yield from report(table, rows[day & ~exact], "date_precision", text)
        first = exact & month & ~day & (rows[column].dt.day == 1)
        text = f"the first of a month, and the key {{{rows.columns[0]}}} has no day: known to "
        text += "the month, or name the day in the key"
        yield from report(table, rows[first], "date_precision", text)


@rule
def nothing_happens_on_new_year(tables: Tables) -> Iterator[Fault]:
    """Nobody meets, signs or orders on 1 January: of such a date only the year is known."""
    for table, column in NOTHING_ON_NEW_YEAR:
        if table in tables:
            rows = tables[table]
            first = (rows["date_precision"] == "day") & (rows[column].dt.day_of_year == 1)
            if "action" in rows:
                first &= rows["action"] != "in_force"
            text = f"1 January {{{column}}}: known to the year, or correct the date"
            yield from report(table, rows[first], "date_precision", text)


@rule
def counting_key_fits(tables: Tables) -> Iterator[Fault]:
    """The key of a rule of counting is rule, column and value, joined by hyphens."""
    rows = tables["counting_rules"]
    parts = [rows["rule"], rows["column"], rows["value"].fillna("empty")]
    expected = parts[0].str.cat(parts[1:], "-").str.replace("_", "-")
    rows = rows.assign(expected=expected)
    text = "must be {expected}: correct the key, or rule, column or value"
    yield from report("counting_rules", rows[expected != rows["key"]], "key", text)
    usual = rows.groupby("rule")["table"].transform(lambda names: names.mode()[0])
    text = "other rows of the rule {rule} are of {usual}"
    differ = rows.assign(usual=usual)[usual != rows["table"]]
    yield from report("counting_rules", differ, "table", text)


@rule
def chair_is_one_state(tables: Tables) -> Iterator[Fault]:
    """One state takes the chair: that of the key."""
    rows = tables["milestones"]
    rows = rows[rows["action"] == "chair"]
    words = rows["milestone"].str.upper().str.split("-")
    pairs = zip(rows["states"], words, strict=True)
    other = [state not in parts for state, parts in pairs]
    text = "not the one state of the key {milestone}: correct the state or the key"
    yield from report("milestones", rows[other], "states", text)
