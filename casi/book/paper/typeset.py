"""Set the book on pages with WeasyPrint and write them as one PDF file.

The text is laid out once. Contents and index, whose page numbers are known only then, are documents
of their own; the pages of all three become one file, PDF/A-3a and tagged as PDF/UA-1 asks, with the
data package attached.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

from pydyf import PDF
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document, Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from casi import tables
from casi.book.editions.edition import Edition
from casi.book.paper.single_document import PRINT, fill
from casi.text import date

VARIANT = "pdf/a-3a"
ACCESSIBLE = (PRINT / "accessible.xml").read_bytes()
UNKNOWN = "000"  # stands for a page number while pages are counted


class Unprintable(RuntimeError):
    """The book cannot be printed as it is; the message lists every fault."""


class Complaints(logging.Handler):
    """Keeps what WeasyPrint complains of, such as a glyph or a target that is missing."""

    def __init__(self):
        """Listen, and keep WeasyPrint from printing."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        logging.getLogger("weasyprint").handlers = [self]

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a complaint."""
        self.said.append(record.getMessage())


def write_pdf(folder: Path, ours: Edition, size: str, package: Path, target: Path) -> Path:
    """Write the PDF of the book; the old one is replaced only when the new one is whole.

    Args:
        folder: what `casi.book.paper.single_document` wrote.
        ours: the edition.
        size: of the paper, as CSS names it.
        package: archive of the data package, to be attached.
        target: where to write.

    Raises:
        Unprintable: if a glyph, a picture or the target of a link is missing.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(int(ours.made.timestamp()))  # the date in the fonts
    complaints = Complaints()
    document = compose(folder, ours, size)
    document.metadata.attachments = [_attachment(package, ours)]
    document.metadata.generate_rdf_metadata = partial(
        _as_accessible, document.metadata.generate_rdf_metadata
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    document.write_pdf(draft, finisher=_say_what_heads_cover, pdf_variant=VARIANT)
    if complaints.said:
        raise Unprintable("\n".join(dict.fromkeys(complaints.said)))
    return draft.replace(target)


def compose(folder: Path, ours: Edition, size: str) -> Document:
    """Lay out the pages: front matter, text and index.

    Args:
        folder: what `casi.book.paper.single_document` wrote.
        ours: the edition.
        size: of the paper, as CSS names it.
    """
    book = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    sheet = f"@page{{size:{size}}}@page wide{{size:{size} landscape}}"
    near = URLFetcher(allowed_protocols=["file", "data"])  # no address on the network is opened
    looks = [CSS(PRINT / "print.css", font_config=fonts, url_fetcher=near), CSS(string=sheet)]

    def lay_out(page: str, before: int = 0) -> Document:
        numbers = CSS(string=f"@page:first{{counter-reset:page {before + 1}}}")
        html = HTML(string=page, base_url=f"{folder.as_uri()}/", url_fetcher=near)
        return html.render(stylesheets=[*looks, numbers], font_config=fonts, pdf_variant=VARIANT)

    words = {"edition": ours, "closed": date(tables.closing_date())}
    before = len(lay_out(fill("front", book, page_of=lambda _: UNKNOWN, **words)).pages)
    text = lay_out((folder / "body.html").read_text(encoding="utf-8"), before)
    after = before + len(text.pages)
    places = anchors(text.pages, before) | {"the-index": after + 1}
    front = lay_out(fill("front", book, page_of=places.__getitem__, **words))
    index = lay_out(fill("back", book, pages_of=partial(pages_of, places)), after)
    if len(front.pages) != before:
        raise Unprintable(f"the front matter grew from {before} to {len(front.pages)} pages")
    return front.copy([*front.pages, *text.pages, *index.pages])


def anchors(pages: list[Page], before: int) -> dict[str, int]:
    """Return the number of the page that each anchor is on, `before` pages standing in front."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, before + 1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found


def pages_of(places: dict[str, int], mentions: list[str]) -> list[tuple[str, str]]:
    """Return the pages of the mentions of a term, each with an anchor; runs become ranges.

    Args:
        places: page of each anchor.
        mentions: anchors in the order of the text.
    """
    first = {places[anchor]: anchor for anchor in reversed(mentions)}
    numbers = sorted(first)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return [(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]), first[run[0]]) for run in runs]


def _attachment(archive: Path, ours: Edition) -> Attachment:
    return Attachment(
        filename=archive,
        name=archive.name,
        description="The tables of the record, a Tabular Data Package",
        created=ours.made,
        modified=ours.made,
        relationship="Data",
    )


def _say_what_heads_cover(document: Document, pdf: PDF) -> None:
    """Say of each head in a table whether it is that of a column or, below the top, of a row."""

    def above(tag: dict) -> dict:
        return pdf.objects[int(tag["P"].split()[0])]

    for tag in pdf.objects:
        if isinstance(tag, dict) and tag.get("S") == "/TH":
            top = above(above(tag))["S"] == "/THead"
            tag["A"]["Scope"] = "/Column" if top else "/Row"


def _as_accessible(describe: Callable[..., bytes], *arguments) -> bytes:
    """Say in the metadata of a PDF/A file that it is PDF/UA-1 too.

    PDF/A wants a description of every property it does not know (ISO 19005-3, 6.6.2.3).
    """
    return describe(*arguments).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")
