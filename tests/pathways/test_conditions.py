"""The conditions of the pathways, each read off tables made by hand."""

import pandas as pd
import pytest
from readings import DAY, EVENT, FIVE, NO, OPEN, YES, answer, coverage, frame

from casi.pathways import conditions

# Meetings.


def summits(*heads, days=("2022-01-01", "2023-09-14", "2024-08-09"), completeness="full"):
    """Consultative Meetings with so many presidents each; a speaker sits for each of the others."""
    meetings = [
        (f"s{i}", "consultative_heads", day, None, "day", "held") for i, day in enumerate(days)
    ]
    seats = [
        (f"s{i}", state, "head_of_state" if place < count else "speaker")
        for i, count in enumerate(heads)
        for place, state in enumerate(FIVE)
    ]
    return {
        "meetings": frame(f"meeting series {EVENT}", *meetings),
        "participation": pd.DataFrame(
            [*seats, ("s0", "AZE", "head_of_state")], columns=["event", "state", "level"]
        ),
        "coverage": coverage("five-state meetings", completeness),
    }


def test_own_summits_are_three_with_four_presidents_in_three_years():
    reading = conditions.own_summits(summits(4, 4, 5), DAY)
    assert answer(reading) == (YES, 3)
    assert reading.rows == ["meetings/s0", "meetings/s1", "meetings/s2"]
    assert answer(conditions.own_summits(summits(4, 3, 5), DAY)) == (NO, 2)
    assert answer(conditions.own_summits(summits(4, 0, 5), DAY)) == (NO, 2)
    early = summits(4, 4, 5, days=("2021-12-31", "2023-09-14", "2024-08-09"))
    assert answer(conditions.own_summits(early, DAY)) == (NO, 2)
    sample = summits(4, 3, 5, completeness="sample")
    assert answer(conditions.own_summits(sample, DAY)) == (OPEN, 2)


def test_all_presidents_came_to_the_last_three_summits():
    reading = conditions.full_table(summits(5, 5, 5), DAY)
    assert answer(reading) == (YES, 5)
    assert reading.rows == ["meetings/s0", "meetings/s1", "meetings/s2"]
    assert answer(conditions.full_table(summits(5, 4, 5), DAY)) == (NO, 4)
    assert answer(conditions.full_table(summits(5, 0, 5), DAY)) == (NO, 0)
    days = ("2022-01-01", "2022-07-21", "2023-09-14", "2024-08-09")
    assert answer(conditions.full_table(summits(1, 5, 5, 5, days=days), DAY)) == (YES, 5)
    two = summits(5, 5, days=("2023-09-14", "2024-08-09"))
    assert answer(conditions.full_table(two, DAY)) == (NO, None)
    two["coverage"] = coverage("five-state meetings", "sample")
    assert answer(conditions.full_table(two, DAY)) == (OPEN, None)


def test_who_came_is_unknown_where_a_level_or_a_seat_is():
    record = summits(5, 4, 5)
    seats = record["participation"]
    speaker = seats["level"] == "speaker"
    no_level = record | {"participation": seats.assign(level=seats["level"].mask(speaker))}
    assert answer(conditions.full_table(no_level, DAY)) == (OPEN, 4)
    no_seat = record | {"participation": seats[~speaker]}
    assert answer(conditions.full_table(no_seat, DAY)) == (OPEN, 4)


def test_secretaries_meet_again_if_twice_in_three_years():
    rows = [
        ("a", "security_council_secretaries", "2022-01-01", None, "day", "held"),
        ("b", "security_council_secretaries", "2024-05-16", None, "day", "held"),
        ("c", "c5_russia", "2024-05-17", None, "day", "held"),
    ]
    record = {"meetings": frame(f"meeting series {EVENT}", *rows)}
    record["coverage"] = coverage("five-state meetings")
    assert answer(conditions.secretaries(record, DAY)) == (YES, 2)
    once = record | {"meetings": record["meetings"][1:]}
    assert answer(conditions.secretaries(once, DAY)) == (NO, 1)


# Exercises.


def exercises(*states, day="2022-01-01", completeness="full"):
    """Exercises of a day, with the states given for each."""
    keys = [f"x{i}" for i in range(len(states))]
    rows = [(key, "Exercise", "five", day, day, "day", "held", True, "field") for key in keys]
    parts = [
        (key, state, "contingent")
        for key, who in zip(keys, states, strict=True)
        for state in who.split()
    ]
    return {
        "exercises": frame(f"exercise name frame {EVENT} participants_complete kind", *rows),
        "participation": pd.DataFrame(parts, columns=["event", "state", "level"]),
        "states": pd.DataFrame({"iso3": ["TUR", "USA"], "nato_since": [1952, 1949]}),
        "coverage": coverage("exercises", completeness),
    }


