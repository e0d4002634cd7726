"""Who armed Kazakhstan, and who the other four states, from window to window."""

from __future__ import annotations

import pandas as pd

from casi.measures.delivery_dates import year_later
from casi.measures.suppliers import shares

OTHER_DATING = (
    "other dating"  # behind a window whose deliveries are dated as in the edition of 2025
)


def kazakhstan_and_others(transfers: pd.DataFrame) -> pd.DataFrame:
    """Lay out supplier shares by window, for Kazakhstan and for the other four states together.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        Columns: supplier groups, shares of 1. The index names recipients and window, and gives the
        number of deliveries, such as `"Kazakhstan, 2021–2025 (26)"`; a deal counts once for each
        year in which it delivered. Shares of a window without a delivery are missing.

    Examples:
        >>> import casi
        >>> from casi.measures.suppliers import with_groups
        >>> transfers = with_groups(casi.load("arms_transfers"), casi.load("states"))
        >>> mixes = kazakhstan_and_others(transfers)
        >>> bool(mixes.sum(axis=1).round(6).isin([0, 1]).all())
        True
    """
    outside = transfers["recipient"].ne("KAZ").rename("outside")
    groups = [outside, transfers["window"]]
    every = pd.MultiIndex.from_product([[False, True], sorted(transfers["window"].unique())])
    deliveries = transfers.groupby(groups)["deals"].sum().reindex(every, fill_value=0)
    table = transfers.pivot_table(
        index=groups, columns="supplier_group", values="tiv_millions", aggfunc="sum", fill_value=0.0
    ).reindex(every)
    names = [
        f"{'Other four' if other else 'Kazakhstan'}, {name} ({deliveries[other, name]})"
        for other, name in table.index
    ]
    return shares(table).set_axis(names).rename_axis("Recipients, years (deliveries)")


def by_both_datings(transfers: pd.DataFrame, first: str) -> pd.DataFrame:
    """Lay out what `kazakhstan_and_others` returns from a window on, by both datings.

    Args:
        transfers: what `with_groups` returns.
        first: the first window; windows without a delivery are left out too.

    Returns:
        The same columns; below each row in which Russia's share depends on the dating, the row by
        the other dating (see `year_later`), named `OTHER_DATING` instead of its deliveries.
    """
    dated = [kazakhstan_and_others(rows) for rows in (transfers, year_later(transfers))]
    since = [f", {name} (" for name in sorted(transfers["window"].unique()) if name >= first]
    rows = {}
    for name, other in zip(dated[0].index, dated[1].index, strict=True):
        if not any(part in name for part in since) or dated[0].loc[name].isna().all():
            continue
        rows[name] = dated[0].loc[name]
        if round(dated[0].at[name, "Russia"], 4) != round(dated[1].at[other, "Russia"], 4):
            rows[f"{name.partition(' (')[0]} ({OTHER_DATING})"] = dated[1].loc[other]
    return pd.DataFrame(rows).T.rename_axis(dated[0].index.name)
