"""The signs of each pathway, and the earliest day on which a falsifier may be seen."""

import pandas as pd
import pytest

from casi.pathways import assessment, horizon
from casi.pathways.reading import INDICATORS
from casi.record.lookup import closing
from casi.tables import load, names

INCOMPLETE = {"frame-empties"}  # not all participants of the exercises since are known


@pytest.fixture(scope="module")
def record():
    """The record, its coverage said to be full for years to come."""
    made = {name: load(name) for name in names()}
    coverage = made["coverage"].assign(year_to=2100, completeness="full")
    return made | {"coverage": coverage}


@pytest.fixture(scope="module")
def days(record):
    return horizon.earliest(record, closing(record))


@pytest.mark.parametrize("key", [pathway.falsifier for pathway in assessment.PATHWAYS])
def test_rows_contradict_a_falsifier_until_its_day(record, days, key):
    day = days[key]
    assert day > closing(record)
    assert INDICATORS[key].read(record, day - pd.Timedelta(days=1)).met is False
    assert INDICATORS[key].read(record, day).met in ((None,) if key in INCOMPLETE else (True,))


def test_a_falsifier_that_is_no_longer_contradicted_has_no_day_to_wait_for(record, days):
    later = max(days.values())
    assert horizon.earliest(record, later) == {}


def test_what_is_met_is_no_sign_to_wait_for(record):
    day = closing(record)
    found = horizon.signs(record, day)
    read = assessment.assess(record, [day], assessment.PATHWAYS)
    met = read[(read["role"] == "condition") & (read["state"] == "met")]
    assert len(found) == len(read) - len(met) and not set(met["rule"]) & set(found["rule"])
    falsifiers = found[found["role"] == "falsifier"]
    assert set(falsifiers["state"]) <= {"seen", "not seen", "unknown"}
    assert falsifiers["earliest"].notna().all()
    assert found.loc[found["role"] == "condition", "earliest"].isna().all()
