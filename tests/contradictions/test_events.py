"""Meetings and exercises: each rule on a table that breaks it and one that does not."""

import pandas as pd
import pytest
from hand_made import faults_of_the_record, refused, table, together
from made_events import PLACES, STATES, exercise, meeting, seats

from casi.contradictions import events as contradictions_of_events


def test_exercises_and_meetings_do_not_last_for_months():
    assert refused("lasts_too_long", exercises=exercise(end="2020-07-30")) == set()
    assert refused("lasts_too_long", exercises=exercise(end="2023-05-02")) == {
        ("exercises.date_end", 0)
    }
    assert refused(
        "lasts_too_long",
        meetings=meeting(date_end="2020-05-20").astype({"date_end": "datetime64[ns]"}),
    ) == {("meetings.date_end", 0)}


def test_the_host_is_the_state_of_the_place():
    given = {"places": PLACES, "states": STATES}
    good = exercise(place="Otar, Kazakhstan")
    assert refused("host_and_place_agree", exercises=good, **given) == set()
    wrong = {("exercises.host", 0)}
    assert refused("host_and_place_agree", exercises=good.assign(host="IND"), **given) == wrong
    named = exercise(location=None, place="a range in India")
    assert refused("host_and_place_agree", exercises=named, **given) == wrong


def test_a_name_that_ends_with_a_town_ends_with_that_of_the_meeting():
    def found(name, place="Osh"):
        other = meeting("other", place="Almaty", name="Meeting")
        rows = together(other, meeting(place=place, name=name))
        return refused("name_and_place_agree", meetings=rows)

    wrong = {("meetings.place", 1)}
    assert found("Meeting, Almaty") == wrong
    assert found("Meeting, Osh") == found("Meeting, by video") == found("Almaty meeting") == set()
    assert found("Meeting, Almaty", "Almaty (Chimbulak)") == found("Meeting, Almaty", None) == set()


def test_the_host_of_a_meeting_is_the_state_of_the_town():
    given = {"places": PLACES, "states": STATES, "exercises": exercise()}
    rows = together(*[meeting(key) for key in "abc"])
    assert refused("host_and_place_agree", meetings=rows, **given) == set()
    rows.loc[2, "host"] = "KGZ"
    assert refused("host_and_place_agree", meetings=rows, **given) == {("meetings.host", 2)}
    rows = meeting(place="Osh")
    assert refused("host_and_place_agree", meetings=rows, **given) == {("meetings.host", 0)}


def twice(other, *states, first=None):
    rows = together(exercise() if first is None else first, other)
    parts = together(seats("e", "KAZ", "RUS"), seats(other["exercise"][0], *states))
    return refused("event_entered_twice", exercises=rows, participation=parts)


def test_one_exercise_does_not_stand_under_two_keys():
    again = {("exercises.exercise", 1)}
    assert twice(exercise("f", series="t"), "KAZ", "RUS") == again
    assert twice(exercise("f", series="t", start="2020-05-03"), "KAZ", "RUS") == again
    assert twice(exercise("f", start="2020-05-03"), "KAZ", "BLR") == again


def test_other_days_other_participants_or_other_series_side_by_side_are_other_exercises():
    assert twice(exercise("f", series="t"), "KAZ", "BLR") == set()
    assert twice(exercise("f", "2020-05-06", "2020-05-07"), "KAZ", "RUS") == set()
    poisk, eshelon = exercise(series="poisk"), exercise("f", series="eshelon")
    assert twice(eshelon, "KAZ", "RUS", first=poisk) == set()
    assert twice(exercise("f", series="poisk"), "KAZ", "RUS", first=poisk) == {
        ("exercises.exercise", 1)
    }


def test_one_meeting_does_not_stand_under_two_keys():
    def found(other):
        rows = together(meeting("m"), other)
        parts = together(seats("m", "KAZ", "KGZ"), seats("n", "KAZ", "KGZ"))
        return refused("event_entered_twice", meetings=rows, participation=parts)

    assert found(meeting("n", start="2020-06-02")) == set()
    assert found(meeting("n", series="c5_eu", host="BEL")) == set()
    assert found(meeting("n")) == {("meetings.meeting", 1)}
    assert found(meeting("n", series="other_five")) == {("meetings.meeting", 1)}


