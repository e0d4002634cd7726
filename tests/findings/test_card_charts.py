import pandas as pd
import pytest

from casi.book.pages import small_chart
from casi.findings import card_charts
from casi.findings.key_findings import FINDINGS
from casi.tables import load, names


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


@pytest.mark.parametrize("key", card_charts.DRAWN)
def test_the_chart_of_each_card_can_be_drawn_and_is_small(key, record):
    text = card_charts.small_chart(key, "", record)
    drawn, words = text.removeprefix("{small-chart}`").removesuffix("`").split(" | ")
    assert len(small_chart.svg(drawn, words)) <= 3000
    assert drawn.count("!") == 1 and "nan" not in drawn
    assert key in FINDINGS


def test_a_number_of_a_whole_is_drawn_as_such():
    assert card_charts.small_chart("law", "4 of 5", {}) == "{small-chart}`4 of 5 | 4 of 5`"


def test_a_finding_without_numbers_behind_it_has_no_chart():
    assert card_charts.small_chart("other", "12", {}) == ""


def test_bars_run_from_the_lowest_to_the_highest_number_and_unknown_ones_leave_a_gap():
    shares = pd.DataFrame({"low": [0.25, None, 0.5], "high": [0.25, None, 0.75]})
    assert card_charts._ranges(shares, "By period") == (
        "0.250 - 0.500:0.750! | By period: 25%, no number, 50–75%"
    )
