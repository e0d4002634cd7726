import pandas as pd
import pytest
from coloraide import Color

from casi.charts import palette
from casi.charts.grid import STRONGEST, grid, strength

TABLE = pd.DataFrame(
    {"1996–2000": [4.0, 0.0], "2001–2005": [1.0, 2.0]},
    index=pd.Index(["KAZ – KGZ", "KAZ – TJK"], name="Pair"),
)
COLOURS = dict.fromkeys(TABLE.index, palette.SERIES_COLOURS["With each other"])


@pytest.fixture
def figure():
    return grid(TABLE, COLOURS, ".1f")


def test_each_cell_says_its_number_and_zero_is_left_empty(figure):
    last, first = figure.data  # stacked from the bottom
    assert (first.name, list(first.text)) == ("KAZ – KGZ", ["4.0", "1.0"])
    assert list(last.text) == ["", "2.0"]
    assert list(figure.layout.yaxis.ticktext) == ["KAZ – TJK", "KAZ – KGZ"]
    assert list(figure.layout.yaxis.tickvals) == [0.5, 1.5]


def test_a_number_that_rounds_to_zero_is_not_called_zero():
    figure = grid(TABLE.replace(1.0, 0.02), COLOURS, ".1f")
    assert list(figure.data[1].text) == ["4.0", "<0.1"]
    assert "4.0 in 1996–2000 and <0.1 in 2001–2005" in figure.layout.meta["alt"]
    assert list(grid(TABLE.replace(1.0, 0.2), COLOURS, ".0f").data[1].text) == ["4", "<1"]


def test_cells_are_as_strong_as_their_numbers(figure):
    last, first = figure.data
    assert first.marker.opacity[0] == STRONGEST
    assert last.marker.opacity[0] < last.marker.opacity[1] < STRONGEST
    assert strength(2, 4) == pytest.approx((0.06 + 0.4) / 2)
    assert strength(float("nan"), 4) == strength(0, 4) == 0.06


@pytest.mark.parametrize("colour", sorted(set(palette.SERIES_COLOURS.values())))
def test_numbers_can_be_read_on_the_strongest_cell(colour):
    pages = ((palette.PAPER, palette.INK, colour),)
    pages += ((palette.DARK_PAPER, palette.DARK_INK, palette.on_dark(colour)),)
    for paper, ink, shown in pages:
        cell = Color(paper).mix(shown, STRONGEST, space="srgb")
        assert Color(ink).contrast(cell) >= 3, (colour, paper)


def test_the_description_and_the_numbers_are_those_drawn(figure):
    meta = figure.layout.meta
    assert meta["alt"] == (
        "A grid of numbers, stronger in colour where higher. KAZ – KGZ: 4.0 in 1996–2000 and 1.0 "
        "in 2001–2005. KAZ – TJK: 2.0 in 2001–2005."
    )
    assert meta["table"] == {
        "columns": ["Pair", "1996–2000", "2001–2005"],
        "format": ".1f",
        "rows": [["KAZ – KGZ", 4.0, 1.0], ["KAZ – TJK", 0.0, 2.0]],
    }


def test_a_grid_grows_with_its_rows(figure):
    """34 pixels a row, and 70 for the headings."""
    assert (figure.layout.height, figure.layout.showlegend) == (138, False)
    assert figure.layout.xaxis.side == "top"


def test_colours_may_belong_to_the_columns():
    table = pd.DataFrame({"Russia": [1, 2], "China": [0, 3]}, index=["Ours", "Theirs"])
    colours = {"Russia": "#5E0A33", "China": "#D57C06"}
    assert [trace.marker.color for trace in grid(table, colours).data] == [(*colours.values(),)] * 2
