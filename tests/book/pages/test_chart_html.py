import csv
import html
import json
import re
from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from coloraide import Color
from docutils import nodes
from docutils.utils import new_document
from stored_charts import charts_in

from casi import tables
from casi.book.pages import attribution, chart_html, variants
from casi.book.pages.browser import ADVICE
from casi.book.pages.figures import chart, measure, tools
from casi.book.run.chart_rules import PLOTLY_MIME
from casi.charts import basic, palette
from casi.charts.chart import chart as finish

WORDS = {
    "label": "fig-x",
    "title": "Russia & others",
    "measure": "Volume",
    "unit": "million TIV",
    "tables": ["arms_transfers"],
    "source": ["sipri2026transfers"],
    "coverage": "All.",
}


@pytest.fixture
def figure():
    table = pd.DataFrame({"Russia": [1.5, 20.25]}, index=pd.Index([2020, 2021], name="year"))
    drawing = basic.bars(table, palette.SUPPLIER_COLOURS)
    made = finish(WORDS["label"], drawing)._repr_mimebundle_()[PLOTLY_MIME]
    made["layout"]["meta"] |= WORDS
    return made


@pytest.fixture
def forbidden(monkeypatch):
    monkeypatch.setattr(attribution, "may_distribute", lambda meta: False)


def test_a_chart_is_a_picture_first_and_a_figure_for_the_script(figure):
    markup = chart_html.chart_markup(figure, "../charts", drawn=True)
    alt = html.escape(figure["layout"]["meta"]["alt"])
    assert f'<img class="dark-light" src="../charts/fig-x-wide.svg" alt="{alt}"' in markup
    assert 'srcset="../charts/fig-x-narrow.svg"' in markup
    text = re.search(r'<script type="application/json">(.*)</script>', markup)[1]
    payload = json.loads(text)
    assert payload["data"] == figure["data"]
    assert payload["narrow"] == variants.narrow(variants.bare(figure))
    assert not {"template", "meta", "title"} & set(payload["layout"])


def test_without_a_browser_a_chart_is_interactive_only_and_described(figure):
    markup = chart_html.chart_markup(figure, "charts", drawn=False)
    assert "<img" not in markup and "application/json" in markup
    assert "<noscript>" in markup and html.escape(figure["layout"]["meta"]["alt"]) in markup
    assert "(SVG)" not in chart_html.tools_markup(figure["layout"]["meta"], "charts", drawn=False)


def test_what_terms_forbid_is_a_picture_with_the_address_of_the_publisher(figure, forbidden):
    assert "application/json" not in chart_html.chart_markup(figure, "charts", drawn=True)
    tools = chart_html.tools_markup(figure["layout"]["meta"], "charts", drawn=True)
    assert ".csv" not in tools and "<table" not in tools
    assert "https://doi.org/10.55163/SAFC1241" in tools


def test_the_caption_ends_with_what_is_measured():
    page = SimpleNamespace(body=[])
    chart_html.visit_measure(page, measure())
    chart_html.depart_measure(page, measure())
    chart_html.depart_figure(page, nodes.figure(classes=["casi-figure"]))
    assert page.body == ['<div class="casi-measure">', "</div></figcaption>\n", "</figure>\n"]


def test_other_figures_are_written_as_sphinx_does(monkeypatch):
    called = []
    for step in ("visit_figure", "depart_figure"):
        monkeypatch.setattr(
            chart_html.HTML5Translator, step, lambda *_, step=step: called.append(step)
        )
    chart_html.visit_figure(None, nodes.figure())
    chart_html.depart_figure(None, nodes.figure())
    assert called == ["visit_figure", "depart_figure"]


def test_tools_offer_numbers_pictures_address_and_code(figure):
    tools = chart_html.tools_markup(figure["layout"]["meta"], "../charts", drawn=True)
    for ending in ("csv", "svg", "png", "html"):
        assert f'href="../charts/fig-x.{ending}"' in tools
    assert "&lt;iframe src=&quot;../charts/fig-x.html&quot;" in tools
    assert "Russia &amp; others" in tools


def test_tools_are_named_by_the_words_of_the_book(figure):
    links = {"Licence": "a/record.html#terms", "Method": "method.html"}
    tools = chart_html.tools_markup(
        figure["layout"]["meta"] | {"tables": ["meetings"]}, "../charts", True, "a/record", links
    )
    assert re.findall(r"(?:<summary>|<a [^>]*>)([^<]+)</", tools) == [
        "Table",
        "Download (CSV)",
        "Download (metadata)",
        "Data behind this chart",
        "Image (SVG)",
        "Image (PNG)",
        "Link to this chart",
        "Embed",
        "Licence",
        "Method",
    ]
    assert 'href="../charts/../a/record.html#terms">Licence' in tools
    assert 'href="../charts/../method.html">Method' in tools


