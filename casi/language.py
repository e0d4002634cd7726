"""The language of the edition, and the translations of words that code writes.

`CASI_LANGUAGE`, such as `ru`, sets it for a process; without it the language is English.
"""

from __future__ import annotations

import csv
import os
import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGE = os.environ.get("CASI_LANGUAGE", "en")
LOCALE = {"en": "en_GB"}.get(LANGUAGE, LANGUAGE)  # of Babel: forms of numbers, dates and lists
PARTS = re.compile(
    r"(%\{[^}]*\}|<[^>]*>|&#\d+;|[:;,.()\n|·–—]+ | \(|\)|\n|–(?=[A-Z])| и |^\s+|\s+$)"
)
CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


@cache
def catalogue(name: str) -> dict[str, str]:
    """Return translations by the English text; none if the language is English.

    Args:
        name: `code` for words in code, or the name of a page's catalogue.
    """
    path = CATALOGUES / LANGUAGE / "LC_MESSAGES" / f"{name}.po"
    if LANGUAGE == "en" or not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file)
    known = [each for each in messages if each.id and each.string and not each.fuzzy]
    return {str(each.id): str(each.string) for each in known}


@cache
def names() -> dict[str, dict[str, str]]:
    """Return the forms of names by the English name and case, as `names.csv` has them."""
    path = CATALOGUES / LANGUAGE / "names.csv"
    if LANGUAGE == "en" or not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row.pop("english"): row for row in csv.DictReader(file)}


def name_in(name: str, case: str) -> str:
    """Return a name in a case of the language, in the nominative or as it is if it has no other."""
    forms = names().get(name, {})
    return forms.get(case) or forms.get("nom") or translated(name)


def translated(text: str, name: str = "code") -> str:
    """Return the translation of a text that code writes, or the English if there is none."""
    return catalogue(name).get(text) or names().get(text, {}).get("nom") or text


def phrase(text: str) -> str:
    """Return a label in the language: the whole, or each of its parts that has a translation.

    Parts are what stands between colons, commas, brackets, dashes, tags and places of values.
    """
    whole = translated(text)
    if LANGUAGE == "en" or whole != text:
        return whole
    return "".join(map(translated, PARTS.split(text)))
