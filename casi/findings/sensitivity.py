"""What rests on what: which findings fall when sources are switched off.

`python -m casi.findings.sensitivity NAME` takes a key of `references.bib`, a newsroom or body (the
column `independence_group` of the table `sources`), or a kind of source such as `press`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pandas as pd

from casi.findings import key_findings
from casi.record import without_sources
from casi.record.lookup import Record
from casi.tables import load, names, split_keys
from casi.text import percent


def resting(record: Record, level: str = "independence_group") -> pd.Series:
    """Count the rows that rest on one newsroom, or one kind of source, alone.

    Args:
        record: the tables of `data/` by name.
        level: `independence_group` or `kind`.

    Returns:
        Rows by name, the most first.
    """
    of = record["sources"].set_index("key")[level]
    cells = [table["source"] for name, table in record.items() if "source" in table]
    owners = [{of[key] for key in split_keys(cell)} for cell in pd.concat(cells)]
    alone = [next(iter(some)) for some in owners if len(some) == 1]
    return pd.Series(alone).value_counts()


def what_falls(record: Record, switched: Mapping[str, str]) -> pd.DataFrame:
    """Say which findings fall when sources are switched off.

    Args:
        record: the tables of `data/` by name.
        switched: what to switch off, a key, newsroom or kind, by the words for it.

    Returns:
        Columns `off` (the words), `share` (of all rows, that is lost), `falls` and `untold` (lists
        of the leads of findings that fall, and of those that can no longer be told).
    """
    whole = sum(map(len, record.values()))
    rows = []
    for words, name in switched.items():
        part = without_sources.without(record, without_sources.keys_of(record["sources"], name))
        lost = whole - sum(map(len, part.values()))
        by = key_findings.standing(part)
        lists = [
            [key_findings.FINDINGS[key].lead for key, how in by.items() if how == wanted]
            for wanted in (key_findings.FALLS, key_findings.UNTOLD)
        ]
        rows.append((words, lost / whole, *lists))
    return pd.DataFrame(rows, columns=["off", "share", "falls", "untold"])


def main(arguments: list[str]) -> int:
    """Print which findings fall without the sources named; return the exit code."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    record = {name: load(name) for name in names()}
    try:
        found = what_falls(record, {name: name for name in arguments})
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    for one in found.itertuples():
        fallen = [f"  falls: {lead}" for lead in one.falls]
        fallen += [f"  cannot be told: {lead}" for lead in one.untold]
        said = fallen or ["  all findings stand"]
        print("\n".join([f"Without {one.off} ({percent(one.share, 1)} of the rows):", *said]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
