"""Who delivered arms to the five states, how concentrated and how alike their suppliers are."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

WINDOW = 5  # years
LAST_YEAR = 2025


def with_groups(transfers: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Add to each row of `arms_transfers` its supplier's group and its five-year window.

    Args:
        transfers: the table `arms_transfers`.
        states: the table `states`.

    Returns:
        The rows with `supplier_group` and `window` (such as `"2021–2025"`) added.
    """
    group = transfers["supplier"].map(states.set_index("iso3")["supplier_group"])
    return transfers.assign(supplier_group=group, window=transfers["delivery_year"].map(window))


def window(year: int) -> str:
    """Return the five-year window of a year, counted back from the register's last year."""
    last = LAST_YEAR - (LAST_YEAR - year) // WINDOW * WINDOW
    return f"{last - WINDOW + 1}–{last}"


def volumes(transfers: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Sum volumes delivered, in million TIV, by two columns; nothing delivered is 0."""
    return transfers.pivot_table(
        index=rows, columns=columns, values="tiv_millions", aggfunc="sum", fill_value=0.0
    )


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Turn each row of volumes into shares that add up to 1; a row of zeros becomes missing."""
    return table.div(table.sum(axis=1).where(lambda total: total > 0), axis=0)


def herfindahl_hirschman(row: pd.Series) -> float:
    """Return the Herfindahl-Hirschman index of one row of shares.

    The sum of squared shares, from 1/n (n equal suppliers) to 1 (one supplier); after Hirschman
    (1964), "The Paternity of an Index", American Economic Review 54(5).

    Returns:
        A number between 0 and 1; missing if a share is.
    """
    return float((row**2).sum(skipna=False))


def mix_similarity(first: pd.Series, second: pd.Series) -> float:
    """Return how alike two supplier mixes are: the share of volume that they have in common.

    The sum over suppliers of the smaller share, after Finger and Kreinin (1979), "A Measure of
    'Export Similarity' and Its Possible Uses", Economic Journal 89(356).

    Returns:
        0 for no supplier in common, 1 for the same mix; missing if a share is.
    """
    both = pd.concat([first, second], axis=1)
    return float(both.min(axis=1, skipna=False).sum(skipna=False))


def similarities(mixes: pd.DataFrame) -> pd.DataFrame:
    """Compare the supplier mixes of every pair of states.

    Args:
        mixes: shares, one row a state and one column a supplier.

    Returns:
        Columns `first`, `second` and `similarity`; pairs in which a state received nothing are left
        out.
    """
    known = mixes.dropna()
    rows = [
        (first, second, mix_similarity(known.loc[first], known.loc[second]))
        for first, second in combinations(known.index, 2)
    ]
    return pd.DataFrame(rows, columns=["first", "second", "similarity"])


def similarity_by_window(transfers: pd.DataFrame) -> pd.DataFrame:
    """Follow how alike the five states' supplier mixes are from window to window.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        Index `window`; `similarity` (mean over pairs of states), `pairs` (their number) and
        `without_largest` (the mean when each recipient's largest row of the window is left out).
    """
    rows = {}
    largest = transfers.groupby(["window", "recipient"])["tiv_millions"].idxmax()
    for name, part in transfers.groupby("window"):
        pairs = similarities(shares(volumes(part, "recipient", "supplier")))
        trimmed = volumes(part.drop(index=largest[name]), "recipient", "supplier")
        rows[name] = {
            "similarity": pairs["similarity"].mean(),
            "pairs": len(pairs),
            "without_largest": similarities(shares(trimmed))["similarity"].mean(),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("window")
    return table.dropna(subset="similarity")


def concentration(transfers: pd.DataFrame) -> pd.DataFrame:
    """Measure how concentrated each state's suppliers were in each window.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        One row a recipient and window: `tiv_millions`, `suppliers` (number), `largest` (code),
        `largest_share` and `index` (Herfindahl-Hirschman, 0 to 1, over single states).
    """
    rows = []
    for (recipient, name), part in transfers.groupby(["recipient", "window"]):
        volume = part.groupby("supplier")["tiv_millions"].sum()
        share = volume / volume.sum()
        rows.append(
            {
                "recipient": recipient,
                "window": name,
                "tiv_millions": round(volume.sum(), 1),
                "suppliers": len(volume),
                "largest": share.idxmax(),
                "largest_share": round(share.max(), 2),
                "index": round(herfindahl_hirschman(share), 2),
            }
        )
    return pd.DataFrame(rows)


def before_and_after(deals: pd.DataFrame, recipient: str, first_year: int) -> pd.DataFrame:
    """Set what a state ordered before a year beside what it ordered in that year or later.

    Args:
        deals: the table `arms_deals`.
        recipient: ISO 3166-1 alpha-3 code.
        first_year: the first year of the later period.

    Returns:
        Index `"before"` and `"after"`; `deals`, `suppliers` (numbers), `tiv_millions` (delivered
        on those orders) and `given` (share of deals whose note calls them a gift or aid).
    """
    own = deals[deals["recipient"] == recipient]
    when = (own["order_year"] >= first_year).map({True: "after", False: "before"})
    gift = own["note"].fillna("").str.contains(r"^a gift|; a gift")
    return (
        own.assign(gift=gift)
        .groupby(when)
        .agg(
            deals=("deal", "size"),
            suppliers=("supplier", "nunique"),
            tiv_millions=("tiv_millions", "sum"),
            given=("gift", "mean"),
        )
        .reindex(["before", "after"])
        .rename_axis("ordered")
    )
