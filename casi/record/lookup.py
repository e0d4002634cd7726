"""Look up single facts in the tables: rows by key, who took part and at what level, names."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

Record = Mapping[str, pd.DataFrame]  # tables of `data/` by name

LEVELS = {
    "head_of_state": "head of state",
    "former_head_of_state": "former head of state",
    "prime_minister": "prime minister",
    "deputy_prime_minister": "deputy prime minister",
    "speaker": "chair of parliament",
    "minister": "minister",
    "deputy_minister": "deputy minister",
    "security_council_secretary": "secretary",
    "deputy_secretary": "deputy secretary",
    "agency_head": "head of service",
    "deputy_agency_head": "deputy head of service",
    "ambassador": "ambassador",
    "attache": "attaché",
    "official": "official",
    "observer": "observer",
    "absent": "absent",
}
PRESENT = ["contingent"]


def rows_of(table: str, keys) -> list[str]:
    """Name rows of a table: `rows_of("meetings", ["a"])` gives `["meetings/a"]`."""
    return [f"{table}/{key}" for key in keys]


def closing(record: Record) -> pd.Timestamp:
    """Return the day a record closes: that of the newest page consulted."""
    return record["sources"]["published"].max()


def seats(record: Record, event: str) -> pd.Series:
    """Return the level at which each state was present at an event, by its code."""
    rows = record["participation"]
    return rows[rows["event"] == event].set_index("state")["level"]


def state_names(record: Record, codes) -> list[str]:
    """Return the names of states, in the order of their codes."""
    return record["states"].set_index("iso3")["name"].loc[list(codes)].tolist()


def member_since(record: Record, body: str, state: str) -> pd.Timestamp:
    """Return the day a state's first membership of a body began."""
    spells = record["memberships"]
    own = spells[(spells["organisation"] == body) & (spells["state"] == state)]
    return own.loc[own["status"] == "member", "start"].min()


def opened(record: Record, treaty: str) -> pd.Timestamp:
    """Return the day a treaty was signed first."""
    return record["treaties"].set_index("treaty").loc[treaty, "date_opened"]


def took_part(participation: pd.DataFrame) -> pd.Series:
    """Return the set of states whose forces took part in each event, observers left out."""
    rows = participation[participation["level"].isin(PRESENT) | participation["level"].isna()]
    return rows.groupby("event")["state"].agg(frozenset)


def membership_rows(seats: pd.DataFrame) -> list[str]:
    """Name rows of the table `memberships` as `memberships/body/state`."""
    return rows_of("memberships", seats["organisation"] + "/" + seats["state"])