@pytest.mark.parametrize(
    ("states", "reading"),
    [
        (["KAZ KGZ UZB", "KAZ KGZ UZB AZE"], (YES, 2)),
        (["KAZ KGZ UZB", "KAZ KGZ AZE"], (NO, 1)),  # two of the five
        (["KAZ KGZ UZB", "KAZ KGZ UZB TUR"], (NO, 1)),
        (["KAZ KGZ UZB"], (NO, 1)),
    ],
)
def test_own_exercises_are_two_of_three_or_more_of_the_five(states, reading):
    assert answer(conditions.own_exercises(exercises(*states), DAY)) == reading
    early = exercises(*states, day="2021-12-31")
    assert answer(conditions.own_exercises(early, DAY)) == (NO, 0)


@pytest.mark.parametrize(
    ("states", "reading"),
    [
        (["KAZ KGZ AZE", "KAZ KGZ TUR"], (YES, 2)),
        (["KAZ KGZ AZE TUR", "KAZ UZB"], (NO, 1)),  # without a neighbour
        (["KAZ KGZ AZE", "KAZ TUR"], (NO, 1)),  # one of the five
        (["KAZ KGZ AZE", "KAZ KGZ AZE PAK"], (NO, 1)),
    ],
)
def test_exercises_with_neighbours_are_two_of_two_or_more_of_the_five(states, reading):
    assert answer(conditions.turkic_exercises(exercises(*states), DAY)) == reading
    early = exercises(*states, day="2021-12-31")
    assert answer(conditions.turkic_exercises(early, DAY)) == (NO, 0)


@pytest.mark.parametrize(
    ("states", "reading"),
    [
        (["KAZ KGZ RUS", "KAZ KGZ CHN", "KAZ KGZ"], (YES, 2 / 3)),
        (["KAZ KGZ RUS", "KAZ KGZ"], (NO, 0.5)),  # half is no majority
        (["KAZ KGZ RUS CHN", "KAZ UZB", "KAZ KGZ AZE"], (NO, 1 / 3)),
        (["KAZ RUS", "KAZ UZB"], (NO, 0.0)),  # of one of the five, which does not count
        (["KAZ RUS"], (OPEN, None)),
    ],
)
def test_a_power_takes_part_in_most_exercises_if_in_more_than_half(states, reading):
    assert answer(conditions.trained_with_power(exercises(*states), DAY)) == reading
    early = exercises(*states, day="2021-12-31")
    assert answer(conditions.trained_with_power(early, DAY)) == (OPEN, None)


def test_exercises_with_a_power_are_named():
    record = exercises("KAZ KGZ RUS", "KAZ UZB", "KAZ KGZ CHN")
    assert conditions.trained_with_power(record, DAY).rows == ["exercises/x0", "exercises/x2"]


# Clashes.


@pytest.mark.parametrize(
    ("kind", "day", "precision", "shots", "met"),
    [
        ("army", "2024-12-31", "day", True, NO),
        ("guards", "2023-01-01", "day", True, NO),
        ("guards", "2022-12-31", "day", True, YES),  # more than two years ago
        ("guards", "2025-01-01", "day", True, YES),  # later
        ("guards", "2024-01-01", "month", True, YES),  # of no known day
        ("civilians", "2024-01-01", "day", True, YES),
        ("army", "2024-01-01", "day", False, YES),
        ("army", "2024-01-01", "day", None, YES),
    ],
)
def test_shots_of_guards_or_armies_in_two_years_end_the_peace(kind, day, precision, shots, met):
    clashes = frame(
        "clash kind date_start date_precision shots", ("c", kind, day, precision, shots)
    )
    record = {"clashes": clashes.astype({"shots": "boolean"})}
    reading = conditions.no_shots(record | {"coverage": coverage("border clashes")}, DAY)
    assert answer(reading) == (met, 0 if met else 1)
    assert reading.rows == ([] if met else ["clashes/c"])
    reading = conditions.no_shots(record | {"coverage": coverage("border clashes", "sample")}, DAY)
    assert answer(reading) == ((OPEN, None) if met else (NO, 1))


# Treaties.


