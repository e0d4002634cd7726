"""Put Plotly charts and captioned tables into pages as numbered figures and tables.

MyST-NB skips the Plotly MIME type, so a chart is silently missing from the page. This plugin, found
through the `myst_nb.mime_renderers` entry point, turns it into a `figure` node whose caption, notes
and table come from the figure's own `layout.meta`.
"""

from __future__ import annotations

import html
import json
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

PLOTLY_MIME = "application/vnd.plotly.v1+json"
WORDS = ("label", "title", "measure", "alt", "source", "coverage", "table")


class PlotlyFigure:
    """The MIME renderer that MyST-NB calls for every output."""

    mime_priority_overrides: ClassVar = [("*", PLOTLY_MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the nodes of a chart or a captioned table; None leaves the output to MyST-NB."""
        if inline:
            return None
        if data.mime_type == PLOTLY_MIME:
            return _figure(renderer, data)
        if data.mime_type == "text/markdown" and _label(data):
            return _table(renderer, data)
        return None


def has_chart(doctree: nodes.document) -> bool:
    """Tell whether a page shows at least one chart."""
    return any("casi-figure" in figure["classes"] for figure in doctree.findall(nodes.figure))


def _figure(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    meta = data.content.get("layout", {}).get("meta") or {}
    missing = [word for word in WORDS if not meta.get(word)]
    if missing:
        page = renderer.renderer.sphinx_env.docname
        cell = (data.cell_index or 0) + 1
        renderer.logger.warning(
            f"{page}, cell {cell}: chart without {', '.join(missing)}; use casi.charts.chart",
            subtype="chart",
            line=data.line,
        )
        return []
    figure = nodes.figure(classes=["casi-figure"])
    figure += nodes.caption("", meta["title"])
    figure += nodes.legend("", nodes.paragraph("", meta["measure"]))
    figure += nodes.raw("", _markup(data.content, meta), format="html")
    notes = f"{meta['coverage']} Source: {{cite}}`{','.join(meta['source'])}`."
    figure += nodes.container("", *_markdown(renderer, data, notes), classes=["casi-notes"])
    figure += nodes.raw("", "<details><summary>The numbers</summary>", format="html")
    figure += _markdown(renderer, data, _markdown_table(**meta["table"]))
    figure += nodes.raw("", "</details>", format="html")
    return [_labelled(renderer, figure, meta["label"])]


def _table(renderer: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    caption, table, *notes = renderer.render_markdown(data)
    table.insert(0, nodes.title("", caption.astext()))
    table["classes"].append("casi-table")
    return [_labelled(renderer, table, _label(data)), *notes]


def _label(data: MimeData) -> str | None:
    return data.output_metadata.get("text/markdown", {}).get("label")


def _labelled(renderer: NbElementRenderer, node: nodes.Element, label: str) -> nodes.Element:
    node["names"].append(label)
    renderer.renderer.document.note_explicit_target(node, node)
    return node


def _markup(content: dict, meta: dict) -> str:
    drawing = {"data": content["data"], "layout": {**content["layout"], "meta": None}}
    payload = json.dumps(drawing, separators=(",", ":")).replace("</", "<\\/")
    height = content["layout"].get("height", 420)
    return (
        f'<div class="casi-chart" role="img" aria-label="{html.escape(meta["alt"])}" '
        f'style="min-height:{height}px">'
        f'<script type="application/json">{payload}</script></div>'
    )


def _markdown(renderer: NbElementRenderer, data: MimeData, text: str) -> list[nodes.Element]:
    mime = MimeData("text/markdown", text, data.cell_metadata, {}, line=data.line)
    return renderer.render_markdown(mime)


def _markdown_table(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
