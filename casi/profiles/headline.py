"""Numbers and sentences that the text of a state's profile quotes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.measures import delivery_dates, networks, shared_events
from casi.profiles.rows import Rows, unknown
from casi.profiles.state import (
    OWN_RECORD,
    RECENT,
    STATUSES,
    largest_suppliers,
    treaty_statuses,
)
from casi.record.lookup import Record, closing, row_of
from casi.record.on_day import active_memberships
from casi.states import FIVE
from casi.text import count, date, listing, number, of_them, percent


def headline(record: Record, state: str, rows: Rows, joint: pd.DataFrame) -> dict[str, Any]:
    """Return what the text of a profile quotes, by name.

    Args:
        record: the tables.
        state: a code.
        rows: what `rows_about` returns.
        joint: what `joint_exercises` returns.

    Returns:
        `name`; `bodies` (abbreviations of those of which it is a full member on the closing date);
        of exercises since `OWN_RECORD`, `exercises` (number), `known` (those with a company) and
        `neither` (of these, without Russia and China), and the same since `RECENT` with the ending
        `_recent`; `company` (a sentence on these); `treaties` (signed, joined or declined),
        `in_force` (for the state) and `pending` (numbers); `scope`, `arms`, `published` and
        `network` (sentences); `empty` (cells of `unknown`); `closed` (date).
    """
    day = closing(record)
    bodies = record["organisations"].set_index("organisation")
    spells = active_memberships(record, bodies.index, day)
    current = spells.loc[spells["state"] == state, "organisation"].unique()
    titles = bodies["abbreviation"].fillna(bodies["name"])
    status = treaty_statuses(rows)["Status"]
    facts: dict[str, Any] = {
        "name": row_of(record, "states", state)["name"],
        "bodies": sorted(titles[current]),
        "treaties": len(status),
        "in_force": int((status == STATUSES[0]).sum()),
        "pending": int((status == STATUSES[2]).sum()),
        "scope": scope_in_words(record, state),
        "arms": arms_in_words(record, state),
        "published": spending_in_words(rows),
        "network": network_in_words(record, state),
        "empty": int(unknown(rows)["Empty"].sum()),
        "closed": date(day),
    }
    for year, ending in ((OWN_RECORD, ""), (RECENT, "_recent")):
        held, known, neither = company(joint[joint["year"] >= year])
        facts |= {f"exercises{ending}": held, f"known{ending}": known}
        facts[f"neither{ending}"] = neither
    return facts | {"company": company_in_words(held, known, neither)}


def scope_in_words(record: Record, state: str) -> str:
    """Return a sentence on what the record sets out to hold on a state."""
    if state in FIVE:
        return "This page lays out what the record holds on one of the five states of Central Asia."
    name = row_of(record, "states", state)["name"]
    return (
        "The record follows the five states of Central Asia; on "
        f"{name} it holds memberships, treaties, exercises, and what {name} did together with them."
    )


def arms_in_words(record: Record, state: str) -> str:
    """Return a sentence on the largest suppliers in the last window of the register."""
    transfers = record["arms_transfers"]
    last_year = transfers["delivery_year"].max()
    window = delivery_dates.window(last_year, last_year)
    name = row_of(record, "states", state)["name"]
    if transfers[transfers["recipient"] == state].empty:
        return f"The tables hold no arms deliveries to {name}."
    top = largest_suppliers(record, state).query("Years == @window")
    if top.empty:
        return f"For {window} the register has no deliveries of major arms to {name}."
    shares = [f"{row.Supplier} ({row.Share})" for row in top.itertuples()]
    deliveries = count(int(top["Deliveries"].sum()), "delivery", "deliveries")
    were = "supplier in the register was" if len(shares) == 1 else "suppliers in the register were"
    return f"In {window}, the largest {were} {listing(shares)}, with {deliveries}."


def company(joint: pd.DataFrame) -> tuple[int, int, int]:
    """Count exercises, those of which all participants are known, and of these those alone.

    Args:
        joint: rows of what `joint_exercises` returns.

    Returns:
        Numbers of exercises: all, with all participants known, and without Russia and China.
    """
    known = joint["company"].dropna()
    neither = ~known.isin(["Russia", "Russia and China", "China"])
    return len(joint), len(known), int(neither.sum())


def company_in_words(held: int, known: int, neither: int) -> str:
    """Return a sentence on what `company` returns; an empty one without an exercise."""
    if not held:
        return ""
    if not known:
        return f"Not all participants are known for {'any of them' if held > 1 else 'it'}."
    company = "it had neither Russia nor China"
    if not neither:
        company = f"Russia or China took part in {'it' if known == 1 else 'each of these'}"
    elif known > 1:
        company = f"{of_them(neither, known, 'these')} had neither Russia nor China"
    return f"All participants are known for {of_them(known, held)}; {company}."


def spending_in_words(rows: Rows) -> str:
    """Return a sentence on the last year with a figure of military spending in dollars."""
    if rows["military_spending"].empty:
        return "The tables hold no military spending of this state."
    known = rows["military_spending"].dropna(subset="spending_usd_2023_millions")
    if known.empty:
        return "No figure in dollars is published for any year."
    last = known.sort_values("year").iloc[-1]
    dollars = number(last["spending_usd_2023_millions"])
    return f"The last figure in dollars is {dollars} million at prices of 2023, for {last['year']}."


def network_in_words(record: Record, state: str) -> str:
    """Return a sentence on the share of a state's ties that join it to others of the five."""
    if state not in FIVE:
        return "The network covers the ties of the five states of Central Asia alone."
    events = shared_events.act_events(record)
    years = networks.WINDOWS[networks.LAST]
    chosen = events[events["complete"] & events["year"].isin(years)]
    strength = networks.strengths(networks.graph(networks.edges(chosen), years))
    share = strength["five"] / strength.sum(axis=1)
    if pd.isna(share[state]):
        return f"In {networks.LAST} the record has no ties of this state."
    return (
        f"In {networks.LAST}, {percent(share[state])} of the weight of its ties by meetings, "
        f"exercises and treaties is with the other four states; the mean of the five is "
        f"{percent(share.mean())}."
    )
