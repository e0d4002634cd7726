import pandas as pd
import pytest

from casi.charts_band import band


@pytest.fixture
def figure():
    rows = {"low": [1.0, 20.0], "median": [10.04, 40.0], "high": [30.0, 60.0]}
    return band(pd.DataFrame(rows, index=pd.Index([2016, 2025], name="year")), "Middle", "Range")


def test_the_range_is_closed_and_lies_under_the_line(figure):
    around, middle = figure.data
    assert list(around.x) == [2016, 2025, 2025, 2016]
    assert list(around.y) == [30, 60, 20, 1]
    assert (around.name, middle.name) == ("Range", "Middle")
    assert list(middle.y) == [10.0, 40]


def test_it_says_what_a_reader_would_see_and_lists_the_numbers(figure):
    meta = figure.layout.meta
    assert "10 in 2016, the range 1 to 30, to 40 in 2025, the range 20 to 60" in meta["alt"]
    assert meta["table"]["rows"] == [["2016", 1, 10, 30], ["2025", 20, 40, 60]]
