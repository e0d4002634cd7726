"""Charts of every kind that a next author may draw: each is seen, wakes, and speaks to keys."""

import re
import shutil
from datetime import date, datetime

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import expect, sync_playwright
from plotly.subplots import make_subplots

from casi import plotly_rules, tables
from casi.book.pages import chart_html, pictures, variants
from casi.charts.chart import PLOTLY_MIME, carry, chart
from casi.charts.choropleth import choropleth
from casi.states import FIVE

NUMBERS = {"columns": ["Row", "First"], "format": ",.1f", "rows": [["a", 1], ["b", 2]]}
LONG = [
    "Шанхайская организация сотрудничества",
    "Организация Договора о коллективной безопасности",
    "Достопримечательносоставляющая",
]
HOURS = pd.date_range("2022-09-14 05:30", periods=4, freq="6h")
STATE_NAMES = dict(tables.load("states")[["iso3", "name"]].to_numpy())
DAYS = pd.date_range("2022-09-14", periods=4)
MARKS = {  # what Plotly draws for a type of trace, in the SVG
    "bar": r'class="barlayer.*?class="point"',
    "histogram": r'class="barlayer.*?class="point"',
    "scatter": r'class="scatterlayer.*?<path[^>]* d="M',
    "pie": r'class="slice"',
    "heatmap": r'class="heatmaplayer.*?<image[^>]*xlink:href="data',
    "box": r'class="boxlayer.*?class="box"',
    "sankey": r'class="sankey-node"',
}


def facets():
    figure = make_subplots(2, 2, subplot_titles=["Kazakhstan", "Kyrgyzstan", "Tajikistan", ""])
    for number in range(4):
        figure.add_bar(y=[1, number + 1], row=number // 2 + 1, col=number % 2 + 1)
    return figure


def with_second_axis():
    figure = make_subplots(specs=[[{"secondary_y": True}]])
    figure.add_bar(x=[2020, 2021], y=[3, 4])
    figure.add_scatter(x=[2020, 2021], y=[300, 500], secondary_y=True)
    return figure


ZOO = {
    "bars": go.Figure(go.Bar(x=["a", "b"], y=[1, 2])),
    "lying": go.Figure(go.Bar(x=[1, 2, 3], y=LONG, orientation="h")),
    "grouped": go.Figure([go.Bar(y=[1, 2]), go.Bar(y=[2, 1])], {"barmode": "group"}),
    "lines": go.Figure(go.Scatter(x=[2020, 2021, 2022], y=[1, 3, 2], mode="lines")),
    "area": go.Figure([go.Scatter(y=[1, 2], stackgroup="s"), go.Scatter(y=[2, 1], stackgroup="s")]),
    "points": go.Figure(go.Scatter(x=[1, 2], y=[1, 2], mode="markers", marker={"size": [9, 20]})),
    "heatmap": go.Figure(go.Heatmap(z=[[1, 2], [3, None]], colorscale="Viridis")),
    "labels": go.Figure(go.Heatmap(z=np.eye(3), x=list("abc"), y=LONG, texttemplate="%{z}")),
    "box": go.Figure(go.Box(y=[1, 2, 2, 3, 9])),
    "boxes": go.Figure(go.Box(x=["a"] * 4 + ["b"] * 4, y=[1, 2, 3, 4, 2, 4, 6, 8])),
    "histogram": go.Figure(go.Histogram(x=[1, 1, 2, 3, 3, 3])),
    "cumulative": go.Figure(go.Histogram(x=[1, 1, 2], cumulative={"enabled": True})),
    "pie": go.Figure(go.Pie(labels=["a", "b"], values=[1, 2])),
    "ring": go.Figure(go.Pie(labels=LONG, values=[1, 2, 3], hole=0.5)),
    "sankey": go.Figure(
        go.Sankey(
            node={"label": ["Russia", "China", "KAZ"]},
            link={"source": [0, 1], "target": [2, 2], "value": [3, 1]},
        )
    ),
    "map": choropleth(
        pd.Series(range(5), FIVE), tables.load("outlines").query("state in @FIVE"), STATE_NAMES
    ),
    "facets": facets(),
    "second": with_second_axis(),
    "hours": go.Figure(go.Scatter(x=HOURS, y=[1, 2, 3, 4], mode="lines+markers")),
    "datetimes": go.Figure(go.Bar(x=pd.Series(DAYS), y=[1, 2, 3, 4])),
    "days": go.Figure(go.Scatter(x=[date(2024, 8, 9), datetime(2024, 9, 1)], y=[1, 2])),
    "named": go.Figure(go.Bar(y=[1, 2], marker={"color": ["crimson", "rgb(0, 0, 139)"]})),
    "gaps": go.Figure(go.Scatter(x=[1, 2, 3, 4], y=[1, np.nan, 3, 4], mode="lines+markers")),
    "errors": go.Figure(go.Bar(y=[1, 2], error_y={"type": "data", "array": [0.5, 0.2]})),
    "logarithm": go.Figure(go.Bar(y=[1, 1000]), {"yaxis": {"type": "log"}}),
    "categories": go.Figure(go.Bar(x=pd.Categorical(["b", "a"]), y=pd.array([1, 2], "Int64"))),
}  # fmt: skip


def dressed(name):
    """Return a figure of the zoo as a notebook stores it."""
    made = chart(f"fig-{name}", carry(ZOO[name], f"A {name} is seen.", NUMBERS))
    figure = made._repr_mimebundle_()[PLOTLY_MIME]
    words = {"measure": "A measure", "unit": "a unit", "coverage": "All.", "title": f"A {name}"}
    figure["layout"]["meta"] |= words | {"tables": ["states"], "source": ["sipri2026transfers"]}
    return figure


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, browser_path):
    """The pictures of all figures, by name: for the page and for a phone."""
    wanted = {}
    for name in ZOO:
        figure = variants.bare(dressed(name))
        small = variants.merge(figure, variants.narrow(figure))
        wanted[name] = pictures.Picture(figure, 690)
        wanted[f"{name}, narrow"] = pictures.Picture(small, 400)
    paths = pictures.draw(wanted.values(), tmp_path_factory.mktemp("zoo"))
    return {name: path.read_text("utf-8") for name, path in zip(wanted, paths, strict=True)}


