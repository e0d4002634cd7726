"""Read UCDP's Georeferenced Event Dataset (GED), and name clashes that the record lacks.

No table is made of it: `conflict_deaths` has its sums by year, and the rows of `clashes` rest on
reports that a reader can open. An event that `clashes` lacks is a lead to such reports.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from casi.importers.base import ImportFault, day, require_columns
from casi.importers.names import code
from casi.record.on_day import last_possible_day
from casi.states import FIVE

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name"),
    *("dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date"),
    *("source_headline", "source_original", "where_prec", "where_coordinates"),
    *("where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec"),
    *("date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low", "gwnoa", "gwnob"),
)
READ = (
    *("id", "year", "type_of_violence", "side_a", "side_b", "where_description", "date_prec"),
    *("date_start", "date_end", "best"),
)
NAME = re.compile(r"v(\d\d)_(\d+)(?:_\d+)?", re.IGNORECASE)  # of the file: v25_1, v26_0_9
GOVERNMENT = "Government of "
STATE_BASED = "1"
WEEK = 3  # of date_prec: the event is known to the week at least
FIRST_YEAR = 1991  # by which the data set begins


def is_events(path: Path) -> bool:
    """Tell whether a file is a table of events, by its head line."""
    return "date_start" in pd.read_csv(path, nrows=0).columns


def read(path: Path) -> tuple[pd.DataFrame, str]:
    """Return the events between two of the five states, with `a` and `b` (codes), and the version.

    Raises:
        ImportFault: if the file has another form, is no yearly version, or mixes two.
    """
    require_columns([*pd.read_csv(path, nrows=0).columns], COLUMNS, path.name)
    rows = pd.read_csv(path, usecols=list(READ), dtype="str", keep_default_na=False)
    version = _version(path, rows["year"].astype(int))
    if doubled := rows["id"][rows["id"].duplicated()].tolist():
        said = f"{path.name}: event {doubled[0]} twice: two editions never mix"
        raise ImportFault([f"{said}; take one file of the publisher"])
    rows = rows[rows["type_of_violence"] == STATE_BASED]
    for side in ("a", "b"):
        names = rows[f"side_{side}"]
        states = {
            name: code(name.removeprefix(GOVERNMENT))
            for name in names.unique()
            if name.startswith(GOVERNMENT)
        }
        rows = rows.assign(**{side: names.map(states)})
    return rows[rows["a"].isin(FIVE) & rows["b"].isin(FIVE)].reset_index(drop=True), version


def _version(path: Path, years: pd.Series) -> str:
    found = NAME.search(path.stem)
    if not found:
        raise ImportFault([f"{path.name}: names no version; keep its name, as GEDEvent_v26_1.csv"])
    version, last = f"{found[1]}.{found[2]}", 2000 + int(found[1]) - 1
    if found[2] == "0":
        said = "candidate events, which the publisher still revises"
        raise ImportFault([f"{path.name}: {said}; take the yearly version"])
    if years.min() > FIRST_YEAR or years.max() != last:
        said = f"events of {years.min()} to {years.max()}, not of 1989 to {last}"
        raise ImportFault([f"{path.name}: {said}; take the whole data set of one version"])
    return version


def unknown_clashes(events: pd.DataFrame, clashes: pd.DataFrame) -> list[str]:
    """Return a line for each event, known to the week, on whose days `clashes` has no row.

    Args:
        events: what `read` returns.
        clashes: the table as text.
    """
    first, last = (pd.to_datetime(clashes[name]) for name in ("date_start", "date_end"))
    last = last_possible_day(last.fillna(first), clashes["date_precision"])
    lines = []
    for event in events[events["date_prec"].astype(int) <= WEEK].itertuples(index=False):
        border = "-".join(sorted((event.a, event.b))).lower()
        start, end = (pd.Timestamp(text[:10]) for text in (event.date_start, event.date_end))
        own = (clashes["border"] == border) & (first <= end) & (last >= start)
        if not own.any():
            days = " to ".join(dict.fromkeys(day(moment) for moment in (start, end)))
            where = event.where_description
            lines.append(f"clashes has no row of {border}, {days}, {where}: {event.best} dead")
    return lines
