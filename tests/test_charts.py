import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from casi import charts
from casi.palette import HATCHES, SERIES_COLOURS, STATE_COLOURS, SUPPLIER_COLOURS

WORDS = {
    "label": "fig-x",
    "title": "Russia leads",
    "measure": "Volume delivered",
    "unit": "million TIV",
    "tables": ["arms_transfers"],
    "source": ["sipri2026transfers"],
    "coverage": "All.",
}
YEARS = pd.DataFrame({"Russia": [2, 1], "China": [0, 3]}, index=pd.Index([2020, 2021], name="year"))


def drawn(table=YEARS, **settings):
    return charts.bars(table, SUPPLIER_COLOURS, **settings)


def stored(chart):
    return chart._repr_mimebundle_()[charts.PLOTLY_MIME]


def figure_with(trace):
    return go.Figure(trace, layout={"meta": {"alt": "Bars", "table": {"rows": [["2020", 1]]}}})


def test_chart_keeps_its_words_with_the_figure():
    chart = charts.chart(drawn(), **WORDS)
    assert isinstance(chart, charts.Chart)
    meta = stored(chart)["layout"]["meta"]
    assert {word: meta[word] for word in WORDS} == WORDS
    assert meta["table"] == {
        "columns": ["Year", "Russia", "China"],
        "format": ",.0f",
        "rows": [["2020", 2, 0], ["2021", 1, 3]],
    }
    assert chart._repr_mimebundle_()["text/plain"].startswith("Russia leads. Bars from 2020")


def test_a_chart_can_be_seen_in_colab(monkeypatch):
    chart = charts.chart(drawn(), **WORDS)
    assert "text/html" not in chart._repr_mimebundle_()
    monkeypatch.setattr(charts.renderers, "default", "colab")
    assert "Russia leads" in chart._repr_mimebundle_()["text/html"]


def test_chart_shows_title_measure_and_unit_where_the_book_is_not():
    title = stored(charts.chart(drawn(), **WORDS))["layout"]["title"]["text"]
    assert "<b>Russia leads</b>" in title
    assert "Volume delivered (million TIV)" in title


def test_figures_hold_the_house_style_and_no_template():
    layout = stored(charts.chart(drawn(), **WORDS))["layout"]
    assert "template" not in layout
    assert layout["font"]["family"] == charts.HOUSE["font"]["family"]
    assert layout["barmode"] == "stack"


@pytest.mark.parametrize("word", ["title", "measure", "unit", "coverage", "source", "tables"])
def test_chart_refuses_to_stand_without(word):
    with pytest.raises(ValueError, match=f"'fig-x': nothing given for {word}"):
        charts.chart(drawn(), **WORDS | {word: "" if isinstance(WORDS[word], str) else []})


def test_chart_refuses_a_figure_that_does_not_say_what_is_seen():
    with pytest.raises(ValueError, match="nothing given for alt, table"):
        charts.chart(go.Figure(go.Bar(y=[1])), **WORDS)


def test_chart_label_must_be_one_the_text_can_name():
    with pytest.raises(ValueError, match="write it like"):
        charts.chart(drawn(), **WORDS | {"label": "Figure 1"})


def test_coverage_is_plain_text():
    with pytest.raises(ValueError, match="plain text"):
        charts.chart(drawn(), **WORDS | {"coverage": "See {numref}`tab-x`."})


def test_numbers_that_may_not_be_handed_out_are_left_out_of_the_table():
    meta = stored(charts.chart(drawn(), **WORDS, numbers=False))["layout"]["meta"]
    assert meta["table"]["rows"] == []
    assert meta["table"]["columns"]


def test_the_description_is_computed_from_what_is_drawn():
    assert drawn().layout.meta["alt"] == (
        "Bars from 2020 to 2021. Russia from 2 in 2020 to 1 in 2021; "
        "China from 0 in 2020 to 3 in 2021."
    )
    lying = drawn(horizontal=True).layout.meta["alt"]
    assert lying == "Horizontal bars. 2020: Russia 2; 2021: China 3, Russia 1."
    peak = pd.DataFrame({"KAZ": [0.1, 0.4, None, 0.2]}, index=[2000, 2001, 2002, 2003])
    line = charts.lines(peak, STATE_COLOURS, shares=True).layout.meta["alt"]
    assert line == (
        "Lines from 2000 to 2003. KAZ from 10% in 2000 to 20% in 2003, highest 40% in 2001."
    )


def test_number_format_fits_all_numbers_of_a_chart():
    assert charts.number_format(pd.DataFrame({"a": [1.0, 2000.0]})) == ",.0f"
    assert charts.number_format(pd.DataFrame({"a": [1.5, None]})) == ",.2f"
    assert charts.number_format(pd.DataFrame({"a": [1.5, 20.0]})) == ",.1f"
    assert charts.number_format(pd.DataFrame({"a": [0.5, 0.1]}), shares=True) == ".0%"
    assert charts.number_format(pd.DataFrame({"a": [0.04, 0.001]}), shares=True) == ".2%"


def test_what_is_shown_on_touch_is_what_the_table_says():
    meta = drawn().layout.meta
    for place, trace in enumerate(drawn().data, start=1):
        form = meta["table"]["format"]
        said = [format(row[place], form) for row in meta["table"]["rows"]]
        assert list(trace.customdata) == said


