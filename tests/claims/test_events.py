"""Each verdict, and the row whose change turns it."""

import pandas as pd
import pytest

from casi.claims import events as events
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, UNCHECKED

DAY = pd.Timestamp
TURNS = [
    (events.secretaries_met, PARTLY, "participation",
     "event == 'scs-2024-astana' and state == 'TKM'",
     {"level": "security_council_secretary"}, SUPPORTED),
    (events.secretaries_met, PARTLY, "meetings", "meeting == 'scs-2024-astana'",
     {"status": "planned"}, CONTRADICTED),
    (events.secretaries_first, SUPPORTED, "meetings", "meeting == 'scs-2025-samarkand'",
     {"date_start": DAY(2023, 4, 18)}, CONTRADICTED),
    (events.sixth_meeting, SUPPORTED, "meetings", "meeting == 'consultative-2024'",
     {"date_start": DAY(2024, 8, 10)}, CONTRADICTED),
    (events.president_warned, SUPPORTED, "claims", "claim == 'president-warned'",
     {"source": "diplomat20240808article"}, UNCHECKED),
    (events.birlestik_dates, PARTLY, "exercises", "exercise == 'birlestik-2024'",
     {"date_start": DAY(2024, 7, 9)}, SUPPORTED),
    (events.birlestik_first, CONTRADICTED, "exercises",
     "date_start < '2024-07-08' and exercise != 'birlestik-2024'", {}, SUPPORTED),
    (events.birlestik_size, PARTLY, "reported_figures", "subject == 'birlestik-2024'",
     {"confidence": "high"}, SUPPORTED),
    (events.birlestik_size, PARTLY, "reported_figures",
     "subject == 'birlestik-2024' and measure == 'personnel'", {"best": 1000.0}, CONTRADICTED),
    (events.birlestik_states, SUPPORTED, "participation",
     "event == 'birlestik-2024' and state == 'KGZ'", {"level": "observer"}, PARTLY),
    (events.caspian_place, SUPPORTED, "exercises", "exercise == 'birlestik-2024'",
     {"place": "Otar"}, CONTRADICTED),
]  # fmt: skip


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn[0].__name__)
def test_changing_a_deciding_row_changes_the_verdict(turns, turn):
    turns(*turn)


def test_aims_are_not_in_the_tables(article_record):
    assert events.birlestik_aims(article_record).verdict == UNCHECKED


def test_an_attache_is_named_and_not_taken_for_a_secretary(article_record):
    found = events.secretaries_met(article_record)
    assert (found.values["secretaries"], found.values["level"]) == (4, "an attaché")
    assert found.against == ["participation/scs-2024-astana/TKM"]


def test_wider_meetings_of_secretaries_are_told_but_do_not_contradict(article_record):
    found = events.secretaries_first(article_record)
    assert found.verdict == SUPPORTED
    assert found.values["wider"] >= 2
    assert len(found.against) == found.values["wider"]


def test_a_plan_is_no_counter_example(changed):
    earlier = "date_start < '2024-07-08'"
    assert (
        events.birlestik_first(changed("exercises", earlier, status="planned")).verdict == SUPPORTED
    )


def test_what_is_not_graded_is_followed_up(article_record, changed):
    assert events.new_chapter(article_record).verdict is None
    fewer = changed("meetings", "meeting == 'defmin-2025-samarkand'", status="planned")
    assert events.new_chapter(article_record).values["defence_ministers"] == 1
    assert events.new_chapter(fewer).values["defence_ministers"] == 0
    assert events.on_their_own(article_record).values["period"] == "2021–2026"
    assert events.strategy_2040(article_record).values["day"] == DAY(2024, 8, 9)
