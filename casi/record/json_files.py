"""Each event, state and pair of states as data for other programs, one JSON file each.

`_config.yml` names these functions; `casi.book.editions.json_files` writes what they return.
The files are described by `json_files.schema.json`.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from casi.counting import counted
from casi.record.bibliography import entries_of
from casi.record.schema_org import as_event
from casi.states import FIVE
from casi.tables import BIBLIOGRAPHY, load, split_keys

Files = dict[str, dict[str, Any]]  # content by path below the folder of the files

SCHEMA = Path(__file__).with_suffix(".schema.json")
EVENTS = {"exercises": "exercise", "meetings": "meeting", "body_meetings": "meeting"}
FORMAT = {"exercises": "frame", "meetings": "series", "body_meetings": "body"}
SIX = [*FIVE, "AZE"]
FACTS = ["name", "date_start", "date_end", "date_precision", "place", "host", "status"]
SPELL = ["organisation", "state", "status", "start", "start_precision", "end", "end_precision"]
STEP = ["treaty", "state", "action", "date", "date_precision"]


def files() -> Files:
    """Return the content of every file by its path: events, states, pairs, and the list of all."""
    found = {**events(), **states(), **pairs()}
    listed = [{"path": path, "name": each["name"]} for path, each in found.items()]
    return found | {"index.json": {"schema": "schema.json", "files": listed}}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that describes the files."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def events() -> Files:
    """Return exercises and meetings with who took part, who came, and the sources.

    `took_part` and `came` follow `data/counting_rules.csv`. A state that is not among the
    participants is unknown, unless `participants_complete` is true.
    """
    seats = _seats().groupby("event")
    sources = _sources()
    found = {}
    for table, key in EVENTS.items():
        for row in load(table).to_dict("records"):
            name = row[key]
            found[f"events/{table}/{name}.json"] = {
                "id": f"{table}/{name}",
                "type": "event",
                **{column: plain(row[column]) for column in FACTS},
                "format": plain(row[FORMAT[table]]),
                "confidence": plain(row["confidence"]),
                "participants_complete": plain(row.get("participants_complete")),
                "participants": _records(seats.get_group(name)) if name in seats.groups else [],
                "sources": [sources[each] for each in split_keys(row["source"]) if each in sources],
                "note": plain(row["note"]),
                "schema_org": as_event(f"{table}/{name}", row),
            }
    return found


def _seats() -> pd.DataFrame:
    """Return participation with names, and which rows count as taking part and as coming."""
    seats = load("participation")
    names = load("states").set_index("iso3")["name"]
    exercise = seats["event"].isin(load("exercises")["exercise"])
    part = counted(seats, "took_part").where(~exercise, counted(seats, "trained"))
    seats = seats.assign(
        name=seats["state"].map(names), took_part=part, came=counted(seats, "came")
    )
    return seats[["event", "state", "name", "level", "role", "took_part", "came"]]


def states() -> Files:
    """Return each state: the events it took part in, its memberships and its steps on treaties."""
    return {
        f"states/{row.iso3}.json": {
            "id": f"states/{row.iso3}",
            "type": "state",
            "name": row.name,
            **_shared([row.iso3]),
        }
        for row in load("states")[["iso3", "name"]].itertuples(index=False)
    }


def pairs() -> Files:
    """Return each pair of the six states: what both took part in, belonged to and acted on."""
    names = load("states").set_index("iso3")["name"]
    return {
        f"pairs/{first}-{second}.json": {
            "id": f"pairs/{first}-{second}",
            "type": "pair",
            "name": f"{names[first]} and {names[second]}",
            "states": [first, second],
            **_shared([first, second]),
        }
        for first, second in combinations(sorted(SIX), 2)
    }


def _shared(members: list[str]) -> dict[str, Any]:
    """Return what each of some states has: events taken part in, memberships, treaty steps."""
    seats = _seats_taken()
    spells, steps = load("memberships")[SPELL], load("treaty_actions")[STEP]
    return {
        "events": sorted(_of_all(seats, "id", members)),
        "memberships": _records(_rows_of_all(spells, "organisation", members)),
        "treaty_actions": _records(_rows_of_all(steps, "treaty", members)),
    }


@cache
def _seats_taken() -> pd.DataFrame:
    """Return the state and the name of each event that was held and in which it took part."""
    seats = _seats()
    held = pd.concat(
        load(table)
        .query("status == 'held'")[[key]]
        .set_axis(["event"], axis=1)
        .assign(id=lambda rows, table=table: f"{table}/" + rows["event"])
        for table, key in EVENTS.items()
    )
    return seats[seats["took_part"]].merge(held, on="event")[["state", "id"]]


def _of_all(rows: pd.DataFrame, column: str, members: list[str]) -> set[str]:
    return set.intersection(*(set(rows.loc[rows["state"] == state, column]) for state in members))


def _rows_of_all(rows: pd.DataFrame, column: str, members: list[str]) -> pd.DataFrame:
    """Return the rows of some states on what each of them has a row."""
    shared = _of_all(rows, column, members)
    return rows[rows["state"].isin(members) & rows[column].isin(shared)]


def _sources() -> dict[str, dict[str, Any]]:
    """Return key, publisher, title and address of each source, by key."""
    entries = entries_of(BIBLIOGRAPHY.read_text(encoding="utf-8"))
    found = {}
    for key, entry in entries.items():
        doi = f"https://doi.org/{entry['doi']}" if "doi" in entry else None
        parts = {"author": entry.get("author"), "title": entry.get("title")}
        found[key] = {"key": key, **parts, "url": entry.get("url", doi)}
    return found


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    rows = rows.drop(columns="event", errors="ignore")
    return [{name: plain(value) for name, value in row.items()} for row in rows.to_dict("records")]


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dates as ISO 8601, what is unknown as null."""
    if pd.isna(value):
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value
