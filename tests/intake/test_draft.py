"""Reading a draft: what it adds, and every fault of form at once."""

import pytest
from drafts import EXERCISE

from casi.intake.draft import DraftError, read_draft


def faults(text):
    with pytest.raises(DraftError) as error:
        read_draft(text)
    return error.value.faults


def test_a_draft_adds_an_event_with_all_sources_and_its_seats():
    draft = read_draft(EXERCISE)
    [event] = draft.rows["exercises"]
    assert event["source"] == "interfax20260105bm;testnews20260510"
    assert event["note"] == "Rescue units of both states."
    assert [seat["event"] for seat in draft.rows["participation"]] == ["otar-rescue-2026"] * 2
    assert [source["key"] for source in draft.sources] == ["testnews20260510"]


def test_a_seat_has_source_and_confidence_of_its_event_if_it_gives_none():
    first, second = read_draft(EXERCISE).rows["participation"]
    assert (first["source"], first["confidence"]) == ("interfax20260105bm;testnews20260510", "low")
    assert (second["source"], second["confidence"]) == ("testnews20260510", "high")


def test_values_stay_as_they_are_written():
    assert read_draft(EXERCISE.replace("KGZ", "NO")).rows["participation"][1]["state"] == "NO"


def test_a_treaty_action_stands_alone_and_an_empty_block_is_no_row():
    text = "cite: [a1]\ntreaty_actions:\n  treaty: t\n  state: KAZ\nsources:\n  - key:\n"
    assert read_draft(text).rows["treaty_actions"][0]["state"] == "KAZ"


def test_several_faults_are_told_at_once():
    text = EXERCISE.replace("  frame:", "  fram:").replace("2026-05-10\n    kind", "May\n    kind")
    text = text.replace("    language: en\n", "") + "foo: 1\n"
    assert faults(text) == [
        "foo: not a part of this draft; take it out",
        "exercises, fram: no such field; take it out or correct its name",
        "sources, testnews20260510: empty: language",
        "sources, testnews20260510, published: 'May' is no day; write 2026-05-14",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "line 1: not YAML"),
        ("meant: {}\nmeant: {}", "line 2: not YAML: meant stands twice"),
        ("just words", "not a draft"),
        ("cite: [a]", "a draft holds one of"),
        ("cite: [a]\nexercises: {name: x}\nincidents: {place: y}", "incidents: not a part"),
        ("cite: a\nexercises: {name: x}", "cite: write a list"),
        ("exercises: {name: x}", "sources: every fact needs one"),
        ("cite: [a]\nexercises: {name: [x]}", "exercises: write each field"),
        ("cite: [a]\nexercises:", "exercises: write one row"),
        ("cite: [a]\nexercises: {name: x}\nmeant: [y]", "meant: write the name"),
        ("cite: [a]\nexercises: {name: x}\nmeant: {y: ''}", "meant: write the name"),
    ],
)
def test_each_fault_of_form_says_what_to_do(text, said):
    assert any(fault.startswith(said) for fault in faults(text))
