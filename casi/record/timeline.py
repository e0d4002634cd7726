"""Put every dated fact of the record in one table that readers can search."""

from __future__ import annotations

import pandas as pd

from casi.record.facts import arms, borders, gatherings, law, shared
from casi.record.facts.base import FACT_COLUMNS
from casi.states import INDEPENDENCE

PLANS = ("planned", "cancelled")  # values of `Status` of what has not happened
EVENTS = [  # the kinds of facts that happen on a day
    *("Arms report", "Border statement", "Clash", "Exercise", "Incident", "Meeting", "Membership"),
    *("Milestone", "Treaty step"),
]


def events() -> pd.DataFrame:
    """Return the facts of all tables, those that happened first, the newest first in each part.

    Returns:
        One row a fact, all columns text: `Date` (ISO 8601, no more exact than known; empty if
        unknown), `Until` (of what lasts), `Kind`, `Status` (`held`, `planned`, `cancelled` or
        empty), `What`, `Where`, `Who` (states by name, those of an event by level), `Note`,
        `Grade` (of its sources), `Key` (table and key of the row), `Sources` (keys of
        `references.bib`, joined by semicolons), and what filters need, as `facts.base` describes.
    """
    parts = [
        *(gatherings.meetings(), gatherings.body_meetings(), gatherings.exercises()),
        *(law.treaties(), law.treaty_steps(), law.obligations()),
        *(law.organisations(), law.memberships()),
        *(borders.borders(), borders.statements(), borders.clashes()),
        *(borders.clash_figures(), borders.conflict_deaths()),
        *(shared.incidents(), shared.milestones()),
        *(arms.reports(), arms.deals(), arms.deliveries(), arms.spending()),
        *(arms.presence(), arms.figures()),
    ]
    table = pd.concat(parts, ignore_index=True)[FACT_COLUMNS]
    plan = table["Status"].isin(PLANS)
    table = table.assign(plan=plan).sort_values(
        ["plan", "Date", "Key"], ascending=[True, False, True], ignore_index=True
    )
    return table[FACT_COLUMNS]


def count_by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the number of dated events by year and kind.

    Args:
        table: what `events` returns.

    Returns:
        Index `Year`, every year from 1991 to the last; one column for each kind of `EVENTS`.
    """
    dated = table[(table["Date"] >= str(INDEPENDENCE.year)) & table["Kind"].isin(EVENTS)]
    counts = pd.crosstab(dated["Date"].str[:4].astype(int).rename("Year"), dated["Kind"])
    return counts.reindex(
        range(INDEPENDENCE.year, counts.index.max() + 1), fill_value=0
    ).rename_axis("Year")
