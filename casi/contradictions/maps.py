"""Contradictions of the names on maps, and of the borders that outlines follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule
from casi.contradictions.reference import inside

RING = ["state", "ring"]  # columns of one outline
SAME_TOWN = 0.1  # degrees between two points of one town
FARTHEST = 3  # degrees from the nearer of the two neighbours of a point on its outline


@rule
def outline_follows_own_border(tables: Tables) -> Iterator[Fault]:
    """An outline follows only borders of its own state, and each border has a line."""
    rows = tables["outlines"]
    along = rows[rows["border"].notna()]
    sides = tables["border_segments"].set_index("border")[["state_a", "state_b"]]
    named = sides.reindex(along["border"]).set_axis(along.index)
    foreign = (named["state_a"] != along["state"]) & (named["state_b"] != along["state"])
    yield from report("outlines", along[foreign], "border", "{border} is no border of {state}")
    segments = tables["border_segments"]
    missing = ~segments["border"].isin(along["border"])
    yield from report("border_segments", segments[missing], "border", "no outline follows it")


@rule
def outline_has_no_spike(tables: Tables) -> Iterator[Fault]:
    """No point of an outline is far from both its neighbours."""
    for _, ring in tables["outlines"].groupby(["state", "ring"]):
        steps = np.hypot(ring["lon"].diff(), ring["lat"].diff())
        lone = (steps > FARTHEST) & (steps.shift(-1) > FARTHEST)
        text = "far from the points beside it: correct lat or lon"
        yield from report("outlines", ring[lone], "lat", text)


@rule
def map_label_fits(tables: Tables) -> Iterator[Fault]:
    """A name on a map is that of its state, and stands in it; a neighbour's stands outside."""
    rows = tables["map_labels"]
    own = rows["kind"].isin(["state", "neighbour"])
    known = rows["state"].map(tables["states"].set_index("iso3")["name"])
    yield from report("map_labels", rows[own & (known != rows["name"])], "name", "not the state's")
    nameless = (rows["kind"] == "sea") != rows["state"].isna()
    yield from report("map_labels", rows[nameless], "state", "empty if and only if it is a sea")
    rings = [
        (state, ring[["lon", "lat"]].to_numpy())
        for (state, _), ring in tables["outlines"].groupby(["state", "ring"])
    ]
    for index, row in rows[rows["kind"] != "sea"].iterrows():
        lon, lat = row["lon"], row["lat"]
        around = {state for state, ring in rings if inside(lon, lat, ring)}
        if around != ({row["state"]} if row["kind"] != "neighbour" else set()):
            text = f"a {row['kind']} of {row['state']}: correct the point"
            yield Fault("map_labels", index, "lat", f"{lat}, {lon}", text)


@rule
def name_stands_where_it_belongs(tables: Tables) -> Iterator[Fault]:
    """A capital is at its place, with its name beside; neighbours and seas are in the frame.

    The name of a state may stand on its point or, where the state is small, beside it.
    """
    rows = tables["map_labels"]
    town = rows["kind"] == "capital"
    points = tables["places"].drop_duplicates(["name", "state"]).set_index(["name", "state"])
    pairs = pd.MultiIndex.from_frame(rows[["name", "state"]])
    for column in ("lat", "lon"):
        known = points[column].reindex(pairs).to_numpy()
        far = town & ~((rows[column] - known).abs() < SAME_TOWN)
        text = "not where places.csv has {name}: correct one of the two"
        yield from report("map_labels", rows[far], column, text)
        frame = tables["outlines"][column]
        outside = ~rows[column].between(frame.min(), frame.max())
        yield from report("map_labels", rows[outside], column, "outside the map: correct the point")
    wrong = (rows["kind"] != "state") & (town == (rows["side"] == "centre"))
    text = "the name of a capital stands beside its point, that of a sea or neighbour on it"
    yield from report("map_labels", rows[wrong], "side", text)


@rule
def sea_is_not_on_land(tables: Tables) -> Iterator[Fault]:
    """The name of a sea stands outside all outlines."""
    rows = tables["map_labels"]
    rings = [ring[["lon", "lat"]].to_numpy() for _, ring in tables["outlines"].groupby(RING)]
    for index, row in rows[rows["kind"] == "sea"].iterrows():
        if any(inside(row["lon"], row["lat"], ring) for ring in rings):
            yield Fault("map_labels", index, "lat", row["name"], "on land: correct the point")


@rule
def border_of_outline_is_in_one_piece(tables: Tables) -> Iterator[Fault]:
    """No single point of an outline lies on another border than both its neighbours."""
    rows = tables["outlines"].fillna({"border": ""})
    rings = rows.groupby(["state", "ring"])["border"]
    before, after = rings.shift(), rings.shift(-1)
    lone = (before == after) & (rows["border"] != before)
    text = "the points beside it are on another border: correct it"
    yield from report("outlines", rows[lone], "border", text)
