"""Regional exercises by both ways of counting those that the CSTO runs side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.measures.exercises import classify, without_russia_and_china

LABELS = {"low": "All counted", "high": "Parallel as one"}  # of exercises.shares_by_count
ALL_COUNTED = "all counted"  # behind a period in which each of them counts


def by_both_counts(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> pd.DataFrame:
    """Return the regional exercises by both ways of counting.

    Args are those of `exercises.shares_by_count`.

    Returns:
        What `exercises.classify` returns, parallel exercises counted once. Each period in which
        that makes a difference follows with all its exercises, `ALL_COUNTED` behind its name.

    Examples:
        >>> import casi
        >>> both = by_both_counts(*map(casi.load, ("exercises", "participation", "states")))
        >>> bool(both["period"].str.endswith(ALL_COUNTED).any())
        True
    """
    once, single = (
        classify(exercises, participation, states, merge=merge).query("of_five > 1")
        for merge in (True, False)
    )
    sizes = [rows["period"].value_counts() for rows in (once, single)]
    differ = sizes[1].index[sizes[1] != sizes[0].reindex(sizes[1].index)]
    again = single[single["period"].isin(differ)]
    again = again.assign(period=again["period"] + f", {ALL_COUNTED}")
    return pd.concat([once, again], ignore_index=True)


def headline(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on exercises of two and of more of the five that the text quotes, by name.

    Args are those of `exercises.shares_by_count`.

    Returns:
        `three_low` and `three_high` (the share without Russia and China among exercises of three or
        more of the five in the last period, by both ways of counting), `three_before_low` and
        `three_before_high` (the lowest and highest of all periods before); of exactly two of them
        `twos` (number in the last period), `twos_free` (of these without Russia and China), and
        `twos_before_low` and `twos_before_high` (number in each period before).
    """
    once, single = (
        classify(exercises, participation, states, merge=merge) for merge in (True, False)
    )
    wide = [without_russia_and_china(rows[rows["of_five"] > 2]) for rows in (once, single)]
    three = pd.concat([rows["exercises_share"] for rows in wide], axis="columns")
    twos = single[single["of_five"] == 2]
    numbers = twos["period"].value_counts().reindex(sorted(set(single["period"])), fill_value=0)
    last = single["period"].max()
    free = ~(twos["russia"] | twos["china"]) & (twos["period"] == last)
    return {
        "three_low": three.loc[last].min(),
        "three_high": three.loc[last].max(),
        "three_before_low": three.drop(last).min().min(),
        "three_before_high": three.drop(last).max().max(),
        "twos": int(numbers[last]),
        "twos_free": int(free.sum()),
        "twos_before_low": int(numbers.drop(last).min()),
        "twos_before_high": int(numbers.drop(last).max()),
    }
