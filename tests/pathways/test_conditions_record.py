"""The conditions of the pathways read off the record itself, and the rows they depend on."""

import pandas as pd
import pytest
from readings import NO, OPEN, YES

from casi.pathways import assessment, conditions
from casi.pathways.reading import INDICATORS
from casi.tables import load

# The record itself, and the rows on which its readings depend.

BEFORE, ARTICLE, CLOSE = map(pd.Timestamp, ("2016-12-31", "2024-08-31", "2026-05-18"))


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in assessment.TABLES}


THREE_DAYS = {
    conditions.own_summits: (NO, YES, YES),
    conditions.secretaries: (NO, NO, YES),
    conditions.own_exercises: (NO, NO, YES),
    conditions.no_shots: (NO, NO, OPEN),
    conditions.common_treaty: (NO, NO, NO),
    conditions.charter: (NO, NO, NO),
    conditions.full_table: (NO, YES, YES),
    conditions.borders_in_law: (NO, NO, NO),
    conditions.turkic_exercises: (NO, OPEN, YES),
    conditions.turkic_members: (NO, NO, NO),
    conditions.turkic_charter: (NO, OPEN, OPEN),
    conditions.azerbaijan_in: (NO, NO, YES),
    conditions.power_inside: (NO, NO, NO),
    conditions.absorber: (YES, YES, YES),
    conditions.armed_by_one: (YES, YES, NO),
    conditions.trained_with_power: (YES, NO, NO),
}


def test_each_condition_of_a_pathway_is_read_here():
    keys = [key for pathway in assessment.PATHWAYS for key in pathway.conditions]
    assert {INDICATORS[key].read for key in keys} == set(THREE_DAYS)


@pytest.mark.parametrize("read", THREE_DAYS, ids=lambda read: read.__name__)
def test_each_indicator_is_read_on_three_days(record, read):
    assert tuple(read(record, day).met for day in (BEFORE, ARTICLE, CLOSE)) == THREE_DAYS[read]


@pytest.fixture(scope="module", params=[BEFORE, ARTICLE], ids=["before", "article"])
def cut(record, request):
    """Return a day, and the record without every row that begins after it."""
    day = request.param
    columns = {"meetings": "date_start", "exercises": "date_start", "clashes": "date_start"}
    columns |= {"treaties": "date_opened", "treaty_actions": "date", "memberships": "start"}
    left = {name: record[name][~(record[name][column] > day)] for name, column in columns.items()}
    arms = record["arms_transfers"]
    return day, record | left | {"arms_transfers": arms[arms["delivery_year"] <= day.year]}


@pytest.mark.parametrize("key", INDICATORS)
def test_nothing_after_the_day_counts(record, key, cut):
    day, left = cut
    whole, early = INDICATORS[key].read(record, day), INDICATORS[key].read(left, day)
    assert (whole.met, whole.value, whole.rows) == (early.met, early.value, early.rows)


@pytest.mark.parametrize("key", INDICATORS)
def test_every_row_named_is_in_its_table(record, key):
    readings = [INDICATORS[key].read(record, day) for day in (BEFORE, ARTICLE, CLOSE)]
    rows = {row for reading in readings for row in reading.rows}
    for table, length in {(row.split("/")[0], row.count("/")) for row in rows}:
        columns = [record[table].iloc[:, place].astype(str) for place in range(length)]
        known = {"/".join([table, *parts]) for parts in zip(*columns, strict=True)}
        rows -= known
    assert rows == set()
