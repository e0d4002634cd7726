"""Participation: each rule on a table that breaks it and one that does not."""

import pandas as pd
import pytest
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import RULES, participants

COLUMNS = "event state level role"
SPELLS = table(
    "organisation state status start end",
    ("csto", "RUS", "member", "2003-09-18", None),
    ("csto", "UZB", "member", "2006-08-16", "2012-12-19"),
    ("csto", "UZB", "suspended", "2012-12-19", None),
    ("sco", "IND", "member", "2017-06-09", None),
    ("consultative-heads", "AZE", "member", "2025-11-16", None),
    ("caco", "RUS", "member", "2004-10-18", "2005-10-06"),
)
PLACES = table("place state", ("otar-kaz", "KAZ"))


def exercise(key="e", frame="csto", **changes):
    columns = (
        "exercise date_start date_precision host status series frame location "
        "participants_complete confidence"
    )
    row = (key, "2020-05-02", "day", "KAZ", "held", "s", frame, "otar-kaz", True, "high")
    return table(columns, row).assign(**changes)


def meeting(key="m", day="2020-05-02", series="foreign_ministers", **changes):
    columns = "meeting name date_start date_end date_precision host status series place"
    row = (key, key, day, day, "day", "KAZ", "held", series, "Astana")
    return table(columns, row).assign(**changes)


def seats(*rows):
    return table(COLUMNS, *rows)


def of(event, *states, level="contingent", role=None):
    return seats(*[(event, state, level, role) for state in states])


def test_an_exercise_with_a_power_has_it_among_its_participants():
    def found(*states):
        rows = exercise(frame="russia_bilateral")
        return refused("power_takes_part", exercises=rows, participation=of("e", *states))

    assert found("KAZ", "RUS") == set()
    assert found("KAZ", "CHN") == {("exercises.frame", 0)}


def test_the_name_of_a_meeting_speaks_of_its_partner_and_of_no_partner_else():
    def found(name, series):
        given = {"exercises": exercise(), "participation": of("e", "KAZ")}
        return refused("power_takes_part", meetings=meeting(series=series, name=name), **given)

    assert found("C5+1 summit", "c5_usa") == found("Meeting", "foreign_ministers") == set()
    wrong = {("meetings.series", 0)}
    assert found("C5+1 summit", "c5_china") == found("With Russia", "foreign_ministers") == wrong


def outsiders(rows, parts, meetings=None):
    given = {"exercises": rows, "participation": parts, "memberships": SPELLS}
    given["meetings"] = meeting() if meetings is None else meetings
    return refused("outsider_in_own_format", **given)


def test_exercises_of_the_five_have_no_outside_contingent():
    five = exercise(frame="five")
    assert outsiders(five, of("e", "KAZ", "KGZ")) == set()
    assert outsiders(five, of("e", "KAZ", "RUS")) == {("participation.state", 1)}
    assert outsiders(five, of("e", "KAZ", "RUS", level="observer")) == set()
    assert outsiders(exercise(frame="five_plus_azerbaijan"), of("e", "KAZ", "AZE")) == set()


def test_exercises_of_a_body_have_contingents_of_its_members_of_that_day():
    assert outsiders(exercise(frame="csto"), of("e", "KAZ", "RUS")) == set()
    assert outsiders(exercise(frame="csto"), of("e", "KAZ", "IND")) == {("participation.state", 1)}
    assert outsiders(exercise(frame="csto"), of("e", "KAZ", "UZB")) == {("participation.state", 1)}
    assert outsiders(exercise(frame="sco"), of("e", "KAZ", "TKM")) == {("participation.state", 1)}
    assert outsiders(exercise(frame="sco"), of("e", "KAZ", "IND")) == set()


def test_meetings_of_the_five_have_no_outside_member():
    def found(day, state, role="member", series="consultative_heads"):
        parts = of("m", state, level="head_of_state", role=role)
        return outsiders(exercise(), parts, meeting(day=day, series=series))

    assert found("2024-08-09", "KAZ") == found("2025-11-16", "AZE") == set()
    assert found("2024-08-09", "AZE", role="guest") == set()
    wrong = {("participation.state", 0)}
    assert found("2024-08-09", "AZE") == found("2024-08-09", "RUS") == wrong
    assert found("2005-10-06", "RUS", series="cau_caec_caco") == set()
    assert found("2003-10-06", "RUS", series="cau_caec_caco") == wrong


