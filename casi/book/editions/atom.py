"""Write Atom feeds (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from casi.escape import for_xml

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


class Entry(NamedTuple):
    """An entry of a feed: its lasting name, title, time (ISO 8601), address and text."""

    name: str
    title: str
    made: str
    link: str
    text: str


def feed(
    title: str,
    subtitle: str,
    *,
    name: str,
    made: str,
    own: str,
    page: str,
    authors: Iterable[str],
    entries: Iterable[Entry],
) -> str:
    """Return a feed as XML; all its texts are plain text.

    Args:
        title: of the feed.
        subtitle: what it lists.
        name: what its identifier is made from, which must not change.
        made: time of the newest entry, in ISO 8601.
        own: address of the feed.
        page: address of the page it belongs to.
        authors: names.
        entries: in the order of the feed.
    """
    top = ET.Element("feed", xmlns=ATOM)
    add(top, "title", title)
    add(top, "subtitle", subtitle)
    add(top, "id", urn(name))
    add(top, "updated", made)
    add(top, "link", rel="self", href=own)
    add(top, "link", rel="alternate", href=page)
    add(add(top, "author"), "name", ", ".join(authors))
    for each in entries:
        entry = add(top, "entry")
        add(entry, "title", each.title)
        add(entry, "id", urn(each.name))
        add(entry, "updated", each.made)
        add(entry, "link", rel="alternate", href=each.link)
        add(entry, "content", each.text, type="text")
    return as_xml(top)


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element with text that XML can hold; return it."""
    child = ET.SubElement(parent, tag, attributes)
    child.text = None if text is None else for_xml(text)
    return child


def as_xml(top: ET.Element) -> str:
    """Return a document as text, indented."""
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def urn(name: str) -> str:
    """Return an identifier that depends on a name alone."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
