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
DATE_PATTERNS = {
    "en": {"day": "d MMMM y", "month": "MMMM y", "year": "y"},
    "ru": {"day": "d\u00a0MMMM y 'года'", "month": "LLLL y 'года'", "year": "y"},
}[LANGUAGE]
PARTS = re.compile(
    r"(%\{[^}]*\}|<[^>]*>|&#\d+;|[:;,.()\n|·–—]+ | \(|\)|\n|–(?=[A-Z])| и |^\s+|\s+$)"
)
SIGNS = str.maketrans({",": "\u00a0", ".": ",", "%": "\u00a0%"})  # not of English
NUMBER = r"[<+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?"
PAIR = re.compile(rf"({NUMBER})(?: (to|of) |(–))({NUMBER})")
COUNTED = re.compile(rf"(.+[^\W\d]) ({NUMBER}|\d+)")  # a name with its number or year
PAIRS = {"to": "{0} to {1}", "of": "{0} of {1}", None: "{0}–{1}"}  # messages
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

    Parts are what stands between colons, commas, brackets, dashes, tags and places of values. A
    part that is a number, or two, has the signs of the language.
    """
    whole = translated(text)
    if LANGUAGE == "en" or whole != text:
        return whole
    return "".join(map(_part, PARTS.split(text)))


def _part(text: str) -> str:
    if re.fullmatch(NUMBER, text):
        return text.translate(SIGNS)
    if pair := PAIR.fullmatch(text):
        first, word, _, last = pair.groups()
        return translated(PAIRS[word]).format(first.translate(SIGNS), last.translate(SIGNS))
    known = translated(text)
    if known == text and (named := COUNTED.fullmatch(text)):
        name = translated(named[1])
        return text if name == named[1] else f"{name} {named[2].translate(SIGNS)}"
    return known
