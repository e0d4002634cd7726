"""Make `outlines` of Natural Earth's countries at 1:50m, `ne_50m_admin_0_countries.zip`.

Outlines are simplified (Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727). Each step of an
outline is given the border along which most of it runs, found by the lines that two states share.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from math import dist
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casi.importers.base import Draft, Edition, Import, ImportFault, day
from casi.importers.names import code
from casi.states import FIVE
from casi.tables import describe

LAYER = "ne_50m_admin_0_countries"
NAME = "ADMIN"  # the column with the name of a state
DRAWN = (*FIVE, "AZE")  # only the five have their borders named
TOLERANCE = 0.04  # degrees by which a line may leave the published one
DIGITS = 2  # decimals of degrees in the table
FEWEST = 4  # points of a ring; islands with fewer are left out
Point = tuple[float, float]
Ring = list[Point]  # its first point is its last too


class Archive(NamedTuple):
    """What an archive holds: polygons of each state by code, the version, the day it was made.

    A polygon is a list of rings, the outer one first, then those of holes such as enclaves.
    """

    polygons: dict[str, list[list[Ring]]]
    version: str
    made: date


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Make the outlines of a version of Natural Earth.

    Args:
        paths: the archive.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if the file is no such archive, is older than the table, or a state borders
            another than `border_segments` says.
    """
    if len(paths) != 1:
        raise ImportFault([f"give one archive, not {len(paths)}: two editions never mix"])
    archive = read(paths[0])
    before = describe("outlines")["edition"]
    if _numbers(archive.version) < _numbers(before):
        raise ImportFault([f"outlines: holds {before}, the file version {archive.version}"])
    rows = table(archive.polygons, old["outlines"])
    if foreign := sorted(set(rows["border"]) - {"", *old["border_segments"].index}):
        raise ImportFault(
            [f"{paths[0].name}: {', '.join(foreign)}: no row of border_segments; enter it first"]
        )
    edition = Edition(
        key="naturalearth50m",
        name=f"version {archive.version}",
        title=f"Admin 0 countries, 1:50m, version {archive.version}",
        author="Natural Earth",
        url="https://www.naturalearthdata.com/",
        group="naturalearth",
        year=archive.made.year,
        extracted=archive.made,
        version=archive.version,
    )
    remark = f"made by the publisher on {day(archive.made)}; after `make chapters` look at the maps"
    return Import((Draft("outlines", rows, (edition,), edition.name),), (remark,))


def read(path: Path) -> Archive:
    """Read the archive as downloaded.

    Raises:
        ImportFault: if it is another layer or scale, or its unit is not degrees of WGS 84.
    """
    import shapefile

    try:
        with zipfile.ZipFile(path) as archive:
            names = {Path(name).name: name for name in archive.namelist()}
            wanted = [f"{LAYER}.{end}" for end in ("shp", "dbf", "prj", "VERSION.txt")]
            if missing := [name for name in wanted if name not in names]:
                raise ImportFault([f"{path.name}: no {', '.join(missing)}; take {LAYER}.zip"])
            shp, dbf, prj, version = (archive.read(names[name]) for name in wanted)
            made = date(*archive.getinfo(names[wanted[0]]).date_time[:3])
    except zipfile.BadZipFile as error:
        raise ImportFault([f"{path.name}: no archive; take {LAYER}.zip as downloaded"]) from error
    if b"WGS_1984" not in prj or b"Degree" not in prj:
        raise ImportFault([f"{path.name}: unknown unit: not in degrees of WGS 84"])
    polygons = {}
    with shapefile.Reader(shp=io.BytesIO(shp), dbf=io.BytesIO(dbf), encoding="utf-8") as reader:
        if NAME not in {field[0] for field in reader.fields}:
            raise ImportFault([f"{path.name}: no column {NAME!r}; the form has changed"])
        for shape in reader.iterShapeRecords():
            if state := code(shape.record[NAME]):
                polygons[state] = _polygons(shape.shape.__geo_interface__)
    if absent := [state for state in DRAWN if state not in polygons]:
        raise ImportFault([f"{path.name}: no outline of {', '.join(absent)}"])
    return Archive(polygons, version.decode().strip(), made)


