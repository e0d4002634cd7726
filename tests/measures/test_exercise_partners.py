import pandas as pd

from casi.measures.exercise_partners import next_to_russia

STATES = pd.DataFrame({"iso3": ["BLR", "USA"], "name": ["Belarus", "United States"]})


def regional(**groups):
    """Return exercises and their participants, from words such as "KAZ KGZ RUS"."""
    exercises = pd.DataFrame(
        {"exercise": [*groups], "russia": ["RUS" in group for group in groups.values()]}
    )
    seats = [(name, state) for name, group in groups.items() for state in group.split()]
    seats = pd.DataFrame(seats, columns=["event", "state"]).assign(level="contingent")
    return exercises, seats


def test_next_to_russia_is_one_state_and_not_a_group_of_states():
    rows, seats = regional(
        a="KAZ KGZ RUS BLR", b="KAZ TJK RUS BLR", c="KAZ KGZ USA", d="KAZ KGZ GBR", e="KGZ TJK BLR"
    )
    once = rows[rows["exercise"] != "b"]  # beside a, on the same days
    assert next_to_russia(once, rows, seats, STATES) == {
        "next_power": "Belarus",
        "next_low": 2 / 4,
        "next_high": 3 / 5,
        "next_number": 2,  # a and e
        "next_with_russia": 1,  # a
    }


def test_next_to_russia_leaves_out_the_five_and_observers():
    rows, seats = regional(a="KAZ KGZ USA", b="KAZ KGZ BLR", c="KAZ KGZ BLR")
    watched = (seats["event"] != "a") & (seats["state"] == "BLR")
    seats.loc[watched, "level"] = "observer"
    assert next_to_russia(rows, rows, seats, STATES)["next_power"] == "United States"