def treaties(signed, in_force=None, kind="friendship"):
    """A treaty before all five, and another that fewer of them signed."""
    states = FIVE[:signed]
    actions = [("t", state, "signed", "2022-07-21", "day") for state in states]
    actions += [("t", state, "declined", "2022-07-21", "day") for state in FIVE[signed:]]
    actions += [("less", state, "signed", "2000-01-01", "day") for state in states[:-1]]
    actions += [("less", state, "declined", "2000-01-01", "day") for state in FIVE[signed - 1 :]]
    rows = [
        ("t", kind, "2022-07-21", in_force, "day"),
        ("less", kind, "2000-01-01", "2001-01-01", "day"),
    ]
    return {
        "treaties": frame("treaty kind date_opened in_force_date in_force_precision", *rows),
        "treaty_actions": frame("treaty state action date date_precision", *actions),
        "coverage": coverage("treaties"),
    }


@pytest.mark.parametrize(
    ("signed", "in_force", "reading"),
    [
        (5, "2024-12-31", (YES, 5)),
        (5, "2025-01-01", (OPEN, 5)),  # not yet in force
        (5, None, (OPEN, 5)),
        (4, "2024-12-31", (NO, 4)),  # one is not bound
        (4, None, (NO, 4)),
    ],
)
def test_a_treaty_binds_all_five_once_all_signed_and_it_is_in_force(signed, in_force, reading):
    assert answer(conditions.common_treaty(treaties(signed, in_force), DAY)) == reading


def test_a_common_treaty_names_its_signatures():
    reading = conditions.common_treaty(treaties(3), DAY)
    signatures = [f"treaty_actions/t/{state}/signed" for state in FIVE[:3]]
    assert reading.rows == ["treaties/t", *signatures]


def test_a_common_treaty_is_absent_or_unknown_where_none_is_on_record():
    record = treaties(5, kind="border")
    assert answer(conditions.common_treaty(record, DAY)) == (NO, 0)
    record["coverage"] = coverage("treaties", "sample")
    assert answer(conditions.common_treaty(record, DAY)) == (OPEN, 0)


PROTOCOL = "nakhchivan-protocol-2022"


def protocol(in_force=None, opened="2022-11-11"):
    rows = [(PROTOCOL, opened, in_force, "day", "day"), ("other", opened, opened, "day", "day")]
    actions = [
        (PROTOCOL, "KAZ", "ratified", "2023-11-01", "day"),
        (PROTOCOL, "UZB", "ratified", "2025-11-01", "day"),
        (PROTOCOL, "KGZ", "signed", "2022-11-11", "day"),
        (PROTOCOL, "KAZ", "signed", "2022-11-11", "day"),
        ("other", "KGZ", "ratified", "2022-11-11", "day"),
    ]
    return {
        "treaties": frame(
            "treaty date_opened in_force_date in_force_precision date_precision", *rows
        ),
        "treaty_actions": frame("treaty state action date date_precision", *actions),
    }


@pytest.mark.parametrize(
    ("record", "reading"),
    [
        (protocol(in_force="2024-12-31"), (YES, 1)),
        (protocol(in_force="2025-01-01"), (OPEN, 1)),
        (protocol(), (OPEN, 1)),
        (protocol(opened="2025-01-01"), (NO, 0)),
    ],
)
def test_the_turkic_charter_is_renewed_once_its_protocol_is_in_force(record, reading):
    found = conditions.turkic_charter(record, DAY)
    assert answer(found) == reading
    assert found.rows == ([] if reading == (NO, 0) else [f"treaties/{PROTOCOL}"])


def borders(delimited="full", day="2001-12-15", keys="old;new", in_force="2002-07-23"):
    """One border fixed by a treaty in force, one as given, and one with an outside state."""
    segments = [
        ("kaz-uzb", "KAZ", "UZB", "full", "2002-09-09", "settled"),
        ("kaz-kgz", "KAZ", "KGZ", delimited, day, keys),
        ("kaz-rus", "KAZ", "RUS", "partial", None, None),
    ]
    rows = [
        ("settled", "2002-09-09", "2003-09-05", "day"),
        ("old", "1999-01-01", "2000-01-01", "day"),
        ("new", "2001-12-15", in_force, "day"),
        ("last-day", "2024-12-31", "2024-12-31", "day"),
    ]
    return {
        "border_segments": frame(
            "border state_a state_b delimited delimited_date treaties", *segments
        ),
        "treaties": frame("treaty date_opened in_force_date in_force_precision", *rows),
    }


