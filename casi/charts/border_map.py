"""A map of land borders, each drawn by its class: colour, width and dash together."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts import base_map, bubbles
from casi.charts.chart import carry
from casi.text import listing

LINES: list[
    dict[str, float | str]
] = [  # width in pixels and dash, if any, in the order of the classes
    {"width": 3.5},
    {"width": 1.5},
    {"width": 2.5, "dash": "dash"},
    {"width": 2.5, "dash": "dot"},
]

HEIGHT = 500  # pixels, at which the map is as wide as the page
EVENT_SHARE = 0.75  # of the size of bubbles on a map of bubbles alone
EVENT_LOOKS: list[dict] = [{"opacity": 0.7}, {"symbol": "circle-open", "line": {"width": 2}}]


def border_map(
    borders: pd.DataFrame,
    outlines: pd.DataFrame,
    labels: pd.DataFrame,
    colours: dict[str, str],
) -> go.Figure:
    """Draw the land borders of some states, each by its class.

    Args:
        borders: index `border`, as in the table `outlines`; columns `name` and `class`.
        outlines: the outlines drawn, rows of the table `outlines`.
        labels: the table `map_labels`.
        colours: a colour for each class, in the order of `LINES`.

    Raises:
        KeyError: if the outlines have no line of a border.
    """
    figure = go.Figure()
    lines = base_map.border_lines(outlines)
    for (name, colour), look in zip(colours.items(), LINES, strict=False):
        keys = borders.index[borders["class"] == name]
        if not len(keys):
            continue
        x, y = base_map.joined([line for key in keys for line in lines[key]])
        figure.add_scatter(
            name=f"{name}: {len(keys)}",
            x=x,
            y=y,
            mode="lines",
            line={"color": colour} | look,
            hoverinfo="skip",
        )
        middles = [base_map.middle(lines[key]) for key in keys]
        figure.add_scatter(
            name=name,
            x=[lon for lon, _ in middles],
            y=[lat for _, lat in middles],
            mode="markers",
            marker={"color": colour, "size": 14, "opacity": 0},  # a place to point at
            customdata=borders.loc[keys, "name"].tolist(),
            hovertext=[f"{borders.loc[key, 'name']}: {name.lower()}" for key in keys],
            hoverinfo="text",
            showlegend=False,
        )
    figure.update_layout(shapes=base_map.land(outlines, coasts=True))
    base_map.names(figure, base_map.shown(labels, outlines))
    base_map.frame(figure, outlines, HEIGHT)
    said = [
        f"{name}: {listing(rows['name'])}"
        for name in colours
        if len(rows := borders[borders["class"] == name])
    ]
    rows = borders[["name", "class"]].to_numpy().tolist()
    numbers = {"columns": ["Border", "State of settlement"], "format": "", "rows": rows}
    return carry(figure, f"A map of {len(borders)} land borders. {'. '.join(said)}.", numbers)


def add_events(figure: go.Figure, places: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """Draw counts by place over a map of borders: discs for one series, rings for another.

    Args:
        figure: what `border_map` returned.
        places: index the name of the place; columns `lat`, `lon` (decimal degrees) and two series.
        colours: a colour for each series.
    """
    series = [column for column in places.columns if column not in ("lat", "lon")]
    most = int(places[series].max(axis=None))
    for column, look in zip(series, EVENT_LOOKS, strict=True):
        rows = places[places[column] > 0]
        sizes = [round(EVENT_SHARE * bubbles.bubble(count, most), 1) for count in rows[column]]
        figure.add_scatter(
            name=f"{column}: {int(rows[column].sum())}",
            x=rows["lon"].tolist(),
            y=rows["lat"].tolist(),
            mode="markers",
            marker={"color": colours[column], "size": sizes} | look,
            customdata=[f"{name} {count:g}" for name, count in rows[column].items()],
            hovertemplate=f"%{{customdata}}<extra>{column}</extra>",
        )
    drawn = figure.layout.meta
    said = [
        f"{column} by place: "
        + listing(f"{name} {count:g}" for name, count in known.sort_values(ascending=False).items())
        for column in series
        if len(known := places.loc[places[column] > 0, column])
    ]
    table = drawn["table"]
    counts = places[series].astype(object).where(places[series] > 0, None)
    numbers = {
        "columns": ["Border or place", table["columns"][1], *series],
        "format": ",.0f",
        "rows": [
            *([*row, *[None] * len(series)] for row in table["rows"]),
            *([name, None, *row] for name, *row in counts.itertuples()),
        ],
    }
    return carry(figure, f"{drawn['alt']} {'. '.join(said)}.", numbers)
