"""A map of states: the higher the darker, the unknown grey."""

import pandas as pd
import pytest
from coloraide import Color

from casi import plotly_rules
from casi.charts.choropleth import DARKEST, LIGHTEST, UNKNOWN, choropleth

NAMES = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "TKM": "Turkmenistan", "TJK": "Tajikistan"}
SQUARE = [(0, 40), (1, 40), (1, 41)]


@pytest.fixture
def figure():
    rows = [
        {"state": state, "ring": ring, "point": number, "lon": lon + 3 * place, "lat": lat + ring}
        for place, state in enumerate(NAMES)
        for ring in ((2, 1) if state == "UZB" else (1,))
        for number, (lon, lat) in enumerate(SQUARE)
    ]
    values = pd.Series({"KAZ": 1.0, "UZB": 3.0, "TKM": None, "TJK": 2.0}, name="Exercises")
    return choropleth(values, pd.DataFrame(rows), NAMES)


def test_the_lowest_is_lightest_the_highest_darkest_the_unknown_grey(figure):
    fills = {trace.name: trace.fillcolor for trace in figure.data}
    assert fills["Kazakhstan"] == LIGHTEST and fills["Uzbekistan"] == DARKEST
    assert fills["Turkmenistan"] == UNKNOWN
    light = {name: Color(fill).convert("oklab")["lightness"] for name, fill in fills.items()}
    assert light["Kazakhstan"] > light["Tajikistan"] > light["Uzbekistan"]


def test_every_state_is_closed_and_its_rings_are_apart(figure):
    uzbekistan = figure.data[1]
    assert list(uzbekistan.x) == [3, 4, 4, 3, None, 3, 4, 4, 3]
    assert list(uzbekistan.y) == [42, 42, 43, 42, None, 41, 41, 42, 41]


def test_numbers_and_words_say_what_is_unknown(figure):
    meta = figure.layout.meta
    assert meta["table"]["columns"] == ["State", "Exercises"]
    assert meta["table"]["rows"] == [
        *(["Kazakhstan", 1], ["Uzbekistan", 3], ["Turkmenistan", None], ["Tajikistan", 2]),
    ]
    assert "Uzbekistan 3, Tajikistan 2 and Kazakhstan 1. Unknown: Turkmenistan." in meta["alt"]


def test_equal_values_are_equally_dark():
    outlines = pd.DataFrame({"state": ["KAZ", "UZB"], "ring": 1, "lon": [0, 1], "lat": [40, 41]})
    drawn = choropleth(pd.Series({"KAZ": 2, "UZB": 2}), outlines, NAMES)
    assert {trace.fillcolor for trace in drawn.data} == {DARKEST}


def test_every_edition_can_show_it(figure):
    assert plotly_rules.faults(figure.to_dict()) == []


def test_a_name_stands_in_the_middle_of_its_state_without_arrow_axes_or_legend(figure):
    uzbekistan = figure.layout.annotations[1]
    assert (uzbekistan.x, uzbekistan.y, uzbekistan.text) == (3.5, 42, "UZB<br>3")
    assert not any(mark.showarrow for mark in figure.layout.annotations)
    assert not any(trace.showlegend for trace in figure.data)
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert (axis.showgrid, axis.showticklabels, axis.zeroline) == (False, False, False)


def test_a_degree_is_as_long_both_ways_in_the_middle_of_the_map(figure):
    # the mean latitude of the 15 points is 41.53 degrees, whose cosine is 0.749
    assert figure.layout.yaxis.scaleratio == pytest.approx(1 / 0.7486, abs=0.001)
