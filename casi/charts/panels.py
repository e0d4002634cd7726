"""Small charts of one series each, below each other, on one axis of time and equal scales."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts import basic, ticks
from casi.charts.chart import AXIS, carry

PANEL, LEAST = 112, 340  # pixels, of a panel and of all together
APART = 0.22  # of a panel, the room between two


def panels(table: pd.DataFrame, colours: dict[str, str], *, bars: bool = False) -> go.Figure:
    """Draw a panel a column, the first on top, its name in its upper left corner.

    Args:
        table: numbers; the index, of years, is the horizontal axis.
        colours: a colour for each column.
        bars: draw bars instead of lines.
    """
    drawn = (basic.bars if bars else basic.lines)(table, colours)
    figure = go.Figure(layout={"showlegend": False, "meta": drawn.layout.meta})
    _, top = ticks.numbers(table.max(axis=None))
    height = 1 / (len(table.columns) * (1 + APART) - APART)
    for place, trace in enumerate(drawn.data):
        axis = f"y{place + 1}" if place else "y"
        trace.update(yaxis=None if axis == "y" else axis)
        if not bars:
            trace.update(mode="lines+markers", line={"dash": None})
        figure.add_trace(trace)
        _name(figure, trace, table.index[0], top, axis, colours[trace.name])
        upper = 1 - place * height * (1 + APART)
        place_of_panel = {"domain": [round(max(0, upper - height), 4), round(upper, 4)]}
        scale = {"range": [0, top], "dtick": top / 2}
        figure.update_layout({axis.replace("y", "yaxis"): AXIS | place_of_panel | scale})
    years = table.index.tolist()
    figure.update_xaxes(ticks.names(years), anchor=axis, range=ticks.years(years))
    figure.update_layout(height=max(LEAST, PANEL * len(table.columns)) + 60, bargap=basic.BAR_GAP)
    meta = drawn.layout.meta
    return carry(figure, f"{len(table.columns)} panels on one scale. {meta['alt']}", meta["table"])


def _name(figure: go.Figure, trace, first: int, top: float, axis: str, colour: str) -> None:
    figure.add_scatter(
        name=f"Name of {trace.name}",
        x=[first],
        y=[top],
        yaxis=None if axis == "y" else axis,
        mode="text",
        text=[trace.name],
        textposition="bottom right",
        textfont={"color": colour, "size": 14, "weight": 600},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
