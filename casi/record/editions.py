"""Read the data package of an edition: the present one, the previous one, or any other.

`data/previous.zip` is the package of the last published edition; it is missing before the first.
`python -m casi.record.editions OLD.zip NEW.zip` lists what changed between any two, as CSV.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from casi import tables
from casi.record import edition_diff

PREVIOUS = tables.DATA / "previous.zip"


@dataclass(frozen=True)
class Package:
    """The tables of an edition, as text and typed.

    Attributes:
        version: the edition; empty if there is none.
        texts: the tables as text, by name, with their key as the index and empty cells as "".
        typed: the tables as `casi.tables.load` gives them, by name.
    """

    version: str = ""
    texts: dict[str, pd.DataFrame] = field(default_factory=dict)
    typed: dict[str, pd.DataFrame] = field(default_factory=dict)


def in_folder(folder: Path) -> Package:
    """Read the data package in a folder."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    texts, typed = {}, {}
    for entry in package["resources"]:
        text = pd.read_csv(folder / entry["path"], dtype="str", keep_default_na=False)
        keys = text[entry["schema"]["primaryKey"]].itertuples(index=False)
        texts[entry["name"]] = text.set_index(pd.Index(map(" / ".join, keys), dtype="str"))
        typed[entry["name"]] = tables.read(entry["name"], folder)
    return Package(package["version"], texts, typed)


def in_archive(path: Path) -> Package:
    """Read a data package from a zip archive.

    Raises:
        tables.TableError: if the file is no such archive.
    """
    try:
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
            return in_folder(Path(folder))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise tables.TableError([f"{path}: not the data package of an edition: {error}"]) from error


@cache
def present() -> Package:
    """Return the tables as they are now."""
    return in_folder(tables.DATA)


@cache
def previous(path: Path = PREVIOUS) -> Package:
    """Return the tables of the previous edition; an empty package if this is the first."""
    return in_archive(path) if path.is_file() else Package()


def until(package: Package, day: str, names: Sequence[str]) -> Package:
    """Return a package as if some of its tables held nothing that began after a day.

    Args:
        package: an edition.
        day: the last day that stays, in ISO 8601.
        names: tables with a column `date_start`.
    """
    kept = {name: (package.texts[name]["date_start"] <= day).to_numpy() for name in names}
    texts = package.texts | {name: package.texts[name][rows] for name, rows in kept.items()}
    typed = package.typed | {name: package.typed[name][rows] for name, rows in kept.items()}
    return Package(package.version, texts, typed)


def main(arguments: list[str]) -> int:
    """Print what changed between two data packages as CSV; return the exit code."""
    if len(arguments) != 2:
        print("Usage: python -m casi.record.editions OLD.zip NEW.zip", file=sys.stderr)
        return 2
    try:
        old, new = (in_archive(Path(path)) for path in arguments)
    except tables.TableError as error:
        print(error, file=sys.stderr)
        return 1
    edition_diff.compare(old.texts, new.texts).to_csv(sys.stdout, index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
