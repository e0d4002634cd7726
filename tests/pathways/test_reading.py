import pandas as pd
import pytest

from casi.pathways import reading

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


def test_absence_is_unknown_where_the_record_is_a_sample():
    record = {"coverage": COVERAGE}
    since = pd.Timestamp("2009-01-01")
    assert reading.absence(record, "exercises", since, DAY) is False
    assert reading.absence(record, "exercises", since, pd.Timestamp("2025-12-31")) is False
    assert reading.absence(record, "exercises", since, pd.Timestamp("2026-01-01")) is None
    assert reading.absence(record, "exercises", pd.Timestamp("1994-01-01"), DAY) is False
    assert reading.absence(record, "exercises", pd.Timestamp("1990-01-01"), DAY) is None
    assert reading.absence(record, "meetings", since, DAY) is None


def test_reaches_and_all_of_keep_the_unknown():
    assert reading.reaches(2, 2, None) is True
    assert reading.reaches(1, 2, None) is None
    assert reading.reaches(1, 2, False) is False
    assert reading.all_of([True, True]) is True
    assert reading.all_of([True, None]) is None
    assert reading.all_of([None, False]) is False


def test_recent_meetings_are_of_one_series():
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


def drills(states, complete=True, frame="five", status="held", kind="field"):
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
                "kind": [kind],
            }
        ),
        "participation": pd.DataFrame({"event": "e", "state": states, "level": "contingent"}),
    }


@pytest.mark.parametrize(
    ("record", "met"),
    [
        (drills(["KAZ", "UZB", "AZE"]), True),
        (drills(["KAZ", "UZB", "AZE"], status="planned"), False),
        (drills(["KAZ", "UZB", "AZE"], kind="command_post;rescue"), False),
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


def test_most_members_counts_full_members_of_active_bodies():
    record = {"memberships": SPELLS, "organisations": BODIES}
    assert reading.most_members(record, ["b"], DAY) == (1, ["memberships/b/KAZ"])
    assert reading.most_members(record, ["gone"], DAY) == (0, [])


def test_most_members_are_those_of_the_largest_body_and_of_the_first_of_two():
    spells = [("small", "KAZ"), ("second", "KAZ"), ("second", "UZB"), ("first", "KGZ")]
    spells += [("first", "UZB"), ("large", "KAZ"), ("large", "RUS"), ("large", "CHN")]
    memberships = pd.DataFrame(spells, columns=["organisation", "state"]).assign(
        status="member", start=DAY, end=pd.NaT, start_precision="day"
    )
    names = ["small", "second", "first", "large"]
    bodies = pd.DataFrame({"organisation": names, "founded": DAY, "ended": pd.NaT})
    record = {
        "memberships": memberships,
        "organisations": bodies.assign(end_kind=None, successor=None),
    }
    rows = ["memberships/first/KGZ", "memberships/first/UZB"]
    assert reading.most_members(record, names, DAY) == (2, rows)


def test_treaties_before_all_five_need_an_act_of_each_and_of_no_one_else():
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
