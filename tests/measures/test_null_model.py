from collections import Counter
from itertools import combinations, product
from statistics import fmean, stdev

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


def test_the_weight_of_an_event_is_its_pairs_over_its_other_states():
    assert null_model.weight_within({"A", "B"}, "AB") == 1
    assert null_model.weight_within({"A", "B", "C", "X"}, "ABC") == 1
    assert null_model.weight_within({"A", "B", "X", "Y", "Z"}, "AB") == 0.25
    assert null_model.weight_within({"A", "B", "X", "Y", "Z"}, "AB", shared=False) == 1


@pytest.mark.parametrize("least", [0, 1])
def test_every_possible_table_is_drawn_equally_often(least):
    possible = all_tables(EVENTS, "AB", least)
    each = 50
    number = each * len(possible)
    drawn = Counter(
        tuple(table)
        for table in null_model.random_tables(
            EVENTS, "AB", draws=number, seed=1, least=least, trades=3
        )
    )
    assert set(drawn) == possible
    counts = np.array([drawn[table] for table in possible])
    spread = ((counts - each) ** 2 / each).sum()  # chi-squared
    freedom = len(possible) - 1
    assert spread < freedom + 4 * np.sqrt(2 * freedom)


def test_a_single_differing_state_is_traded():
    events = [frozenset("AX"), frozenset("BX")]
    assert len({tuple(table) for table in null_model.random_tables(events, "AB", draws=50)}) == 2


def test_random_tables_keep_event_sizes_and_state_totals_and_repeat_by_seed():
    tables = list(null_model.random_tables(EVENTS, "AB", draws=20, seed=7))
    for table in tables:
        assert [len(event) for event in table] == [2, 3, 2, 2]
        assert Counter("".join("".join(event) for event in table)) == Counter("ABACDBCAD")
    assert tables == list(null_model.random_tables(EVENTS, "AB", draws=20, seed=7))
    assert tables != list(null_model.random_tables(EVENTS, "AB", draws=20, seed=8))


def test_there_are_500_tables_unless_asked_otherwise():
    assert sum(1 for _ in null_model.random_tables(EVENTS, "AB")) == 500


def test_too_few_events_or_states_of_the_group_are_an_error():
    with pytest.raises(ValueError, match="two or more events, not 1"):
        list(null_model.random_tables(EVENTS[:1], "AB"))
    with pytest.raises(ValueError, match="fewer than 1 of the group"):
        list(null_model.random_tables([*EVENTS, frozenset("CD")], "AB"))


def test_compare_against_the_exact_answer():
    """Of the six ways to seat four states at two tables, two put A and B together: mean 1/3."""
    events = [frozenset("AB"), frozenset("CD")]
    found = null_model.compare(events, "AB", draws=1500, seed=3, least=0)
    assert found["observed"] == 1
    assert found["mean"] == pytest.approx(1 / 3, abs=0.03)
    assert found["z"] == pytest.approx((2 / 3) / np.sqrt(2 / 9), abs=0.1)
    assert (found["low"], found["high"]) == (0, 1)
    assert found["p"] == pytest.approx(2 / 3, abs=0.06)


def test_compare_where_nothing_can_change():
    found = null_model.compare([frozenset("AB"), frozenset("AB")], "AB", draws=10)
    assert (found["observed"], found["mean"], found["p"]) == (2, 2, 1)
    assert np.isnan(found["z"])


def test_a_body_counts_once_in_a_window_and_larger_events_can_be_left_out():
    rows = [("organisations", "body", 2021, "KAZ A B"), ("organisations", "body", 2022, "KAZ KGZ")]
    rows += [("exercises", "drill", 2022, "KAZ RUS"), ("exercises", "mass", 2022, "KAZ UZB A B C")]
    rows += [("exercises", "lone", 2023, "KAZ UZB")]  # one event cannot be dealt out anew
    events = pd.DataFrame(rows, columns=["layer", "event", "year", "states"])
    events["states"] = events["states"].str.split().map(frozenset)
    windows = {"2021–2022": range(2021, 2023), "2023": range(2023, 2024)}
    table = null_model.by_window(events, windows, draws=10)
    assert table["window"].tolist() == ["2021–2022"]
    assert table["events"].tolist() == [3]
    assert table["observed"].tolist() == [1.25]
    assert null_model.by_window(events, windows, draws=10, largest=4)["observed"].tolist() == [1]
    assert null_model.by_window(events, windows, draws=10, shared=False)["observed"].tolist() == [2]


