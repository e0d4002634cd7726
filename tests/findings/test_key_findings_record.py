"""The key findings by the record itself."""

import re

import pytest
from findings_by_key import decide

from casi.findings import key_findings
from casi.findings.key_findings import FINDINGS, STANDS, UNDECIDED
from casi.measures import borders
from casi.record import without_sources
from casi.tables import load, names

# The record itself.


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


def test_there_are_eight_to_ten():
    assert 8 <= len(FINDINGS) <= 10


@pytest.mark.parametrize("key", FINDINGS)
def test_each_stands_in_a_plain_sentence_with_a_number_and_says_where_to_look(record, key):
    standing, lead, text, _ = key_findings.decide(FINDINGS[key], record)
    assert standing == STANDS
    assert re.search(r"\d|\b(?:one|two|three|four|five|six|seven)\b", lead)
    assert len(lead.split()) <= 32 and lead.endswith(".")
    assert re.search(r"\{numref\}`(?:fig|tab)-", text)


@pytest.mark.parametrize(
    ("key", "table"),
    [
        ("meetings", "meetings"),
        ("company", "treaties"),
        ("broker", "exercises"),
        ("free", "exercises"),
        ("arms", "arms_transfers"),
        ("borders", "clash_figures"),
        ("law", "treaty_actions"),
        ("absorption", "organisations"),
        ("score", "meetings"),
        ("score", "participation"),
        ("way", "memberships"),
    ],
)
def test_each_cannot_be_told_without_a_table_that_it_needs(record, key, table):
    assert decide(key, {**record, table: record[table].iloc[:0]}) == UNDECIDED


def test_the_kyrgyz_tajik_border_is_the_last_of_those_delimited(record):
    inner = borders.among_five(record["border_segments"]).query("delimited == 'full'")
    assert inner["delimited_date"].notna().all()
    assert inner.loc[inner["delimited_date"].idxmax(), "border"] == "kgz-tjk"


def test_arms_cannot_be_told_without_data_sets(record):
    reduced = without_sources.without(record, without_sources.keys_of(record["sources"], "dataset"))
    assert decide("arms", reduced) == UNDECIDED  # no delivery is left
