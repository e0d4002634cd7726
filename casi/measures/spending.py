"""What the five states spend on their armed forces, as far as they publish it."""

from __future__ import annotations

import pandas as pd


def series(spending: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Lay out one measure of the table `military_spending`: one row a year, one column a state."""
    return spending.pivot(index="year", columns="state", values=measure)


def change(spending: pd.DataFrame, state: str, measure: str, first: int, last: int) -> float:
    """Return by what factor a state's spending grew between two years: 2 is a doubling.

    Raises:
        KeyError: if either year has no figure.
    """
    values = series(spending, measure)[state].dropna()
    missing = [year for year in (first, last) if year not in values.index]
    if missing:
        raise KeyError(f"no {measure} of {state} for {missing}")
    return float(values[last] / values[first])
