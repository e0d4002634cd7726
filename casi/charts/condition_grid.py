"""The chart of the pathways: a grid of conditions and days; states differ in shape, not in colour.

The figure returned carries its numbers and a description (`chart.carry`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casi.charts import ticks
from casi.charts.base_map import LAND
from casi.charts.chart import carry
from casi.charts.palette import INK, SERIES_COLOURS
from casi.text import listing

LOOK: dict[str, dict[str, Any]] = {
    "met": {"color": SERIES_COLOURS["Met"]},
    "not met": {"symbol": "x-thin-open", "color": INK, "line": {"width": 2}},
    "unknown": {"symbol": "circle-open-dot", "color": INK},
}
BESIDE = 0.65  # of a column, of the value behind the last mark


def conditions(assessed: pd.DataFrame) -> go.Figure:
    """Draw the state of each condition on each day, pathways below each other.

    A full disc is met, a cross not met, a ring with a dot unknown; the value stands beside it. The
    row of a pathway says how many of its conditions are met.

    Args:
        assessed: what `pathways.assess` returns; falsifiers are left out.
    """
    rows = assessed[assessed["role"] == "condition"]
    rows = rows.assign(on=rows["day"].map("{:%b %Y}".format))
    names = []
    for pathway, part in rows.groupby("pathway", sort=False):
        # no tags of HTML: Plotly would style them inline, which the pages forbid
        names += [f"{pathway}:", *part["name"].unique()]
    figure = go.Figure()
    for state in LOOK:
        own = rows[rows["state"] == state]
        figure.add_scatter(
            name=state.capitalize(),
            x=own["on"].tolist(),
            y=own["name"].tolist(),
            mode="markers+text",
            marker=LOOK[state] | {"size": 14},
            text=[f"\u00a0{text}" if text != "–" else "" for text in own["written"]],
            cliponaxis=False,
            textposition="middle right",
            textfont={"color": INK, "size": 13},
            customdata=own["written"].tolist(),
            hovertemplate="%{y}, %{x}: %{customdata}<extra>%{fullData.name}</extra>",
        )
    order = list(dict.fromkeys(rows["on"]))
    _add_tally(figure, rows)
    figure.update_layout(ticks.grid(order, names, BESIDE), shapes=_bands(names))
    figure.update_yaxes(showgrid=False)  # which would strike the values through
    return carry(figure, _seen(rows), _listed(rows, order))


def _bands(names: list[str]) -> list[dict]:
    """Return a band behind the row of each pathway, whose name ends with a colon."""
    rows = [row for row, name in enumerate(reversed(names)) if name.endswith(":")]
    look = {"type": "rect", "layer": "below", "fillcolor": LAND, "line": {"width": 0}}
    across = {"xref": "paper", "x0": 0, "x1": 1}
    return [look | across | {"y0": row - 0.5, "y1": row + 0.5} for row in rows]


def _add_tally(figure: go.Figure, rows: pd.DataFrame) -> None:
    """Write into the row of each pathway how many of its conditions are met on each day."""
    met = rows.assign(met=rows["state"] == "met").groupby(["pathway", "on"], sort=False)["met"]
    tally = met.agg(["sum", "size"]).reset_index()
    figure.add_scatter(
        name="Conditions met",
        x=tally["on"].tolist(),
        y=(tally["pathway"] + ":").tolist(),
        mode="text",
        text=[
            f"{some} of {every}" for some, every in zip(tally["sum"], tally["size"], strict=True)
        ],
        textfont={"color": INK, "size": 14, "weight": 600},
        hoverinfo="skip",
        showlegend=False,
    )


def _seen(rows: pd.DataFrame) -> str:
    sentences = []
    for (pathway, on), part in rows.groupby(["pathway", "on"], sort=False):
        words = [
            f"{state} {listing(part.loc[part['state'] == state, 'name'])}"
            for state in LOOK
            if (part["state"] == state).any()
        ]
        sentences.append(f"{pathway}, {on}: {'; '.join(words)}")
    return f"A grid of conditions by day. {'. '.join(sentences)}."


def _listed(rows: pd.DataFrame, order: list[str]) -> dict:
    cell = (rows["state"] + " (" + rows["written"] + ")").where(
        rows["written"] != "–", rows["state"]
    )
    cells = rows.assign(cell=cell)
    wide = cells.pivot(index=["pathway", "name"], columns="on", values="cell")
    wide = wide.reindex(pd.MultiIndex.from_frame(rows[["pathway", "name"]].drop_duplicates()))
    listed = [[f"{way}: {name}", *wide.loc[(way, name), order]] for way, name in wide.index]
    return {"columns": ["Condition", *order], "format": "", "rows": listed}
