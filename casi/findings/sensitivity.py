"""How the key findings depend on their sources: which of them fall without some sources.

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


def rows_with_one_origin(record: Record, level: str = "independence_group") -> pd.Series:
    """Count the rows all of whose sources are of one newsroom, or of one kind.

    Args:
        record: the tables of `data/` by name.
        level: `independence_group` or `kind`.

    Returns:
        Number of rows by newsroom or kind, the largest first; rows without a source do not count.
    """
    origin_of = record["sources"].set_index("key")[level]
    cells = pd.concat([table["source"] for table in record.values() if "source" in table])
    origins = [{origin_of[key] for key in split_keys(cell)} for cell in cells]
    return pd.Series([next(iter(found)) for found in origins if len(found) == 1]).value_counts()


def findings_without(record: Record, removals: Mapping[str, str]) -> pd.DataFrame:
    """Decide all findings again without some sources.

    Args:
        record: the tables of `data/` by name.
        removals: key, newsroom or kind of the sources to remove, by the words for them.

    Returns:
        One row a removal: `removed` (the words), `share` (of all rows that are lost, 0 to 1),
        `falls` and `undecided` (lists of the names of findings that fall, and of those that can
        no longer be decided).

    Raises:
        KeyError: if there is no source of a name.
    """
    total = sum(map(len, record.values()))
    rows = []
    for words, name in removals.items():
        keys = without_sources.keys_of(record["sources"], name)
        remaining = without_sources.without(record, keys)
        lost = total - sum(map(len, remaining.values()))
        standing = key_findings.standing(remaining)
        lists = [
            [key_findings.FINDINGS[key].name for key, found in standing.items() if found == wanted]
            for wanted in (key_findings.FALLS, key_findings.UNDECIDED)
        ]
        rows.append((words, lost / total, *lists))
    return pd.DataFrame(rows, columns=["removed", "share", "falls", "undecided"])


def in_words(found: pd.DataFrame) -> pd.DataFrame:
    """Write what `findings_without` returns as text, for a table.

    Returns:
        Columns `Removed`, `Rows lost`, `No longer holds` and `Cannot be computed`.
    """
    return pd.DataFrame(
        {
            "Removed": found["removed"],
            "Rows lost": found["share"].map(percent),
            "No longer holds": found["falls"].map("; ".join).replace("", "none"),
            "Cannot be computed": found["undecided"].map("; ".join).replace("", "none"),
        }
    )


def main(arguments: list[str]) -> int:
    """Print which findings fall without the sources named; return the exit code."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    record = {name: load(name) for name in names()}
    try:
        for name in arguments:
            without_sources.keys_of(record["sources"], name)
    except KeyError as error:  # an unknown name; a KeyError of a finding would be a fault in it
        print(error.args[0], file=sys.stderr)
        return 1
    for row in findings_without(record, {name: name for name in arguments}).itertuples():
        print(f"Without {row.removed} ({percent(row.share, 1)} of the rows):")
        lines = [f"  falls: {name}" for name in row.falls]
        lines += [f"  {key_findings.UNDECIDED}: {name}" for name in row.undecided]
        print("\n".join(lines or ["  all findings stand"]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
