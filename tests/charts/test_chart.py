import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from casi.charts import basic, chart, grid
from casi.charts.palette import SUPPLIER_COLOURS

YEARS = pd.DataFrame({"Russia": [2, 1], "China": [0, 3]}, index=pd.Index([2020, 2021], name="year"))


def drawn(table=YEARS, **settings):
    return basic.bars(table, SUPPLIER_COLOURS, **settings)


def stored(finished):
    return finished._repr_mimebundle_()[chart.PLOTLY_MIME]


def figure_with(trace):
    return go.Figure(trace, layout={"meta": {"alt": "Bars", "table": {"rows": [["2020", 1]]}}})


def test_chart_keeps_label_description_and_numbers_with_the_figure():
    finished = chart.chart("fig-x", drawn())
    assert isinstance(finished, chart.Chart)
    meta = stored(finished)["layout"]["meta"]
    assert meta["label"] == "fig-x"
    assert meta["table"] == {
        "columns": ["Year", "Russia", "China"],
        "format": ",.0f",
        "rows": [["2020", 2, 0], ["2021", 1, 3]],
    }
    assert finished._repr_mimebundle_()["text/plain"].startswith("fig-x. Bars from 2020")


def test_a_chart_can_be_seen_in_colab(monkeypatch):
    finished = chart.chart("fig-x", drawn())
    assert "text/html" not in finished._repr_mimebundle_()
    monkeypatch.setattr(chart.renderers, "default", "colab")
    assert "Russia" in finished._repr_mimebundle_()["text/html"]


def test_figures_hold_the_house_style_and_no_template():
    layout = stored(chart.chart("fig-x", drawn()))["layout"]
    assert "template" not in layout
    assert layout["font"]["family"] == chart.HOUSE["font"]["family"]
    assert layout["barmode"] == "stack"


def test_chart_refuses_a_figure_that_does_not_say_what_is_seen():
    with pytest.raises(ValueError, match="nothing given for alt, table"):
        chart.chart("fig-x", go.Figure(go.Bar(y=[1])))


def test_every_column_of_the_numbers_has_a_heading():
    with pytest.raises(ValueError, match="'fig-x': a column of its numbers has no heading"):
        chart.chart("fig-x", drawn(YEARS.rename_axis(None)))


def test_numbers_that_may_not_be_handed_out_are_left_out_of_the_table():
    meta = stored(chart.chart("fig-x", drawn(), numbers=False))["layout"]["meta"]
    assert meta["table"]["rows"] == []
    assert meta["table"]["columns"]


def test_number_format_fits_all_numbers_of_a_chart():
    assert chart.number_format(pd.DataFrame({"a": [1.0, 2000.0]})) == ",.0f"
    assert chart.number_format(pd.DataFrame({"a": [1.5, None]})) == ",.2f"
    assert chart.number_format(pd.DataFrame({"a": [1.5, 20.0]})) == ",.1f"
    assert chart.number_format(pd.DataFrame({"a": [0.5, 0.1]}), shares=True) == ".0%"
    assert chart.number_format(pd.DataFrame({"a": [0.04, 0.001]}), shares=True) == ".2%"


def test_stored_figures_hold_lists_not_binary():
    figure = figure_with(go.Bar(x=np.arange(3), y=np.array([1.0, 2.0, 3.0])))
    kept = stored(chart.chart("fig-x", figure))
    assert kept["data"][0]["y"] == [1.0, 2.0, 3.0]
    assert "bdata" not in json.dumps(kept)


def test_the_last_digits_of_a_sum_do_not_matter():
    sums = [chart.chart("fig-x", figure_with(go.Bar(y=[y]))) for y in (0.1 + 0.2, 0.3)]
    once, again = (chart._repr_mimebundle_() for chart in sums)
    assert once == again


def test_same_data_same_bytes():
    once, again = (
        json.dumps(chart.chart("fig-x", figure_with(go.Bar(y=[1])))._repr_mimebundle_())
        for _ in range(2)
    )
    assert once == again


def test_carry_gives_a_figure_its_description_and_numbers():
    table = {"columns": ["Year"], "format": "", "rows": [["2020"]]}
    assert chart.carry(go.Figure(), "Seen.", table).layout.meta == {"alt": "Seen.", "table": table}


def test_number_format_changes_at_ten_and_at_a_twentieth():
    assert chart.number_format(pd.DataFrame({"a": [9.5]})) == ",.2f"
    assert chart.number_format(pd.DataFrame({"a": [10.0, 1.5]})) == ",.1f"
    assert chart.number_format(pd.DataFrame({"a": [-10.0, 1.5]})) == ",.1f"
    assert chart.number_format(pd.DataFrame({"a": [0.05]}), shares=True) == ".0%"
    assert chart.number_format(pd.DataFrame({"a": [0.049]}), shares=True) == ".2%"


def test_values_that_a_chart_stores_are_plain():
    days = [pd.Timestamp("2024-08-09"), pd.NaT, pd.NA]
    figure = figure_with({"type": "bar", "customdata": days, "y": [1, 2, 3]})
    assert stored(chart.chart("fig-x", figure))["data"][0]["customdata"] == [
        "2024-08-09",
        None,
        None,
    ]


def test_chart_label_must_be_one_the_text_can_name():
    with pytest.raises(ValueError, match="write it like"):
        chart.chart("Figure 1", drawn())


def test_a_chart_has_room_for_its_labels_and_cannot_be_dragged():
    layout = chart.chart("fig-x", drawn().update_layout(height=None)).figure.layout
    for axis in (layout.xaxis, layout.yaxis):
        assert axis.automargin and axis.zeroline is False and axis.gridcolor == chart.GRID
    assert layout.dragmode is False and layout.height == chart.HEIGHT


def test_more_than_seven_series_are_refused_but_not_as_rows_of_a_grid():
    table = pd.DataFrame([[1] * 8], columns=list("abcdefgh"), index=["row"]).rename_axis("x")
    with pytest.raises(ValueError, match="'fig-x': 8 series, of which a reader follows 7: fold"):
        chart.chart("fig-x", basic.bars(table, dict.fromkeys(table, "#1549AC")))
    named_beside = figure_with([{"type": "scatter", "mode": "lines", "name": n} for n in table])
    with pytest.raises(ValueError, match="8 series"):
        chart.chart("fig-x", named_beside.update_layout(showlegend=False))
    chart.chart("fig-x", grid.grid(table.T.rename_axis("x"), dict.fromkeys(table, "#1549AC")))