@pytest.mark.parametrize("name", ZOO)
def test_every_kind_of_chart_is_drawn(drawn, name):
    for svg in (drawn[name], drawn[f"{name}, narrow"]):
        for trace in ZOO[name].data:
            assert re.search(MARKS[trace.type], svg, re.DOTALL), trace.type


@pytest.mark.parametrize("name", ["lying", "labels", "ring"])
def test_long_words_are_whole_and_inside_the_picture(chromium, drawn, name):
    for ending, width in (("", 690), (", narrow", 400)):
        chromium.set_content(drawn[f"{name}{ending}"])
        text = chromium.locator("svg").first.text_content().replace("\xa0", " ")
        assert all(word in text for label in LONG for word in label.split())
        boxes = chromium.locator("svg text").evaluate_all(
            "texts => texts.map(text => text.getBoundingClientRect()).map(b => [b.left, b.right])"
        )
        left = chromium.locator("svg").first.bounding_box()["x"]
        assert all(left - 1 <= box[0] and box[1] <= left + width + 1 for box in boxes)


def test_hours_are_kept_and_days_have_none():
    assert dressed("hours")["data"][0]["x"][:2] == ["2022-09-14 05:30:00", "2022-09-14 11:30:00"]
    assert dressed("datetimes")["data"][0]["x"][0] == "2022-09-14"
    assert dressed("days")["data"][0]["x"] == ["2024-08-09", "2024-09-01"]


def test_missing_values_are_gaps():
    assert dressed("gaps")["data"][0]["y"] == [1, None, 3, 4]


def test_colours_are_written_so_that_the_dark_theme_follows_them():
    figure = dressed("named")
    assert figure["data"][0]["marker"]["color"] == ["#DC143C", "#00008B"]
    assert {"#DC143C", "#00008B"} <= variants.dark(figure).keys()


@pytest.mark.parametrize(
    ("name", "bundle"), [("bars", "basic"), ("heatmap", "cartesian"), ("sankey", "full")]
)
def test_a_chart_names_the_smallest_bundle_that_draws_it(name, bundle):
    assert plotly_rules.bundle(dressed(name)) == bundle
    markup = chart_html.chart_markup(dressed(name), "charts", True)
    assert (f'data-bundle="{bundle}"' in markup) is (bundle != "basic")


@pytest.fixture(scope="module")
def chromium(browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 900, "height": 900})


@pytest.fixture(scope="module")
def page(tmp_path_factory, chromium):
    """A page with all figures, without pictures; the faults it reports stand in `faults`."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(chart_html.__file__.replace("chart_html.py", "static"), folder / "_static")
    for bundle, path in pictures.PLOTLY_JS.items():
        shutil.copy(path, folder / "_static" / f"plotly-{bundle}.min.js")
    body = "".join(
        f'<figure id="{name}">{chart_html.chart_markup(dressed(name), ".", False)}'
        f"{chart_html.numbers_table(dressed(name)['layout']['meta'])}</figure>"
        for name in ZOO
    )
    head = '<meta charset="utf-8"><script defer src="_static/charts.js"></script>'
    (folder / "zoo.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>")
    chromium.faults = []
    chromium.on("pageerror", lambda error: chromium.faults.append(str(error)))
    chromium.on("request", lambda asked: _note_foreign(chromium, asked.url))
    chromium.goto((folder / "zoo.html").as_uri())
    return chromium


def _note_foreign(tab, address):
    if not address.startswith(("file:", "data:", "blob:")):
        tab.faults.append(address)


@pytest.mark.parametrize("name", ZOO)
def test_every_chart_wakes_and_keys_read_its_numbers(page, name):
    live = page.locator(f"#{name} .casi-chart")
    live.scroll_into_view_if_needed()
    live.focus()
    expect(live).to_have_attribute("data-live", "", timeout=30_000)  # Plotly is loaded first
    live.press("ArrowRight")
    expect(live.locator(".casi-said")).to_have_text("a, First: 1.0")
    live.press("ArrowRight")
    live.press("ArrowRight")
    expect(live.locator(".casi-said")).to_have_text("b, First: 2.0")
    assert page.faults == []
