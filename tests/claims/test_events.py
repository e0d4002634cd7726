"""The tests of claims on meetings and exercises, each on tables made by hand."""

import pandas as pd
import pytest

from casi.claims import events
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, TESTS
from casi.record.lookup import MissingRow

DAY = pd.Timestamp
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
SECRETARY = "security_council_secretary"
STATES = pd.DataFrame({"iso3": [*FIVE, "AZE", "TUR", "USA"]}).assign(
    name=lambda table: "name of " + table["iso3"], nato_since=[None] * 6 + [1952.0, 1949.0]
)


def meetings(*rows):
    columns = ["meeting", "name", "series", "date_start", "place", "host", "number", "documents"]
    table = pd.DataFrame([row + (None,) * (8 - len(row)) for row in rows], columns=columns)
    return table.assign(date_start=pd.to_datetime(table["date_start"]), status="held")


def seats(event, levels, states=FIVE):
    return pd.DataFrame({"event": event, "state": states, "level": levels})


# The secretaries of the security councils.

ASTANA = ("first", "Secretaries", "security_council_secretaries", "2024-05-16", "Astana")
SAMARKAND = ("second", "Secretaries", "security_council_secretaries", "2025-10-01", "Samarkand")


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
        ("first", "Secretaries", "defence_ministers", "2024-05-16", "Astana"),
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
    ("india", "Security Council secretaries", "c5_india", "2022-12-06", "Delhi"),
    ("usa", "Meeting of security advisers", "c5_usa", "2023-10-01", "Astana"),
    ("same-day", "Meeting of security advisers", "c5_usa", "2024-05-16", "Astana"),
    ("later", "Security council secretaries", "c5_china", "2025-05-01", "Astana"),
    ("other", "Foreign ministers", "c5_usa", "2023-01-01", "Astana"),
    ("cis", "Security council secretaries", "other_five", "2023-01-01", "Moscow"),
]


BODIES = pd.DataFrame(
    [
        ("cis-2020", "cis", "security_council_secretaries", "2020-11-18"),
        ("cis-2021", "cis", "security_council_secretaries", "2021-11-17"),
        ("cis-later", "cis", "security_council_secretaries", "2024-05-16"),
        ("sco-2019", "sco", "security_council_secretaries", "2019-05-15"),
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
        "cis": 2,
        "cis_all_five": 1,
        "sco": 1,
        "sco_most": 4,
        "wider": 2,
        "with_powers": ["India", "United States"],
        "later": 1,
        "again": ["Samarkand in 2025"],
    }


def test_an_earlier_meeting_of_secretaries_contradicts_the_first():
    earlier = ("zero", "Secretaries", "security_council_secretaries", "2024-05-15", "Bishkek")
    found = events.secretaries_first(with_bodies(earlier, ASTANA))
    assert (found.verdict, found.against[0]) == (CONTRADICTED, "meetings/zero")
    assert events.secretaries_first(with_bodies(SAMARKAND)).verdict == CONTRADICTED


def test_a_record_without_secretaries_in_wider_bodies_has_none_to_count():
    empty = with_bodies(ASTANA) | {"body_meetings": BODIES[:0]}
    found = events.secretaries_first(empty)
    assert [found.values[name] for name in ("cis", "cis_all_five", "sco", "sco_most")] == [0] * 4


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


# The exercise.


def exercises(*rows, place="Oymasha, Caspian Sea"):
    """Birlestik-2024, from 8 to 17 July, and other exercises."""
    own = ("birlestik-2024", "KAZ", "2024-07-08", "2024-07-17", "day", "KAZ KGZ TJK UZB AZE")
    columns = ["exercise", "host", "date_start", "date_end", "date_precision", "states"]
    table = pd.DataFrame([own, *rows], columns=columns)
    parts = (
        table[["exercise", "states"]].assign(states=table["states"].str.split()).explode("states")
    )
    days = {name: pd.to_datetime(table[name]) for name in ("date_start", "date_end")}
    table = table.drop(columns="states").assign(
        **days,
        name="Exercise",
        frame="five",
        status="held",
        participants_complete=True,
        place=place,
        location=None,
    )
    return {
        "exercises": table,
        "participation": parts.set_axis(["event", "state"], axis=1).assign(level="contingent"),
        "states": STATES,
        "places": pd.DataFrame({"place": ["jirgatol"], "state": ["TJK"]}),
        "reported_figures": pd.DataFrame(
            columns=["subject", "measure", "low", "best", "high", "preferred"]
        ),
    }


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        ("2024-07-09", "2024-07-17", SUPPORTED),
        ("2024-07-08", "2024-07-17", PARTLY),
        ("2024-07-09", "2024-07-16", PARTLY),
        ("2024-07-08", "2024-07-16", CONTRADICTED),
    ],
)
def test_the_days_of_the_exercise_are_graded_one_by_one(start, end, verdict):
    record = exercises()
    table = record["exercises"].assign(date_start=DAY(start), date_end=DAY(end))
    found = events.birlestik_dates({"exercises": table})
    assert (found.verdict, found.rows) == (verdict, ["exercises/birlestik-2024"])
    assert found.values == {"start": DAY(start), "end": DAY(end)}


