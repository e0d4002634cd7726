"""Mark days in a chart over time: a dotted line across it, named in a row of its own above it.

Each name has its own row, so that names never overlap, on a phone either.
"""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from casi.charts.chart import carry
from casi.charts.palette import INK
from casi.escape import for_plotly

ROW = 17  # pixels, the height of a name
STUB = 0.4  # of a row, by which a line reaches into that of its name
BESIDE = 3  # pixels between a line and its name
PLOT = 340  # pixels, about the height of the axes, in which Plotly counts the place of a legend
ROOM = 0.35  # share of the width of a chart that a name takes on a phone
SPAN = re.compile(r"(\d{4})–(\d{4})")  # a period among the names on an axis


def mark_events(figure: go.Figure, events: pd.DataFrame) -> go.Figure:
    """Mark events that lie in the range of the horizontal axis; the text alternative names them.

    Args:
        figure: what a drawing function of `casi.charts` returned, over years, periods such as
            `2011–2015`, or dates.
        events: columns `date` (datetime) and `label`.

    Raises:
        ValueError: if an event lies outside the range of the chart.
    """
    spots = [(event.label, *_spot(figure, event)) for event in events.itertuples()]
    for row, (label, place, before) in enumerate(_in_rows(spots)):
        _draw(figure, place, before, label, row)
    if figure.layout.xaxis.side == "top":
        figure.update_xaxes(side="bottom")  # where the names of its ticks leave room
    above = ROW * len(spots)
    figure.update_layout(margin={"t": 8 + above}, legend={"y": round(1.02 + above / PLOT, 3)})
    drawn = figure.layout.meta
    names = "; ".join(events.sort_values("date")["label"])
    return carry(figure, f"{drawn['alt']} Marked: {names}.", drawn["table"])


def _in_rows(spots: list[tuple]) -> list[tuple[str, float | str, bool]]:
    """Return name, place and if the name stands before its line, the lowest row first.

    All names stand on the same side if there is room, so that no line crosses the name of another.
    """
    order = sorted(spots, key=lambda spot: spot[2])
    shares = [share for *_, share in order]
    if shares and shares[0] < ROOM <= 1 - shares[-1]:
        return [(label, place, False) for label, place, _ in reversed(order)]
    if not shares or shares[0] >= ROOM:
        return [(label, place, True) for label, place, _ in order]
    late = [(label, place, True) for label, place, share in order if share >= 0.5]
    early = [(label, place, False) for label, place, share in reversed(order) if share < 0.5]
    return [*late, *early]


def _spot(figure: go.Figure, event) -> tuple[float | str, float]:
    found = position(figure, event.date)
    if found is None:
        raise ValueError(f"{event.label}: outside the range of the chart")
    return found


def position(figure: go.Figure, day: pd.Timestamp) -> tuple[float | str, float] | None:
    """Return where a day lies on the horizontal axis, and its share of it; None if outside.

    A year covers the width of its bar: half a unit to either side of its number.
    """
    values = [value for trace in figure.data for value in (trace.x if trace.x is not None else ())]
    if figure.layout.xaxis.type == "date":
        return _on_dates(figure, day)
    if all(isinstance(value, int) for value in values):
        place = day.year - 0.5 + (day.day_of_year - 1) / 366
        share = (place - min(values) + 0.5) / (max(values) - min(values) + 1)
        return (round(place, 2), share) if 0 <= share <= 1 else None
    names = list(dict.fromkeys(map(str, values)))
    for index, name in enumerate(names):
        span = SPAN.search(name)
        if span and int(span[1]) <= day.year <= int(span[2]):
            years = int(span[2]) - int(span[1]) + 1
            place = index - 0.5 + (day.year - int(span[1]) + (day.day_of_year - 1) / 366) / years
            return round(place, 2), (place + 0.5) / len(names)
    return None


def _on_dates(figure: go.Figure, day: pd.Timestamp) -> tuple[str, float] | None:
    days = []
    for trace in figure.data:
        starts = trace.base if trace.type == "bar" else trace.x
        days += [pd.Timestamp(start) for start in starts]
        if trace.type == "bar":  # whose length is in milliseconds
            lengths = zip(trace.base, trace.x, strict=True)
            days += [pd.Timestamp(start) + pd.Timedelta(long, "ms") for start, long in lengths]
    share = (day - min(days)) / (max(days) - min(days))
    return (f"{day:%Y-%m-%d}", share) if 0 <= share <= 1 else None


def _draw(figure: go.Figure, place: float | str, before: bool, label: str, row: int) -> None:
    """Draw one line into the row of its name, which stands before or behind it.

    So it shows even where a bar hides the rest of it.
    """
    top = round(1 + ROW * (row + STUB) / PLOT, 3)
    look = {"type": "line", "layer": "below", "line": {"color": INK, "dash": "dot", "width": 1}}
    figure.add_shape(look, x0=place, x1=place, xref="x", y0=0, y1=top, yref="paper")
    figure.add_annotation(
        text=for_plotly(label),
        x=place,
        xref="x",
        xanchor="right" if before else "left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=ROW * row,
        xshift=-BESIDE if before else BESIDE,
        showarrow=False,
        font={"color": INK, "size": 13},
    )