def _polygons(shape: Mapping) -> list[list[Ring]]:
    single = shape["type"] == "Polygon"
    polygons = [shape["coordinates"]] if single else shape["coordinates"]
    return [
        [[(round(x, 5), round(y, 5)) for x, y in ring] for ring in polygon] for polygon in polygons
    ]


def table(polygons: Mapping[str, list[list[Ring]]], old: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `outlines` as text.

    Args:
        polygons: those of each state by code, neighbours included.
        old: the table as it stands, whose rings keep their numbers and first points.
    """
    sharing = defaultdict(set)
    for state, parts in polygons.items():
        for ring in chain.from_iterable(parts):
            for line in pairwise(ring):
                sharing[frozenset(line)].add(state)
    rows = []
    for state in sorted(DRAWN):
        own = old[old["state"] == state]
        starts = own[own["point"] == "1"][["lon", "lat"]].astype(float).to_numpy()
        outer = [polygon[0] for polygon in polygons[state]]
        placed = _in_order(outer, [(x, y) for x, y in starts])
        drawn = [steps for steps in map(_steps, placed) if len(steps) >= FEWEST]
        for place, steps in enumerate(drawn, 1):
            for point, step in enumerate(steps, 1):
                lon, lat = (f"{round(degrees, DIGITS):g}" for degrees in step[0])
                border = _border(state, step, sharing) if state in FIVE else ""
                rows.append((state, str(place), str(point), lon, lat, border))
    return pd.DataFrame(rows, columns=["state", "ring", "point", "lon", "lat", "border"])


def _in_order(rings: Sequence[Ring], starts: Sequence[Point]) -> list[Ring]:
    """Return clockwise rings, those nearest to the given points first, beginning there."""
    left, placed = [ring if _area(ring) < 0 else ring[::-1] for ring in rings], []
    for start in starts:
        if left:
            ring = min(left, key=lambda ring: min(dist(start, point) for point in ring))
            left.remove(ring)
            first = min(range(len(ring) - 1), key=lambda place: dist(start, ring[place]))
            placed.append([*ring[first:-1], *ring[: first + 1]])
    return placed + left


def _area(ring: Ring) -> float:
    """Return twice the area of a ring in square degrees, negative if it runs clockwise."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))


def _steps(ring: Ring) -> list[Ring]:
    """Return the parts of a ring that a simplified line replaces by straight steps."""
    middle = len(ring) // 2
    kept = [0, *_kept(ring, 0, middle), middle, *_kept(ring, middle, len(ring) - 1), len(ring) - 1]
    return [ring[start : end + 1] for start, end in pairwise(kept)]


def _kept(ring: Ring, start: int, end: int) -> Iterator[int]:
    """Yield the places between two that stay when the line is simplified, in order."""
    far = [(_offset(ring[at], ring[start], ring[end]), -at) for at in range(start + 1, end)]
    offset, at = max(far, default=(0.0, 0))
    if offset > TOLERANCE:
        yield from _kept(ring, start, -at)
        yield -at
        yield from _kept(ring, -at, end)


def _offset(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the straight line through two others, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = dist(start, end)
    return abs((x2 - x1) * (y1 - y) - (y2 - y1) * (x1 - x)) / length if length else dist(point, end)


def _border(state: str, step: Ring, sharing: Mapping[frozenset[Point], set[str]]) -> str:
    """Return the key of the border that most of a step follows; empty along a coast."""
    along: Counter[str] = Counter()
    for line in pairwise(step):
        for other in sharing[frozenset(line)] - {state} or {""}:
            along[other] += dist(*line)  # type: ignore[assignment]
    most = max(along, key=lambda other: along[other])
    return "-".join(sorted((state, most))).lower() if most else ""


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
