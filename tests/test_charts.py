import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from casi import charts

WORDS = {
    "label": "fig-x",
    "title": "Russia leads",
    "measure": "Share",
    "alt": "Bars",
    "source": ["sipri2026transfers"],
    "coverage": "All.",
    "numbers": pd.DataFrame({"year": [2020], "share": [0.5]}),
}


def test_chart_keeps_its_words_with_the_figure():
    chart = charts.chart(go.Figure(), **WORDS)
    assert isinstance(chart, charts.Chart)
    bundle = chart._repr_mimebundle_()
    meta = bundle[charts.PLOTLY_MIME]["layout"]["meta"]
    assert meta["title"] == "Russia leads"
    assert meta["table"] == {"columns": ["year", "share"], "rows": [["2020", "0.50"]]}
    assert bundle["text/plain"] == "Russia leads. Bars"


@pytest.mark.parametrize("word", ["title", "measure", "alt", "coverage", "source", "numbers"])
def test_chart_refuses_to_stand_without(word):
    empty = pd.DataFrame() if word == "numbers" else ""
    with pytest.raises(ValueError, match=f"'fig-x': nothing given for {word}"):
        charts.chart(go.Figure(), **WORDS | {word: empty})


def test_chart_label_must_be_one_the_text_can_name():
    with pytest.raises(ValueError, match="write it like"):
        charts.chart(go.Figure(), **WORDS | {"label": "Figure 1"})


def test_stored_figures_hold_lists_not_binary():
    figure = go.Figure(go.Bar(x=np.arange(3), y=np.array([1.0, 2.0, 3.0])))
    stored = charts.chart(figure, **WORDS)._repr_mimebundle_()[charts.PLOTLY_MIME]
    assert stored["data"][0]["y"] == [1.0, 2.0, 3.0]
    assert "bdata" not in json.dumps(stored)


def test_the_last_digits_of_a_sum_do_not_matter():
    sums = [charts.chart(go.Figure(go.Bar(y=[y])), **WORDS) for y in (0.1 + 0.2, 0.3)]
    once, again = (chart._repr_mimebundle_() for chart in sums)
    assert once == again


def test_same_data_same_bytes():
    once, again = (
        json.dumps(charts.chart(go.Figure(go.Bar(y=[1])), **WORDS)._repr_mimebundle_())
        for _ in range(2)
    )
    assert once == again


def test_table_writes_captions_sources_and_aligned_numbers():
    frame = pd.DataFrame(
        {"State": ["KAZ", None], "TIV": [1.5, 20.25], "Day": pd.to_datetime(["2024-08-09", None])}
    )
    table = charts.table(frame, label="tab-x", caption="Two rows", source=["a", "b"], note="Note.")
    assert isinstance(table, charts.Table)
    lines = table.markdown.splitlines()
    assert lines[0] == "**Two rows**"
    assert lines[3] == "| :--- | ---: | :--- |"
    assert lines[4] == "| KAZ | 1.5 | 9\u00a0August\u00a02024 |"
    assert lines[5] == "| – | 20.2 | – |"
    assert lines[-1] == "Note. Source: {cite}`a,b`."
    assert table._repr_mimebundle_()[1] == {"text/markdown": {"label": "tab-x"}}


def test_table_picks_and_names_columns():
    frame = pd.DataFrame({"iso3": ["KAZ"], "name": ["Kazakhstan"]})
    table = charts.table(frame, {"name": "State"}, label="tab-x", caption="One", source=["a"])
    assert table.markdown.splitlines()[2] == "| State |"


def test_table_needs_rows_and_a_good_label():
    frame = pd.DataFrame({"State": ["KAZ"]})
    with pytest.raises(ValueError, match="needs rows"):
        charts.table(frame.head(0), label="tab-x", caption="None", source=["a"])
    with pytest.raises(ValueError, match="write it like"):
        charts.table(frame, label="x", caption="One", source=["a"])


def test_bars_leave_out_empty_series_and_keep_their_colours():
    table = pd.DataFrame({"Russia": [2, 1], "China": [0, 0]}, index=["2020", "2021"])
    figure = charts.bars(table, charts.SUPPLIER_COLOURS)
    assert [trace.name for trace in figure.data] == ["Russia"]
    assert figure.data[0].marker.color == charts.SUPPLIER_COLOURS["Russia"]
    lying = charts.bars(table, charts.SUPPLIER_COLOURS, horizontal=True)
    assert list(lying.data[0].x) == [2, 1]


def test_lines_are_named_at_their_end_and_gaps_stay_gaps():
    table = pd.DataFrame({"KAZ": [1.0, None, 3.0]}, index=[2000, 2001, 2002])
    trace = charts.lines(table, charts.STATE_COLOURS).data[0]
    assert list(trace.y) == [1.0, None, 3.0]
    assert list(trace.text) == ["", "", " KAZ"]


def test_small_shares_get_axis_labels_that_differ():
    table = pd.DataFrame({"KAZ": [0.005, 0.01]}, index=[2000, 2001])
    figure = charts.lines(table, charts.STATE_COLOURS, shares=True)
    assert figure.layout.yaxis.tickformat == ".1~%"


def test_lines_that_end_close_together_are_named_apart():
    table = pd.DataFrame({"KAZ": [0.0, 1.00], "UZB": [0.0, 1.01]}, index=[2000, 2001])
    places = [trace.textposition for trace in charts.lines(table, charts.STATE_COLOURS).data]
    assert places == ["bottom right", "top right"]


def test_timeline_draws_each_body_once_from_start_to_end():
    spans = pd.DataFrame(
        {
            "name": ["CACO", "CSTO"],
            "founded": pd.to_datetime(["2002-02-28", "2002-10-07"]),
            "until": pd.to_datetime(["2005-10-06", "2026-05-18"]),
            "group": ["five", "russia"],
        }
    )
    figure = charts.timeline(spans, {"five": "#000000", "russia": "#ffffff"})
    assert list(figure.data[0].x) == ["2002-02-28", "2005-10-06", None]
    assert list(figure.layout.yaxis.categoryarray) == ["CSTO", "CACO"]


def test_by_name():
    assert charts.by_name({"KAZ": "#0072B2"}, {"KAZ": "Kazakhstan"}) == {"Kazakhstan": "#0072B2"}


def test_every_state_and_supplier_has_a_colour_of_its_own():
    for palette in (charts.STATE_COLOURS, charts.SUPPLIER_COLOURS, charts.PARTNER_COLOURS):
        assert len(set(palette.values())) == len(palette)
