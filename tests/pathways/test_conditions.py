"""Each reading on the record itself, then with the rows changed on which it rests."""

import pandas as pd
import pytest

from casi.pathways import assessment, conditions
from casi.pathways.reading import INDICATORS
from casi.tables import load

BEFORE, ARTICLE, CLOSE = map(pd.Timestamp, ("2016-12-31", "2024-08-31", "2026-05-18"))
YES, NO, OPEN = True, False, None


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in assessment.TABLES}


def without(record, table, where, **values):
    rows = record[table].query(where).index
    assert len(rows), where
    frame = record[table].copy()
    if values:
        for column, value in values.items():
            frame.loc[rows, column] = value
        return record | {table: frame}
    return record | {table: frame.drop(rows)}


STATES = {
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


@pytest.mark.parametrize("read", STATES, ids=lambda read: read.__name__)
def test_each_indicator_is_read_on_three_days(record, read):
    assert tuple(read(record, day).met for day in (BEFORE, ARTICLE, CLOSE)) == STATES[read]


LAST_SUMMIT = "meeting == 'consultative-2024'"
BIRLIK = "exercise == 'birlik-2025'"
FRIENDSHIP = "treaty == 'friendship-2022'"


@pytest.mark.parametrize(
    ("read", "day", "table", "where", "values", "then"),
    [
        (conditions.own_summits, CLOSE, "meetings", LAST_SUMMIT, {"status": "planned"}, NO),
        (conditions.own_summits, CLOSE, "meetings", LAST_SUMMIT, {"series": "c5_china"}, NO),
        (conditions.secretaries, CLOSE, "meetings", "meeting == 'scs-2025-samarkand'", {}, NO),
        (conditions.own_exercises, CLOSE, "exercises", BIRLIK, {"status": "planned"}, OPEN),
        (
            conditions.own_exercises,
            CLOSE,
            "participation",
            "event == 'birlik-2025' and state == 'AZE'",
            {"state": "RUS"},
            OPEN,
        ),
        (conditions.no_shots, ARTICLE, "clashes", "kind == 'army'", {"shots": False}, OPEN),
        (
            conditions.full_table,
            CLOSE,
            "participation",
            "event == 'consultative-2025' and state == 'TKM'",
            {"level": "speaker"},
            NO,
        ),
        (
            conditions.full_table,
            CLOSE,
            "participation",
            "event == 'consultative-2025' and state == 'TKM'",
            {"level": None},
            OPEN,
        ),
        (conditions.charter, CLOSE, "organisations", "organisation == 'consultative-heads'",
         {"kind": "regional organisation"}, YES),
        (conditions.common_treaty, CLOSE, "treaty_actions", f"{FRIENDSHIP} and state == 'TKM'",
         {"action": "signed"}, OPEN),
        (conditions.borders_in_law, CLOSE, "border_segments", "delimited == 'partial'",
         {"delimited": None}, OPEN),
        (conditions.turkic_exercises, CLOSE, "exercises", BIRLIK, {}, OPEN),
        (conditions.turkic_members, CLOSE, "memberships",
         "organisation == 'ots' and state == 'TKM'", {"status": "member"}, YES),
        (conditions.turkic_charter, CLOSE, "treaties", "treaty == 'nakhchivan-protocol-2022'",
         {"in_force_date": CLOSE, "in_force_precision": "day"}, YES),
        (conditions.azerbaijan_in, CLOSE, "memberships",
         "organisation == 'consultative-heads' and state == 'AZE'", {"status": "observer"}, NO),
        (conditions.power_inside, CLOSE, "memberships",
         "organisation == 'consultative-heads' and state == 'AZE'", {"state": "RUS"}, YES),
        (conditions.absorber, CLOSE, "memberships",
         "organisation in ['csto', 'sco'] and state in ['KAZ', 'KGZ']", {}, NO),
        (conditions.armed_by_one, ARTICLE, "arms_transfers",
         "recipient == 'UZB' and supplier == 'RUS'", {"supplier": "TUR"}, NO),
        (conditions.armed_by_one, ARTICLE, "arms_transfers", "recipient == 'UZB'", {}, OPEN),
        (conditions.trained_with_power, CLOSE, "participation", "state == 'TUR'",
         {"state": "CHN"}, YES),
    ],
)  # fmt: skip
def test_each_reading_turns_with_the_rows_it_rests_on(
    record, read, day, table, where, values, then
):
    assert read(without(record, table, where, **values), day).met is then


def test_a_treaty_signed_by_all_binds_only_once_it_is_in_force(record):
    where = f"{FRIENDSHIP} and state == 'TKM'"
    signed = without(record, "treaty_actions", where, action="signed")
    forced = without(signed, "treaties", FRIENDSHIP, in_force_date=CLOSE, in_force_precision="day")
    assert conditions.common_treaty(forced, CLOSE).met is True
    assert conditions.common_treaty(forced, ARTICLE).met is False  # one signature is later


def cut(record, day):
    """Take out every row that begins after a day."""
    columns = {"meetings": "date_start", "exercises": "date_start", "clashes": "date_start"}
    columns |= {"treaties": "date_opened", "treaty_actions": "date", "memberships": "start"}
    left = {name: record[name][~(record[name][column] > day)] for name, column in columns.items()}
    arms = record["arms_transfers"]
    return record | left | {"arms_transfers": arms[arms["delivery_year"] <= day.year]}


@pytest.mark.parametrize("key", INDICATORS)
@pytest.mark.parametrize("day", [BEFORE, ARTICLE])
def test_nothing_after_the_day_counts(record, key, day):
    read = INDICATORS[key].read
    whole, early = read(record, day), read(cut(record, day), day)
    assert (whole.met, whole.value, whole.rows) == (early.met, early.value, early.rows)


@pytest.mark.parametrize("key", INDICATORS)
def test_every_row_named_is_in_its_table(record, key):
    for day in (BEFORE, ARTICLE, CLOSE):
        for row in INDICATORS[key].read(record, day).rows:
            table, *parts = row.split("/")
            frame = record[table]
            cells = frame[frame.columns[: len(parts)]].astype(str).agg("/".join, axis=1)
            assert "/".join(parts) in set(cells), row
