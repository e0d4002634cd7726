"""A chart of a line with the range around it.

It carries its numbers and a description as the drawing functions of `casi.charts` do.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts import carry
from casi.palette import PARTNER_COLOURS

MIDDLE, RANGE = PARTNER_COLOURS["Five alone"], PARTNER_COLOURS["Other states"]


def band(table: pd.DataFrame, middle: str, around: str) -> go.Figure:
    """Draw a line by year and a shaded range around it.

    Args:
        table: `low`, `median` and `high` by year, 0 to 100.
        middle: what the line is, as its name in the legend.
        around: what the range is.
    """
    years = table.index.tolist()
    figure = go.Figure()
    figure.add_scatter(
        name=around,
        x=[*years, *years[::-1]],
        y=[*table["high"].round(1), *table["low"].round(1)[::-1]],
        fill="toself",
        mode="lines",
        line={"color": RANGE, "width": 1},
        fillcolor=RANGE,
        opacity=0.45,
        hoverinfo="skip",
    )
    figure.add_scatter(
        name=middle,
        x=years,
        y=table["median"].round(1).tolist(),
        mode="lines+markers",
        line={"color": MIDDLE, "width": 2.5},
        customdata=[f"{row.low:.0f} to {row.high:.0f}" for row in table.itertuples()],
        hovertemplate="%{x}: %{y:.0f} (%{customdata})<extra></extra>",
    )
    figure.update_yaxes(range=[0, 100])
    figure.update_layout(showlegend=True)
    ends = table.iloc[[0, -1]]
    said = [
        f"{row.median:.0f} in {year}, the range {row.low:.0f} to {row.high:.0f}"
        for year, row in zip(ends.index, ends.itertuples(index=False), strict=True)
    ]
    rows = table.round(1).reset_index().to_numpy().tolist()
    numbers = {"columns": ["Year", "Lowest", "Middle", "Highest"], "format": ",.0f"}
    numbers["rows"] = [[str(int(year)), *values] for year, *values in rows]
    alt = f"A line with a shaded range, by year: from {said[0]}, to {said[1]}."
    return carry(figure, alt, numbers)
