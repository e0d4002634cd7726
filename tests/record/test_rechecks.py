"""Error rates of second readings, worked out by hand."""

import pandas as pd
import pytest

from casi.record.rechecks import error_rates, wilson_interval
from casi.tables import load


def test_none_wrong_still_leaves_room_for_errors():
    low, high = wilson_interval(0, 78)
    assert low == pytest.approx(0)
    assert high == pytest.approx(1.96**2 / (78 + 1.96**2), abs=1e-4)  # 4.7 %


def test_interval_of_two_in_ten():
    # the worked example of Newcombe's tables: 0.0567 to 0.5098
    assert wilson_interval(2, 10) == pytest.approx((0.0567, 0.5098), abs=1e-4)


def test_all_wrong_mirrors_none_wrong():
    assert wilson_interval(5, 5) == pytest.approx((1 - wilson_interval(0, 5)[1], 1.0))


def test_each_reading_has_its_share():
    rates = error_rates(pd.DataFrame({"drawn": [25, 40], "wrong": [3, 0]}))
    assert rates["share"].tolist() == [0.12, 0.0]
    assert rates["low"].tolist() == pytest.approx([0.0417, 0], abs=1e-4)
    assert rates["high"].tolist() == pytest.approx([0.2996, 0.0876], abs=1e-4)


def test_no_reading_finds_more_wrong_than_it_drew():
    rechecks = load("rechecks")
    assert (rechecks["wrong"] <= rechecks["drawn"]).all()
