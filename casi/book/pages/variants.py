"""Vary a chart for narrow screens, dark pages and separate pictures.

A figure is a dictionary `{"data": [...], "layout": {...}}` as Plotly stores it, its `layout.meta`
written by `casi.charts.chart` and completed by its caption. A patch is a dictionary of the same
shape with the values that differ.
"""

from __future__ import annotations

import json
import re
import textwrap

from casi.charts.palette import INK, PAPER, on_dark
from casi.escape import for_plotly

NOTE_FONT = 12  # pixels, of the names of events on a narrow screen
NARROW_WIDTH = 400  # pixels a narrow picture is drawn for; shown at 328 on the smallest phone
NAMES_WIDTH = 120  # pixels; wider names beside a narrow chart leave too little for the chart
NAME_LETTERS, NAME_LETTER = 17, 7  # letters of a line of such a name, pixels of a letter
MAP_HEIGHT = 360  # pixels of a narrow map, which is as wide as the screen
MAP_FONT = 12  # pixels of the names on a narrow map
MAP_SHARE = 0.6  # of the diameter of its bubbles that a narrow map keeps
NAME_LINE = 15  # pixels, of a further line of the names below a chart
HEADING_LINE = 24  # pixels, of a line of the title of a poster
LEGEND_SIGN, LETTER = 56, 7  # pixels of a sign and of a letter of the legend of a poster
LEGEND_LINE, LEGEND_WIDTH = 28, 840  # pixels of its lines
GRID_NAME = 14  # letters of a name beside a grid
BREAK = "\v"  # where a name may break without a space
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # of an axis of dates
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}(?=\b|[0-9A-Fa-f]{2}\b)")  # the two digits are opacity


def bare(figure: dict) -> dict:
    """Return the figure without its words, which the page prints, and without the mode bar."""
    removed = ("meta", "modebar")
    layout = {key: value for key, value in figure["layout"].items() if key not in removed}
    return {"data": figure["data"], "layout": layout}


def merge(base: dict, patch: dict) -> dict:
    """Return `base` with the values of `patch`, dictionaries and traces merged inside."""
    merged = dict(base)
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = merge(base[key], value)
        elif key == "data":
            merged[key] = [merge(*pair) for pair in zip(base[key], value, strict=True)]
        else:
            merged[key] = value
    return merged


def narrow(figure: dict) -> dict:
    """Return the patch for a phone screen: wrapped labels, also of names beside lines."""
    layout = figure["layout"]
    patch: dict = {"layout": {"font": {"size": 14}, "legend": {"font": {"size": 14}}}}
    if noted := layout.get("annotations"):
        small = {"font": {"size": NOTE_FONT}}
        patch["layout"]["annotations"] = [merge(each, small) for each in noted]
    if layout.get("margin", {}).get("r", 0) > NAMES_WIDTH:
        patch["data"] = [_names_in_lines(trace) for trace in figure["data"]]
        patch["layout"]["margin"] = {"r": 16 + NAME_LETTER * _longest_line(patch["data"])}
    if layout.get("yaxis", {}).get("scaleanchor"):  # a map: its bubbles shrink with it
        patch["data"] = [_on_small_map(trace) for trace in figure["data"]]
        patch["layout"]["height"] = min(layout["height"], MAP_HEIGHT)
    for axis, width in (("x", 5), ("y", 22)):
        labels = _names_on(axis, figure)
        wrapped = ["<br>".join(_wrap(label, width)) for label in labels]
        if wrapped != labels:
            ticks = {"tickmode": "array", "tickvals": labels, "ticktext": wrapped}
            patch["layout"][f"{axis}axis"] = ticks | {"tickangle": 0, "tickfont": {"size": 12}}
    if (named := layout.get("yaxis", {}).get("ticktext")) and "yaxis" not in patch["layout"]:
        wrapped = ["<br>".join(_wrap(label, GRID_NAME)) for label in named]
        patch["layout"]["yaxis"] = {"ticktext": wrapped, "tickfont": {"size": 13}}
    return patch


def _names_in_lines(trace: dict) -> dict:
    """Return the patch of a line whose name, at its end, is broken into short lines."""
    lines = [textwrap.wrap(text.strip(), NAME_LETTERS) for text in trace.get("text", ())]
    return {"text": ["<br>".join(f" {part}" for part in parts) for parts in lines]}


def _longest_line(traces: list[dict]) -> int:
    """Return the letters of the longest line among the names of lines."""
    texts = [text for trace in traces for text in trace["text"]]
    return max(len(line.strip()) for text in texts for line in text.split("<br>"))


