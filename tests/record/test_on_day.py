import pandas as pd
import pytest

from casi.record import on_day

DAY = pd.Timestamp("2024-08-31")


def days(*texts):
    return pd.to_datetime(pd.Series(texts))


def test_the_last_possible_day_is_the_end_of_the_month_or_year():
    precisions = pd.Series(["day", "month", "year", None])
    found = on_day.last_possible_day(days(*["2024-02-01"] * 4), precisions)
    assert found.tolist() == [*days("2024-02-01", "2024-02-29", "2024-12-31", "2024-02-01")]


def test_a_date_known_to_the_year_counts_from_the_end_of_that_year():
    rows = pd.DataFrame({"date": days("2024-01-01"), "date_precision": ["year"]})
    assert on_day.known_by(rows, pd.Timestamp("2024-12-30"), "date").empty
    assert len(on_day.known_by(rows, pd.Timestamp("2024-12-31"), "date")) == 1


def test_a_date_without_a_precision_of_its_own_uses_that_of_the_row():
    rows = pd.DataFrame({"date_start": days("2024-08-01"), "date_precision": ["month"]})
    assert on_day.known_by(rows, pd.Timestamp("2024-08-30"), "date_start").empty
    assert len(on_day.known_by(rows, DAY, "date_start")) == 1


def test_a_date_with_a_precision_of_its_own_uses_that_one():
    rows = pd.DataFrame(
        {
            "in_force_date": days("2024-01-01"),
            "in_force_precision": ["year"],
            "date_precision": ["day"],
        }
    )
    assert on_day.known_by(rows, DAY, "in_force_date").empty
    spells = rows.rename(
        columns={"in_force_date": "start", "in_force_precision": "start_precision"}
    )
    assert on_day.known_by(spells, DAY, "start").empty


@pytest.mark.parametrize(
    ("start", "end", "status", "counts"),
    [
        ("2024-08-30", "2024-08-31", "held", True),
        ("2024-08-30", "2024-09-01", "held", False),  # not over yet
        ("2024-08-01", None, "held", True),  # of one day
        ("2024-08-01", None, "planned", False),
        ("2024-08-01", None, "cancelled", False),
        ("2021-08-31", None, "held", False),  # more than 36 months ago
        ("2021-09-01", None, "held", True),
        ("2021-08-30", "2021-09-01", "held", True),  # ended within the period
    ],
)
def test_completed_events_were_held_and_over_within_the_period(start, end, status, counts):
    row = pd.DataFrame(
        {
            "date_start": days(start),
            "date_end": days(end),
            "date_precision": ["day"],
            "status": [status],
        }
    )
    assert len(on_day.completed(row, DAY, 36)) == counts


def test_completed_events_without_a_period_reach_back_to_the_first_and_are_sorted():
    events = pd.DataFrame(
        {
            "meeting": ["later", "earlier", "month"],
            "date_start": days("2010-05-01", "1992-04-22", "2024-08-01"),
            "date_end": days(None, None, None),
            "date_precision": ["day", "day", "month"],
            "status": "held",
        }
    )
    assert on_day.completed(events, DAY)["meeting"].tolist() == ["earlier", "later", "month"]
    before = on_day.completed(events, pd.Timestamp("2024-08-30"))
    assert before["meeting"].tolist() == ["earlier", "later"]


@pytest.fixture
def memberships():
    rows = [
        ("union", "KAZ", "member", "1994-04-30", "2005-10-06"),
        ("union", "RUS", "observer", "1996-08-01", "2004-10-18"),
        ("council", "KAZ", "member", "1995-12-15", None),
        ("community", "KAZ", "member", "2000-10-10", None),
        ("community", "UZB", "member", "2006-01-25", None),
        ("fund", "KAZ", "member", "2024-01-01", None),
    ]
    table = pd.DataFrame(rows, columns=["organisation", "state", "status", "start", "end"])
    dates = {name: pd.to_datetime(table[name]) for name in ("start", "end")}
    return table.assign(**dates, start_precision=["day"] * 5 + ["year"])


@pytest.fixture
def organisations():
    rows = [
        ("union", "1994-04-30", "2005-10-06", "merged", "community"),
        ("council", "1995-12-15", None, "unknown", None),
        ("pact", "1992-05-15", None, None, "community"),
        ("community", "2000-10-10", None, None, None),
        ("fund", "2024-01-01", None, None, None),
    ]
    table = pd.DataFrame(
        rows, columns=["organisation", "founded", "ended", "end_kind", "successor"]
    )
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("founded", "ended")})


def members(memberships, day, **options):
    rows = on_day.members_on(memberships, pd.Timestamp(day), **options)
    return set(rows["organisation"] + "/" + rows["state"])


def test_a_spell_counts_from_its_first_day_until_the_day_before_its_end(memberships):
    assert members(memberships, "1994-04-29") == set()
    assert members(memberships, "1994-04-30") == {"union/KAZ"}
    assert "union/KAZ" in members(memberships, "2005-10-05")
    assert "union/KAZ" not in members(memberships, "2005-10-06")


def test_members_are_full_members_unless_another_status_is_asked_for(memberships):
    assert "union/RUS" not in members(memberships, "1997-01-01")
    assert members(memberships, "1997-01-01", status=["observer"]) == {"union/RUS"}


def test_a_body_ends_on_its_last_day_or_with_its_successor_or_never_counted(
    organisations, memberships
):
    ends = on_day.effective_ends(organisations, memberships)
    assert ends["union"] == pd.Timestamp("2005-10-06")  # its own end, not that of the successor
    assert ends["pact"] == pd.Timestamp("2000-10-10")  # the first member of its successor
    assert ends["council"] == pd.Timestamp("1995-12-15")  # ended on an unknown day
    assert pd.isna(ends["community"])


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("1996-01-01", ["union"]),  # the council is known to have ended, but not when
        ("2005-10-05", ["union", "community"]),
        ("2005-10-06", ["community"]),
        ("2024-12-30", ["community"]),  # the fund is known to the year
        ("2024-12-31", ["community", "fund"]),
    ],
)
def test_active_memberships_are_those_in_bodies_that_have_not_ended(
    organisations, memberships, day, found
):
    record = {
        "organisations": organisations,
        "memberships": memberships[memberships["state"] == "KAZ"],
    }
    bodies = ["union", "council", "community", "fund"]
    rows = on_day.active_memberships(record, bodies, pd.Timestamp(day))
    assert rows["organisation"].tolist() == found
    assert on_day.active_memberships(record, ["pact"], pd.Timestamp(day)).empty


def test_active_memberships_stop_on_the_day_that_a_body_ends(organisations, memberships):
    open_ended = memberships.assign(end=pd.NaT)
    record = {"organisations": organisations, "memberships": open_ended}
    rows = on_day.active_memberships(record, ["union"], pd.Timestamp("2005-10-06"))
    assert rows.empty


def test_whole_years_leave_out_the_year_that_is_not_over():
    assert on_day.whole_years(pd.Timestamp("2016-12-31"), 2) == [2015, 2016]
    assert on_day.whole_years(pd.Timestamp("2016-12-30"), 2) == [2014, 2015]
    assert on_day.whole_years(pd.Timestamp("2016-10-31"), 2) == [2014, 2015]


def test_a_window_starts_on_the_day_after_the_same_day_months_ago():
    assert on_day.window_start(DAY, 24) == pd.Timestamp("2022-09-01")
    assert on_day.window_start(DAY, 6) == pd.Timestamp("2024-03-01")
