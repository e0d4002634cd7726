"""The rules of counting: each covers every value, and decides what the code counts."""

import pandas as pd
import pytest

from casi import counting, tables

RULES = tables.read("counting_rules")
OF_KEYS = RULES["column"].isin(["organisation", "treaty"])


def may_hold(table, column):
    """Return the values that a column allows or, if none are listed, those it holds."""
    fields = {field["name"]: field for field in tables.describe(table)["schema"]["fields"]}
    limits = fields[column].get("constraints", {})
    cells = tables.read(table)[column]
    found = {part for cell in cells.dropna() for part in tables.split_keys(cell)}
    return set(limits.get("enum", found)), cells.isna().any() and not limits.get("required")


@pytest.mark.parametrize(
    ("name", "table", "column"),
    RULES.loc[~OF_KEYS, ["rule", "table", "column"]].drop_duplicates().to_numpy().tolist(),
)
def test_a_rule_has_one_row_for_each_value_of_its_column(name, table, column):
    listed = RULES[(RULES["rule"] == name) & (RULES["column"] == column)]["value"]
    values, empty = may_hold(table, column)
    assert not listed.duplicated().any()
    assert set(listed.dropna()) == values
    assert listed.isna().any() == empty or column == "kind"


@pytest.mark.parametrize("name", RULES.loc[OF_KEYS, "rule"].unique())
def test_a_rule_of_single_rows_lists_those_that_count(name):
    [(table, column)] = set(
        RULES.loc[RULES["rule"] == name, ["table", "column"]].itertuples(False, None)
    )
    listed = counting.rule(name)["value"]
    assert tables.describe(table)["schema"]["primaryKey"] == [column]
    assert counting.values(name) == {*listed} <= {*tables.read(table)[column]}


def test_observers_came_and_did_not_take_part():
    seats = pd.DataFrame(
        [("minister", "observer"), ("observer", None), ("absent", None), (None, "member")],
        columns=["level", "role"],
    )
    assert counting.counted(seats, "took_part").tolist() == [False, False, False, True]
    assert counting.counted(seats, "came").tolist() == [True, True, False, True]
    assert counting.counted(seats, "trained").tolist() == [False, False, False, True]


def test_a_value_without_a_row_stops_the_count():
    with pytest.raises(LookupError, match="'came' lacks column level, value 'envoy'"):
        counting.counted(pd.DataFrame({"level": ["envoy"]}), "came")
    with pytest.raises(LookupError, match="no rule 'went'"):
        counting.rule("went")


def test_rescue_is_training_only_with_forces():
    kinds = pd.Series(["rescue", "rescue;command_post", "naval;rescue", "command_post", None])
    assert counting.is_training(kinds).tolist() == [False, False, True, True, True]


def test_a_changed_rule_changes_the_count(monkeypatch):
    changed = counting.rule("trained").assign(counts=True)
    monkeypatch.setattr(counting, "rule", lambda name: changed)
    assert counting.counted(pd.DataFrame({"level": ["observer"]}), "trained").all()


def test_outside_powers_are_states_or_bodies():
    powers = counting.outside_powers()
    assert set(powers) < counting.values("with_outside_power")
    assert set(powers.values()) <= {*tables.read("states")["iso3"], "EU", "GCC", "UN"}
