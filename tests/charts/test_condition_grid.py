import pandas as pd
import pytest

from casi.charts import condition_grid


@pytest.fixture
def figure():
    rows = [
        ("Own", "Summits", "condition", "2016-12-31", "not met", "0"),
        ("Own", "Summits", "condition", "2026-05-18", "met", "3"),
        ("Own", "Shots", "condition", "2016-12-31", "not met", "2"),
        ("Own", "Shots", "condition", "2026-05-18", "unknown", "–"),
        ("Own", "Stops", "falsifier", "2026-05-18", "not met", "2"),
    ]
    columns = ["pathway", "name", "role", "day", "state", "written"]
    table = pd.DataFrame(rows, columns=columns)
    return condition_grid.conditions(table.assign(day=pd.to_datetime(table["day"])))


def test_conditions_have_a_mark_each_and_falsifiers_none(figure):
    marks = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert marks == {
        "Met": [("May 2026", "Summits")],
        "Not met": [("Dec 2016", "Summits"), ("Dec 2016", "Shots")],
        "Unknown": [("May 2026", "Shots")],
        "Conditions met": [("Dec 2016", "Own:"), ("May 2026", "Own:")],
    }


def test_states_differ_in_shape_not_only_in_colour(figure):
    assert len({trace.marker.symbol for trace in figure.data[:3]}) == 3


def test_the_description_and_the_numbers_tell_the_same(figure):
    meta = figure.layout.meta
    assert "Own, May 2026: met Summits; unknown Shots" in meta["alt"]
    assert meta["table"]["columns"] == ["Condition", "Dec 2016", "May 2026"]
    assert meta["table"]["rows"] == [
        ["Own: Summits", "not met (0)", "met (3)"],
        ["Own: Shots", "not met (2)", "unknown"],
    ]


def test_rows_and_columns_have_room(figure):
    """30 pixels for each of three names (pathway, two conditions), 110 for headings and legend."""
    layout = figure.layout
    assert layout.height == 200
    assert (layout.xaxis.range, layout.yaxis.range) == ((-0.5, 1.65), (-0.6, 2.6))
    assert list(layout.yaxis.categoryarray) == ["Shots", "Summits", "Own:"]  # from the bottom
    assert (layout.xaxis.side, layout.legend.y) == ("top", -0.02)


def test_the_value_stands_beside_its_mark_if_there_is_one(figure):
    texts = {trace.name: list(trace.text) for trace in figure.data}
    assert texts.pop("Conditions met") == ["0 of 2", "1 of 2"]
    assert texts == {"Met": ["\u00a03"], "Not met": ["\u00a00", "\u00a02"], "Unknown": [""]}


def test_each_pathway_has_a_band_and_no_line_strikes_a_value_through(figure):
    [band] = figure.layout.shapes
    assert (band.y0, band.y1, band.layer) == (1.5, 2.5, "below")  # behind the third name, Own
    assert figure.layout.yaxis.showgrid is False


def test_every_condition_has_its_label_from_the_top_down(figure):
    axis = figure.layout.yaxis
    assert axis.dtick == 1 and list(axis.categoryarray) == ["Shots", "Summits", "Own:"]
    assert tuple(axis.range) == pytest.approx((-0.6, 2.6))
    assert tuple(figure.layout.xaxis.range) == pytest.approx((-0.5, 1.65))
    assert list(figure.layout.xaxis.categoryarray) == ["Dec 2016", "May 2026"]
    assert figure.layout.xaxis.showgrid is False and figure.data[0].cliponaxis is False
