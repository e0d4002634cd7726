"""Numbers that cannot be: parts of persons, parts above their whole, gaps without a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.arms import WHOLE
from casi.contradictions.base import Fault, Tables, report, rule

COUNTED = ("persons", "items", "units")  # units of reported figures that have no fractions
TOLERANCE = 0.01  # by which two editions differ in the dollars of the base year
SPENT = ["spending_usd_2023_millions", "spending_usd_current_millions", "spending_gdp_percent"]
BASE_YEAR = 2023
CENTS = 0.005  # by which sums of rounded numbers may differ
UNCERTAIN = {  # marks of the transfers, and those of the deals from which they come
    "order_year_estimated": "order_year_estimated",
    "number_estimated": "number_delivered_estimated",
}


@rule
def counts_are_whole(tables: Tables) -> Iterator[Fault]:
    """Persons and items are counted in whole numbers."""
    for table in ("clash_figures", "reported_figures"):
        if table not in tables:
            continue
        rows = tables[table]
        counted = rows["unit"].isin(COUNTED) if "unit" in rows else pd.Series(True, rows.index)
        for column in ("low", "best", "high"):
            parts = counted & (rows[column].astype("float64") % 1 > 0)
            yield from report(table, rows[parts], column, "persons and items have no fractions")


@rule
def parts_of_volume_fit(tables: Tables) -> Iterator[Fault]:
    """The volume of deals over several years, and what of it moves, are parts of the volume."""
    rows = tables["arms_transfers"]
    pairs = [("multi_year_tiv_millions", "tiv_millions")]
    pairs += [("year_later_tiv_millions", "multi_year_tiv_millions")]
    for part, whole in pairs:
        text = f"is more than {whole}, {{{whole}}}, of which it is a part"
        yield from report("arms_transfers", rows[rows[part] > rows[whole]], part, text)


@rule
def troops_of_one_state_fit(tables: Tables) -> Iterator[Fault]:
    """One state does not send more persons than all states of the event together."""
    rows = tables["reported_figures"]
    numbers = rows[["low", "best", "high"]].astype("float64")
    whole = numbers.max(axis=1)[rows["measure"] == "personnel"].groupby(rows["subject"]).max()
    rows = rows.assign(least=numbers.min(axis=1), whole=rows["subject"].map(whole))
    part = rows["measure"].str.fullmatch("personnel_[A-Z]{3}")
    text = "is more than {whole}, the persons of all states at {subject}"
    yield from report(
        "reported_figures", rows[part & (rows["least"] > rows["whole"])], "best", text
    )


@rule
def dollars_agree_in_base_year(tables: Tables) -> Iterator[Fault]:
    """In the year whose prices constant dollars are in, constant and current dollars are equal."""
    rows = tables["military_spending"]
    constant, current = rows[SPENT[0]], rows[SPENT[1]]
    apart = (rows["year"] == BASE_YEAR) & ((constant / current - 1).abs() > TOLERANCE)
    text = f"is not {{{SPENT[1]}}}, the amount in current dollars of the same year"
    yield from report("military_spending", rows[apart], SPENT[0], text)


@rule
def gap_has_a_reason(tables: Tables) -> Iterator[Fault]:
    """A row without any amount says in its note why."""
    rows = tables["military_spending"]
    silent = rows[SPENT].isna().all(axis=1) & rows["note"].isna()
    yield from report("military_spending", rows[silent], "note", "no amount, and no reason for it")
    for table, key in (("clash_figures", "figure"), ("reported_figures", "figure")):
        if table in tables:
            rows = tables[table]
            empty = rows[rows[["low", "best", "high"]].isna().all(axis=1)]
            yield from report(table, empty, key, "has neither low nor best nor high")


@rule
def deaths_are_of_someone(tables: Tables) -> Iterator[Fault]:
    """UCDP has a row only for a year in which somebody died, by its high estimate."""
    rows = tables["conflict_deaths"]
    none = rows[rows["high"] == 0]
    yield from report("conflict_deaths", none, "high", "nobody died, so there is no row")


@rule
def uncertain_as_the_deals_are(tables: Tables) -> Iterator[Fault]:
    """Where all deals are known, a volume is as uncertain as the deals of its year."""
    deals, rows = tables["arms_deals"], tables["arms_transfers"]
    rows = rows[rows["recipient"].isin(WHOLE)]
    own = ["recipient", "supplier", "category"]
    known = deals[[*own, "delivered_from", "delivered_to", *UNCERTAIN.values()]]
    pairs = rows[[*own, "delivery_year"]].rename_axis("line").reset_index().merge(known, on=own)
    pairs = pairs[pairs["delivery_year"].between(pairs["delivered_from"], pairs["delivered_to"])]
    for column, of_deal in UNCERTAIN.items():
        marked = pairs.groupby("line")[of_deal].any().reindex(rows.index)
        differ = marked.notna() & (marked != rows[column])
        text = f"{of_deal} of its deals in arms_deals.csv says otherwise: correct one of the two"
        yield from report("arms_transfers", rows[differ], column, text)


@rule
def sums_are_those_of_the_import(tables: Tables) -> Iterator[Fault]:
    """What a publisher's file added up to for a state, the rows of the state add up to."""
    for (table, column), own in tables["sums"].groupby(["table", "column"]):
        rows = tables[table]
        state = "recipient" if "recipient" in rows else "state"
        sums = rows[column].astype("float64").groupby(rows[state]).sum()
        expected = own.set_index("state")["total"]
        apart = (sums.reindex(expected.index).fillna(0) - expected).abs() > CENTS
        for name, total in expected[apart].items():
            text = f"the rows of {name} add up to {sums.get(name, 0):.6g}, those of the "
            text += f"publisher's file to {total:.6g}: correct the row that was changed"
            yield from report(table, rows[rows[state] == name].iloc[:1], column, text)


@rule
def basis_is_that_of_the_state(tables: Tables) -> Iterator[Fault]:
    """SIPRI states for each state on what its figures rest, not for each year."""
    rows = tables["military_spending"]
    usual = rows.groupby("state")["basis"].transform(lambda found: found.mode()[0])
    text = "other years of {state} are {usual}: correct it"
    yield from report(
        "military_spending", rows.assign(usual=usual)[usual != rows["basis"]], "basis", text
    )
