"""Write an import into the record: tables, descriptor, sources and reasons, all or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from casi.importers import reasons
from casi.importers.base import Import, ImportFault
from casi.importers.diff import keyed
from casi.importers.entries import covered, entry_of, restamp, with_sources
from casi.record.editions import Package
from casi.tables import BIBLIOGRAPHY, DATA, ROOT, split_keys

NOTED = ("coverage", "sources")  # tables of which single cells follow the edition


@dataclass(frozen=True)
class Record:
    """Where the record stands, and how it is stamped and checked."""

    data: Path = DATA
    bibliography: Path = BIBLIOGRAPHY
    check: Callable[[], list[str]] = lambda: _stamped_and_checked()


def apply(imported: Import, previous: Package, record: Record) -> list[Path]:
    """Write an import, and take all back if the record does not pass its checks.

    Args:
        imported: the tables and their editions.
        previous: the last published edition of the record; empty before the first.
        record: where to write.

    Returns:
        The files written.

    Raises:
        ImportFault: with every fault that the checks found, or if the record has the version of
            the previous edition; nothing is written then.
    """
    texts = contents(imported, previous, record)
    before = {path: path.read_bytes() for path in [*texts, record.data / "datapackage.json"]}
    try:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="")
        faults = record.check()
    except BaseException:
        _restore(before)
        raise
    if faults:
        _restore(before)
        raise ImportFault([*faults, "nothing was written"])
    return [path for path, content in before.items() if path.read_bytes() != content]


def _restore(before: Mapping[Path, bytes]) -> None:
    for path, content in before.items():
        path.write_bytes(content)


def _stamped_and_checked() -> list[str]:
    command = [sys.executable, "-m", "casi.checks", "stamp"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return ended.stderr.splitlines() if ended.returncode else []


def contents(imported: Import, previous: Package, record: Record) -> dict[Path, str]:
    """Return the text of every file of the record that an import changes, by path.

    Args and errors are those of `apply`.
    """
    package = json.loads((record.data / "datapackage.json").read_text(encoding="utf-8"))
    if package["version"] == previous.version:
        said = f"edition {previous.version} is published: set the new version first"
        raise ImportFault([f"{said}, see CONTRIBUTING.md"])
    entries = {entry["name"]: entry for entry in package["resources"]}
    old = {name: _read(record.data / f"{name}.csv") for name in entries}
    for draft in imported.drafts:
        if not draft.partial:
            restamp(entries[draft.table], draft)
    new, bibliography = _entered(imported, old, record)
    keys = {name: entry["schema"]["primaryKey"] for name, entry in entries.items()}
    made = [e.extracted for draft in imported.drafts for e in draft.editions if e.extracted]
    package["created"] = max([package["created"], *(f"{day}T00:00:00Z" for day in made)])
    for draft in imported.drafts:
        edition = draft.editions[0]
        reason = f"New data of the publisher: {edition.name}"
        rows = keyed(draft.rows, keys[draft.table])
        if draft.partial:
            before = keyed(old[draft.table], keys[draft.table])
            changes = [reasons.by_cell(draft.table, before, rows, previous.texts)]
        else:
            changes = [reasons.whole(draft.table, rows, previous.texts)]
        for name in NOTED:
            now = keyed(new[name], keys[name])
            changes.append(reasons.by_cell(name, keyed(old[name], keys[name]), now, previous.texts))
        new["corrections"] = reasons.with_reason(
            new["corrections"], pd.concat(changes), package["version"], reason, edition.key
        )
    texts = {record.data / f"{name}.csv": _csv(table) for name, table in new.items()}
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    return texts | {record.data / "datapackage.json": text, record.bibliography: bibliography}


def _entered(
    imported: Import, old: Mapping[str, pd.DataFrame], record: Record
) -> tuple[dict[str, pd.DataFrame], str]:
    """Return the tables that an import changes, `corrections` unchanged, and the bibliography."""
    new = {name: old[name] for name in (*NOTED, "corrections")}
    retired = _keys(old[draft.table] for draft in imported.drafts)
    for draft in imported.drafts:
        new[draft.table] = draft.rows
        if not draft.partial:
            new["coverage"] = covered(new["coverage"], draft, retired)
    editions = [edition for draft in imported.drafts for edition in draft.editions]
    text = record.bibliography.read_text(encoding="utf-8")
    new["sources"], text = with_sources(new["sources"], text, editions)
    rest = {name: table for name, table in {**old, **new}.items() if name != "sources"}
    for key in retired - _keys(rest.values()):
        new["sources"] = new["sources"][new["sources"]["key"] != key]
        text = entry_of(key).sub("", text)
    return new, text


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _csv(table: pd.DataFrame) -> str:
    text = StringIO()
    table.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()


def _keys(tables: Iterable[pd.DataFrame]) -> set[str]:
    cells = {cell for table in tables if "source" in table for cell in table["source"]}
    return {key for cell in cells for key in split_keys(cell)}
