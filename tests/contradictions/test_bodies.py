import pandas as pd
import pytest
from hand_made import faults_of_the_record, refused, table, together
from made_events import exercise
from made_events import seats as seated

from casi.contradictions import bodies

SPELLS = table(
    "organisation state status start end",
    ("sco", "KAZ", "member", "2001-06-15", None),
    ("sco", "KGZ", "member", "2001-06-15", None),
    ("sco", "CHN", "member", "2001-06-15", None),
    ("turkic-council", "KAZ", "member", "2009-10-03", "2021-11-12"),
    ("ots", "KAZ", "member", "2021-11-12", None),
    ("ots", "TKM", "observer", "2021-11-12", None),
    ("cis", "TKM", "associate", "2005-08-26", None),
    ("cst", "UZB", "member", "1994-04-20", "1999-04-02"),
    ("csto", "UZB", "member", "2006-08-16", "2012-12-19"),
)


def council(key="m", council="foreign_ministers", joint="j", **changes):
    columns = "meeting body council joint date_start place status attendance"
    row = (key, "sco", council, joint, "2018-11-08", "Astana", "held", "complete")
    return table(columns, row).assign(**changes)


def seats(*pairs):
    return table("event state", *pairs)


@pytest.mark.parametrize(
    ("name", "of", "faulty"),
    [
        ("Council of Foreign Ministers of the CIS, Minsk", "foreign_ministers", False),
        ("Council of Foreign Ministers of the CIS, Minsk", "defence_ministers", True),
        ("CSTO Collective Security Council, Minsk", "heads_of_state", False),
        ("CSTO Committee of Secretaries of Security Councils", "heads_of_state", True),
    ],
)
def test_the_name_of_a_meeting_speaks_of_its_council(name, of, faulty):
    found = refused("name_fits_council", body_meetings=council(council=of, name=name))
    assert found == ({("body_meetings.name", 0)} if faulty else set())


def test_a_council_does_not_meet_again_within_days():
    def found(**changes):
        day = {"date_precision": "day"}
        rows = together(council("a", **day), council("b", **(day | changes)))
        rows = rows.assign(date_start=pd.to_datetime(rows["date_start"]))
        return refused("council_meets_once_a_week", body_meetings=rows)

    assert found(date_start="2018-11-14") == {("body_meetings.meeting", 1)}
    assert found(date_start="2018-11-15") == found(place="Minsk") == set()
    assert found(council="defence_ministers") == found(date_precision="month") == set()


def test_a_member_is_no_guest_of_its_body():
    def found(state, role, **changes):
        rows = council(date_start="2018-11-08", **changes)
        rows = rows.assign(date_start=pd.to_datetime(rows["date_start"]))
        given = {"body_meetings": rows, "memberships": SPELLS}
        seat = table("event state role", ("other", "KAZ", "guest"), ("m", state, role))
        return refused("member_is_no_guest", participation=seat, **given)

    wrong = {("participation.role", 1)}
    assert found("CHN", "guest") == found("CHN", "observer") == wrong
    assert found("CHN", "member") == found("UZB", "guest") == set()
    assert found("TKM", "guest", body="ots") == found("UZB", "guest", body="csto") == set()


def joint(**changes):
    other = council("d", "defence_ministers", **changes)
    rows = together(council(), council("s", "security_council_secretaries"), other)
    return refused("joint_meeting_is_one_event", body_meetings=rows)


def test_councils_that_met_as_one_share_body_day_place_and_status():
    assert joint() == set()
    assert joint(place="Minsk") == {("body_meetings.place", 2)}
    assert joint(body="csto") == {("body_meetings.body", 2)}
    assert joint(status="planned") == {("body_meetings.status", 2)}


def test_a_joint_meeting_has_each_council_once_and_two_at_least():
    rows = together(council(), council("n"))
    found = refused("joint_meeting_is_one_event", body_meetings=rows)
    assert found == {("body_meetings.joint", 1)}
    alone = refused("joint_meeting_is_one_event", body_meetings=council())
    assert alone == {("body_meetings.joint", 0)}
    apart = together(council(joint=None), council("n", joint=None))
    assert refused("joint_meeting_is_one_event", body_meetings=apart) == set()


def attendance(value, *states, **changes):
    return refused(
        "attendance_fits_seats",
        body_meetings=council(attendance=value, **changes),
        participation=seats(*[("m", state) for state in states]),
        memberships=SPELLS,
    )


def test_known_attendance_has_seats_and_unknown_has_none():
    fault = {("body_meetings.attendance", 0)}
    assert attendance("partial", "KAZ") == set()
    assert attendance("partial") == fault
    assert attendance("unknown", "KAZ") == fault
    assert attendance("unknown") == set()


@pytest.mark.parametrize(
    "body, day, states, lacks",
    [
        ("sco", "2018-11-08", ["KAZ", "KGZ"], False),  # China is none of the six
        ("sco", "2018-11-08", ["KAZ"], True),
        ("ots", "2020-01-01", ["KGZ"], True),  # of its predecessor Kazakhstan was a member
        ("ots", "2022-01-01", ["KAZ"], False),  # an observer need not come
        ("cis", "2018-01-01", ["KAZ"], True),  # an associate sits with the members
        ("csto", "2003-01-01", ["KAZ"], False),  # between two spells
        ("csto", "2006-08-16", ["KAZ"], True),  # the first day of a spell
        ("csto", "2012-12-19", ["KAZ"], False),  # the first day after it
    ],
)
def test_complete_attendance_tells_of_each_member_on_the_day(body, day, states, lacks):
    rows = council(body=body).assign(date_start=table("date_start", (day,))["date_start"])
    found = refused(
        "attendance_fits_seats",
        body_meetings=rows,
        participation=seats(*[("m", state) for state in states]),
        memberships=SPELLS,
    )
    assert bool(found) == lacks


def test_a_record_without_such_meetings_has_no_fault():
    assert refused("joint_meeting_is_one_event") == refused("attendance_fits_seats") == set()


def test_no_two_tables_of_events_share_a_key():
    def found(**keys):
        columns = {"meetings": "meeting", "body_meetings": "meeting", "exercises": "exercise"}
        given = {name: table(columns[name], (key,)) for name, key in keys.items()}
        return refused("event_is_in_one_table", **given)

    assert found(meetings="a", body_meetings="b", exercises="c") == set()
    assert found(meetings="a", body_meetings="a") == {("body_meetings.meeting", 0)}
    assert found(body_meetings="a", exercises="a") == {("exercises.exercise", 0)}


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(bodies) == []


@pytest.mark.parametrize(
    ("frame", "complete", "states", "wrong"),
    [
        ("nato_pfp", True, ("KAZ", "USA"), False),
        ("nato_pfp", True, ("KAZ", "RUS"), True),
        ("nato_pfp", False, ("KAZ", "RUS"), False),
        ("csto", True, ("KAZ", "RUS"), False),
    ],
)
def test_a_state_of_nato_takes_part_in_an_exercise_of_its_partnership(
    frame, complete, states, wrong
):
    tables = {
        "states": table("iso3 nato_since", ("USA", 1949), ("KAZ", None), ("RUS", None)),
        "exercises": exercise(frame=frame, participants_complete=complete),
        "participation": seated("e", *states),
    }
    found = refused("exercise_has_parties_of_its_frame", **tables)
    assert found == ({("exercises.frame", 0)} if wrong else set())
