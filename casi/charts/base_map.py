"""What the maps have in common: land, lines between states, names, a frame in true proportions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from math import cos, radians

import pandas as pd
import plotly.graph_objects as go

from casi.charts.palette import INK, OUTLINE

LAND = "rgba(127,127,127,0.12)"  # on light and dark pages
MIDDLE_LATITUDE = 44  # degrees; there a degree of longitude is drawn in its true proportion
FONTS: dict[str, dict] = {
    "state": {"size": 14, "weight": 600},
    "neighbour": {"size": 13},
    "capital": {"size": 12},
    "sea": {"size": 12, "style": "italic"},
}
BESIDE = {
    "centre": "middle center",
    "right": "middle right",
    "top left": "top left",
    "top": "top center",
    "bottom": "bottom center",
}
Points = list[tuple[float, float]]


def stretches(outlines: pd.DataFrame) -> list[tuple[str, str, Points]]:
    """Cut the outlines where the land border that they follow begins or ends.

    Args:
        outlines: the table `outlines`.

    Returns:
        The state, the border (empty along a coast) and the points, longitude and latitude, of
        each stretch.
    """
    found = []
    for (state, _), ring in outlines.groupby(["state", "ring"], sort=False):
        points = list(zip(ring["lon"], ring["lat"], strict=True))
        ends = [*points[1:], points[0]]
        steps = zip(ring["border"].fillna(""), points, ends, strict=True)
        for border, part in groupby(steps, key=lambda step: step[0]):
            lines = list(part)
            found.append((str(state), str(border), [lines[0][1], *(end for *_, end in lines)]))
    return found


def border_lines(outlines: pd.DataFrame) -> dict[str, list[Points]]:
    """Return the lines of each land border, from the side that has more points, with its enclaves.

    Args:
        outlines: the table `outlines`.
    """
    sides: dict[str, dict[str, list[Points]]] = {}
    for state, border, points in stretches(outlines):
        if border:
            sides.setdefault(border, {}).setdefault(state, []).append(points)
    return {border: max(side.values(), key=_count) for border, side in sorted(sides.items())}


def middle(lines: list[Points]) -> tuple[float, float]:
    """Return the point halfway along the longest of several lines."""
    longest = max(lines, key=_length)
    half, gone = _length(longest) / 2, 0.0
    for (x, y), (next_x, next_y) in pairwise(longest):
        step = _length([(x, y), (next_x, next_y)])
        if gone + step >= half:
            part = (half - gone) / step
            return x + part * (next_x - x), y + part * (next_y - y)
        gone += step
    return longest[-1]


def joined(lines: list[Points]) -> tuple[list[float | None], list[float | None]]:
    """Return the longitudes and latitudes of several lines as one, with a gap between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for points in lines:
        x += [*(lon for lon, _ in points), None]
        y += [*(lat for _, lat in points), None]
    return x[:-1], y[:-1]


def land(outlines: pd.DataFrame, *, coasts: bool = False) -> list[dict]:
    """Return shapes that fill the states and draw their outlines.

    Args:
        outlines: the table `outlines`.
        coasts: draw the outlines along coasts only, since the borders are drawn apart.
    """
    below = {"type": "path", "layer": "below", "line": {"color": OUTLINE, "width": 1}}
    rings = outlines.groupby(["state", "ring"], sort=False)
    paths = [f"{_path(zip(ring['lon'], ring['lat'], strict=True))}Z" for _, ring in rings]
    if not coasts:
        return [below | {"path": path, "fillcolor": LAND} for path in paths]
    filled = [below | {"path": path, "fillcolor": LAND, "line": {"width": 0}} for path in paths]
    open_lines = [points for _, border, points in stretches(outlines) if not border]
    return [*filled, *(below | {"path": _path(points)} for points in open_lines)]


def names(figure: go.Figure, labels: pd.DataFrame, *, bubbles: bool = False) -> None:
    """Write names on a map; a capital has a square.

    Args:
        figure: the map.
        labels: rows of the table `map_labels`.
        bubbles: keep the names of capitals clear of bubbles on them.
    """
    for kind, rows in labels.groupby("kind", sort=False):
        capital = kind == "capital"
        gap = "\u00a0" * (3 if not capital else 4 if bubbles else 1)
        figure.add_scatter(
            name=f"Names, {kind}",
            x=rows["lon"].tolist(),
            y=rows["lat"].tolist(),
            mode="markers+text" if capital else "text",
            marker={"color": INK, "size": 5, "symbol": "square"} if capital else None,
            text=[
                _spaced(name, side, gap)
                for name, side in zip(rows["name"], rows["side"], strict=True)
            ],
            textposition=[BESIDE[side] for side in rows["side"]],
            textfont={"color": INK} | FONTS[str(kind)],
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )


def frame(figure: go.Figure, outlines: pd.DataFrame, height: int) -> None:
    """Set the axes of a map: no ticks, a degree of margin, true proportions."""
    hidden = {"linecolor": "rgba(0,0,0,0)", "showgrid": False, "showticklabels": False, "ticks": ""}
    figure.update_layout(height=height)
    figure.update_xaxes(**hidden, range=_span(outlines["lon"]))
    figure.update_yaxes(
        **hidden,
        range=_span(outlines["lat"]),
        scaleanchor="x",
        scaleratio=1 / cos(radians(MIDDLE_LATITUDE)),
    )


def shown(labels: pd.DataFrame, outlines: pd.DataFrame) -> pd.DataFrame:
    """Return the names that belong on a map of some outlines: inside its frame, of states drawn.

    Args:
        labels: the table `map_labels`.
        outlines: the outlines drawn, rows of the table `outlines`.
    """
    (west, east), (south, north) = _span(outlines["lon"]), _span(outlines["lat"])
    within = labels["lon"].between(west, east) & labels["lat"].between(south, north)
    own = ~labels["kind"].isin(["state", "capital"]) | labels["state"].isin(outlines["state"])
    return labels[within & own]


def _spaced(name: str, side: str, gap: str) -> str:
    """Return a name with hard spaces on the side of its point."""
    return {"top left": name + gap, "right": gap + name}.get(side, name)


def _span(degrees: pd.Series) -> list[float]:
    return [float(degrees.min()) - 1, float(degrees.max()) + 1]


def _path(points: Iterable[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{x:g},{y:g}' for x, y in points)}"


def _count(lines: list[Points]) -> int:
    return sum(map(len, lines))


def _length(points: Points) -> float:
    """Return the length of a line in degrees of latitude."""
    width = cos(radians(MIDDLE_LATITUDE))
    return sum(
        ((width * (b[0] - a[0])) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in pairwise(points)
    )
