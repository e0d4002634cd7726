"""The JSON files: each fits the schema, and says what the tables say."""

import pytest
from jsonschema import Draft202012Validator

from casi.measures.shared_events import meeting_events
from casi.record import json_files, lookup
from casi.tables import load


@pytest.fixture(scope="module")
def files():
    return json_files.files()


def test_every_file_fits_the_schema(files):
    Draft202012Validator.check_schema(json_files.schema())
    validator = Draft202012Validator(json_files.schema())
    faults = [
        (path, error.message)
        for path, each in files.items()
        for error in validator.iter_errors(each)
    ]
    assert faults == []


def test_the_schema_refuses_a_file_with_another_member(files):
    wrong = files["states/KAZ.json"] | {"more": 1}
    assert not Draft202012Validator(json_files.schema()).is_valid(wrong)


def test_there_is_a_file_for_each_event_state_and_pair(files):
    events = sum(len(load(table)) for table in json_files.EVENTS)
    assert len(files) == events + len(load("states")) + 15 + 1
    assert {each["path"] for each in files["index.json"]["files"]} == set(files) - {"index.json"}


def test_an_event_names_who_took_part_as_the_text_counts_it(files):
    event = files["events/exercises/birlestik-2024.json"]
    took = {each["state"] for each in event["participants"] if each["took_part"]}
    assert took == lookup.took_part(load("participation"))["birlestik-2024"]
    assert all(source["url"] for source in event["sources"])


def test_a_pair_shares_the_meetings_that_the_networks_count(files):
    met = meeting_events(load("meetings"), load("participation"))
    both = met[[{"KAZ", "UZB"} <= states for states in met["states"]]]["event"]
    listed = {
        each for each in files["pairs/KAZ-UZB.json"]["events"] if each.startswith("meetings/")
    }
    assert listed == {f"meetings/{key}" for key in both}


def test_what_is_unknown_is_null():
    assert json_files.plain(float("nan")) is None
