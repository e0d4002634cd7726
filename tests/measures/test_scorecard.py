import numpy as np
import pandas as pd
import pytest

from casi.measures import dimensions, scorecard
from casi.record import without_sources
from casi.record.lookup import MissingRow
from casi.tables import load, names


@pytest.fixture
def scores():
    """Two dimensions that change places, a third that rises."""
    rows = {"a": [0.0, 100.0], "b": [100.0, 0.0], "c": [20.0, 40.0]}
    return pd.DataFrame(rows, index=pd.Index([2016, 2025], name="year"))


def test_weightings_add_up_and_favour_no_dimension():
    drawn = scorecard.weightings(3, draws=20_000)
    assert np.allclose(drawn.sum(axis=1), 1)
    # of a flat Dirichlet of three, each mean is 1/3 and each variance 1/18
    assert np.allclose(drawn.mean(axis=0), 1 / 3, atol=0.01)
    assert np.allclose(drawn.var(axis=0), 1 / 18, atol=0.002)
    assert (scorecard.weightings(3) == scorecard.weightings(3)).all()


def test_composites_leave_out_years_that_lack_a_dimension(scores):
    scores.loc[2026] = [1.0, 2.0, np.nan]
    found = scorecard.composites(scores, draws=10)
    assert found.index.tolist() == [2016, 2025] and found.shape[1] == 10
    same = scorecard.composites(scores.assign(a=7.0, b=7.0, c=7.0), draws=10)
    assert np.allclose(same, 7)


def test_band_of_two_dimensions_at_the_ends_of_the_scale():
    ends = pd.DataFrame({"a": [0.0], "b": [100.0]}, index=[2025])
    # weights of two are uniform: the quantiles of a uniform distribution
    found = scorecard.band(ends, draws=20_000)
    assert set(found.columns) == set(scorecard.BAND_LABELS) == {"low", "median", "high"}
    low, median, high = found.loc[2025, ["low", "median", "high"]]
    assert (low, median, high) == pytest.approx((2.5, 50, 97.5), abs=1)


def test_the_readings_of_a_year_have_its_name():
    spread = pd.DataFrame({"low": [1.0, 3.0], "median": [2.0, 4.0]}, index=[2016, 2025])
    found = scorecard.readings(spread, {"base": 2016, "now": 2025})
    assert found == {"low_base": 1.0, "median_base": 2.0, "low_now": 3.0, "median_now": 4.0}


def test_rises_says_by_how_many_weightings_and_without_what(scores):
    found = scorecard.shares_higher(scores, 2016, 2025)
    # higher where weight_a - weight_b + 0.2 weight_c > 0
    assert 0.5 < found["all"] < 0.7
    assert (found["without a"], found["without b"]) == (pytest.approx(1 / 6, abs=0.04), 1)
    rest = scores[["a"]].assign(c=np.nan)
    both = scorecard.shares_higher(scores, 2016, 2025, {"press": rest, "all": rest * np.nan})
    assert both["without press"] == 1 and np.isnan(both["without all"])


def test_what_does_not_change_does_not_rise(scores):
    still = pd.concat([scores.loc[[2016]], scores.loc[[2016]].rename({2016: 2025})])
    assert set(scorecard.shares_higher(still, 2016, 2025).values()) == {0}


def test_only_what_holds_in_every_case_survives():
    assert scorecard.is_robust({"all": 1.0, "without a": 0.95})
    assert not scorecard.is_robust({"all": 1.0, "without a": 0.9})
    assert not scorecard.is_robust({"all": 1.0, "without a": float("nan")})


def test_spans_name_what_brings_the_share_lowest(scores):
    others = {"press": scores[["a"]], "state media": scores[["b"]]}
    [row] = scorecard.robustness(scores, [(2016, 2025)], others).to_dict("records")
    assert (row["then"], row["now"]) == (2016, 2025)
    assert (row["which_dimension"], row["source"], row["which_source"]) == ("a", 0, "state media")
    assert row["all"] == scorecard.shares_higher(scores, 2016, 2025)["all"] and not row["robust"]


def test_robustness_in_words():
    row = {"then": 2016, "now": 2025, "all": 0.97, "dimension": 0.9, "source": 0.96}
    row |= {"which_dimension": "law", "which_source": "press", "robust": False}
    [found] = scorecard.robustness_in_words(pd.DataFrame([row])).to_dict("records")
    assert list(found.values()) == ["2016–2025", "97%", "90%, law", "96%, press", "no"]


