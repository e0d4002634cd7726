"""Contradictions of the names on maps, and of the borders that outlines follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casi.contradictions.base import Fault, Tables, report, rule
from casi.contradictions.reference import inside

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
