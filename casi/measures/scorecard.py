"""The five dimensions together: never one index without its spread, and only what survives it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from casi.measures import dimensions
from casi.record import without_sources
from casi.record.lookup import Record

DRAWS = 1000
SEED = 2026
ENDS = {"low": "Lowest", "high": "Highest", "median": "Middle"}  # in words
QUANTILES = {"low": 0.025, "median": 0.5, "high": 0.975}


def weightings(dimensions: int, *, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Draw weights of the dimensions, all sets of weights being equally likely.

    The flat Dirichlet distribution, as in the acceptability analysis of Lahdelma, Hokkanen and
    Salminen (1998), *SMAA*, European Journal of Operational Research 106, 137, when nothing is
    known of the weights; that an index be shown with such a spread is the advice of OECD and JRC
    (2008), *Handbook on Constructing Composite Indicators*, step 7.

    Args:
        dimensions: how many.
        draws: how many sets of weights.
        seed: of the random numbers.

    Returns:
        One row a draw, adding up to 1.
    """
    return np.random.default_rng(seed).dirichlet(np.ones(dimensions), draws)


def composites(scores: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Weight the dimensions in every drawn way.

    Args:
        scores: what `dimensions.scores` returns; years that lack a dimension are left out.
        draws: how many sets of weights.
        seed: of the random numbers.

    Returns:
        Index `year`; a column a draw, 0 to 100.
    """
    known = scores.dropna()
    weights = weightings(scores.shape[1], draws=draws, seed=seed)
    return pd.DataFrame(known.to_numpy() @ weights.T, index=known.index)


def band(scores: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return the middle of all weightings and the range of 95 per cent of them.

    Args are those of `composites`.

    Returns:
        Index `year`; `low`, `median` and `high`, 0 to 100.
    """
    drawn = composites(scores, draws=draws, seed=seed)
    return pd.DataFrame({name: drawn.quantile(at, axis=1) for name, at in QUANTILES.items()})


def scores_without_sources(record: Record) -> dict[str, pd.DataFrame]:
    """Score the dimensions without each kind of source in turn.

    Args:
        record: the tables of `data/` by name.

    Returns:
        What `dimensions.scores` returns, by the words for what was switched off. A dimension of
        which nothing is left is missing, or 0 where its rule counts what is on record.
    """
    sources = record["sources"]
    return {
        words: dimensions.scores(
            without_sources.without(record, without_sources.keys_of(sources, kind))
        )
        for words, kind in without_sources.KINDS.items()
    }


def rises(
    scores: pd.DataFrame, then: int, now: int, others: Mapping[str, pd.DataFrame] | None = None
) -> dict[str, float]:
    """Say how surely the five stood higher in one year than in another.

    Args:
        scores: what `dimensions.scores` returns.
        then: the earlier year.
        now: the later year.
        others: scores without some sources, by name, as `scores_without_sources` returns.

    Returns:
        Share of the weightings by which the later year is higher: `all` dimensions, `without` and
        the name of each left out, `without` and the name of each of `others`. A dimension that is
        missing in one of the years is left out of a comparison; missing if none is left.
    """
    cases = {"all": scores}
    cases |= {f"without {name.lower()}": scores.drop(columns=name) for name in scores.columns}
    cases |= {f"without {name}": other for name, other in (others or {}).items()}
    return {name: _share_higher(case.loc[[then, now]]) for name, case in cases.items()}


def survives(shares: Mapping[str, float]) -> bool:
    """Say whether a rise holds by 95 per cent of the weightings in every case `rises` returns."""
    return all(share >= 0.95 for share in shares.values())


def spans(
    scores: pd.DataFrame, years: list[tuple[int, int]], others: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Say of several pairs of years how surely the later stands higher.

    Args:
        scores: what `dimensions.scores` returns.
        years: pairs of an earlier and a later year.
        others: what `scores_without_sources` returns.

    Returns:
        `then`, `now`; `all` (share of the weightings), `dimension` and `source` (the lowest share
        without a dimension and without a kind of source, each followed by what was left out in
        `which_dimension` and `which_source`), and `survives`.
    """
    rows = []
    for then, now in years:
        shares = rises(scores, then, now, others)
        row = {"then": then, "now": now, "all": shares["all"]}
        for kind, cases in (("dimension", scores.columns.str.lower()), ("source", others)):
            apart = pd.Series({name: shares[f"without {name}"] for name in cases})
            row |= {kind: apart.min(), f"which_{kind}": apart.idxmin()}
        rows.append(row | {"survives": survives(shares)})
    return pd.DataFrame(rows)


def _share_higher(two: pd.DataFrame) -> float:
    known = two.dropna(axis="columns")
    if known.empty:
        return float("nan")
    then, now = composites(known).to_numpy()
    return float((now > then).mean())
