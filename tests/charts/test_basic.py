import pandas as pd

from casi.charts import basic
from casi.charts.palette import HATCHES, SERIES_COLOURS, STATE_COLOURS, SUPPLIER_COLOURS

YEARS = pd.DataFrame({"Russia": [2, 1], "China": [0, 3]}, index=pd.Index([2020, 2021], name="year"))


def drawn(table=YEARS, **settings):
    return basic.bars(table, SUPPLIER_COLOURS, **settings)


def test_the_description_is_computed_from_what_is_drawn():
    assert drawn().layout.meta["alt"] == (
        "Bars from 2020 to 2021. Russia from 2 in 2020 to 1 in 2021; "
        "China from 0 in 2020 to 3 in 2021."
    )
    lying = drawn(horizontal=True).layout.meta["alt"]
    assert lying == "Horizontal bars. 2020: Russia 2; 2021: China 3, Russia 1."
    peak = pd.DataFrame({"KAZ": [0.1, 0.4, None, 0.2]}, index=[2000, 2001, 2002, 2003])
    line = basic.lines(peak, STATE_COLOURS, shares=True).layout.meta["alt"]
    assert line == (
        "Lines from 2000 to 2003. KAZ from 10% in 2000 to 20% in 2003, highest 40% in 2001."
    )


def test_what_is_shown_on_touch_is_what_the_table_says():
    meta = drawn().layout.meta
    for place, trace in enumerate(drawn().data, start=1):
        form = meta["table"]["format"]
        written = [format(row[place], form) for row in meta["table"]["rows"]]
        assert list(trace.customdata) == written


def test_a_hatch_goes_with_its_colour():
    table = pd.DataFrame({"Other": [1], "Russia": [2]}, index=["2020"])
    other, russia = drawn(table).data
    assert other.marker.pattern.shape == HATCHES[SUPPLIER_COLOURS["Other"]]
    assert other.marker.pattern.fillmode == "overlay"
    assert russia.marker.pattern.shape is None


def test_lines_differ_in_dash_and_marker():
    table = pd.DataFrame({"KAZ": [1, 2], "KGZ": [2, 3]}, index=[2000, 2001])
    first, second = basic.lines(table, STATE_COLOURS).data
    assert first.line.dash != second.line.dash
    assert first.marker.symbol != second.marker.symbol


def test_bars_leave_out_empty_series_and_keep_their_colours():
    table = pd.DataFrame({"Russia": [2, 1], "China": [0, 0]}, index=["2020", "2021"])
    figure = basic.bars(table, SUPPLIER_COLOURS)
    assert [trace.name for trace in figure.data] == ["Russia"]
    assert figure.data[0].marker.color == SUPPLIER_COLOURS["Russia"]
    lying = basic.bars(table, SUPPLIER_COLOURS, horizontal=True)
    assert list(lying.data[0].x) == [2, 1]


def test_lines_are_named_at_their_end_and_gaps_stay_gaps():
    table = pd.DataFrame({"KAZ": [1.0, None, 3.0]}, index=[2000, 2001, 2002])
    trace = basic.lines(table, STATE_COLOURS).data[0]
    assert list(trace.y) == [1.0, None, 3.0]
    assert list(trace.text) == ["", "", " KAZ"]


def test_small_shares_get_axis_labels_that_differ():
    table = pd.DataFrame({"KAZ": [0.005, 0.01]}, index=[2000, 2001])
    figure = basic.lines(table, STATE_COLOURS, shares=True)
    assert figure.layout.yaxis.tickformat == ".1~%"


def test_lines_that_end_close_together_are_named_apart():
    table = pd.DataFrame({"KAZ": [0.0, 1.00], "UZB": [0.0, 1.01]}, index=[2000, 2001])
    places = [trace.textposition for trace in basic.lines(table, STATE_COLOURS).data]
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
    figure = basic.timeline(spans, {"five": "#000000", "russia": "#ffffff"})
    assert list(figure.data[0].base) == ["2002-02-28"]
    assert figure.data[0].x[0] == (spans["until"] - spans["founded"])[0].total_seconds() * 1000
    assert list(figure.layout.yaxis.categoryarray) == ["CSTO", "CACO"]
    meta = figure.layout.meta
    assert meta["table"]["rows"][1] == ["CSTO", "2002-10-07", "", "russia"]
    assert meta["alt"] == (
        "Bars on a time axis. five: CACO from 28 February 2002 to 6 October 2005. "
        "russia: CSTO from 7 October 2002 on."
    )


def test_band_shades_between_its_ends_and_draws_the_middle_on_top():
    table = pd.DataFrame(
        {"Lowest": [1, 2], "Highest": [5, 9], "Middle": [3, 4]}, index=[2020, 2021]
    )
    figure = basic.band(table, SERIES_COLOURS)
    low, high, middle = figure.data
    assert (low.fill, high.fill, middle.fill) == (None, "tonexty", None)
    assert (middle.name, list(middle.y)) == ("Middle", [3, 4])
    assert figure.layout.meta["alt"].startswith("A shaded range and a line in it. Lines from 2020")
    assert figure.layout.meta["table"]["rows"] == [["2020", 1, 5, 3], ["2021", 2, 9, 4]]