@pytest.mark.parametrize(
    ("changes", "reading"),
    [
        ({}, (YES, 2)),
        ({"day": "2024-12-31", "keys": "last-day"}, (YES, 2)),
        ({"in_force": None}, (OPEN, 1)),
        ({"in_force": "2025-01-01"}, (OPEN, 1)),
        ({"keys": "old"}, (OPEN, 1)),  # in force, but not the treaty of that day
        ({"keys": None}, (OPEN, 1)),
        ({"delimited": None, "day": None}, (OPEN, 1)),
        ({"delimited": "partial", "day": None}, (NO, 1)),
        ({"delimited": "none", "day": None}, (NO, 1)),
        ({"day": "2025-01-01"}, (NO, 1)),  # later
    ],
)
def test_all_borders_are_fixed_by_treaties_in_force(changes, reading):
    found = conditions.borders_in_law(borders(**changes), DAY)
    assert answer(found) == reading
    assert found.rows == ["border_segments/kaz-uzb", "border_segments/kaz-kgz"]


# Bodies.


def bodies(members, body="own", kind="regional organisation", own=True, completeness="full"):
    """A body and its full members, by codes."""
    rows = [(body, state, "member", "2020-01-01", None, "day") for state in members.split()]
    rows += [(body, "TKM", "observer", "2020-01-01", None, "day")]
    table = frame(
        "organisation kind central_asian_only founded ended end_kind successor",
        (body, kind, own, "2020-01-01", None, None, None),
        ("another", "forum", False, "2020-01-01", None, None, None),
    )
    return {
        "organisations": table,
        "memberships": frame("organisation state status start end date_precision", *rows),
        "coverage": coverage("memberships", completeness),
    }


FOUR = "KAZ KGZ TJK UZB"
UNION = {"kind": "military alliance", "own": False}
READ_OFF_MEMBERS = [
    (conditions.charter, bodies(FOUR), (YES, 4)),
    (conditions.charter, bodies("KAZ KGZ TJK RUS"), (NO, 3)),
    (conditions.charter, bodies(FOUR, own=False), (NO, 0)),
    (conditions.charter, bodies(FOUR, kind="forum"), (NO, 0)),
    (conditions.charter, bodies("KAZ KGZ TJK", completeness="sample"), (OPEN, 3)),
    (conditions.turkic_members, bodies(FOUR, "ots"), (YES, 4)),
    (conditions.turkic_members, bodies(FOUR, "turkic-council"), (YES, 4)),
    (conditions.turkic_members, bodies("KAZ KGZ UZB TUR", "ots"), (NO, 3)),
    (conditions.turkic_members, bodies(FOUR, "other"), (NO, 0)),
    (conditions.azerbaijan_in, bodies("KAZ AZE", "consultative-heads"), (YES, 1)),
    (conditions.azerbaijan_in, bodies("KAZ", "consultative-heads"), (NO, 0)),
    (conditions.azerbaijan_in, bodies("KAZ AZE", "ots"), (NO, 0)),
    (conditions.power_inside, bodies("KAZ CHN"), (YES, 1)),
    (conditions.power_inside, bodies("KAZ RUS CHN"), (YES, 2)),
    (conditions.power_inside, bodies("KAZ TUR"), (NO, 0)),
    (conditions.power_inside, bodies("KAZ RUS", own=False), (NO, 0)),
    (conditions.absorber, bodies("KAZ KGZ TJK RUS", **UNION), (YES, 3)),
    (conditions.absorber, bodies("KAZ KGZ TJK CHN", **UNION), (YES, 3)),
    (conditions.absorber, bodies("KAZ KGZ RUS CHN", **UNION), (NO, 2)),
    (conditions.absorber, bodies("KAZ KGZ TJK TUR", **UNION), (NO, 0)),  # no great power
    (conditions.absorber, bodies("KAZ KGZ TJK RUS", kind="forum"), (NO, 0)),
    (conditions.absorber, bodies("KAZ KGZ TJK RUS", "osce", **UNION), (NO, 0)),  # universal
]


@pytest.mark.parametrize(("read", "record", "reading"), READ_OFF_MEMBERS)
def test_conditions_of_membership_count_full_members(read, record, reading):
    found = read(record, DAY)
    assert answer(found) == reading
    assert len(found.rows) == reading[1]
    assert answer(read(record, pd.Timestamp("2019-12-31"))) in [(NO, 0), (OPEN, 0)]  # not begun
