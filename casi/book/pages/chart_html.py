"""Write charts into the web book: picture first, numbers and pictures beside it, a page for each.

Everything of a chart but its place in the text is in the folder `charts/` of the book, under the
name of its label.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html import HTMLTranslator
from sphinx.writers.html5 import HTML5Translator

from casi import plotly_rules
from casi.book.pages import attribution, pictures, variants
from casi.book.pages.browser import ADVICE
from casi.book.pages.figures import chart, charts_of, measure, tools

FOLDER = "charts"
WIDE, NARROW, POSTER = 690, variants.NARROW_WIDTH, 900  # pixels
SMALL_SCREEN = "(max-width: 600px)"

logger = logging.getLogger(__name__)


def charts_in(app: Sphinx) -> dict[str, list[dict]]:
    """Return the figures of the book's charts by page, as read so far."""
    if not hasattr(app.env, "casi_charts"):
        app.env.casi_charts = {}
    return app.env.casi_charts


def collect(app: Sphinx, doctree) -> None:
    """Remember the charts of a page that was read."""
    charts_in(app)[app.env.docname] = charts_of(doctree)


def forget(app: Sphinx, env, docname: str) -> None:
    """Forget the charts of a page that will be read again or is gone."""
    charts_in(app).pop(docname, None)


def gather(app: Sphinx, env, docnames: list[str], other) -> None:
    """Take over the charts of pages that another process read."""
    charts_in(app).update({name: other.casi_charts[name] for name in docnames})


def draw(app: Sphinx, env) -> None:
    """Draw all charts of the book that are not drawn yet, in one batch."""
    if not app.config.casi_draws:
        logger.info("The charts of this build are interactive only: %s", ADVICE)
        return
    figures = [figure for page in charts_in(app).values() for figure in page]
    wanted = [picture for figure in figures for picture in _pictures(app, figure).values()]
    pictures.draw(wanted, Path(app.srcdir) / "_build" / "pictures")


