"""Write charts into the web book: picture, interactive figure, numbers, downloads, own page.

The files of a chart are in the folder `charts/` of the book; their names begin with its label.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.writers.html import HTMLTranslator
from sphinx.writers.html5 import HTML5Translator

from casi import plotly_rules
from casi.book.pages import attribution, chart_method, pictures, search, share_pictures, variants
from casi.book.pages.browser import ADVICE
from casi.book.pages.figures import chart, charts_of, measure, tools
from casi.language import translated
from casi.text import formatted

FOLDER = "charts"
WIDE, NARROW, POSTER = 690, variants.NARROW_WIDTH, 900  # pixels
METHOD = "Method"  # the link of `casi_links` that goes into what is said of a chart
SMALL_SCREEN = "(max-width: 600px)"

logger = logging.getLogger(__name__)


def charts_in(app: Sphinx) -> dict[str, list[dict]]:
    """Return the figures of the charts of each page read so far."""
    env: Any = app.env
    if not hasattr(env, "casi_charts"):
        env.casi_charts = {}
    return env.casi_charts


def collect(app: Sphinx, doctree) -> None:
    """Store the charts of a page that was read; for `doctree-read`."""
    charts_in(app)[app.env.docname] = charts_of(doctree)


def forget(app: Sphinx, env, docname: str) -> None:
    """Remove the charts of a page that is read again or was removed; for `env-purge-doc`."""
    charts_in(app).pop(docname, None)


def draw(app: Sphinx, env) -> None:
    """Draw all missing pictures of charts in one batch; for `env-updated`.

    Raises:
        ExtensionError: naming the page and each chart that Plotly cannot draw.
    """
    if not app.config.casi_draws:
        logger.info("The charts of this build are interactive only: %s", ADVICE)
        return
    wanted = [
        replace(picture, chart=f"{page}: chart {figure['layout']['meta']['label']}")
        for page, figures in charts_in(app).items()
        for figure in figures
        for picture in _pictures(app, figure).values()
    ]
    try:
        pictures.draw(wanted, Path(app.srcdir) / "_build" / "pictures")
    except pictures.NotDrawn as error:
        raise ExtensionError(str(error)) from error


def write_files(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Write the downloads of each chart and yield its page; for `html-collect-pages`."""
    if app.builder.name != "html":
        return
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # no file of a removed or forbidden chart may remain
    folder.mkdir()
    for docname, figures in sorted(charts_in(app).items()):
        for figure in figures:
            _copy_bundle(app, plotly_rules.bundle(figure))
            meta = figure["layout"]["meta"]
            if app.config.casi_draws:
                _write_pictures(app, figure, folder)
                if app.config.html_baseurl:  # else no page can name them
                    png = folder / f"{meta['label']}.png"
                    share_pictures.write(png, png.with_name(png.stem + share_pictures.ENDING))
            if attribution.may_distribute(meta):
                sheet = folder / f"{meta['label']}.csv"
                sheet.write_text(attribution.as_csv(meta), encoding="utf-8-sig")
                about = attribution.csv_metadata(meta, app.config.html_title)
                text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
                sheet.with_name(f"{sheet.name}-metadata.json").write_text(text, encoding="utf-8")
            yield f"{FOLDER}/{meta['label']}", _page(app, docname, figure), "chart.html"


