import pandas as pd
import pytest

from casi.charts.palette import BORDER_COLOURS
from casi.measures import border_status

NAMES = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "AFG": "Afghanistan", "KGZ": "Kyrgyzstan"}
CLOSING = "2026-03-01"


@pytest.fixture
def segments():
    rows = [
        ("kaz-uzb", "KAZ", "UZB", "full", "2002-09-09", "day", "full", "2022-12-01", "month"),
        ("afg-uzb", "AFG", "UZB", "full", None, None, None, None, None),
        ("kgz-uzb", "KGZ", "UZB", "partial", None, None, None, None, None),
        ("kaz-kgz", "KAZ", "KGZ", None, None, None, None, None, None),
    ]
    steps = [f"{step}{end}" for step in ("delimited", "demarcated") for end in ("", "_date", "_p")]
    columns = ["border", "state_a", "state_b", *steps]
    made = pd.DataFrame(rows, columns=columns)
    made.columns = [name.replace("_p", "_precision") for name in made.columns]
    days = ["delimited_date", "demarcated_date"]
    return made.assign(**{day: pd.to_datetime(made[day]) for day in days})


@pytest.fixture
def progress():
    rows = [
        ("a", "kaz-uzb", "2001-11-16", "day", "delimited", "whole_line", 96.0),
        ("b", "kgz-uzb", "2017-09-01", "month", "delimited", "whole_line", 85.0),
        ("c", "kaz-kgz", "2010-01-01", "day", "agreed", "whole_line", 50.0),
        ("d", "kaz-kgz", "2010-01-01", "day", "delimited", "disputed_sections", 50.0),
        ("e", "kaz-kgz", "2010-01-01", "day", "delimited", "whole_line", None),
        ("f", "kaz-kgz", "2011-01-01", "day", "delimited", "whole_line", 0.0),
    ]
    columns = ["statement", "border", "date", "date_precision", "stage", "of_what", "percent"]
    made = pd.DataFrame(rows, columns=columns).assign(km=None, whole_km=None)
    return made.assign(date=pd.to_datetime(made["date"])).astype(
        {"km": "float64", "whole_km": "float64"}
    )


def on(day, segments, progress):
    days = map(pd.Timestamp, (day, CLOSING))
    return border_status.on_day(segments, progress, NAMES, *days)["class"]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2001-11-15", "Not known"),
        ("2001-11-16", "Partly delimited"),
        ("2002-09-08", "Partly delimited"),
        ("2002-09-09", "Delimited"),
        ("2022-12-30", "Delimited"),  # known to the month: from its last day
        ("2022-12-31", "Demarcated"),
    ],
)
def test_a_border_is_settled_step_by_step(day, status, segments, progress):
    assert on(day, segments, progress)["kaz-uzb"] == status


def test_a_step_without_a_date_counts_from_the_closing_date(segments, progress):
    before, after = on("2026-02-28", segments, progress), on(CLOSING, segments, progress)
    assert (before["afg-uzb"], after["afg-uzb"]) == ("Not known", "Delimited")
    without = progress.iloc[:0]
    before, after = on("2026-02-28", segments, without), on(CLOSING, segments, without)
    assert (before["kgz-uzb"], after["kgz-uzb"]) == ("Not known", "Partly delimited")


def test_a_statement_counts_from_the_last_day_it_can_mean(segments, progress):
    assert on("2017-09-29", segments, progress)["kgz-uzb"] == "Not known"
    assert on("2017-09-30", segments, progress)["kgz-uzb"] == "Partly delimited"


def test_agreed_disputed_empty_or_zero_shares_delimit_nothing(segments, progress):
    assert on(CLOSING, segments, progress)["kaz-kgz"] == "Not known"


def test_borders_are_named_by_their_states_and_classes_have_colours(segments, progress):
    table = border_status.on_day(segments, progress, NAMES, *map(pd.Timestamp, [CLOSING] * 2))
    assert table.loc["kaz-uzb", "name"] == "Kazakhstan–Uzbekistan"
    assert list(BORDER_COLOURS) == [
        border_status.DEMARCATED,
        border_status.DELIMITED,
        border_status.PARTLY,
        border_status.UNKNOWN,
    ]
