"""Keys beside their rows: each rule on a row that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table
from made_events import meeting

from casi.contradictions import keys


@pytest.mark.parametrize(
    ("key", "start", "end", "precision", "wrong"),
    [
        ("m-2020-05", "2020-05-02", None, "day", False),
        ("m-2020-05", "2020-04-30", None, "day", True),
        ("m-2020-05", "2020-04-30", "2020-05-01", "day", False),
        ("m-2020-05-02", "2020-06-02", None, "day", True),
        ("m-2020-05", "2020-01-01", None, "year", False),
        ("m-2020", "2020-04-30", None, "day", False),
        ("m-2020-2021", "2020-04-30", None, "day", False),
    ],
)
def test_a_key_with_a_month_is_of_that_month(key, start, end, precision, wrong):
    rows = table("meeting date_start date_end date_precision", (key, start, end, precision))
    found = refused("key_holds_the_month", meetings=rows)
    assert found == ({("meetings.date_start", 0)} if wrong else set())


@pytest.mark.parametrize(
    ("key", "start", "precision", "wrong"),
    [
        ("m-2020-05-02", "2020-05-02", "day", False),
        ("m-2020-05-02", "2020-05-01", "month", True),
        ("m-2020-05", "2020-05-01", "month", False),
        ("m-2020-05", "2020-05-01", "day", True),
        ("m-2020-05", "2020-05-02", "day", False),
        ("m-2020", "2020-05-01", "day", False),
    ],
)
def test_a_key_is_as_exact_as_the_date(key, start, precision, wrong):
    rows = meeting(key, start, date_precision=precision)
    found = refused("key_is_as_exact_as_its_date", meetings=rows)
    assert found == ({("meetings.date_precision", 0)} if wrong else set())


def test_nobody_signs_on_new_year_but_treaties_take_effect():
    def found(day, precision="day", action="signed"):
        rows = table("treaty action date date_precision", ("t", action, day, precision))
        return refused("nothing_happens_on_new_year", treaty_actions=rows)

    assert found("2020-01-01") == {("treaty_actions.date_precision", 0)}
    assert found("2020-01-02") == found("2020-01-01", "year") == set()
    assert found("2020-01-01", action="in_force") == set()


def test_a_rule_of_counting_is_named_by_its_column_and_value_and_is_of_one_table():
    def found(*row):
        rows = table(
            "key rule table column value",
            ("took-part-level-absent", "took_part", "participation", "level", "absent"),
            ("took-part-level-minister", "took_part", "participation", "level", "minister"),
            row,
        )
        return refused("counting_key_fits", counting_rules=rows)

    own = ("took-part-role-empty", "took_part", "participation", "role")
    assert found(*own, None) == set()
    assert found(*own, "member") == {("counting_rules.key", 2)}
    assert found(*own[:2], "meetings", "role", None) == {("counting_rules.table", 2)}


def test_one_state_takes_the_chair():
    def found(states, action="chair"):
        rows = table("milestone action states", ("chair-kaz-2026", action, states))
        return refused("chair_is_one_state", milestones=rows)

    assert found("KAZ") == found("KAZ;UZB", "resolution") == set()
    assert found("UZB") == found("KAZ;UZB") == {("milestones.states", 0)}


def test_the_record_has_no_fault_of_keys():
    assert faults_of_the_record(keys) == []
