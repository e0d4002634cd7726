"""Lay out the book with WeasyPrint and write it as one PDF file.

The text is laid out once. Contents and index need its page numbers, so they are separate documents;
the pages of all three go into one file. It is PDF/A-3a and PDF/UA-1 and has the data package
attached.
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
PLACEHOLDER = "000"  # for page numbers while pages are counted


class TypesettingError(RuntimeError):
    """Raised if the book cannot be printed; the message lists every fault."""


class WarningCollector(logging.Handler):
    """Log handler that collects WeasyPrint's warnings, such as a missing glyph or link target."""

    def __init__(self):
        """Replace the handlers of WeasyPrint, so that nothing is printed."""
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        logging.getLogger("weasyprint").handlers = [self]

    def emit(self, record: logging.LogRecord) -> None:
        """Store a message."""
        self.messages.append(record.getMessage())


def write_pdf(folder: Path, edition: Edition, size: str, package: Path, target: Path) -> Path:
    """Write the PDF of the book; replace an older one only when the new one is complete.

    Args:
        folder: output of `casi.book.paper.single_document`.
        edition: the edition.
        size: paper size, as CSS names it.
        package: archive of the data package, to attach.
        target: path of the PDF.

    Raises:
        TypesettingError: if a glyph, a picture or the target of a link is missing.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(int(edition.made.timestamp()))  # the date in the fonts
    warnings = WarningCollector()
    document = lay_out(folder, edition, size)
    document.metadata.attachments = [_attachment(package, edition)]
    document.metadata.generate_rdf_metadata = partial(
        _declare_accessible, document.metadata.generate_rdf_metadata
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    document.write_pdf(draft, finisher=_set_header_scopes, pdf_variant=VARIANT)
    if warnings.messages:
        raise TypesettingError("\n".join(dict.fromkeys(warnings.messages)))
    return draft.replace(target)


def lay_out(folder: Path, edition: Edition, size: str) -> Document:
    """Return the pages: front matter, text and index.

    Args:
        folder: output of `casi.book.paper.single_document`.
        edition: the edition.
        size: paper size, as CSS names it.
    """
    book = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    sheet = f"@page{{size:{size}}}@page wide{{size:{size} landscape}}"
    near = URLFetcher(allowed_protocols=["file", "data"])  # no address on the network is opened
    styles = [CSS(PRINT / "print.css", font_config=fonts, url_fetcher=near), CSS(string=sheet)]

    def render(page: str, before: int = 0) -> Document:
        numbers = CSS(string=f"@page:first{{counter-reset:page {before + 1}}}")
        html = HTML(string=page, base_url=f"{folder.as_uri()}/", url_fetcher=near)
        return html.render(stylesheets=[*styles, numbers], font_config=fonts, pdf_variant=VARIANT)

    words = {"edition": edition, "closed": date(tables.closing_date())}
    before = len(render(fill("front", book, page_of=lambda _: PLACEHOLDER, **words)).pages)
    text = render((folder / "body.html").read_text(encoding="utf-8"), before)
    after = before + len(text.pages)
    places = anchors(text.pages, before) | {"the-index": after + 1}
    front = render(fill("front", book, page_of=places.__getitem__, **words))
    index = render(fill("back", book, pages_of=partial(pages_of, places)), after)
    if len(front.pages) != before:
        raise TypesettingError(f"the front matter grew from {before} to {len(front.pages)} pages")
    return front.copy([*front.pages, *text.pages, *index.pages])


def anchors(pages: list[Page], before: int) -> dict[str, int]:
    """Return the page number of each anchor; `before` is the number of pages in front of these."""
    numbers: dict[str, int] = {}
    for number, page in enumerate(pages, before + 1):
        for anchor in page.anchors:
            numbers.setdefault(anchor, number)
    return numbers


def pages_of(places: dict[str, int], mentions: list[str]) -> list[tuple[str, str]]:
    """Return the pages that mention a term, each with an anchor; consecutive pages become ranges.

    Args:
        places: page number of each anchor.
        mentions: anchors of the term, in text order.
    """
    first = {places[anchor]: anchor for anchor in reversed(mentions)}
    numbers = sorted(first)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return [(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]), first[run[0]]) for run in runs]


def _attachment(archive: Path, edition: Edition) -> Attachment:
    return Attachment(
        filename=archive,
        name=archive.name,
        description="The tables of the record, a Tabular Data Package",
        created=edition.made,
        modified=edition.made,
        relationship="Data",
    )


def _set_header_scopes(document: Document, pdf: PDF) -> None:
    """Set the scope of each header cell of a table: column in the head, row in the body."""

    def parent(tag: dict) -> dict:
        return pdf.objects[int(tag["P"].split()[0])]

    for tag in pdf.objects:
        if isinstance(tag, dict) and tag.get("S") == "/TH":
            in_head = parent(parent(tag))["S"] == "/THead"
            tag["A"]["Scope"] = "/Column" if in_head else "/Row"


def _declare_accessible(describe: Callable[..., bytes], *arguments) -> bytes:
    """Return the metadata of a PDF/A file, with the declaration of PDF/UA-1.

    PDF/A requires a description of each property that it does not define (ISO 19005-3, 6.6.2.3).
    """
    return describe(*arguments).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")
