"""What every chart carries: its numbers, a text alternative, title, measure, unit and sources.

A drawing function turns a table into a Plotly figure with the numbers drawn and a text
alternative; `chart` adds title, measure, unit, sources and coverage. All are stored in the
figure's `layout.meta`, where every edition of the book finds them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.io import renderers

from casi import plotly_rules
from casi.charts.palette import INK
from casi.escape import for_plotly

SHOWN = {  # the properties of a figure that hold text
    *("name", "text", "hovertext", "customdata", "x", "y", "labels"),
    *("ticktext", "tickvals", "categoryarray", "tickprefix", "ticksuffix"),
}
GRID = "rgba(127,127,127,0.25)"
HEIGHT = 420
PLOTLY_MIME = "application/vnd.plotly.v1+json"
AXIS = {"automargin": True, "gridcolor": GRID, "zeroline": False, "linecolor": GRID}
HOUSE = {
    "font": {"family": "system-ui, sans-serif", "size": 14, "color": INK},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
    "height": HEIGHT,
    "dragmode": False,
    "xaxis": AXIS,
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
        payload = plotly_rules.plain({"data": traces, "layout": layout})
        ours = {key: payload["layout"][key] for key in ("meta", "title")}
        payload = _as_text(payload)
        payload["layout"] |= ours  # in which HTML is meant, or escaped where it is shown
        meta = payload["layout"]["meta"]
        bundle = {PLOTLY_MIME: payload, "text/plain": f"{meta['title']}. {meta['alt']}"}
        if renderers.default == "colab":  # where data are not drawn, only HTML is shown
            bundle |= renderers["colab"].to_mimebundle(payload)
        return bundle


def chart(
    figure: go.Figure,
    *,
    label: str,
    title: str,
    measure: str,
    unit: str,
    tables: Sequence[str],
    source: Sequence[str],
    coverage: str,
    numbers: bool = True,
) -> Chart:
    """Return a figure in the style of the book, with everything a reader needs around it.

    Args:
        figure: what a drawing function of `casi.charts` returned, without title.
        label: what the text refers to, such as `"fig-exercises"`.
        title: the finding, a sentence computed from the data shown.
        measure: what is measured, and over what.
        unit: the unit of the numbers, such as `"million TIV"`.
        tables: the tables of `data/` it draws on; their editions and terms are printed with it.
        source: keys of `references.bib`.
        coverage: what the data leave out, in plain text.
        numbers: offer the numbers drawn; False where the terms of the data forbid it.

    Returns:
        The chart, which a notebook shows if it is the last expression of a cell.

    Raises:
        ValueError: naming every word that is missing or empty, or what the book cannot show.
    """
    words: dict[str, Any] = {"label": label, "title": title, "measure": measure, "unit": unit}
    words |= {"coverage": coverage, "tables": list(tables), "source": list(source)}
    words |= {word: (figure.layout.meta or {}).get(word) for word in ("alt", "table")}
    empty = [word for word, value in words.items() if not value or not str(value).strip()]
    if empty:
        raise ValueError(f"chart {label!r}: nothing given for {', '.join(empty)}")
    if "{" in coverage:
        raise ValueError(f"chart {label!r}: coverage is plain text, it goes into pictures too")
    if not re.fullmatch(r"fig-[a-z0-9-]+", label):
        raise ValueError(f"chart label {label!r}: write it like 'fig-supplier-shares'")
    if "" in words["table"].get("columns", ()):
        raise ValueError(f"chart {label!r}: a column of its numbers has no heading; name the index")
    drawn = figure.to_dict()
    drawn["layout"]["meta"] = words
    if found := plotly_rules.faults(drawn):
        raise ValueError(f"chart {label!r}: {'; '.join(found)}")
    if not numbers:
        words["table"] = words["table"] | {"rows": []}
    dressed = go.Figure(figure.data, HOUSE)
    dressed.update_layout({**figure.layout.to_plotly_json(), "template": None})
    dressed.update_layout(title=_heading(title, f"{measure} ({unit})"), meta=words)
    return Chart(dressed)


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


def _heading(title: str, subtitle: str) -> dict:
    """Return Plotly's title, for charts shown outside the book: in JupyterLab or as a picture."""
    bold = [f"<b>{for_plotly(line)}</b>" for line in textwrap.wrap(title, 84)]
    small = [
        f'<span style="font-size:12px">{for_plotly(line)}</span>'
        for line in textwrap.wrap(subtitle, 116)
    ]
    lines = [*bold, *small]
    rise = 20 * (len(lines) - 1)  # Plotly lets further lines grow upwards, yet keeps room below
    return {
        "text": "<br>".join(lines),
        "font": {"size": 16},
        "x": 0,
        "xref": "container",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 16, "t": rise + 24, "b": -rise},
        "automargin": True,
    }


def _as_text(value, name: str = ""):
    """Return part of a figure whose names, labels and hover texts show no tag and no formula."""
    if isinstance(value, dict):
        return {key: _as_text(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part, name) for part in value]
    return for_plotly(value) if isinstance(value, str) and name in SHOWN else value
