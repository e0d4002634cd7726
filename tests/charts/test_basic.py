import pandas as pd
import pytest

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
    pattern = other.marker.pattern
    assert (pattern.fillmode, pattern.size, pattern.solidity) == ("overlay", 7, 0.2)
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
    assert list(trace.text) == ["", "", " KAZ: 3.0"]


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


def test_a_note_stands_behind_the_bar_of_its_body():
    days = (
        pd.to_datetime(["1994-04-30", "2004-10-18"]),
        pd.to_datetime(["2004-10-18", "2005-10-06"]),
    )
    spans = pd.DataFrame({"name": "CAU", "founded": days[0], "ended": days[1], "until": days[1]})
    spans = spans.assign(group=["Without Russia or China", "With Russia or China"])
    figure = basic.timeline(spans, SERIES_COLOURS, {"CAU": "Russia joined"})
    note = figure.data[-1]
    assert (note.x, note.y, note.text) == (("2005-10-06",), ("CAU",), ("\u00a0Russia joined",))
    assert note.showlegend is False


def test_band_shades_between_its_ends_and_draws_the_middle_on_top():
    table = pd.DataFrame(
        {"Lowest": [1, 2], "Highest": [5, 9], "Middle": [3, 4]}, index=[2020, 2021]
    )
    figure = basic.band(table, SERIES_COLOURS)
    low, high, middle = figure.data
    assert (low.fill, high.fill, middle.fill) == (None, "tonexty", None)
    assert (middle.name, list(middle.y)) == ("Middle", [3, 4])
    assert (middle.line.dash, middle.line.width) == (None, 3)
    assert figure.layout.meta["alt"].startswith("A shaded range and a line in it. Lines from 2020")
    assert figure.layout.meta["table"]["rows"] == [["2020", 1, 5, 3], ["2021", 2, 9, 4]]


def test_a_segment_of_zero_is_not_described_and_the_largest_comes_first():
    table = pd.DataFrame({"Russia": [1], "China": [0], "Iran": [2]}, index=["Kazakhstan"])
    table.loc["Uzbekistan"] = [1, 3, 0]
    text = drawn(table, horizontal=True).layout.meta["alt"]
    assert text == ("Horizontal bars. Kazakhstan: Iran 2, Russia 1; Uzbekistan: China 3, Russia 1.")


def test_bars_are_stacked_along_the_axis_that_holds_the_numbers():
    upright, lying = drawn(shares=True), drawn(shares=True, horizontal=True)
    assert (upright.layout.barmode, upright.layout.bargap) == ("stack", 0.25)
    assert (upright.layout.uniformtext.minsize, upright.layout.uniformtext.mode) == (12, "hide")
    assert (upright.layout.yaxis.tickformat, upright.layout.xaxis.tickformat) == (".0%", None)
    assert (lying.layout.xaxis.tickformat, lying.layout.yaxis.tickformat) == (".0%", None)
    assert (upright.data[0].orientation, lying.data[0].orientation) == (None, "h")
    assert (upright.layout.yaxis.autorange, lying.layout.yaxis.autorange) == (None, "reversed")
    assert list(upright.data[0].x) == [2020, 2021] == list(lying.data[0].y)
    assert drawn().layout.yaxis.tickformat is None
    assert {segment.textangle for segment in upright.data} == {0}


def test_the_longest_name_of_a_line_has_room_at_the_right():
    """16 pixels, and 8 for each of the 13 letters of the name and its last number."""
    table = pd.DataFrame({"KAZ": [1, 2], "Kazakhstan": [5, 9]}, index=[2000, 2001])
    figure = basic.lines(table, STATE_COLOURS | {"Kazakhstan": STATE_COLOURS["KAZ"]})
    assert figure.layout.margin.r == 120
    assert figure.layout.showlegend is False
    assert [trace.line.dash for trace in figure.data] == [None, "dash"]


def test_lines_keep_their_names_level_from_six_per_cent_of_the_range_on():
    """The axis goes from 0 to 100: ends 5 apart are named apart, ends 7 apart are not."""
    near = pd.DataFrame({"KAZ": [100.0, 50.0], "UZB": [0.0, 55.0]}, index=[2000, 2001])
    apart = pd.DataFrame({"KAZ": [100.0, 50.0], "UZB": [0.0, 57.0]}, index=[2000, 2001])
    for table, places in ((near, ["bottom", "top"]), (apart, ["middle", "middle"])):
        drawn_places = [line.textposition for line in basic.lines(table, STATE_COLOURS).data]
        assert drawn_places == [f"{place} right" for place in places]


