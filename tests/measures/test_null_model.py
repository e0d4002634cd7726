from collections import Counter
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from casi.measures import null_model

EVENTS = [frozenset("AB"), frozenset("ACD"), frozenset("BC"), frozenset("AD")]


def all_tables(events, group, least):
    """Every table with the sizes and counts of `events`, found by trying all."""
    states = sorted(set().union(*events))
    counts = Counter(state for event in events for state in event)
    choices = [map(frozenset, combinations(states, len(event))) for event in events]
    return {
        table
        for table in product(*map(list, choices))
        if Counter(state for event in table for state in event) == counts
        and all(len(event & set(group)) >= least for event in table)
    }


def test_weight_within_shares_out_a_unit():
    assert null_model.weight_within({"A", "B"}, "AB") == 1
    assert null_model.weight_within({"A", "B", "C", "X"}, "ABC") == 1
    assert null_model.weight_within({"A", "B", "X", "Y", "Z"}, "AB") == 0.25
    assert null_model.weight_within({"A", "B", "X", "Y", "Z"}, "AB", shared=False) == 1


@pytest.mark.parametrize("least", [0, 1])
def test_shuffled_draws_every_table_equally_often(least):
    possible = all_tables(EVENTS, "AB", least)
    number = 300 * len(possible)
    drawn = Counter(
        tuple(table)
        for table in null_model.shuffled(EVENTS, "AB", draws=number, seed=1, least=least, trades=3)
    )
    assert set(drawn) == possible
    counts = np.array([drawn[table] for table in possible])
    spread = ((counts - 300) ** 2 / 300).sum()  # chi-squared
    freedom = len(possible) - 1
    assert spread < freedom + 4 * np.sqrt(2 * freedom)


def test_shuffled_deals_out_a_single_difference():
    events = [frozenset("AX"), frozenset("BX")]
    assert len({tuple(table) for table in null_model.shuffled(events, "AB", draws=50)}) == 2


def test_shuffled_keeps_the_margins_and_the_seed():
    tables = list(null_model.shuffled(EVENTS, "AB", draws=20, seed=7))
    for table in tables:
        assert [len(event) for event in table] == [2, 3, 2, 2]
        assert Counter("".join("".join(event) for event in table)) == Counter("ABACDBCAD")
    assert tables == list(null_model.shuffled(EVENTS, "AB", draws=20, seed=7))


def test_shuffled_tells_what_it_cannot_deal():
    with pytest.raises(ValueError, match="fewer than two"):
        list(null_model.shuffled(EVENTS[:1], "AB"))
    with pytest.raises(ValueError, match="fewer than 1 of the group"):
        list(null_model.shuffled([*EVENTS, frozenset("CD")], "AB"))


def test_compare_against_the_exact_answer():
    """Of the six ways to seat four states at two tables, two put A and B together: mean 1/3."""
    events = [frozenset("AB"), frozenset("CD")]
    found = null_model.compare(events, "AB", draws=4000, seed=3, least=0)
    assert found["observed"] == 1
    assert found["mean"] == pytest.approx(1 / 3, abs=0.03)
    assert found["z"] == pytest.approx((2 / 3) / np.sqrt(2 / 9), abs=0.1)
    assert (found["low"], found["high"]) == (0, 1)
    assert found["p"] == pytest.approx(2 / 3, abs=0.06)


def test_compare_where_nothing_can_change():
    found = null_model.compare([frozenset("AB"), frozenset("AB")], "AB", draws=10)
    assert (found["observed"], found["mean"], found["p"]) == (2, 2, 1)
    assert np.isnan(found["z"])


def test_by_window_counts_a_body_once_and_leaves_out_the_largest():
    rows = [("organisations", "body", 2021, "KAZ A B"), ("organisations", "body", 2022, "KAZ KGZ")]
    rows += [("exercises", "drill", 2022, "KAZ RUS"), ("exercises", "mass", 2022, "KAZ UZB A B C")]
    events = pd.DataFrame(rows, columns=["layer", "event", "year", "states"])
    events["states"] = events["states"].str.split().map(frozenset)
    windows = {"2021–2022": range(2021, 2023), "2023": range(2023, 2024)}
    table = null_model.by_window(events, windows, draws=10)
    assert table["window"].tolist() == ["2021–2022"]
    assert table["events"].tolist() == [3]
    assert table["observed"].tolist() == [1.25]
    assert null_model.by_window(events, windows, draws=10, largest=4)["observed"].tolist() == [1]
    assert null_model.by_window(events, windows, draws=10, shared=False)["observed"].tolist() == [2]


def test_against_chance_reads_the_same_exercises_in_each_way():
    rows = [("exercises", f"a{at}", 2021, {"KAZ", "KGZ", "TJK"}) for at in range(6)]
    rows += [("exercises", f"b{at}", 2022, {"UZB", "RUS", "CHN"}) for at in range(6)]
    rows += [("exercises", "c", 2023, {"KAZ", *"ABCDEFGHIJKLM"})]
    rows += [("meetings", "d", 2023, {"KAZ", "KGZ"})]
    events = pd.DataFrame(rows, columns=["layer", "event", "year", "states"])
    events["states"] = events["states"].map(frozenset)
    found = null_model.against_chance(events, {"now": range(2021, 2026)}, draws=40)
    assert found["reading"].tolist() == list(null_model.READINGS)
    assert found["events"].tolist() == [13, 12, 13]
    # dealt out anew, the three train with Russia and China too
    assert found["verdict"].iloc[1] == "above"
