"""Facts and their sources: each rule on a row that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table
from made_events import meeting

from casi.contradictions import sources

SOURCES = table(
    "key kind published independence_group",
    ("early", "secondary", "2020-03-01", "a"),
    ("near", "secondary", "2020-04-20", "b"),
    ("after", "secondary", "2020-05-03", "c"),
    ("copy", "secondary", "2020-05-04", "c"),
    ("law", "primary", "2020-05-02", "d"),
    ("data", "dataset", "2019-01-01", "e"),
)


def test_a_source_is_not_older_than_an_announcement_of_the_event_can_be():
    def found(source, **changes):
        rows = meeting(source=source, **changes)
        return refused("source_is_not_older", sources=SOURCES, meetings=rows)

    wrong = {("meetings.source", 0)}
    assert found("near;after") == found("after") == found("data") == set()
    assert found("early;after") == wrong
    assert found("early;after", status="planned") == set()
    assert found("early;after", date_precision="month") == set()


def test_what_nobody_announces_has_no_older_source():
    def found(source):
        rows = table("clash date_start date_precision source", ("c", "2020-05-02", "day", source))
        return refused("source_is_not_older", sources=SOURCES, clashes=rows)

    assert found("after") == found("law") == set()
    assert found("near") == {("clashes.source", 0)}


@pytest.mark.parametrize(
    ("first", "second", "of_event", "wrong"),
    [
        ("near", "near", "after", set()),
        ("after", "near", "after", {1}),
        ("after", "near", "after;near", set()),
        ("after", "after;near", "after", {1}),
    ],
)
def test_the_event_or_another_seat_cites_what_a_seat_cites(first, second, of_event, wrong):
    seats = table("event state source", ("m", "KAZ", first), ("m", "KGZ", second))
    rows = refused("seat_cites_the_event", meetings=meeting(source=of_event), participation=seats)
    assert rows == {("participation.source", index) for index in wrong}


def test_what_rests_on_data_sets_cites_no_other_text():
    def found(source):
        return refused("data_set_is_cited", sources=SOURCES, places=table("source", (source,)))

    assert found("data") == found(None) == set()
    assert found("data;law") == {("places.source", 0)}


def test_low_confidence_is_explained_if_the_sources_allow_high():
    def found(source, note=None, confidence="low"):
        rows = table("clash source note confidence", ("c", source, note, confidence))
        return refused("low_confidence_says_why", sources=SOURCES, clashes=rows)

    wrong = {("clashes.confidence", 0)}
    assert found("after") == found("after;copy") == set()
    assert found("law") == found("near;after") == wrong
    assert found("law", "One side alone.") == found("law", confidence="high") == set()


def test_the_record_has_no_fault_of_sources():
    assert faults_of_the_record(sources) == []


@pytest.mark.parametrize(
    ("source", "confidence", "wrong"),
    [
        ("data", "dataset", False),
        ("data", "high", True),
        ("data", "low", True),
        ("data;law", "high", False),
        ("data;law", "dataset", True),
        ("after", "low", False),
    ],
)
def test_what_data_sets_alone_say_is_graded_as_such(source, confidence, wrong):
    rows = table("source confidence", ("data", "dataset"), (source, confidence))
    found = refused("data_set_is_graded_as_one", sources=SOURCES, exercises=rows)
    assert found == ({("exercises.confidence", 1)} if wrong else set())


def test_a_table_without_the_grade_of_data_sets_has_them_low():
    def found(confidence):
        rows = table("source confidence", ("data", confidence))
        return refused("data_set_is_graded_as_one", sources=SOURCES, treaties=rows)

    assert found("low") == set()
    assert found("high") == {("treaties.confidence", 0)}


def test_a_turning_point_cites_a_text_of_its_day():
    def found(day, precision="day"):
        rows = table("event date_start date_precision source", ("e", day, precision, "after;copy"))
        return refused(
            "turning_point_has_a_source_of_its_day", sources=SOURCES, outside_events=rows
        )

    assert found("2020-05-03") == found("2020-05-01", "month") == set()
    assert found("2020-05-02") == found("2020-05-04") == {("outside_events.date_start", 0)}
