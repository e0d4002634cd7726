import pandas as pd
import pytest

from casi.charts.border_map import add_events, border_map
from casi.charts.palette import BORDER_COLOURS, SERIES_COLOURS


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


def test_a_map_of_borders_says_what_it_shows(borders, outlines, labels):
    figure = border_map(borders, outlines, labels, BORDER_COLOURS)
    assert figure.layout.meta["alt"] == (
        "A map of 3 land borders. Demarcated: Kazakhstan–Kyrgyzstan and Kazakhstan–Russia. "
        "Not known: Kazakhstan–Uzbekistan."
    )
    assert figure.layout.meta["table"]["rows"][2] == ["Kazakhstan–Uzbekistan", "Not known"]
    assert [trace.name for trace in figure.data if trace.mode == "text"] == ["Names, state"]
    land, coast = figure.layout.shapes
    assert (land.line.width, coast.path) == (0, "M60,44L60,40")


def test_a_border_without_a_line_is_refused(borders, outlines, labels):
    with pytest.raises(KeyError, match="kaz-uzb"):
        border_map(borders, outlines.iloc[1:], labels, BORDER_COLOURS)


def test_events_are_discs_and_rings_as_large_as_their_number(borders, outlines, labels):
    rows = [("Astana", 43.0, 62.0, 0, 8), ("Range", 41.0, 63.0, 2, 0)]
    columns = ["site", "lat", "lon", "Exercises", "Meetings"]
    places = pd.DataFrame(rows, columns=columns).set_index("site")
    figure = border_map(borders, outlines, labels, BORDER_COLOURS)
    before = figure.layout.meta
    discs, rings = add_events(figure, places, SERIES_COLOURS).data[-2:]
    assert (discs.name, list(discs.x), list(discs.y)) == ("Exercises: 2", [63.0], [41.0])
    assert (rings.name, rings.marker.symbol) == ("Meetings: 8", "circle-open")
    assert rings.marker.size[0] == pytest.approx(2 * discs.marker.size[0], abs=0.2)  # its area
    alt, table = figure.layout.meta["alt"], figure.layout.meta["table"]
    assert alt == f"{before['alt']} Exercises by place: Range 2. Meetings by place: Astana 8."
    assert table["columns"] == ["Border or place", "State of settlement", "Exercises", "Meetings"]
    assert table["rows"][2] == ["Kazakhstan–Uzbekistan", "Not known", None, None]
    assert table["rows"][-1] == ["Range", None, 2, None]
    assert len(table["rows"]) == len(before["table"]["rows"]) + 2
