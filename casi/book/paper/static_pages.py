"""Make pages stand still for paper and e-readers: pictures for charts, no code, no controls."""

from __future__ import annotations

import html
import re
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from casi.book.pages import pictures, variants
from casi.book.pages.chart_html import WIDE
from casi.book.pages.figures import chart, tools
from casi.book.pages.search import records

PATH_TO_NOWHERE = re.compile(r"<path(?![^>]* d=)[^>]*/>")  # Plotly writes some; SVG forbids them
SCREEN_FONT, PAPER_FONT = "system-ui, sans-serif", "'Source Sans 3', sans-serif"


class MissingPicture(RuntimeError):
    """A chart has no picture; the message names it and says what to do."""

    def __init__(self, label: str):
        """Name the chart."""
        super().__init__(
            f"chart {label!r} has no picture: run `make book` where a Chromium is found, "
            "which draws it, and try again"
        )


def stand_still(doctree: nodes.Element, root: Path, folder: Path, way: str) -> None:
    """Replace what moves in a page by what can be printed.

    Args:
        doctree: the page, or all of them.
        root: the folder of the report, in which `make book` drew the charts.
        folder: where to put the pictures.
        way: the relative address of that folder from the page.

    Raises:
        MissingPicture: if a chart was not drawn.
    """
    for node in list(doctree.findall(_moves_nothing)):
        node.parent.remove(node)
    for node in list(doctree.findall(records)):
        node.replace_self(_pointer(node["spec"]))
    folder.mkdir(parents=True, exist_ok=True)
    for node in list(doctree.findall(chart)):
        meta = node["figure"]["layout"]["meta"]
        picture = folder / f"{meta['label']}.svg"
        picture.write_text(picture_of(root, node["figure"]), encoding="utf-8")
        markup = f'<img src="{way}/{picture.name}" alt="{html.escape(meta["alt"])}" />'
        node.replace_self(nodes.raw("", markup, format="html"))


def picture_of(root: Path, figure: dict) -> str:
    """Return the picture of a chart as SVG, set in the letters of the printed page.

    Raises:
        MissingPicture: if it was not drawn.
    """
    path = root / "_build" / "pictures" / pictures.Picture(variants.bare(figure), WIDE).name()
    if not path.is_file():
        raise MissingPicture(figure["layout"]["meta"]["label"])
    svg = PATH_TO_NOWHERE.sub("", path.read_text(encoding="utf-8"))
    return svg.replace(SCREEN_FONT, PAPER_FONT)


def _moves_nothing(node: nodes.Node) -> bool:
    code = isinstance(node, nodes.container) and "cell_input" in node["classes"]
    return code or isinstance(node, tools | HideCodeCellNode)


def _pointer(spec: dict) -> nodes.paragraph:
    text = (
        f"{spec['title']} fill {spec['rows']:,} rows, too many for this edition. The web edition "
        "shows them as a table to be searched, and hands them out as CSV."
    )
    return nodes.paragraph("", text)
