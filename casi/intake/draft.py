"""Read a draft: its YAML, and the rows that it would add to the tables."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from casi.intake.kinds import INHERITED, KINDS, SOURCE_FIELDS, Kind
from casi.tables import DATA, describe

OTHERS = ("cite", "sources", "meant")
Row = dict[str, str]


class DraftError(ValueError):
    """What is wrong with a draft, one line each; nothing was written."""

    def __init__(self, faults: list[str]):
        """Keep the faults as a list and show them one to a line."""
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass
class Draft:
    """The rows that a draft adds, by table, its new sources, and the rules it says it means."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    sources: list[Row] = field(default_factory=list)
    meant: Row = field(default_factory=dict)


class _Loader(yaml.BaseLoader):
    """Read every value as text, and refuse a name that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        names = [self.construct_object(key, deep=deep) for key, _ in node.value]
        for count, name in enumerate(names):
            if name in names[:count]:
                mark = node.value[count][0].start_mark
                raise yaml.constructor.ConstructorError(None, None, f"{name} stands twice", mark)
        return super().construct_mapping(node, deep=deep)


def read_draft(text: str, folder: Path = DATA) -> Draft:
    """Return what a draft adds to the record.

    Args:
        text: the draft, as `kinds.template` writes it.
        folder: the data package's folder, whose schema says which fields there are.

    Raises:
        DraftError: with every fault of form found, one line each.
    """
    content = _content(text)
    kinds = [kind for kind in KINDS.values() if kind.table in content and kind.part]
    kinds = kinds or [kind for kind in KINDS.values() if kind.table in content]
    if len(kinds) != 1:
        known = ", ".join(kind.table for kind in KINDS.values())
        raise DraftError([f"a draft holds one of {known}; this one has {len(kinds)} of them"])
    kind = kinds[0]
    faults = [
        f"{name}: not a part of this draft; take it out"
        for name in content
        if name not in (*OTHERS, kind.table, kind.part)
    ]
    sources = _rows(content, "sources", set(SOURCE_FIELDS), faults)
    main = _rows(content, kind.table, _columns(kind.table, folder) - {"source"}, faults)
    parts = []
    if kind.part:
        parts = _rows(content, kind.part, _columns(kind.part, folder) - {kind.link}, faults)
    cited, meant = content.get("cite") or [], content.get("meant") or {}
    if not _is_texts(cited):
        faults.append("cite: write a list of keys of references.bib: [tass20260514, ria20260515]")
    if not isinstance(meant, dict) or not all(_is_texts([why]) for why in meant.values()):
        faults.append("meant: write the name of a rule, a colon and the reason, a line each")
    faults += _faults_of_sources(sources)
    if not (sources or cited):
        faults.append("sources: every fact needs one; describe it here, or write its key in cite")
    if len(main) != 1:
        faults.append(f"{kind.table}: write one row")
    if faults:
        raise DraftError(faults)
    keys = ";".join([*cited, *(row["key"] for row in sources)])
    main[0]["source"] = keys
    rows = {kind.table: main} | ({kind.part: parts} if kind.part else {})
    _inherit(kind, main[0], parts)
    return Draft(rows, sources, {rule: why.strip() for rule, why in meant.items()})


def _content(text: str) -> dict:
    try:
        content = yaml.load(text, _Loader)  # a loader of plain text
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise DraftError([f"{where}not YAML: {error.problem}; quote text with a colon"]) from error
    except yaml.YAMLError as error:
        raise DraftError([f"not YAML: {error}"]) from error
    if not isinstance(content, dict):
        raise DraftError(["not a draft: write one with `make new KIND=exercise`"])
    return content


def _columns(table: str, folder: Path) -> set[str]:
    return {entry["name"] for entry in describe(table, folder)["schema"]["fields"]}


def _is_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values)


def _rows(content: dict, name: str, known: set[str], faults: list[str]) -> list[Row]:
    """Return the rows under a name that have any value; add what is wrong to the faults."""
    given = content.get(name) or []
    given = given if isinstance(given, list) else [given]
    rows = []
    for row in given:
        if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()):
            faults.append(f"{name}: write each field as `name: value`")
            continue
        for unknown in sorted(set(row) - known):
            faults.append(f"{name}, {unknown}: no such field; take it out or correct its name")
        filled = {field: " ".join(value.split()) for field, value in row.items()}
        if any(filled.values()):
            rows.append(filled)
    return rows


def _faults_of_sources(sources: list[Row]) -> list[str]:
    faults = []
    for row in sources:
        name = f"sources, {row.get('key') or 'the one without key'}"
        empty = [field for field in SOURCE_FIELDS if field != "published" and not row.get(field)]
        if empty:
            faults.append(f"{name}: empty: {', '.join(empty)}")
        try:
            datetime.date.fromisoformat(row.get("published") or "2000-01-01")
        except ValueError:
            faults.append(f"{name}, published: {row['published']!r} is no day; write 2026-05-14")
    return faults


def _inherit(kind: Kind, event: Row, parts: list[Row]) -> None:
    """Give the rows that belong to an event its key, and what they leave empty of it."""
    key = next(iter(event), "")
    for row in parts:
        row[str(kind.link)] = event.get(key, "")
        for column in INHERITED:
            row[column] = row.get(column) or event.get(column, "")
