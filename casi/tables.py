"""Load a table of `data/`, typed and checked: the only module that reads that folder."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from casi import CHECKED

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = Path(__file__).resolve().parent / "data"  # in an installed package (setup.py)
DATA = PACKAGED if PACKAGED.is_dir() else ROOT / "data"
ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
BIBLIOGRAPHY = (PACKAGED if PACKAGED.is_dir() else ROOT) / "references.bib"

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


class TableError(ValueError):
    """One or more faults in `data/`, one line each: file, row, column, value and rule."""

    def __init__(self, faults: list[str]):
        """Keep the faults as a list and show them one to a line."""
        self.faults = faults
        super().__init__("\n".join(faults))


@cache
def descriptor(folder: Path = DATA) -> dict:
    """Return `datapackage.json` as a dictionary.

    Raises:
        TableError: if the file is missing or is not JSON.
    """
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TableError([f"{path}: file is missing; restore it with git"]) from error
    except json.JSONDecodeError as error:
        raise TableError([f"{path}: row {error.lineno}: not JSON: {error.msg}"]) from error


def names(folder: Path = DATA) -> list[str]:
    """Return the names of all tables, in the order of the data package."""
    return [resource["name"] for resource in descriptor(folder)["resources"]]


def describe(name: str, folder: Path = DATA) -> dict:
    """Return the data package's entry for one table: title, schema, sources, licence, hash."""
    entries = {resource["name"]: resource for resource in descriptor(folder)["resources"]}
    if name not in entries:
        raise TableError([f"no table {name!r} in {folder.name}/; there are {', '.join(entries)}"])
    return entries[name]


@cache
def load(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Load one table from `data/`, checked against its schema and the rules of `casi.checks`.

    Within a build or an installed package, made of checked tables, it is not checked again.

    Args:
        name: the table's name in `datapackage.json`, such as `"memberships"`.
        folder: the data package's folder.

    Returns:
        One row a record, columns as in the schema: text as `str`, whole numbers as `Int64`, other
        numbers as `float64`, dates as `datetime64`, empty cells as missing. The frame is cached:
        copy it before changing it.

    Raises:
        TableError: with every fault found, one line each.
    """
    if folder != PACKAGED and os.environ.get(CHECKED) != str(folder):
        from casi import checks  # which reads tables, and is not needed within a build

        if faults := checks.check(name, folder):
            raise TableError(faults)
    return read(name, folder)


def read(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Read one table without checking it, for a step of a build that has checked them all.

    Args and the frame returned are those of `load`.
    """
    entry = describe(name, folder)
    fields = {field["name"]: field["type"] for field in entry["schema"]["fields"]}
    frame = pd.read_csv(
        folder / entry["path"],
        dtype={field: DTYPES[kind] for field, kind in fields.items() if kind in DTYPES},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
        encoding="utf-8",
    )
    for field, kind in fields.items():
        if kind == "date":
            frame[field] = pd.to_datetime(frame[field], format="%Y-%m-%d")
    return frame


class Folder(Mapping[str, pd.DataFrame]):
    """The tables of a folder by name, each read, unchecked, when it is first asked for."""

    def __init__(self, folder: Path = DATA):
        """Read nothing yet."""
        self.folder = folder
        self.read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as `read` does."""
        if name not in self.read:
            self.read[name] = read(name, self.folder)
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the tables."""
        return iter(names(self.folder))

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(names(self.folder))


@cache
def bibliography(path: Path = BIBLIOGRAPHY) -> frozenset[str]:
    """Return the keys of `references.bib`; to parse all of it would take a second."""
    return frozenset(ENTRY.findall(path.read_text(encoding="utf-8")))


def split_keys(cell: str) -> list[str]:
    """Return the parts of a cell that holds several values: `"a;b"` gives `["a", "b"]`."""
    return [part.strip() for part in cell.split(";")] if isinstance(cell, str) else []


def sets_by(rows: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return the set of a column's values for each value of another, the key, in its order.

    The same as `rows.groupby(key)[column].agg(frozenset)`, which takes ten times as long.
    """
    found: dict[str, set] = {}
    known = rows[rows[key].notna()]
    for name, value in zip(known[key].to_numpy(), known[column].to_numpy(), strict=True):
        found.setdefault(name, set()).add(value)
    index = pd.Index(sorted(found), dtype=rows[key].dtype, name=key)
    return pd.Series([frozenset(found[name]) for name in index], index, object, column)


def cited(frame: pd.DataFrame, most: int = 4) -> list[str]:
    """Return the keys that best support some rows: primary sources first, then those used most.

    Args:
        frame: rows of any table with a column `source`.
        most: how many keys to return at most.
    """
    used = Counter(key for cell in frame["source"] for key in split_keys(cell))
    kinds = load("sources").set_index("key")["kind"]
    primary = set(kinds.index[kinds == "primary"])
    return sorted(used, key=lambda key: (key not in primary, -used[key], key))[:most]


def newest_source(frame: pd.DataFrame) -> pd.Timestamp:
    """Return the day on which the newest dated source of some rows was published.

    Args:
        frame: rows of any table with a column `source`.
    """
    published = load("sources").set_index("key")["published"]
    return published.reindex(frame["source"].map(split_keys).explode().unique()).max()


def closing_date() -> pd.Timestamp:
    """Return the day the record closes: that of the newest page consulted."""
    return newest_page(read("sources"))


def newest_page(sources: pd.DataFrame) -> pd.Timestamp:
    """Return the day of the newest page; a data set tells of no event after it, and is none.

    Args:
        sources: columns `kind` and `published`.
    """
    return sources.loc[sources["kind"] != "dataset", "published"].max()