def write_files(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Write what readers take from each chart, and hand the chart's own page to Sphinx."""
    if app.builder.name != "html":
        return
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # nothing of a chart that is gone or closed may stay
    folder.mkdir()
    for docname, figures in sorted(charts_in(app).items()):
        for figure in figures:
            _copy_bundle(app, plotly_rules.bundle(figure))
            if app.config.casi_draws:
                _write_pictures(app, figure, folder)
            meta = figure["layout"]["meta"]
            if attribution.may_hand_out(meta):
                sheet = folder / f"{meta['label']}.csv"
                sheet.write_text(attribution.as_csv(meta), encoding="utf-8-sig")
                about = attribution.csv_metadata(meta, app.config.html_title)
                text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
                sheet.with_name(f"{sheet.name}-metadata.json").write_text(text, encoding="utf-8")
            yield f"{FOLDER}/{meta['label']}", _page(app, docname, figure), "chart.html"


def visit_figure(translator: HTMLTranslator, node: nodes.figure) -> None:
    """Open a figure."""
    HTML5Translator.visit_figure(translator, node)


def depart_figure(translator: HTMLTranslator, node: nodes.figure) -> None:
    """Close a figure; the caption of ours is closed already, for it stands above the chart."""
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
    base = _way(builder.current_docname, FOLDER)
    translator.body.append(chart_markup(node["figure"], base, builder.config.casi_draws))


def visit_tools(translator: HTMLTranslator, node: tools) -> None:
    """Write what a reader can take from a chart."""
    base = _way(translator.builder.current_docname, FOLDER)
    config = translator.builder.config
    markup = tools_markup(node["meta"], base, config.casi_draws, config.casi_record)
    translator.body.append(markup)


def depart(translator: HTMLTranslator, node) -> None:
    """Nothing is left to write."""


def chart_markup(figure: dict, base: str, drawn: bool) -> str:
    """Return the HTML of a chart: its picture, and the figure for the script that wakes it.

    Args:
        figure: the figure as stored.
        base: relative address of the charts' folder.
        drawn: whether there are pictures.
    """
    meta = figure["layout"]["meta"]
    alt, label = html.escape(meta["alt"]), meta["label"]
    height = figure["layout"]["height"]
    picture = (
        f'<picture><source media="{SMALL_SCREEN}" srcset="{base}/{label}-narrow.svg" '
        f'width="{NARROW}" height="{height}"><img class="dark-light" src="{base}/{label}-wide.svg" '
        f'alt="{alt}" width="{WIDE}" height="{height}"></picture>'
    )
    still = picture if drawn else f'<noscript><p class="casi-alt">{alt}</p></noscript>'
    if not attribution.may_hand_out(meta):
        return f'<div class="casi-chart">{still}</div>'
    drawing = variants.bare(figure)
    payload = drawing | {"narrow": variants.narrow(drawing), "dark": variants.dark(figure)}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/").replace("<!--", "\\u003c!--")  # which end or hide a script
    bundle = plotly_rules.bundle(figure)
    more = "" if bundle == "basic" else f' data-bundle="{bundle}"'
    return (
        f'<div class="casi-chart" data-alt="{alt}"{more}>{still}'
        f'<script type="application/json">{text}</script></div>'
    )


def tools_markup(meta: dict, base: str, drawn: bool, record: str = "") -> str:
    """Return the HTML of the row of controls under a chart.

    Args:
        meta: what the figure says of itself.
        base: relative address of the charts' folder.
        drawn: whether there are pictures.
        record: name of the page that lists the rows of the record, if the book has one.
    """
    label, title = meta["label"], html.escape(meta["title"])
    items = []
    if attribution.may_hand_out(meta):
        items += [
            numbers_table(meta),
            f'<a href="{base}/{label}.csv" download>Data (CSV)</a>',
            f'<a href="{base}/{label}.csv-metadata.json" download>About the data (JSON)</a>',
        ]
    own = [entry for entry in attribution.resources(meta) if entry["redistribution"] == "free"]
    if record and own:
        named = ",".join(meta["tables"])
        items.append(f'<a href="{base}/../{record}.html#tables={named}">The rows</a>')
    for publisher in attribution.publishers(meta):
        name = html.escape(publisher["title"])
        items.append(f'<a href="{html.escape(publisher["path"])}">All data at {name}</a>')
    for kind in ("svg", "png") if drawn else ():
        items.append(f'<a href="{base}/{label}.{kind}" download>Picture ({kind.upper()})</a>')
    items.append(f'<a href="{base}/{label}.html">Link to this chart</a>')
    frame = (
        f'<iframe src="{base}/{label}.html" title="{title}" width="100%" height="640" '
        'loading="lazy"></iframe>'
    )
    items.append(
        '<details class="casi-embed"><summary>Embed</summary><label>Code to paste into a page'
        f'<textarea readonly rows="3">{html.escape(frame)}</textarea></label></details>'
    )
    written_items = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="casi-tools" aria-label="About this chart: {title}">{written_items}</ul>'


def numbers_table(meta: dict) -> str:
    """Return the numbers of a chart as an HTML table behind a disclosure."""
    caption = html.escape(f"{meta['measure']} ({meta['unit']})")
    return (
        '<details class="casi-numbers"><summary>The numbers</summary>'
        f'<div class="casi-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f"{numbers(meta, caption)}</div></details>"
    )


def numbers(meta: dict, caption: str) -> str:
    """Return the numbers of a chart as an HTML table.

    Args:
        meta: the words of the chart.
        caption: of the table, as HTML.
    """
    form = meta["table"]["format"]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in meta["table"]["columns"])
    body = ""
    for label, *values in meta["table"]["rows"]:
        cells = "".join(f"<td>{html.escape(written(value, form))}</td>" for value in values)
        body += f'<tr><th scope="row">{html.escape(label)}</th>{cells}</tr>'
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def written(value: float | str | None, form: str) -> str:
    """Write a value as the chart does; missing is a dash."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else format(value, form)


def _pictures(app: Sphinx, figure: dict) -> dict[str, pictures.Picture]:
    """Return every picture of a chart by the end of its file name."""
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


def _page(app: Sphinx, docname: str, figure: dict) -> dict:
    meta, drawn = figure["layout"]["meta"], app.config.casi_draws
    return {
        "meta": meta,
        "origin": attribution.origin(meta),
        "home": f"../{docname}.html#{meta['label']}",
        "chart_markup": chart_markup(figure, ".", drawn),
        "tools_markup": tools_markup(meta, ".", drawn, app.config.casi_record),
    }


def _way(docname: str, folder: str) -> str:
    return "../" * (len(PurePosixPath(docname).parts) - 1) + folder
