"""Make the briefing: `python -m casi.book.takeaway.brief`, two pages, from the printed book.

`casi_brief` in `_config.yml` names what it holds: the number of findings, the charts (the first one
large) and the section whose list says what to watch.
"""

from __future__ import annotations

import os
import re
import sys
from base64 import b64encode
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from casi import tables
from casi.book.build import command
from casi.book.editions import downloads
from casi.book.editions.edition import Edition, edition
from casi.book.pages.chart_html import FOLDER
from casi.book.paper.single_document import PRINT, fill
from casi.book.paper.typeset import VARIANT, TypesettingError, WarningCollector
from casi.book.takeaway import extracts
from casi.text import date

PAGES = 2
COLOUR = re.compile(r"(--c\d+):(#\w+)")
VARIABLE = re.compile(r"var\((--c\d+)\)")


def make_brief(root: Path = tables.ROOT) -> Path:
    """Make the briefing as a PDF.

    Args:
        root: folder of the report, with a printed book.

    Raises:
        TypesettingError: if it does not fill exactly two pages, or a glyph or a picture is missing.
        RuntimeError: if the book lacks a chart or the list that the briefing shows.
    """
    current = edition(root)
    folder = root / "_build" / "singlehtml"
    page = brief_page(extracts.read(folder), current, root / "_build" / "html" / FOLDER)
    target = root / "_build" / "brief" / f"{current.stem}-brief.pdf"
    write_pdf(page, folder, current, target)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


def brief_page(book: extracts.Extracts, current: Edition, drawings: Path) -> str:
    """Return the briefing as HTML.

    Args:
        book: the printed book.
        current: the edition.
        drawings: folder of the web book that holds the narrow drawings of charts.

    Raises:
        RuntimeError: naming the charts and the list that the book lacks.
    """
    wanted, watch = book.brief["charts"], book.brief["watch"]
    missing = [anchor for anchor in wanted if anchor not in book.charts]
    missing += [] if book.sections.get(watch) else [watch]
    if missing:
        raise RuntimeError(f"casi_brief in _config.yml: the book has no {', '.join(missing)}")
    return fill(
        "brief",
        {},
        extracts=book,
        findings=book.findings[: book.brief["findings"]],
        charts=[book.charts[anchor] for anchor in wanted],
        narrow=lambda chart: light(drawings / f"{chart.anchor}-narrow.svg"),
        watch=book.sections[watch],
        edition=current,
        closed=date(tables.closing_date()),
    )


def light(drawing: Path) -> str:
    """Return a drawing of the web book as a data address, in the colours of a light page.

    WeasyPrint does not resolve the variables by which the drawing follows the page.
    """
    svg = drawing.read_text(encoding="utf-8")
    colours = dict(COLOUR.findall(svg.partition("@media")[0]))
    fixed = VARIABLE.sub(lambda found: colours[found[1]], svg)
    return f"data:image/svg+xml;base64,{b64encode(fixed.encode()).decode()}"


def write_pdf(page: str, folder: Path, current: Edition, target: Path) -> None:
    """Lay out the briefing; replace an older one only when the new one is complete.

    Args:
        page: the briefing as HTML.
        folder: where the addresses of its pictures start.
        current: the edition.
        target: path of the PDF.

    Raises:
        TypesettingError: if it does not fill exactly two pages, or a glyph or a picture is missing.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(int(current.made.timestamp()))  # the date in the fonts
    warnings = WarningCollector()
    fonts = FontConfiguration()
    near = URLFetcher(allowed_protocols=["file", "data"])  # no address on the network is opened
    style = CSS(PRINT / "brief.css", font_config=fonts, url_fetcher=near)
    html = HTML(string=page, base_url=f"{folder.as_uri()}/", url_fetcher=near)
    document = html.render(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)
    if len(document.pages) != PAGES:
        raise TypesettingError(
            f"the briefing fills {len(document.pages)} pages instead of {PAGES}: shorten its "
            "findings or its list of what to watch, or name other charts in casi_brief"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    document.write_pdf(draft, pdf_variant=VARIANT)
    if warnings.messages:
        raise TypesettingError("\n".join(dict.fromkeys(warnings.messages)))
    draft.replace(target)


if __name__ == "__main__":
    sys.exit(command.run("briefing", make_brief))
