"""The tests of claims on meetings and exercises, each on tables made by hand."""

import pandas as pd
import pytest
from claim_tables import DAY, FIVE, STATES

from casi.claims import events
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, TESTS
from casi.record.lookup import MissingRow

SECRETARY = "security_council_secretary"
SECRETARIES = "security_council_secretaries"


def meetings(*rows):
    columns = ["meeting", "who_met", "series", "date_start", "place", "host", "number", "documents"]
    table = pd.DataFrame([row + (None,) * (8 - len(row)) for row in rows], columns=columns)
    return table.assign(date_start=pd.to_datetime(table["date_start"]), status="held")


def seats(event, levels, states=FIVE):
    return pd.DataFrame({"event": event, "state": states, "level": levels})


# The secretaries of the security councils.

ASTANA = ("first", SECRETARIES, SECRETARIES, "2024-05-16", "Astana")
SAMARKAND = ("second", SECRETARIES, SECRETARIES, "2025-10-01", "Samarkand")


def secretaries(levels, *rows):
    later = seats("second", ["deputy_secretary", *[SECRETARY] * 4])
    return {
        "meetings": meetings(*(rows or (ASTANA, SAMARKAND))),
        "participation": pd.concat([seats("first", levels), later]),
        "states": STATES,
    }


def test_secretaries_met_if_all_five_states_sent_theirs():
    found = events.secretaries_met(secretaries([SECRETARY] * 5))
    assert (found.verdict, found.against) == (SUPPORTED, [])
    assert found.rows == ["meetings/first"] + [f"participation/first/{state}" for state in FIVE]
    assert found.values["secretaries"] == 5


def test_secretaries_met_in_part_if_others_sat_for_some_states():
    found = events.secretaries_met(secretaries(["attache", SECRETARY, SECRETARY, None, SECRETARY]))
    assert (found.verdict, found.values["level"]) == (PARTLY, "an attaché")  # of the seats known
    assert found.against == ["participation/first/KAZ", "participation/first/TKM"]
    record = secretaries(["attache", *[SECRETARY] * 3, "deputy_secretary"])
    found = events.secretaries_met(record)
    assert found.against == ["participation/first/KAZ", "participation/first/UZB"]
    assert found.values == {
        "secretaries": 3,
        "others": ["name of KAZ", "name of UZB"],
        "level": "an attaché and a deputy secretary",
        "again": ["Samarkand in 2025"],
        "again_level": ["a deputy secretary", "a secretary"],
    }


@pytest.mark.parametrize(
    "meeting",
    [
        (*ASTANA[:3], "2024-05-17", "Astana"),
        (*ASTANA[:4], "Almaty"),
        ("first", SECRETARIES, "defence_ministers", "2024-05-16", "Astana"),
    ],
)
def test_secretaries_did_not_meet_if_not_there_on_that_day(meeting):
    found = events.secretaries_met(secretaries([SECRETARY] * 5, meeting))
    assert found.verdict == CONTRADICTED


def test_a_planned_meeting_of_secretaries_is_none():
    record = secretaries([SECRETARY] * 5)
    planned = record["meetings"].assign(status="planned")
    assert events.secretaries_met(record | {"meetings": planned}).verdict == CONTRADICTED
    record |= {"meetings": planned, "body_meetings": BODIES}
    assert events.secretaries_first(record).verdict == CONTRADICTED


WIDER = [
    ("india", SECRETARIES, "c5_india", "2022-12-06", "Delhi"),
    ("usa", SECRETARIES, "c5_usa", "2023-10-01", "Astana"),
    ("same-day", SECRETARIES, "c5_usa", "2024-05-16", "Astana"),
    ("later", SECRETARIES, "c5_china", "2025-05-01", "Astana"),
    ("other", "foreign_ministers", "c5_usa", "2023-01-01", "Astana"),
    ("cis", SECRETARIES, "other_five", "2023-01-01", "Moscow"),
]


BODIES = pd.DataFrame(
    [
        ("cis-2020", "cis", SECRETARIES, "2020-11-18"),
        ("cis-2021", "cis", SECRETARIES, "2021-11-17"),
        ("cis-later", "cis", SECRETARIES, "2024-05-16"),
        ("sco-2019", "sco", SECRETARIES, "2019-05-15"),
        ("sco-heads", "sco", "heads_of_state", "2019-06-14"),
    ],
    columns=["meeting", "body", "council", "date_start"],
).assign(date_start=lambda table: pd.to_datetime(table["date_start"]), status="held")


def with_bodies(*rows):
    came = [
        seats("cis-2021", [SECRETARY] * 5),
        seats("cis-later", [SECRETARY] * 5),
        seats("sco-2019", [SECRETARY] * 4, ["KAZ", "KGZ", "TJK", "UZB"]),
        seats("sco-heads", ["head_of_state"] * 5),
    ]
    return {
        "meetings": meetings(*rows),
        "body_meetings": BODIES,
        "participation": pd.concat(came),
    }


def test_the_first_meeting_of_secretaries_has_none_before_but_with_outside_powers():
    found = events.secretaries_first(with_bodies(ASTANA, SAMARKAND, *WIDER))
    assert found.verdict == SUPPORTED
    assert found.rows == ["meetings/first", "meetings/second"]
    assert found.against == ["meetings/india", "meetings/usa", "body_meetings/cis-2021"]
    assert found.values == {
        "cis_all_five": 1,
        "wider": 2,
        "with_powers": ["India", "United States"],
        "later": 1,
        "again": ["Samarkand in 2025"],
    }


