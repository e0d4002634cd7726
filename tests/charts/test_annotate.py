import pandas as pd
import pytest

from casi.charts import annotate, basic
from casi.charts.palette import SERIES_COLOURS


def events(**days):
    return pd.DataFrame({"date": pd.to_datetime(list(days.values())), "label": list(days)})


def over(*index):
    table = pd.DataFrame({"Exercises": range(1, len(index) + 1)}, index=list(index))
    return basic.bars(table, SERIES_COLOURS)


@pytest.mark.parametrize(
    ("index", "day", "place"),
    [
        ((2020, 2021, 2022), "2022-01-01", 2021.5),  # the left edge of the bar of 2022
        ((2020, 2021, 2022), "2022-07-02", 2022.0),  # its middle
        (("2006–2010", "2011–2015"), "2011-01-01", 0.5),  # between the two periods
        (("2006–2010", "2011–2015"), "2014-01-01", 1.1),  # three fifths of the second
        (("2021–2026 (n = 45)",), "2024-01-01", 0.0),
    ],
)
def test_a_day_lies_in_the_width_of_its_bar(index, day, place):
    assert annotate.position(over(*index), pd.Timestamp(day))[0] == pytest.approx(place, abs=0.01)


def test_a_day_lies_on_an_axis_of_dates():
    spans = pd.DataFrame(
        {
            "name": ["CACO"],
            "founded": pd.to_datetime(["2002-02-28"]),
            "ended": pd.to_datetime(["2005-10-06"]),
            "until": pd.to_datetime(["2005-10-06"]),
            "group": ["Exercises"],
        }
    )
    figure = basic.timeline(spans, SERIES_COLOURS)
    assert annotate.position(figure, pd.Timestamp("2005-01-01")) == (
        "2005-01-01",
        pytest.approx(0.79, abs=0.01),
    )
    assert annotate.position(figure, pd.Timestamp("2006-01-01")) is None


@pytest.mark.parametrize("index", [(2020, 2021), ("2011–2015", "2016–2020")])
def test_a_day_outside_the_chart_is_refused(index):
    with pytest.raises(ValueError, match="Treaty: outside the range of the chart"):
        annotate.mark_events(over(*index), events(Treaty="2025-03-13"))


@pytest.mark.parametrize(
    ("years", "rows"),
    [
        ((2010, 2018), [(2010, "right"), (2018, "right")]),  # room before both
        ((2001, 2005), [(2005, "left"), (2001, "left")]),  # room behind both
        ((2001, 2003, 2018), [(2018, "right"), (2003, "left"), (2001, "left")]),
    ],
)
def test_each_name_has_a_row_of_its_own_and_runs_where_there_is_room(years, rows):
    """A name that runs over the line of another stands above the end of that line."""
    days = {str(year): f"{year}-01-01" for year in years}
    figure = annotate.mark_events(over(*range(2000, 2021)), events(**days))
    notes = figure.layout.annotations
    assert [(int(note.text), note.xanchor) for note in notes] == rows
    assert [note.yshift for note in notes] == [annotate.ROW * row for row in range(len(rows))]
    assert figure.layout.margin.t == 8 + annotate.ROW * len(rows)
    assert figure.layout.legend.y > 1.05


def test_lines_run_behind_the_data_and_reach_into_the_row_of_their_name():
    """Which so has a line beside it even where a bar hides the rest."""
    figure = annotate.mark_events(over(2020, 2021), events(First="2021-01-01", Then="2021-06-01"))
    lower, upper = figure.layout.shapes
    assert (lower.layer, lower.y1, upper.y1) == ("below", 1.02, 1.07)
    left, right = figure.layout.annotations
    assert {left.xshift, right.xshift} <= {-annotate.BESIDE, annotate.BESIDE}
    assert (lower.x0, upper.x0) == (lower.x1, upper.x1) == (2020.5, 2020.91)


def test_the_text_alternative_names_the_events_and_the_numbers_stay():
    figure = annotate.mark_events(over(2020, 2021), events(Then="2021-06-01", First="2021-01-01"))
    assert figure.layout.meta["alt"].endswith(" Marked: First; Then.")
    assert figure.layout.meta["table"]["rows"] == [["2020", 1], ["2021", 2]]