def write_rows(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Write the rows that the marks of all charts count, for the page of the record.

    Connect to `html-collect-pages`; no page is yielded.
    """
    if app.builder.name == "html" and app.config.casi_record:
        metas = [fig["layout"]["meta"] for figs in charts_in(app).values() for fig in figs]
        rows = {
            meta["label"]: {"title": meta["title"], "rows": meta["rows"]}
            for meta in sorted(metas, key=lambda meta: meta["label"])
            if meta.get("rows")
        }
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        folder = Path(app.outdir) / search.FOLDER
        folder.mkdir(exist_ok=True)
        (folder / "charts.js").write_text(f"casiChartRows={text}\n", encoding="utf-8")
    yield from ()


def visit_figure(translator: HTMLTranslator, node: nodes.figure) -> None:
    """Open a figure."""
    HTML5Translator.visit_figure(translator, node)


def depart_figure(translator: HTMLTranslator, node: nodes.figure) -> None:
    """Close a figure; the caption of a chart, which is above it, is closed already."""
    if "casi-figure" in node["classes"]:
        translator.body.append("</figure>\n")
    else:
        HTML5Translator.depart_figure(translator, node)


def visit_measure(translator: HTMLTranslator, node: measure) -> None:
    """Open the last line of a caption."""
    translator.body.append('<div class="casi-measure">')


def depart_measure(translator: HTMLTranslator, node: measure) -> None:
    """Close the caption with its last line."""
    translator.body.append("</div></figcaption>\n")


def visit_chart(translator: HTMLTranslator, node: chart) -> None:
    """Write a chart into a page."""
    builder = translator.builder
    base = _relative_address(builder.current_docname, FOLDER)
    translator.body.append(chart_markup(node["figure"], base, builder.config.casi_draws))


def visit_tools(translator: HTMLTranslator, node: tools) -> None:
    """Write the controls under a chart."""
    base = _relative_address(translator.builder.current_docname, FOLDER)
    translator.body.append(_tools(translator.builder.app, node["meta"], base))


def depart(translator: HTMLTranslator, node) -> None:
    """Write nothing: the element is complete."""


def chart_markup(figure: dict, base: str, drawn: bool) -> str:
    """Return the HTML of a chart: its picture, and the figure for the script `charts.js`.

    Args:
        figure: the figure as stored.
        base: relative address of the charts' folder.
        drawn: whether there are pictures, instead of the text alternative alone.
    """
    meta = figure["layout"]["meta"]
    alt, label = html.escape(meta["alt"]), meta["label"]
    height = figure["layout"]["height"]
    small = variants.narrow(figure)["layout"].get("height", height)
    picture = (
        f'<picture><source media="{SMALL_SCREEN}" srcset="{base}/{label}-narrow.svg" '
        f'width="{NARROW}" height="{small}"><img class="dark-light" src="{base}/{label}-wide.svg" '
        f'alt="{alt}" width="{WIDE}" height="{height}"></picture>'
    )
    static = picture if drawn else f'<noscript><p class="casi-alt">{alt}</p></noscript>'
    if not attribution.may_distribute(meta):
        return f'<div class="casi-chart">{static}</div>'
    drawing = variants.bare(figure)
    payload = drawing | {"narrow": variants.narrow(drawing), "dark": variants.dark(figure)}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/").replace("<!--", "\\u003c!--")  # which end or hide a script
    bundle = plotly_rules.bundle(figure)
    bundle_attribute = "" if bundle == "basic" else f' data-bundle="{bundle}"'
    return (
        f'<div class="casi-chart" data-alt="{alt}"{bundle_attribute}>{static}'
        f'<script type="application/json">{text}</script></div>'
    )


def tools_markup(
    meta: dict,
    base: str,
    drawn: bool,
    record: str = "",
    links: Mapping[str, str] = MappingProxyType({}),
    citation: str = "",
    source: str = "",
) -> str:
    """Return the HTML of the row of controls under a chart.

    Args:
        meta: `layout.meta` of the figure.
        base: relative address of the charts' folder.
        drawn: whether there are pictures.
        record: name of the page with all rows of the tables, if the book has one.
        links: addresses in the book by label, such as that of its licence.
        citation: how to cite a chart (`chart_method.markup`).
        source: address of the source of the report, if one is set.
    """
    label, title = meta["label"], html.escape(meta["title"])
    items = []
    to_rows = f"{base}/../{record}.html#chart={label}" if record and meta.get("rows") else ""
    if attribution.may_distribute(meta):
        items += [
            numbers_table(meta, to_rows),
            f'<a href="{base}/{label}.csv" download>Download (CSV)</a>',
            f'<a href="{base}/{label}.csv-metadata.json" download>Download (metadata)</a>',
        ]
    own = [entry for entry in attribution.resources(meta) if entry["redistribution"] == "free"]
    if record and own:
        named = to_rows or f"{base}/../{record}.html#tables={','.join(meta['tables'])}"
        items.append(f'<a href="{named}">Data behind this chart</a>')
    for publisher in attribution.publishers(meta):
        words = translated("All data at {publisher}").format(publisher=publisher["title"])
        address = html.escape(publisher["path"])
        items.append(f'<a href="{address}">{html.escape(words)}</a>')
    for kind in ("svg", "png") if drawn else ():
        items.append(f'<a href="{base}/{label}.{kind}" download>Image ({kind.upper()})</a>')
    items.append(f'<a href="{base}/{label}.html">Link to this chart</a>')
    frame = (
        f'<iframe src="{base}/{label}.html" title="{title}" width="100%" height="640" '
        'loading="lazy"></iframe>'
    )
    items.append(
        '<details class="casi-embed"><summary>Embed</summary><label>Code to paste into a page'
        f'<textarea readonly rows="3">{html.escape(frame)}</textarea></label></details>'
    )
    pages = {name: f"{base}/../{address}" for name, address in links.items()}
    if citation:
        items.append(chart_method.markup(meta, citation, source, pages.pop(METHOD, "")))
    items += [f'<a href="{address}">{name}</a>' for name, address in pages.items()]
    list_items = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="casi-tools" aria-label="About this chart: {title}">{list_items}</ul>'


def existing_links(links: Mapping[str, str], pages: Container[str]) -> dict[str, str]:
    """Return the links whose page the book has; `links` holds addresses by label."""
    return {name: link for name, link in links.items() if link.partition(".html")[0] in pages}


def numbers_table(meta: dict, to_rows: str = "") -> str:
    """Return the numbers of a chart as an HTML table in a `details` element.

    Args:
        meta: `layout.meta` of the figure.
        to_rows: address of the rows of the chart, to which those of each mark are added.
    """
    caption = html.escape(f"{meta['measure']} ({meta['unit']})")
    return (
        '<details class="casi-numbers"><summary>Table</summary>'
        f'<div class="casi-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f"{numbers(meta, caption, to_rows)}</div></details>"
    )


def numbers(meta: dict, caption: str, to_rows: str = "") -> str:
    """Return the numbers of a chart as an HTML table.

    Args:
        meta: `layout.meta` of the figure.
        caption: caption of the table, as HTML.
        to_rows: as for `numbers_table`.
    """
    columns, form = meta["table"]["columns"], meta["table"]["format"]
    counted = meta.get("rows", {}) if to_rows else {}
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns)
    body = ""
    for label, *values in meta["table"]["rows"]:
        cells = ""
        for series, value in zip(columns[1:], values, strict=True):
            text = html.escape(format_value(value, form))
            if label in counted.get(series, ()):
                text = _link_to_rows(to_rows, series, label, text)
            cells += f"<td>{text}</td>"
        body += f'<tr><th scope="row">{html.escape(label)}</th>{cells}</tr>'
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _link_to_rows(to_rows: str, series: str, label: str, text: str) -> str:
    """Return a number as a link to the rows it counts; a click on the mark looks for this link."""
    address = f"{to_rows}&series={quote(series)}&at={quote(label)}"
    names = f'data-series="{html.escape(series)}" data-at="{html.escape(label)}"'
    return f'<a href="{html.escape(address)}" {names}>{text}</a>'


def format_value(value: float | str | None, form: str) -> str:
    """Return a value in the number format of the chart; a dash if it is missing."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else formatted(value, form)


def _pictures(app: Sphinx, figure: dict) -> dict[str, pictures.Picture]:
    """Return every picture of a chart by the ending of its file name."""
    drawing = variants.bare(figure)
    line = attribution.picture_line(figure["layout"]["meta"], app.config.html_title)
    poster = variants.poster(figure, line)
    small = variants.merge(drawing, variants.narrow(drawing))
    return {
        "-wide.svg": pictures.Picture(drawing, WIDE),
        "-narrow.svg": pictures.Picture(small, NARROW),
        ".svg": pictures.Picture(poster, POSTER),
        ".png": pictures.Picture(poster, POSTER, "png"),
    }


def _write_pictures(app: Sphinx, figure: dict, folder: Path) -> None:
    label, dark = figure["layout"]["meta"]["label"], variants.dark(figure)
    for ending, picture in _pictures(app, figure).items():
        content = (Path(app.srcdir) / "_build" / "pictures" / picture.name()).read_bytes()
        if ending in ("-wide.svg", "-narrow.svg"):
            content = pictures.themed(content.decode(), dark).encode()
        (folder / f"{label}{ending}").write_bytes(content)


def _copy_bundle(app: Sphinx, bundle: str) -> None:
    """Bring a bundle of Plotly that a chart needs into the book; the basic one is there."""
    target = Path(app.outdir) / "_static" / f"plotly-{bundle}.min.js"
    if bundle != "basic" and not target.exists():
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(pictures.PLOTLY_JS[bundle], target)


def _tools(app: Sphinx, meta: dict, base: str) -> str:
    """Return the controls under a chart in this book."""
    config = app.config
    links = existing_links(config.casi_links, app.env.found_docs)
    drawn, record = config.casi_draws, config.casi_record
    return tools_markup(
        meta, base, drawn, record, links, config.casi_chart_citation, config.casi_source
    )


def _page(app: Sphinx, docname: str, figure: dict) -> dict:
    meta = figure["layout"]["meta"]
    return {
        "meta": meta,
        "origin": attribution.origin(meta),
        "home": f"../{docname}.html#{meta['label']}",
        "chart_markup": chart_markup(figure, ".", app.config.casi_draws),
        "tools_markup": _tools(app, meta, "."),
    }


def _relative_address(docname: str, folder: str) -> str:
    return "../" * (len(PurePosixPath(docname).parts) - 1) + folder
