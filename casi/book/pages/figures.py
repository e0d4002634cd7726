"""Turn Plotly charts and captioned tables into numbered figures and tables.

MyST-NB ignores the Plotly MIME type. This plugin, an entry point of `myst_nb.mime_renderers`,
returns a `figure` node whose caption, notes and table come from `layout.meta` of the figure. The
chart inside is a separate node, which each builder writes in its own format.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from casi.book.pages import attribution
from casi.book.pages.search import RECORDS_MIME, records
from casi.book.run.chart_rules import PLOTLY_MIME, faults
from casi.escape import for_markdown


class measure(nodes.General, nodes.Element):
    """Measure and unit of a chart, the last line of its caption."""


class chart(nodes.General, nodes.Element):
    """A chart; its attribute `figure` is the Plotly figure with its `layout.meta`."""


class tools(nodes.General, nodes.Element):
    """Controls under a chart: numbers, pictures, link, code to embed."""


class PlotlyFigure:
    """MIME renderer that MyST-NB calls for every output."""

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
        if data.mime_type == "text/markdown" and (label := _label(data)):
            return _table(renderer, data, label)
        return None


def charts_of(doctree: nodes.document) -> list[dict]:
    """Return the figures of the charts of a page."""
    return [node["figure"] for node in doctree.findall(chart)]


def _figure(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    meta = data.content.get("layout", {}).get("meta") or {}
    captions = renderer.renderer.sphinx_env.temp_data["casi_captions"]
    meta |= captions.get(meta.get("label"), {})
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


def _table(renderer: NbElementRenderer, data: MimeData, label: str) -> list[nodes.Element]:
    caption, table, *notes = renderer.render_markdown(data)
    table.insert(0, nodes.title("", caption.astext()))
    table["classes"].append("casi-table")
    below = nodes.container("", *notes, classes=["casi-notes"])
    return [_labelled(renderer, table, label), below]


def _label(data: MimeData) -> str | None:
    return data.output_metadata.get("text/markdown", {}).get("label")


def _labelled(renderer: NbElementRenderer, node: nodes.Element, label: str) -> nodes.Element:
    node["names"].append(label)
    renderer.renderer.document.note_explicit_target(node, node)
    return node


def _markdown(renderer: NbElementRenderer, data: MimeData, text: str) -> list[nodes.Element]:
    mime = MimeData("text/markdown", text, data.cell_metadata, {}, line=data.line)
    return renderer.render_markdown(mime)