def test_where_all_participants_are_known_they_are_two_with_one_of_the_six():
    def found(*states, complete=True):
        rows = exercise(participants_complete=complete)
        return refused("six_take_part", exercises=rows, participation=of("e", *states))

    assert found("KAZ", "RUS") == found("RUS", complete=False) == set()
    assert found("AZE", "TUR") == set()
    assert found("KAZ") == {("exercises.participants_complete", 0)}
    assert found("BLR", "RUS") == {("exercises.exercise", 0)}


def levels(*rows, series="foreign_ministers"):
    given = {"exercises": exercise(), "meetings": meeting(series=series)}
    return refused("level_fits_event", participation=seats(*rows), **given)


def test_troops_train_and_officials_meet():
    assert levels(("e", "KAZ", "contingent", None), ("m", "KAZ", "minister", None)) == set()
    assert levels(("e", "KAZ", "head_of_state", None), ("m", "KAZ", "contingent", None)) == {
        ("participation.level", 0),
        ("participation.level", 1),
    }


def test_the_message_on_a_level_names_the_format():
    given = {"exercises": exercise(), "meetings": meeting()}
    rows = seats(("e", "KAZ", "head_of_state", None), ("m", "KAZ", "contingent", None))
    texts = [fault.text for fault in RULES["level_fits_event"](given | {"participation": rows})]
    assert ["(an exercise)" in texts[0], "(foreign_ministers)" in texts[1]] == [True, True]


def test_a_president_does_not_sit_among_ministers():
    ministers = [("m", state, "minister", None) for state in ("KGZ", "TJK", "UZB")]
    lone = ("m", "TKM", "head_of_state", None)
    assert levels(*ministers, lone, series="c5_eu") == {("participation.level", 3)}
    host = ("m", "KAZ", "head_of_state", None)
    assert levels(*ministers, host, series="c5_eu") == set()


def test_the_role_of_host_is_that_of_the_host():
    def found(*rows):
        given = {"exercises": exercise(), "meetings": meeting()}
        return refused("role_fits_host", participation=seats(*rows), **given)

    assert found(("e", "KAZ", "contingent", "host"), ("e", "RUS", "absent", None)) == set()
    assert found(
        ("e", "RUS", "contingent", "host"),
        ("e", "KGZ", "absent", "member"),
        ("e", "TJK", "contingent", "observer"),
        ("e", "KAZ", "contingent", "guest"),
        ("e", "KAZ", "observer", "host"),
    ) == {("participation.role", row) for row in range(5)}


def test_an_observer_that_is_a_member_says_why():
    def found(note):
        rows = seats(("e", "KAZ", "observer", "member")).assign(note=note)
        return refused("observer_is_no_member", participation=rows)

    assert found("Delegation at the closing") == set()
    assert found(None) == {("participation.level", 0)}


def test_the_host_takes_part():
    def found(*states, meetings=None, **changes):
        given = {"places": PLACES, "participation": of("e", *states)}
        given["meetings"] = meeting() if meetings is None else meetings
        return refused("host_takes_part", exercises=exercise(**changes), **given)

    assert found("KAZ", "RUS") == found("RUS", participants_complete=False) == set()
    absent = {("exercises.host", 0)}
    assert found("KGZ", "RUS") == found("KGZ", "RUS", host=None) == absent
    assert found("KAZ", meetings=meeting(host="JPN")) == {("meetings.host", 0)}


def test_nobody_attends_what_was_only_planned_or_was_cancelled():
    def found(status, level="contingent"):
        given = {"exercises": exercise(status=status), "meetings": meeting()}
        parts = of("e", "KAZ", level=level)
        return refused("nobody_attends_a_plan", participation=parts, **given)

    assert found("held") == found("cancelled", "absent") == set()
    assert found("planned") == found("cancelled") == {("participation.event", 0)}


