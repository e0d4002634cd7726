"""Contradictions of what the record says of its own coverage and of its second readings."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule
from casi.tables import split_keys

NOTHING_WRONG = "Nothing was wrong."  # what `mended` says if no row was


@rule
def closed_is_the_day_of_a_source(tables: Tables) -> Iterator[Fault]:
    """A topic closes with the period of its data set, or on the day of a source of its table."""
    rows = tables["coverage"]
    published = tables["sources"].set_index("key")["published"]
    days = {
        table: set(tables[table]["source"].map(split_keys).explode().map(published).dropna())
        for table in rows["table"].unique()
        if table in tables and "source" in tables[table]
    }
    ends = pd.to_datetime(rows["year_to"].astype(str) + "-12-31")
    pairs = zip(rows["closed"], rows["table"], strict=True)
    found = [day in days.get(table, ()) for day, table in pairs]
    other = (rows["closed"] != ends) & ~pd.Series(found, rows.index, dtype=bool)
    text = "no source of {table}.csv is of this day: give the day of the newest source found"
    yield from report("coverage", rows[other], "closed", text)


@rule
def coverage_cites_its_table(tables: Tables) -> Iterator[Fault]:
    """What coverage cites for a table, rows of the table cite too, unless it is a data set.

    A data set may bound a topic, or split what the rows hold; a new edition renames it there.
    """
    rows = tables["coverage"].dropna(subset="source")
    sources = tables["sources"]
    sets = set(sources.loc[sources["kind"] == "dataset", "key"])
    cited = {
        table: set(tables[table]["source"].dropna().map(split_keys).explode())
        for table in rows["table"].unique()
        if table in tables and "source" in tables[table]
    }
    pairs = zip(rows["source"], rows["table"], strict=True)
    other = [bool(set(split_keys(cell)) - sets - cited.get(table, set())) for cell, table in pairs]
    text = "no row of {table}.csv cites it: correct the source"
    yield from report("coverage", rows[other], "source", text)


@rule
def recheck_adds_up(tables: Tables) -> Iterator[Fault]:
    """No more rows were wrong than were drawn, and the text says so if none was."""
    rows = tables["rechecks"]
    many = rows["wrong"] > rows["drawn"]
    yield from report("rechecks", rows[many], "wrong", "more than the {drawn} rows drawn")
    differ = (rows["wrong"] == 0) != (rows["mended"] == NOTHING_WRONG)
    text = f"does not fit the text: it is {NOTHING_WRONG!r} if and only if no row was"
    yield from report("rechecks", rows[differ], "wrong", text)
