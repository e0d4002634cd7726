"""Write the root of the site: the list of editions, for readers and programs.

These files are written again with each site. Editions, which never change, load `editions.js` and
`editions.css` from here, so that an old edition links to newer ones.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2
from markdown_it import MarkdownIt

from casi.book.editions import archives, atom, downloads, feeds
from casi.book.editions.edition import Edition

TEMPLATES = Path(__file__).parent / "templates"
LIST, PAGE, FEED = "editions.json", "editions.html", "feed.xml"
MOVED = 'http-equiv="refresh"'
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
    feeds.publish(site, site / newest["folder"])
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
    made = editions[-1]["made"] if editions else edition.made.isoformat()
    return atom.feed(
        edition.title,
        "Editions and corrections",
        name=edition.title,
        made=made,
        own=_at(edition, FEED),
        page=_at(edition, PAGE),
        authors=edition.authors,
        entries=[entry for about in reversed(editions) for entry in _entries(edition, about)],
    )


def _entries(edition: Edition, about: dict) -> Iterator[atom.Entry]:
    """Yield an edition and the corrections it made."""

    def entry(key: str, title: str, page: str, text: str) -> atom.Entry:
        place = _at(edition, f"{about['folder']}/{page}")
        return atom.Entry(f"{title} {key}", title, about["made"], place, text)

    yield entry(about["name"], about["name"], "index.html", about["changes"])
    for wrong in about["corrections"]:
        title = f"Correction in {about['name'].lower()}: {wrong['table']}, {wrong['row']}"
        text = f"{wrong['column'] or 'The row'} was “{wrong['expect']}”. {wrong['reason']}"
        yield entry(wrong["id"], title, "chapters/changes.html", text)


def sitemap(edition: Edition, editions: list[dict]) -> str:
    """Return the pages of all editions for search engines (https://www.sitemaps.org/protocol.html).

    Args:
        edition: names the address of the site, which such a list needs.
        editions: `edition.json` of each edition.
    """
    top = ET.Element("urlset", xmlns=SITEMAP)
    for about in editions:
        for page in about["pages"]:
            entry = atom.add(top, "url")
            atom.add(entry, "loc", _at(edition, f"{about['folder']}/{page}"))
            atom.add(entry, "lastmod", about["made"])
    return atom.as_xml(top)


def robots(edition: Edition) -> str:
    """Return `robots.txt`, which excludes the draft from search engines."""
    lines = ["User-agent: *", "Disallow: /latest/"]
    return (
        "\n".join(lines + ([f"Sitemap: {edition.site}/sitemap.xml"] if edition.site else [])) + "\n"
    )


def _at(edition: Edition, path: str) -> str:
    return f"{edition.site}/{path}" if edition.site else path
