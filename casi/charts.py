"""One look for every chart and table of the report.

A chapter draws a Plotly figure and hands it to `chart`, with the words that must stand around it.
The words travel in the figure's own `layout.meta`, so that every edition of the book finds them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from casi.text import date, number

STATE_COLOURS = {
    "KAZ": "#0072B2",
    "KGZ": "#D55E00",
    "TJK": "#009E73",
    "TKM": "#B5659A",
    "UZB": "#D89B00",
    "AZE": "#4AA3D8",
}
SUPPLIER_COLOURS = {
    "Russia": "#8C2D4F",
    "China": "#D9793D",
    "Türkiye": "#2F9C8F",
    "Europe": "#3D4F9F",
    "Belarus and Ukraine": "#C48FA5",
    "United States": "#5B9BD5",
    "Iran": "#7A8B2A",
    "Other": "#9A9A9A",
}
PARTNER_COLOURS = {
    "Five alone": "#0B6E4F",
    "With Azerbaijan": STATE_COLOURS["AZE"],
    "Other states": SUPPLIER_COLOURS["Other"],
    "Türkiye": SUPPLIER_COLOURS["Türkiye"],
    "NATO or US": SUPPLIER_COLOURS["Europe"],
    "China": SUPPLIER_COLOURS["China"],
    "Russia and China": "#B5533F",
    "Russia": SUPPLIER_COLOURS["Russia"],
}
_FIVE, _OTHERS = PARTNER_COLOURS["Five alone"], PARTNER_COLOURS["Other states"]
SERIES_COLOURS = {  # whatever is neither a state nor a supplier nor a partner
    "With each other": _FIVE,
    "With an outside power": _OTHERS,
    "Exercises": _FIVE,
    "Contingents": PARTNER_COLOURS["With Azerbaijan"],
    "Own record": _FIVE,
    "Data set": _OTHERS,
    "All deals": SUPPLIER_COLOURS["Europe"],
    "Without the largest": _OTHERS,
    "All pairs": _FIVE,
    "Without Russia": _FIVE,
    "With Russia": PARTNER_COLOURS["Russia"],
    "With Russia and China": PARTNER_COLOURS["Russia and China"],
    "With Türkiye": PARTNER_COLOURS["Türkiye"],
    "With Azerbaijan": PARTNER_COLOURS["With Azerbaijan"],
    "NATO partnership": PARTNER_COLOURS["NATO or US"],
    "Central Asian states alone": _FIVE,
    "Others": _OTHERS,
    "High": _FIVE,
    "Dataset": _OTHERS,
    "Low": PARTNER_COLOURS["China"],
}
INK = "#4d4d4d"
GRID = "rgba(127,127,127,0.25)"
HEIGHT = 420
YEAR_COLUMNS = {"year", "delivery_year", "Year", "From", "To"}  # no thousands separator
PLOTLY_MIME = "application/vnd.plotly.v1+json"

TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": "system-ui, sans-serif", "size": 14, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        height=HEIGHT,
        hovermode="closest",
        xaxis={"automargin": True, "gridcolor": GRID, "zeroline": False, "linecolor": GRID},
        yaxis={"automargin": True, "gridcolor": GRID, "zeroline": False, "linecolor": GRID},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": {"text": ""}},
        bargap=0.25,
    )
)


def by_name(colours: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """Turn colours by state code into colours by state name."""
    return {names[code]: colour for code, colour in colours.items()}


def bars(
    table: pd.DataFrame, colours: dict[str, str], *, horizontal: bool = False, shares: bool = False
) -> go.Figure:
    """Draw stacked bars: one bar a row, one segment a column.

    Args:
        table: numbers; the index names the bars, the columns the segments; empty ones are left out.
        colours: a colour for each column.
        horizontal: lay the bars down, the first row on top.
        shares: the numbers are shares of 1, written as percentages.
    """
    figure = go.Figure()
    written = "%{value:.0%}" if shares else "%{value:,.4~g}"
    for column in table.columns[table.sum() > 0]:
        labels, values = _labels(table), table[column].tolist()
        figure.add_bar(
            name=column,
            x=values if horizontal else labels,
            y=labels if horizontal else values,
            orientation="h" if horizontal else "v",
            marker={"color": colours[column]},
            texttemplate=written,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertemplate=f"{column}: {written}<extra>%{{label}}</extra>",
        )
    tick = ".0%" if shares else None
    figure.update_layout(barmode="stack", uniformtext={"minsize": 10, "mode": "hide"})
    figure.update_layout(**{"xaxis" if horizontal else "yaxis": {"tickformat": tick}})
    if horizontal:
        figure.update_yaxes(autorange="reversed")
    return figure


def lines(table: pd.DataFrame, colours: dict[str, str], *, shares: bool = False) -> go.Figure:
    """Draw one line a column, named at its right end; missing numbers leave a gap.

    Args:
        table: numbers; the index is the horizontal axis.
        colours: a colour for each column.
        shares: the numbers are shares of 1, written as percentages.
    """
    figure = go.Figure()
    written = "%{y:.1~%}" if shares else "%{y:,.4~g}"
    places = _label_places(table)
    for column in table.columns:
        values = [None if pd.isna(value) else value for value in table[column].tolist()]
        last = max(at for at, value in enumerate(values) if value is not None)
        figure.add_scatter(
            name=column,
            x=_labels(table),
            y=values,
            mode="lines+markers+text",
            text=[f" {column}" if at == last else "" for at in range(len(values))],
            textposition=f"{places[column]} right",
            textfont={"color": colours[column]},
            cliponaxis=False,
            line={"color": colours[column], "width": 2},
            marker={"size": 5},
            hovertemplate=f"{column}, %{{x}}: {written}<extra></extra>",
        )
    longest = max(len(str(column)) for column in table.columns)
    figure.update_layout(showlegend=False, margin={"r": 16 + 8 * longest})
    figure.update_yaxes(rangemode="tozero", tickformat=".1~%" if shares else None)
    return figure


def _labels(table: pd.DataFrame) -> list[int | str]:
    """Return the index as an axis: years stay numbers, everything else is a name."""
    return [label if isinstance(label, int) else str(label) for label in table.index.tolist()]


def _label_places(table: pd.DataFrame) -> dict[str, str]:
    """Say for each line whether its name stands level with its end or, to keep clear, off it."""
    ends = table.ffill().iloc[-1].sort_values()
    near = ends.diff() < 0.06 * (table.max(axis=None) - min(0, table.min(axis=None)))
    places = dict.fromkeys(ends.index, "middle")
    for at in range(1, len(ends)):
        if near.iloc[at]:
            places[ends.index[at - 1]] = "bottom"
            places[ends.index[at]] = "top"
    return places


def timeline(spans: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """Draw the life of bodies as bars on a time axis, one row a body, the oldest on top.

    Args:
        spans: columns `name`, `founded`, `until` (dates) and `group`.
        colours: a colour for each value of `group`.
    """
    figure = go.Figure()
    for group, rows in spans.groupby("group", sort=False):
        ends = [
            [f"{row.founded:%Y-%m-%d}", f"{row.until:%Y-%m-%d}", None] for row in rows.itertuples()
        ]
        figure.add_scatter(
            name=group,
            x=[day for span in ends for day in span],
            y=[name for name in rows["name"] for _ in range(3)],
            mode="lines",
            line={"color": colours[group], "width": 12},
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    order = spans["name"].tolist()
    figure.update_yaxes(categoryorder="array", categoryarray=order[::-1], dtick=1, showgrid=False)
    return figure.update_layout(height=max(320, 26 * len(order) + 80))


class Chart:
    """A figure with the words around it, shown by its Plotly data and a line of plain text."""

    def __init__(self, figure: go.Figure):
        """Keep the finished figure."""
        self.figure = figure

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        traces = [trace.to_plotly_json() for trace in self.figure.data]  # arrays, not base64
        payload = _plain({"data": traces, "layout": self.figure.layout.to_plotly_json()})
        meta = payload["layout"]["meta"]
        return {PLOTLY_MIME: payload, "text/plain": f"{meta['title']}. {meta['alt']}"}


class Table:
    """A Markdown table with a caption, numbered by the book."""

    def __init__(self, markdown: str, label: str):
        """Keep the Markdown and the label that the text refers to."""
        self.markdown = markdown
        self.label = label

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        data = {"text/markdown": self.markdown, "text/plain": self.markdown}
        return data, {"text/markdown": {"label": self.label}}


def chart(
    figure: go.Figure,
    *,
    label: str,
    title: str,
    measure: str,
    alt: str,
    source: Sequence[str],
    coverage: str,
    numbers: pd.DataFrame,
) -> Chart:
    """Dress a figure for the book: one template, and the words a reader needs.

    Args:
        figure: a Plotly figure without title.
        label: what the text refers to, such as `"fig-exercises"`.
        title: the finding, a sentence computed from the data shown.
        measure: what is measured and in which unit.
        alt: what a reader would see, for those who cannot.
        source: keys of `references.bib`, the data's editions being in the bibliography.
        coverage: what the data leave out.
        numbers: the numbers drawn, one column a heading, shown as a table and offered to readers.

    Returns:
        The figure, ready to stand at the end of a cell.

    Raises:
        ValueError: naming every word that is missing or empty.
    """
    words = {"label": label, "title": title, "measure": measure, "alt": alt, "coverage": coverage}
    empty = [key for key, value in words.items() if not str(value).strip()]
    empty += ["source"] if not list(source) else []
    empty += ["numbers"] if numbers.empty else []
    if empty:
        raise ValueError(f"chart {label!r}: nothing given for {', '.join(empty)}")
    if not re.fullmatch(r"fig-[a-z0-9-]+", label):
        raise ValueError(f"chart label {label!r}: write it like 'fig-supplier-shares'")
    figure = go.Figure(figure)
    figure.update_layout(template=TEMPLATE, title=None)
    figure.update_layout(
        meta=words
        | {
            "source": list(source),
            "table": {
                "columns": [str(column) for column in numbers.columns],
                "rows": _written(numbers),
            },
        }
    )
    return Chart(figure)


def table(
    frame: pd.DataFrame,
    columns: dict[str, str] | None = None,
    *,
    label: str,
    caption: str,
    source: Sequence[str],
    note: str = "",
) -> Table:
    """Set a frame as a captioned table, its source under it.

    Args:
        frame: what to show; missing cells become dashes.
        columns: the columns to show, with their headings; all of them as they are if not given.
        label: what the text refers to, such as `"tab-meetings"`.
        caption: what the table shows, a sentence.
        source: keys of `references.bib`.
        note: what to know before reading it.

    Raises:
        ValueError: if there is no row, caption or source.
    """
    if frame.empty or not caption.strip() or not list(source):
        raise ValueError(f"table {label!r}: needs rows, a caption and a source")
    if not re.fullmatch(r"tab-[a-z0-9-]+", label):
        raise ValueError(f"table label {label!r}: write it like 'tab-meetings'")
    if columns:
        frame = frame[list(columns)].rename(columns=columns)
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    lines = [
        f"**{caption}**",
        "",
        _row(frame.columns),
        _row("---:" if right else ":---" for right in numeric),
        *map(_row, _written(frame)),
        "",
        f"{note} Source: {{cite}}`{','.join(source)}`.".strip(),
    ]
    return Table("\n".join(lines), label)


def _row(cells) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _written(frame: pd.DataFrame) -> list[list[str]]:
    columns = [_column(frame[name]) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(values: pd.Series) -> list[str]:
    """Write a column as text, all its numbers with the same decimals; missing is a dash."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return [date(value).replace(" ", "\u00a0") for value in values]
    if pd.api.types.is_float_dtype(values):
        known = values.dropna()
        whole = (known % 1 == 0).all()
        decimals = 0 if whole else (2 if known.abs().max() < 10 else 1)
        return [number(value, decimals) for value in values]
    if pd.api.types.is_integer_dtype(values) and values.name not in YEAR_COLUMNS:
        return [number(value) for value in values]
    return ["–" if pd.isna(value) else str(value) for value in values]


def _plain(payload: dict) -> dict:
    """Return the figure as lists and strings, numbers to ten digits: same bytes everywhere."""
    text = json.dumps(payload, default=_to_list)
    return json.loads(text, parse_float=lambda digits: float(f"{float(digits):.10g}"))


def _to_list(value):
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if hasattr(value, "tolist"):
        return value.tolist()
    if value is pd.NA or value is pd.NaT:
        return None
    raise TypeError(f"cannot store {type(value).__name__} in a chart")
