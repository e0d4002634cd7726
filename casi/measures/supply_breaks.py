"""Who armed the five before and after 2014 and 2022, and how sure the change is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from casi.measures.suppliers import (
    UNCERTAIN,
    herfindahl_hirschman,
    mean,
    mean_similarity,
    ratio,
    shares,
)
from casi.text import number

BREAKS = (2014, 2022)  # Russia annexed Crimea; Russia invaded the whole of Ukraine
SPAN = 5  # years before a break, and at most after it
LINE = ["recipient", "supplier", "category"]  # a line of supply: what one state sells another
DRAWS = 1000
SEED = 2026
LABELS = {
    "measure": "Measure",
    "years": "Years",
    "before": "Before",
    "after": "After",
    "change": "Change",
    "range": "Range of change",
    "sure": "Unflagged only",
    "without": "Change without one line",
}

Measure = Callable[[np.ndarray, list[str]], np.ndarray]


def spans(transfers: pd.DataFrame) -> dict[int, tuple[range, range]]:
    """Return the years before and after each of `BREAKS`, as far as the register reaches.

    Args:
        transfers: the table `arms_transfers`.

    Examples:
        >>> import casi
        >>> before, after = spans(casi.load("arms_transfers"))[2014]
        >>> before, after
        (range(2009, 2014), range(2014, 2019))
    """
    end = int(transfers["delivery_year"].max()) + 1
    return {year: (range(year - SPAN, year), range(year, min(year + SPAN, end))) for year in BREAKS}


def russian_share(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return Russia's share of all volume.

    Args:
        volumes: shape (..., recipients, suppliers).
        suppliers: their codes.

    Returns:
        Shape (...), 0 to 1; missing where nothing was delivered.
    """
    russian = volumes[..., [code == "RUS" for code in suppliers]]
    return ratio(russian.sum(axis=(-1, -2)), volumes.sum(axis=(-1, -2)))


