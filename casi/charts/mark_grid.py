"""A grid of marks: what is known of each row in each column, by the shape of its mark."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casi.charts import ticks
from casi.charts.chart import carry
from casi.charts.palette import INK
from casi.text import listing

SHAPES: list[dict[str, Any]] = [  # from the best known standing to the one not known
    {"color": INK, "size": 13},
    {"symbol": "circle-open", "color": INK, "size": 13, "line": {"width": 3}},
    {"symbol": "diamond-open", "color": INK, "size": 12, "line": {"width": 1.5}},
    {"symbol": "line-ew-open", "color": INK, "size": 7, "line": {"width": 1}},
]


def marks(table: pd.DataFrame, standings: list[str], head: str) -> go.Figure:
    """Draw a table of words as marks: a disc, a ring, a diamond and a dash, in this order.

    Args:
        table: words of `standings`; the index names the rows, from the top, the columns the
            columns.
        standings: the words, in the order of `SHAPES`; the last says that nothing is known.
        head: what the rows are, the heading of their column in the table of the numbers.
    """
    figure = go.Figure()
    for standing, shape in zip(standings, SHAPES, strict=True):
        places = [
            (row, name) for row in table.index for name in table if table.at[row, name] == standing
        ]
        figure.add_scatter(
            name=standing.capitalize(),
            x=[name for _, name in places],
            y=[row for row, _ in places],
            mode="markers",
            marker=shape,
            cliponaxis=False,
            customdata=[standing] * len(places),
            hovertemplate="%{y}, %{x}: %{customdata}<extra></extra>",
        )
    figure.update_layout(ticks.grid(list(table.columns), list(table.index)))
    listed = {
        "columns": [head, *table.columns],
        "format": "",
        "rows": table.reset_index().to_numpy().tolist(),
    }
    return carry(figure, _seen(table, standings), listed)


def _seen(table: pd.DataFrame, standings: list[str]) -> str:
    sentences = []
    for name in table:
        words = [
            f"{standing} {listing(table.index[table[name] == standing])}"
            for standing in standings[:-1]
            if (table[name] == standing).any()
        ]
        sentences.append(f"{name}: {'; '.join(words) or standings[-1]}")
    return f"A grid of marks by row and column. {'. '.join(sentences)}."
