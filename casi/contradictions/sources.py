"""Contradictions of a fact with its sources: texts that cannot know of it, or are of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, events_of, report, rule
from casi.tables import split_keys

ANNOUNCED = [  # table, date, precision: days by which a text may be older than what it tells of
    ("clashes", "date_start", "date_precision", 0),
    ("incidents", "date_start", "date_precision", 0),
    ("milestones", "date", "date_precision", 0),
    ("border_progress", "date", "date_precision", 0),
    ("clash_figures", "as_of", "as_of_precision", 30),
    ("meetings", "date_start", "date_precision", 30),
    ("treaties", "date_opened", "date_precision", 90),
    ("foreign_presence", "start", "start_precision", 90),
    ("body_meetings", "date_start", "date_precision", 200),
    ("exercises", "date_start", "date_precision", 300),
]
GRADED = (  # tables whose notes say why a row is graded lower than its sources allow
    *("organisations", "memberships", "meetings", "treaties", "obligations", "border_segments"),
    *("clashes", "incidents", "milestones", "arms_reports", "foreign_presence"),
    "reported_figures",
)
OF_DATA_SETS = (  # tables that rest on data sets alone
    *("arms_transfers", "arms_deals", "conflict_deaths", "military_spending"),
    *("places", "map_labels"),
)


@rule
def source_is_not_older(tables: Tables) -> Iterator[Fault]:
    """No dated source is older than what it tells, but for the days of an announcement."""
    sources = tables["sources"].set_index("key")
    published = sources["published"].mask(sources["kind"] == "dataset")
    for table, column, precision, days in ANNOUNCED:
        if table not in tables:
            continue
        rows = tables[table]
        if "status" in rows:
            rows = rows[rows["status"] == "held"]
        exact = rows[precision] == "day"
        oldest = rows["source"].map(split_keys).explode().map(published).groupby(level=0).min()
        rows = rows.assign(oldest=oldest)
        early = exact & (rows["oldest"] < rows[column] - pd.Timedelta(days=days))
        text = f"a source is of {{oldest}}, before {column} {{{column}}}: correct the date, or "
        yield from report(table, rows[early], "source", f"{text}take the source out")


@rule
def seat_cites_the_event(tables: Tables) -> Iterator[Fault]:
    """What a seat cites, the event or another seat of it cites too: else it is of another event."""
    if "participation" not in tables:
        return
    rows = tables["participation"]
    pairs = rows["source"].map(split_keys).explode()
    used = Counter(zip(rows["event"].reindex(pairs.index), pairs, strict=True))
    for _, key, events in events_of(tables):
        used.update(
            (event, cited)
            for event, cell in zip(events[key], events["source"], strict=True)
            for cited in split_keys(cell)
        )
    alone = [
        any(used[event, key] < 2 for key in split_keys(cell))
        for event, cell in zip(rows["event"], rows["source"], strict=True)
    ]
    text = "neither {event} nor another seat cites it: cite it there too, or correct the source"
    yield from report("participation", rows[alone], "source", text)


@rule
def data_set_is_cited(tables: Tables) -> Iterator[Fault]:
    """Tables that rest on published data sets cite no other kind of source."""
    kinds = tables["sources"].set_index("key")["kind"]
    for table in OF_DATA_SETS:
        if table in tables:
            rows = tables[table].dropna(subset="source")
            cited = rows["source"].map(split_keys).explode().map(kinds)
            other = (cited != "dataset").groupby(level=0).any()
            yield from report(table, rows[other], "source", "not a data set: cite the data set")


@rule
def low_confidence_says_why(tables: Tables) -> Iterator[Fault]:
    """A row of low confidence has one weak source, or a note that says what is doubtful."""
    sources = tables["sources"].set_index("key")
    for table in GRADED:
        if table in tables:
            rows = tables[table]
            keys = rows["source"].map(split_keys).explode()
            strong = keys.map(sources["kind"]).isin(["primary", "dataset"])
            groups = keys.map(sources["independence_group"]).groupby(level=0).nunique()
            allowed = strong.groupby(level=0).any() | (groups > 1)
            silent = (rows["confidence"] == "low") & allowed & rows["note"].isna()
            text = "the sources allow high: say in the note what is doubtful, or grade it high"
            yield from report(table, rows[silent], "confidence", text)


@rule
def data_set_is_graded_as_one(tables: Tables) -> Iterator[Fault]:
    """What data sets alone say is never graded high, and `dataset` where a table has that grade."""
    datasets = set(tables["sources"].query("kind == 'dataset'")["key"])
    for table, rows in tables.items():
        if not {"source", "confidence"} <= set(rows.columns):
            continue
        alone = rows["source"].map(lambda cell: datasets.issuperset(split_keys(cell)))
        graded = rows["confidence"].eq("dataset")
        wrong = alone & (rows["confidence"].eq("high") | (~graded & graded.any())) | graded & ~alone
        text = "dataset if and only if all sources are data sets: correct grade or sources"
        yield from report(table, rows[wrong], "confidence", text)


@rule
def turning_point_has_a_source_of_its_day(tables: Tables) -> Iterator[Fault]:
    """An event that the whole world saw, known to the day, cites a text of that day, none older."""
    published = tables["sources"].set_index("key")["published"]
    rows = tables["outside_events"]
    oldest = rows["source"].map(split_keys).explode().map(published).groupby(level=0).min()
    other = (rows["date_precision"] == "day") & (rows["date_start"] != oldest)
    text = "its oldest source is of {oldest}: correct the date, or cite a text of the day"
    yield from report("outside_events", rows.assign(oldest=oldest)[other], "date_start", text)
