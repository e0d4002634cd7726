"""Put Plotly charts and captioned tables into pages as numbered figures and tables.

MyST-NB skips the Plotly MIME type, so a chart is silently missing from the page. This plugin, found
through the `myst_nb.mime_renderers` entry point, turns it into a `figure` node whose caption, notes
and table come from the figure's own `layout.meta`. The chart itself is a node of its own, which
each edition of the book writes in its own way.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from casi import plotly_rules
from casi.book.pages import attribution
from casi.book.pages.search import RECORDS_MIME, records
from casi.escape import for_markdown

PLOTLY_MIME = "application/vnd.plotly.v1+json"
WORDS = ("label", "title", "measure", "unit", "alt", "tables", "source", "coverage", "table")


class measure(nodes.General, nodes.Element):
    """What a chart measures, and in what unit; the last line of its caption."""


class chart(nodes.General, nodes.Element):
    """A drawn chart; its attribute `figure` holds the Plotly figure with all its words."""


class tools(nodes.General, nodes.Element):
    """What a reader can take from a chart: numbers, pictures, address, code to embed."""


class PlotlyFigure:
    """The MIME renderer that MyST-NB calls for every output."""

    mime_priority_overrides: ClassVar = [("*", PLOTLY_MIME, 1), ("*", RECORDS_MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the nodes of a chart or a captioned table; None leaves the output to MyST-NB."""
        if inline:
            return None
        if data.mime_type == PLOTLY_MIME:
            return _figure(renderer, data)
        if data.mime_type == RECORDS_MIME:
            return [records("", spec=data.content)]
        if data.mime_type == "text/markdown" and _label(data):
            return _table(renderer, data)
        return None


def charts_of(doctree: nodes.document) -> list[dict]:
    """Return the figures of the charts that a page shows."""
    return [node["figure"] for node in doctree.findall(chart)]


def faults(figure: dict) -> list[str]:
    """Return what keeps a chart out of the book: missing words, terms, what it cannot show."""
    meta = figure.get("layout", {}).get("meta") or {}
    missing = [word for word in WORDS if not meta.get(word)]
    if missing:
        return [f"chart without {', '.join(missing)}; use casi.charts.chart"]
    found = [
        f"chart hands out the numbers of {entry['name']!r}, whose terms forbid it; "
        "draw our own sums of them, or publish it as a picture with `numbers=False`"
        for entry in attribution.resources(meta)
        if entry["redistribution"] == "forbidden" and meta["table"]["rows"]
    ]
    return found + [f"chart {meta['label']}: {fault}" for fault in plotly_rules.faults(figure)]


def _figure(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    if found := faults(data.content):
        page = renderer.renderer.sphinx_env.docname
        cell = (data.cell_index or 0) + 1
        renderer.logger.warning(
            f"{page}, cell {cell}: {'; '.join(found)}", subtype="chart", line=data.line
        )
        return []
    meta = data.content["layout"]["meta"]
    figure = nodes.figure(classes=["casi-figure"])
    figure += nodes.caption("", meta["title"])
    figure += measure("", nodes.paragraph("", f"{meta['measure']} ({meta['unit']})"))
    figure += chart("", figure=data.content)
    notes = f"{attribution.source_line(meta)} {for_markdown(meta['coverage'])}"
    figure += nodes.container("", *_markdown(renderer, data, notes), classes=["casi-notes"])
    figure += tools("", meta=meta)
    return [_labelled(renderer, figure, meta["label"])]


def _table(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    caption, table, *notes = renderer.render_markdown(data)
    table.insert(0, nodes.title("", caption.astext()))
    table["classes"].append("casi-table")
    below = nodes.container("", *notes, classes=["casi-notes"])
    return [_labelled(renderer, table, _label(data)), below]


def _label(data: MimeData) -> str | None:
    return data.output_metadata.get("text/markdown", {}).get("label")


def _labelled(renderer: NbElementRenderer, node: nodes.Element, label: str) -> nodes.Element:
    node["names"].append(label)
    renderer.renderer.document.note_explicit_target(node, node)
    return node


def _markdown(renderer: NbElementRenderer, data: MimeData, text: str) -> list[nodes.Element]:
    mime = MimeData("text/markdown", text, data.cell_metadata, {}, line=data.line)
    return renderer.render_markdown(mime)