def test_without_sources_scores_what_is_left(monkeypatch):
    kinds = [*without_sources.SOURCE_KINDS.values()]
    rows = {"key": kinds, "independence_group": kinds, "kind": kinds}
    exercises = {"exercise": kinds, "participants_complete": True, "source": kinds}
    record = {
        "sources": pd.DataFrame(rows),
        "exercises": pd.DataFrame(exercises),
        "participation": pd.DataFrame({"event": [], "source": []}),
    }
    monkeypatch.setattr(dimensions, "scores", lambda left: set(left["exercises"]["exercise"]))
    found = scorecard.scores_without_sources(record)
    assert found == {
        words: set(kinds) - {kind} for words, kind in without_sources.SOURCE_KINDS.items()
    }


def test_no_source_but_a_data_set_counts_deliveries():
    record = {name: load(name) for name in names()}
    keys = without_sources.keys_of(record["sources"], "dataset")
    assert dimensions.arms(without_sources.without(record, keys)).empty
    assert not dimensions.arms(record).isna().all()


# What the text quotes, of five dimensions that go from 10 to 20 points.

NAMES = list(dimensions.RULES)
DRILLS = {"exercises": pd.DataFrame({"exercise": ["drill"], "name": ["Drill 25"]})}


@pytest.fixture
def headline(monkeypatch):
    """Return the headline, with training at 12 points without one exercise."""

    def of(rows):
        scored = pd.DataFrame(rows, columns=NAMES, dtype=float)
        scored.index = pd.Index([2016, 2025], name="year")
        monkeypatch.setattr(dimensions, "scores", lambda record: scored)
        monkeypatch.setattr(dimensions, "decisive_exercise", lambda record, year: ("drill", 12.0))
        return scorecard.headline(DRILLS, 2016)

    return of


def test_headline_takes_training_with_and_without_the_exercise(headline):
    facts = headline([[10] * 5, [20] * 5])
    assert (facts["low"], facts["last"], facts["exercise"]) == ("2016", "2025", "Drill 25")
    assert (facts["training"], facts["training_less"]) == (20, 12)
    same_by_all_weightings = {"then": 10, "then_low": 10, "then_high": 10, "now": 20}
    same_by_all_weightings |= {"now_high": 20}
    assert {name: facts[name] for name in same_by_all_weightings} == pytest.approx(
        same_by_all_weightings
    )
    # 8 points less times the weight of training, of which the median is 0.16
    assert facts["now_less"] == pytest.approx(20 - 8 * 0.16, abs=0.1)
    assert 12 < facts["now_low"] < facts["now_less"]
    assert facts["change"].to_dict() == dict.fromkeys(NAMES, 10) | {"Joint training": 2}
    assert facts["robust"]
    assert (facts["dialogue_then"], facts["dialogue_now"]) == (10, 20)


def test_headline_is_robust_only_if_the_rise_holds_without_the_exercise(headline):
    # training rose from 13 to 20 points and fell to 12 without the exercise, all others rose a bit
    last = [20 if name == "Joint training" else 13.2 for name in NAMES]
    assert not headline([[13] * 5, last])["robust"]


def test_headline_needs_a_year_with_all_scores_and_the_first(headline):
    with pytest.raises(MissingRow, match="years with all scores"):
        headline([[10, 10, 10, 10, np.nan], [20, 20, 20, np.nan, 20]])
    with pytest.raises(MissingRow, match="all scores of 2016"):
        headline([[10, 10, 10, 10, np.nan], [20] * 5])


def test_largest_loss_names_dimension_and_kind_of_source():
    scores = pd.DataFrame({"Law": [90.0, 50.0], "Arms": [80.0, 60.0]}, index=[2020, 2021])
    others = {
        "press": pd.DataFrame({"Law": [0.0, 45.0], "Arms": [0.0, 40.0]}, index=[2020, 2021]),
        "scholarship": pd.DataFrame({"Law": [0.0, 40.0], "Arms": [0.0, None]}, index=[2020, 2021]),
    }
    assert scorecard.largest_loss(scores, others, 2021) == ("Arms", "press", 20.0)


def test_only_every_weighting_is_whatever_the_weights():
    assert scorecard.weights_in_words(1) == "Whatever the weights tried"
    assert scorecard.weights_in_words(0.98) == "Under 98% of weightings"
