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
        for ring in ((1, 2) if state == "UZB" else (1,))
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
    assert list(uzbekistan.y) == [41, 41, 42, 41, None, 42, 42, 43, 42]


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
    assert len({trace.fillcolor for trace in drawn.data}) == 1


def test_every_edition_can_show_it(figure):
    assert plotly_rules.faults(figure.to_dict()) == []
