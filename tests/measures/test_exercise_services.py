"""Tests of the numbers on exercises of police, special and emergency services."""

import pandas as pd
import pytest

from casi.measures import exercise_services, exercises, shared_events
from casi.record.exercise_kinds import of_the_five
from casi.tables import load

STATES = pd.DataFrame({"iso3": ["GBR", "TUR", "KAZ"], "nato_since": [1949, 1952, None]})
DRILLS = [
    ("early", "2012-05-01", "field", "KAZ KGZ RUS"),
    ("army", "2022-05-01", "field", "KAZ UZB"),
    ("cobalt", "2022-06-01", "special_forces;interior", "KAZ KGZ RUS"),
    ("services", "2023-06-01", "special_services", "KAZ KGZ RUS"),
    ("joint", "2023-07-01", "field", "KAZ TJK RUS"),
    ("rescue", "2024-07-01", "command_post;rescue", "KGZ TJK"),
    ("sea", "2024-08-01", "rescue", "KAZ TKM"),
]


@pytest.fixture
def record():
    rows = pd.DataFrame(
        {
            "exercise": [key for key, *_ in DRILLS],
            "name": "Exercise",
            "frame": "other",
            "kind": [kind for _, _, kind, _ in DRILLS],
            "date_start": [pd.Timestamp(day) for _, day, _, _ in DRILLS],
            "date_end": [pd.Timestamp(day) for _, day, _, _ in DRILLS],
            "date_precision": "day",
            "status": "held",
            "participants_complete": True,
            "confidence": "high",
        }
    )
    seats = [(key, state, "contingent") for key, _, _, who in DRILLS for state in who.split()]
    return rows, pd.DataFrame(seats, columns=["event", "state", "level"])


def test_headline_by_hand(record):
    assert exercise_services.headline(*record, STATES) == {
        "rescue": 2,
        "rescue_turkmen": 1,  # sea
        "police": 2,  # of four: without them one of two had neither power
        "without_police_low": 0.5,
        "without_police_high": 0.5,
    }


def test_no_measure_of_training_counts_rescue(record):
    rows, seats = record
    assert "rescue" not in set(exercises.classify(rows, seats, STATES)["exercise"])
    assert exercises.by_origin(rows)["Own record"].sum() == 5
    names = pd.DataFrame({"iso3": exercises.PARTNERS, "name": exercises.PARTNERS})
    assert exercises.together(rows, seats, names, since=2011).at["KGZ", "TJK"] == 0
    assert "rescue" not in set(shared_events.exercise_events(rows, seats)["event"])


def test_headline_of_the_record_counts_no_rescue():
    rows, seats, states = map(load, ("exercises", "participation", "states"))
    rows = of_the_five(rows, seats)
    facts = exercise_services.headline(rows, seats, states)
    held = (rows["status"] == "held").sum()
    assert facts["rescue"] > 5
    assert exercises.headline(rows, seats, states)["held"] == held - facts["rescue"]
