"""What feeds tell: of a first edition, and of changes of the record made by hand."""

import re
from fnmatch import fnmatchcase

import pandas as pd
import pytest

from casi.book.editions import feeds as written
from casi.profiles.pages import pages
from casi.record import editions, expected, feeds
from casi.tables import load, names

TREATY, MEETING = "treaties/border-kgz-tjk-2025", "meetings/consultative-2025"


@pytest.fixture(scope="module")
def facts():
    return feeds.timeline.events()


@pytest.fixture(autouse=True)
def collected_once(monkeypatch, facts):
    monkeypatch.setattr(feeds.timeline, "events", facts.copy)


@pytest.fixture
def since(monkeypatch):
    """Return the entries, as if the edition before had other tables."""

    def entries(**tables):
        now = editions.present()
        before = editions.Package("0", now.texts | tables, now.typed)
        monkeypatch.setattr(feeds, "previous", lambda: before)
        return feeds.entries()

    return entries


@pytest.fixture
def first(monkeypatch):
    monkeypatch.setattr(feeds, "previous", editions.Package)
    return feeds.entries()


def text(table):
    return editions.present().texts[table].copy()


def said(entries):
    return {name: [entry.title for entry in found] for name, found in entries.items() if found}


def test_there_is_a_feed_for_each_state_and_topic_and_its_pages_name_it():
    listed = feeds.listed()
    assert [feed.name for feed in listed][:6] == ["kaz", "kgz", "tjk", "tkm", "uzb", "aze"]
    known = [f"chapters/{page.stem}" for page in pages()]
    kyrgyz = listed[1].pages
    named = {page for page in known if any(fnmatchcase(page, each) for each in kyrgyz)}
    assert named == {page for page in known if "kyrgyzstan" in page} and len(named) == 6
    assert all("index" in feed.pages for feed in listed)


def test_a_first_edition_tells_its_newest_facts_of_the_state_or_topic(first):
    assert all(len(found) == feeds.MOST for found in first.values())
    assert not [title for title in said(first)["suppliers"] if title.startswith("Arms deliv")]
    kazakh = [re.match(r"[\d-]+", entry.text)[0] for entry in first["kaz"]]
    assert kazakh == sorted(kazakh, reverse=True)
    exercises = [entry.row.split("/")[0] for entry in first["exercises"]]
    assert set(exercises) == {"exercises"}


def test_no_two_entries_of_a_feed_have_one_key(first):
    for found in first.values():
        assert len({entry.key for entry in found}) == len(found)


def test_a_plan_is_called_one(first):
    skala = next(entry for entry in first["exercises"] if entry.key == "exercises/skala-2026")
    assert skala.title == "Planned exercise: Skala-2026"
    assert skala.text.startswith("2026-10-13 to 2026-10-15. Shakhrinav")
    assert skala.text.endswith("Confidence: high.")


def test_without_a_change_feeds_are_empty(since):
    assert said(since()) == {}


def test_an_added_row_is_told_to_its_states_and_topic(since):
    meetings = text("meetings").drop("consultative-2025")
    found = said(since(meetings=meetings))
    assert set(found) == {feed.name for feed in feeds.listed()[:6]} | {"participation"}
    assert len(found["participation"]) == 1 and "Meeting: " in found["participation"][0]


def test_an_added_spell_of_membership_is_found_by_the_start_of_its_key(since):
    key = "consultative-heads / AZE / member / 2025-11-16"
    found = said(since(memberships=text("memberships").drop(key)))
    assert set(found) == {"aze", "institutions"}


def test_a_value_that_was_unknown_is_told_with_its_column(since):
    treaties = text("treaties")
    assert treaties.loc["npt-1968", "in_force_date"]
    treaties.loc["npt-1968", "in_force_date"] = ""
    [entry] = since(treaties=treaties)["obligations"]
    assert entry.title.startswith("Now known: Treaty on the Non-Proliferation")
    assert entry.text == "in_force_date: is “1970-03-05”."


def corrected(monkeypatch, **row):
    now = editions.present()
    given = {"id": "c", "edition": now.version, "column": "*", "row": "*", "expect": ""} | row
    texts = now.texts | {"corrections": pd.DataFrame([given], index=["c"])}
    monkeypatch.setattr(feeds, "present", lambda: editions.Package(now.version, texts, now.typed))


def test_a_correction_says_what_was_and_why(since, monkeypatch):
    corrected(monkeypatch, table="meetings", reason="The ministry dated it.")
    meetings = text("meetings")
    meetings.loc["consultative-2025", "place"] = "Elsewhere"
    found = since(meetings=meetings)
    [entry] = found["participation"]
    assert found["uzb"] == [entry]
    assert (entry.row, entry.title[:11]) == (MEETING, "Corrected: ")
    assert entry.text.startswith("place: was “Elsewhere”, is “")
    assert entry.text.endswith("The ministry dated it.")


def test_who_came_is_told_of_the_event(since, monkeypatch):
    corrected(monkeypatch, table="participation", reason="Misread.")
    rows = text("participation")
    rows.loc["consultative-2025 / KAZ", "level"] = "minister"
    [entry] = since(participation=rows)["participation"]
    assert entry.row == MEETING


def test_a_withdrawn_row_is_told_to_the_states_it_named(since, monkeypatch):
    corrected(monkeypatch, table="treaty_actions", reason="A copy.")
    rows = text("treaty_actions")
    extra = rows.iloc[[0]].assign(treaty="gone", state="TJK")
    rows = pd.concat([rows, extra.set_axis(["gone / TJK / signed"])])
    found = since(treaty_actions=rows)
    [entry] = found["tjk"]
    assert said(found) == {
        name: ["Withdrawn: treaty_actions/gone/TJK/signed"] for name in ("tjk", "obligations")
    }
    assert (entry.text, entry.row) == ("A copy.", "")


def test_a_revision_of_many_values_is_one_entry(since, monkeypatch):
    corrected(monkeypatch, table="arms_transfers", reason="A new edition.")
    rows = text("arms_transfers")
    rows["deals"] = "99"
    [entry] = since(arms_transfers=rows)["suppliers"]
    assert entry.title.startswith("Revised: ") and entry.title.endswith("values of arms transfers")
    assert entry.text == "A new edition."


def test_the_calendar_holds_the_plans_to_come_but_those_known_by_the_year_alone():
    plans = {plan.row: plan for plan in feeds.plans()}
    coming = expected.coming({name: load(name) for name in names()})
    assert set(plans) == set(coming.loc[coming["precision"] != "year", "row"])
    skala = plans["exercises/skala-2026"]
    assert (f"{skala.first:%d}", f"{skala.last:%d}") == ("13", "15")
    assert skala.note == "Planned, as known on 27 February 2026. Confidence: high."
    assert plans["exercises/kobalt-2026"].note.startswith("The day is not on record.")


def test_the_book_takes_what_the_record_gives():
    from casi.book.editions.edition import edition

    feed = feeds.listed()[0]
    entry = feeds.Entry("k", "T", "x", "meetings/a")
    assert "<title>T</title>" in written.as_feed(edition(), feed, [entry], "chapters/record.html")
