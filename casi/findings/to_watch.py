"""What to watch, for readers: plans, ratifications, signs of the pathways, next editions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.language import translated
from casi.pathways import horizon
from casi.record import expected
from casi.record.lookup import Record, closing, state_names
from casi.text import MISSING, Markdown, cite, date, listing, rows_link

ROLES = {"condition": "One more condition is met", "falsifier": "The pathway is ruled out"}
WITH_RUSSIA = ["csto", "cis", "sco"]  # bodies of which Russia is a member, and frames of exercises
OWN_FORMATS = ["consultative_heads", "security_council_secretaries"]
RECENT = pd.DateOffset(years=5)  # plans that are listed one by one; older ones are counted
DAY, LOW = "day", "low"


def coming_table(record: Record) -> pd.DataFrame:
    """Return the plans to come, for a table: `When`, `What` (Markdown), `Where`, `Confidence`."""
    return _plans(expected.coming(record))


def unresolved_table(record: Record) -> pd.DataFrame:
    """Return the plans of the last five years whose outcome is unknown, as `coming_table` does."""
    found = expected.unresolved(record)
    return _plans(found[found["end"] > closing(record) - RECENT])


def _plans(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "When": [when(row) for row in found.itertuples(index=False)],
            "What": [rows_link(row.name, [row.row]) for row in found.itertuples(index=False)],
            "Where": found["place"],
            "Confidence": found["grade"],
        }
    )


def when(plan: Any) -> str:
    """Write when a plan is to be held, no more exactly than known.

    Args:
        plan: a row of `expected.plans`.
    """
    ends = dict.fromkeys(date(day, plan.precision) for day in (plan.start, plan.end))
    return translated(" to ").join(day.replace(" ", "\u00a0") for day in ends)


def awaited_table(record: Record) -> pd.DataFrame:
    """Return the treaties not known to be in force, for a table.

    Returns:
        Columns `Signed`, `Treaty` (Markdown) and `States without a ratification on record`.
    """
    found = expected.pending_treaties(record, closing(record))
    rows = [*found.itertuples(index=False)]
    return pd.DataFrame(
        {
            "Signed": [date(row.opened, row.precision).replace(" ", "\u00a0") for row in rows],
            "Treaty": [rows_link(row.name, [row.row]) for row in rows],
            "States without a ratification on record": [
                listing(state_names(record, row.waits_for), "none; entry into force not found")
                for row in rows
            ],
        }
    )


def signs_table(signs: pd.DataFrame) -> pd.DataFrame:
    """Return the signs of the pathways, for a table.

    Args:
        signs: what `horizon.signs` returns.

    Returns:
        Columns `Pathway`, `Sign`, `What it would show`, `Now` (Markdown that leads to the rows) and
        `Earliest day` (a dash where no passing of time brings it about).
    """
    return pd.DataFrame(
        {
            "Pathway": signs["pathway"],
            "Sign": signs["rule"],
            "What it would show": signs["role"].map(ROLES),
            "Now": [rows_link(_now(row), row.rows) for row in signs.itertuples(index=False)],
            "Earliest day": [date(day).replace(" ", "\u00a0") for day in signs["earliest"]],
        }
    )


def _now(sign: Any) -> str:
    return sign.state if sign.written == MISSING else f"{sign.state} ({sign.written})"


def releases_table(record: Record) -> pd.DataFrame:
    """Return the next editions of data sets, for a table.

    Returns:
        Columns `Data set`, `Editions on record`, `Next expected` and `Source` (Markdown).
    """
    found = expected.next_releases(record, expected.titles())
    return pd.DataFrame(
        {
            "Data set": found["name"],
            "Editions on record": found["editions"].map(listing),
            "Next expected": [
                date(row.expected, row.precision) for row in found.itertuples(index=False)
            ],
            "Source": [Markdown(cite(keys)) for keys in found["keys"]],
        }
    )


def headline(record: Record, signs: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers that the text quotes, by name.

    Args:
        record: the tables of `data/` by name.
        signs: what `horizon.signs` returns.
    """
    plans, passed = expected.coming(record), expected.unresolved(record)
    treaties = expected.pending_treaties(record, closing(record))
    closed = expected.closing_dates(record)
    planned = {name: record[name].query("status == 'planned'") for name in expected.EVENTS}
    frames = pd.concat([planned["exercises"]["frame"], planned["body_meetings"]["body"]])
    keys = pd.concat([planned["exercises"]["exercise"], planned["body_meetings"]["meeting"]])
    with_russia = keys[frames.isin(WITH_RUSSIA).to_numpy()]
    own = planned["meetings"].query("series in @OWN_FORMATS")["meeting"]
    key_of = plans["row"].str.partition("/")[2]
    conditions = signs[signs["role"] == "condition"]
    first = signs.dropna(subset="earliest").sort_values("earliest").iloc[0]
    return {
        "plans": len(plans),
        "exercises": int((plans["table"] == "exercises").sum()),
        "meetings": int((plans["table"] != "exercises").sum()),
        "with_day": int((plans["precision"] == DAY).sum()),
        "with_russia": int(key_of.isin(with_russia).sum()),
        "own": int(key_of.isin(own).sum()),
        "low": int((plans["grade"] == LOW).sum()),
        "exercises_closed": closed["exercises"],
        "meetings_closed": closed["meetings"],
        "bodies_closed": closed["body_meetings"],
        "passed": len(passed),
        "passed_recent": int((passed["end"] > closing(record) - RECENT).sum()),
        "passed_exercises": int((passed["table"] == "exercises").sum()),
        "passed_oldest": passed["end"].min(),
        "treaties": len(treaties),
        "all_ratified": int((treaties["waits_for"].map(len) == 0).sum()),
        "conditions": len(conditions),
        "conditions_unknown": int((conditions["state"] == "unknown").sum()),
        "first_pathway": first["pathway"],
        "first_day": first["earliest"],
        "last_day": signs["earliest"].max(),
    }


def signs_now(record: Record) -> pd.DataFrame:
    """Return the signs of the pathways by the record as it closes, as `horizon.signs` does."""
    return horizon.signs(record, closing(record))
