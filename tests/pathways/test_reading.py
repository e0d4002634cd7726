import pandas as pd
import pytest

from casi.pathways import reading
from casi.record import lookup, on_day

DAY = pd.Timestamp("2024-08-31")
COVERAGE = pd.DataFrame(
    {
        "topic": ["exercises to 2010", "exercises since 2011", "exercises of 2026"],
        "year_from": [1994, 2011, 2026],
        "year_to": [2010, 2026, 2026],
        "completeness": ["partial", "partial", "sample"],
    }
)


def days(*texts):
    return pd.to_datetime(pd.Series(texts))


def test_a_reading_is_met_not_met_or_unknown():
    states = [reading.Reading(met).state for met in (True, False, None)]
    assert states == reading.STATES


def test_indicates_registers_an_indicator_and_leaves_the_function_alone():
    def read(record, day):
        return reading.Reading(None)

    try:
        assert reading.indicates("k", "Name", "A rule", "percent")(read) is read
        assert reading.INDICATORS["k"] == reading.Indicator("k", "Name", "A rule", "percent", read)
    finally:
        reading.INDICATORS.pop("k")


def test_latest_is_the_end_of_the_month_or_year():
    found = on_day.last_possible_day(
        days("2024-02-01", "2024-02-01", "2024-02-01"), pd.Series(["day", "month", "year"])
    )
    assert found.tolist() == days("2024-02-01", "2024-02-29", "2024-12-31").tolist()


def test_known_by_waits_for_the_last_possible_day():
    rows = pd.DataFrame(
        {
            "in_force_date": days("2024-01-01"),
            "in_force_precision": ["year"],
            "date_precision": "day",
        }
    )
    assert on_day.known_by(rows, DAY, "in_force_date").empty
    assert len(on_day.known_by(rows, pd.Timestamp("2024-12-31"), "in_force_date")) == 1
    assert len(on_day.known_by(rows.assign(in_force_precision="day"), DAY, "in_force_date")) == 1


@pytest.mark.parametrize(
    ("start", "end", "status", "counts"),
    [
        ("2024-08-30", "2024-08-31", "held", True),
        ("2024-08-30", "2024-09-01", "held", False),  # not over yet
        ("2024-08-01", None, "planned", False),
        ("2024-08-01", None, "cancelled", False),
        ("2021-08-31", None, "held", False),  # three years to the day are over
        ("2021-09-01", None, "held", True),
    ],
)
def test_done_counts_what_was_held_and_over_in_the_time_asked_about(start, end, status, counts):
    row = pd.DataFrame(
        {
            "date_start": days(start),
            "date_end": days(end),
            "date_precision": ["day"],
            "status": [status],
        }
    )
    assert len(on_day.completed(row, DAY, 36)) == counts


def test_absence_tells_only_where_the_record_is_not_a_sample():
    record = {"coverage": COVERAGE}
    since = pd.Timestamp("2009-01-01")
    assert reading.absence(record, "exercises", since, DAY) is False
    assert reading.absence(record, "exercises", since, pd.Timestamp("2026-01-01")) is None
    assert reading.absence(record, "exercises", pd.Timestamp("1990-01-01"), DAY) is None
    assert reading.absence(record, "meetings", since, DAY) is None


def test_enough_and_all_of_keep_the_unknown():
    assert reading.reaches(2, 2, None) is True
    assert reading.reaches(1, 2, None) is None
    assert reading.reaches(1, 2, False) is False
    assert reading.all_of([True, True]) is True
    assert reading.all_of([True, None]) is None
    assert reading.all_of([None, False]) is False


def test_whole_years_leaves_out_the_year_that_runs():
    assert on_day.whole_years(pd.Timestamp("2016-12-31"), 2) == [2015, 2016]
    assert on_day.whole_years(DAY, 2) == [2022, 2023]


def test_since_is_the_day_after_the_same_day_months_ago():
    assert on_day.window_start(DAY, 24) == pd.Timestamp("2022-09-01")