def _names_on(axis: str, figure: dict) -> list[str]:
    """Return the names on the `x` or `y` axis of a figure; none on an axis of numbers or dates."""
    listed = figure["layout"].get(f"{axis}axis", {}).get("categoryarray", ())
    drawn = (
        label
        for trace in figure["data"]
        if trace["type"] in ("bar", "scatter", "box", "heatmap")
        for label in trace.get(axis, ())
    )
    names = (name for name in (*listed, *drawn) if isinstance(name, str) and not DAY.match(name))
    return list(dict.fromkeys(names))


def _on_small_map(trace: dict) -> dict:
    """Return the patch of a trace of a map: smaller bubbles and names, none beside points.

    Names in a colour, which repeat the key, are left out.
    """
    patch: dict = {"mode": "markers"} if trace.get("mode") == "markers+text" else {}
    if trace.get("mode") == "text":
        patch["textfont"] = {"size": MAP_FONT}
        if trace.get("textfont", {}).get("color", INK) != INK:
            patch["visible"] = False
    sizes = trace.get("marker", {}).get("size")
    if isinstance(sizes, list):
        patch["marker"] = {"size": [round(size * MAP_SHARE, 1) for size in sizes]}
    return patch


def _wrap(label: str, width: int) -> list[str]:
    """Break a label at spaces and behind dashes; the spaces of no break are not written."""
    parts = textwrap.wrap(
        label.replace("–", f"–{BREAK}"), width, break_long_words=False, replace_whitespace=False
    )
    return [part.replace(BREAK, "") for part in parts]


def dark(figure: dict) -> dict[str, str]:
    """Return the colours of the figure, each with its replacement on a dark page."""
    colours = sorted(set(COLOUR.findall(json.dumps(bare(figure)))))
    return {colour: on_dark(colour) for colour in colours}


def poster(figure: dict, credit: str) -> dict:
    """Return the figure as a separate picture: title above, credit below, white background.

    Args:
        figure: the figure as stored.
        credit: plain text with source, edition and report.
    """
    lines = textwrap.wrap(credit, 130)
    names = figure["layout"].get("xaxis", {}).get("ticktext") or [""]
    room = 32 + NAME_LINE * max(name.count("<br>") for name in names)
    note = {
        "text": "<br>".join(map(for_plotly, lines)),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -room,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12},
    }
    layout = {key: value for key, value in figure["layout"].items() if key != "meta"}
    meta = figure["layout"]["meta"]
    below = 16 + room + 16 * len(lines)
    names_above = layout["margin"].get("t", 0) // HEADING_LINE  # lines of names of events
    heading = _heading(meta["title"], f"{meta['measure']} ({meta['unit']})", names_above)
    margin = layout["margin"] | {"b": below, "l": 16}
    above = 60 + HEADING_LINE * names_above
    if layout.get("yaxis", {}).get("scaleanchor"):  # a map: Plotly would move its axes alone
        above = HEADING_LINE * (heading["text"].count("<br>") + 2) + _legend_height(figure)
        heading |= {"automargin": False, "pad": {"l": 16, "t": HEADING_LINE}}
        margin["t"] = above
    return {
        "data": figure["data"],
        "layout": layout
        | {
            "title": heading,
            "annotations": [*layout.get("annotations", []), note],
            "height": layout["height"] + above + below,
            "margin": margin,
            "paper_bgcolor": PAPER,
        },
    }


def _legend_height(figure: dict) -> int:
    """Return the height of a legend over the width of a poster, by the length of its names."""
    shown = (trace.get("name", "") for trace in figure["data"] if trace.get("showlegend", True))
    width = sum(LEGEND_SIGN + LETTER * len(name) for name in shown)
    return LEGEND_LINE * -(-width // LEGEND_WIDTH)


def _heading(title: str, subtitle: str, empty: int) -> dict:
    """Return Plotly's title, for pictures that are shown outside the book, over empty lines."""
    bold = [f"<b>{for_plotly(line)}</b>" for line in textwrap.wrap(title, 92)]
    small = [
        f'<span style="font-size:14px">{for_plotly(line)}</span>'
        for line in textwrap.wrap(subtitle, 124)
    ]
    lines = [*bold, *small, *[" "] * empty]
    rise = HEADING_LINE * (
        len(lines) - 1
    )  # Plotly lets further lines grow upwards, yet keeps room below
    return {
        "text": "<br>".join(lines),
        "font": {"size": 18},
        "x": 0,
        "xref": "container",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 16, "t": rise + 24, "b": -rise},
        "automargin": True,
    }
