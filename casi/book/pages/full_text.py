"""Write the text of the book for its search: pages, sections, figures, tables, terms and rows.

The finished pages are read, so that an incremental build writes the same file as a clean one. The
file is a script, which unlike JSON also loads on a page opened from a folder; `search.js` loads it
at the first search and builds the index in the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement
from sphinx.application import Sphinx

from casi.book.pages import search, selection

FILE = "full_text.js"
OF_SPHINX = ("searchtools.js", "language_data.js", "sphinx_highlight.js")
NOT_TEXT = (  # classes of what a page shows beside its text
    *("headerlink", "cell_input", "above-input", "bibtex-citation"),
    *("casi-chart", "casi-tools", "casi-records"),
)


NAMES = {name: name for name in ("Page", "Section", "Term", "Figure", "Table", "Source")}


class Entry(NamedTuple):
    """What a search can find.

    Attributes:
        label: what it is, such as "Section" or "Figure 5".
        anchor: its place in the page; empty for the page itself.
        title: its heading or name.
        text: its words.
    """

    label: str
    anchor: str
    title: str
    text: str


def entries(article: HtmlElement) -> list[Entry]:
    """Return what a page holds, its own entry first; what is returned is taken out of the page.

    Args:
        article: the content of a page, without its menus.
    """
    for name in NOT_TEXT:
        for element in article.find_class(name):
            element.drop_tree()
    parts = [*_captioned(article), *_terms(article), *_sources(article)]
    return [*_sections(article), *parts]


def brief(found: list[Entry]) -> list[Entry]:
    """Return the entry of a page with its text, and its figures and tables by their names alone.

    For pages of which there are many of one kind, whose rows the search finds in the record.
    """
    page, *parts = found
    return [page, *(part._replace(text="") for part in parts if part.label != "Section")]


def row_entries(columns: list[str], rows: list[list[str]]) -> list[Entry]:
    """Return one entry for each subject of a table of the record, in the order of the rows.

    Rows whose keys begin with the same table and subject are one entry: the steps of a treaty, the
    members of an organisation. Its name is then what stands before the colon.
    """
    subjects: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        values = dict(zip(columns, row, strict=True))
        subjects.setdefault("/".join(values["Key"].split("/")[:2]), []).append(values)
    return [_subject(key, found) for key, found in subjects.items()]


def as_script(
    pages: dict[str, list[Entry]], synonyms: list[list[str]], names: Mapping[str, str] = NAMES
) -> str:
    """Return the script that hands the text to the search.

    Args:
        pages: the entries of each page by its address; the first is the page itself.
        synonyms: groups of words that mean the same.
        names: what readers see for the kinds of entries, in the language of the pages.
    """
    texts = [[number, *entry] for number, found in enumerate(pages.values()) for entry in found]
    payload = {"pages": list(pages), "entries": texts, "synonyms": synonyms}
    payload |= {"names": dict(names)}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"casiFullText={text}\n"


def replace_search(app: Sphinx) -> None:
    """Keep Sphinx from making its own index; for `builder-inited`."""
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]  # an attribute of HTML builders


def add_page(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Yield the page of the search; for `html-collect-pages`."""
    if app.builder.name == "html":
        yield "search", {}, "search.html"


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the text of all pages, and remove the scripts of Sphinx's search.

    For `build-finished`.
    """
    if exception or app.builder.name != "html":
        return
    book = Path(app.outdir)
    names = sorted(app.env.found_docs)
    pages = {f"{name}.html": page_entries(book, name) for name in names}
    for name in selection.matching(names, app.config.casi_search_brief):
        pages[f"{name}.html"] = brief(pages[f"{name}.html"])
    script = as_script(pages, app.config.casi_synonyms)
    (book / FILE).write_text(script, encoding="utf-8")
    for name in OF_SPHINX:
        (book / "_static" / name).unlink(missing_ok=True)


def page_entries(book: Path, name: str) -> list[Entry]:
    """Return the entries of a finished page, with those of its tables of the record."""
    page = html.fromstring((book / f"{name}.html").read_text(encoding="utf-8"))
    [article] = page.xpath("//article")
    labels = [table.get("data-label") for table in article.find_class("casi-records")]
    rows = [entry for label in labels for entry in row_entries(**search.published(book, label))]
    return entries(article) + rows


def _subject(key: str, rows: list[dict[str, str]]) -> Entry:
    first = rows[0]
    whole = first["Key"] == key
    title = first["What"] if whole else first["What"].rpartition(": ")[0]
    lines = [" · ".join(filter(None, (row["Date"], row["Where"], row["Note"]))) for row in rows]
    return Entry(first["Kind"], f"rows={quote(key)}", title, " ".join(dict.fromkeys(lines)))


def _captioned(article: HtmlElement) -> list[Entry]:
    """Take the figures and tables that have a caption out of a page."""
    found = []
    for element in article.xpath(".//figure[@id] | .//table[@id]"):
        for caption in element.xpath("./figcaption/p[1] | ./caption"):
            number = "".join(_text(part) for part in caption.find_class("caption-number"))
            title = _text(caption).removeprefix(number).strip()
            caption.drop_tree()
            label = number or element.tag.capitalize()
            found.append(Entry(label, element.get("id"), title, _text(element)))
            element.drop_tree()
    return found


def _terms(article: HtmlElement) -> list[Entry]:
    """Take the terms of a glossary out of a page."""
    found = []
    for glossary in article.find_class("glossary"):
        for term in glossary.xpath("./dt[@id]"):
            meaning = term.xpath("string(following-sibling::dd[1])")
            found.append(Entry("Term", term.get("id"), _text(term), " ".join(meaning.split())))
        glossary.drop_tree()
    return found


def _sources(article: HtmlElement) -> list[Entry]:
    """Take the entries of a bibliography, without their addresses, out of a page."""
    found = []
    for source in article.find_class("citation"):
        title = " ".join(_text(line) for line in source.iter("p")).partition(" URL: ")[0]
        found.append(Entry("Source", source.get("id"), title, ""))
        source.drop_tree()
    return found


def _sections(article: HtmlElement) -> list[Entry]:
    """Return the sections of a page, the inner ones without the outer; the first is the page."""
    found = []
    for number, section in enumerate(article.xpath(".//section")):
        heading, *rest = [each for each in section if each.tag != "section"]
        text = " ".join(filter(None, map(_text, rest)))
        label, anchor = ("Section", section.get("id")) if number else ("Page", "")
        found.append(Entry(label, anchor, _text(heading), text))
    return found


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
