"""The findings on meetings and on treaties, each on tables made by hand."""

import pandas as pd
import pytest
from findings_by_key import DAY, FIVE, decide

from casi.findings.key_findings import FALLS, FINDINGS, STANDS, UNDECIDED

SUMMITS = {f"s{year}": f"{year}-03-15" for year in (2018, 2019, 2021)}


def meeting_tables(level="security_council_secretary", **numbers):
    """Three summits with 14 of 15 presidents, and some meetings below them, by series."""
    numbers = {"security_council_secretaries": 1, **numbers}
    meetings = [(key, "consultative_heads", day) for key, day in SUMMITS.items()]
    meetings += [
        (f"{series}{i}", series, "2024-05-16")
        for series, number in numbers.items()
        for i in range(number)
    ]
    meetings.append(("before", "interior_ministers", "2018-03-14"))
    seats = [(event, state, "head_of_state") for event in SUMMITS for state in FIVE]
    seats[3] = ("s2018", "TKM", "speaker")
    for event in (key for key, series, _ in meetings if series == "security_council_secretaries"):
        seats += [(event, state, "security_council_secretary") for state in FIVE[:4]]
        seats.append((event, "UZB", level))
    return {
        "meetings": pd.DataFrame(meetings, columns=["meeting", "series", "date_start"]).assign(
            date_start=lambda rows: pd.to_datetime(rows["date_start"]),
            date_precision="day",
            who_met=lambda rows: rows["series"],
            place="Astana",
            status="held",
        ),
        "participation": pd.DataFrame(seats, columns=["event", "state", "level"]),
    }


@pytest.mark.parametrize(
    ("series", "number", "standing"),
    [
        ("security_council_secretaries", 1, STANDS),  # twice one is less than three summits
        ("security_council_secretaries", 2, FALLS),
        ("defence_ministers", 1, STANDS),
        ("defence_ministers", 2, FALLS),
        ("interior_ministers", 1, STANDS),  # the one before the first summit does not count
        ("interior_ministers", 2, FALLS),
        ("special_services", 2, FALLS),
        ("foreign_ministers", 9, STANDS),  # they are no security officials
        ("c5_russia", 9, STANDS),  # nor do meetings with an outside power count
    ],
)
def test_meetings_stands_while_no_security_officials_meet_half_as_often(series, number, standing):
    assert decide("meetings", meeting_tables(**{series: number})) == standing


def test_meetings_counts_seats_of_presidents_and_of_secretaries():
    _, values = FINDINGS["meetings"].read(meeting_tables())
    assert (values["heads"], values["seats"]) == (14, 15)
    assert (values["in_person"], values["own_seats"]) == (5, 5)
    assert (values["summits"], values["secretaries"]) == (3, 1)
    _, values = FINDINGS["meetings"].read(meeting_tables(level="attache"))
    assert (values["in_person"], values["own_seats"]) == (4, 5)


def test_meetings_falls_once_security_officials_meet_half_as_often_as_presidents():
    tables = meeting_tables()
    two_summits = tables["meetings"].query("meeting != 's2021'")
    assert decide("meetings", tables | {"meetings": two_summits}) == FALLS


def test_meetings_cannot_be_told_without_a_summit():
    tables = meeting_tables()
    planned = tables["meetings"].assign(status="planned")
    assert decide("meetings", tables | {"meetings": planned}) == UNDECIDED


SIGNATURES = [("friendship-2022", state, "signed") for state in FIVE[:3]]
ZONE = [("zone", state, "signed") for state in FIVE]


def treaty_tables(actions=(), in_force=None):
    """Three of the five signed the friendship treaty, all five the zone, which is in force."""
    treaties = pd.DataFrame(
        {
            "treaty": ["friendship-2022", "zone"],
            "name": ["Friendship", "Zone"],
            "in_force_date": pd.to_datetime([in_force, "2009-03-21"]),
        }
    )
    rows = [*SIGNATURES, *ZONE, *actions]
    return {
        "treaties": treaties,
        "treaty_actions": pd.DataFrame(rows, columns=["treaty", "state", "action"]).assign(
            date=DAY("2022-07-21")
        ),
        "states": pd.DataFrame({"iso3": FIVE, "name": FIVE}),
    }


TKM_AND_UZB = [("friendship-2022", state, "signed") for state in FIVE[3:]]


@pytest.mark.parametrize(
    ("actions", "in_force", "standing"),
    [
        ([], None, STANDS),
        ([], "2026-01-01", FALLS),  # in force, though no ratification is on record
        ([("friendship-2022", "KAZ", "ratified")], None, FALLS),  # ratified, though not in force
        ([("zone", "KAZ", "ratified")], None, STANDS),  # another treaty
        (TKM_AND_UZB[:1], None, STANDS),
        (TKM_AND_UZB, None, FALLS),  # all five signed
        (TKM_AND_UZB, "2026-01-01", FALLS),
    ],
)
def test_law_stands_while_the_treaty_is_neither_ratified_nor_signed_by_all(
    actions, in_force, standing
):
    assert decide("law", treaty_tables(actions, in_force)) == standing


def test_law_names_signatories_and_the_one_treaty_in_force():
    _, values = FINDINGS["law"].read(treaty_tables())
    numbers = {"signed": 3, "states": 5, "signatories": FIVE[:3], "binding": 1, "zone": "Zone"}
    assert values == numbers


def test_law_falls_with_a_second_treaty_in_force_and_cannot_be_told_without_one():
    tables = treaty_tables()
    second = tables["treaties"].tail(1).assign(treaty="second")
    more = pd.concat([tables["treaties"], second])
    acts = tables["treaty_actions"]
    both = pd.concat([acts, acts[acts["treaty"] == "zone"].assign(treaty="second")])
    assert decide("law", tables | {"treaties": more, "treaty_actions": both}) == FALLS
    friendship_only = tables["treaties"].head(1)
    assert decide("law", tables | {"treaties": friendship_only}) == UNDECIDED
    zone_only = tables["treaties"].tail(1)
    assert decide("law", tables | {"treaties": zone_only}) == UNDECIDED
    unsigned = acts[acts["treaty"] == "zone"]
    assert decide("law", tables | {"treaty_actions": unsigned}) == UNDECIDED
