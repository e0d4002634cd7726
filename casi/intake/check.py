"""Check a draft in a copy of the record, and write it: `python -m casi.checks intake/...`."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from casi.intake.draft import Draft, DraftError, read_draft
from casi.intake.entry import Entered, entered
from casi.tables import ROOT, describe

EXCEPTIONS = "casi/contradictions/exceptions.csv"
STAMPED = "data/datapackage.json"
LINE = re.compile(r"data/(?P<table>\w+)\.csv: row (?P<row>\d+)(?P<rest>.*)", re.DOTALL)
CELL = re.compile(
    r", column (?P<column>\w+), value (?P<value>.*?): .*\(rule (?P<rule>\w+)\)$", re.DOTALL
)
Check = Callable[[Path], list[str]]


def check_drafts(paths: Iterable[Path], apply: bool, root: Path = ROOT, check: Check | None = None):
    """Check drafts one after the other in a copy of the record, and write them if asked.

    Each is checked with those before it. Either all drafts are written or none.

    Args:
        paths: the drafts.
        apply: whether to write them to the record.
        root: the folder of the record.
        check: what finds the faults of a copy in a folder; by default `casi.checks`, run there.

    Returns:
        The paths of the files that the drafts change, from the root.

    Raises:
        DraftError: with every fault found, one line each, beginning with the draft's path.
    """
    faults, changed = [], {STAMPED}
    with TemporaryDirectory() as temporary:
        copy = Path(temporary)
        _copy_record(root, copy)
        for path in paths:
            before = {name: (copy / name).read_bytes() for name in _files(copy)}
            try:
                changed |= _enter(path, copy, check or _stamped_and_checked)
            except DraftError as error:
                faults += [f"{path}: {fault}" for fault in error.faults]
                _write(copy, before)
        if faults:
            raise DraftError(faults)
        if apply:
            _replace(root, {name: (copy / name).read_bytes() for name in sorted(changed)})
    return sorted(changed)


def _files(root: Path) -> list[str]:
    data = [f"data/{path.name}" for path in sorted((root / "data").glob("*.csv"))]
    return [*data, STAMPED, "references.bib", EXCEPTIONS]


def _copy_record(root: Path, copy: Path) -> None:
    """Copy the tables, the bibliography, and of the code what checks them."""
    shutil.copytree(root / "data", copy / "data")
    shutil.copy(root / "references.bib", copy)
    shutil.copytree(root / "casi/contradictions", copy / "casi/contradictions")
    for path in [*(root / "casi").glob("*.py"), *(root / "casi").glob("*.json")]:
        shutil.copy(path, copy / "casi")


def _enter(path: Path, copy: Path, check: Check) -> set[str]:
    """Write a draft into a copy of the record; return the paths of the files it changes."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DraftError([f"cannot be read: {error}"]) from error
    draft = read_draft(text, copy / "data")
    new = entered(draft, copy)
    _write(copy, {name: text.encode() for name, text in new.texts.items()})
    faults = check(copy)
    changed = set(new.texts)
    if draft.meant:
        excepted = _exceptions(faults, draft, new)
        if excepted:
            with (copy / EXCEPTIONS).open("a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(excepted)
            faults, changed = check(copy), changed | {EXCEPTIONS}
        unused = set(draft.meant) - {rule for rule, *_ in excepted}
        faults += [
            f"meant, {rule}: refuses nothing in this draft; take it out" for rule in sorted(unused)
        ]
    if faults:
        raise DraftError([_named(fault, new) for fault in faults])
    return changed


def _exceptions(faults: list[str], draft: Draft, new: Entered) -> list[list[str]]:
    """Return a row of exceptions for each fault that a draft says it means."""
    found = []
    for fault in faults:
        line = LINE.match(fault)
        cell = CELL.match(line["rest"]) if line else None
        if line and cell and cell["rule"] in draft.meant:
            table, row = line["table"], int(line["row"])
            if (table, row) in new.places:
                key = _key(table, new.texts[f"data/{table}.csv"], row)
                value = str(ast.literal_eval(cell["value"]))
                found.append([cell["rule"], table, key, value, draft.meant[cell["rule"]]])
    return found


def _key(table: str, text: str, row: int) -> str:
    """Return the key of a line of a table, as exceptions name it."""
    columns, *lines = csv.reader(StringIO(text))
    keys = describe(table)["schema"]["primaryKey"]
    keys = [keys] if isinstance(keys, str) else keys
    return " / ".join(lines[row - 2][columns.index(key)] for key in keys)


def _named(fault: str, new: Entered) -> str:
    """Return a fault in the words of the draft, if it is of one of its rows."""
    line = LINE.match(fault)
    place = new.places.get((line["table"], int(line["row"]))) if line else None
    return f"{place}{line['rest']}" if line and place else fault


def _stamped_and_checked(copy: Path) -> list[str]:
    command = [sys.executable, "-m", "casi.checks", "stamp"]
    ended = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    return ended.stderr.splitlines()[:-1] if ended.returncode else []  # the last line counts them


def _write(root: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (root / name).write_bytes(content)


def _replace(root: Path, contents: dict[str, bytes]) -> None:
    """Write all files, or put all back."""
    before = {name: (root / name).read_bytes() for name in contents}
    try:
        _write(root, contents)
    except BaseException:
        _write(root, before)
        raise
