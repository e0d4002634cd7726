"""Maps of the outlines in `data/outlines.csv`, filled by a number a state.

Plotly's own choropleth asks its publisher for a map of the world, so these are drawn as filled
lines, which every edition of the book can show.
"""

from __future__ import annotations

from math import cos, radians

import pandas as pd
import plotly.graph_objects as go
from coloraide import Color

from casi.charts.chart import carry
from casi.charts.palette import INK, STATE_COLOURS, text_on
from casi.text import listing

LIGHTEST, DARKEST = "#DCE6F7", STATE_COLOURS["KAZ"]
UNKNOWN = "#EDEDED"
HEIGHT = 500


def choropleth(
    values: pd.Series, outlines: pd.DataFrame, names: dict[str, str], *, form: str = ",.0f"
) -> go.Figure:
    """Draw a map of states, each darker the higher its number; unknown is grey and says so.

    Args:
        values: a number a state, by its ISO 3166-1 alpha-3 code; missing is unknown.
        outlines: the table `outlines`.
        names: name of each state by its code.
        form: how numbers are written, as a format specification.
    """
    figure = go.Figure()
    shade = _shades(values)
    for state, rows in outlines.groupby("state", sort=False):
        value = values.get(state)
        text = "unknown" if pd.isna(value) else format(value, form)
        x, y = _rings(rows)
        figure.add_scatter(
            name=names[state],
            x=x,
            y=y,
            mode="lines",
            fill="toself",
            fillcolor=shade.get(state, UNKNOWN),
            line={"color": INK, "width": 1},
            hovertemplate=f"{text}<extra>{names[state]}</extra>",
            showlegend=False,
        )
        figure.add_annotation(
            x=(rows["lon"].min() + rows["lon"].max()) / 2,
            y=(rows["lat"].min() + rows["lat"].max()) / 2,
            text=f"{state}<br>{text}",
            showarrow=False,
            font={"color": text_on(shade.get(state, UNKNOWN))},
        )
    hidden = {"linecolor": "rgba(0,0,0,0)", "showgrid": False, "showticklabels": False, "ticks": ""}
    hidden |= {"zeroline": False}
    figure.update_layout(height=HEIGHT)
    figure.update_xaxes(**hidden)
    ratio = 1 / cos(radians(float(outlines["lat"].mean())))
    figure.update_yaxes(**hidden, scaleanchor="x", scaleratio=ratio)
    return carry(figure, *_words(values, list(dict.fromkeys(outlines["state"])), names, form))


def _shades(values: pd.Series) -> dict[str, str]:
    known = values.dropna()
    low, high = known.min(), known.max()
    scale = Color.interpolate([LIGHTEST, DARKEST], space="oklab")
    parts = (known - low) / (high - low) if high > low else known * 0 + 1
    return {
        str(state): scale(float(part)).convert("srgb").to_string(hex=True, upper=True)
        for state, part in parts.items()
    }


def _rings(rows: pd.DataFrame) -> tuple[list, list]:
    """Return the outline of a state as one line, its rings apart by a gap."""
    x: list[float | None] = []
    y: list[float | None] = []
    for _, ring in rows.groupby("ring", sort=False):
        x += [*ring["lon"], ring["lon"].iloc[0], None]
        y += [*ring["lat"], ring["lat"].iloc[0], None]
    return x[:-1], y[:-1]


def _words(
    values: pd.Series, states: list[str], names: dict[str, str], form: str
) -> tuple[str, dict]:
    shown = values.reindex(states)
    known = shown.dropna().sort_values(ascending=False)
    said = [listing(f"{names[state]} {format(value, form)}" for state, value in known.items())]
    if missing := [names[state] for state in states if pd.isna(shown[state])]:
        said.append(f"Unknown: {listing(missing)}")
    rows = [[names[state], None if pd.isna(shown[state]) else shown[state]] for state in states]
    table = {"columns": ["State", values.name or "Value"], "format": form, "rows": rows}
    return f"A map of {len(states)} states, darker where higher. {'. '.join(said)}.", table
