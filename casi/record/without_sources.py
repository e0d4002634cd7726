"""Leave sources out: the record as it would be without them."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import pandas as pd

from casi.record.lookup import Record
from casi.tables import split_keys

KEPT = {"states"}  # names and groups; no finding depends on them alone
SOURCE_KINDS = {  # values of `sources.kind`, by the words for them
    "data sets": "dataset",
    "press": "press",
    "state media": "official_media",
    "primary sources": "primary",
    "scholarship": "scholarship",
}
FIELDS = ["key", "independence_group", "kind"]  # from one source to many


def keys_of(sources: pd.DataFrame, name: str) -> set[str]:
    """Return the keys of the sources that have a key, independence group or kind.

    Args:
        sources: the table `sources`.
        name: a key, an independence group or a kind.

    Raises:
        KeyError: if there is none; the message lists similar names.
    """
    for field in FIELDS:
        if (named := sources[field] == name).any():
            return set(sources.loc[named, "key"])
    known = pd.unique(sources[FIELDS].to_numpy().ravel())
    similar = get_close_matches(name, known) or sorted(set(sources["kind"]))
    raise KeyError(f"no source, newsroom or kind {name!r}; there is {', '.join(similar)}")


def without(record: Record, keys: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the record as it would be without some sources.

    Args:
        record: the tables of `data/` by name.
        keys: keys of `references.bib`.

    Returns:
        The tables without the rows that cite only these sources, and without their rows in
        `sources`. Rows that cite no source stay, and so does the table `states`. An exercise that
        lost a participant no longer has a complete list.
    """
    left_out = set(keys)
    reduced = {
        name: table if name in KEPT else _reduced(table, left_out) for name, table in record.items()
    }
    sources, exercises = record["sources"], reduced["exercises"]
    reduced["sources"] = sources[~sources["key"].isin(left_out)]
    events = record["participation"]["event"]
    lost = events[~events.index.isin(reduced["participation"].index)]
    complete = exercises["participants_complete"] & ~exercises["exercise"].isin(set(lost))
    reduced["exercises"] = exercises.assign(participants_complete=complete)
    return reduced


def _reduced(table: pd.DataFrame, left_out: set[str]) -> pd.DataFrame:
    """Return the rows that cite another source or none."""
    if "source" not in table:
        return table
    cited = [set(split_keys(cell)) for cell in table["source"]]
    return table[[not keys or bool(keys - left_out) for keys in cited]]
