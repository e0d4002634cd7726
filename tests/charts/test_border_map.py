import pandas as pd
import pytest

from casi.charts.border_map import border_map
from casi.charts.palette import BORDER_COLOURS


@pytest.fixture
def outlines():
    """Kazakhstan meets Uzbekistan in the south, Kyrgyzstan in the east and Russia in the north."""
    rows = [(60, 40, "kaz-uzb"), (64, 40, "kaz-kgz"), (64, 44, "kaz-rus"), (60, 44, None)]
    columns = ["lon", "lat", "border"]
    return pd.DataFrame(rows, columns=columns).assign(state="KAZ", ring=1)


@pytest.fixture
def labels():
    row = ("state", "Kazakhstan", "KAZ", 62.0, 42.0, "centre")
    return pd.DataFrame([row], columns=["kind", "name", "state", "lon", "lat", "side"])


@pytest.fixture
def borders():
    rows = [
        ("kaz-kgz", "Kazakhstan–Kyrgyzstan", "Demarcated"),
        ("kaz-rus", "Kazakhstan–Russia", "Demarcated"),
        ("kaz-uzb", "Kazakhstan–Uzbekistan", "Not known"),
    ]
    return pd.DataFrame(rows, columns=["border", "name", "class"]).set_index("border")


def test_each_class_is_one_line_with_its_number(borders, outlines, labels):
    figure = border_map(borders, outlines, labels, BORDER_COLOURS)
    drawn = {trace.name: trace for trace in figure.data if trace.mode == "lines"}
    assert list(drawn) == ["Demarcated: 2", "Not known: 1"]
    settled, unknown = drawn.values()
    assert (list(settled.x), list(settled.y)) == ([64, 64, None, 64, 60], [40, 44, None, 44, 44])
    assert (settled.line.color, settled.line.dash) == (BORDER_COLOURS["Demarcated"], None)
    assert (unknown.line.width, unknown.line.dash) == (2.5, "dot")


def test_the_middle_of_each_border_says_which_it_is(borders, outlines, labels):
    figure = border_map(borders, outlines, labels, BORDER_COLOURS)
    middles = [trace for trace in figure.data if trace.mode == "markers"]
    assert list(middles[0].hovertext) == [
        "Kazakhstan–Kyrgyzstan: demarcated",
        "Kazakhstan–Russia: demarcated",
    ]
    assert (list(middles[0].x), list(middles[0].y)) == ([64, 62], [42, 44])
    assert [trace.showlegend for trace in middles] == [False, False]


def test_exceptions_are_named_beside_their_border(borders, outlines, labels):
    figure = border_map(borders, outlines, labels, BORDER_COLOURS)
    texts = {trace.name: list(trace.text) for trace in figure.data if trace.mode == "text"}
    assert texts == {"Names, not known": ["not known"], "Names, state": ["Kazakhstan"]}
    bare = border_map(borders, outlines, labels, BORDER_COLOURS, marked={})
    assert [trace.name for trace in bare.data if trace.mode == "text"] == ["Names, state"]


def test_a_map_of_borders_says_what_it_shows(borders, outlines, labels):
    figure = border_map(borders, outlines, labels, BORDER_COLOURS, height=320)
    assert figure.layout.meta["alt"] == (
        "A map of 3 land borders. Demarcated: Kazakhstan–Kyrgyzstan and Kazakhstan–Russia. "
        "Not known: Kazakhstan–Uzbekistan."
    )
    assert figure.layout.meta["table"]["rows"][2] == ["Kazakhstan–Uzbekistan", "Not known"]
    assert figure.layout.height == 320
    land, coast = figure.layout.shapes
    assert (land.line.width, coast.path) == (0, "M60,44L60,40")


def test_a_border_without_a_line_is_refused(borders, outlines, labels):
    with pytest.raises(KeyError, match="kaz-uzb"):
        border_map(borders, outlines.iloc[1:], labels, BORDER_COLOURS)
