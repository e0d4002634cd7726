import pandas as pd
import plotly.graph_objects as go
import pytest

from casi.charts import base_map
from casi.charts.palette import INK, OUTLINE


@pytest.fixture
def outlines():
    """A square of four degrees, its east side a border, and a neighbour with an enclave in it."""
    square = [("KAZ", 1, 60, 40, None), ("KAZ", 1, 64, 40, "kaz-uzb"), ("KAZ", 1, 64, 44, None)]
    square += [("KAZ", 1, 60, 44, None)]
    other = [("UZB", 1, 64, 44, "kaz-uzb"), ("UZB", 1, 64, 42, "kaz-uzb")]
    other += [("UZB", 1, 64, 40, None), ("UZB", 1, 68, 42, None)]
    enclave = [("UZB", 2, *point, "kaz-uzb") for point in ((61, 41), (62, 41), (61, 42))]
    columns = ["state", "ring", "lon", "lat", "border"]
    return pd.DataFrame([*square, *other, *enclave], columns=columns)


@pytest.fixture
def labels():
    rows = [
        ("state", "Kazakhstan", "KAZ", 62.0, 42.0, "centre"),
        ("state", "Azerbaijan", "AZE", 62.0, 42.0, "centre"),
        ("capital", "Tashkent", "UZB", 66.0, 42.0, "top left"),
        ("capital", "Baku", "AZE", 62.0, 42.0, "top"),
        ("sea", "Caspian Sea", None, 59.0, 39.0, "centre"),
        ("neighbour", "China", "CHN", 80.0, 42.0, "centre"),
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "state", "lon", "lat", "side"])


def test_outlines_are_cut_where_a_border_begins_or_ends(outlines):
    assert base_map.stretches(outlines.query("state == 'KAZ'")) == [
        ("KAZ", "", [(60, 40), (64, 40)]),
        ("KAZ", "kaz-uzb", [(64, 40), (64, 44)]),
        ("KAZ", "", [(64, 44), (60, 44), (60, 40)]),
    ]


def test_a_border_is_drawn_from_the_side_with_more_points_and_its_enclaves(outlines):
    assert base_map.border_lines(outlines) == {
        "kaz-uzb": [[(64, 44), (64, 42), (64, 40)], [(61, 41), (62, 41), (61, 42), (61, 41)]]
    }
    assert base_map.border_lines(outlines.query("state == 'KAZ'"))["kaz-uzb"] == [
        [(64, 40), (64, 44)]
    ]


def test_the_middle_is_halfway_along_the_longest_line():
    lines = [[(0, 0), (0, 1)], [(0, 0), (0, 2), (0, 6)]]
    assert base_map.middle(lines) == (0, 3)
    assert base_map.middle([[(0, 0), (0, 4), (0, 6)]]) == (0, 3)
    lon, lat = base_map.middle([[(0, 0), (10, 0), (10, 7.1934)]])  # degrees of equal length
    assert (lon, lat) == (pytest.approx(10, abs=0.001), pytest.approx(0, abs=0.001))


def test_lines_are_joined_with_gaps():
    assert base_map.joined([[(1, 2), (3, 4)], [(5, 6), (7, 8)]]) == (
        [1, 3, None, 5, 7],
        [2, 4, None, 6, 8],
    )


def test_land_is_filled_and_its_coasts_are_drawn_without_the_borders(outlines):
    rows = outlines.query("state == 'KAZ'")
    [whole] = base_map.land(rows)
    assert whole["path"] == "M60,40L64,40L64,44L60,44Z"
    assert (whole["layer"], whole["line"]) == ("below", {"color": OUTLINE, "width": 1})
    filled, *coasts = base_map.land(rows, coasts=True)
    assert (filled["fillcolor"], filled["line"]) == (base_map.LAND, {"width": 0})
    assert [line["path"] for line in coasts] == ["M60,40L64,40", "M64,44L60,44L60,40"]
    assert all("fillcolor" not in line and line["line"]["width"] == 1 for line in coasts)


def test_names_are_those_in_the_frame_and_of_states_drawn(labels, outlines):
    found = base_map.shown(labels, outlines)["name"]
    assert list(found) == ["Kazakhstan", "Tashkent", "Caspian Sea"]


def test_names_are_written_by_kind_and_a_capital_has_a_square(labels):
    figure = go.Figure()
    base_map.names(figure, labels.iloc[[0, 2, 3, 4]])
    state, capital, sea = figure.data
    assert (state.mode, list(state.text), state.textfont.weight) == ("text", ["Kazakhstan"], 600)
    assert (capital.mode, capital.marker.symbol) == ("markers+text", "square")
    assert list(capital.text) == ["Tashkent\u00a0", "Baku"]
    assert list(capital.textposition) == ["top left", "top center"]
    assert capital.cliponaxis is False  # a name may reach over the frame
    assert (list(capital.x), list(capital.y)) == ([66, 62], [42, 42])
    assert (sea.textfont.style, sea.textfont.color) == ("italic", INK)
    assert {(trace.showlegend, trace.hoverinfo) for trace in figure.data} == {(False, "skip")}


def test_names_of_capitals_keep_clear_of_bubbles(labels):
    figure = go.Figure()
    base_map.names(figure, labels.iloc[[0, 2]].assign(side="right"), bubbles=True)
    state, capital = figure.data
    assert (state.text, capital.text) == (
        ("\u00a0" * 3 + "Kazakhstan",),
        ("\u00a0" * 4 + "Tashkent",),
    )
    assert capital.textposition == ("middle right",)


def test_a_frame_has_no_ticks_and_a_degree_of_margin(outlines):
    figure = go.Figure()
    base_map.frame(figure, outlines, 300)
    layout = figure.layout
    assert (layout.xaxis.range, layout.yaxis.range, layout.height) == ((59, 69), (39, 45), 300)
    for axis in (layout.xaxis, layout.yaxis):
        assert (axis.linecolor, axis.showgrid) == ("rgba(0,0,0,0)", False)
        assert (axis.showticklabels, axis.ticks) == (False, "")
    assert layout.yaxis.scaleratio == pytest.approx(1.390, abs=0.001)


def test_the_side_with_more_points_may_be_one_line():
    whole = [(64, 40, "a-b"), (64, 42, "a-b"), (64, 44, "a-b"), (64, 46, "a-b"), (64, 48, None)]
    broken = [(64, 46, "a-b"), (63, 45, None), (63, 41, "a-b"), (64, 40, None)]
    rows = [("A", 1, *row) for row in whole] + [("B", 1, *row) for row in broken]
    outlines = pd.DataFrame(rows, columns=["state", "ring", "lon", "lat", "border"])
    rows_of_b = outlines[outlines["state"] == "B"]
    assert base_map.border_lines(outlines) == {
        "a-b": [[(64, 40), (64, 42), (64, 44), (64, 46), (64, 48)]]
    }
    assert len(base_map.border_lines(rows_of_b)["a-b"]) == 2
