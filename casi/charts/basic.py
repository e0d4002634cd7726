"""Bars, lines, bands and timelines."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts.chart import carry, number_format
from casi.charts.palette import HATCHES, INK, PAPER, text_on
from casi.escape import for_plotly
from casi.text import date, listing

DASHES = [None, "dash", "dot", "longdash", "dashdot"]
SYMBOLS = [None, "square", "diamond", "triangle-up", "x"]


def bars(
    table: pd.DataFrame, colours: dict[str, str], *, horizontal: bool = False, shares: bool = False
) -> go.Figure:
    """Draw stacked bars: one bar a row, one segment a column.

    Args:
        table: numbers; the index names the bars, the columns the segments; empty ones are left out.
        colours: a colour for each column; its hatch goes with it.
        horizontal: lay the bars down, the first row on top.
        shares: the numbers are shares of 1, written as percentages.
    """
    table = table[table.columns[table.sum() > 0]]
    figure = go.Figure()
    form = number_format(table, shares)
    for column in table.columns:
        labels, values = _labels(table), table[column].tolist()
        figure.add_bar(
            name=column,
            x=values if horizontal else labels,
            y=labels if horizontal else values,
            orientation="h" if horizontal else None,
            marker={
                "color": colours[column],
                "line": {"color": PAPER, "width": 1},
                "pattern": _pattern(colours[column]),
            },
            customdata=[format(value, form) for value in values],
            texttemplate="%{customdata}",
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": text_on(colours[column])},
            textangle=0,
            hovertemplate=f"{for_plotly(column)}: %{{customdata}}<extra>%{{label}}</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25, uniformtext={"minsize": 10, "mode": "hide"})
    figure.update_layout(
        {"xaxis" if horizontal else "yaxis": {"tickformat": ".0%"}} if shares else {}
    )
    if horizontal:
        figure.update_yaxes(autorange="reversed")
    seen = _seen_by_bar(table, form) if horizontal else _seen_by_series("Bars", table, form)
    return carry(figure, seen, _numbers(table, form))


def lines(table: pd.DataFrame, colours: dict[str, str], *, shares: bool = False) -> go.Figure:
    """Draw one line a column, named at its right end; missing numbers leave a gap.

    Args:
        table: numbers; the index is the horizontal axis.
        colours: a colour for each column; dash and marker follow the order of the columns.
        shares: the numbers are shares of 1, written as percentages.
    """
    figure = go.Figure()
    form = number_format(table, shares)
    places = _label_places(table)
    for position, column in enumerate(table.columns):
        values = [None if pd.isna(value) else value for value in table[column].tolist()]
        last = max(index for index, value in enumerate(values) if value is not None)
        figure.add_scatter(
            name=column,
            x=_labels(table),
            y=values,
            mode="lines+markers+text",
            text=[f" {column}" if index == last else "" for index in range(len(values))],
            textposition=f"{places[column]} right",
            textfont={"color": colours[column]},
            cliponaxis=False,
            line={"color": colours[column], "dash": DASHES[position]},
            marker={"symbol": SYMBOLS[position]},
            customdata=["" if value is None else format(value, form) for value in values],
            hovertemplate=f"{for_plotly(column)}, %{{x}}: %{{customdata}}<extra></extra>",
        )
    longest = max(len(str(column)) for column in table.columns)
    figure.update_layout(showlegend=False, margin={"r": 16 + 8 * longest})
    figure.update_yaxes(rangemode="tozero", tickformat=".1~%" if shares else None)
    return carry(figure, _seen_by_series("Lines", table, form), _numbers(table, form))


def mark_break(figure: go.Figure, position: float, text: str) -> go.Figure:
    """Mark where the source of a series changes: a dashed line across the chart, named at its top.

    Args:
        figure: what a function of this module returned.
        position: on the horizontal axis; between two names, half a step after the first: 0.5.
        text: what changes there; it goes into the text alternative too.
    """
    figure.add_vline(
        position,
        line={"color": INK, "dash": "dot", "width": 1},
        annotation={"text": for_plotly(text), "showarrow": False, "font": {"color": INK}},
        annotation_position="top left",
    )
    drawn = figure.layout.meta
    return carry(figure, f"{drawn['alt']} {text}.", drawn["table"])


def band(table: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """Draw a line in the range between two others, which is shaded.

    Args:
        table: three columns of numbers, the lower end, the upper end and what lies between.
        colours: a colour for each column.
    """
    figure = lines(table, colours)
    figure.data[1].update(fill="tonexty", fillcolor=colours[table.columns[1]], opacity=0.45)
    lined = figure.layout.meta
    return carry(figure, f"A shaded range and a line in it. {lined['alt']}", lined["table"])


def timeline(spans: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """Draw how long each body existed: bars on a time axis, one line a body, in the order given.

    Args:
        spans: columns `name`, `founded`, `ended` (dates, the second empty for a living body),
            `until` (where its bar ends) and `group`; a body may have several rows, one a phase.
        colours: a colour for each value of `group`; its hatch goes with it.
    """
    figure = go.Figure()
    lives = [
        f"{date(body.founded)} {'on' if pd.isna(body.ended) else 'to ' + date(body.ended)}"
        for body in spans.itertuples()
    ]
    spans = spans.assign(life=lives)
    for group, bodies in spans.groupby("group", sort=False):
        figure.add_bar(
            name=group,
            y=bodies["name"].tolist(),
            base=[f"{day:%Y-%m-%d}" for day in bodies["founded"]],
            x=[life.days * 86_400_000 for life in bodies["until"] - bodies["founded"]],
            orientation="h",
            marker={"color": colours[group], "pattern": _pattern(colours[group])},
            customdata=bodies["life"].tolist(),
            hovertemplate="%{y}: %{customdata}<extra>%{fullData.name}</extra>",
        )
    order = spans["name"].unique().tolist()
    figure.update_xaxes(type="date")
    figure.update_yaxes(categoryorder="array", categoryarray=order[::-1], dtick=1, showgrid=False)
    figure.update_layout(barmode="overlay", bargap=0.25, height=max(320, 26 * len(order) + 80))
    seen = [
        f"{group}: {listing(f'{body.name} from {body.life}' for body in bodies.itertuples(False))}"
        for group, bodies in spans[["group", "life", "name"]].groupby("group", sort=False)
    ]
    table = spans[["name", "founded", "ended", "group"]].rename(columns=str.capitalize)
    table = table.assign(
        **{day: table[day].dt.strftime("%Y-%m-%d").fillna("") for day in ("Founded", "Ended")}
    )
    numbers = {"columns": table.columns.tolist(), "format": "", "rows": table.to_numpy().tolist()}
    return carry(figure, f"Bars on a time axis. {'. '.join(seen)}.", numbers)


def _numbers(table: pd.DataFrame, form: str) -> dict:
    """Return the numbers drawn: headings, how they are written, and rows led by their label."""
    values = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    labels = [str(label) for label in table.index]
    head = str(table.index.name or "").replace("_", " ").capitalize()
    return {
        "columns": [head, *map(str, table.columns)],
        "format": form,
        "rows": [[label, *row] for label, row in zip(labels, values, strict=True)],
    }


def _seen_by_series(kind: str, table: pd.DataFrame, form: str) -> str:
    """Describe the chart series by series: both ends and the highest point of each."""
    sentences = []
    for name in table.columns:
        known = table[name].dropna()
        points = {"from": known.index[0], "to": known.index[-1], "highest": known.idxmax()}
        if points["highest"] in (points["from"], points["to"]):
            del points["highest"]
        parts = [f"{word} {known[label]:{form}} in {label}" for word, label in points.items()]
        sentences.append(
            f"{name} {' '.join(parts[:2])}{''.join(', ' + part for part in parts[2:])}"
        )
    return f"{kind} from {table.index[0]} to {table.index[-1]}. {'; '.join(sentences)}."


def _seen_by_bar(table: pd.DataFrame, form: str) -> str:
    """Describe the chart bar by bar: the segments of each, the largest first."""
    sentences = []
    for label, row in table.iterrows():
        parts = row[row > 0].sort_values(ascending=False, kind="stable")
        sentences.append(
            f"{label}: {', '.join(f'{name} {value:{form}}' for name, value in parts.items())}"
        )
    return f"Horizontal bars. {'; '.join(sentences)}."


def _pattern(colour: str) -> dict:
    lines = {"fgcolor": PAPER, "fgopacity": 0.45, "fillmode": "overlay", "size": 7, "solidity": 0.2}
    return {"shape": HATCHES[colour], **lines} if colour in HATCHES else {}


def _labels(table: pd.DataFrame) -> list[int | str]:
    """Return the index as an axis: years stay numbers, everything else is a name."""
    return [label if isinstance(label, int) else str(label) for label in table.index.tolist()]


def _label_places(table: pd.DataFrame) -> dict[str, str]:
    """Return where each line is named: beside its end, or above or below where ends are close."""
    ends = table.ffill().iloc[-1].sort_values()
    near = ends.diff() < 0.06 * (table.max(axis=None) - min(0, table.min(axis=None)))
    places = dict.fromkeys(ends.index, "middle")
    for position in range(1, len(ends)):
        if near.iloc[position]:
            places[ends.index[position - 1]] = "bottom"
            places[ends.index[position]] = "top"
    return places
