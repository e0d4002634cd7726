"""A grid of numbers: each cell is as strong in colour as its number is high, and says it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts import ticks
from casi.charts.chart import carry
from casi.charts.palette import INK, PAPER
from casi.text import formatted, listing

STRONGEST = 0.4  # opacity of the highest number, on which ink can be read on either page
FAINTEST = 0.06
ROW = 34  # pixels


def grid(table: pd.DataFrame, colours: dict[str, str], form: str = ",.0f") -> go.Figure:
    """Draw a table of numbers as coloured cells; zero and unknown numbers are left empty.

    Args:
        table: numbers; the index names the rows, from the top, the columns the columns.
        colours: a colour for each row, or for each column.
        form: how the numbers are written, as a format specification.
    """
    figure, most = go.Figure(), table.max(axis=None)
    columns = [str(column) for column in table.columns]
    for row in reversed(table.index):
        own = colours[row] if row in colours else [colours[column] for column in columns]
        written = [formatted(value, form) if value > 0 else "" for value in table.loc[row]]
        figure.add_bar(
            name=row,
            x=columns,
            y=[1] * len(columns),
            marker={
                "color": own,
                "opacity": [strength(value, most) for value in table.loc[row]],
                "line": {"color": PAPER, "width": 1},
            },
            text=written,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": INK, "size": 13},
            customdata=[text or "none" for text in written],
            hovertemplate="%{fullData.name}, %{x}: %{customdata}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.03,
        showlegend=False,
        height=70 + ROW * len(table),
        uniformtext={"minsize": 10, "mode": "show"},
    )
    longest = max(map(len, table.index))
    figure.update_xaxes(ticks.names(columns, 8 * longest), side="top", showgrid=False)
    figure.update_yaxes(
        showgrid=False,
        tickmode="array",
        ticktext=list(reversed(table.index)),
        tickvals=[place + 0.5 for place in range(len(table))],
        range=[0, len(table)],
    )
    return carry(figure, _seen(table, form), _listed(table, form))


def strength(value: float, most: float) -> float:
    """Return the opacity of a cell: in proportion to its number, faint for none or unknown."""
    return round(FAINTEST + (STRONGEST - FAINTEST) * value / most, 3) if value > 0 else FAINTEST


def _seen(table: pd.DataFrame, form: str) -> str:
    sentences = [
        f"{row}: " + listing(f"{formatted(value, form)} in {name}" for name, value in known.items())
        for row, values in table.iterrows()
        if len(known := values[values > 0])
    ]
    return f"A grid of numbers, stronger in colour where higher. {'. '.join(sentences)}."


def _listed(table: pd.DataFrame, form: str) -> dict:
    cells = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    head = str(table.index.name or "")
    rows = [[row, *values] for row, values in zip(table.index, cells, strict=True)]
    return {"columns": [head, *map(str, table.columns)], "format": form, "rows": rows}