def test_the_method_of_the_report_is_linked_from_that_of_the_chart(figure):
    links = {"Licence": "a/record.html#terms", "Method": "method.html"}
    tools = chart_html.tools_markup(
        figure["layout"]["meta"], "../charts", True, "", links, citation="We. “{title}”."
    )
    assert tools.count("method.html") == 1
    assert '<a href="../charts/../method.html">Method of the report</a>' in tools
    assert "We. “Russia &amp; others”.</textarea>" in tools


def test_a_chart_links_only_to_pages_that_the_book_has():
    links = {"Licence": "a/record.html#terms", "Method": "method.html"}
    assert chart_html.existing_links(links, {"a/record"}) == {"Licence": "a/record.html#terms"}
    assert chart_html.existing_links(links, {"method"}) == {"Method": "method.html"}


def test_tools_lead_to_the_rows_if_these_are_our_own(figure):
    meta = figure["layout"]["meta"]
    ours = chart_html.tools_markup(
        meta | {"tables": ["meetings", "clashes"]}, "../charts", True, "a/record"
    )
    assert (
        'href="../charts/../a/record.html#tables=meetings,clashes">Data behind this chart' in ours
    )
    assert "Data behind this chart" not in chart_html.tools_markup(
        meta, "../charts", True, "a/record"
    )
    assert "Data behind this chart" not in chart_html.tools_markup(
        meta | {"tables": ["meetings"]}, "../charts", True
    )


def test_the_table_of_numbers_has_caption_and_headers(figure):
    table = chart_html.numbers_table(figure["layout"]["meta"])
    assert "<caption>Volume (million TIV)</caption>" in table
    assert '<th scope="col">Year</th><th scope="col">Russia</th>' in table
    assert '<th scope="row">2021</th><td>20.2</td>' in table


def test_written_values_are_those_of_the_chart():
    assert chart_html.format_value(0.125, ".0%") == "12%"
    assert chart_html.format_value(None, ".0%") == chart_html.format_value("", "") == "–"
    assert chart_html.format_value("2002-10-07", "") == "2002-10-07"


