"""Check all tables: `python -m casi.checks`, with the word `stamp` after recording their hashes.

With the paths of drafts it checks these, and writes them to the tables with `--apply`.

`data/datapackage.json` holds what a Frictionless schema can express: types, constraints, keys,
foreign keys, hashes. This module adds the rules that need two columns, two rows or the
bibliography, one small function each.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from casi import contradictions, text_rules
from casi.file_checks import bibliography_faults, cell_faults, form_faults, unreadable
from casi.package_checks import package_faults
from casi.tables import (
    BIBLIOGRAPHY,
    DATA,
    ROOT,
    Folder,
    TableError,
    bibliography,
    describe,
    descriptor,
    names,
    read,
    split_keys,
)

MOST = 50  # lines that are printed

Fault = tuple[int, str, object, str]  # line in the file, column, value, rule


def check(name: str, folder: Path = DATA) -> list[str]:
    """Return every fault of one table as a line of text; an empty list when it is sound."""
    entry = describe(name, folder)
    path, fields = folder / entry["path"], entry["schema"]["fields"]
    if faults := form_faults(path, fields):
        return faults
    try:
        faults = cell_faults(path, fields)
        faults += [
            _frictionless_line(path, error)
            for error in _schema_errors(name, folder)
            if error.type != "type-error"
        ]
        return faults or _rule_faults(name, path, folder)  # which rely on columns and types
    except ValueError:  # another table, which the rules read, is not written as its schema says
        if faults := _file_faults(folder):
            return faults
        raise


def _file_faults(folder: Path) -> list[str]:
    """Return what keeps any table from being read, typed, one line each."""
    found = []
    for entry in descriptor(folder)["resources"]:
        path, fields = folder / entry["path"], entry["schema"]["fields"]
        found += form_faults(path, fields) or cell_faults(path, fields)
    return found


def _rule_faults(name: str, path: Path, folder: Path) -> list[str]:
    frame = read(name, folder)
    return [
        f"{_shown(path)}: row {line}, column {column}, value {value!r}: {rule}"
        for line, column, value, rule in row_faults(name, frame, Folder(folder))
    ]


def check_all(folder: Path = DATA) -> list[str]:
    """Return the faults of the whole package and of the bibliography, one line each.

    If there are none, return what contradicts between the tables.
    """
    if faults := package_faults(folder) + bibliography_faults(BIBLIOGRAPHY):
        return faults
    faults = [fault for name in names(folder) for fault in check(name, folder)]
    faults += text_rules.bibliography_faults(BIBLIOGRAPHY)
    return list(dict.fromkeys(faults)) or contradictions.check(folder)


def stamp(folder: Path = DATA) -> list[str]:
    """Write each table's size and hash into `datapackage.json`; return the tables that changed.

    Raises:
        TableError: naming each fault of the descriptor and every table that cannot be read;
            nothing is written then.
    """
    if faults := package_faults(folder, stamped=False):
        raise TableError(faults)
    package = descriptor(folder)
    changed = []
    paths = [folder / resource["path"] for resource in package["resources"]]
    if faults := [f"{_shown(path)}: {fault}" for path in paths if (fault := unreadable(path))]:
        raise TableError(faults)
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        fresh = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        if any(resource.get(key) != value for key, value in fresh.items()):
            changed.append(resource["name"])
            resource.update(fresh)
    if changed:
        draft = folder / "datapackage.json.new"
        draft.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(folder / "datapackage.json")
    return changed


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else f"data/{path.name}"


def _schema_errors(name: str, folder: Path) -> list:
    from frictionless import Package, system  # takes long, and most readers do not check

    keys = describe(name, folder)["schema"].get("foreignKeys", [])
    needed = {name, *(key["reference"]["resource"] for key in keys)}
    entries = [entry for entry in descriptor(folder)["resources"] if entry["name"] in needed]
    with system.use_context(trusted=True):
        package = Package({**descriptor(folder), "resources": entries}, basepath=str(folder))
        report = package.get_resource(name).validate(limit_errors=1000)
    return [error for task in report.tasks for error in task.errors]


def _frictionless_line(path: Path, error) -> str:
    if error.type in {"hash-count", "byte-count"}:
        return f"{_shown(path)}: not what datapackage.json says; if meant, run `make stamp`"
    if error.type == "primary-key":
        first = re.sub(r".*?(\d+)$", r"row \1", error.note)
        return f"{_shown(path)}: row {error.row_number}: has the key of {first}; each row its own"
    place = [_shown(path)]
    where = []
    if getattr(error, "row_number", None):
        where.append(f"row {error.row_number}")
    field = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", []))
    if field:
        where.append(f"column {field}")
    cell = getattr(error, "cell", None) or ", ".join(getattr(error, "field_cells", []))
    if cell:
        where.append(f"value {cell!r}")
    return ": ".join([*place, ", ".join(where), error.note] if where else [*place, error.message])


def row_faults(
    name: str, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> Iterator[Fault]:
    """Yield what the rules of this module find in one table.

    Args:
        name: the table's name.
        frame: its rows, typed.
        tables: the tables it refers to, by name.
    """
    columns = set(frame.columns)
    for start, end in (("start", "end"), ("date_start", "date_end"), ("founded", "ended")):
        if {start, end} <= columns:
            yield from _ends_before_start(frame, start, end)
    if "source" in columns:
        yield from _unknown_sources(frame)
    if {"low", "best", "high"} <= columns:
        yield from _disordered_ranges(frame)
    if name == "memberships":
        yield from _overlapping_spells(frame)
    if name == "participation":
        yield from _unknown_events(frame, tables)
    if "preferred" in columns:
        yield from _several_preferred(frame)
    if name == "border_segments":
        yield from _unknown_treaties(frame, tables)
    if name == "sources":
        yield from _not_in_bibliography(frame)
        yield from _unused_sources(frame, tables)
    if {"source", "confidence"} <= columns:
        yield from _overstated_confidence(frame, tables)


def _line(index: int) -> int:
    return index + 2  # the header is line 1


def _ends_before_start(frame: pd.DataFrame, start: str, end: str) -> Iterator[Fault]:
    for index, row in frame[frame[end] < frame[start]].iterrows():
        yield _line(index), end, f"{row[end]:%Y-%m-%d}", f"before {start} {row[start]:%Y-%m-%d}"


def _unknown_sources(frame: pd.DataFrame) -> Iterator[Fault]:
    for index, cell in frame["source"].items():
        for key in split_keys(cell):
            if key not in bibliography():
                yield _line(index), "source", key, "no such key in references.bib"
        if doubled := [key for key, count in Counter(split_keys(cell)).items() if count > 1]:
            yield _line(index), "source", doubled[0], "stands twice in one cell"


def _not_in_bibliography(frame: pd.DataFrame) -> Iterator[Fault]:
    for index, key in frame["key"].items():
        if key not in bibliography():
            yield _line(index), "key", key, "no such key in references.bib"
    for key in sorted(bibliography() - set(frame["key"])):
        yield _line(len(frame)), "key", key, "references.bib has this key, no row describes it"


def _disordered_ranges(frame: pd.DataFrame) -> Iterator[Fault]:
    for index, row in frame.iterrows():
        known = [row[column] for column in ("low", "best", "high") if pd.notna(row[column])]
        if known != sorted(known):
            yield _line(index), "low, best, high", known, "must rise from low to high"


def _several_preferred(frame: pd.DataFrame) -> Iterator[Fault]:
    what = frame.columns.intersection(["subject", "clash", "side", "measure", "who"]).tolist()
    chosen = frame[frame["preferred"]]
    for index in chosen.index[chosen.duplicated(what)]:
        yield _line(index), "preferred", True, f"another row of the same {', '.join(what)} is too"


def _unknown_treaties(frame: pd.DataFrame, tables: Mapping) -> Iterator[Fault]:
    known = set(tables["treaties"]["treaty"])
    for index, cell in frame["treaties"].items():
        for key in split_keys(cell):
            if key not in known:
                yield _line(index), "treaties", key, "no such treaty"


def _unused_sources(frame: pd.DataFrame, tables: Mapping) -> Iterator[Fault]:
    """Find the sources that no row of any table uses."""
    cells = pd.concat([table["source"] for table in tables.values() if "source" in table])
    used = set(cells.map(split_keys).explode())
    for index, key in frame["key"].items():
        if key not in used:
            yield _line(index), "key", key, "no row of any table uses it; remove it"


def _overlapping_spells(frame: pd.DataFrame) -> Iterator[Fault]:
    for _, spells in frame.sort_values("start").groupby(["organisation", "state"]):
        previous = None
        for index, row in spells.iterrows():
            if previous is not None and not row["start"] >= previous["end"]:
                yield (
                    _line(index),
                    "start",
                    f"{row['start']:%Y-%m-%d}",
                    f"overlaps the spell of {row['state']} in {row['organisation']} "
                    f"that starts {previous['start']:%Y-%m-%d}",
                )
            previous = row


def _unknown_events(frame: pd.DataFrame, tables: Mapping) -> Iterator[Fault]:
    keys = [("meetings", "meeting"), ("body_meetings", "meeting"), ("exercises", "exercise")]
    events = {key for table, column in keys for key in tables[table][column]}
    for index, event in frame["event"].items():
        if event not in events:
            yield _line(index), "event", event, "neither a meeting nor an exercise"


def _overstated_confidence(frame: pd.DataFrame, tables: Mapping) -> Iterator[Fault]:
    sources = tables["sources"].set_index("key")
    keys = frame.loc[frame["confidence"] == "high", "source"].map(split_keys).explode()
    rows = keys.index
    strong = keys.map(sources["kind"]).isin(["primary", "dataset"]).groupby(rows).any()
    origins = keys.map(sources["independence_group"]).groupby(rows).nunique()
    for index in strong.index[~strong & (origins < 2)]:
        rule = "high needs a primary source or data set, or two independent sources"
        yield _line(index), "confidence", "high", rule


def main(arguments: list[str]) -> int:
    """Check every table, after `stamp` records their hashes, or drafts; return the exit code."""
    drafts = [Path(argument) for argument in arguments if argument.endswith((".yaml", ".yml"))]
    others = [argument for argument in arguments if not argument.endswith((".yaml", ".yml"))]
    if drafts and others in ([], ["--apply"]):
        return _check_drafts(drafts, bool(others))
    if arguments not in ([], ["stamp"]):
        print("Usage: python -m casi.checks [stamp | DRAFT.yaml ... [--apply]]", file=sys.stderr)
        return 2
    try:
        if arguments:
            print("Stamped:", ", ".join(stamp()) or "nothing had changed")
            descriptor.cache_clear()
        faults = check_all()
    except TableError as error:
        faults = error.faults
    if faults:
        print("\n".join(faults[:MOST]), file=sys.stderr)
        more = f"; the first {MOST} are shown" if len(faults) > MOST else ""
        print(f"{len(faults)} faults in data/{more}", file=sys.stderr)
        return 1
    print(f"{len(names())} tables in data/ are sound")
    return 0


def _check_drafts(drafts: list[Path], apply: bool) -> int:
    from casi.intake.check import check_drafts  # which only a check of drafts needs
    from casi.intake.draft import DraftError

    try:
        changed = check_drafts(drafts, apply)
    except DraftError as error:
        print("\n".join([*error.faults, "Nothing was written"]), file=sys.stderr)
        return 1
    if apply:
        print(f"Written: {', '.join(changed)}. Next: git diff, then make chapters")
    else:
        print(f"Sound. With --apply it goes to {', '.join(changed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
