"""Split deals of the arms register by year of delivery.

The export by deal lists the years of a deal and its total, but not the volume of each year. The
export by delivery has the volume of each year, often of an older edition only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd

from casi.importers.base import ImportFault
from casi.importers.sipri_categories import category

Numbers = dict[int, float]


class Deal(NamedTuple):
    """What names a deal to both exports."""

    recipient: str
    supplier: str
    item: str
    order_year: str


HAND = {  # items by year, where the export by delivery at hand has other years or numbers
    Deal("KAZ", "RUS", "Su-30MK", "2021"): {2023: 2, 2024: 6},
    Deal("KGZ", "TUR", "Bayraktar TB-2", "2021"): {2021: 2, 2022: 2},
}  # both as the edition of 2026 has them by delivery, of which we read only these rows


@dataclass(frozen=True)
class Split:
    """How a deal splits by year.

    Attributes:
        shares: the part of each year, adding up to 1.
        later: the part of a year that the export by delivery has in the year after.
        known: False if no source says so: the parts are then equal, and nothing else is meant.
    """

    shares: Numbers
    later: Numbers = field(default_factory=dict)
    known: bool = True


def split(deal: Deal, years: Sequence[int], delivered: float, deliveries: Numbers) -> Split:
    """Split a deal by year.

    Args:
        deal: what names the deal.
        years: the years in which it delivered, as the export by deal lists them.
        delivered: the items it delivered.
        deliveries: the items of each year, as the export by delivery has them; may be empty.

    Raises:
        ImportFault: if an entry of `HAND` no longer fits the deal.
    """
    if len(years) == 1:
        return Split({years[0]: 1.0})
    exact = set(deliveries) == set(years) and sum(deliveries.values()) == delivered
    if not exact and deal in HAND:
        return _by_hand(deal, years, delivered)
    numbers, later = _moved_to(years, deliveries)
    empty = [year for year in years if not numbers[year]]
    rest = delivered - sum(numbers.values())
    if empty and rest > 0 and deliveries:
        numbers |= {year: rest / len(empty) for year in empty}
    elif empty:
        return Split({year: 1 / len(years) for year in years}, known=False)
    whole = sum(numbers.values())
    shares, moved = ({year: n / whole for year, n in of.items()} for of in (numbers, later))
    return Split(shares, moved)


def _by_hand(deal: Deal, years: Sequence[int], delivered: float) -> Split:
    numbers = HAND[deal]
    if set(numbers) != set(years) or sum(numbers.values()) != delivered:
        raise ImportFault(
            [
                f"{' '.join(deal)}: {delivered:g} items in {', '.join(map(str, years))} no longer "
                "fit HAND in casi/importers/sipri_splits.py; correct or remove the entry"
            ]
        )
    return Split({year: n / delivered for year, n in numbers.items()})


def _moved_to(years: Sequence[int], deliveries: Numbers) -> tuple[Numbers, Numbers]:
    """Move deliveries of years not listed to the nearest year listed.

    Returns:
        The items of each year listed, and those of them that came from the year after.
    """
    numbers, later = dict.fromkeys(years, 0.0), Counter[int]()
    for year, items in deliveries.items():
        nearest = min(years, key=lambda listed: (abs(listed - year), listed))
        numbers[nearest] += items
        if year == nearest + 1:
            later[nearest] += items  # type: ignore[assignment]
    return numbers, dict(later)


def deliveries_of(deal: Deal, kind: str, years: Sequence[int], rows: pd.DataFrame) -> Numbers:
    """Return the items of each year that the export by delivery has for a deal.

    Names of weapons differ between editions, so the deal is the one of the same states, year of
    order and category that shares most years, then the most similar name.

    Args:
        deal: what names the deal.
        kind: its category.
        years: the years in which it delivered.
        rows: the deliveries, with `supplier` (code).
    """
    same = rows[
        (rows["recipient"] == deal.recipient)
        & (rows["supplier"] == deal.supplier)
        & (rows["order_year"] == deal.order_year)
        & (rows["category"] == kind)
        & rows["year"].astype(int).between(min(years) - 1, max(years) + 1)
    ]
    found = {key: part for key, part in same.groupby("id")}

    def likeness(part: pd.DataFrame) -> tuple[int, float]:
        shared = len(set(part["year"].astype(int)) & set(years))
        name = part["item"].iloc[0]
        return shared, SequenceMatcher(None, deal.item.lower(), name.lower()).ratio()

    if not found:
        return {}
    best = max(found.values(), key=likeness)
    items = best["number_delivered"].astype(float).groupby(best["year"].astype(int)).sum()
    return {int(year): float(number) for year, number in items.items()}


def kinds(descriptions: Sequence[str], deliveries: pd.DataFrame | None) -> Mapping[str, str]:
    """Return the category of each description of a weapon.

    Raises:
        ImportFault: naming the descriptions that have none.
    """
    given = {} if deliveries is None else dict(deliveries[["description", "category"]].to_numpy())
    found = {text: category(text) or given.get(text) for text in dict.fromkeys(descriptions)}
    if unknown := [text for text, kind in found.items() if kind is None]:
        raise ImportFault(
            [
                f"no category for {', '.join(map(repr, unknown))}; "
                "add it to casi/importers/sipri_categories.py"
            ]
        )
    return {text: kind for text, kind in found.items() if kind}
