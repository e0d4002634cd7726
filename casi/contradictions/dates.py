"""Contradictions of dates, in any table: precision, keys, sources, the closing date, statehood."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import (
    EVENT_KEYS,
    Fault,
    Tables,
    events_of,
    latest,
    report,
    rule,
)
from casi.tables import newest_page, split_keys

# Dates of what has happened: table, column, and the column with its precision.
HAPPENED = [
    ("organisations", "founded", "founded_precision"),
    ("organisations", "ended", "ended_precision"),
    ("memberships", "start", "start_precision"),
    ("memberships", "end", "end_precision"),
    ("meetings", "date_start", "date_precision"),
    ("body_meetings", "date_start", "date_precision"),
    ("exercises", "date_start", "date_precision"),
    ("treaties", "date_opened", "date_precision"),
    ("treaties", "in_force_date", "in_force_precision"),
    ("treaty_actions", "date", "date_precision"),
    ("border_segments", "delimited_date", "delimited_precision"),
    ("border_segments", "demarcated_date", "demarcated_precision"),
    ("border_progress", "date", "date_precision"),
    ("clashes", "date_start", "date_precision"),
    ("clash_figures", "as_of", "as_of_precision"),
    ("incidents", "date_start", "date_precision"),
    ("milestones", "date", "date_precision"),
    ("arms_reports", "date", "date_precision"),
    ("foreign_presence", "start", "start_precision"),
    ("foreign_presence", "end", "end_precision"),
    ("reported_figures", "as_of", "as_of_precision"),
    ("outside_events", "date_start", "date_precision"),
]

# Keys that hold the year, or the day, of a date or of a year in the same row.
DATED_KEYS = [
    ("meetings", "meeting", "date_start"),
    ("body_meetings", "meeting", "date_start"),
    ("exercises", "exercise", "date_start"),
    ("treaties", "treaty", "date_opened"),
    ("border_progress", "statement", "date"),
    ("clashes", "clash", "date_start"),
    ("milestones", "milestone", "date"),
    ("arms_reports", "report", "date"),
    ("arms_deals", "deal", "order_year"),
]

# Acts that states do together: table, columns of one act, date, precision, and how far apart two
# days are so near that one of them is wrong.
NEAR = [
    ("memberships", ["organisation"], "start", "start_precision", pd.Timedelta(days=3)),
    ("memberships", ["organisation"], "end", "end_precision", pd.Timedelta(days=3)),
    ("treaty_actions", ["treaty", "action"], "date", "date_precision", pd.Timedelta(days=1)),
    ("foreign_presence", ["host", "kind"], "end", "end_precision", pd.Timedelta(days=3)),
]

INDEPENDENCE = {  # the day each state declared it
    "GEO": "1991-04-09",
    "UKR": "1991-08-24",
    "BLR": "1991-08-25",
    "MDA": "1991-08-27",
    "AZE": "1991-08-30",
    "KGZ": "1991-08-31",
    "UZB": "1991-08-31",
    "TJK": "1991-09-09",
    "ARM": "1991-09-21",
    "TKM": "1991-10-27",
    "KAZ": "1991-12-16",
}


def _happened(tables: Tables) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Yield the tables of `HAPPENED`, without events not held and deliveries only planned."""
    for table, column, precision in HAPPENED:
        if table not in tables or column not in tables[table]:
            continue
        rows = tables[table]
        if table in EVENT_KEYS:
            rows = rows[rows["status"] == "held"]
        if table == "arms_reports":
            rows = rows[~rows["kind"].isin(["plan", "joint_production"])]
        yield table, column, precision, rows[rows[column].notna()]


@rule
def precision_fits(tables: Tables) -> Iterator[Fault]:
    """A date known to the year or month is its first day; a date has a precision."""
    for table, column, precision in HAPPENED:
        if table not in tables or column not in tables[table]:
            continue
        rows = tables[table]
        day, exact = rows[column], rows[precision]
        whole = ((exact == "year") & (day.dt.day_of_year > 1)) | (
            (exact == "month") & (day.dt.day > 1)
        )
        text = f"known to the {{{precision}}}, so write its first day, or the precision day"
        yield from report(table, rows[whole & day.notna()], column, text)
        text = f"{column} without its precision: say day, month or year"
        yield from report(table, rows[day.notna() & exact.isna()], precision, text)
        text = f"a precision without {column}: give the date or empty the precision"
        yield from report(table, rows[day.isna() & exact.notna()], precision, text)