def test_no_name_of_a_line_stands_among_the_names_of_the_axis():
    table = pd.DataFrame({"KAZ": [1.00, 0.04], "UZB": [0.0, 0.03]}, index=[2000, 2001])
    places = {line.name: line.textposition for line in basic.lines(table, STATE_COLOURS).data}
    assert places == {"UZB": "middle right", "KAZ": "top right"}


def test_the_axis_of_negative_numbers_is_as_long_as_it_is_drawn():
    """From -100 to 100 the axis is 200 long: ends 11 apart are nearer than six per cent of it."""
    table = pd.DataFrame({"KAZ": [100.0, 0.0], "UZB": [-100.0, 11.0]}, index=[2000, 2001])
    places = [line.textposition for line in basic.lines(table, STATE_COLOURS).data]
    assert places == ["bottom right", "top right"]


def test_a_timeline_grows_with_its_bodies():
    """26 pixels a body and 80 for the axis, and never less than 320."""
    spans = pd.DataFrame({"name": [f"Body {number}" for number in range(20)]})
    spans = spans.assign(founded=pd.Timestamp("2002-02-28"), ended=pd.NaT, group="five")
    spans = spans.assign(until=pd.Timestamp("2002-03-01"))
    assert basic.timeline(spans, {"five": "#000000"}).layout.height == 600
    few = basic.timeline(spans.head(9), {"five": "#000000"})
    assert few.layout.height == 320
    assert few.data[0].x[0] == 86_400_000  # one day in milliseconds
    assert (few.layout.barmode, few.layout.xaxis.type) == ("overlay", "date")


def test_a_scale_ends_at_a_tick_at_or_above_the_highest_bar():
    table = pd.DataFrame({"Russia": [60.0, 75.2]}, index=[2024, 2025])
    axis = drawn(table).layout.yaxis
    assert (axis.range, axis.dtick) == ((0, 80), 10)


def test_the_legend_of_a_stack_is_read_from_its_top():
    assert drawn().layout.legend.traceorder == "reversed"
    assert drawn(horizontal=True).layout.legend.traceorder is None


def test_counts_become_shares_with_their_number_behind_the_name():
    counts = pd.DataFrame({"Russia": [3, 900], "China": [1, 300]}, index=["2001–2005", "2021–2026"])
    table = basic.shares_of(counts.rename_axis("Period"))
    assert table.to_dict("list") == {"Russia": [0.75, 0.75], "China": [0.25, 0.25]}
    assert list(table.index) == [
        "2001–2005 (n\u00a0=\u00a04)",
        "2021–2026 (n\u00a0=\u00a01,200)",
    ]
    assert table.index.name == "Period"


def test_a_bar_without_numbers_keeps_its_place_and_says_nothing():
    table = pd.DataFrame({"Russia": [None, 1.0]}, index=["1996–2000 (0)", "2001–2005 (8)"])
    figure = drawn(table, horizontal=True, shares=True)
    assert list(figure.data[0].y) == ["1996–2000 (0)", "2001–2005 (8)"]
    assert list(figure.data[0].customdata) == ["", "100%"]
    assert "1996–2000 (0): nothing;" in figure.layout.meta["alt"]


def test_bars_that_lie_have_room_for_two_lines_of_a_name():
    many = pd.DataFrame({"Russia": [1] * 14}, index=[f"Table {number}" for number in range(14)])
    assert drawn(many, horizontal=True).layout.height == 14 * 40 + 80 + 20
    two = many.head(3).assign(China=2)  # whose key takes a line more on a phone
    assert drawn(two, horizontal=True).layout.height == 3 * 40 + 80 + 40


@pytest.mark.parametrize(
    ("bars", "number", "written"),
    [(30, 9, True), (30, 10, False), (17, 100, True), (18, 100, False)],
)
def test_upright_bars_carry_numbers_if_the_longest_fits(bars, number, written):
    """Of 640 pixels a quarter is gap; a digit takes 7 pixels, and 6 stay free."""
    table = pd.DataFrame({"Russia": [number] * bars}, index=range(2000, 2000 + bars))
    assert (drawn(table).data[0].texttemplate == "%{customdata}") == written