def test_a_head_of_state_is_not_in_two_states_on_one_day():
    def found(other):
        parts = together(*[of(key, "UZB", level="head_of_state") for key in "mn"])
        given = {"meetings": together(meeting("m"), other), "exercises": exercise()}
        return refused("head_of_state_in_two_places", participation=parts, **given)

    assert found(meeting("n", host="KAZ")) == found(meeting("n", "2020-05-03", host="JPN")) == set()
    assert found(meeting("n", host="JPN")) == {("participation.event", 1)}
    assert found(meeting("n", host="JPN", place="online")) == set()


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(participants) == []


@pytest.mark.parametrize(
    ("frame", "body", "before"),
    [("sco", "sco", 366), ("csto", "cst", 366), ("cis", "cis", 366), ("ots", "ots", 366)],
)
def test_a_state_joins_within_a_year_of_an_exercise_of_the_body(frame, body, before):
    def found(days):
        start = pd.Timestamp("2020-05-02") + pd.Timedelta(days=days)
        spell = table("organisation state status start end", (body, "IND", "member", start, None))
        given = {"exercises": exercise(frame=frame), "participation": of("e", "IND")}
        return refused("outsider_in_own_format", memberships=spell, **given)

    assert found(before) == set()
    assert found(before + 1) == {("participation.state", 0)}


@pytest.mark.parametrize(
    ("series", "body", "after"),
    [("cau_caec_caco", "caec", 31), ("foreign_ministers", "consultative-heads", 0)],
)
def test_a_state_left_within_days_of_a_meeting_of_the_body(series, body, after):
    def found(days):
        end = pd.Timestamp("2020-05-02") - pd.Timedelta(days=days)
        spell = table(
            "organisation state status start end", (body, "RUS", "member", "1994-01-01", end)
        )
        given = {"meetings": meeting(series=series), "exercises": exercise()}
        parts = of("m", "RUS", level="minister", role="member")
        return refused("outsider_in_own_format", memberships=spell, participation=parts, **given)

    assert found(after - 1) == set()
    assert found(after) == {("participation.state", 0)}


def test_a_president_alone_is_of_fewer_than_half_and_than_the_ministers():
    heads = [("m", state, "head_of_state", None) for state in ("KGZ", "TJK")]
    ministers = [("m", state, "minister", None) for state in ("TKM", "UZB")]
    assert levels(*heads, *ministers, series="c5_eu") == set()  # half of them
    others = [("m", state, "ambassador", None) for state in ("TKM", "UZB", "RUS", "CHN")]
    lone, minister = ("m", "KGZ", "head_of_state", None), ("m", "TJK", "minister", None)
    assert levels(lone, minister, *others, series="c5_eu") == set()  # as many as ministers


def test_two_places_are_of_one_exact_day():
    def found(level="head_of_state", **changes):
        parts = together(*[of(key, "UZB", level=level) for key in "mn"])
        other = meeting("n", host="JPN").assign(**changes)
        given = {"meetings": together(meeting("m"), other), "exercises": exercise()}
        return refused("head_of_state_in_two_places", participation=parts, **given)

    assert found() == {("participation.event", 1)}
    assert found("minister") == found(date_precision="month") == set()
    assert found(date_end=pd.Timestamp("2020-05-03")) == found(host=None) == set()
    assert found(date_end=pd.NaT) == {("participation.event", 1)}


def test_states_in_the_key_of_an_exercise_are_all_that_took_part():
    exercises = table(
        "exercise series",
        ("friends-2025-rus-uzb", None),
        ("friends-2026", "rus-uzb"),
        ("three-rus-tjk-uzb", "rus-uzb-drill"),
        ("south-2025", "kaz"),
    )
    states = table("iso3", ("RUS",), ("TJK",), ("UZB",), ("KAZ",))
    events = exercises["exercise"]
    pair = [(event, state, "contingent", None) for event in events for state in ("RUS", "UZB")]
    head = "event state level role"
    seats = table(head, *pair, ("three-rus-tjk-uzb", "TJK", "contingent", None))
    tables = {"exercises": exercises, "states": states}
    rule = "parties_are_those_of_the_series"
    assert refused(rule, **tables, participation=seats) == set()
    more = [(event, "TJK", "contingent", None) for event in events]
    assert refused(rule, **tables, participation=table(head, *pair, *more)) == {
        ("exercises.exercise", 0),
        ("exercises.series", 1),
    }
    watched = [(event, "TJK", "observer", None) for event in events]
    assert refused(rule, **tables, participation=table(head, *pair, *watched)) == set()


