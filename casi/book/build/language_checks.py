"""Compare the pages of a language with the English ones: the same numbers, no English in labels.

The pages of both have the same elements in the same order, since they are made from one source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from lxml.html import HtmlElement

from casi.charts.words import SHOWN
from casi.number_words import SMALL_NUMBERS

KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4"), "heading"),
    **dict.fromkeys(("p", "li", "dt", "dd", "div"), "text"),
    **{"th": "table head", "td": "cell", "caption": "table caption", "figcaption": "chart caption"},
    **dict.fromkeys(("summary", "label", "button"), "button"),
}
LABELS = {"heading", "table head", "table caption", "chart caption", "button", "chart"}
PARAGRAPHS = ("p", "div")  # within another of these elements they are a part of it
LEFT_OUT = ("script", "style", "svg", "noscript", "code", "pre", "textarea")
LEFT_OUT_CLASSES = {
    *("headerlink", "tag_hide-cell", "cell_input"),
    *("casi-records", "casi-downloads", "bibtex-citation", "citation"),
}
DIGITS = [  # of English, whose thousands have commas, and of other languages
    re.compile(rf"\d+(?:{separator}\d{{3}}(?!\d))*") for separator in (",", "\u00a0")
]
WORD = re.compile(r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])+")
NO_WORD = re.compile(r"%\{[^}]*\}|<[^>]*>|&#?\w+;|https?:\S+|\w+(?:[./]\w+)+")  # also addresses
ENGLISH = {name: number for number, name in enumerate(SMALL_NUMBERS)}
ENGLISH |= {"none": 0, "never": 0, "once": 1, "twice": 2, "both": 2}


class Block(NamedTuple):
    """A text of a page and what it is, such as `table head`."""

    kind: str
    text: str


def faults(
    english: str, other: str, words: Mapping[str, int], allowed: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with a page, one line each.

    Args:
        english: the HTML of the English page.
        other: that of the same page in another language.
        words: the words of that language for small numbers.
        allowed: words in Latin letters that its labels may have.
    """
    pages = [html.fromstring(text).xpath("//article")[0] for text in (english, other)]
    first, second = (list(blocks(page)) for page in pages)
    if [block.kind for block in first] != [block.kind for block in second]:
        yield f"has {len(second)} texts, the English page {len(first)}, or others: build both anew"
    for ours, theirs in zip(first, second, strict=False):
        if odd := unlike(ours.text, theirs.text, words):
            yield f"{ours.kind}: numbers {odd} are not those of the English: {theirs.text[:120]}"
    for kind, text in [*second, *chart_labels(pages[1])]:
        latin = [word for word in WORD.findall(NO_WORD.sub(" ", text)) if word not in allowed]
        if latin and kind in LABELS:
            yield f"{kind}: {', '.join(latin)} in Latin letters: {text[:120]}"


def latin_words(path: Path) -> set[str]:
    """Return the words that labels may have in Latin letters; lines with # say of what kind."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def unlike(english: str, other: str, words: Mapping[str, int]) -> list[int]:
    """Return the numbers that one of two texts writes in digits and the other in no way."""
    written = [
        set(map(_value, digits.findall(text)))
        for digits, text in zip(DIGITS, (english, other), strict=True)
    ]
    said = [
        numbers | {known[word] for word in re.findall(r"\w+", text.lower()) if word in known}
        for numbers, text, known in zip(written, (english, other), (ENGLISH, words), strict=True)
    ]
    return sorted((written[0] - said[1]) | (written[1] - said[0]))


def blocks(element: HtmlElement, kind: str = "") -> Iterator[Block]:
    """Yield the texts of an element in order, without code and the keys of sources."""
    kind = kind if kind and element.tag in PARAGRAPHS else KINDS.get(element.tag, kind)
    if text := " ".join(_own(element).split(" ")).strip():
        yield Block(kind or "text", text)
    for child in _inner(element):
        yield from blocks(child, kind)


def chart_labels(article: HtmlElement) -> Iterator[Block]:
    """Yield the labels of the charts of a page, each once a chart."""
    for script in article.xpath(".//*[@class='casi-chart']/script"):
        for label in dict.fromkeys(_shown(json.loads(script.text_content()))):
            yield Block("chart", label)


def _shown(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        unseen = {"name"} if value.get("hoverinfo") == "skip" else set()
        for key, part in value.items():
            if key in unseen:
                continue
            yield from _shown(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _shown(part, name)
    elif isinstance(value, str) and name in SHOWN:
        yield value


def _own(element: HtmlElement) -> str:
    """Return the text of an element outside the blocks within it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in KINDS and not _is_left_out(child):
            parts.append(_own(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _inner(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the nearest blocks within an element."""
    for child in element:
        if isinstance(child.tag, str) and not _is_left_out(child):
            if child.tag in KINDS:
                yield child
            else:
                yield from _inner(child)


def _is_left_out(element: HtmlElement) -> bool:
    return element.tag in LEFT_OUT or bool(LEFT_OUT_CLASSES & set(element.classes))


def _value(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))
