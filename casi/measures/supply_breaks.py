"""Who armed the five before and after 2014 and 2022, and how sure the change is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

BREAKS = {
    2014: (range(2009, 2014), range(2014, 2019)),
    2022: (range(2017, 2022), range(2022, 2026)),
}
LINE = ["recipient", "supplier", "category"]  # a line of supply: what one state sells another
FLAGS = ["order_year_estimated", "number_estimated"]
DRAWS = 1000
SEED = 2026


def russian_share(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return Russia's share of all volume.

    Args:
        volumes: shape (..., recipients, suppliers).
        suppliers: their codes.

    Returns:
        Shape (...), 0 to 1; missing where nothing was delivered.
    """
    own = volumes[..., [code == "RUS" for code in suppliers]].sum(axis=(-1, -2))
    return _divided(own, volumes.sum(axis=(-1, -2)))


def concentration(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return the mean Herfindahl-Hirschman index of the states' suppliers, 0 to 1.

    As in `suppliers.herfindahl_hirschman`; states that received nothing are left out. Args are
    those of `russian_share`.
    """
    return _mean((_mixes(volumes) ** 2).sum(axis=-1))


def similarity(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return what two states' supplier mixes have in common, the mean over all pairs, 0 to 1.

    As in `suppliers.mix_similarity` (Finger and Kreinin 1979); missing for fewer than two states.
    Args are those of `russian_share`.
    """
    mixes = _mixes(volumes)
    ones, others = np.triu_indices(volumes.shape[-2], 1)
    return _mean(np.minimum(mixes[..., ones, :], mixes[..., others, :]).sum(axis=-1))


MEASURES: dict[str, Callable[[np.ndarray, list[str]], np.ndarray]] = {
    "Russia's share": russian_share,
    "Concentration": concentration,
    "Similarity of mixes": similarity,
}


def lines_of_supply(transfers: pd.DataFrame, years: range) -> pd.DataFrame:
    """Sum what was delivered in some years by line of supply.

    Args:
        transfers: the table `arms_transfers`.
        years: years of delivery.

    Returns:
        Columns `recipient`, `supplier`, `category` and `tiv_millions`.
    """
    rows = transfers[transfers["delivery_year"].isin(years)]
    return rows.groupby(LINE, as_index=False)["tiv_millions"].sum()


def changes(
    transfers: pd.DataFrame,
    breaks: Mapping[int, tuple[range, range]] = BREAKS,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Measure suppliers before and after each break, and what the change rests on.

    The range is that of the bootstrap (Efron 1979, *Bootstrap methods*, Annals of Statistics 7, 1)
    over the lines of supply of each state: it says how much hangs on which few deals fell into a
    window, not how well their volume is known, for which the register gives no error. Means over
    states and pairs are those of the states that received anything both before and after.

    Args:
        transfers: the table `arms_transfers`.
        breaks: years before and after, by the year of the break.
        draws: how many samples.
        seed: of the random numbers.

    Returns:
        One row a measure and break: `measure`, `year`, `before` and `after` (0 to 1), `change`,
        `low` and `high` (of the change, 95 per cent of the samples), `sure_before` and `sure_after`
        (rows left out that the register flags as uncertain), `furthest` (the change with that one
        line of supply left out which moves it most), and that line's `recipient`, `supplier` and
        `category`.
    """
    sure = transfers[~transfers[FLAGS].any(axis=1)]
    rows = []
    for year, windows in breaks.items():
        lines = [lines_of_supply(transfers, years) for years in windows]
        known = [lines_of_supply(sure, years) for years in windows]
        for name, measure in MEASURES.items():
            parts = lines if measure is russian_share else _in_both(lines)
            before, after = (_measured(part, measure) for part in parts)
            low, high = _bootstrap(parts, measure, draws, seed)
            furthest, line = _without_one(parts, measure)
            rows.append(
                {
                    "measure": name,
                    "year": year,
                    "before": before,
                    "after": after,
                    "change": after - before,
                    "low": low,
                    "high": high,
                    "sure_before": _measured(known[0], measure),
                    "sure_after": _measured(known[1], measure),
                    "furthest": furthest,
                    **line[LINE],
                }
            )
    return pd.DataFrame(rows)


def _measured(lines: pd.DataFrame, measure: Callable) -> float:
    return float(_weighted(lines, measure, np.ones((1, len(lines))))[0])


def _weighted(lines: pd.DataFrame, measure: Callable, counts: np.ndarray) -> np.ndarray:
    """Measure the lines of supply, each counted as often as a row of `counts` says."""
    recipients, states = pd.factorize(lines["recipient"])
    sellers, suppliers = pd.factorize(lines["supplier"])
    volumes = np.zeros((len(counts), len(states), len(suppliers)))
    each = counts * lines["tiv_millions"].to_numpy()
    for at, place in enumerate(zip(recipients, sellers, strict=True)):
        volumes[:, *place] += each[:, at]
    return measure(volumes, list(suppliers))


def _bootstrap(
    windows: list[pd.DataFrame], measure: Callable, draws: int, seed: int
) -> tuple[float, float]:
    """Return the range of the change over samples of the lines of both windows."""
    rng = np.random.default_rng(seed)
    before, after = (_weighted(lines, measure, _samples(lines, draws, rng)) for lines in windows)
    known = (after - before)[~np.isnan(after - before)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    return float(low), float(high)


def _samples(lines: pd.DataFrame, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Return how often each line stands in each sample, every state keeping its number of lines."""
    counts = np.zeros((draws, len(lines)))
    for places in lines.reset_index(drop=True).groupby("recipient").indices.values():
        counts[:, places] = rng.multinomial(len(places), [1 / len(places)] * len(places), draws)
    return counts


def _in_both(windows: list[pd.DataFrame]) -> list[pd.DataFrame]:
    both = set.intersection(*(set(lines["recipient"]) for lines in windows))
    return [lines[lines["recipient"].isin(both)].reset_index(drop=True) for lines in windows]


def _without_one(windows: list[pd.DataFrame], measure: Callable) -> tuple[float, pd.Series]:
    """Return the change furthest from the whole one when a line is left out of a window, and it."""
    before, after = (_measured(lines, measure) for lines in windows)
    found = []
    for at, lines in enumerate(windows):
        left = _weighted(lines, measure, 1 - np.eye(len(lines)))
        changes = left - before if at else after - left
        moves = np.nan_to_num(np.abs(changes - (after - before)))
        found.append((moves.max(), changes[moves.argmax()], lines.iloc[moves.argmax()]))
    _, change, line = max(found, key=lambda one: one[0])
    return float(change), line


def _mixes(volumes: np.ndarray) -> np.ndarray:
    return _divided(volumes, volumes.sum(axis=-1, keepdims=True))


def _divided(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def _mean(values: np.ndarray) -> np.ndarray:
    """Return the mean over the last axis of what is known."""
    known = ~np.isnan(values)
    return _divided(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1))
