"""Regional exercises by both ways of counting those that the CSTO runs side by side."""

from __future__ import annotations

import pandas as pd

from casi.measures.exercises import classify

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
