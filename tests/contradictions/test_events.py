"""Meetings and exercises: each rule on a table that breaks it and one that does not."""

from hand_made import refused, table, together


def exercise(key="e", start="2020-05-02", end="2020-05-05", series="s", frame="csto", **changes):
    columns = (
        "exercise name date_start date_end date_precision status series frame host location kind "
        "place participants_complete confidence"
    )
    row = (
        key,
        key,
        start,
        end,
        "day",
        "held",
        series,
        frame,
        "KAZ",
        "otar-kaz",
        "field",
        None,
        True,
        "high",
    )
    return table(columns, row).assign(**changes)


def meeting(key="m", start="2020-05-02", series="foreign_ministers", **changes):
    columns = "meeting name date_start date_end date_precision status series host place number"
    row = (key, key, start, start, "day", "held", series, "KAZ", "Astana", None)
    return table(columns, row).assign(**changes)


def seats(event, *states):
    return table(
        "event state level role", *[(event, state, "contingent", None) for state in states]
    )


def test_exercises_and_meetings_do_not_last_for_months():
    assert refused("lasts_too_long", exercises=exercise(end="2020-07-30")) == set()
    assert refused("lasts_too_long", exercises=exercise(end="2023-05-02")) == {
        ("exercises.date_end", 0)
    }
    assert refused(
        "lasts_too_long",
        meetings=meeting(date_end="2020-05-20").astype({"date_end": "datetime64[ns]"}),
    ) == {("meetings.date_end", 0)}


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


PLACES = table("place name state", ("otar-kaz", "Otar", "KAZ"), ("osh-kgz", "Osh", "KGZ"))
STATES = table("iso3 name", ("KAZ", "Kazakhstan"), ("KGZ", "Kyrgyzstan"), ("IND", "India"))


def test_the_host_is_the_state_of_the_place():
    given = {"places": PLACES, "states": STATES}
    good = exercise(place="Otar, Kazakhstan")
    assert refused("host_and_place_agree", exercises=good, **given) == set()
    wrong = {("exercises.host", 0)}
    assert refused("host_and_place_agree", exercises=good.assign(host="IND"), **given) == wrong
    named = exercise(location=None, place="a range in India")
    assert refused("host_and_place_agree", exercises=named, **given) == wrong


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
    assert refused("kind_fits_place", exercises=exercise(kind="cyber")) == wrong


def test_the_exercises_of_a_series_are_under_one_frame():
    rows = together(*[exercise(key) for key in "abcd"])
    assert refused("series_has_one_frame", exercises=rows) == set()
    rows.loc[3, "frame"] = "sco"
    assert refused("series_has_one_frame", exercises=rows) == {("exercises.frame", 3)}