PATHS = sorted((tables.ROOT / "chapters").glob("*.ipynb"))
CHARTS = [figure for path in PATHS for figure in charts_in(path)]
NAMES = [each["layout"]["meta"]["label"] for each in CHARTS]


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_every_download_opens_and_equals_the_data_of_the_chart(book, figure, browser_path):
    meta, folder = figure["layout"]["meta"], book / chart_html.FOLDER
    with (folder / f"{meta['label']}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    written = [["" if cell is None else str(cell) for cell in row] for row in meta["table"]["rows"]]
    assert rows == [meta["table"]["columns"], *written]
    about = json.loads((folder / f"{meta['label']}.csv-metadata.json").read_text("utf-8"))
    assert (about["dc:title"], about["dc:source"]) == (meta["title"], attribution.origin(meta))
    assert (folder / f"{meta['label']}.png").read_bytes().startswith(b"\x89PNG")
    poster = (folder / f"{meta['label']}.svg").read_text(encoding="utf-8")
    words = " ".join(re.findall(r">([^<]+)<", poster))
    assert html.escape(meta["title"].split()[0], quote=False) in words
    assert "Source:" in words
    page = (folder / f"{meta['label']}.html").read_text(encoding="utf-8")
    assert html.escape(meta["alt"]) in page and attribution.origin(meta) in html.unescape(page)
    assert "Content-Security-Policy" in page


def test_the_narrow_picture_of_a_map_is_lower(figure):
    axis = figure["layout"]["yaxis"] | {"scaleanchor": "x"}
    layout = figure["layout"] | {"height": 500, "yaxis": axis}
    markup = chart_html.chart_markup(figure | {"layout": layout}, "charts", drawn=True)
    assert (
        f'width="400" height="{variants.MAP_HEIGHT}"' in markup
        and 'width="690" height="500"' in markup
    )


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_the_table_of_numbers_is_what_is_drawn(figure):
    """Each number of the table is drawn, and nothing else is."""
    if figure["data"][0].get("base"):  # a timeline: one bar a row
        bodies = {name for trace in figure["data"] for name in trace["y"]}
        assert bodies == {row[0] for row in figure["layout"]["meta"]["table"]["rows"]}
        return
    table = figure["layout"]["meta"]["table"]
    if is_grid(figure):
        form = table["format"]
        written = {
            row[0]: [chart_html.format_value(n, form) if n else "none" for n in row[1:]]
            for row in table["rows"]
        }
        cells = {t["name"]: [*map(html.unescape, t["customdata"])] for t in figure["data"]}
        assert cells == written
        return
    if said := [text for trace in figure["data"] for text in trace.get("hovertext", ())]:
        assert sorted(said) == sorted(f"{name}: {kind.lower()}" for name, kind in table["rows"])
        return
    if "lines" not in figure["data"][0].get("mode", "lines"):
        assert points_drawn(figure) == points_listed(figure, table)
        return
    for place, trace in enumerate(series_of(figure), start=1):
        lying = trace.get("orientation") == "h"
        assert trace["name"] == table["columns"][place]
        assert trace["x" if lying else "y"] == [row[place] for row in table["rows"]]
        labels = [str(label) for label in trace["y" if lying else "x"]]
        assert labels == [row[0] for row in table["rows"]]


def is_grid(figure):
    """Return True for a grid of numbers, whose cells differ in how strong they are."""
    return isinstance(figure["data"][0].get("marker", {}).get("opacity"), list)


def is_map(figure):
    return any("path" in shape for shape in figure["layout"].get("shapes", ()))


def points_drawn(figure):
    """Return what the points of a map or of a row of statements say, series by series."""
    kind = is_map(figure) or figure["data"][0]["mode"] == "markers+text"
    return {
        trace["name"]: sorted(trace["customdata"])
        if kind
        else sorted(zip(trace["x"], trace["y"], strict=True))
        for trace in series_of(figure)
    }


def series_of(figure):
    """Return the traces that show numbers: not the names beside them, nor the key of a map."""
    return [trace for trace in figure["data"] if trace.get("showlegend") is not False]


def points_listed(figure, table):
    rows, series = table["rows"], [trace["name"] for trace in series_of(figure)]
    if series == ["Met", "Not met", "Unknown"]:  # a grid: cells such as "not met (2)"
        cells = [cell.partition(" (") for row in rows for cell in row[1:]]
        return {
            name: sorted(
                value.rstrip(")") or "–" for state, _, value in cells if state == name.lower()
            )
            for name in series
        }
    if series == ["In force", "Signed", "Reported", "Not found"]:  # a grid of marks
        cells = [
            (column, row[0], cell)
            for row in rows
            for column, cell in zip(table["columns"][1:], row[1:], strict=True)
        ]
        return {
            name: sorted(cell[:2] for cell in cells if cell[2] == name.lower()) for name in series
        }
    if is_map(figure):
        return {
            name: sorted(f"{row[0]} {row[number]}" for row in rows if row[number])
            for number, name in enumerate(series, start=1)
        }
    return {name: sorted((row[0], row[1]) for row in rows if row[2] == name) for name in series}


@pytest.mark.parametrize("figure", CHARTS, ids=NAMES)
def test_series_of_a_chart_can_be_told_apart_in_grey(figure):
    """By hatch, dash or form, or by a lightness at least 7 of 100 apart; a grid by its rows."""
    if is_grid(figure):
        return
    for each, other in combinations(map(look, series_of(figure)), 2):
        assert each[:2] != other[:2] or abs(each[2] - other[2]) >= 7


def look(trace):
    line, marker = trace.get("line", {}), trace.get("marker", {})
    colour = Color(line.get("color") or marker["color"])
    lightness = colour.convert("lab-d65")["lightness"]
    form = marker.get("pattern", {}).get("shape") or ("lines" not in trace and marker.get("symbol"))
    return form, line.get("dash"), lightness


def test_the_book_remembers_the_charts_of_each_page(figure):
    page = new_document("page")
    page += chart("", figure=figure)
    env = SimpleNamespace(docname="chapters/one")
    app = SimpleNamespace(env=env)
    chart_html.collect(app, page)
    assert chart_html.charts_in(app) == {"chapters/one": [figure]}
    chart_html.forget(app, env, "chapters/one")
    assert chart_html.charts_in(app) == {}


def test_draw_says_in_one_line_when_there_is_no_browser(monkeypatch):
    lines = []
    monkeypatch.setattr(
        chart_html.logger, "info", lambda text, *values: lines.append(text % values)
    )
    chart_html.draw(SimpleNamespace(config=SimpleNamespace(casi_draws=False)), None)
    assert len(lines) == 1 and "interactive only" in lines[0] and ADVICE in lines[0]


def test_only_the_web_book_gets_files():
    app = SimpleNamespace(builder=SimpleNamespace(name="singlehtml"))
    assert list(chart_html.write_files(app)) == []


@pytest.mark.parametrize(
    ("visit", "node"),
    [(chart_html.visit_chart, lambda figure: chart("", figure=figure)),
     (chart_html.visit_tools, lambda figure: tools("", meta=figure["layout"]["meta"]))],
)  # fmt: skip
def test_charts_are_written_relative_to_their_page(figure, visit, node):
    config = SimpleNamespace(casi_draws=True, casi_record="", casi_links={})
    config.casi_chart_citation, config.casi_source = "We. “{title}”.", ""
    app = SimpleNamespace(config=config, env=SimpleNamespace(found_docs={"chapters/one"}))
    builder = SimpleNamespace(current_docname="chapters/one", config=config, app=app)
    translator = SimpleNamespace(builder=builder, body=[])
    visit(translator, node(figure))
    chart_html.depart(translator, None)
    assert '"../charts/fig-x' in translator.body[0]