def concentration(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return the mean Herfindahl-Hirschman index of the states' suppliers, 0 to 1.

    States that received nothing are left out. Args are those of `russian_share`.
    """
    return mean(herfindahl_hirschman(shares(volumes)))


def similarity(volumes: np.ndarray, suppliers: list[str]) -> np.ndarray:
    """Return what the supplier mixes of two states have in common, the mean over pairs, 0 to 1.

    Missing for fewer than two states. Args are those of `russian_share`.
    """
    return mean_similarity(shares(volumes))


MEASURES: dict[str, Measure] = {
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
    breaks: Mapping[int, tuple[range, range]] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Measure suppliers before and after each break, and how uncertain each change is.

    The range is that of the bootstrap (Efron 1979, "Bootstrap Methods", Annals of Statistics 7(1))
    over the lines of supply of each state. It shows how much depends on which few deals fell into a
    span of years, not how well their volume is known, for which the register gives no error. Means
    over states and pairs are those of the states that received anything both before and after.

    Args:
        transfers: the table `arms_transfers`.
        breaks: years before and after, by the year of the break; what `spans` returns if not given.
        draws: how many bootstrap samples.
        seed: of the random numbers.

    Returns:
        One row a break and measure: `measure`, `year`, `before` and `after` (0 to 1), `change`,
        `low` and `high` (of the change, 95 per cent of the samples), `sure_before` and `sure_after`
        (without the rows that the register flags as uncertain), `furthest` (the change without the
        line of supply that moves it most), and that line's `recipient`, `supplier` and `category`.
    """
    sure = transfers[~transfers[UNCERTAIN].any(axis=1)]
    rows = []
    for year, years in (spans(transfers) if breaks is None else breaks).items():
        every_line = [lines_of_supply(transfers, span) for span in years]
        unflagged = [lines_of_supply(sure, span) for span in years]
        for name, measure in MEASURES.items():
            lines = every_line if measure is russian_share else _in_both(every_line)
            before, after = (_measured(part, measure) for part in lines)
            low, high = _bootstrap(lines, measure, draws, seed)
            furthest, line = _without_one_line(lines, measure)
            rows.append(
                {
                    "measure": name,
                    "year": year,
                    "before": before,
                    "after": after,
                    "change": after - before,
                    "low": low,
                    "high": high,
                    "sure_before": _measured(unflagged[0], measure),
                    "sure_after": _measured(unflagged[1], measure),
                    "furthest": furthest,
                    **line[LINE],
                }
            )
    return pd.DataFrame(rows)


def line_name(line: pd.Series, names: Mapping[str, str]) -> str:
    """Write a line of supply: `"Russia to Kazakhstan, aircraft"`."""
    supplier, recipient = names[line["supplier"]], names[line["recipient"]]
    return f"{supplier} to {recipient}, {line['category'].lower()}"


def in_words(
    changes: pd.DataFrame,
    breaks: Mapping[int, tuple[range, range]],
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Write changes for a table.

    Args:
        changes: what the function `changes` returns.
        breaks: the years that it compared.
        names: names of states by code.

    Returns:
        The rows with `years`, `change`, `range` (of the change), `sure` (before and after in the
        unflagged rows) and `without` (the change without one line of supply, and which) as text.
    """
    years = {
        year: f"{before[0]}–{before[-1]}, {after[0]}–{after[-1]}"
        for year, (before, after) in breaks.items()
    }
    rows = [row for _, row in changes.iterrows()]
    return changes.assign(
        years=changes["year"].map(years),
        change=[_signed(row["change"]) for row in rows],
        range=[f"{_signed(row['low'])} to {_signed(row['high'])}" for row in rows],
        sure=[f"{number(row['sure_before'], 2)}, {number(row['sure_after'], 2)}" for row in rows],
        without=[f"{_signed(row['furthest'])}, {line_name(row, names)}" for row in rows],
    )


def _signed(value: float) -> str:
    """Write a number with its sign and two decimals; what rounds to zero has no sign."""
    rounded = round(value, 2)
    return f"{rounded:+.2f}" if rounded else "0.00"


def headline(changes: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the text says of the changes, by name.

    Args:
        changes: what the function `changes` returns.
        names: names of states by code.

    Returns:
        `changes` (number) and `changes_unclear` (of them, those whose range includes zero),
        `changes_clear` (the others, in words); over the last break Russia's share
        `russia_before_break` and `russia_after_break` (0 to 1), `russia_fall_without_line` (of that
        share, without the line of supply that moves it most) and `russia_line` (that line).
    """
    unclear = (changes["low"].round(2) <= 0) & (changes["high"].round(2) >= 0)
    last = changes[(changes["measure"] == "Russia's share") & (changes["year"] == BREAKS[-1])]
    russia = last.iloc[0]
    return {
        "changes": len(changes),
        "changes_unclear": int(unclear.sum()),
        "changes_clear": [
            f"the {row.measure.lower()} over {row.year}" for row in changes[~unclear].itertuples()
        ],
        "russia_before_break": russia["before"],
        "russia_after_break": russia["after"],
        "russia_fall_without_line": -russia["furthest"],
        "russia_line": line_name(russia, names),
    }


def _measured(lines: pd.DataFrame, measure: Measure) -> float:
    [value] = _weighted(lines, measure, np.ones((1, len(lines))))
    return float(value)


def _weighted(lines: pd.DataFrame, measure: Measure, counts: np.ndarray) -> np.ndarray:
    """Measure the lines of supply once for each row of `counts`, how often each line counts."""
    rows, recipients = pd.factorize(lines["recipient"])
    columns, suppliers = pd.factorize(lines["supplier"])
    volumes = np.zeros((len(counts), len(recipients), len(suppliers)))
    weighted = counts * lines["tiv_millions"].to_numpy()
    for line, cell in enumerate(zip(rows, columns, strict=True)):
        volumes[:, *cell] += weighted[:, line]
    return measure(volumes, list(suppliers))


def _bootstrap(
    lines: list[pd.DataFrame], measure: Measure, draws: int, seed: int
) -> tuple[float, float]:
    """Return the range of the change over samples of the lines before and after a break."""
    rng = np.random.default_rng(seed)
    before, after = (_weighted(part, measure, _samples(part, draws, rng)) for part in lines)
    change = after - before
    known = change[~np.isnan(change)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    return float(low), float(high)


def _samples(lines: pd.DataFrame, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Return how often each line stands in each sample, every state keeping its number of lines."""
    counts = np.zeros((draws, len(lines)))
    for rows in lines.groupby("recipient").indices.values():
        counts[:, rows] = rng.multinomial(len(rows), [1 / len(rows)] * len(rows), draws)
    return counts


def _in_both(lines: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Keep the lines of the states that received something both before and after a break."""
    both = set.intersection(*(set(part["recipient"]) for part in lines))
    return [part[part["recipient"].isin(both)] for part in lines]


def _without_one_line(lines: list[pd.DataFrame], measure: Measure) -> tuple[float, pd.Series]:
    """Return the change without the line of supply that moves it most, and that line."""
    before, after = (_measured(part, measure) for part in lines)
    without_before, without_after = (
        _weighted(part, measure, 1 - np.eye(len(part))) for part in lines
    )
    changes = np.concatenate([after - without_before, without_after - before])
    moves = np.nan_to_num(np.abs(changes - (after - before)))
    furthest = moves.argmax()
    return float(changes[furthest]), pd.concat(lines).iloc[furthest]
