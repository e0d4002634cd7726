"""Charts in a real browser: mouse, keyboard, theme, print, and what is downloaded."""

import json
import re
from urllib.parse import parse_qs

import pandas as pd
import pytest
from browsing import SET_THEME, TEMPLATES, charts_of, wake
from playwright.sync_api import expect

from casi.charts import palette


def test_the_policy_is_in_force(read):
    tab = read("index")
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    assert any("Content Security Policy" in fault for fault in tab.faults)


def test_plotly_is_loaded_only_when_a_chart_is_about_to_be_used(read):
    tab = read("chapters/suppliers")
    asked = []
    tab.on("request", lambda each: asked.append(each.url.rsplit("/", 1)[1]))
    tab.reload()
    tab.wait_for_timeout(500)
    assert "plotly-basic.min.js" not in asked
    wake(tab)
    wake(tab, 1)
    assert asked.count("plotly-basic.min.js") == 1


def test_a_chart_that_nears_the_viewport_becomes_interactive(read):
    tab = read("chapters/suppliers")
    tab.mouse.move(640, 400)
    tab.mouse.wheel(0, 600)
    expect(tab.locator(".casi-chart").first).to_have_attribute("data-live", "")


def test_the_mouse_shows_the_value_it_points_at(read):
    tab = read("chapters/suppliers")
    chart = wake(tab)
    bar = chart.locator(".main-svg .barlayer .trace").first.locator(".point").last
    box = bar.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(*middle, steps=5)
    first = charts_of("suppliers")[0]["data"][0]
    value = f"{first['name']}: {first['customdata'][-1]}"
    expect(chart.locator(".hoverlayer")).to_contain_text(value)


def colour_of(tab, selector):
    return tab.locator(selector).first.evaluate("one => getComputedStyle(one).fill")


def spoken(colour):
    return f"rgb({', '.join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))})"


def test_the_theme_switch_recolours_charts_before_and_after_they_wake(read):
    tab = read("chapters/suppliers")
    for theme in ("light", "dark", "light"):
        tab.evaluate(SET_THEME, theme)
        scheme = tab.locator(".casi-chart img").first.evaluate(
            "one => getComputedStyle(one).colorScheme"
        )
        assert scheme == theme
    wake(tab)
    russia = palette.SUPPLIER_COLOURS["Russia"]
    for theme, colour in (("dark", palette.on_dark(russia)), ("light", russia)):
        tab.evaluate(SET_THEME, theme)
        tab.wait_for_timeout(300)
        assert colour_of(tab, ".casi-chart .barlayer .trace .point path") == spoken(colour)


def test_controls_can_be_reached_and_left_with_the_keyboard(read):
    tab = read("chapters/suppliers")
    tab.locator(".casi-chart").first.focus()
    met = []
    for _ in range(12):
        words = tab.evaluate("document.activeElement.textContent.trim()")
        met.append(words.split("\n")[0][:20])
        tab.keyboard.press("Tab")
    for name in ("Table", "Download (CSV)", "Image (SVG)", "Link to this chart", "Embed"):
        assert name in met
    assert len(set(met)) >= 10  # the chart lets go of the focus
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_the_code_to_embed_names_the_full_address(read, host):
    tab = read("chapters/suppliers", base=host)
    tab.locator(".casi-embed summary").first.click()
    label = charts_of("suppliers")[0]["layout"]["meta"]["label"]
    code = tab.locator(".casi-embed textarea").first
    expect(code).to_have_value(re.compile(re.escape(f'src="{host}/charts/{label}.html"')))


def test_a_downloaded_table_is_read_by_pandas(read, tmp_path):
    tab = read("chapters/suppliers")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download (CSV)").first.click()
    path = tmp_path / "data.csv"
    download.value.save_as(path)
    frame = pd.read_csv(path)
    table = charts_of("suppliers")[0]["layout"]["meta"]["table"]
    assert frame.columns.tolist() == table["columns"]
    assert len(frame) == len(table["rows"])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("system", "bright"), [("light", False), ("dark", True)])
