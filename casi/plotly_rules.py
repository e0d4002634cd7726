"""Which Plotly figures the book can show: types of trace, properties and values.

A figure is a dictionary `{"data": [...], "layout": {...}}`. The book draws it in the page, in the
dark, on a phone, as a picture and on paper; what one of them cannot show is refused here, at the
cell that makes it and again when the book is built.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

BUNDLES = {  # the smallest of Plotly's bundles that draws a type of trace, the smaller ones first
    "basic": ("bar", "scatter", "pie"),
    "cartesian": ("box", "heatmap", "histogram"),
    "full": ("sankey",),
}
INSTEAD = {
    "scattergl": "scatter",
    "violin": "box",
    "histogram2d": "heatmap",
    "contour": "heatmap",
    "treemap": "stacked bars",
    "sunburst": "stacked bars",
    "funnel": "bar",
    "waterfall": "bar",
    "choropleth": "casi.charts.choropleth",
    "choroplethmap": "casi.charts.choropleth",
    "scattergeo": "casi.charts.bubbles.place_map",
    "scattermap": "casi.charts.bubbles.place_map",
    "densitymap": "heatmap",
    "scatter3d": "scatter, the third quantity as size",
    "surface": "heatmap",
    "table": "casi.text.table",
    "indicator": "a sentence with the number",
}
TRACE = {  # properties that the book shows, of a trace of any type
    *("type", "name", "hovertemplate", "hoverinfo", "hovertext", "customdata", "showlegend"),
    *("legendgroup", "legendrank", "opacity", "visible", "marker", "line", "hoverlabel", "zorder"),
    *("x", "y", "xaxis", "yaxis", "orientation", "text", "textfont", "textposition"),
    *("texttemplate", "textangle", "insidetextfont", "insidetextanchor", "outsidetextfont"),
    *("mode", "fill", "fillcolor", "base", "offset", "offsetgroup", "width", "cliponaxis"),
    *("connectgaps", "error_x", "error_y", "stackgroup", "alignmentgroup", "groupnorm"),
    *("labels", "values", "hole", "sort", "direction", "rotation", "pull", "textinfo", "domain"),
    *("z", "zmin", "zmid", "zmax", "zauto", "colorscale", "reversescale", "showscale", "colorbar"),
    *("coloraxis", "xgap", "ygap", "autocolorscale", "hoverongaps"),
    *("boxpoints", "boxmean", "notched", "quartilemethod", "jitter", "pointpos", "whiskerwidth"),
    *("lowerfence", "q1", "median", "q3", "upperfence", "mean", "sd"),
    *("histfunc", "histnorm", "nbinsx", "nbinsy", "xbins", "ybins", "cumulative", "bingroup"),
    *("node", "link", "arrangement", "valueformat", "valuesuffix"),
}
LAYOUT = {
    *("meta", "title", "height", "font", "margin", "paper_bgcolor", "plot_bgcolor", "dragmode"),
    *("modebar", "legend", "showlegend", "annotations", "shapes", "uniformtext", "hovermode"),
    *("hoverlabel", "barmode", "bargap", "bargroupgap", "barnorm", "boxmode", "boxgap"),
    *("boxgroupgap", "coloraxis", "colorway", "grid", "separators", "barcornerradius"),
}
AXIS = re.compile(r"[xy]axis\d*")
COLOURS = ("color", "colors", "colorscale", "colorway")  # ends of names of what holds colours
LONGEST = {"title": 200, "measure": 300, "name": 150}  # characters
MARGINS = 400  # pixels left and right of a chart, of the 690 that a page has
EXACT = 2**53  # a browser keeps no whole number above it
REMEDY = "turn it into numbers, text, or dates first"


def bundle(figure: dict) -> str:
    """Return the smallest of Plotly's bundles that draws a figure."""
    types = {trace.get("type", "scatter") for trace in figure["data"]}
    return next(name for name in reversed(BUNDLES) if name == "basic" or types & {*BUNDLES[name]})


def faults(figure: dict) -> list[str]:
    """Return what of a figure the book cannot show, each with what to do instead."""
    return [*_of_traces(figure.get("data", [])), *_of_layout(figure), *_of_room(figure)]


def _of_traces(traces: list[dict]) -> Iterator[str]:
    if not traces:
        yield "it draws nothing: the figure has no trace"
    for kind in dict.fromkeys(trace.get("type", "scatter") for trace in traces):
        if kind not in {name for names in BUNDLES.values() for name in names}:
            other = INSTEAD.get(kind, "one of " + ", ".join(sum(BUNDLES.values(), ())))
            yield f"trace type {kind!r} is not supported: use {other}"
    for name in dict.fromkeys(name for trace in traces for name in trace):
        if name not in TRACE:
            yield f"property {name!r} of a trace is not supported: leave it out"