@pytest.mark.parametrize(
    ("host", "start", "end", "precision", "states", "verdict"),
    [
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB USA", CONTRADICTED),  # not the two
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB RUS", SUPPORTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB CHN", SUPPORTED),
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ AZE", SUPPORTED),  # one of the five
        ("KAZ", "2023-03-01", "2023-03-05", "day", "KAZ RUS CHN", SUPPORTED),
        ("TUR", "2023-03-01", "2023-03-05", "day", "KAZ UZB", SUPPORTED),  # not in the region
        ("KAZ", "2024-07-01", "2024-07-07", "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2024-07-01", "2024-07-08", "day", "KAZ UZB", SUPPORTED),  # not over when it began
        ("TUR", "2024-07-01", "2024-07-08", "day", "KAZ UZB", SUPPORTED),
        ("KAZ", "2025-07-01", "2025-07-08", "day", "KAZ UZB", SUPPORTED),  # later
        ("KAZ", "2023-03-01", None, "day", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2023-03-01", None, "month", "KAZ UZB", CONTRADICTED),
        ("KAZ", "2024-01-01", None, "year", "KAZ UZB", SUPPORTED),  # perhaps later that year
    ],
)
def test_the_exercise_was_the_first_unless_two_of_the_five_had_trained_there_by_themselves(
    host, start, end, precision, states, verdict
):
    record = exercises(("other", host, start, end, precision, states))
    found = events.birlestik_first(record)
    assert found.verdict == verdict
    assert found.rows == ["exercises/birlestik-2024"]
    assert found.against == (["exercises/other"] if verdict == CONTRADICTED else [])


@pytest.mark.parametrize(("location", "verdict"), [("jirgatol", CONTRADICTED), (None, SUPPORTED)])
def test_the_place_shows_where_an_exercise_of_a_data_set_was_held(location, verdict):
    """Rows of data sets have no host."""
    record = exercises(("other", None, "2004-09-23", "2004-09-23", "day", "KGZ TJK"))
    table = record["exercises"].assign(location=[None, location])
    assert events.birlestik_first(record | {"exercises": table}).verdict == verdict


def test_a_planned_exercise_does_not_contradict_the_first():
    record = exercises(("other", "KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB"))
    status = ["held", "planned"]
    planned = record["exercises"].assign(status=status)
    assert events.birlestik_first(record | {"exercises": planned}).verdict == SUPPORTED