def test_where_colours_are_forced_charts_follow_them_and_not_the_theme(read, theme, system, bright):
    tab = read("chapters/suppliers", color_scheme=system, forced_colors="active")
    tab.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    chart = wake(tab)
    scheme = chart.locator("img").evaluate("image => getComputedStyle(image).colorScheme")
    assert scheme == "light dark"
    fill = chart.locator(".xtick text").first.evaluate("text => getComputedStyle(text).fill")
    level = sum(map(int, re.findall(r"\d+", fill)[:3])) / 3
    assert (level > 127) is bright


@pytest.mark.parametrize("touched", [False, True])
def test_charts_are_whole_light_pictures_in_print(read, touched):
    tab = read("chapters/suppliers", color_scheme="dark")
    if touched:
        wake(tab)
    tab.emulate_media(media="print")
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    for chart in tab.locator("figure.casi-figure").all():
        look = chart.evaluate(
            """figure => { const image = figure.querySelector("img");
              return [getComputedStyle(figure).breakInside, image.checkVisibility(),
                getComputedStyle(image).colorScheme,
                figure.querySelector(".casi-live")?.checkVisibility() ?? false]; }"""
        )
        assert look == ["avoid", True, "light", False]


CLICK_EVERY_MARK = """live => {
  const figure = live.closest("figure");
  const opened = [];
  figure.addEventListener("click", (event) => {
    event.preventDefault();
    opened.push(event.target.getAttribute("href"));
  }, true);
  const click = (data, number, customdata) => {
    opened.length = 0;
    const [x, y] = [data.x[number], data.y[number]];
    live.emit("plotly_click", { points: [{ data, x, y, customdata }] });
    return { name: data.name, x: String(x), y: String(y), said: customdata, opened: [...opened] };
  };
  return live.data.filter((trace) => trace.hoverinfo !== "skip").flatMap((trace) =>
    (trace.customdata ?? []).map((said, number) => click(trace, number, said)));
}"""


LABELS_OF_ROWS = """chart => [...chart.closest("figure").querySelectorAll(".casi-numbers tbody th")]
  .map((cell) => cell.textContent)"""


def drawn(mark, labels):
    """Return how many rows a mark stands for, by what it says of itself."""
    if mark["said"].endswith("%"):
        return round(float(mark["y"]) * int(re.search(r"(\d+)\)$", mark["x"])[1]))
    if count := re.search(r"(?:^| )(\d+)$", mark["said"]):
        return int(count[1])
    if mark["said"] == "none":
        return 0
    return sum(label in (mark["x"], mark["said"]) for label in labels)  # a mark for each row


def counts_rows(name):
    return any("rows" in figure["layout"]["meta"] for figure in charts_of(name))


@pytest.mark.parametrize(
    "page", ["index", *(f"chapters/{name}" for name in TEMPLATES if counts_rows(name))]
)
def test_a_click_on_any_mark_opens_exactly_the_rows_it_counts(read, book, page):
    tab, tried = read(page), 0
    script = (book / "records" / "charts.js").read_text(encoding="utf-8")
    charts = json.loads(script.partition("=")[2])
    for number in range(tab.locator(".casi-chart").count()):
        chart = wake(tab, number)
        name = chart.evaluate("one => one.closest('figure').id")
        labels = chart.evaluate(LABELS_OF_ROWS)
        for mark in chart.locator(".casi-live").evaluate(CLICK_EVERY_MARK):
            rows = 0
            for address in mark["opened"]:
                asked = {key: value for key, [value] in parse_qs(address.partition("#")[2]).items()}
                rows += len(charts[asked["chart"]]["rows"][asked["series"]][asked["at"]].split(";"))
            assert rows == (drawn(mark, labels) if name in charts else 0), (name, mark)
            tried += rows
    assert tried > 10


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("index", ".scatterlayer .trace:last-child .point"),
        ("chapters/profile_kazakhstan", ".point"),
    ],
)
def test_a_real_click_on_a_bubble_and_on_a_bar_opens_its_rows(read, page, mark):
    tab = read(page)
    chart = wake(tab)
    box = chart.locator(mark).last.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(*middle, steps=5)
    label = chart.locator(".hoverlayer")  # on the way the mouse may touch names without a number
    expect(label).to_contain_text(re.compile(r"\d"))
    said = int(re.search(r"(\d+)\D*$", label.text_content())[1])
    tab.mouse.click(*middle)
    tab.wait_for_url("**/record.html#chart=*")
    expect(tab.get_by_role("status").first).to_contain_text(re.compile(rf": {said} rows?"))
