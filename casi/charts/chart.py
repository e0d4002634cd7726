"""What every chart carries: a label, its numbers, and a text alternative.

A drawing function turns a table into a Plotly figure with the numbers drawn and a text
alternative; `chart` adds the label and the style of the book. All are stored in the figure's
`layout.meta`, to which the build adds the words of the caption, and where every edition finds them.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.io import renderers

from casi import plotly_rules
from casi.charts.marks import marks
from casi.charts.palette import INK, TYPEFACE
from casi.charts.words import in_language
from casi.escape import for_plotly

SHOWN = {  # the properties of a figure that hold text
    *("name", "text", "hovertext", "customdata", "x", "y", "labels"),
    *("ticktext", "tickvals", "categoryarray", "tickprefix", "ticksuffix"),
}
GRID = "rgba(127,127,127,0.25)"
HEIGHT = 420
MOST_SERIES = 7
PLOTLY_MIME = "application/vnd.plotly.v1+json"
AXIS = {"automargin": True, "gridcolor": GRID, "zeroline": False, "linecolor": GRID}
AXIS |= {"tickfont": {"size": 14}}
APART = {"ticks": "outside", "tickcolor": GRID}  # names clear of the zero
HOUSE = {
    "font": {"family": f"'{TYPEFACE}', system-ui, sans-serif", "size": 15, "color": INK},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
    "height": HEIGHT,
    "dragmode": False,
    "xaxis": AXIS | APART,
    "yaxis": AXIS,
    "legend": {"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.02},
    "modebar": {"orientation": "v", "bgcolor": "rgba(0,0,0,0)"},  # JupyterLab: clear of the title
}


class Chart:
    """A figure with the words around it, shown by its Plotly data and a line of plain text."""

    def __init__(self, figure: go.Figure):
        """Keep the finished figure."""
        self.figure = figure

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        traces = [trace.to_plotly_json() for trace in self.figure.data]  # arrays, not base64
        layout = self.figure.layout.to_plotly_json()
        del layout["template"]  # Plotly's own; the house style is in the layout itself
        payload = in_language(plotly_rules.plain({"data": traces, "layout": layout}))
        meta = payload["layout"]["meta"]  # escaped where it is shown
        payload = _as_text(payload)
        payload["layout"]["meta"] = meta
        bundle = {PLOTLY_MIME: payload, "text/plain": f"{meta['label']}. {meta['alt']}"}
        if renderers.default == "colab":  # where data are not drawn, only HTML is shown
            bundle |= renderers["colab"].to_mimebundle(payload)
        return bundle


def chart(
    label: str, figure: go.Figure, *, numbers: bool = True, rows: pd.DataFrame | None = None
) -> Chart:
    """Return a figure in the style of the book.

    Title, measure, unit, sources and coverage stand in its caption, in the Markdown cell below:
    `:::{figure} #label` (see `casi.book.run.captions`).

    Args:
        label: what the text and the caption refer to, such as `"fig-exercises"`.
        figure: what a drawing function of `casi.charts` returned, without title.
        numbers: offer the numbers drawn; False where the terms of the data forbid it.
        rows: the rows of the record that each mark counts (see `marks.counted`), which the page
            then leads to.

    Returns:
        The chart, which a notebook shows if it is the last expression of a cell.

    Raises:
        ValueError: naming what is missing, what the book cannot show, or the marks whose number is
            not that of their rows.
    """
    words: dict[str, Any] = {"label": label}
    words |= {word: (figure.layout.meta or {}).get(word) for word in ("alt", "table")}
    if empty := [word for word, value in words.items() if not value or not str(value).strip()]:
        raise ValueError(f"chart {label!r}: nothing given for {', '.join(empty)}")
    if not re.fullmatch(r"fig-[a-z0-9-]+", label):
        raise ValueError(f"chart label {label!r}: write it like 'fig-supplier-shares'")
    if len(series := _series(figure)) > MOST_SERIES:
        raise ValueError(
            f"chart {label!r}: {len(series)} series, of which a reader follows {MOST_SERIES}: "
            "fold some into one (casi.charts.basic.fold), or draw a grid"
        )
    if "" in words["table"].get("columns", ()):
        raise ValueError(f"chart {label!r}: a column of its numbers has no heading; name the index")
    if rows is not None:
        words["rows"] = marks(rows, words["table"])
    drawn = figure.to_dict()
    drawn["layout"]["meta"] = words
    if found := plotly_rules.faults(drawn):
        raise ValueError(f"chart {label!r}: {'; '.join(found)}")
    if not numbers:
        words["table"] = words["table"] | {"rows": []}
    dressed = go.Figure(figure.data, HOUSE)
    dressed.update_layout({**figure.layout.to_plotly_json(), "template": None}, meta=words)
    return Chart(dressed)


def _series(figure: go.Figure) -> set[str]:
    """Return the names that a reader has to tell apart by colour: of the key, or of lines."""
    keyed = figure.layout.showlegend is not False
    return {
        trace.name
        for trace in figure.data
        if trace.to_plotly_json().get("showlegend") is not False  # a Sankey has no such setting
        and (keyed or (trace.type == "scatter" and "lines" in (trace.mode or "")))
    }


def carry(figure: go.Figure, alt: str, table: dict) -> go.Figure:
    """Give a figure its description and its numbers, and return it.

    Args:
        figure: the drawn figure.
        alt: what a reader would see, in sentences.
        table: `columns` (headings), `format` (of the numbers) and `rows`, each led by its label.
    """
    return figure.update_layout(meta={"alt": alt, "table": table})


def number_format(table: pd.DataFrame, shares: bool = False) -> str:
    """Return how the numbers of a chart are written, as a format specification.

    Args:
        table: the numbers drawn.
        shares: the numbers are shares of 1.
    """
    highest = table.abs().max(axis=None)
    if shares:
        return ".2%" if highest < 0.05 else ".0%"
    whole = (table.stack() % 1 == 0).all()
    return ",.0f" if whole else (",.2f" if highest < 10 else ",.1f")


def _as_text(value, name: str = ""):
    """Return part of a figure whose names, labels and hover texts show no tag and no formula."""
    if isinstance(value, dict):
        return {key: _as_text(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part, name) for part in value]
    if not isinstance(value, str) or name not in SHOWN:
        return value
    text = for_plotly(value)
    return text.replace("\n", "<br>") if name == "ticktext" else text