def test_a_hatch_goes_with_its_colour():
    table = pd.DataFrame({"Other": [1], "Russia": [2]}, index=["2020"])
    other, russia = drawn(table).data
    assert other.marker.pattern.shape == HATCHES[SUPPLIER_COLOURS["Other"]]
    assert other.marker.pattern.fillmode == "overlay"
    assert russia.marker.pattern.shape is None


def test_lines_differ_in_dash_and_marker():
    table = pd.DataFrame({"KAZ": [1, 2], "KGZ": [2, 3]}, index=[2000, 2001])
    one, other = charts.lines(table, STATE_COLOURS).data
    assert one.line.dash != other.line.dash
    assert one.marker.symbol != other.marker.symbol


def test_stored_figures_hold_lists_not_binary():
    figure = figure_with(go.Bar(x=np.arange(3), y=np.array([1.0, 2.0, 3.0])))
    kept = stored(charts.chart(figure, **WORDS))
    assert kept["data"][0]["y"] == [1.0, 2.0, 3.0]
    assert "bdata" not in json.dumps(kept)


def test_the_last_digits_of_a_sum_do_not_matter():
    sums = [charts.chart(figure_with(go.Bar(y=[y])), **WORDS) for y in (0.1 + 0.2, 0.3)]
    once, again = (chart._repr_mimebundle_() for chart in sums)
    assert once == again


def test_same_data_same_bytes():
    once, again = (
        json.dumps(charts.chart(figure_with(go.Bar(y=[1])), **WORDS)._repr_mimebundle_())
        for _ in range(2)
    )
    assert once == again


def test_bars_leave_out_empty_series_and_keep_their_colours():
    table = pd.DataFrame({"Russia": [2, 1], "China": [0, 0]}, index=["2020", "2021"])
    figure = charts.bars(table, SUPPLIER_COLOURS)
    assert [trace.name for trace in figure.data] == ["Russia"]
    assert figure.data[0].marker.color == SUPPLIER_COLOURS["Russia"]
    lying = charts.bars(table, SUPPLIER_COLOURS, horizontal=True)
    assert list(lying.data[0].x) == [2, 1]


def test_lines_are_named_at_their_end_and_gaps_stay_gaps():
    table = pd.DataFrame({"KAZ": [1.0, None, 3.0]}, index=[2000, 2001, 2002])
    trace = charts.lines(table, STATE_COLOURS).data[0]
    assert list(trace.y) == [1.0, None, 3.0]
    assert list(trace.text) == ["", "", " KAZ"]


def test_small_shares_get_axis_labels_that_differ():
    table = pd.DataFrame({"KAZ": [0.005, 0.01]}, index=[2000, 2001])
    figure = charts.lines(table, STATE_COLOURS, shares=True)
    assert figure.layout.yaxis.tickformat == ".1~%"


def test_lines_that_end_close_together_are_named_apart():
    table = pd.DataFrame({"KAZ": [0.0, 1.00], "UZB": [0.0, 1.01]}, index=[2000, 2001])
    places = [trace.textposition for trace in charts.lines(table, STATE_COLOURS).data]
    assert places == ["bottom right", "top right"]


def test_timeline_draws_each_body_once_from_start_to_end():
    spans = pd.DataFrame(
        {
            "name": ["CACO", "CSTO"],
            "founded": pd.to_datetime(["2002-02-28", "2002-10-07"]),
            "ended": pd.to_datetime(["2005-10-06", None]),
            "until": pd.to_datetime(["2005-10-06", "2026-05-18"]),
            "group": ["five", "russia"],
        }
    )
    figure = charts.timeline(spans, {"five": "#000000", "russia": "#ffffff"})
    assert list(figure.data[0].base) == ["2002-02-28"]
    assert figure.data[0].x[0] == (spans["until"] - spans["founded"])[0].total_seconds() * 1000
    assert list(figure.layout.yaxis.categoryarray) == ["CSTO", "CACO"]
    meta = figure.layout.meta
    assert meta["table"]["rows"][1] == ["CSTO", "2002-10-07", "", "russia"]
    assert meta["alt"] == (
        "Bars on a time axis. five: CACO from 28 February 2002 to 6 October 2005. "
        "russia: CSTO from 7 October 2002 on."
    )


def test_carry_gives_a_figure_its_description_and_numbers():
    table = {"columns": ["Year"], "format": "", "rows": [["2020"]]}
    assert charts.carry(go.Figure(), "Seen.", table).layout.meta == {"alt": "Seen.", "table": table}


def test_band_shades_between_its_ends_and_draws_the_middle_on_top():
    table = pd.DataFrame(
        {"Lowest": [1, 2], "Highest": [5, 9], "Middle": [3, 4]}, index=[2020, 2021]
    )
    figure = charts.band(table, SERIES_COLOURS)
    low, high, middle = figure.data
    assert (low.fill, high.fill, middle.fill) == (None, "tonexty", None)
    assert (middle.name, list(middle.y)) == ("Middle", [3, 4])
    assert figure.layout.meta["alt"].startswith("A shaded range and a line in it. Lines from 2020")
    assert figure.layout.meta["table"]["rows"] == [["2020", 1, 5, 3], ["2021", 2, 9, 4]]
