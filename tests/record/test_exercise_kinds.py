"""Tests of the kinds of exercises: which are civil protection, and which of police."""

import pandas as pd
import pytest

from casi.record import exercise_kinds
from casi.tables import load


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("rescue", False),
        ("command_post;rescue", False),
        ("medical;rescue", False),
        ("naval;rescue", True),
        ("interior;rescue", True),
        ("special_services", True),
        ("other", True),
        (None, True),
    ],
)
def test_emergency_services_alone_are_civil_protection(kind, kept):
    rows = pd.DataFrame({"exercise": ["e"], "kind": [kind]})
    assert len(exercise_kinds.without_rescue(rows)) == kept


def test_of_kind_reads_each_of_several_kinds_and_no_part_of_one():
    rows = pd.DataFrame({"kind": ["field;interior", "special_forces", "special_services", None]})
    found = exercise_kinds.of_kind(rows, exercise_kinds.POLICE)
    assert found.tolist() == [True, False, True, False]
    assert found.dtype == bool


def test_no_table_of_no_rows_fails():
    empty = load("exercises").iloc[:0]
    assert exercise_kinds.without_rescue(empty).empty


def test_the_record_has_rescue_exercises_and_those_of_navies():
    rows = load("exercises")
    left_out = set(rows["exercise"]) - set(exercise_kinds.without_rescue(rows)["exercise"])
    assert {"skala-2024", "kgz-tjk-rescue-2016", "baku-2023"} <= left_out
    assert not {"casarex-2024", "kobalt-2024", "vzaimodeystvie-2022"} & left_out


@pytest.mark.parametrize(
    ("states", "complete", "kept"),
    [
        ("KAZ RUS", True, True),
        ("AZE UZB", True, True),
        ("AZE TUR", True, False),
        ("AZE TUR", False, True),  # one of the five may have been there
        ("", False, True),
    ],
)
def test_what_azerbaijan_held_with_others_alone_is_not_of_the_five(states, complete, kept):
    rows = pd.DataFrame({"exercise": ["e"], "participants_complete": [complete]})
    seats = [("e", state, "contingent") for state in states.split()]
    seats.append(("other", "KAZ", "contingent"))
    seats = pd.DataFrame(seats, columns=["event", "state", "level"])
    assert len(exercise_kinds.of_the_five(rows, seats)) == kept


@pytest.mark.parametrize(("level", "kept"), [("observer", True), ("absent", False)])
def test_an_exercise_that_one_of_the_five_watched_is_of_the_five(level, kept):
    rows = pd.DataFrame({"exercise": ["e"], "participants_complete": [True]})
    seats = [("e", "AZE", "contingent"), ("e", "TUR", "contingent"), ("e", "KAZ", level)]
    seats = pd.DataFrame(seats, columns=["event", "state", "level"])
    assert len(exercise_kinds.of_the_five(rows, seats)) == kept
