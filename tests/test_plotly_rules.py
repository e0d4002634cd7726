"""What the book cannot show is refused by name, with a way out; values are kept exactly."""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from casi import plotly_rules
from casi.charts.chart import carry, chart

TABLE = {"columns": ["a", "b"], "format": ",.0f", "rows": [["x", 1]]}
BAR = {"type": "bar", "x": ["a"], "y": [1]}


def drawn(trace, **layout):
    return {"data": [trace], "layout": layout}


def test_bars_have_no_fault():
    assert plotly_rules.faults(drawn(BAR, height=300, xaxis2={}, title={"text": "t"})) == []


@pytest.mark.parametrize(
    ("figure", "fault"),
    [
        (
            drawn({"type": "surface", "z": [[1]]}),
            "trace type 'surface' is not supported: use heatmap",
        ),
        (
            drawn({"type": "ohlc"}),
            "trace type 'ohlc' is not supported: use one of bar, scatter, pie",
        ),
        (drawn(BAR | {"transforms": []}), "property 'transforms' of a trace is not supported"),
        (drawn(BAR, mapbox={}), "property 'mapbox' of the layout is not supported"),
        (drawn(BAR, sliders=[{}]), "frames, sliders and buttons do not reach a picture"),
        (drawn(BAR, updatemenus=[{}]), "draw a chart for each state, side by side"),
        (drawn(BAR) | {"frames": [{}]}, "frames, sliders and buttons do not reach a picture"),
        (drawn(BAR, images=[{"source": "http://a.b"}]), "pictures in a chart are not supported"),
        ({"data": [], "layout": {}}, "it draws nothing"),
        (
            drawn(BAR | {"name": "n" * 151}),
            "name of 151 characters, 'nnnnnnnnnnnnnnnnnnnn'...: short",
        ),
        (drawn(BAR | {"x": ["n" * 151]}), "shorten it to 150"),
        (
            drawn(BAR, meta={"title": "t" * 201}),
            "title of 201 characters, 'tttttttttttttttttttt'...",
        ),
        (drawn(BAR, meta={"measure": "t" * 301}), "measure of 301 characters"),
        (drawn(BAR, margin={"l": 100, "r": 301}), "margins of 401 pixels beside the chart"),
        (drawn({"type": "choropleth"}), "type 'choropleth' is not supported: use casi.charts.chor"),
    ],
)
def test_what_the_book_cannot_show_is_named(figure, fault):
    [found] = plotly_rules.faults(figure)
    assert fault in found


def test_texts_and_margins_that_leave_room_have_no_fault():
    layout = {"meta": {"title": "t" * 200, "measure": "m" * 300}, "margin": {"l": 100, "r": 300}}
    assert plotly_rules.faults(drawn(BAR | {"name": "n" * 150, "x": [["a", "b"]]}, **layout)) == []


def test_the_cell_that_draws_it_fails_with_the_name_of_the_chart():
    figure = carry(go.Figure(go.Surface(z=[[1]])), "alt", TABLE)
    with pytest.raises(ValueError, match="chart 'fig-x': trace type 'surface' is not supported"):
        chart("fig-x", figure)


def test_frames_fail_at_the_cell():
    figure = carry(go.Figure(go.Bar(y=[1]), frames=[go.Frame(data=[go.Bar(y=[2])])]), "a", TABLE)
    with pytest.raises(ValueError, match="frames, sliders and buttons"):
        chart("fig-x", figure)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (0.1 + 0.2, 0.3),
        (np.float32(0.5), 0.5),
        (np.int64(2), 2),
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.array([1, 2]), [1, 2]),
        (np.array([[1, np.nan]]), [[1, None]]),
        (pd.array([1, None], "Int64"), [1, None]),
        (pd.Categorical(["b", "a"]), ["b", "a"]),
        (np.array(["2024-08-09"], "datetime64[D]"), ["2024-08-09"]),
        (pd.Timestamp("2024-08-09 10:00"), "2024-08-09 10:00:00"),
        (True, True),
        (2**53, 2**53),
    ],
)
def test_values_are_kept_as_json_holds_them(value, kept):
    found = plotly_rules.plain({"x": value})["x"]
    assert found == kept and type(found) is type(kept)


@pytest.mark.parametrize(
    "value",
    [
        *(float("inf"), -np.inf, 2**53 + 1, 1j, Decimal("1.1"), {1}),
        *(pd.Timedelta("1D"), datetime(2024, 8, 9, tzinfo=UTC)),
    ],
)
def test_a_value_that_cannot_be_kept_is_an_error_that_names_its_place(value):
    with pytest.raises(ValueError, match=r"figure\.data\[0\]\.x\[1\]: "):
        plotly_rules.plain({"data": [{"x": [1, value]}]})


@pytest.mark.parametrize(
    ("colour", "kept"),
    [
        ("#1549AC", "#1549AC"),
        ("crimson", "#DC143C"),
        ("#abc", "#AABBCC"),
        ("rgb(0, 0, 139)", "#00008B"),
        ("hsl(0, 100%, 50%)", "#FF0000"),
        ("rgba(220, 20, 60, 0.5)", "#DC143C80"),
        ("rgba(127,127,127,0.25)", "rgba(127,127,127,0.25)"),
        ("rgba(0,0,0,0)", "rgba(0,0,0,0)"),
        ("Viridis", "Viridis"),
    ],
)
def test_colours_are_written_in_one_way(colour, kept):
    assert plotly_rules.plain({"marker": {"color": colour}}) == {"marker": {"color": kept}}
    assert plotly_rules.plain({"name": colour}) == {"name": colour}
