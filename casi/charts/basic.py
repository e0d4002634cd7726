"""Bars, lines, bands and timelines."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casi.charts import ticks
from casi.charts.chart import carry, number_format
from casi.charts.palette import HATCHES, INK, PAPER, text_on
from casi.escape import for_plotly
from casi.language import translated
from casi.text import date, listing

DASHES = [None, "dash", "dot", "longdash", "dashdot"]
SYMBOLS = [None, "square", "diamond", "triangle-up", "x"]
ROW = 40  # pixels, of a bar that lies, beside which a phone writes its name in two lines
BAR_GAP = 0.25  # of the place of a bar
AROUND, KEY = 80, 20  # pixels around bars that lie, and of each entry of their key on a phone
DIGIT, GAP = 7, 6  # pixels, the width of a digit in a bar, and the room beside a number
FEW, MARKER = 12, 7  # the most points of a line that all have markers; pixels of a marker
FAINT = "59"  # opacity of a third, behind the six digits of a colour
LOW = 240  # pixels, the height of a chart whose bars count up to four


def bars(
    table: pd.DataFrame,
    colours: dict[str, str],
    *,
    horizontal: bool = False,
    shares: bool = False,
    beside: str = "",
) -> go.Figure:
    """Draw stacked bars: one bar a row, one segment a column.

    Bars too narrow for the longest number carry none.

    Args:
        table: numbers; the index names the bars, the columns the segments; empty ones are left out.
        colours: a colour for each column; its hatch goes with it.
        horizontal: lay the bars down, the first row on top.
        shares: the numbers are shares of 1, written as percentages.
        beside: a column whose numbers stand at the end of bars that lie, however small they are.
    """
    table = table[table.columns[table.sum() > 0]]
    figure = go.Figure()
    form = number_format(table, shares)
    labels = _labels(table)
    written = table.map(lambda value: "" if pd.isna(value) else format(value, form))
    fits = horizontal or _fits(written, len(table))
    for column in table.columns:
        values = [None if pd.isna(value) else value for value in table[column].tolist()]
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
            customdata=written[column].tolist(),
            texttemplate="%{customdata}" if fits and column != beside else None,
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": text_on(colours[column])},
            textangle=0,
            hovertemplate=f"{for_plotly(column)}: %{{customdata}}<extra>%{{label}}</extra>",
        )
    figure.update_layout(
        barmode="stack", bargap=BAR_GAP, uniformtext={"minsize": 12, "mode": "hide"}
    )
    figure.update_layout(
        {"xaxis" if horizontal else "yaxis": {"tickformat": ".0%"}} if shares else {}
    )
    if horizontal:
        figure.update_yaxes(autorange="reversed", showgrid=False)
        figure.update_xaxes(range=[0, 1] if shares else None)
        figure.update_layout(height=AROUND + ROW * len(table) + KEY * len(table.columns))
        if beside:
            _write_beside(figure, labels, beside + " " + written[beside], colours[beside])
    else:
        whole = not shares and bool((table.stack() % 1 == 0).all())
        step, top = ticks.numbers(table.sum(axis="columns").max(), whole)
        figure.update_yaxes(range=[0, top], dtick=step)
        figure.update_xaxes(ticks.names(labels))
        figure.update_layout(legend={"traceorder": "reversed"})  # as the stack, from its top
        if whole and top == ticks.FEWEST:
            figure.update_layout(height=LOW)
    seen = _seen_by_bar(table, form) if horizontal else _seen_by_series("Bars", table, form)
    return carry(figure, seen, _numbers(table, form))


def _fits(written: pd.DataFrame, bars_drawn: int) -> bool:
    """Return True if the longest number fits into an upright bar, of which each has its place."""
    longest = written.map(len).max(axis=None)
    return bool(longest * DIGIT + GAP <= (1 - BAR_GAP) * ticks.WIDTH / bars_drawn)


def _write_beside(figure: go.Figure, labels: list, texts: pd.Series, colour: str) -> None:
    """Write texts in one colour at the right ends of bars that lie and are as long as the axis."""
    figure.add_scatter(
        name="Numbers beside",
        x=[1] * len(labels),
        y=labels,
        mode="text",
        text=("\u00a0" + texts).tolist(),
        textposition="middle right",
        textfont={"color": colour, "size": ticks.SIZE},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    longest = int(texts.map(len).max())
    figure.update_layout(margin={"r": 16 + DIGIT * longest})


def shares_of(counts: pd.DataFrame) -> pd.DataFrame:
    """Turn counts into shares of their row, the sum of the row behind its name.

    Args:
        counts: whole numbers.

    Returns:
        The same columns, shares of 1; the index says `2021–2026 (n = 45)`, not broken on a phone.
    """
    sums = counts.sum(axis="columns")
    names = [f"{name} (n\u00a0=\u00a0{count:,})" for name, count in sums.items()]
    return counts.div(sums, axis="index").set_axis(names).rename_axis(counts.index.name)


def fold(table: pd.DataFrame, *columns: str, into: str = "Other") -> pd.DataFrame:
    """Add some columns of a table to another one, so that a chart has fewer series.

    Args:
        table: numbers.
        columns: names of the columns to add and remove.
        into: the column that takes them.
    """
    kept = table.drop(columns=[*columns])
    return kept.assign(**{into: table[[into, *columns]].sum(axis="columns")})


def lines(
    table: pd.DataFrame,
    colours: dict[str, str],
    *,
    shares: bool = False,
    between: tuple[str, str, str] | None = None,
) -> go.Figure:
    """Draw one line a column, named at its right end with its last number; gaps stay gaps.

    Args:
        table: numbers; the index is the horizontal axis.
        colours: a colour for each column; dash and marker follow the order of the columns.
        shares: the numbers are shares of 1, written as percentages.
        between: two columns side by side, the lower end of a range and the upper, and its name;
            the range is shaded, and the lines of its ends bear the name once.
    """
    figure = go.Figure()
    form = number_format(table, shares)
    places = _label_places(table)
    names = _names_at_ends(table, form, between)
    for position, column in enumerate(table.columns):
        values = [None if pd.isna(value) else value for value in table[column].tolist()]
        last = max(index for index, value in enumerate(values) if value is not None)
        figure.add_scatter(
            name=column,
            x=_labels(table),
            y=values,
            mode="lines+markers+text",
            text=[f" {names[column]}" if index == last else "" for index in range(len(values))],
            textposition=f"{places[column]} right",
            textfont={"color": colours[column]},
            cliponaxis=False,
            line={"color": colours[column], "dash": DASHES[position]},
            marker={"symbol": SYMBOLS[position], "size": _marker_sizes(values)},
            customdata=["" if value is None else format(value, form) for value in values],
            hovertemplate=f"{for_plotly(column)}, %{{x}}: %{{customdata}}<extra></extra>",
        )
    if between:
        _shade(figure, between[0], between[1], colours[between[1]])
    longest = max(map(len, names.values()))
    figure.update_layout(showlegend=False, margin={"r": 16 + 8 * longest})
    figure.update_yaxes(rangemode="tozero", tickformat=".1~%" if shares else None)
    figure.update_xaxes(ticks.names(_labels(table), 16 + 8 * longest))
    figure.update_xaxes(range=ticks.years(table.index.tolist()))
    return carry(figure, _seen_by_series("Lines", table, form), _numbers(table, form))


def _names_at_ends(
    table: pd.DataFrame, form: str, between: tuple[str, str, str] | None
) -> dict[str, str]:
    """Return what stands at the end of each line: its name and its last number, rounded."""
    form = {".2%": ".1%", ",.2f": ",.1f", ",.1f": ",.0f"}.get(form, form)
    last = {column: format(table[column].dropna().iloc[-1], form) for column in table}
    names = {column: f"{column}: {number}" for column, number in last.items()}
    if between:
        low, high, name = between
        names |= {low: "", high: f"{name}: {last[low].removesuffix('%')}–{last[high]}"}
    return names


def band(table: pd.DataFrame, colours: dict[str, str]) -> go.Figure:
    """Draw a line in the range between two others, which is shaded.

    Args:
        table: three columns of numbers, the lower end, the upper end and what lies between.
        colours: a colour for each column.
    """
    figure = lines(table, colours)
    low, high, _ = table.columns
    _shade(figure, low, high, colours[high])
    figure.data[-1].line.update(dash=None, width=3)
    lined = figure.layout.meta
    return carry(figure, f"A shaded range and a line in it. {lined['alt']}", lined["table"])


def _shade(figure: go.Figure, low: str, high: str, colour: str) -> None:
    """Shade the range between two lines, the upper drawn after the lower, which become thin."""
    ends = {trace.name: trace for trace in figure.data if trace.name in (low, high)}
    ends[high].update(fill="tonexty", fillcolor=colour + FAINT)
    for end in ends.values():
        end.update(mode="lines+text", line={"width": 1, "dash": None})


def timeline(
    spans: pd.DataFrame, colours: dict[str, str], notes: dict[str, str] | None = None
) -> go.Figure:
    """Draw how long each body existed: bars on a time axis, one line a body, in the order given.

    Args:
        spans: columns `name`, `founded`, `ended` (dates, the second empty for a living body),
            `until` (where its bar ends) and `group`; a body may have several rows, one a phase.
        colours: a colour for each value of `group`; its hatch goes with it.
        notes: what is written behind the bar of a body, by its name.
    """
    figure = go.Figure()
    lives = [
        translated("{founded} on" if pd.isna(body.ended) else "{founded} to {ended}").format(
            founded=date(body.founded), ended=date(body.ended)
        )
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
    ends = spans.groupby("name")["until"].max()
    for name, note in (notes or {}).items():
        figure.add_scatter(
            name=f"Note on {name}",
            x=[f"{ends[name]:%Y-%m-%d}"],
            y=[name],
            mode="text",
            text=[f"\u00a0{note}"],
            textposition="middle right",
            textfont={"color": INK, "size": ticks.SIZE},
            hoverinfo="skip",
            showlegend=False,
        )
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
        written = ", ".join(f"{name} {value:{form}}" for name, value in parts.items())
        sentences.append(f"{label}: {written or 'nothing'}")
    return f"Horizontal bars. {'; '.join(sentences)}."


def _pattern(colour: str) -> dict:
    lines = {"fgcolor": PAPER, "fgopacity": 0.45, "fillmode": "overlay", "size": 7, "solidity": 0.2}
    return {"shape": HATCHES[colour], **lines} if colour in HATCHES else {}


def _labels(table: pd.DataFrame) -> list[int | str]:
    """Return the index as an axis: years stay numbers, everything else is a name."""
    return [label if isinstance(label, int) else str(label) for label in table.index.tolist()]


def _marker_sizes(values: list) -> int | list[int]:
    """Return the size of the markers of a line; a long one has them at its end and alone."""
    if len(values) <= FEW:
        return MARKER
    known = [False, *(value is not None for value in values), False]
    last = max(index for index, value in enumerate(values) if value is not None)
    return [
        MARKER if index == last or not (known[index] or known[index + 2]) else 0
        for index in range(len(values))
    ]


def _label_places(table: pd.DataFrame) -> dict[str, str]:
    """Return where each line is named: beside its end, or above or below where ends are close.

    No name stands below an end close to the axis, where those of the ticks are.
    """
    ends = table.ffill().iloc[-1].sort_values()
    lowest = min(0, table.min(axis=None))
    close = 0.06 * (table.max(axis=None) - lowest)
    near = ends.diff() < close
    places = dict.fromkeys(ends.index, "middle")
    for position in range(1, len(ends)):
        if near.iloc[position]:
            free = ends.iloc[position - 1] - lowest >= close
            places[ends.index[position - 1]] = "bottom" if free else "middle"
            places[ends.index[position]] = "top"
    return places
