"""Events as schema.org describes them: what the row says, and nothing that it does not."""

import pandas as pd
import pytest

from casi.record import json_files
from casi.record.schema_org import KNOWN, as_event
from casi.tables import load

FILES = json_files.events()
ROWS = [
    (FILES[f"events/{table}/{row[key]}.json"], row)
    for table, key in json_files.EVENTS.items()
    for row in load(table).to_dict("records")
]
HELD = [(each["schema_org"], row) for each, row in ROWS if row["status"] == "held"]
COUNTRY = load("places").set_index("place")["state"]


def made(**changes):
    day = pd.Timestamp("2011-05-04")
    row = {"name": "x", "status": "held", "date_start": day, "date_end": pd.NaT, "place": None}
    return as_event("exercises/x", {**row, "date_precision": "day", **changes})


def test_only_events_that_were_held_are_events():
    told = [each["schema_org"] is not None for each, _ in ROWS]
    assert told == [row["status"] == "held" for _, row in ROWS] and not all(told)


def test_days_are_those_of_the_row_and_as_precise():
    for event, row in HELD:
        length = KNOWN[row["date_precision"]]
        assert event["startDate"] == str(row["date_start"])[:length]
        assert event.get("endDate") == (
            None if pd.isna(row["date_end"]) else str(row["date_end"])[:length]
        )


def test_the_place_is_that_of_the_row():
    for event, row in HELD:
        place = event.get("location", {})
        assert place.get("name") == (None if pd.isna(row["place"]) else row["place"])
        country = place.get("address", {}).get("addressCountry")
        known = place and pd.notna(row.get("location"))
        assert country == (COUNTRY[row["location"]] if known else None)


def test_the_organizer_is_a_body_that_the_row_names():
    names = load("organisations").set_index("organisation")["name"]
    for event, row in HELD:
        if "organizer" in event:
            assert event["organizer"]["name"] == names[row.get("body", row.get("frame"))]
    organized = {key for event, row in HELD for key in [row.get("frame")] if "organizer" in event}
    assert {"csto", "sco"} <= organized and not {"five", "turkiye", "other"} & organized


@pytest.mark.parametrize(("frame", "known"), [("csto", True), ("ots", False), ("five", False)])
def test_a_body_organizes_nothing_before_it_is_founded(frame, known):
    assert ("organizer" in made(frame=frame)) == known


def test_what_the_row_does_not_know_is_left_out():
    assert made(date_precision="month") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "identifier": "exercises/x",
        "name": "x",
        "startDate": "2011-05",
    }
