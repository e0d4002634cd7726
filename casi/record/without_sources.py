"""Switch sources off: the record as it would stand without them."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import pandas as pd

from casi.record.lookup import Record
from casi.tables import split_keys

KEPT = {"states"}  # names and groups, on which no finding rests by itself
KINDS = {  # of sources, by the words for them
    "data sets": "dataset",
    "press": "press",
    "state media": "official_media",
    "primary sources": "primary",
    "scholarship": "scholarship",
}
LEVELS = ["key", "independence_group", "kind"]  # the finest first


def keys_of(sources: pd.DataFrame, name: str) -> set[str]:
    """Return the sources that a name stands for.

    Args:
        sources: the table `sources`.
        name: a key, an independence group or a kind.

    Raises:
        KeyError: naming what is written alike, if there is no such source.
    """
    for level in LEVELS:
        if (found := sources[level] == name).any():
            return set(sources.loc[found, "key"])
    known = pd.unique(sources[LEVELS].to_numpy().ravel())
    alike = get_close_matches(name, known) or sorted(set(sources["kind"]))
    raise KeyError(f"no source, newsroom or kind {name!r}; there is {', '.join(alike)}")


def without(record: Record, keys: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the record as it would stand without some sources.

    Args:
        record: the tables of `data/` by name.
        keys: keys of `references.bib`.

    Returns:
        The tables without the rows that rest on these sources alone, and without the rows of
        `sources` that describe them. A row that names no source stays, and so does the table
        `states`. An exercise that lost a participant has no complete list any more.
    """
    off = set(keys)
    found = {
        name: table if name in KEPT else _without(table, off) for name, table in record.items()
    }
    found["sources"] = record["sources"][~record["sources"]["key"].isin(off)]
    events = record["participation"]["event"]
    thinner = set(events[~events.index.isin(found["participation"].index)])
    drills = found["exercises"]
    complete = drills["participants_complete"] & ~drills["exercise"].isin(thinner)
    found["exercises"] = drills.assign(participants_complete=complete)
    return found


def _without(table: pd.DataFrame, off: set[str]) -> pd.DataFrame:
    if "source" not in table:
        return table
    named = [set(split_keys(cell)) for cell in table["source"]]
    return table[[not keys or bool(keys - off) for keys in named]]