def test_an_earlier_meeting_of_secretaries_contradicts_the_first():
    earlier = ("zero", SECRETARIES, SECRETARIES, "2024-05-15", "Bishkek")
    found = events.secretaries_first(with_bodies(earlier, ASTANA))
    assert (found.verdict, found.against[0]) == (CONTRADICTED, "meetings/zero")
    assert events.secretaries_first(with_bodies(SAMARKAND)).verdict == CONTRADICTED


def test_a_record_without_secretaries_in_wider_bodies_has_none_to_count():
    empty = with_bodies(ASTANA) | {"body_meetings": BODIES[:0]}
    found = events.secretaries_first(empty)
    assert found.values["cis_all_five"] == 0


# The summits.


def summits(day="2024-08-09", host="KAZ"):
    series = "consultative_heads"
    rows = [
        ("fifth", "Summit", series, "2023-09-14", "Dushanbe", "TJK", 5, "On 2030"),
        ("sixth", "Summit", series, day, "Astana", host, 6, "A declaration; Strategy 2040"),
        ("seventh", "Summit", series, "2025-11-16", "Tashkent", "UZB", 7, "More on 2040"),
    ]
    return {"meetings": meetings(*rows)}


@pytest.mark.parametrize(
    ("day", "host", "verdict"),
    [
        ("2024-08-09", "KAZ", SUPPORTED),
        ("2024-08-08", "KAZ", CONTRADICTED),
        ("2024-08-09", "UZB", CONTRADICTED),
    ],
)
def test_the_sixth_summit_was_in_kazakhstan_that_day(day, host, verdict):
    found = events.sixth_meeting(summits(day, host))
    assert (found.verdict, found.rows) == (verdict, ["meetings/sixth"])
    assert found.values == {"place": "Astana", "day": DAY(day), "next": DAY("2025-11-16")}


def test_a_seventh_summit_may_be_missing_and_a_sixth_may_not():
    table = summits()["meetings"]
    assert pd.isna(events.sixth_meeting({"meetings": table.head(2)}).values["next"])
    with pytest.raises(MissingRow, match="sixth Consultative Meeting"):
        events.sixth_meeting({"meetings": table.head(1)})


def claims(claim, source):
    return {"claims": pd.DataFrame({"claim": [claim], "source": [source]})}


def test_the_strategy_was_stated_and_dates_from_the_first_summit_that_adopted_it():
    found = events.strategy_2040(summits() | claims("strategy-2040", "article;speech"))
    assert found.verdict == SUPPORTED
    assert found.rows == ["sources/speech", "meetings/sixth", "meetings/seventh"]
    assert found.values == {"day": DAY("2024-08-09")}


def test_the_new_chapter_counts_later_meetings_of_security_officials():
    rows = [
        ASTANA,  # on the day itself
        SAMARKAND,
        ("ministers", "Ministers", "defence_ministers", "2024-05-17", "Samarkand"),
        ("ministers2", "Ministers", "defence_ministers", "2026-01-01", "Samarkand"),
    ]
    found = events.new_chapter({"meetings": meetings(*rows)})
    counts = {"security_council_secretaries": 1, "defence_ministers": 2, "special_services": 0}
    assert (found.verdict, found.values) == (None, counts)


def test_the_warning_is_graded_by_its_own_sources():
    record = {
        "claims": pd.DataFrame({"claim": ["president-warned"], "source": ["article;decree"]}),
        "sources": pd.DataFrame(
            {"key": ["decree"], "kind": ["primary"], "independence_group": ["president"]}
        ),
    }
    found = events.president_warned(record)
    assert (found.verdict, found.rows) == (SUPPORTED, ["sources/decree"])


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        (["UZB", "KAZ", "KGZ", "TJK", "AZE"], SUPPORTED),
        (["UZB", "KAZ", "KGZ", "TJK"], PARTLY),
        (["UZB", "KAZ", "KGZ", "TJK", "AZE", "TUR"], PARTLY),
        (["TKM"], CONTRADICTED),
        ([], CONTRADICTED),
    ],
)
def test_the_states_are_those_that_sent_contingents(states, verdict):
    table = pd.concat(
        [seats("birlestik-2024", "contingent", states), seats("other", "contingent", ["KAZ"])]
    )
    found = events.birlestik_states({"participation": table})
    assert found.verdict == verdict
    assert found.rows == [f"participation/birlestik-2024/{state}" for state in sorted(states)]


@pytest.mark.parametrize(
    ("test", "claim"),
    [(events.birlestik_aims, "birlestik-aims"), (events.kazakh_proposal, "kazakh-proposal")],
)
def test_aims_and_proposals_are_supported_as_stated(test, claim):
    found = test(claims(claim, "article;ministry"))
    assert (found.verdict, found.rows) == (SUPPORTED, ["sources/ministry"])


def test_these_claims_are_decided_here():
    own = {claim for claim, test in TESTS.items() if test.__module__ == events.__name__}
    claims = (
        "secretaries-met secretaries-first sixth-meeting kazakh-proposal new-chapter "
        "president-warned birlestik-dates birlestik-first birlestik-size birlestik-states "
        "birlestik-aims caspian-place on-their-own strategy-2040"
    )
    assert own == set(claims.split())
