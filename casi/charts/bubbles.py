"""Charts of points: dated statements, a map of places.

Each figure returned carries its numbers and a description (`chart.carry`).
"""

from __future__ import annotations

from math import sqrt

import pandas as pd
import plotly.graph_objects as go

from casi.charts import base_map
from casi.charts.basic import SYMBOLS
from casi.charts.chart import carry
from casi.charts.palette import INK
from casi.text import date, listing

BIGGEST = 30  # pixels, the diameter of the largest bubble


def statements(table: pd.DataFrame, colours: dict[str, str], *, unit: str = "%") -> go.Figure:
    """Draw dated statements of a number as points, one series a kind of statement.

    Args:
        table: one row a statement; columns `date` (datetime), `value` (number), `group`, `who`
            (who said it).
        colours: a colour for each value of `group`; the marker follows the order of the groups.
        unit: written behind each number.
    """
    figure = go.Figure()
    groups = [group for group in colours if group in set(table["group"])]
    for symbol, group in zip(SYMBOLS, groups, strict=False):
        rows = table[table["group"] == group].sort_values("date")
        figure.add_scatter(
            name=group,
            x=[f"{day:%Y-%m-%d}" for day in rows["date"]],
            y=rows["value"].tolist(),
            mode="markers",
            marker={"color": colours[group], "size": 11, "symbol": symbol},
            customdata=[
                f"{value:g}{unit}, {who}"
                for value, who in zip(rows["value"], rows["who"], strict=True)
            ],
            hovertemplate="%{x}: %{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(showlegend=len(groups) > 1)
    figure.update_xaxes(type="date")
    figure.update_yaxes(rangemode="tozero", ticksuffix=unit)
    sentences = [
        f"{group}: {listing(_statement(row, unit) for row in rows.itertuples())}"
        for group, rows in table.sort_values("date").groupby("group", sort=False)
    ]
    return carry(figure, f"Points on a time axis. {'. '.join(sentences)}.", _listed(table))


def place_map(
    places: pd.DataFrame, outlines: pd.DataFrame, labels: pd.DataFrame, colours: dict[str, str]
) -> go.Figure:
    """Draw counts by place as bubbles on a map with names and a key of sizes.

    Args:
        places: index the name of the place; columns `lat`, `lon` (decimal degrees) and then one
            column a series, the first the whole and each further one a part of it.
        outlines: the table `outlines`.
        labels: the table `map_labels`.
        colours: a colour for each series.
    """
    series = [column for column in places.columns if column not in ("lat", "lon")]
    places = places.sort_values([series[0], "lat"], ascending=False)
    most = places[series].max(axis=None)
    figure = go.Figure()
    for column in series:
        rows = places[places[column] > 0]
        figure.add_scatter(
            name=column,
            x=rows["lon"].tolist(),
            y=rows["lat"].tolist(),
            mode="markers",
            marker={
                "color": colours[column],
                "opacity": 0.75,
                "size": [bubble(count, most) for count in rows[column]],
            },
            customdata=[f"{name} {count}" for name, count in rows[column].items()],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(shapes=base_map.land(outlines))
    base_map.names(figure, base_map.shown(labels, outlines), bubbles=True)
    base_map.frame(figure, outlines, 500)
    _add_size_key(figure, int(most))
    largest = listing(f"{name} {count}" for name, count in places[series[0]].head(8).items())
    rows = [[name, *counts] for name, *counts in places[[*series, "lat", "lon"]].itertuples()]
    numbers = {"columns": ["Place", *series, "Latitude", "Longitude"], "format": "", "rows": rows}
    text = f"Bubbles on a map of {len(places)} places. Largest, {series[0].lower()}: {largest}."
    return carry(figure, text, numbers | {"format": "g"})


def bubble(count: int, most: int) -> float:
    """Return the diameter in pixels of a bubble whose area stands for a count."""
    return round(BIGGEST * sqrt(count / most), 1)


def key_sizes(most: int) -> list[int]:
    """Return the two or three counts that a key of bubbles shows: one, about half and the most."""
    return sorted({1, max(1, round(most / 2)), most})


def _add_size_key(figure: go.Figure, most: int) -> None:
    """Draw bubbles with their numbers in the upper right corner of a map."""
    counts = key_sizes(most)
    east, north = figure.layout.xaxis.range[1], figure.layout.yaxis.range[1]
    x = [east - 1.6 - 3.2 * step for step in reversed(range(len(counts)))]
    hidden = {"hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(
        name="Key of sizes",
        x=x,
        y=[north - 1.4] * len(counts),
        mode="markers",
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": INK, "width": 1},
            "size": [bubble(count, most) for count in counts],
        },
        **hidden,
    )
    figure.add_scatter(
        name="Numbers of the key",
        x=x,
        y=[north - 2.8] * len(counts),
        mode="text",
        text=[str(count) for count in counts],
        textfont={"color": INK, "size": 12},
        **hidden,
    )


def _statement(row, unit: str) -> str:
    return f"{row.value:g}{unit} on {date(row.date)} ({row.who})"


def _listed(table: pd.DataFrame) -> dict:
    rows = table.sort_values("date")
    listed = zip(rows["date"], rows["value"], rows["group"], rows["who"], strict=True)
    return {
        "columns": ["Date", "Value", "Of what", "By whom"],
        "format": "g",
        "rows": [[f"{day:%Y-%m-%d}", *rest] for day, *rest in listed],
    }
