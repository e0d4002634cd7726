"""Compare a file of a publisher with the tables made of it: `make import SOURCE=ucdp FILE=...`.

Prints what the file adds, revises and withdraws, row by row. Only with `--apply` is it written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from casi.importers import (
    diff,
    geonames,
    natural_earth,
    sipri_spending,
    sipri_transfers,
    ucdp,
    un_treaties,
)
from casi.importers.apply import Record, apply
from casi.importers.base import Draft, Import, ImportFault
from casi.record import editions
from casi.tables import ROOT, describe

Make = Callable[[Sequence[Path], Mapping[str, pd.DataFrame]], Import]
SOURCES: dict[str, Make] = {
    "sipri-transfers": sipri_transfers.make,
    "sipri-spending": sipri_spending.make,
    "ucdp": ucdp.make,
    "un-treaties": un_treaties.make,
    "natural-earth": natural_earth.make,
    "geonames": geonames.make,
}
NO_TABLE = {
    "world-bank": "no table or measure uses its figures; shares of GDP are those of SIPRI",
    "un-votes": "no table holds votes of the General Assembly",
}


def main(arguments: Sequence[str]) -> int:
    """Print what a file changes, and write it if asked to; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m casi.importers", description=__doc__)
    parser.add_argument("source", choices=[*SOURCES, *NO_TABLE])
    parser.add_argument("files", nargs="*", type=Path, help="as downloaded from the publisher")
    parser.add_argument("--apply", action="store_true", help="write the tables")
    given = parser.parse_args(arguments)
    try:
        bring_in(given.source, given.files, given.apply)
    except ImportFault as fault:
        print(f"Import stopped:\n{fault}", file=sys.stderr)
        return 1
    return 0


def bring_in(source: str, files: Sequence[Path], write: bool) -> None:
    """Compare the files of a source with the record, and write them if asked to.

    Raises:
        ImportFault: if the files cannot be brought in; nothing is written then.
    """
    if source in NO_TABLE:
        raise ImportFault([f"{source}: {NO_TABLE[source]}"])
    absent = [f"{path}: no such file" for path in files if not path.is_file()]
    if absent or not files:
        raise ImportFault(absent or ["name the file that was downloaded: FILE=..."])
    old = editions.present().texts
    imported = SOURCES[source](files, old)
    news = False
    for draft in imported.drafts:
        entry = describe(draft.table)
        if not draft.partial:
            _not_older(draft.editions[0].year, old[draft.table], draft.table)
        changed = diff.changes(draft, old[draft.table], entry["schema"]["primaryKey"])
        print("\n".join(diff.lines(draft, changed, entry["edition"])))
        news |= not changed.empty or is_new(draft, old[draft.table], entry["edition"])
    for remark in imported.remarks:
        print(f"Remark: {remark}")
    if not news:
        print("No row changes, and the edition is that of the table; nothing was written.")
    elif not write:
        print("Nothing was written. To write it: make import ... APPLY=1")
    else:
        written = apply(imported, editions.previous(), Record())
        print("Written:", ", ".join(str(path.relative_to(ROOT)) for path in written))
        print("Next: read `git diff`, then `make chapters` and `make check`.")


def is_new(draft: Draft, old: pd.DataFrame, edition: str) -> bool:
    """Tell whether a draft is of an edition that its table does not name yet.

    Such an edition is written even if no row changes: it says the same of one more year.

    Args:
        draft: the table as the new edition makes it.
        old: the table as it stands.
        edition: what the table's description says of its edition.
    """
    if draft.partial:
        return False
    if "source" not in old:
        return draft.edition != edition
    return draft.editions[0].key not in ";".join(old["source"].unique()).split(";")


def _not_older(year: int, rows: pd.DataFrame, table: str) -> None:
    """Raise `ImportFault` if the table already holds a later edition than that of a year."""
    keys = rows["source"].unique() if "source" in rows else []
    newest = max(map(int, re.findall(r"\d{4}", " ".join(keys))), default=0)
    if year < newest:
        raise ImportFault([f"{table}: holds the edition of {newest}, the file that of {year}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
