"""Write the root of the site: the list of editions, for readers and programs.

These files are written again with each site. Editions, which never change, load `editions.js` and
`editions.css` from here, so that an old edition links to newer ones.
"""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2
from markdown_it import MarkdownIt

from casi.book.editions import archives, downloads
from casi.book.editions.edition import Edition

TEMPLATES = Path(__file__).parent / "templates"
LIST, PAGE, FEED = "editions.json", "editions.html", "feed.xml"
MOVED = 'http-equiv="refresh"'
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(site: Path, edition: Edition, books: list[dict]) -> None:
    """Write the files at the root of a site.

    Args:
        site: folder of the site.
        edition: the current edition or draft, for the name of the report, authors and addresses.
        books: `edition.json` of each book, the oldest first, the draft last.
    """
    *editions, draft = books
    editions = [
        about | {"sums": archives.digest(site / about["folder"] / archives.SUMS)}
        for about in editions
    ]
    newest = (editions or [draft])[-1]
    listed = {
        "title": edition.title,
        "newest": newest["folder"],
        "editions": editions,
        "draft": draft,
    }
    (site / LIST).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    known = [{key: book[key] for key in ("folder", "name", "pages")} for book in books]
    data = json.dumps({"newest": newest["folder"], "draft": draft["folder"], "books": known})
    script = (TEMPLATES / "editions.js").read_text(encoding="utf-8")
    (site / "editions.js").write_text(f"const SITE = {data};\n{script}", encoding="utf-8")
    shutil.copy(TEMPLATES / "editions.css", site)
    words = {"edition": edition, "newest": newest, "editions": editions[::-1], "draft": draft}
    for name in ("index.html", PAGE):
        (site / name).write_text(_page(name, words), encoding="utf-8")
    (site / FEED).write_text(feed(edition, editions), encoding="utf-8")
    (site / "robots.txt").write_text(robots(edition), encoding="utf-8")
    (site / ".nojekyll").touch()
    if edition.site:
        (site / "sitemap.xml").write_text(sitemap(edition, editions), encoding="utf-8")


def _page(name: str, words: dict) -> str:
    settings = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markdown = MarkdownIt("commonmark", {"html": False})
    settings.filters |= {"markdown": markdown.render, "kind": _kind}
    return settings.get_template(name).render(words)


def _kind(name: str) -> str:
    return downloads.kind_of(Path(name)) or name


def feed(edition: Edition, editions: list[dict]) -> str:
    """Return an Atom feed (RFC 4287) of editions and of the corrections they made, newest first.

    Args:
        edition: with the name of the report, its authors and addresses.
        editions: `edition.json` of each edition, the oldest first.
    """
    top = ET.Element("feed", xmlns=ATOM)
    made = editions[-1]["made"] if editions else edition.made.isoformat()
    _add(top, "title", edition.title)
    _add(top, "subtitle", "Editions and corrections")
    _add(top, "id", _urn(edition.title))
    _add(top, "updated", made)
    _add(top, "link", rel="self", href=_at(edition, FEED))
    _add(top, "link", rel="alternate", href=_at(edition, PAGE))
    author = _add(top, "author")
    _add(author, "name", ", ".join(edition.authors))
    for about in reversed(editions):
        place = _at(edition, f"{about['folder']}/index.html")
        _entry(top, about["name"], about["name"], about["made"], place, about["changes"])
        for wrong in about["corrections"]:
            title = f"Correction in {about['name'].lower()}: {wrong['table']}, {wrong['row']}"
            text = f"{wrong['column'] or 'The row'} was “{wrong['expect']}”. {wrong['reason']}"
            place = _at(edition, f"{about['folder']}/chapters/changes.html")
            _entry(top, wrong["id"], title, about["made"], place, text)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _entry(top: ET.Element, key: str, title: str, made: str, link: str, text: str) -> None:
    entry = _add(top, "entry")
    _add(entry, "title", title)
    _add(entry, "id", _urn(f"{title} {key}"))
    _add(entry, "updated", made)
    _add(entry, "link", rel="alternate", href=link)
    _add(entry, "content", text, type="text")


def sitemap(edition: Edition, editions: list[dict]) -> str:
    """Return the pages of all editions for search engines (https://www.sitemaps.org/protocol.html).

    Args:
        edition: names the address of the site, which such a list needs.
        editions: `edition.json` of each edition.
    """
    top = ET.Element("urlset", xmlns=SITEMAP)
    for about in editions:
        for page in about["pages"]:
            entry = _add(top, "url")
            _add(entry, "loc", _at(edition, f"{about['folder']}/{page}"))
            _add(entry, "lastmod", about["made"])
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def robots(edition: Edition) -> str:
    """Return `robots.txt`, which excludes the draft from search engines."""
    lines = ["User-agent: *", "Disallow: /latest/"]
    return (
        "\n".join(lines + ([f"Sitemap: {edition.site}/sitemap.xml"] if edition.site else [])) + "\n"
    )


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _at(edition: Edition, path: str) -> str:
    return f"{edition.site}/{path}" if edition.site else path


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