def test_own_meetings_are_of_one_series():
    meetings = pd.DataFrame(
        {
            "meeting": ["own", "with-russia"],
            "series": ["consultative_heads", "c5_russia"],
            "date_start": days("2024-08-09", "2024-08-09"),
            "date_end": days("2024-08-09", "2024-08-09"),
            "date_precision": "day",
            "status": "held",
        }
    )
    found = reading.recent_meetings({"meetings": meetings}, "consultative_heads", DAY, 12)
    assert found["meeting"].tolist() == ["own"]


def drills(states, complete=True, frame="five", status="held"):
    return {
        "coverage": COVERAGE,
        "exercises": pd.DataFrame(
            {
                "exercise": ["e"],
                "frame": [frame],
                "date_start": days("2024-07-01"),
                "date_end": days("2024-07-02"),
                "date_precision": ["day"],
                "status": [status],
                "participants_complete": [complete],
            }
        ),
        "participation": pd.DataFrame({"event": "e", "state": states, "level": "contingent"}),
    }


@pytest.mark.parametrize(
    ("record", "met"),
    [
        (drills(["KAZ", "UZB", "AZE"]), True),
        (drills(["KAZ", "UZB", "AZE"], status="planned"), False),
        (drills(["KAZ", "UZB", "AZE", "RUS"]), False),  # an outsider was there
        (drills(["KAZ", "UZB"]), False),  # without the neighbour that is asked for
        (drills(["KAZ", "AZE"]), False),  # only one of the five
        (drills(["AZE"], complete=False, frame="ots"), None),  # who else came is not known
    ],
)
def test_joint_exercises_counts_those_of_the_states_allowed(record, met):
    found = reading.joint_exercises(
        record, DAY, 12, {"KAZ", "UZB", "AZE"}, of_five=2, threshold=1, needed={"AZE"}
    )
    assert found.met is met
    assert found.rows == (["exercises/e"] if met else [])


SPELLS = pd.DataFrame(
    {
        "organisation": ["b", "b", "b", "gone"],
        "state": ["KAZ", "UZB", "RUS", "KGZ"],
        "status": ["member", "observer", "member", "member"],
        "start": days("2018-01-01", "2018-01-01", "2025-01-01", "1995-01-01"),
        "start_precision": "day",
        "end": pd.to_datetime(pd.Series([None] * 4)),
    }
)
BODIES = pd.DataFrame(
    {
        "organisation": ["b", "gone"],
        "founded": days("2018-01-01", "1995-01-01"),
        "ended": days(None, "2005-01-01"),
        "end_kind": [None, "merged"],
        "successor": [None, None],
    }
)


def test_seats_are_full_memberships_in_living_bodies():
    record = {"memberships": SPELLS, "organisations": BODIES}
    seats = on_day.active_memberships(record, ["b", "gone"], DAY)
    assert lookup.membership_rows(seats) == ["memberships/b/KAZ"]
    assert reading.most_members(record, ["b"], DAY) == (1, ["memberships/b/KAZ"])
    assert reading.most_members(record, ["gone"], DAY) == (0, [])


def test_put_to_all_wants_an_act_of_each_of_the_five_and_of_no_one_else():
    acts = pd.DataFrame(
        {
            "treaty": "t",
            "state": ["KAZ", "KGZ", "UZB", "TJK", "TKM"],
            "action": ["signed"] * 3 + ["declined"] * 2,
            "date": days(*["2022-07-21"] * 5),
            "date_precision": "day",
        }
    )
    record = {"treaties": pd.DataFrame({"treaty": ["t"], "kind": ["friendship"]})}
    found = reading.treaties_before_all_five(record | {"treaty_actions": acts}, DAY)
    assert found == {"t": {"KAZ", "KGZ", "UZB"}}
    assert (
        reading.treaties_before_all_five(
            record | {"treaty_actions": acts}, pd.Timestamp("2022-01-01")
        )
        == {}
    )
    china = pd.concat([acts, acts.tail(1).assign(state="CHN", action="signed")])
    assert reading.treaties_before_all_five(record | {"treaty_actions": china}, DAY) == {}
