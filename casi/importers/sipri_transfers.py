"""Make `arms_transfers` and `arms_deals` of the trade register of SIPRI.

FILE is the register exported by deal, for all suppliers, recipients and years. A second file, the
register exported by delivery, splits the deals of several years by year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from casi.importers import sipri_deals, sipri_splits
from casi.importers.base import Draft, Edition, Import, ImportFault, number, yes
from casi.importers.names import codes
from casi.importers.sipri_register import FIRST_YEAR, Register, read
from casi.importers.sipri_splits import Deal

KEY = ["recipient", "supplier", "delivery_year", "category"]


def make(paths: Sequence[Path], old: Mapping[str, pd.DataFrame]) -> Import:
    """Make the tables of arms of an edition of the register.

    Args:
        paths: the export by deal, and the export by delivery if there is one, in any order.
        old: the tables of the record as text, by name, indexed by their keys.

    Raises:
        ImportFault: if the files are not these exports, or of editions that do not fit.
    """
    register, deliveries = _pair([read(path) for path in paths])
    deals = with_codes(register)
    splitting = None if deliveries is None else _with_suppliers(deliveries)
    kinds = sipri_splits.kinds(deals["description"].to_list(), splitting)
    deals["category"] = deals["description"].map(kinds)
    volumes, unsplit = by_year(deals, splitting)
    editions = [register.edition, *([deliveries.edition] if deliveries else [])]
    key = register.edition.key
    transfers = Draft(
        "arms_transfers",
        transfers_table(volumes, key),
        tuple(editions),
        _edition_text(editions),
        "delivery_year",
        totals=deals.groupby("recipient")["tiv"].sum().round(2).to_dict(),
    )
    chosen = sipri_deals.table(deals, key, old["arms_deals"])
    return Import(
        (transfers, Draft("arms_deals", chosen, (register.edition,), register.edition.name)),
        tuple(f"no source splits {' '.join(deal)} by year: a range is kept" for deal in unsplit),
    )


def _pair(registers: Sequence[Register]) -> tuple[Register, Register | None]:
    """Return the export by deal and that by delivery, if their editions fit each other."""
    by_deal = [register for register in registers if register.deals]
    by_delivery = [register for register in registers if not register.deals]
    if len(by_deal) != 1 or len(by_delivery) > 1:
        raise ImportFault(
            [
                f"{len(by_deal)} exports by deal and {len(by_delivery)} by delivery: give one by "
                "deal, and one by delivery if there is one; two editions never mix in a table"
            ]
        )
    if by_delivery and by_delivery[0].edition.year > by_deal[0].edition.year:
        raise ImportFault(
            [
                f"the export by delivery ({by_delivery[0].edition.name}) is newer than that by "
                f"deal ({by_deal[0].edition.name}); export the deals anew"
            ]
        )
    return by_deal[0], by_delivery[0] if by_delivery else None


def _edition_text(editions: Sequence[Edition]) -> str:
    text = editions[0].name
    if len(editions) > 1:
        text += f"; years of deals delivered over several years: {editions[1].name}"
    return text


def with_codes(register: Register) -> pd.DataFrame:
    """Return the deals with `supplier` (code), `tiv` and `delivered` as numbers, and `listed`.

    `listed` holds the years of delivery. A deal that has delivered nothing has none.

    Raises:
        ImportFault: if a supplier has no code, a number is none, or a deal is from before 1992.
    """
    rows = _with_suppliers(register)
    listed = [[int(year) for year in text.split(";") if year.strip()] for text in rows["years"]]
    numbers = {
        name: pd.to_numeric(rows[column].replace("", "0"), errors="coerce")
        for name, column in [("tiv", "tiv_delivered"), ("delivered", "number_delivered")]
    }
    rows = rows.assign(listed=listed, **numbers)
    wrong = rows[rows[["tiv", "delivered"]].isna().any(axis=1)]
    early = rows[[bool(years) and min(years) < FIRST_YEAR for years in rows["listed"]]]
    faults = [f"{_named(row)}: no number: {row.tiv_delivered!r}" for row in wrong.itertuples()]
    faults += [f"{_named(row)}: delivered before {FIRST_YEAR}" for row in early.itertuples()]
    if faults:
        raise ImportFault(faults)
    return rows


def _with_suppliers(register: Register) -> pd.DataFrame:
    names = codes(register.rows["supplier_name"], register.edition.name)
    return register.rows.assign(supplier=register.rows["supplier_name"].map(names))


def _named(row: tuple) -> str:
    return f"{row.recipient_name}, {row.supplier_name}, {row.item}"  # type: ignore[attr-defined]


def by_year(
    deals: pd.DataFrame, deliveries: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[Deal]]:
    """Lay out the volume of each deal and year.

    Args:
        deals: what `with_codes` returns, with `category`.
        deliveries: the export by delivery, with `supplier`; None if there is none.

    Returns:
        A row a deal and year: the columns of `KEY`; `tiv`, `multi_year`, `year_later`, and `early`
        and `late`, the volume if a deal that no source splits delivered all in its first or last
        year (million TIV); `unsplit`, `order_year_estimated` and `number_estimated`. And the deals
        that no source splits.
    """
    rows, unsplit = [], []
    for row in deals[deals["listed"].astype(bool)].itertuples():
        deal = Deal(row.recipient, row.supplier, row.item, row.order_year)
        known = {}
        if deliveries is not None and len(row.listed) > 1:
            known = sipri_splits.deliveries_of(deal, row.category, row.listed, deliveries)
        split = sipri_splits.split(deal, row.listed, row.delivered, known)
        if not split.known:
            unsplit.append(deal)
        for year, part in split.shares.items():
            rows.append(
                {
                    "recipient": row.recipient,
                    "supplier": row.supplier,
                    "delivery_year": year,
                    "category": row.category,
                    "tiv": row.tiv * part,
                    "multi_year": row.tiv * part if len(row.listed) > 1 else 0.0,
                    "year_later": row.tiv * split.later.get(year, 0.0),
                    "early": row.tiv * (part if split.known else year == min(row.listed)),
                    "late": row.tiv * (part if split.known else year == max(row.listed)),
                    "unsplit": not split.known,
                    "order_year_estimated": row.order_year_flag == "?",
                    "number_estimated": row.number_delivered_flag == "?",
                }
            )
    return pd.DataFrame(rows), unsplit


def _or_empty(value: float) -> str:
    return "" if pd.isna(value) else number(value)


def transfers_table(volumes: pd.DataFrame, key: str) -> pd.DataFrame:
    """Sum volumes to the rows of `arms_transfers`, as text.

    Args:
        volumes: what `by_year` returns.
        key: the edition's key in `references.bib`.
    """
    groups = volumes.groupby(KEY)
    sums = groups[["tiv", "multi_year", "year_later", "early", "late"]].sum()
    sums.loc[~groups["unsplit"].any(), ["early", "late"]] = float("nan")
    flags = groups[["order_year_estimated", "number_estimated"]].any()
    table = pd.DataFrame(
        {
            "tiv_millions": sums["tiv"].map(number),
            "multi_year_tiv_millions": sums["multi_year"].map(number),
            "year_later_tiv_millions": sums["year_later"].replace(0, float("nan")).map(_or_empty),
            "early_tiv_millions": sums["early"].map(_or_empty),
            "late_tiv_millions": sums["late"].map(_or_empty),
            "deals": groups.size().astype(str),
            **{name: flags[name].map(yes) for name in flags},
            "source": key,
        }
    )
    table = table.reset_index().sort_values(["recipient", "delivery_year", "supplier", "category"])
    return table.astype("str").reset_index(drop=True)
