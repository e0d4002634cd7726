"""An event of the record as schema.org describes one, with what its row knows and no more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from casi.tables import load

CONTEXT = "https://schema.org"
KNOWN = {"day": 10, "month": 7, "year": 4}  # characters of an ISO date, by its precision


def as_event(identifier: str, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a held event as JSON-LD; None for a plan or a cancelled event.

    Dates are as precise as the row. The organizer is the body that met or under whose auspices an
    exercise was held, if it had been founded; a host state is none.

    Args:
        identifier: table and key, such as `exercises/birlestik-2024`.
        row: of `exercises`, `meetings` or `body_meetings`.
    """
    if row["status"] != "held":
        return None
    length = KNOWN[row["date_precision"]]
    days = {"startDate": row["date_start"], "endDate": row["date_end"]}
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "identifier": identifier,
        "name": row["name"],
        **{name: f"{day:%Y-%m-%d}"[:length] for name, day in days.items() if pd.notna(day)},
        **_location(row),
        **_organizer(row),
    }


def _location(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return where it was, with the state if the place is one of the table `places`."""
    if pd.isna(row["place"]):
        return {}
    place: dict[str, Any] = {"@type": "Place", "name": row["place"]}
    if pd.notna(key := row.get("location")):
        state = _by_key("places").at[key, "state"]
        place["address"] = {"@type": "PostalAddress", "addressCountry": state}
    return {"location": place}


def _organizer(row: Mapping[str, Any]) -> dict[str, Any]:
    bodies = _by_key("organisations")
    key = row.get("body", row.get("frame"))
    if key not in bodies.index or bodies.at[key, "founded"] > row["date_start"]:
        return {}
    return {"organizer": {"@type": "Organization", "name": bodies.at[key, "name"]}}


@cache
def _by_key(name: str) -> pd.DataFrame:
    """Return a table by its key, the first column."""
    rows = load(name)
    return rows.set_index(rows.columns[0])
