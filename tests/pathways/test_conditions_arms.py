"""The conditions of the pathways that concern arms, each read off tables made by hand."""

import pandas as pd
import pytest
from readings import DAY, NO, OPEN, YES, answer

from casi.pathways import conditions

# Arms.


def transfers(*rows):
    table = pd.DataFrame(rows, columns=["recipient", "supplier", "delivery_year", "tiv_millions"])
    return {"arms_transfers": table.assign(category="aircraft")}


def bought(state, russia, other, year=2020, supplier="TUR"):
    rows = [(state, "RUS", year, float(russia)), (state, supplier, year, float(other))]
    return [row for row in rows if row[3]]


ARMED = [*bought("KAZ", 6, 4), *bought("KGZ", 9, 1)]  # of two of the five by Russia
OTHERS = [*bought("TKM", 0, 5), *bought("UZB", 4, 6, supplier="CHN")]


@pytest.mark.parametrize(
    ("rows", "reading"),
    [
        ([*ARMED, *bought("TJK", 6, 4), *OTHERS], (YES, 3)),
        ([*ARMED, *bought("TJK", 5, 5), *OTHERS], (NO, 2)),  # half is no majority
        ([*ARMED, *bought("TJK", 6, 4, year=2019), *OTHERS], (OPEN, 2)),  # six years ago
        ([*ARMED, *bought("TJK", 6, 4, year=2025), *OTHERS], (OPEN, 2)),  # later
        ([*bought("KAZ", 6, 4), *bought("TJK", 4, 6), *OTHERS], (NO, 1)),  # one more is too few
        ([*ARMED, *bought("TJK", 6, 4), *bought("AZE", 9, 1), *OTHERS], (YES, 3)),
    ],
)
def test_one_power_arms_most_if_more_than_half_of_the_arms_of_three(rows, reading):
    assert answer(conditions.armed_by_one(transfers(*rows), DAY)) == reading


def test_china_may_be_the_power_and_its_deliveries_are_named():
    by_china = [(state, "CHN", 2024, 5.0) for state in ("KAZ", "TJK", "TKM")]
    rows = [
        *by_china,
        ("KAZ", "RUS", 2024, 1.0),
        ("UZB", "RUS", 2024, 1.0),
        ("UZB", "CHN", 2024, 1.0),
    ]
    reading = conditions.armed_by_one(transfers(*rows), DAY)
    assert answer(reading) == (YES, 3)
    keys = [f"{state}/CHN/2024/aircraft" for state in ("KAZ", "TJK", "TKM")]
    assert reading.rows == [f"arms_transfers/{key}" for key in keys]
