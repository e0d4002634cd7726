"""Check that the files of `data/` can be read: encoding, quoting, fields, numbers and dates.

Rules about facts are in `casi.checks`. They rely on what is checked here, so a file with a fault
that is found here is not checked further. Each fault is one line with file, row, column, value and
rule.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date
from pathlib import Path

from casi import text_rules

LONGEST = 2_000  # characters in a cell; the longest note has half of that
LARGEST = 20_000_000  # bytes in a file
YEARS = range(1850, 2101)  # that a date can lie in
SHOWN = 60  # characters of a value in a message
QUOTES = "'\""

NUMBERS = {  # by type in the schema: how a cell is written, and what the rule says
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,14})"), "a whole number of up to 15 digits"),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?"), "a decimal number"),
    "boolean": (re.compile("true|false"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date as 2024-08-09"),
}
PLACEHOLDERS = {"n/a", "#n/a", "nan", "null", "#ref!", "#value!", "#name?", "#div/0!"}
CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
ROW = re.compile(f"{CELL}(?:,{CELL})*")  # RFC 4180: a cell with a quote in it is in quotes itself
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
PUBLISHED = re.compile(r"(?:([1-9]|[12]\d|3[01]) )?([A-Z][a-z]+)")  # the field `month`
ENTRY_TYPES = ("article", "book", "incollection", "misc", "online", "report", "techreport")
ENTRY_FIELDS = (
    *("author", "editor", "title", "booktitle", "journal", "publisher", "institution"),
    *("year", "month", "volume", "number", "pages", "note", "url", "doi"),
)
FIELD = re.compile(r"\s*\w+\s*=\s*\{.*\},\s*")
MIXED = re.compile(r"[^\W\d_]*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])[^\W\d_]*")


def unreadable(path: Path) -> str | None:
    """Return why a file cannot be read as text, such as `row 3: not UTF-8`; None if it can."""
    if not path.exists():
        return "file is missing; restore it with git"
    if not path.is_file():
        return "is not a file; restore it with git"
    try:
        if path.stat().st_size > LARGEST:
            return f"larger than {LARGEST / 1e6:.0f} MB"
        content = path.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not content.strip():
        return "is empty; restore it with git"
    if content.startswith(b"\xef\xbb\xbf"):
        return "row 1: starts with a byte-order mark; save it as UTF-8 without BOM"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return f"row {line}, value {content[error.start : error.start + 1]!r}: not UTF-8"
    return None


def form_faults(path: Path, fields: list[dict]) -> list[str]:
    """Return a line for what keeps a table from being split into rows and columns.

    Args:
        path: the CSV file.
        fields: the schema's fields, with `name`.
    """
    if fault := unreadable(path):
        return [f"data/{path.name}: {fault}"]
    names, faults = [field["name"] for field in fields], []
    for row, line in enumerate(_lines(path), start=1):
        if fault := _row_fault(line, names, header=row == 1):
            faults.append(f"data/{path.name}: row {row}: {fault}")
            if row == 1 or "one line" in fault:  # all that follows would be misread
                return faults
    if not path.read_bytes().endswith(b"\n"):
        faults.append(f"data/{path.name}: the last line has no end; part of it may be missing")
    return faults


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def _row_fault(line: str, names: list[str], header: bool) -> str | None:
    if "\r" in line:
        return "holds a carriage return: a row is one line, with a Unix line end"
    if not ROW.fullmatch(line):
        return "its quotes are not in pairs: a row is one line, and so is a cell"
    cells = next(csv.reader([line]), [])
    if header:
        return None if cells == names else f"the header must be {','.join(names)}"
    if len(cells) != len(names):
        return f"has {len(cells)} cells, the header {len(names)}"
    return None


def cell_faults(path: Path, fields: list[dict]) -> list[str]:
    """Return a line for each cell that is not written as its type in the schema.

    Args:
        path: the CSV file, without faults of form.
        fields: the schema's fields, with `name` and `type`.
    """
    return [
        f"data/{path.name}: row {row}, column {field['name']}, value {short(cell)}: {rule}"
        for row, cells in enumerate(csv.reader(_lines(path)), start=1)
        if row > 1
        for field, cell in zip(fields, cells, strict=True)
        if (rule := cell_fault(cell, field["type"]))
    ]


def cell_fault(cell: str, kind: str) -> str | None:
    """Return the rule that a cell breaks; None if it breaks none.

    Args:
        cell: the text of the cell; empty is unknown, and always sound.
        kind: type of the field in the schema.
    """
    if not cell:
        return None
    if kind in NUMBERS:
        form, rule = NUMBERS[kind]
        if not form.fullmatch(cell):
            return f"must be {rule}"
        return _date_fault(cell) if kind == "date" else None
    return text_fault(cell) or text_rules.broken_rule(cell)


def text_fault(text: str) -> str | None:
    """Return the rule that a text of a table or of the bibliography breaks; None if none."""
    if len(text) > LONGEST:
        return f"longer than {LONGEST} characters"
    if "\N{REPLACEMENT CHARACTER}" in text:
        return "holds the sign of a character that was lost"
    if not unicodedata.is_normalized("NFC", text):
        return "writes an accent as a character of its own; normalise it to NFC"
    if text.casefold() in PLACEHOLDERS:
        return "stands for a missing value; leave the cell empty"
    if mixed := MIXED.search(text):
        return f"mixes Latin and Cyrillic letters in the word {mixed[0]!r}"
    return None


def _date_fault(cell: str) -> str | None:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return "is no day of the calendar"
    known = f"{YEARS.start} to {YEARS.stop - 1}"
    return None if day.year in YEARS else f"lies outside the years {known}"


def bibliography_faults(path: Path) -> list[str]:
    """Return a line for each entry of a BibTeX file that is broken or doubled.

    Args:
        path: the file, in which every entry starts at the beginning of a line.
    """
    if fault := unreadable(path):
        return [f"{path.name}: {fault}"]
    if b"\r" in path.read_bytes():
        return [f"{path.name}: holds a carriage return; save it with Unix line ends"]
    text = path.read_text(encoding="utf-8")
    found: list[str] = []
    rows: dict[str, int] = {}
    before, *entries = re.split("^(?=@)", text, flags=re.MULTILINE)
    if outside := re.search(r"\S", before):
        row = before[: outside.start()].count("\n") + 1
        found.append(f"{path.name}: row {row}: text outside an entry")
    next_row = before.count("\n") + 1
    for entry in entries:
        row, next_row = next_row, next_row + entry.count("\n")
        head = re.match(r"@([A-Za-z]+)\{([^\s,{}\"#%~']+),\s*$", entry, re.MULTILINE)
        if not head:
            found.append(f"{path.name}: row {row}: an entry must start as @type{{key,")
            continue
        key = head[2]
        if (kind := head[1].lower()) not in ENTRY_TYPES:
            known = ", ".join(ENTRY_TYPES)
            found.append(f"{path.name}: row {row}, value {kind!r}: types of entries are {known}")
        if (earlier := rows.setdefault(key.casefold(), row)) != row:
            found.append(f"{path.name}: row {row}, value {key!r}: the key of row {earlier} too")
        if rule := _entry_fault(entry):
            found.append(f"{path.name}: row {row}, value {key!r}: {rule}")
        found += [
            f"{path.name}: row {row + number}, value {short(line)}: {rule}"
            for number, line in enumerate(entry.splitlines())
            if (rule := text_fault(line.strip()))
        ]
    return found or ([] if rows else [f"{path.name}: holds no entry"])


def _entry_fault(entry: str) -> str | None:
    depth = 0
    for brace in re.finditer("[{}]", entry):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            rest = entry[brace.end() :]
            return "text after its closing brace" if rest.strip() else _fields(entry)
    return "its closing brace is missing"


def _fields(entry: str) -> str | None:
    named = re.findall(r"^\s*(\w+)\s*=\s*(.*?),?\s*$", entry, re.MULTILINE)
    names = [name for name, _ in named]
    if doubled := {name for name in names if names.count(name) > 1}:
        return f"field {', '.join(sorted(doubled))} stands there twice"
    if missing := [name for name in ("author", "title") if name not in names]:
        return f"has no {missing[0]}"
    if unknown := set(names) - {*ENTRY_FIELDS}:
        return f"field {', '.join(sorted(unknown))} is none of {', '.join(ENTRY_FIELDS)}"
    if wrong := [line for line in entry.strip().split("\n")[1:-1] if not FIELD.fullmatch(line)]:
        return f"{short(wrong[0])} must be a field on one line, name = {{value}}, with its comma"
    if empty := [name for name, value in named if not value.strip('{}" ')]:
        return f"field {empty[0]} is empty"
    if run_on := [name for name, value in named if re.search(r"\}\s*\w+\s*=\s*\{", value)]:
        return f"no comma after field {run_on[0]}"
    return _publication_fault({name: value.strip('{}"') for name, value in named})


def _publication_fault(values: dict[str, str]) -> str | None:
    """Return the rule that the fields `year` and `month` of an entry break; None if none."""
    year, month = values.get("year"), values.get("month")
    if year is not None and not (re.fullmatch(r"\d{4}", year) and int(year) in YEARS):
        return f"year {short(year)} must be one from {YEARS.start} to {YEARS.stop - 1}"
    if month is None:
        return None
    form = PUBLISHED.fullmatch(month)
    if not form or form[2] not in MONTHS:
        return f"month {short(month)} must be as August or 9 August"
    if year is None:
        return f"month {short(month)} stands there without a year"
    day = f"{year}-{MONTHS.index(form[2]) + 1:02}-{int(form[1] or 1):02}"
    return f"{month} {year} is no day of the calendar" if _date_fault(day) else None


def short(value: object) -> str:
    """Return a value as a message shows it: quoted, and cut where it is long."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …{text[0] if text[0] in QUOTES else ''}"
