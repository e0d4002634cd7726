"""Make pages static for print and e-readers: pictures for charts, no code, no controls."""

from __future__ import annotations

import html
import re
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from casi.book.pages import pictures, variants
from casi.book.pages.chart_html import WIDE
from casi.book.pages.figures import chart, tools
from casi.book.pages.search import ROWS, records

EMPTY_PATH = re.compile(r"<path(?![^>]* d=)[^>]*/>")  # written by Plotly, invalid in SVG


class MissingPicture(RuntimeError):
    """Raised if a chart has no picture; the message names it and says what to do."""

    def __init__(self, label: str):
        """Write the message for a chart."""
        super().__init__(
            f"chart {label!r} has no picture: run `make book` on a machine with Chromium, "
            "then try again"
        )


def make_static(doctree: nodes.Element, root: Path, folder: Path, address: str) -> None:
    """Replace interactive parts of a page by static ones, and links to rows by their text.

    Args:
        doctree: a page, or the assembled book.
        root: folder of the report, in which `make book` drew the charts.
        folder: where to write the pictures.
        address: relative address of that folder from the page.

    Raises:
        MissingPicture: if a chart was not drawn.
    """
    _remove_interactive(doctree)
    for link in [node for node in doctree.findall(nodes.reference) if ROWS in node["classes"]]:
        link.parent.replace(link, link.children)
    for table in list(doctree.findall(records)):
        table.replace_self(_pointer(table["spec"]))
    folder.mkdir(parents=True, exist_ok=True)
    for node in list(doctree.findall(chart)):
        meta = node["figure"]["layout"]["meta"]
        picture = folder / f"{meta['label']}.svg"
        picture.write_text(picture_of(root, node["figure"]), encoding="utf-8")
        markup = f'<img src="{address}/{picture.name}" alt="{html.escape(meta["alt"])}" />'
        node.replace_self(nodes.raw("", markup, format="html"))


def picture_of(root: Path, figure: dict) -> str:
    """Return the picture of a chart as SVG, without the letters that the print edition holds once.

    Raises:
        MissingPicture: if it was not drawn.
    """
    path = root / "_build" / "pictures" / pictures.Picture(variants.bare(figure), WIDE).name()
    if not path.is_file():
        raise MissingPicture(figure["layout"]["meta"]["label"])
    return EMPTY_PATH.sub("", path.read_text(encoding="utf-8"))


def _remove_interactive(node: nodes.Element) -> None:
    node[:] = [child for child in node.children if not _is_interactive(child)]
    for child in node.children:
        if isinstance(child, nodes.Element):
            _remove_interactive(child)


def _is_interactive(node: nodes.Node) -> bool:
    """Return True for controls, and for code that a web page hides until it is asked for."""
    return isinstance(node, tools | HideCodeCellNode)


def _pointer(spec: dict) -> nodes.paragraph:
    text = (
        f"{spec['title']} fill {spec['rows']:,} rows, too many for this edition. The web edition "
        "shows them as a table to be searched, and hands them out as CSV."
    )
    return nodes.paragraph("", text)
