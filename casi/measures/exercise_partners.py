"""Which outside states take part in the exercises of the five, state by state."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.record.lookup import took_part
from casi.states import FIVE


def next_to_russia(
    once: pd.DataFrame, single: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> dict[str, Any]:
    """Find the outside state that took part in most exercises after Russia.

    Args:
        once: regional exercises as `exercises.classify` returns them, parallel ones counted once.
        single: the same, counted one by one.
        participation: the table `participation`.
        states: the table `states`.

    Returns:
        `next_power` (name), `next_low` and `next_high` (its share by the two counts), and of `once`
        `next_number` (exercises it took part in) and `next_with_russia` (of them with Russia too).

    Examples:
        >>> import casi
        >>> from casi.measures.exercises import classify
        >>> tables = [casi.load(name) for name in ("exercises", "participation", "states")]
        >>> once, single = (classify(*tables, merge=merge) for merge in (True, False))
        >>> found = next_to_russia(once, single, *tables[1:])
        >>> bool(0 < found["next_low"] <= found["next_high"] < 1)
        True
    """
    parts = took_part(participation)
    present = parts.reindex(once["exercise"]).explode()
    others = present[~present.isin([*FIVE, "RUS"])].value_counts()
    power = others[others == others.max()].index.min()
    joined = [parts.reindex(rows["exercise"]).map(lambda g: power in g) for rows in (once, single)]
    shares = [mask.mean() for mask in joined]
    return {
        "next_power": states.set_index("iso3").at[power, "name"],
        "next_low": min(shares),
        "next_high": max(shares),
        "next_number": int(joined[0].sum()),
        "next_with_russia": int((joined[0].to_numpy() & once["russia"].to_numpy()).sum()),
    }
