"""Translate the words of finished pages and scripts that code, templates and the theme write.

A text, or an attribute that readers hear or see, is translated if the catalogue `code` has exactly
this text. In a script a string of several words is: a single word may be a name that code uses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

TEXT = re.compile(r"((?<=>)\s*|\A\s*)([^<>\s](?:[^<>]*[^<>\s])?)(\s*)(?=<|\Z)")
ATTRIBUTE = re.compile(r'(?<= )(aria-label|aria-roledescription|title|placeholder|alt)="([^"]+)"')
CODE = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>)", re.S)
STRING = re.compile(r'(["`])((?:[^"`\\\n]|\\.)*)\1')


def in_page(page: str, words: Mapping[str, str]) -> str:
    """Return the HTML of a page with its words translated; code and data in it stay."""
    parts = CODE.split(page)
    return "".join(
        _translated(part, words) if position % 3 == 0 else part
        for position, part in enumerate(parts)
        if position % 3 != 2  # the name of the tag
    )


def in_script(script: str, words: Mapping[str, str]) -> str:
    """Return a script with its strings translated."""

    def written(string: re.Match) -> str:
        known = words.get(string[2], "") if " " in string[2] else ""
        return f"{string[1]}{known or string[2]}{string[1]}"

    return STRING.sub(written, script)


def _translated(part: str, words: Mapping[str, str]) -> str:
    def text(match: re.Match) -> str:
        return match[1] + _word(match[2], words) + match[3]

    def attribute(match: re.Match) -> str:
        return f'{match[1]}="{_word(match[2], words)}"'

    return ATTRIBUTE.sub(attribute, TEXT.sub(text, part))


def _word(written: str, words: Mapping[str, str]) -> str:
    known = words.get(" ".join(html.unescape(written).split()))
    return html.escape(known) if known else written
