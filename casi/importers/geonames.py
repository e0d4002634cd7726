"""Renew the points of `places` and `map_labels` that are from GeoNames, by `allCountries.zip`.

A row is of GeoNames if its note begins with the number of the place there, as in `GeoNames 587084`.
Which place a row means was chosen by hand, and stays.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from casi.importers.base import Draft, Edition, Import, ImportFault, day, number
from casi.importers.names import from_iso2

COLUMNS = (  # of a GeoNames table, which has no head line
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude"),
    *("feature class", "feature code", "country code", "cc2", "admin1", "admin2", "admin3"),
    *("admin4", "population", "elevation", "dem", "timezone", "modification date"),
)
KEY = "geonames2026"  # chapters cite it, so that a later extraction keeps it
NUMBER = re.compile(r"GeoNames (\d+)")
TABLES = ("places", "map_labels")
DIGITS = 4  # decimals of degrees, about 10 m
CHUNK = 200_000  # lines of the 13 million that are held at a time


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Renew the points of the tables.

    Args:
        paths: the archive or the text file in it.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if the file is no such table, lacks a place, puts it in another state, or is
            older than the points.
    """
    if len(paths) != 1:
        raise ImportFault([f"give one file, not {len(paths)}: two editions never mix"])
    own = {name: numbered(old[name]) for name in TABLES}
    wanted = {key for keys in own.values() for key in keys}
    points, extracted = read(paths[0], wanted)
    known = old["sources"]["published"].get(KEY, "")
    if extracted.isoformat() < known:
        raise ImportFault([f"places: holds the points of {known}, the file those of {extracted}"])
    faults = [
        fault for name in TABLES for fault in _faults(old[name], own[name], points, paths[0].name)
    ]
    if faults:
        raise ImportFault(faults)
    edition = Edition(
        key=KEY,
        name=f"extraction of {day(extracted)}",
        title=f"GeoNames geographical database, extraction of {day(extracted)} (CC BY 4.0)",
        author="GeoNames",
        url="https://www.geonames.org/",
        group="geonames",
        year=extracted.year,
        extracted=extracted,
    )
    return Import(
        tuple(
            Draft(name, moved(old[name], own[name], points), (edition,), edition.name, partial=True)
            for name in TABLES
        )
    )


def numbered(table: pd.DataFrame) -> pd.Series:
    """Return the numbers at GeoNames of the rows that have their point from there."""
    rows = table[table["source"] == KEY]
    return rows["note"].str.extract(NUMBER, expand=False).dropna()


def read(path: Path, wanted: Iterable[str]) -> tuple[pd.DataFrame, date]:
    """Return the places with the wanted numbers, by number, and the day of the last edit.

    Raises:
        ImportFault: if the file has another form.
    """
    kept, last = [], ""
    for part in _parts(path):
        kept.append(part[part["geonameid"].isin(set(wanted))])
        last = max(last, part["modification date"].max())
    points = pd.concat(kept).set_index("geonameid")
    if doubled := sorted(points.index[points.index.duplicated()]):
        raise ImportFault([f"{path.name}: {', '.join(doubled)} twice: two editions never mix"])
    degrees = points[["latitude", "longitude"]].apply(pd.to_numeric, errors="coerce")
    wrong = ~(degrees["latitude"].abs().le(90) & degrees["longitude"].abs().le(180))
    if wrong.any():
        raise ImportFault([f"{path.name}: {key}: no degrees" for key in points.index[wrong]])
    return points.assign(**degrees), date.fromisoformat(last)


def _parts(path: Path) -> Iterator[pd.DataFrame]:
    try:
        with zipfile.ZipFile(path) as archive:
            name = next((name for name in archive.namelist() if Path(name).stem == path.stem), "")
            if not name:
                raise ImportFault([f"{path.name}: no {path.stem}.txt in it; take it as downloaded"])
            with archive.open(name) as file:
                yield from _chunks(file, path)
    except zipfile.BadZipFile:
        with path.open("rb") as file:
            yield from _chunks(file, path)


def _chunks(file, path: Path) -> Iterator[pd.DataFrame]:
    cells = len(file.readline().split(b"\t"))
    if cells != len(COLUMNS):
        said = f"{path.name}: {cells} columns, not {len(COLUMNS)}"
        raise ImportFault([f"{said}; the form of the publisher has changed"])
    file.seek(0)
    form = {"sep": "\t", "quoting": csv.QUOTE_NONE, "dtype": "str", "keep_default_na": False}
    yield from pd.read_csv(file, names=COLUMNS, chunksize=CHUNK, encoding="utf-8", **form)


def _faults(table: pd.DataFrame, own: pd.Series, points: pd.DataFrame, name: str) -> Iterator[str]:
    for key, place in own.items():
        if place not in points.index:
            yield f"{name}: no place {place} ({key}); take allCountries.zip or another place"
            continue
        state = from_iso2(points["country code"][place])
        if state != table["state"][key]:
            yield f"{name}: {place} ({key}) is in {state}, not in {table['state'][key]}"


def moved(table: pd.DataFrame, own: pd.Series, points: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the points as GeoNames has them now, other rows as they stand."""
    table = table.copy()
    for column, degrees in [("lat", "latitude"), ("lon", "longitude")]:
        now = own.map(points[degrees]).round(DIGITS)
        changed = now[now != table.loc[own.index, column].astype(float)]
        table.loc[changed.index, column] = [number(value, DIGITS) for value in changed]
    return table.reset_index(drop=True)