@pytest.fixture
def exercises():
    """Six exercises of three of the five, six of Uzbekistan with two powers, one large one."""
    rows = [("exercises", f"a{number}", 2021, "KAZ KGZ TJK") for number in range(6)]
    rows += [("exercises", f"b{number}", 2022, "UZB RUS CHN") for number in range(6)]
    rows += [("exercises", "c", 2023, "KAZ " + " ".join("ABCDEFGHIJKLM"))]
    rows += [("meetings", "d", 2023, "KAZ KGZ")]
    events = pd.DataFrame(rows, columns=["layer", "event", "year", "states"])
    return events.assign(states=events["states"].str.split().map(frozenset))


def test_exercises_are_compared_in_each_variant(exercises):
    found = null_model.compare_exercises(exercises, {"now": range(2021, 2026)}, draws=40)
    assert found["variant"].tolist() == list(null_model.VARIANTS)
    assert found["events"].tolist() == [13, 12, 13]  # the large one has 14 states
    # three pairs in each of six exercises: divided by two, or counted once each
    assert found["observed"].tolist() == [9, 9, 18]
    # in random tables the three train with Russia and China too
    assert found["verdict"].tolist()[:2] == ["above", "above"]


def test_what_was_found_stands_beside_its_range_in_words():
    rows = [("now", variant, 4.04, 1.0, 3.0, "above") for variant in null_model.VARIANTS]
    columns = ["window", "variant", "observed", "low", "high", "verdict"]
    table = null_model.in_words(pd.DataFrame(rows, columns=columns))
    assert table.at["now", "A pair counted once"] == "4.0, above 1.0–3.0"
    assert table.columns[0] == "Shared out"


def test_the_verdict_can_depend_on_the_variant(exercises):
    """The five meet in an exercise of seven states, and train one at a time in those of two.

    A trade between them takes one of the five to an exercise of two. With the weight divided, the
    five gain a pair of weight 1 and lose four of 1/6; with pairs counted once they lose three.
    """
    rows = [("exercises", "large", 2021, "KAZ KGZ TJK TKM UZB RUS CHN")]
    rows += [("exercises", f"small {state}", 2021, f"KAZ {state}") for state in "ABCDEFGHIJ"]
    events = pd.DataFrame(rows, columns=exercises.columns)
    events = events.assign(states=events["states"].str.split().map(frozenset))
    found = null_model.compare_exercises(events, {"2021": range(2021, 2022)}, draws=80)
    assert found["observed"].tolist() == pytest.approx([10 / 6, 10 / 6, 10])
    assert found["verdict"].tolist() == ["below", "below", "above"]


def test_the_verdict_is_within_where_nothing_can_change(exercises):
    same = exercises[exercises["event"].isin(["a0", "a1"])]
    found = null_model.compare_exercises(same, {"2021": range(2021, 2022)}, draws=10)
    assert set(found["verdict"]) == {"within"}


def test_the_size_of_an_event_divides_its_weight_unless_asked_otherwise():
    """Each of two events of three states gives the pair of the group 1/2, or 1 if not divided."""
    events = [frozenset("ABX"), frozenset("ABY")]
    assert null_model.weight_within("ABX", "AB") == 0.5
    assert null_model.compare(events, "AB", draws=3)["observed"] == 1
    assert null_model.compare(events, "AB", draws=3, shared=False)["observed"] == 2
    states = [frozenset({"KAZ", "KGZ", "RUS"}), frozenset({"KAZ", "KGZ", "USA"})]
    rows = pd.DataFrame({"layer": "exercises", "event": ["a", "b"], "year": 2021, "states": states})
    windows = {"2021": range(2021, 2022)}
    assert null_model.by_window(rows, windows, draws=3)["observed"].tolist() == [1]


def test_p_counts_the_observed_table_with_the_draws():
    """No draw puts A and B together as often as observed: p is 2 x (0 + 1) / (19 + 1), not 0."""
    events = [frozenset("AB")] * 6 + [frozenset("CD")] * 6
    found = null_model.compare(events, "AB", draws=19, least=0)
    assert found["high"] < found["observed"]
    assert found["p"] == pytest.approx(0.1)


def test_z_is_in_standard_deviations_of_a_sample():
    events = [frozenset("AB"), frozenset("CD")]
    tables = null_model.random_tables(events, "AB", draws=5, seed=3, least=0)
    drawn = [sum(null_model.weight_within(event, "AB") for event in table) for table in tables]
    found = null_model.compare(events, "AB", draws=5, seed=3, least=0)
    assert found["z"] == pytest.approx((1 - fmean(drawn)) / stdev(drawn))
