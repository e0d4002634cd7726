"""What the five states spend on their armed forces, as far as they publish it."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd


def series(spending: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Lay out one measure of the table `military_spending`: one row a year, one column a state."""
    return spending.pivot(index="year", columns="state", values=measure)


def change(spending: pd.DataFrame, state: str, measure: str, before: range, after: range) -> float:
    """Return by what factor a state's yearly mean grew between two spans of years: 2 is a doubling.

    Raises:
        KeyError: if a year of either span has no figure.

    Examples:
        >>> import casi
        >>> grown = change(casi.load("military_spending"), "KAZ", "spending_gdp_percent",
        ...                range(2011, 2016), range(2016, 2021))
        >>> grown > 0  # the mean of the later years divided by that of the earlier
        True
    """
    values = series(spending, measure)[state].dropna()
    missing = [year for year in (*before, *after) if year not in values.index]
    if missing:
        raise KeyError(f"no {measure} of {state} for {missing}")
    return float(values[[*after]].mean() / values[[*before]].mean())


def longest_silence(spending: pd.DataFrame, state: str) -> int:
    """Return the last year with a share of GDP before the most years without one."""
    values = series(spending, "spending_gdp_percent")[state]
    known = [*values.dropna().index, values.index.max() + 1]
    return int(max(pairwise(known), key=lambda pair: pair[1] - pair[0])[0])
