"""The kinds of facts that can be drafted, and a template of each with every field explained."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from casi.tables import DATA, describe


class Kind(NamedTuple):
    """What a draft enters: rows of one table, and the rows that belong to each of them."""

    table: str
    part: str | None = None  # table of the rows that belong to it
    link: str | None = None  # column of the part that holds the key


KINDS = {
    "exercise": Kind("exercises", "participation", "event"),
    "meeting": Kind("meetings", "participation", "event"),
    "body-meeting": Kind("body_meetings", "participation", "event"),
    "treaty": Kind("treaties", "treaty_actions", "treaty"),
    "treaty-action": Kind("treaty_actions"),
    "incident": Kind("incidents"),
    "milestone": Kind("milestones"),
    "place": Kind("places"),
}
SOURCE_FIELDS = {  # of a page that the record does not cite yet
    "key": "for example tass20260514: newsroom and day of publication",
    "author": "newsroom, body or person, as the page gives it",
    "title": "of the page, in English",
    "url": "of the page",
    "published": "day on which the page was published, 2026-05-14; empty if it gives none",
    "kind": "one of primary, official_media, press, dataset, scholarship: who wrote the text",
    "language": "of the page, two letters: en, ru, kk, ky, tg, tk, uz",
    "independence_group": "who wrote the text; copies of one text share it, as in data/sources.csv",
}
INHERITED = ("source", "confidence")  # fields that a part takes from its event if they are empty
WIDTH = 78
HEAD = """\
# A draft of kind {kind}. Fill it in, then check it, which writes nothing:
#
#     python -m casi.checks {file}
#
# Add --apply to write it to the tables. Leave empty what no source says.

# 1. Sources first. Read them before you write anything below. If references.bib
#    has the address, write only the key under `cite`; else describe the page under `sources`.
cite: []
sources:
"""
MEANT = """
# If a check refuses what is true all the same, name its rule and say why, in own words:
#   lasts_too_long: A border operation in stages over three years.
meant: {}
"""


def template(kind: str, file: str, folder: Path = DATA) -> str:
    """Return the text of an empty draft, each field under a comment that explains it.

    Args:
        kind: a key of `KINDS`.
        file: the path of the draft, shown in its first lines.
        folder: the data package's folder.
    """
    table, part, link = KINDS[kind]
    lines = [HEAD.format(kind=kind, file=file).rstrip()]
    for count, (name, text) in enumerate(SOURCE_FIELDS.items()):
        lines += [f"    # {text}", f"  {'-' if not count else ' '} {name}:"]
    lines += ["", f"# 2. A row of {table}.csv.", f"{table}:"]
    lines += _fields(table, folder, "  ", first="  ")
    if part:
        title = f"# 3. Rows of {part}.csv, one for each state. Copy the block for each."
        lines += ["", title, f"{part}:"]
        lines += _fields(part, folder, "    ", first="  - ", without=link)
    return "\n".join(lines) + "\n" + MEANT


def _fields(
    table: str, folder: Path, indent: str, first: str, without: str | None = None
) -> list[str]:
    lines: list[str] = []
    for field in describe(table, folder)["schema"]["fields"]:
        name = field["name"]
        if name == without or (name == "source" and not without):
            continue
        text = _explained(field)
        if not lines and not without and "pattern" in field.get("constraints", {}):
            text += " Small letters and hyphens, with the year: steppe-eagle-2026."
        if without and name in INHERITED:
            text = f"Empty: as above. {text.removeprefix('Needed. ')}"
        comments = [f"{indent}# {line}" for line in _wrapped(text)]
        start = first if not lines else indent
        lines += [*comments, f"{start}{name}:"]
    return lines


def _explained(field: dict) -> str:
    rules = field.get("constraints", {})
    needed = "Needed. " if rules.get("required") else ""
    values = f" One of: {', '.join(rules['enum'])}." if "enum" in rules else ""
    form = {"date": " As 2026-05-14.", "boolean": " true or false."}.get(field["type"], "")
    return f"{needed}{field['description']}{values}{form}"


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
