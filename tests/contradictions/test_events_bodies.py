"""Events of bodies: each rule on a table that breaks it and one that does not."""

from hand_made import refused, table, together
from made_events import PLACES, STATES, exercise, meeting, seats


def test_an_event_lies_in_the_life_of_its_body_to_the_day():
    def found(start, series):
        given = {"exercises": exercise(), "organisations": BODIES}
        rows = meeting(start=start, series=series)
        return refused("body_of_frame_existed", meetings=rows, **given)

    outside = {("meetings.date_start", 0)}
    assert found("1994-04-30", "cau_caec_caco") == found("2005-10-06", "cau_caec_caco") == set()
    assert found("1994-04-29", "cau_caec_caco") == found("2005-10-07", "cau_caec_caco") == outside
    assert found("1993-01-04", "aral_sea") == found("2018-03-15", "consultative_heads") == set()
    assert found("1993-01-03", "aral_sea") == found("2018-03-14", "consultative_heads") == outside
    founded = exercise(start="2001-06-15", frame="sco")
    rows = {"exercises": founded, "organisations": BODIES}
    assert refused("body_of_frame_existed", **rows) == set()


def test_meetings_of_a_body_that_is_not_in_the_table_lie_in_its_life():
    given = {"exercises": exercise(), "organisations": BODIES[:2]}
    rows = meeting(series="aral_sea")
    assert refused("body_of_frame_existed", meetings=rows, **given) == set()


def test_a_cancelled_meeting_has_neither_number_nor_documents():
    rows = table(
        "meeting status number documents",
        ("a", "held", 1, "Declaration"),
        ("b", "planned", 2, None),
        ("c", "cancelled", 3, None),
        ("d", "planned", None, "Declaration"),
    )
    assert refused("only_what_was_held_left_traces", meetings=rows) == {
        ("meetings.number", 2),
        ("meetings.documents", 3),
    }


def council_meeting(key="b", start="2020-05-02", name="Meeting", **changes):
    columns = (
        "meeting name date_start date_end date_precision status body council host place number"
    )
    row = (
        key,
        name,
        start,
        start,
        "day",
        "held",
        "sco",
        "foreign_ministers",
        "KAZ",
        "Astana",
        None,
    )
    return table(columns, row).assign(**changes)


def test_a_council_does_not_meet_twice_on_a_day():
    def found(**changes):
        rows = together(council_meeting(), council_meeting("c", **changes))
        given = {"body_meetings": rows, "participation": seats("b", "KAZ")}
        return refused("event_entered_twice", **given)

    assert found() == {("body_meetings.meeting", 1)}
    assert found(council="defence_ministers") == found(body="csto") == set()
    assert found(start="2020-05-03") == set()


def test_a_body_that_was_renamed_counts_its_meetings_anew():
    def found(first, second, number, precision="day"):
        rows = together(
            council_meeting("b-2020", "2020-01-01", first, number=7),
            council_meeting("b-2021", "2021-01-01", second, number=number).assign(
                date_precision=precision
            ),
        )
        given = {"meetings": meeting(number=1), "body_meetings": rows}
        return refused("numbers_follow_dates", **given)

    assert found("Summit of the Council, Baku", "Summit of the Council, Osh", 8) == set()
    assert found("Summit of the Council, Baku", "Summit of the Council, Osh", 1) == {
        ("body_meetings.number", 1)
    }
    assert found("Summit of the Council, Baku", "Summit of the Organization, Osh", 1) == set()
    assert found("Seventh summit, Baku", "Eighth summit, Osh", 8) == set()
    assert found("Seventh summit, Baku", "Eleventh summit, Osh", 11) == {
        ("body_meetings.number", 1)
    }
    # known to its year alone, the second may have been two years after the first
    assert found("Seventh summit, Baku", "Eleventh summit, Osh", 11, "year") == set()


def test_a_council_adopts_nothing_at_a_meeting_that_is_planned():
    rows = council_meeting(status="planned", documents="A plan")
    found = refused("only_what_was_held_left_traces", body_meetings=rows)
    assert found == {("body_meetings.documents", 0)}


def test_the_host_of_a_council_is_the_state_of_the_town():
    rows = together(council_meeting(), council_meeting("c", host="IND", place="Osh"))
    given = {"exercises": exercise(), "places": PLACES, "states": STATES}
    assert refused("host_and_place_agree", **given, body_meetings=rows) == {
        ("body_meetings.host", 1)
    }


BODIES = table(
    "organisation founded ended",
    ("csto", "2002-10-07", None),
    ("sco", "2001-06-15", None),
    ("cau", "1994-04-30", "1998-07-17"),
    ("caco", "2002-02-28", "2005-10-06"),
    ("ifas", "1993-01-04", None),
    ("consultative-heads", "2018-03-15", None),
)


def test_no_exercise_is_older_than_the_body_of_its_frame():
    def found(start, frame):
        rows = exercise(start=start, frame=frame)
        return refused("body_of_frame_existed", exercises=rows, organisations=BODIES)

    assert found("2003-01-01", "sco") == found("1998-01-01", "us") == set()
    assert found("1998-01-01", "sco") == {("exercises.date_start", 0)}


def test_no_meeting_lies_outside_the_life_of_its_body():
    def found(start, series):
        given = {"exercises": exercise(), "organisations": BODIES}
        return refused(
            "body_of_frame_existed", meetings=meeting(start=start, series=series), **given
        )

    assert (
        found("2004-01-01", "cau_caec_caco") == found("2019-01-01", "consultative_heads") == set()
    )
    outside = {("meetings.date_start", 0)}
    assert found("2010-01-01", "cau_caec_caco") == outside
    assert found("2017-01-01", "consultative_heads") == outside