def numbered(*rows):
    frames = [meeting(f"fm-{day[:4]}", day, name=name, number=n) for day, name, n in rows]
    return refused("numbers_follow_dates", meetings=together(*frames))


def test_numbers_rise_with_the_dates_of_a_format():
    first, second = ("2020-01-01", "First meeting", 1), ("2021-01-01", "Second meeting", 2)
    assert numbered(first, second) == set()
    assert numbered(first, ("2021-01-01", "Meeting", 1)) == {("meetings.number", 1)}
    assert numbered(("2020-01-01", "Meeting", 3), second) == {("meetings.number", 1)}
    assert numbered(first, ("2021-01-01", "Meeting", 12)) == {("meetings.number", 1)}


def test_the_number_is_the_one_in_the_name():
    assert numbered(("2020-01-01", "Third meeting", 4)) == {("meetings.number", 0)}


def test_kinds_are_those_of_the_codebook_and_no_fleet_trains_inland():
    assert refused("kind_fits_place", exercises=exercise(kind="naval;air")) == set()
    wrong = {("exercises.kind", 0)}
    assert refused("kind_fits_place", exercises=exercise(kind="naval", host="KGZ")) == wrong
    both = exercise(kind="naval;air", host="KGZ")
    assert refused("kind_fits_place", exercises=both) == wrong
    assert refused("kind_fits_place", exercises=exercise(kind="cyber")) == wrong


def test_the_exercises_of_a_series_are_under_one_frame():
    rows = together(*[exercise(key) for key in "abcd"])
    assert refused("series_has_one_frame", exercises=rows) == set()
    rows.loc[3, "frame"] = "sco"
    assert refused("series_has_one_frame", exercises=rows) == {("exercises.frame", 3)}


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(contradictions_of_events) == []


@pytest.mark.parametrize(
    ("table_name", "precision", "most"),
    [
        ("exercises", "day", 92),
        ("meetings", "day", 7),
        ("clashes", "day", 30),
        ("exercises", "month", 100),
        ("exercises", "year", 366),
        ("exercises", None, 92),
    ],
)
def test_events_last_so_many_days_at_most(table_name, precision, most):
    def found(days):
        start = pd.Timestamp("2020-01-01")
        row = (start, start + pd.Timedelta(days=days), precision)
        rows = table("date_start date_end date_precision", row)
        return refused("lasts_too_long", **{table_name: rows})

    assert found(most) == set()
    assert found(most + 1) == {(f"{table_name}.date_end", 0)}


def test_a_plan_that_was_cancelled_is_no_second_event_nor_one_known_to_the_month():
    other = exercise("f", series="t")
    assert twice(other.assign(status="cancelled"), "KAZ", "RUS") == set()
    assert twice(other.assign(date_precision="month"), "KAZ", "RUS") == set()


def test_exercises_on_the_same_last_day_overlap_and_the_later_row_is_named():
    last_day = exercise("f", "2020-05-05", "2020-05-09")
    assert twice(last_day, "KAZ", "BLR") == {("exercises.exercise", 1)}
    rows = together(exercise("f", "2020-05-03"), exercise())  # the later row begins earlier
    parts = together(seats("e", "KAZ", "RUS"), seats("f", "KAZ", "RUS"))
    assert refused("event_entered_twice", exercises=rows, participation=parts) == {
        ("exercises.exercise", 1)
    }


def test_exercises_whose_participants_are_unknown_are_one_if_days_frame_and_host_are():
    def found(**changes):
        rows = together(exercise(), exercise("f", series="t", **changes))
        parts = seats("g", "KAZ", "RUS")
        return refused("event_entered_twice", exercises=rows, participation=parts)

    assert found() == {("exercises.exercise", 1)}
    other = ({"start": "2020-05-03"}, {"frame": "sco"}, {"host": "KGZ"})
    assert [found(**changes) for changes in other] == [set()] * 3


def test_the_same_states_on_other_days_and_at_another_place_hold_another_exercise():
    elsewhere = exercise("f", series="t", start="2020-05-03", location="osh-kgz")
    assert twice(elsewhere, "KAZ", "RUS") == set()


