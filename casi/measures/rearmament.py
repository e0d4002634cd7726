"""What Kyrgyzstan and Tajikistan ordered around their clashes of 2021 and 2022."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.measures import borders

FIRST_YEAR = 2021  # of the two clashes
CLASHES = {2021: "kgz-tjk-2021-04-28", 2022: "kgz-tjk-2022-09-14"}
ORDER_LABELS = {
    "recipient": "Recipient",
    "supplier": "Supplier",
    "item": "Item",
    "description": "Kind",
    "number_delivered": "Number",
    "delivered_from": "From",
    "delivered_to": "To",
    "tiv_millions": "Million TIV",
}
BEFORE_AND_AFTER_LABELS = {
    "recipient": "State",
    "ordered": "Ordered",
    "deals": "Deals",
    "suppliers": "Suppliers",
    "tiv_millions": "Delivered, million TIV",
    "given": "Gifts or aid",
}


def orders(deals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `arms_deals` that the two states ordered since the first clash."""
    both = deals["recipient"].isin(["KGZ", "TJK"])
    return deals[both & (deals["order_year"] >= FIRST_YEAR)]


def before_and_after(deals: pd.DataFrame, recipients: list[str], first_year: int) -> pd.DataFrame:
    """Set what states ordered before a year beside what they ordered in that year or later.

    Args:
        deals: the table `arms_deals`.
        recipients: ISO 3166-1 alpha-3 codes.
        first_year: the first year of the later period.

    Returns:
        One row a `recipient` and period; `ordered` (the period in words), `deals` and `suppliers`
        (numbers), `tiv_millions` (delivered on those orders) and `given` (share of deals whose note
        calls them a gift or aid).

    Examples:
        >>> import casi
        >>> orders = before_and_after(casi.load("arms_deals"), ["KGZ", "TJK"], 2021)
        >>> sorted(orders["ordered"].unique())
        ['2021 and after', 'before 2021']
    """
    rows = deals[deals["recipient"].isin(recipients)]
    later = rows["order_year"] >= first_year
    return (
        rows.assign(
            ordered=later.map({False: f"before {first_year}", True: f"{first_year} and after"}),
            later=later,
            gift=rows["note"].fillna("").str.contains(r"^a gift|; a gift"),
        )
        .groupby(["recipient", "later", "ordered"], as_index=False)
        .agg(
            deals=("deal", "size"),
            suppliers=("supplier", "nunique"),
            tiv_millions=("tiv_millions", "sum"),
            given=("gift", "mean"),
        )
    )


def headline(
    deals: pd.DataFrame, clashes: pd.DataFrame, clash_figures: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on the two states' arms and losses that the text quotes, by name.

    Args:
        deals: the table `arms_deals`.
        clashes: the table `clashes`.
        clash_figures: the table `clash_figures`.

    Returns:
        `kgz_dead` and `tjk_dead` with the year of each clash (preferred counts, persons). Of the
        orders since the first clash: `kgz_tiv` and `tjk_tiv` (delivered, million TIV),
        `kgz_ordered` and `kgz_arrived` (first order, last delivery), the same of China's deals with
        Tajikistan as `china_ordered` and `china_arrived`, and `tjk_before_china_deals` and
        `tjk_before_china_tiv` (what Tajikistan ordered before those).

    Raises:
        KeyError: if a side of a clash has no figure.
    """
    dead = borders.casualties(clashes, clash_figures)["best"]
    late = orders(deals)
    kyrgyz, tajik = (late[late["recipient"] == state] for state in ("KGZ", "TJK"))
    chinese = tajik[tajik["supplier"] == "CHN"]
    before = tajik[tajik["order_year"] < chinese["order_year"].min()]
    return {
        f"{side.lower()}_dead_{year}": int(dead[clash, side])
        for year, clash in CLASHES.items()
        for side in ("KGZ", "TJK")
    } | {
        "kgz_tiv": kyrgyz["tiv_millions"].sum(),
        "tjk_tiv": tajik["tiv_millions"].sum(),
        "kgz_ordered": kyrgyz["order_year"].min(),
        "kgz_arrived": kyrgyz["delivered_to"].max(),
        "china_ordered": chinese["order_year"].min(),
        "china_arrived": chinese["delivered_to"].max(),
        "tjk_before_china_deals": len(before),
        "tjk_before_china_tiv": before["tiv_millions"].sum(),
    }
