"""First acts of treaties and bodies: each rule on a table that breaks it and one that not."""

import pytest
from hand_made import refused, table


def actions(*rows):
    return table("treaty state action date date_precision", *[(*row, "day") for row in rows])


@pytest.mark.parametrize(
    ("action", "force", "wrong"),
    [
        ("signed", None, 0),
        ("ratified", None, 1),
        ("in_force", None, 1),
        ("in_force", "2001-01-02", 0),
    ],
)
def test_on_the_day_of_opening_states_sign(action, force, wrong):
    treaties = table("treaty date_opened in_force_date", ("t", "2001-01-02", force))
    rows = actions(("t", "KAZ", action, "2001-01-02"))
    found = refused("first_act_is_a_signature", treaties=treaties, treaty_actions=rows)
    assert found == ({("treaty_actions.action", 0)} if wrong else set())


def test_a_treaty_is_in_force_for_states_that_consented():
    signed, force = ("t", "KAZ", "signed", "2001-01-02"), ("t", "KAZ", "in_force", "2002-01-02")
    assert refused("force_follows_consent", treaty_actions=actions(signed, force)) == set()
    other = actions(signed, ("t", "KGZ", "in_force", "2002-01-02"))
    assert refused("force_follows_consent", treaty_actions=other) == {("treaty_actions.state", 1)}


@pytest.mark.parametrize(
    ("founded", "wrong"), [("2001-06-15", 0), ("2001-06-14", 1), ("2001-05-01", 0)]
)
def test_the_first_members_join_on_the_day_of_founding_or_weeks_later(founded, wrong):
    bodies = table("organisation founded", ("b", founded))
    spells = table("organisation start", ("b", "2001-06-15"), ("b", "2002-01-01"))
    found = refused("founding_is_one_day", organisations=bodies, memberships=spells)
    assert found == ({("organisations.founded", 0)} if wrong else set())


def test_states_that_join_or_sign_together_do_so_on_one_day():
    days = ["2001-06-15", "2001-06-15", "2001-06-15"]

    def found(day, precision="day"):
        rows = [("b", date, precision, None, None) for date in [*days, day]]
        table_ = table("organisation start start_precision end end_precision", *rows)
        return refused("acts_of_one_day_agree", memberships=table_)

    assert found("2001-06-15") == found("2001-07-15") == set()
    assert found("2001-06-16") == {("memberships.start", 3)}
    assert found("2001-06-16", "month") == set()
    rows = [(f"s{n}", "signed", day) for n, day in enumerate([*days, "2001-06-14"])]
    acts = actions(*[("t", state, action, day) for state, action, day in rows])
    found_acts = refused("acts_of_one_day_agree", treaty_actions=acts)
    assert found_acts == {("treaty_actions.date", 3)}


@pytest.mark.parametrize(
    ("start", "status", "successor", "wrong"),
    [
        ("1997-10-10", "member", None, False),
        ("1997-10-10", "observer", None, True),
        ("1997-10-11", "observer", None, False),
        ("1997-10-10", "observer", "guam", False),
        ("1997-10-10", "partner", None, False),
    ],
)
def test_who_joins_on_the_day_of_the_foundation_is_a_member(start, status, successor, wrong):
    bodies = table(
        "organisation founded successor", ("guam", "1997-10-10", None), ("older", None, successor)
    )
    rows = table("organisation state status start", ("guam", "GEO", status, start))
    found = refused("founder_is_a_member", organisations=bodies, memberships=rows)
    assert found == ({("memberships.status", 0)} if wrong else set())
