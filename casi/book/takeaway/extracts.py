"""Read question, answer, findings and charts from the printed book, to show them elsewhere.

The book is the output of `casi.book.paper.single_document`. Its first page holds the question, the
answer and a list of findings, each with a number, a sentence and a link to what shows it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement

FINDINGS = "//div[contains(@class, 'casi-findings')]//li/p"
REFERENCES = re.compile(r"\s*\((?:(?:Figure|Table) [\d.]+(?:, )?)+\)")


@dataclass(frozen=True)
class Finding:
    """A finding of the book.

    Attributes:
        number: its number in the text, such as `5 of 7`.
        sentence: what it says.
        details: the sentences after it; empty if no chapter has the sentence in bold.
        anchor: id of the first figure or table that shows it.
    """

    number: str
    sentence: str
    details: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """A chart of the book.

    Attributes:
        anchor: its id.
        number: number of the figure, such as `Figure 7`.
        title: its title.
        measure: what is measured, with the unit.
        notes: sources and coverage.
        description: text alternative.
        picture: path of its drawing, an SVG.
    """

    anchor: str
    number: str
    title: str
    measure: str
    notes: str
    description: str
    picture: Path


@dataclass(frozen=True)
class Extracts:
    """What the printed book holds for other forms of it.

    Attributes:
        question: the question of the book.
        answer: the paragraph below it.
        findings: its findings, in order.
        charts: its charts by id, in order.
        sections: the items of the lists of each section, by id of the section.
        brief: `casi_brief` of `_config.yml`.
    """

    question: str
    answer: str
    findings: list[Finding]
    charts: dict[str, Chart]
    sections: dict[str, list[str]]
    brief: dict[str, Any]


def read(folder: Path) -> Extracts:
    """Return the extracts of a printed book.

    Args:
        folder: output of `casi.book.paper.single_document`.

    Raises:
        RuntimeError: if the first page holds no findings.
    """
    tree = html.fromstring((folder / "body.html").read_text(encoding="utf-8"))
    book = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    details = {_text(strong): _after(strong) for strong in tree.xpath("//ol/li/p/strong[1]")}
    findings = [_finding(item, details) for item in tree.xpath(FINDINGS)]
    if not findings:
        raise RuntimeError("the first page lists no findings, in a container casi-findings")
    charts = [_chart(figure, folder) for figure in tree.xpath("//figure[.//img][@id]")]
    sections = {
        section.get("id"): [_text(item) for item in section.xpath("./ul/li | ./ol/li")]
        for section in tree.xpath("//section[@id]")
    }
    answer = _after(tree.xpath("//section/p[2]/strong")[0])
    by_id = {chart.anchor: chart for chart in charts}
    return Extracts(book["question"], answer, findings, by_id, sections, book["brief"])


def _finding(item: HtmlElement, details: dict[str, str]) -> Finding:
    strong = item.find("strong")
    sentence = _after(strong)
    anchor = item.xpath(".//a/@href")[-1].removeprefix("#")
    return Finding(_text(strong), sentence, details.get(sentence, ""), anchor)


def _chart(figure: HtmlElement, folder: Path) -> Chart:
    caption = figure.find("figcaption")
    image = figure.xpath(".//img")[0]
    return Chart(
        anchor=figure.get("id"),
        number=_text(caption.find_class("caption-number")[0]),
        title=_text(caption.find_class("caption-text")[0]),
        measure=" ".join(map(_text, caption.find_class("casi-measure"))),
        notes=" ".join(map(_text, figure.find_class("casi-notes"))),
        description=image.get("alt", ""),
        picture=folder / image.get("src"),
    )


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _after(strong: HtmlElement) -> str:
    """Return the text of a paragraph after its first bold words, without references to figures."""
    whole = _text(strong.getparent()).removeprefix(_text(strong))
    return REFERENCES.sub("", whole).strip()
