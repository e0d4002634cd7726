import pandas as pd
import pytest

from casi.charts import mark_grid

STANDINGS = ["in force", "signed", "reported", "not found"]


@pytest.fixture
def figure():
    cells = {
        "Aid": ["in force", "not found"],
        "Talks": ["reported", "in force"],
        "Arms": "not found",
    }
    table = pd.DataFrame(cells, index=["Ours", "Theirs"])
    return mark_grid.marks(table, STANDINGS, "Pair")


def test_every_cell_has_the_mark_of_its_standing(figure):
    marks = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert marks == {
        "In force": [("Aid", "Ours"), ("Talks", "Theirs")],
        "Signed": [],
        "Reported": [("Talks", "Ours")],
        "Not found": [("Arms", "Ours"), ("Aid", "Theirs"), ("Arms", "Theirs")],
    }


def test_standings_differ_in_shape_not_only_in_colour(figure):
    assert len({trace.marker.symbol for trace in figure.data}) == len(STANDINGS)


def test_the_description_and_the_table_tell_the_same(figure):
    meta = figure.layout.meta
    assert (
        "Aid: in force Ours. Talks: in force Theirs; reported Ours. Arms: not found" in meta["alt"]
    )
    assert meta["table"]["columns"] == ["Pair", "Aid", "Talks", "Arms"]
    assert meta["table"]["rows"] == [
        ["Ours", "in force", "reported", "not found"],
        ["Theirs", "not found", "in force", "not found"],
    ]


def test_rows_stand_from_the_top_down_with_room(figure):
    layout = figure.layout
    assert list(layout.yaxis.categoryarray) == ["Theirs", "Ours"]
    assert list(layout.xaxis.categoryarray) == ["Aid", "Talks", "Arms"]
    assert (layout.yaxis.dtick, layout.height) == (1, 170)


def test_words_without_a_shape_are_refused():
    with pytest.raises(ValueError, match="zip"):
        mark_grid.marks(pd.DataFrame({"a": ["in force"]}), STANDINGS[:2], "Pair")