def test_numbers_beside_name_their_series_however_small_they_are():
    table = pd.DataFrame({"Russia": [0.03, 0.8], "China": [0.97, 0.2]}, index=["Ours", "Theirs"])
    figure = drawn(table, horizontal=True, shares=True, beside="Russia")
    russia, china, numbers = figure.data
    assert (russia.texttemplate, china.texttemplate) == (None, "%{customdata}")
    assert list(numbers.text) == ["\u00a0Russia 3%", "\u00a0Russia 80%"]
    assert (list(numbers.x), list(numbers.y)) == ([1, 1], ["Ours", "Theirs"])
    assert figure.layout.margin.r > 7 * len("Russia 80%")


def test_the_range_of_a_band_lets_the_page_through():
    table = pd.DataFrame({"Lowest": [1, 2], "Highest": [5, 9], "Middle": [3, 4]}, index=[1, 2])
    _, high, _ = basic.band(table, SERIES_COLOURS).data
    assert high.fillcolor == SERIES_COLOURS["Highest"] + "59"
    assert high.mode == "lines+text"


def test_two_counts_of_one_series_are_a_range_with_one_name():
    columns = ["With Russia, low", "With Russia, high", "With China"]
    table = pd.DataFrame([[0.7, 0.9, 0.1], [0.4, 0.5, 0.2]], index=[2000, 2001], columns=columns)
    between = (*columns[:2], "With Russia")
    low, high, china = basic.lines(table, SERIES_COLOURS, shares=True, between=between).data
    assert (low.text[-1], high.text[-1]) == (" ", " With Russia: 40–50%")
    assert china.text[-1] == " With China: 20%"
    assert (high.fill, low.fill, low.line.dash, high.line.dash) == ("tonexty", None, None, None)
    assert low.line.color == high.line.color == SERIES_COLOURS["With Russia"]


def test_fold_adds_columns_to_another():
    table = pd.DataFrame({"Russia": [3], "Iran": [1], "Other": [2]}, index=["Tajikistan"])
    folded = basic.fold(table, "Iran")
    assert folded.to_dict("list") == {"Russia": [3], "Other": [3]}
    assert "Iran" in table


def test_a_long_line_has_markers_at_its_end_and_where_it_is_a_single_point():
    table = pd.DataFrame({"Law": [1, None, 3, 4, *[5] * 10]}, index=range(2000, 2014))
    [line] = basic.lines(table, SERIES_COLOURS).data
    assert line.marker.size == (7, 0, 0, 0, *[0] * 9, 7)
    [short] = basic.lines(table.iloc[2:], SERIES_COLOURS).data
    assert short.marker.size == 7


def test_an_axis_of_counts_has_whole_numbers_and_one_of_shares_has_not():
    ones = pd.DataFrame({"Russia": [1]}, index=[2020])
    assert basic.bars(ones, SUPPLIER_COLOURS).layout.yaxis.dtick == 1
    assert basic.bars(ones, SUPPLIER_COLOURS, shares=True).layout.yaxis.dtick == 0.2


@pytest.mark.parametrize(
    ("numbers", "shares", "written"),
    [
        ([0.0041, 0.0294], True, "2.9%"),
        ([0.2, 0.44], True, "44%"),
        ([16.4, 91.1], False, "91"),
        ([1.25, 4.13], False, "4.1"),
    ],
)
def test_the_last_number_of_a_line_is_rounded_more_than_in_its_table(numbers, shares, written):
    table = pd.DataFrame({"KAZ": numbers}, index=[2016, 2025])
    assert basic.lines(table, STATE_COLOURS, shares=shares).data[0].text[-1] == f" KAZ: {written}"


def test_an_axis_of_years_ends_with_them():
    table = pd.DataFrame({"KAZ": [1, 2]}, index=[1992, 2026])
    assert basic.lines(table, STATE_COLOURS).layout.xaxis.range == (1991.5, 2026.5)
    periods = table.set_axis(["1992–2000", "2001–2026"])
    assert basic.lines(periods, STATE_COLOURS).layout.xaxis.range is None


def test_bars_of_shares_that_lie_fill_their_axis_and_no_line_crosses_them():
    table = pd.DataFrame({"Russia": [0.25], "China": [0.75]}, index=["Kazakhstan"])
    lying = drawn(table, horizontal=True, shares=True).layout
    assert (lying.xaxis.range, lying.yaxis.showgrid) == ((0, 1), False)
    assert drawn(horizontal=True).layout.xaxis.range is None


def test_bars_of_few_events_are_low():
    few = pd.DataFrame({"Russia": [1, 4]}, index=[2024, 2025])
    assert drawn(few).layout.height == basic.LOW
    assert drawn(few + 1).layout.height is None