@rule
def key_fits_date(tables: Tables) -> Iterator[Fault]:
    """A key that holds a year or a day holds that of the row."""
    for table, key, column in DATED_KEYS:
        if table not in tables:
            continue
        rows = tables[table].dropna(subset=column)
        years = rows[column] if column == "order_year" else rows[column].dt.year
        own = _year_in(rows[key].mask(rows[key].str.startswith("mme-")))  # those are numbered
        text = f"the key {{{key}}} names another year: correct the date or rename the key"
        yield from report(table, rows[own.notna() & (own != years)], column, text)
        if table in EVENT_KEYS:
            own = _year_in(rows["name"])
            text = "the name {name} holds another year: correct the date or the name"
            yield from report(table, rows[own.notna() & (own != years)], column, text)
        if table == "clashes":
            day = pd.to_datetime(rows[key].str.extract(r"(\d{4}-\d\d-\d\d)$")[0])
            text = f"the key {{{key}}} names another day: correct the date or rename the key"
            yield from report(table, rows[(day != rows[column]) & day.notna()], column, text)
        elif "date_precision" in rows:
            text = f"the key {{{key}}} names another day: correct the date or rename the key"
            yield from report(table, rows[_another_day(rows, key, column)], column, text)


def _another_day(rows: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return whether the key names a day on which the event, known to the day, was not on."""
    day = pd.to_datetime(rows[key].str.extract(r"(\d{4}-\d\d-\d\d)(?!\d)")[0], errors="coerce")
    last = rows["date_end"].fillna(rows[column]) if "date_end" in rows else rows[column]
    return (rows["date_precision"] == "day") & ((day < rows[column]) | (day > last))


def _year_in(texts: pd.Series) -> pd.Series:
    """Return the first year from 1900 to 2099 in each text, missing where there is none."""
    return pd.to_numeric(texts.str.extract(r"(?<!\d)(?<!\d{4}-)((?:19|20)\d\d)(?!\d|-\d{4})")[0])


@rule
def source_is_later(tables: Tables) -> Iterator[Fault]:
    """What has happened is reported afterwards: some source is as late as the date.

    A text in a collection of laws bears the day of the act, and tells its entry into force later.
    """
    sources = tables["sources"].set_index("key")
    undated = sources["published"].isna() | (sources["kind"] == "dataset")
    published = sources["published"].mask(undated, pd.Timestamp.max.floor("D"))
    laws = published.mask(sources["kind"] == "primary", pd.Timestamp.max.floor("D"))
    ends = tables["organisations"].set_index("organisation")["ended"]
    for table, column, _, rows in _happened(tables):
        if (table, column) == ("memberships", "end"):  # a body that ends ends all memberships
            rows = rows[rows["end"] != rows["organisation"].map(ends)]
        keys = rows["source"].map(split_keys).explode()
        legal = column == "in_force_date" or table == "treaty_actions"
        newest = keys.map(laws if legal else published).groupby(level=0).max()
        rows = rows.assign(newest=newest)
        early = rows["newest"] < rows[column]
        text = "no source is as late as this: the newest is of {newest}; correct the date or cite"
        yield from report(table, rows[early], column, text + " a later source")


@rule
def sources_speak_of_the_past(tables: Tables) -> Iterator[Fault]:
    """Most dated sources of what was held were published when it began or later."""
    published = tables["sources"].set_index("key")["published"]
    for table in (*EVENT_KEYS, "clashes", "incidents"):
        if table not in tables:
            continue
        rows = tables[table]
        held = rows["date_precision"] == "day"
        if "status" in rows:
            held &= rows["status"] == "held"
        rows = rows[held]
        days = rows["source"].map(split_keys).explode().map(published).dropna()
        early = days < rows["date_start"].reindex(days.index) - pd.Timedelta(days=3)
        share = early.groupby(level=0).agg(["mean", "count"])
        doubtful = share.index[(share["mean"] > 0.5) & (share["count"] > 1)]
        text = "most sources were published before it: correct the date, or cite who was there"
        yield from report(table, rows[rows.index.isin(doubtful)], "date_start", text)


@rule
def acts_of_one_day_agree(tables: Tables) -> Iterator[Fault]:
    """States join, leave or sign together: two such days next to each other are one."""
    for table, columns, column, precision, apart in NEAR:
        if table not in tables:
            continue
        rows = tables[table]
        exact = rows[(rows[precision] == "day") & rows[column].notna()]
        if exact.empty:
            continue
        group = exact.groupby(columns)[column]
        usual = group.transform(lambda days: days.mode()[0])
        far = (exact[column] - usual).abs()
        near = exact.assign(usual=usual)[(far > pd.Timedelta(0)) & (far <= apart)]
        text = "other states have {usual} for the same: correct one of the two"
        yield from report(table, near, column, text)


@rule
def before_closing_date(tables: Tables) -> Iterator[Fault]:
    """Nothing has happened after the newest page was published."""
    closing = newest_page(tables["sources"])
    ends = [(table, "date_end") for table in (*EVENT_KEYS, "clashes", "incidents")]
    days = [(table, column, rows) for table, column, _, rows in _happened(tables)]
    for table, column in ends:
        if table in tables:
            rows = tables[table]
            held = rows["status"] == "held" if "status" in rows else rows[column].notna()
            days.append((table, column, rows[held]))
    if "arms_reports" in tables:
        rows = tables["arms_reports"]
        far = rows["date"] > closing + pd.DateOffset(years=5)
        yield from report("arms_reports", rows[far], "date", "no plan reaches so far: correct it")
    for table, column, rows in days:
        text = f"after the closing date {closing:%Y-%m-%d}: it cannot be known yet"
        yield from report(table, rows[rows[column] > closing], column, text)


@rule
def source_is_not_before_its_key(tables: Tables) -> Iterator[Fault]:
    """A source whose key holds a year was not published in a year before it."""
    rows = tables["sources"]
    years = pd.to_numeric(rows["key"].str.extract(r"^[a-z]+((?:19\d|20[0-2])\d)(?!\d)")[0])
    early = rows["published"].dt.year < years
    text = "before the year of the key {key}: correct the date or rename the key"
    yield from report("sources", rows[early], "published", text)


@rule
def covered_table_has_rows(tables: Tables) -> Iterator[Fault]:
    """A table of which the table `coverage` speaks has rows."""
    rows = tables["coverage"]
    empty = [name in tables and tables[name].empty for name in rows["table"]]
    text = "{table}.csv has no row: restore it with git, or take out this one"
    yield from report("coverage", rows[empty], "table", text)


@rule
def within_coverage(tables: Tables) -> Iterator[Fault]:
    """No row lies outside the years that the table `coverage` states for its table."""
    spans = tables["coverage"].groupby("table").agg({"year_from": "min", "year_to": "max"})
    for table, column in [
        ("meetings", "date_start"),
        ("body_meetings", "date_start"),
        ("exercises", "date_start"),
        ("clashes", "date_start"),
        ("clash_figures", "as_of"),
        ("incidents", "date_start"),
        ("milestones", "date"),
        ("border_progress", "date"),
        ("arms_reports", "date"),
        ("foreign_presence", "start"),
        ("foreign_presence", "end"),
        ("treaty_actions", "date"),
        ("arms_transfers", "delivery_year"),
        ("military_spending", "year"),
        ("conflict_deaths", "year"),
    ]:
        part = "treaties" if table == "treaty_actions" else table
        if table not in tables or part not in spans.index:
            continue
        rows = tables[table].dropna(subset=column)
        years = rows[column].dt.year if rows[column].dtype.kind == "M" else rows[column]
        first, last = spans.loc[part, "year_from"], spans.loc[part, "year_to"]
        text = f"outside {first} to {last}, the years in coverage.csv: correct one of the two"
        yield from report(table, rows[(years < first) | (years > last)], column, text)


@rule
def state_existed(tables: Tables) -> Iterator[Fault]:
    """No state acts before its independence."""
    born = pd.to_datetime(pd.Series(INDEPENDENCE))
    days = [rows[["date_start"]].assign(event=rows[key]) for _, key, rows in events_of(tables)]
    seen: list[tuple[str, str, str, str]] = [
        ("memberships", "state", "start", "start_precision"),
        ("treaty_actions", "state", "date", "date_precision"),
        ("foreign_presence", "host", "start", "start_precision"),
        ("clashes", "state_a", "date_start", "date_precision"),
        ("clashes", "state_b", "date_start", "date_precision"),
        ("incidents", "state", "date_start", "date_precision"),
        ("arms_reports", "recipient", "date", "date_precision"),
    ]
    if "treaties" in tables:
        rows = tables["treaties"]
        codes = rows["treaty"].str.upper().str.split("-")
        rows = rows.assign(born=codes.map(lambda words: born.reindex(words).max()))
        early = latest(rows["date_opened"], rows["date_precision"]) < rows["born"]
        text = "a state of the key {treaty} was independent from {born} only"
        yield from report("treaties", rows[early], "date_opened", text)
    for table, state, column, precision in seen:
        if table in tables:
            rows = tables[table]
            rows = rows.assign(born=rows[state].map(born))
            early = latest(rows[column], rows[precision]) < rows["born"]
            text = f"{{{state}}} was independent from {{born}} only"
            yield from report(table, rows[early], column, text)
    if days and "participation" in tables:
        start = pd.concat(days).drop_duplicates("event").set_index("event")["date_start"]
        rows = tables["participation"]
        rows = rows.assign(born=rows["state"].map(born), day=rows["event"].map(start))
        text = "{event} is of {day}, and {state} was independent from {born} only"
        yield from report("participation", rows[rows["day"] < rows["born"]], "state", text)
