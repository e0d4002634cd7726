"""The five dimensions together: the range over all weightings, and which rises are robust to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casi.measures import dimensions
from casi.record import without_sources
from casi.record.lookup import Record, require, row_of
from casi.text import percent

DRAWS = 1000
SEED = 2026
ROBUST = 0.95  # share of the weightings by which a robust rise holds
BAND_LABELS = {"low": "Lowest", "high": "Highest", "median": "Middle"}
QUANTILES = {"low": 0.025, "median": 0.5, "high": 0.975}


def weightings(dimensions: int, *, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Return random weights of the dimensions, all sets of weights being equally likely.

    They come from the flat Dirichlet distribution, as in Lahdelma, Hokkanen and Salminen (1998),
    *SMAA*, European Journal of Operational Research 106, 137, where nothing is known about the
    weights. OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 7, advise
    showing an index with such a range.

    Args:
        dimensions: their number.
        draws: number of sets of weights.
        seed: of the random numbers.

    Returns:
        One row a draw, adding up to 1.
    """
    return np.random.default_rng(seed).dirichlet(np.ones(dimensions), draws)


def composites(scores: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return the weighted mean of the dimensions by each random set of weights.

    Args:
        scores: what `dimensions.scores` returns; years that lack a dimension are left out.
        draws: number of sets of weights.
        seed: of the random numbers.

    Returns:
        Index `year`; a column a draw, 0 to 100.
    """
    known = scores.dropna()
    weights = weightings(scores.shape[1], draws=draws, seed=seed)
    return pd.DataFrame(known.to_numpy() @ weights.T, index=known.index)


def band(scores: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return the median of all weightings and the range of 95 per cent of them.

    Args are those of `composites`.

    Returns:
        Index `year`; `low`, `median` and `high`, 0 to 100.
    """
    drawn = composites(scores, draws=draws, seed=seed)
    return pd.DataFrame({name: drawn.quantile(q, axis=1) for name, q in QUANTILES.items()})


def readings(spread: pd.DataFrame, years: Mapping[str, int]) -> dict[str, float]:
    """Return what `band` returns of some years, by name: the `low` of the year `now` is `low_now`.

    Args:
        spread: what `band` returns.
        years: years by the end of the names.
    """
    return {
        f"{column}_{name}": spread.at[year, column]
        for name, year in years.items()
        for column in spread
    }


def scores_without_sources(record: Record) -> dict[str, pd.DataFrame]:
    """Return the scores of the dimensions without each kind of source in turn.

    Args:
        record: the tables of `data/` by name.

    Returns:
        What `dimensions.scores` returns, by the name of the kind that was left out. A dimension
        without rows is missing, or 0 where its rule counts rows.
    """
    sources = record["sources"]
    return {
        words: dimensions.scores(
            without_sources.without(record, without_sources.keys_of(sources, kind))
        )
        for words, kind in without_sources.SOURCE_KINDS.items()
    }


def shares_higher(
    scores: pd.DataFrame, then: int, now: int, others: Mapping[str, pd.DataFrame] | None = None
) -> dict[str, float]:
    """Return the share of weightings by which the five scored higher in the later of two years.

    Args:
        scores: what `dimensions.scores` returns.
        then: the earlier year.
        now: the later year.
        others: scores without some sources, by name, as `scores_without_sources` returns.

    Returns:
        Shares between 0 and 1 by case: `all` dimensions, `without` and the name of each dimension
        left out, `without` and the name of each of `others`. A dimension without a score in one of
        the years is left out; missing if none is left.
    """
    cases = {"all": scores}
    cases |= {f"without {name.lower()}": scores.drop(columns=name) for name in scores.columns}
    cases |= {f"without {name}": other for name, other in (others or {}).items()}
    return {name: _share_higher(case.loc[[then, now]]) for name, case in cases.items()}


def weights_in_words(share: float) -> str:
    """Return the weightings that a share of them is: all, or a percentage."""
    return "Whatever the weights tried" if share == 1 else f"Under {percent(share)} of weightings"


def largest_loss(
    scores: pd.DataFrame, others: Mapping[str, pd.DataFrame], year: int
) -> tuple[str, str, float]:
    """Return which score of a year is lower by most without one kind of source.

    Args:
        scores: what `dimensions.scores` returns.
        others: what `scores_without_sources` returns.
        year: a year of the scores.

    Returns:
        The name of the dimension, that of the kind of source, and the difference in points. Scores
        that are missing with or without the source are left out.
    """
    lost = pd.DataFrame(
        {name: scores.loc[year] - other.loc[year] for name, other in others.items()}
    )
    dimension, kind = lost.stack().dropna().idxmax()
    return dimension, kind, float(lost.loc[dimension, kind])


def is_robust(shares: Mapping[str, float]) -> bool:
    """Return whether a rise holds by `ROBUST` of the weightings in all cases of `shares_higher`.

    Examples:
        >>> is_robust({"all sources": 0.99, "without press": 0.82})
        False
    """
    return all(share >= ROBUST for share in shares.values())


def robustness(
    scores: pd.DataFrame, years: list[tuple[int, int]], others: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return for several pairs of years by which share of the weightings the later is higher.

    Args:
        scores: what `dimensions.scores` returns.
        years: pairs of an earlier and a later year.
        others: what `scores_without_sources` returns.

    Returns:
        One row a pair of years: `then`, `now`, `all` (share with all dimensions), `dimension` and
        `source` (the lowest share without a dimension and without a kind of source),
        `which_dimension` and `which_source` (what was left out for it), and `robust` (boolean).
    """
    rows = []
    for then, now in years:
        shares = shares_higher(scores, then, now, others)
        row = {"then": then, "now": now, "all": shares["all"]}
        for kind, cases in (("dimension", scores.columns.str.lower()), ("source", others)):
            lowest = pd.Series({name: shares[f"without {name}"] for name in cases})
            row |= {kind: lowest.min(), f"which_{kind}": lowest.idxmin()}
        rows.append(row | {"robust": is_robust(shares)})
    return pd.DataFrame(rows)


def robustness_in_words(pairs: pd.DataFrame) -> pd.DataFrame:
    """Write what `robustness` returns for a table, its columns named for readers."""
    dimension, source = pairs["dimension"].map(percent), pairs["source"].map(percent)
    return pd.DataFrame(
        {
            "Years": pairs["then"].astype(str) + "–" + pairs["now"].astype(str),
            "All dimensions": pairs["all"].map(percent),
            "Lowest without a dimension": dimension + ", " + pairs["which_dimension"],
            "Lowest without a kind of source": source + ", " + pairs["which_source"],
            "Robust": pairs["robust"].map({True: "yes", False: "no"}),
        }
    )


def headline(record: Record, first: int) -> dict[str, Any]:
    """Return the numbers on the scores together that the text quotes, by name.

    The score of training in the last year is taken twice: as it is, and without the exercise that
    adds most to it.

    Args:
        record: the tables of `data/` by name.
        first: the year that the last one is compared with.

    Returns:
        The years `low` and `last` as text; the median and the ends of the band of the first year,
        `then`, `then_low` and `then_high`, and of the last, `now_less`, `now`, `now_low` and
        `now_high`; the name of the `exercise`, the score of `training` and `training_less`;
        `change` (points by dimension, training without the exercise), `dialogue_then` and
        `dialogue_now` (the scores of dialogue), and whether the rise is `robust` without it.

    Raises:
        MissingRow: if no year, or not the first one, has all scores.
    """
    scores = dimensions.scores(record)
    scored = scores.dropna(axis="columns", how="all").columns
    spread = band(scores[scored])
    last = require(spread, "years with all scores").index[-1]
    require(spread.loc[spread.index == first], f"all scores of {first}")
    exercise, training_less = dimensions.decisive_exercise(record, last)
    less = scores.copy()
    less.loc[last, "Joint training"] = training_less
    spread_less = band(less[scored])
    return {
        "low": str(first),
        "last": str(last),
        "then": spread["median"][first],
        "then_low": spread["low"][first],
        "then_high": spread["high"][first],
        "now_less": spread_less["median"][last],
        "now": spread["median"][last],
        "now_low": spread_less["low"][last],
        "now_high": spread["high"][last],
        "exercise": row_of(record, "exercises", exercise)["name"],
        "training": scores.loc[last, "Joint training"],
        "training_less": training_less,
        "change": less.loc[last] - less.loc[first],
        "dialogue_then": scores.at[first, "Dialogue"],
        "dialogue_now": scores.at[last, "Dialogue"],
        "robust": is_robust(shares_higher(less, first, last)),
    }


def _share_higher(scores: pd.DataFrame) -> float:
    """Return the share of weightings by which the second of two years scores higher."""
    known = scores.dropna(axis="columns")
    if known.empty:
        return float("nan")
    then, now = composites(known).to_numpy()
    return float((now > then).mean())
