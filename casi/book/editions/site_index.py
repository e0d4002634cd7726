"""Write what stands at the root of the site: the way to every edition, for people and machines.

These files are made anew with each site; the editions load `editions.js` and `editions.css` from
here, so that an old edition, which never changes, still knows of the newer ones.
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

ROOM = Path(__file__).parent / "templates"
LIST, PAGE, FEED = "editions.json", "editions.html", "feed.xml"
MOVED = 'http-equiv="refresh"'
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(site: Path, ours: Edition, books: list[dict]) -> None:
    """Write the files at the root of a site.

    Args:
        site: its folder.
        ours: the present edition or draft, which names report, authors and addresses.
        books: what each book of the site says of itself, the oldest first, the draft last.
    """
    *editions, draft = books
    editions = [
        one | {"sums": archives.digest(site / one["folder"] / archives.SUMS)} for one in editions
    ]
    newest = (editions or [draft])[-1]
    listed = {"title": ours.title, "newest": newest["folder"], "editions": editions, "draft": draft}
    (site / LIST).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    known = [{key: one[key] for key in ("folder", "name", "pages")} for one in books]
    data = json.dumps({"newest": newest["folder"], "draft": draft["folder"], "books": known})
    script = (ROOM / "editions.js").read_text(encoding="utf-8")
    (site / "editions.js").write_text(f"const SITE = {data};\n{script}", encoding="utf-8")
    shutil.copy(ROOM / "editions.css", site)
    words = {"ours": ours, "newest": newest, "editions": editions[::-1], "draft": draft}
    for name in ("index.html", PAGE):
        (site / name).write_text(_page(name, words), encoding="utf-8")
    (site / FEED).write_text(feed(ours, editions), encoding="utf-8")
    (site / "robots.txt").write_text(robots(ours), encoding="utf-8")
    (site / ".nojekyll").touch()
    if ours.site:
        (site / "sitemap.xml").write_text(sitemap(ours, editions), encoding="utf-8")


def _page(name: str, words: dict) -> str:
    settings = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOM), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    markdown = MarkdownIt("commonmark", {"html": False})
    settings.filters |= {"markdown": markdown.render, "kind": _kind}
    return settings.get_template(name).render(words)


def _kind(name: str) -> str:
    return downloads.kind_of(Path(name)) or name


def feed(ours: Edition, editions: list[dict]) -> str:
    """Return an Atom feed (RFC 4287) of editions and of the corrections they made, newest first.

    Args:
        ours: names report, authors and addresses.
        editions: what each edition says of itself, the oldest first.
    """
    top = ET.Element("feed", xmlns=ATOM)
    made = editions[-1]["made"] if editions else ours.made.isoformat()
    _add(top, "title", ours.title)
    _add(top, "subtitle", "Editions and corrections")
    _add(top, "id", _urn(ours.title))
    _add(top, "updated", made)
    _add(top, "link", rel="self", href=_at(ours, FEED))
    _add(top, "link", rel="alternate", href=_at(ours, PAGE))
    author = _add(top, "author")
    _add(author, "name", ", ".join(ours.authors))
    for one in reversed(editions):
        place = _at(ours, f"{one['folder']}/index.html")
        _entry(top, one["name"], one["name"], one["made"], place, one["changes"])
        for wrong in one["corrections"]:
            title = f"Correction in {one['name'].lower()}: {wrong['table']}, {wrong['row']}"
            text = f"{wrong['column'] or 'The row'} was “{wrong['expect']}”. {wrong['reason']}"
            place = _at(ours, f"{one['folder']}/chapters/changes.html")
            _entry(top, wrong["id"], title, one["made"], place, text)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _entry(top: ET.Element, key: str, title: str, made: str, link: str, text: str) -> None:
    entry = _add(top, "entry")
    _add(entry, "title", title)
    _add(entry, "id", _urn(f"{title} {key}"))
    _add(entry, "updated", made)
    _add(entry, "link", rel="alternate", href=link)
    _add(entry, "content", text, type="text")


def sitemap(ours: Edition, editions: list[dict]) -> str:
    """Return the pages of all editions for search engines (https://www.sitemaps.org/protocol.html).

    Args:
        ours: names the address of the site, which such a list needs.
        editions: what each edition says of itself.
    """
    top = ET.Element("urlset", xmlns=SITEMAP)
    for one in editions:
        for page in one["pages"]:
            entry = _add(top, "url")
            _add(entry, "loc", _at(ours, f"{one['folder']}/{page}"))
            _add(entry, "lastmod", one["made"])
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def robots(ours: Edition) -> str:
    """Return what search engines may read: everything but the draft."""
    lines = ["User-agent: *", "Disallow: /latest/"]
    return "\n".join(lines + ([f"Sitemap: {ours.site}/sitemap.xml"] if ours.site else [])) + "\n"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _at(ours: Edition, path: str) -> str:
    return f"{ours.site}/{path}" if ours.site else path


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