def test_meetings_without_participants_are_one_if_series_and_host_are():
    def found(**changes):
        rows = together(meeting("m"), meeting("n", **changes))
        return refused("event_entered_twice", meetings=rows, participation=seats("x", "KAZ"))

    assert found() == {("meetings.meeting", 1)}
    assert found(series="other_five") == found(host="KGZ") == set()


def test_meetings_of_one_series_of_the_five_are_one_if_they_have_a_state_in_common():
    def found(*states, **changes):
        rows = together(meeting("m"), meeting("n", host="KGZ", **changes))
        parts = together(seats("m", "KAZ", "UZB"), seats("n", *states))
        return refused("event_entered_twice", meetings=rows, participation=parts)

    assert found("KAZ", "KGZ") == {("meetings.meeting", 1)}
    assert found("KGZ", "TJK") == set()
    both_c5 = together(meeting("m", series="c5_eu"), meeting("n", series="c5_eu", host="KGZ"))
    parts = together(seats("m", "KAZ", "UZB"), seats("n", "KAZ", "KGZ"))
    assert refused("event_entered_twice", meetings=both_c5, participation=parts) == set()


def test_numbers_rise_by_two_a_year_and_one_more_at_most():
    first = ("2020-01-01", "Meeting", 1)
    # one year of 365 days is 0.999 years: 1 + 2 * (0.999 + 0.5) = 3.998
    assert numbered(first, ("2020-12-31", "Meeting", 3)) == set()
    assert numbered(first, ("2020-12-31", "Meeting", 4)) == {("meetings.number", 1)}
    # after half a year, 1 + 2 * (0.5 + 0.5) = 3
    assert numbered(first, ("2020-07-01", "Meeting", 3)) == {("meetings.number", 1)}
    assert numbered(first, ("2020-07-02", "Meeting", 3)) == set()


def test_a_first_number_is_one_or_more():
    assert numbered(("2020-01-01", "Meeting", 1)) == set()
    assert numbered(("2020-01-01", "Meeting", 0)) == {("meetings.number", 0)}


def test_cancelled_meetings_and_summits_count_apart():
    rows = [meeting(f"fm-{year}", f"{year}-01-01", number=1) for year in (2020, 2021)]
    assert refused("numbers_follow_dates", meetings=together(*rows)) == {("meetings.number", 1)}
    cancelled = together(rows[0].assign(status="cancelled"), rows[1])
    assert refused("numbers_follow_dates", meetings=cancelled) == set()
    summit = together(rows[0].assign(name="A summit"), rows[1])
    assert refused("numbers_follow_dates", meetings=summit) == set()


def test_three_of_four_exercises_make_a_frame_usual_and_two_of_three_do_not():
    def found(*frames):
        rows = [exercise(f"e{n}", frame=frame) for n, frame in enumerate(frames)]
        return refused("series_has_one_frame", exercises=together(*rows))

    assert found("csto", "csto", "csto", "sco") == {("exercises.frame", 3)}
    assert found("csto", "csto", "sco") == found("csto", "csto", "sco", "sco") == set()
    assert found("csto", "csto", "csto", "csto", "sco", "sco") == set()  # two thirds
    assert found("csto", "csto", "csto", "csto", "csto") == set()


def test_exercises_of_which_one_has_unknown_participants_are_one_if_their_days_are():
    rows = together(exercise(), exercise("f", series="t"))
    given = {"exercises": rows, "participation": seats("e", "KAZ", "RUS")}
    assert refused("event_entered_twice", **given) == {("exercises.exercise", 1)}
    meetings = together(meeting("m"), meeting("n"))
    given = {"meetings": meetings, "participation": seats("m", "KAZ", "UZB")}
    assert refused("event_entered_twice", **given) == {("meetings.meeting", 1)}


def test_a_palace_in_brackets_is_in_the_town_before_them():
    given = {"places": PLACES, "states": STATES, "exercises": exercise()}
    palace = meeting("c", place="Astana (Akorda)", host="KGZ")
    rows = together(meeting("a"), meeting("b"), palace)
    assert refused("host_and_place_agree", meetings=rows, **given) == {("meetings.host", 2)}