def test_the_first_exercise_counts_those_before_and_those_like_it_after():
    four = "KAZ KGZ TJK UZB AZE"
    record = exercises(
        ("old", "UZB", "2019-05-01", "2019-05-05", "day", "KAZ UZB"),
        ("older", "KGZ", "2012-05-01", "2012-05-05", "day", "KAZ KGZ"),
        ("before", "KAZ", "2023-07-01", "2023-07-05", "day", four),
        ("after", "UZB", "2025-10-01", "2025-10-05", "day", four),
        ("three", "UZB", "2025-11-01", "2025-11-05", "day", "KAZ KGZ UZB AZE"),
        ("turkic", "UZB", "2025-12-01", "2025-12-05", "day", four + " TUR"),
    )
    sizes = [("older", 1000.0), ("old", 999.0), ("birlestik-2024", 4000.0), ("after", 5000.0)]
    figures = pd.DataFrame(sizes, columns=["subject", "best"]).assign(
        measure="personnel", low=None, high=None, preferred=True
    )
    found = events.birlestik_first(record | {"reported_figures": figures})
    assert found.values == {
        "earlier": 3,
        "since": DAY("2012-05-01"),
        "sized": 2,  # `older` and `old`; of `before` no number is on record
        "large": 1,  # `older`
        "threshold": 1000,
        "largest": 1000,
        "later": 1,
    }
    assert found.against == [f"exercises/{key}" for key in ("older", "old", "before")]


def figures(people=4000.0, items=700.0, confidence=("high", "high")):
    columns = ["figure", "subject", "measure", "best", "high", "low", "preferred", "confidence"]
    subject = "birlestik-2024"
    rows = [
        ("people", subject, "personnel", people, None, 1.0, True, confidence[0]),
        ("items", subject, "equipment_items", None, items, 1.0, True, confidence[1]),
        ("rumour", subject, "personnel", 9000.0, None, None, False, "low"),
        ("other", "birlik-2025", "personnel", 1.0, None, None, True, "low"),
    ]
    return {"reported_figures": pd.DataFrame(rows, columns=columns)}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, SUPPORTED),
        ({"confidence": ("high", "low")}, PARTLY),
        ({"confidence": ("low", "low")}, PARTLY),
        ({"people": 4001.0}, CONTRADICTED),
        ({"items": 699.0, "confidence": ("low", "low")}, CONTRADICTED),
    ],
)
def test_the_size_is_graded_by_the_preferred_figures(changes, verdict):
    found = events.birlestik_size(figures(**changes))
    assert found.verdict == verdict
    assert found.rows == ["reported_figures/people", "reported_figures/items"]


def test_the_size_needs_both_figures():
    assert events.birlestik_size(figures()).values == {"people": 4000, "items": 700}
    table = figures()["reported_figures"]
    with pytest.raises(MissingRow, match="equipment_items"):
        events.birlestik_size({"reported_figures": table[table["figure"] != "items"]})


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


def test_the_place_is_at_the_caspian_sea():
    later = ("birlik-2025", "UZB", "2025-10-01", "2025-10-05", "day", "UZB KAZ")
    found = events.caspian_place(exercises(later, place=["Oymasha, Caspian Sea", "Samarkand"]))
    assert (found.verdict, found.values) == (SUPPORTED, {"next_place": "Samarkand"})
    found = events.caspian_place(exercises(later, place=["Otar", "Caspian Sea"]))
    assert (found.verdict, found.rows) == (CONTRADICTED, ["exercises/birlestik-2024"])


def test_exercises_without_russia_and_china_are_followed_up():
    record = exercises(
        ("early", "KAZ", "2022-03-01", "2022-03-05", "day", "KAZ UZB RUS"),
        ("old", "KAZ", "2012-03-01", "2012-03-05", "day", "KAZ UZB RUS"),
        ("two", "KAZ", "2023-03-01", "2023-03-05", "day", "KAZ UZB"),
        ("alone", "KAZ", "2023-04-01", "2023-04-05", "day", "KAZ TUR"),
        ("last", "KAZ", "2025-03-01", "2025-03-05", "day", "KAZ UZB CHN"),
    )
    found = events.on_their_own(record)
    # since 2021: Birlestik and `two` of four that joined two or more of the five
    numbers = {"period": "2021–2025", "low": 0.5, "high": 0.5}
    assert (found.verdict, found.values) == (None, numbers)


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