def _of_layout(figure: dict) -> Iterator[str]:
    layout = figure.get("layout", {})
    if figure.get("frames") or {"sliders", "updatemenus"} & layout.keys():
        yield (
            "frames, sliders and buttons do not reach a picture or paper: "
            "draw a chart for each state, side by side"
        )
    if layout.get("images"):
        yield "pictures in a chart are not supported: leave `images` out"
    known = LAYOUT | {"sliders", "updatemenus", "images", "template"}
    for name in layout:
        if name not in known and not AXIS.fullmatch(name):
            yield f"property {name!r} of the layout is not supported: leave it out"


def _of_room(figure: dict) -> Iterator[str]:
    """Yield the texts and margins that would leave too little room for the chart."""
    layout = figure.get("layout", {})
    texts = [(kind, layout.get("meta", {}).get(kind)) for kind in ("title", "measure")]
    for trace in figure.get("data", []):
        lists = [trace.get(key) for key in ("x", "y", "labels")]
        names = [name for each in lists if pd.api.types.is_list_like(each) for name in each]
        texts += [("name", name) for name in (trace.get("name"), *names)]
    for kind, text in dict.fromkeys(each for each in texts if isinstance(each[1], str)):
        if len(text) > LONGEST[kind]:
            yield (
                f"{kind} of {len(text)} characters, {text[:20]!r}...: shorten it to {LONGEST[kind]}"
            )
    margin = layout.get("margin", {})
    if (taken := margin.get("l", 0) + margin.get("r", 0)) > MARGINS:
        yield (
            f"margins of {taken} pixels beside the chart, which leave it too little room: "
            f"shorten the names beside it, or set margins of at most {MARGINS}"
        )


def plain(value: Any, place: str = "figure") -> Any:
    """Return a figure, or a part of it, as JSON holds it: the same bytes wherever it is made.

    Numbers have ten digits; dates are ISO 8601, with hours where they have any; what is missing
    is null; opaque colours are `#RRGGBB`, so that the dark theme can follow them.

    Args:
        value: the figure, or a value in it.
        place: where it stands, for messages, such as `data[0].x`.

    Raises:
        ValueError: naming the place of a value that cannot be kept exactly.
    """
    if isinstance(value, dict):
        return {key: _part(key, part, f"{place}.{key}") for key, part in value.items()}
    if isinstance(value, np.ndarray | pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        value = list(pd.Series(value)) if getattr(value, "ndim", 1) == 1 else value.tolist()
    if isinstance(value, list | tuple):
        return [plain(part, f"{place}[{index}]") for index, part in enumerate(value)]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic) and not isinstance(value, np.datetime64 | np.timedelta64):
        value = value.item()
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _number(value, place)
    return _time(value, place)


def _part(name: str, value: Any, place: str) -> Any:
    made = plain(value, place)
    return _colours(made) if name.endswith(COLOURS) else made


def _number(value: float, place: str) -> float | None:
    if isinstance(value, int):
        if abs(value) > EXACT:
            raise ValueError(f"{place}: a chart cannot keep {value} exactly; give it as text")
        return value
    if math.isnan(value):
        return None
    if math.isinf(value):
        raise ValueError(f"{place}: a chart cannot show an infinite number; leave it empty")
    return float(f"{value:.10g}")


def _time(value: Any, place: str) -> str:
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError(f"{place}: Plotly ignores time zones; turn {value} into local time")
        midnight = value == pd.Timestamp(value).normalize()
        return f"{value:%Y-%m-%d}" if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    raise ValueError(f"{place}: cannot store {type(value).__name__} in a chart; {REMEDY}")


def _colours(value: Any) -> Any:
    if isinstance(value, list):
        return [_colours(part) for part in value]
    if not isinstance(value, str) or re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return value
    from coloraide import Color  # which charts in the house's own colours do not need

    if not Color.match(value, fullmatch=True):
        return value  # the name of a colour scale
    colour = Color(value).convert("srgb")
    grey = len({round(part, 4) for part in colour.coords()}) == 1
    if colour.alpha() < 1 and (grey or colour.alpha() == 0):
        return value  # as well on dark paper
    return colour.to_string(hex=True, upper=True)
