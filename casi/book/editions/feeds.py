"""Write the feeds of the record and the calendar of its plans, and name them on the pages.

`casi_feeds` in `_config.yml` names the functions that return them. A site keeps those of its newest
edition at its root, so that a reader subscribes once.
"""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote

from icalendar import Calendar, Event
from sphinx.application import Sphinx

from casi.book.editions import atom, cite
from casi.book.editions.edition import Edition
from casi.book.pages.search import called
from casi.book.run.fingerprint import INPUTS, fingerprint
from casi.escape import for_xml

FOLDER, CALENDAR = "feeds", "planned.ics"
LINK = re.compile(rf'(?<=href=")(?:\.\./)*{FOLDER}/(?=[\w-]+\.(?:xml|ics)")')
MARK = "casi_feeds"  # file that tells from which inputs the feeds were made


def name_feeds(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Tell a page which feeds it names in its head and menu; for `html-page-context`."""
    known = called(app.config.casi_feeds["listed"]) if app.config.casi_feeds else []
    context["casi"]["feeds"] = [
        (feed.title, f"{FOLDER}/{feed.name}.xml")
        for feed in known
        if any(fnmatchcase(pagename, pattern) for pattern in feed.pages)
    ]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write feeds and calendar into the web book if what they are made from has changed.

    Connect to `build-finished`.
    """
    if exception or app.builder.name != "html" or not app.config.casi_feeds:
        return
    root, folder = Path(app.srcdir), Path(app.outdir) / FOLDER
    edition, functions = app.config.casi_edition, app.config.casi_feeds
    mark, made_from = Path(app.doctreedir) / MARK, f"{fingerprint(root, INPUTS)} {edition}"
    if folder.is_dir() and mark.is_file() and mark.read_text(encoding="utf-8") == made_from:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    entries = called(functions["entries"])
    record = f"{app.config.casi_record}.html"
    for feed in called(functions["listed"]):
        text = as_feed(edition, feed, entries[feed.name], record)
        (folder / f"{feed.name}.xml").write_text(text, encoding="utf-8", newline="")
    calendar = as_calendar(edition, called(functions["plans"]), record)
    (folder / CALENDAR).write_bytes(calendar)
    mark.write_text(made_from, encoding="utf-8")


def as_feed(edition: Edition, feed: Any, entries: list, record: str) -> str:
    """Return a feed of the record as Atom.

    Args:
        edition: the edition.
        feed: `name`, `title` and `pages`, the last being its own.
        entries: each with `key`, `title`, `text` and `row`.
        record: the page of the record, to whose rows the entries lead.
    """
    made = edition.made.isoformat()
    return atom.feed(
        f"{edition.title}: {feed.title}",
        "Facts that were added and corrected",
        name=f"{edition.title} {feed.name}",
        made=made,
        own=f"{edition.site}/{FOLDER}/{feed.name}.xml" if edition.site else f"{feed.name}.xml",
        page=_address(edition, record),
        authors=edition.authors,
        entries=[
            atom.Entry(
                f"{edition.title} {each.key}",
                each.title,
                made,
                _address(edition, record, each.row),
                each.text,
            )
            for each in entries
        ],
    )


def as_calendar(edition: Edition, plans: list, record: str) -> bytes:
    """Return planned events as iCalendar (RFC 5545), each for all days that it can mean.

    Args:
        edition: the edition.
        plans: each with `row`, `name`, `place`, `first` and `last` (days) and `note`.
        record: the page of the record, to whose rows the events lead.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{edition.title}//{edition.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{edition.title}: planned events")
    for plan in plans:
        event = Event()
        event.add("uid", atom.urn(f"{edition.title} {plan.row}"))
        event.add("dtstamp", edition.made)
        event.add("dtstart", plan.first.date())
        event.add("dtend", plan.last.date() + timedelta(days=1))
        event.add("summary", for_xml(plan.name))
        event.add("description", for_xml(plan.note))
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        if plan.place:
            event.add("location", for_xml(plan.place))
        if edition.site:
            event.add("url", _address(edition, record, plan.row))
        calendar.add_component(event)
    return calendar.to_ical()


def _address(edition: Edition, record: str, row: str = "") -> str:
    page = f"{record}#rows={quote(row, safe='/')}" if row else record
    return cite.address(edition, page) or f"../{page}"


def publish(site: Path, book: Path) -> None:
    """Copy the feeds of an edition to the root of a site, their relative links made to fit.

    Args:
        site: folder of the site.
        book: folder of the edition in it.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for path in sorted((book / FOLDER).glob("*")):
        (site / FOLDER).mkdir(exist_ok=True)
        text = path.read_bytes().replace(b'href="../', f'href="../{book.name}/'.encode())
        (site / FOLDER / path.name).write_bytes(text)


def at_root(page: str, up: str) -> str:
    """Return a page whose links to feeds lead to those at the root of the site.

    Args:
        page: the HTML.
        up: relative address of the site.
    """
    return LINK.sub(f"{up}{FOLDER}/", page)
