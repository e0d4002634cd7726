"""What the search of the record offers: names of states in two languages, levels, a map."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians
from typing import Any

import pandas as pd
from babel import Locale
from babel.core import get_global

from casi.record.lookup import LEVELS
from casi.states import FIVE
from casi.tables import load

WIDTH = 600  # of the map, in its own units
MARGIN = 1.0  # degrees around the outlines
UNLISTED = [  # kinds that the search of the book does not list: numbers, and parts of treaties
    *("Arms deal", "Arms deliveries", "Border statement", "Clash figure", "Conflict deaths"),
    *("Military spending", "Obligation", "Reported figure", "Treaty step"),
]
MIDDLE_LATITUDE = 44  # degrees; there a degree of longitude is drawn in its true proportion


def options() -> dict[str, Any]:
    """Return what filters and views of the table `timeline.events` need.

    Returns:
        `states` (names by code, the five first, then Azerbaijan, then by name), `names` (groups
        of names of the same state: its code, in English, in Russian), `unlisted` (`UNLISTED`),
        `levels` (in order of rank) and `map` (`map_of`).
    """
    states = load("states").sort_values("name").set_index("iso3")["name"]
    first = [*FIVE, "AZE"]
    order = [*first, *(code for code in states.index if code not in first)]
    return {
        "states": {code: states[code] for code in order},
        "names": [[code, states[code], *_russian(code)] for code in order],
        "unlisted": UNLISTED,
        "levels": ["contingent", *LEVELS.values(), "level not known", "part not known"],
        "map": map_of(load("outlines"), load("places"), load("map_labels")),
    }


def map_of(outlines: pd.DataFrame, places: pd.DataFrame, labels: pd.DataFrame) -> dict[str, Any]:
    """Return a map in its own units: x to the east, y to the south.

    Args:
        outlines: the table `outlines`.
        places: the table `places`.
        labels: the table `map_labels`.

    Returns:
        `width` and `height`; `land` (a path of SVG for each ring); `labels` (x, y, name); `places`
        (x, y and name by key): those of the table inside the frame, and a point on each border,
        whose key begins with `border-`.
    """
    at = _projection(outlines)
    height = round(at(outlines["lon"].min() - MARGIN, outlines["lat"].min() - MARGIN)[1])
    rings = outlines.groupby(["state", "ring"], sort=False)
    known = places.dropna(subset=["lat", "lon"]).set_index("place")
    points = {str(key): [*at(row["lon"], row["lat"]), row["name"]] for key, row in known.iterrows()}
    points = {key: p for key, p in points.items() if 0 <= p[0] <= WIDTH and 0 <= p[1] <= height}
    names = load("states").set_index("iso3")["name"]
    for border, lon, lat in _border_points(outlines):
        sides = "–".join(names[code] for code in border.upper().split("-"))
        points[f"border-{border}"] = [*at(lon, lat), f"{sides} border"]
    shown = labels[labels["kind"].isin(["state", "neighbour"])]
    return {
        "width": WIDTH,
        "height": height,
        "land": [_path(at, ring) for _, ring in rings],
        "labels": [[*at(row.lon, row.lat), row.name] for row in shown.itertuples(index=False)],
        "places": points,
    }


def _projection(outlines: pd.DataFrame) -> Callable[[float, float], tuple[float, float]]:
    """Return the function that turns longitude and latitude into x and y."""
    west, east = outlines["lon"].min() - MARGIN, outlines["lon"].max() + MARGIN
    north = outlines["lat"].max() + MARGIN
    scale = WIDTH / (east - west)
    stretch = scale / cos(radians(MIDDLE_LATITUDE))
    return lambda lon, lat: (
        round(float(lon - west) * scale, 1),
        round(float(north - lat) * stretch, 1),
    )


def _border_points(outlines: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return for each border the point of its line that is nearest to the middle of all."""
    found = []
    for border, line in outlines.dropna(subset="border").groupby("border"):
        off = (line["lon"] - line["lon"].mean()) ** 2 + (line["lat"] - line["lat"].mean()) ** 2
        point = line.loc[off.idxmin()]
        found.append((str(border), point["lon"], point["lat"]))
    return found


def _path(at, ring: pd.DataFrame) -> str:
    points = [at(lon, lat) for lon, lat in zip(ring["lon"], ring["lat"], strict=True)]
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in points)}Z"


def _russian(code: str) -> list[str]:
    """Return the name of a state in Russian, as the Unicode CLDR has it; none if it lacks it."""
    territory = get_global("territory_aliases").get(code, [code])[0]
    name = Locale("ru").territories.get(territory)
    return [name] if name else []
