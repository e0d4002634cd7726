"""Refuse what a page would run, load or lead to and is not the book's own.

A page is looked through when it is read, whatever the edition: a PDF or an e-reader has no policy
that stops a script, and what a page loads from elsewhere an edition would have to fetch. Finished
pages are looked through again.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ADDRESSES = ("", "http", "https", "mailto")
DATA = ("application/json", "application/ld+json")  # types of scripts that hold data
LEADING = ("href", "action", "formaction", "xlink:href")
LOADED = ("src", "srcset", "poster", "data", "background")
NONE = re.compile(r"(?!)")
FORBIDDEN = ("iframe", "object", "embed", "base")


class Reader(HTMLParser):
    """Reads HTML and keeps what may not stand in it, one fault each."""

    def __init__(self, own_scripts: re.Pattern):
        """Allow the scripts whose relative address the pattern matches."""
        super().__init__()
        self.own_scripts = own_scripts
        self.faults: list[str] = []
        self.inline: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        known = {name: value or "" for name, value in attributes}
        if tag in FORBIDDEN:
            self.faults.append(f"element <{tag}>")
        if tag == "script" and known.get("type") not in DATA:
            if "src" not in known:
                self.inline = ""
            elif not self.own_scripts.fullmatch(known["src"]):
                self.faults.append(f"script {known['src']!r}")
        for name, value in known.items():
            if name.startswith("on"):
                self.faults.append(f"script in {name}={value!r}")
            elif name in LEADING and not may_lead_to(value):
                self.faults.append(f"address {value!r}")
            elif name in LOADED and tag != "script" and not may_load(value):
                self.faults.append(f"resource {value!r}")

    def handle_data(self, data: str) -> None:
        """Keep the text of a script."""
        if self.inline is not None:
            self.inline += data

    def handle_endtag(self, tag: str) -> None:
        """Name the script that ends."""
        if tag == "script" and self.inline is not None:
            self.faults.append(f"script {self.inline.strip()[:100]!r}")
            self.inline = None


def may_lead_to(address: str) -> bool:
    """Tell whether a link may have an address: http, https, mailto or a place in the book."""
    return urlsplit(address).scheme in ADDRESSES


def may_load(address: str) -> bool:
    """Tell whether a page may load what is at an address: a file of the book, or its own data."""
    parts = [urlsplit(part.strip()) for part in address.split(",")]  # of a srcset
    near = not any(part.scheme or part.netloc for part in parts)
    return near or address.startswith("data:image/")


def faults_in(markup: str, own_scripts: re.Pattern = NONE) -> list[str]:
    """Return what may not stand in some HTML, such as `"script 'x.js'"`.

    Args:
        markup: a page or a part of one.
        own_scripts: what matches the relative addresses of the scripts that are allowed.
    """
    reader = Reader(own_scripts)
    reader.feed(markup)
    reader.close()
    return reader.faults + (["script without an end"] if reader.inline is not None else [])


def refuse(page: str, faults: list[str]) -> None:
    """Stop the build if a page has faults.

    Raises:
        ExtensionError: naming the page and each fault.
    """
    if faults:
        raise ExtensionError(f"{page}: not allowed in any edition: {'; '.join(faults)}")


def check_page(app: Sphinx, doctree: nodes.document, docname: str = "") -> None:
    """Refuse a page that holds scripts, remote pictures, or addresses of other kinds.

    To be connected to `doctree-read`, before a picture is fetched, and to `doctree-resolved`, when
    the bibliography is there.

    Raises:
        ExtensionError: naming the page and each fault.
    """
    faults = []
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.reference) and not may_lead_to(node.get("refuri", "")):
            faults.append(f"address {node['refuri']!r}")
        elif isinstance(node, nodes.image) and not may_load(node["uri"]):
            faults.append(f"picture {node['uri']!r}")
        elif isinstance(node, nodes.raw) and "html" in node.get("format", ""):
            faults += faults_in(node.astext())
    refuse(docname or app.env.docname, faults)
