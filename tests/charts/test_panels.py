import pandas as pd
import pytest

from casi.charts import basic
from casi.charts.annotate import mark_events
from casi.charts.palette import STATE_COLOURS
from casi.charts.panels import panels

TABLE = pd.DataFrame({"KGZ": [0, 54.0, 14], "TJK": [75.0, 3, 0]}, index=[2023, 2024, 2025])


@pytest.fixture(params=[True, False], ids=["bars", "lines"])
def figure(request):
    return panels(TABLE, STATE_COLOURS, bars=request.param)


def test_each_column_has_a_panel_of_its_own_from_the_top_down(figure):
    """The first stands on the axis that Plotly takes anyway, so none is written."""
    drawn = [trace for trace in figure.data if trace.name in TABLE]
    assert [(trace.name, trace.yaxis) for trace in drawn] == [("KGZ", None), ("TJK", "y2")]
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert upper[1] == 1 and lower[0] == pytest.approx(0, abs=1e-3) and lower[1] < upper[0]


def test_panels_share_one_scale_and_one_axis_of_time(figure):
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range == (0, 80)
    assert figure.layout.yaxis.dtick == 40  # the ends and the middle
    assert figure.layout.xaxis.range == (2022.5, 2025.5)
    assert figure.layout.xaxis.anchor == "y2"


def test_each_panel_is_named_inside_and_there_is_no_key(figure):
    texts = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    names = {trace.text[0]: trace.yaxis for trace in texts}
    assert names == {"KGZ": None, "TJK": "y2"}
    assert figure.layout.showlegend is False


def test_the_numbers_and_the_description_are_those_of_one_chart(figure):
    plain = basic.bars(TABLE, STATE_COLOURS).layout.meta
    assert figure.layout.meta["table"] == plain["table"]
    assert figure.layout.meta["alt"].startswith("2 panels on one scale. ")


def test_events_are_marked_across_all_panels(figure):
    events = pd.DataFrame({"date": [pd.Timestamp(2024, 7, 1)], "label": ["Treaty"]})
    line = mark_events(figure, events).layout.shapes[0]
    assert (line.yref, line.y0, line.x0) == ("paper", 0, pytest.approx(2024, abs=0.01))