def test_the_unknown_supplier_takes_part_in_nothing():
    seats = table("state", ("KAZ",), ("XXX",))
    deals = table("recipient supplier", ("KAZ", "XXX"))
    rule = "unknown_supplier_only_supplies"
    assert refused(rule, participation=seats, arms_deals=deals) == {("participation.state", 1)}


HEADS = "head_of_state former_head_of_state"
BELOW = "security_council_secretary deputy_secretary agency_head attache"


@pytest.mark.parametrize(
    ("series", "misplaced"),
    [
        ("consultative_heads", f"{BELOW} deputy_agency_head"),
        ("security_council_secretaries", f"{HEADS} prime_minister speaker"),
        ("foreign_ministers", f"{HEADS} {BELOW}"),
        ("defence_ministers", f"{HEADS} security_council_secretary agency_head ambassador"),
        ("interior_ministers", f"{HEADS} security_council_secretary ambassador"),
        ("special_services", f"{HEADS} prime_minister minister ambassador"),
        ("border_services", f"{HEADS} prime_minister minister ambassador"),
    ],
)
def test_these_levels_do_not_sit_in_a_series(series, misplaced):
    seated = [*misplaced.split(), "deputy_minister"]  # who sits in any of them
    rows = [("m", "KAZ", level, None) for level in seated]
    assert levels(*rows, series=series) == {
        ("participation.level", row) for row in range(len(seated) - 1)
    }


def test_somebody_took_part_in_a_meeting_of_the_five_that_was_held():
    meetings = table(
        "meeting series status",
        ("a", "consultative_heads", "held"),
        ("b", "consultative_heads", "held"),
        ("c", "consultative_heads", "planned"),
        ("d", "c5_eu", "held"),
    )
    seats = table("event state", ("a", "KAZ"))
    rule = "meetings_of_the_five_had_participants"
    assert refused(rule, meetings=meetings, participation=seats) == {("meetings.meeting", 1)}


def council(body="sco", council="foreign_ministers", key="b", start="2020-05-02"):
    columns = "meeting date_start date_end date_precision place host status body council"
    row = (key, start, start, "day", "Astana", "KAZ", "held", body, council)
    return table(columns, row)


@pytest.mark.parametrize(
    "group, level, wrong",
    [
        ("heads_of_state", "ambassador", False),
        ("heads_of_state", "security_council_secretary", True),
        ("security_council_secretaries", "prime_minister", True),
        ("defence_ministers", "agency_head", False),
        ("defence_ministers", "head_of_state", True),
        ("special_services", "minister", True),
        ("foreign_ministers", "contingent", True),
    ],
)
def test_levels_fit_the_council_of_a_body(group, level, wrong):
    given = {"exercises": exercise(), "body_meetings": council(council=group)}
    found = refused("level_fits_event", **given, participation=of("b", "UZB", level=level))
    assert bool(found) == wrong


def test_members_of_a_bodys_meeting_had_a_standing_in_it():
    def found(state, body="sco", role="member"):
        given = {"exercises": exercise(), "memberships": SPELLS}
        parts = of("b", state, level="minister", role=role)
        return refused(
            "outsider_in_own_format",
            **given,
            meetings=meeting(),
            body_meetings=council(body),
            participation=parts,
        )

    assert found("KAZ") == set()
    assert found("TKM") == {("participation.state", 0)}
    assert found("TKM", role="guest") == set()


def test_heads_of_state_do_not_sit_in_a_body_and_elsewhere_on_one_day():
    rows = together(of("b", "KAZ", level="head_of_state"), of("m", "KAZ", level="head_of_state"))
    summit = council(council="heads_of_state")
    given = {"exercises": exercise(), "participation": rows, "body_meetings": summit}
    abroad = meeting(host="UZB")
    found = refused("head_of_state_in_two_places", **given, meetings=abroad)
    assert found == {("participation.event", 1)}
    assert refused("head_of_state_in_two_places", **given, meetings=meeting(host="KAZ")) == set()
