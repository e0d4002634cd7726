"""Make the slides, one finding each: `python -m casi.book.takeaway.deck`, from the printed book."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Pt

from casi import tables
from casi.book.build import command
from casi.book.editions import archives, downloads
from casi.book.editions.edition import Edition, edition
from casi.book.pages.chart_html import FOLDER
from casi.book.takeaway.extracts import Chart, Extracts, Finding, read
from casi.text import date

MM = 36_000  # English Metric Units in a millimetre
WIDTH, HEIGHT, MARGIN = 338.7, 190.5, 15.0  # of a slide 16:9, in millimetres
INK, SOFT, MARK = RGBColor(0x1D, 0x1D, 0x1F), RGBColor(0x4D, 0x4D, 0x4D), RGBColor(0x13, 0x4A, 0x0A)
FONT = "Arial"  # on every machine that shows slides
BLANK = 6  # the empty layout of python-pptx's own template


def make_deck(root: Path = tables.ROOT) -> Path:
    """Make the slides as a PPTX file.

    Args:
        root: folder of the report, with a printed book.

    Raises:
        RuntimeError: if the book lists no findings.
    """
    current = edition(root)
    book = read(root / "_build" / "singlehtml")
    deck = slides(book, current, root / "_build" / "html" / FOLDER)
    target = root / "_build" / "deck" / f"{current.stem}-slides.pptx"
    target.parent.mkdir(parents=True, exist_ok=True)
    deck.save(str(target))
    archives.repack(target, current.made)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


def slides(book: Extracts, current: Edition, drawings: Path) -> Deck:
    """Return the slides: question and answer, one a finding, and how to cite them.

    Args:
        book: the printed book.
        current: the edition.
        drawings: folder of the web book with the pictures of the charts.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = _mm(WIDTH), _mm(HEIGHT)
    properties = deck.core_properties
    properties.title, properties.author = current.title, ", ".join(current.authors)
    properties.created = properties.modified = current.made.replace(tzinfo=None)
    first = _slide(deck)
    _write(first, book.question, top=45, height=50, size=32, bold=True)
    _write(first, book.answer, top=98, height=40, size=20)
    _write(first, _edition_line(current), top=168, height=10, size=12, colour=SOFT)
    for finding in book.findings:
        _finding_slide(deck, finding, book.charts.get(finding.anchor), current, drawings)
    last = _slide(deck)
    _write(last, "Sources and licence", top=20, height=15, size=28, bold=True)
    _write(last, book.brief["note"], top=45, height=60, size=18)
    _write(last, f"{_edition_line(current)} Text CC BY 4.0.", top=120, height=30, size=18)
    return deck


def _finding_slide(
    deck: Deck, finding: Finding, chart: Chart | None, current: Edition, drawings: Path
) -> None:
    slide = _slide(deck)
    _write(slide, finding.number, top=6, height=14, size=28, bold=True, colour=MARK)
    _write(slide, finding.sentence, top=20, height=26, size=20, bold=True)
    if chart:
        picture = slide.shapes.add_picture(
            str(drawings / f"{chart.anchor}.png"), _mm(MARGIN), _mm(48), height=_mm(126)
        )
        if picture.width > _mm(WIDTH - 2 * MARGIN):
            picture.height = Emu(picture.height * _mm(WIDTH - 2 * MARGIN) // picture.width)
            picture.width = _mm(WIDTH - 2 * MARGIN)
        picture.left = Emu((deck.slide_width - picture.width) // 2)
        shape: Any = picture._element  # python-pptx sets no text alternative
        shape.nvPicPr.cNvPr.set("descr", chart.description)
    else:
        _write(slide, finding.details, top=62, height=90, size=18)
    _write(slide, _source(chart, current), top=176, height=10, size=10, colour=SOFT)
    notes = [finding.details, chart.notes if chart else ""]
    frame: Any = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(filter(None, notes))


def _source(chart: Chart | None, current: Edition) -> str:
    where = f"{chart.number} of " if chart else ""
    return f"Source: {where}{_edition_line(current)} The notes name the sources and their gaps."


def _edition_line(current: Edition) -> str:
    closed = date(tables.closing_date())
    site = f", {current.site}" if current.site else ""
    return f"{current.title}, {current.name}, record closed on {closed}{site}."


def _slide(deck: Deck) -> Slide:
    return deck.slides.add_slide(deck.slide_layouts[BLANK])


def _write(
    slide: Slide,
    text: str,
    top: float,
    height: float,
    size: int,
    bold: bool = False,
    colour: RGBColor = INK,
) -> None:
    """Add a box of text over the width of the slide; `top` and `height` are in millimetres."""
    box = slide.shapes.add_textbox(_mm(MARGIN), _mm(top), _mm(WIDTH - 2 * MARGIN), _mm(height))
    frame = box.text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
    run.font.color.rgb = colour


def _mm(length: float) -> Emu:
    return Emu(round(length * MM))


if __name__ == "__main__":
    sys.exit(command.run("slides", make_deck))
