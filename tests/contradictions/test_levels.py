"""Who came at what level and in what role: each rule on a seat that breaks it and one that not."""

import pytest
from hand_made import faults_of_the_record, refused, table
from made_events import exercise, meeting

from casi.contradictions import levels

COLUMNS = "event state level role note"


def at_meeting(level, note=None, role="member", state="KGZ", **changes):
    rows = [("m", other, "minister", "member", None) for other in ("KAZ", "TJK", "UZB")]
    seats = table(COLUMNS, *rows, ("m", state, level, role, note))
    given = {"meetings": meeting(**changes), "exercises": exercise().assign(body=None)}
    return given | {"participation": seats}


def at_exercise(level, role="member", note=None, state="KGZ", **changes):
    seats = table(COLUMNS, ("e", state, level, role, note))
    return {"exercises": exercise(**changes).assign(council=None), "participation": seats}


def with_councils(tables):
    """Give the tables the columns of meetings of bodies."""
    body = table("meeting body council date_start date_end date_precision place host status")
    return tables | {"body_meetings": body.assign(series=None)}


def found(rule, tables):
    return refused(rule, **with_councils(tables))


def test_a_state_sends_the_usual_level_its_substitute_or_somebody_the_note_names():
    rule, wrong = "level_is_usual_or_explained", {("participation.level", 3)}
    assert found(rule, at_meeting("minister")) == set()
    assert found(rule, at_meeting("deputy_minister")) == set()
    assert found(rule, at_meeting("prime_minister")) == wrong
    assert found(rule, at_meeting("prime_minister", "The prime minister came.")) == set()
    assert found(rule, at_meeting("prime_minister", "Its envoy came.")) == wrong
    assert found(rule, at_meeting("prime_minister", role="guest")) == set()


def test_who_meets_by_custom_is_who_most_often_came_if_the_series_does_not_say():
    rule = "level_is_usual_or_explained"
    assert found(rule, at_meeting("minister", series="aral_sea")) == set()
    assert found(rule, at_meeting("attache", series="aral_sea")) == {("participation.level", 3)}


def test_a_seat_without_troops_at_an_exercise_says_who_came():
    rule, wrong = "seat_at_exercise_is_explained", {("participation.level", 0)}
    assert found(rule, at_exercise("contingent")) == set()
    assert found(rule, at_exercise("official")) == wrong
    assert found(rule, at_exercise("official", note="Its staff came.")) == set()


def test_observers_of_an_exercise_have_both_level_and_role():
    rule = "seat_at_exercise_is_explained"
    assert found(rule, at_exercise("observer", "observer")) == set()
    assert found(rule, at_exercise("observer", None)) == {("participation.level", 0)}
    assert found(rule, at_exercise("contingent", "observer")) == {("participation.role", 0)}


def test_the_host_has_its_role():
    rule = "host_has_its_role"
    assert found(rule, at_exercise("contingent", "host", state="KAZ")) == set()
    assert found(rule, at_exercise("contingent", None, state="KAZ")) == set()
    assert found(rule, at_exercise("contingent", state="KAZ")) == {("participation.role", 0)}


@pytest.mark.parametrize(("frame", "end", "wrong"), [("csto", None, 1), ("five", None, 0)])
def test_a_member_of_the_body_is_no_guest_at_its_exercise(frame, end, wrong):
    spells = table(
        "organisation state status start end", ("csto", "KGZ", "member", "2003-01-01", end)
    )
    tables = at_exercise("contingent", "guest", frame=frame) | {"memberships": spells}
    assert len(found("member_of_body_is_no_guest_at_exercise", tables)) == wrong


def test_a_former_member_may_be_a_guest():
    row = ("csto", "KGZ", "member", "2003-01-01", "2012-01-01")
    spells = table("organisation state status start end", row)
    tables = at_exercise("contingent", "guest") | {"memberships": spells}
    assert found("member_of_body_is_no_guest_at_exercise", tables) == set()


def test_others_than_the_five_are_guests_or_hosts_of_their_meetings_with_a_partner():
    rule = "seat_is_of_the_region"
    given = {"state": "CHN", "series": "c5_china"}
    assert found(rule, at_meeting("minister", role="guest", **given)) == set()
    assert found(rule, at_meeting("minister", **given)) == {("participation.state", 3)}
    assert found(rule, at_meeting("minister", state="CHN")) == set()


def test_seats_at_meetings_of_bodies_are_of_the_region():
    columns = "meeting body council date_start date_end date_precision place host status series"
    row = ("b", "cis", "heads_of_state", "2020-05-02", None, "day", "Minsk", "BLR", "held", None)
    seats = table(COLUMNS, *[("b", state, "head_of_state", None, None) for state in ("AZE", "BLR")])
    tables = {"body_meetings": table(columns, row), "exercises": exercise(), "participation": seats}
    assert refused("seat_is_of_the_region", **tables) == {("participation.state", 1)}


def test_one_of_the_five_is_no_guest_at_their_meetings():
    rule, wrong = "the_five_are_no_guests", {("participation.role", 3)}
    assert found(rule, at_meeting("minister")) == set()
    assert found(rule, at_meeting("minister", role="guest")) == wrong
    assert found(rule, at_meeting("minister", role="observer")) == wrong
    assert found(rule, at_meeting("minister", "Guest of honour.", role="guest")) == set()
    assert found(rule, at_meeting("minister", role="guest", state="AZE")) == set()
    assert found(rule, at_exercise("contingent", role="guest") | {"meetings": meeting()}) == set()


@pytest.mark.parametrize(
    ("role", "level", "note", "wrong"),
    [
        ("member", "contingent", None, False),
        ("guest", "contingent", None, True),
        ("guest", "contingent", "From its base in the state.", False),
        ("guest", "observer", None, False),
    ],
)
def test_who_trains_has_the_role_usual_in_the_series(role, level, note, wrong):
    rows = [("e", state, "contingent", "member", None) for state in ("KAZ", "TJK", "UZB")]
    seats = table(COLUMNS, *rows, ("e", "KGZ", level, role, note))
    tables = {"exercises": exercise().assign(council=None), "participation": seats}
    refused_rows = found("role_is_usual_in_series", tables)
    assert refused_rows == ({("participation.role", 3)} if wrong else set())


def test_a_role_of_half_the_series_is_as_usual_as_the_other():
    rows = [("KAZ", "member"), ("TJK", "member"), ("KGZ", "guest"), ("UZB", "guest")]
    seats = table(COLUMNS, *[("e", state, "contingent", role, None) for state, role in rows])
    tables = {"exercises": exercise().assign(council=None), "participation": seats}
    assert found("role_is_usual_in_series", tables) == set()


def test_a_guest_that_watched_says_why_it_is_no_observer():
    rule, wrong = "guest_that_watched_says_so", {("participation.level", 0)}
    assert found(rule, at_exercise("observer", "guest")) == wrong
    assert found(rule, at_exercise("observer", "guest", "Invited.")) == set()
    assert found(rule, at_exercise("observer", "observer")) == set()
    assert found(rule, at_exercise("contingent", "guest")) == set()


def test_the_record_has_no_fault_of_levels():
    assert faults_of_the_record(levels) == []
