"""Numbers that disagree with their own note, with another statement, or with their series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule

NEAR = 0.12  # share by which a number is so close to one of the note that both must be the same
NUMBER = re.compile(r"(?<![\d.,/-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d/])")
MOST_ADDENDS = 3
RANGE = ["low", "best", "high"]
NOTED = {  # tables, and the numbers in them that their notes explain
    "reported_figures": RANGE,
    "incidents": [f"{harm}_{which}" for harm in ("killed", "wounded") for which in RANGE],
    "arms_reports": ["number"],
    "arms_deals": ["number_ordered", "number_delivered"],
}
FAR = 20  # times by which no exercise differs from the others of its series
ROUNDED = 0.02  # by which sums of rounded volumes may differ
YEARLY = 4  # meetings with a number, at least, that show whether a council meets every year
MOST = 0.75  # share of a council's numbers that makes them yearly


def numbers_in(note: object) -> set[float]:
    """Return the numbers of a note, years and days of a month left out."""
    if not isinstance(note, str):
        return set()
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    text = re.sub(rf"\b\d{{1,2}} (?:{months})\b|\b(?:19|20)\d\d\b", " ", note)
    return {float(whole.replace(",", "") + (part or "")) for whole, part in NUMBER.findall(text)}


def _differs_from_note(value: float, found: set[float]) -> bool:
    """Return whether a note has a number near this one, and neither it nor a sum that is it."""
    close = any(value and 0 < abs(number / value - 1) <= NEAR for number in found)
    sums = (
        sum(part) for count in range(1, MOST_ADDENDS + 1) for part in combinations(found, count)
    )
    return close and value not in sums


@rule
def figure_is_that_of_its_note(tables: Tables) -> Iterator[Fault]:
    """A figure is not a little off the number that its own note gives."""
    for table, columns in NOTED.items():
        if table not in tables:
            continue
        rows = tables[table]
        found = rows["note"].map(numbers_in)
        for column in columns:
            pairs = zip(rows[column].astype("float64"), found, strict=True)
            off = [pd.notna(value) and _differs_from_note(value, note) for value, note in pairs]
            text = "the note has a number near it, and not this one: {note}"
            yield from report(table, rows[off], column, text)


@rule
def figure_is_near_its_series(tables: Tables) -> Iterator[Fault]:
    """The troops of one exercise are not many times those of the others of its series."""
    rows = tables["reported_figures"]
    series = tables["exercises"].set_index("exercise")["series"]
    rows = rows[rows["measure"].isin(["personnel", "personnel_transported"])]
    size = rows[["low", "best", "high"]].astype("float64").mean(axis=1)
    own = size.groupby(rows["subject"].map(series))
    usual, others = own.transform("median"), own.transform("count")
    rows = rows.assign(usual=usual.round(), size=size)
    far = (others > 3) & ((size > FAR * usual) | (size < usual / FAR))
    text = f"more than {FAR} times, or less than a {FAR}th of, {{usual}}, the median of its series"
    for column in ("low", "best", "high"):
        yield from report("reported_figures", rows[far & rows[column].notna()], column, text)


@rule
def deal_is_delivered_or_explained(tables: Tables) -> Iterator[Fault]:
    """As much was delivered as was ordered, or the note of the deal says why not."""
    rows = tables["arms_deals"]
    differ = (rows["number_ordered"] != rows["number_delivered"]) & rows["note"].isna()
    text = "{number_delivered} were delivered: correct one of the two, or say why in the note"
    yield from report("arms_deals", rows[differ.fillna(False)], "number_ordered", text)


@rule
def length_is_one_stated(tables: Tables) -> Iterator[Fault]:
    """The length of a border is one that a statement on it gives."""
    rows, stated = tables["border_segments"], tables["border_progress"]
    lengths = pd.concat([stated.set_index("border")[name] for name in ("km", "whole_km")])
    known = set(zip(lengths.index, lengths, strict=True))
    pairs = zip(rows["border"], rows["border_km"], strict=True)
    new = [pd.notna(length) and (border, length) not in known for border, length in pairs]
    text = "no row of border_progress.csv states it: add the statement or correct the length"
    yield from report("border_segments", rows[new], "border_km", text)


@rule
def bounds_hold_the_volume(tables: Tables) -> Iterator[Fault]:
    """What no edition splits by year is the same volume, delivered early, late or in parts."""
    rows = tables["arms_transfers"]
    rows = rows[rows["early_tiv_millions"].notna() | rows["late_tiv_millions"].notna()]
    own = rows.groupby(["recipient", "supplier", "category"])
    whole = own["tiv_millions"].transform("sum")
    for column in ("early_tiv_millions", "late_tiv_millions"):
        apart = (own[column].transform("sum") - whole).abs() > ROUNDED
        text = "the rows of this line of supply do not add up to the same volume in each dating"
        yield from report("arms_transfers", rows[apart], column, text)


@rule
def yearly_number_counts_years(tables: Tables) -> Iterator[Fault]:
    """A council numbered with the years, one meeting in each, keeps to it."""
    rows = tables["body_meetings"].dropna(subset="number")
    first = rows["date_start"].dt.year - rows["number"]
    own = first.groupby([rows["body"], rows["council"]])
    usual = own.transform(lambda years: years.mode()[0])
    share = (first == usual).groupby([rows["body"], rows["council"]]).transform("mean")
    rows = rows.assign(expected=rows["date_start"].dt.year - usual)
    odd = (own.transform("size") >= YEARLY) & (share >= MOST) & (first != usual)
    text = "by the other years it is number {expected}: correct number or date"
    yield from report("body_meetings", rows[odd], "number", text)


@rule
def other_figure_is_preferred_or_explained(tables: Tables) -> Iterator[Fault]:
    """Of the figures of one thing one is preferred, or each says in its note why it is not."""
    for table, what in (
        ("reported_figures", ["subject", "measure"]),
        ("clash_figures", ["clash", "side", "measure", "who"]),
    ):
        rows = tables.get(table)
        if rows is not None:
            chosen = rows.groupby(what, dropna=False)["preferred"].transform("any")
            text = "no figure of this is preferred: prefer one, or say in the note why not"
            yield from report(table, rows[~chosen & rows["note"].isna()], "preferred", text)
