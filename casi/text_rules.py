"""Rules of the text in tables and bibliography: characters, beginnings and addresses.

What these rules refuse no name needs, and it hurts where the text goes: signs that no reader sees,
characters that the print edition cannot draw, beginnings that a spreadsheet takes for a formula,
and addresses that a browser would run.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from casi.escape import for_spreadsheet

PRINTED = re.compile(  # Latin, Cyrillic and signs that every font of the print edition has
    "[ -~¡-¬®-īİıĴ-ťŨ-ſƏəƠơƯưǍ-ǜȘ-țʻʼЀ-џҒғҖ-қҠ-ңҪҫҮ-ҳҶҷҺһӀӏӘәӢӣӨөӮӯẠ-ỹ‐-―‘-‚“-„†-•…‰′″‹›€№™−≈≠≤≥]*"
)
ADDRESS = re.compile(r"https?://[^\s/?#:@.<>\"{}|\\^`][^\s<>\"{}|\\^`]+")
ADDRESS_RULE = "an address begins with http:// or https://, a DOI with 10."
DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"{}|\\^`]+")
ENTRY = re.compile(r"@\w+\s*\{\s*([^,\s]+)")
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
SPACES = " \u00a0\u3000"  # of titles in all scripts
LINK = re.compile(r"\b(url|doi)\s*=\s*[{\"]+([^}\"]*)", re.IGNORECASE)


def broken_rule(cell: str) -> str | None:
    """Return the rule that a text breaks, or None."""
    rest = PRINTED.sub("", cell)
    if rest:
        name = f"U+{ord(rest[0]):04X} {unicodedata.name(rest[0], '')}".strip()
        invisible = unicodedata.category(rest[0])[0] in "CZ"
        return f"invisible character {name}" if invisible else f"not in the print fonts: {name}"
    if cell != cell.strip():
        return "begins or ends with a space"
    if "  " in cell:
        return "has two spaces in a row"
    if tag := TAG.search(cell):
        return f"holds the tag {tag[0]} of HTML: cells are plain text"
    if for_spreadsheet(cell) != cell:
        return f"a spreadsheet takes a text that begins with {cell[0]!r} for a formula"
    return None


def bibliography_faults(path: Path) -> list[str]:
    """Return the faults of addresses and characters in a bibliography, one line each.

    Addresses are http or https, identifiers are those of DOI (ISO 26324).
    """
    faults, key = [], ""
    for line, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if entry := ENTRY.match(text):
            key = entry[1]
        place = f"{path.name}: row {line}, entry {key}"
        for name, value in LINK.findall(text):
            form = ADDRESS if name.lower() == "url" else DOI
            if not form.fullmatch(value):
                faults.append(f"{place}, field {name.lower()}, value {value!r}: {ADDRESS_RULE}")
        for sign in "" if text.isprintable() else text:
            if unicodedata.category(sign)[0] in "CZ" and sign not in SPACES:
                faults.append(f"{place}: invisible character U+{ord(sign):04X}")
    return faults
