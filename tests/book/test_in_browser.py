"""The book as readers meet it: in a real browser, from a folder and from a server."""

import functools
import http.server
import re
import threading
from importlib.resources import files

import pandas as pd
import pytest
from playwright.sync_api import expect, sync_playwright
from stored_charts import charts_in

from casi.book.run import captions
from casi.charts import palette
from casi.tables import ROOT

CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
CHARTED = [name for name in CHAPTERS if name not in ("changes", "key_findings")]  # tables alone
PLACES = ["index", "method", "glossary", "bibliography", "genindex", "search"]
PAGES = [*PLACES, *(f"chapters/{name}" for name in CHAPTERS)]
FEW_OF_EACH = """document.querySelectorAll("article *").forEach(
  (one) => { while (one.children.length > 40) one.lastElementChild.remove(); })"""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 360, "height": 780}
SET_THEME = "theme => document.documentElement.dataset.theme = theme"
DESK = {"width": 1280, "height": 900}


def charts_of(chapter):
    return charts_in(ROOT / "chapters" / f"{chapter}.ipynb")


CHARTS = [each["layout"]["meta"]["label"] for name in CHAPTERS for each in charts_of(name)]
FRONT = (ROOT / "index.md").read_text(encoding="utf-8")
CHARTS += [block["label"] for block in captions.BLOCK.finditer(FRONT)]


@pytest.fixture(scope="module")
def chromium(browser_path):
    flags = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser_path, args=flags)


@pytest.fixture(scope="module")
def host(book):
    handler = functools.partial(Quiet, directory=str(book))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def read(chromium, book):
    """Open a page of the book and note what goes wrong on it."""
    contexts = []

    def open_page(page, base=None, viewport=DESK, scripts=True, **settings):
        base = base or book.as_uri()
        context = chromium.new_context(
            viewport=viewport,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            offline=base.startswith("file:"),
            **settings,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.faults, tab.foreign = [], []
        tab.on(
            "console",
            lambda message: (
                tab.faults.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        tab.on("pageerror", lambda error: tab.faults.append(str(error)))
        tab.on(
            "request",
            lambda each: (
                tab.foreign.append(each.url) if not each.url.startswith((base, "data:")) else None
            ),
        )
        tab.goto(f"{base}/{page}.html")
        return tab

    yield open_page
    for context in contexts:
        context.close()


def wake(tab, number=0):
    """Touch a chart and wait until it is interactive."""
    chart = tab.locator(".casi-chart").nth(number)
    chart.scroll_into_view_if_needed()
    chart.hover()
    expect(chart).to_have_attribute("data-live", "")
    return chart


def shown(tab):
    return tab.locator(".casi-chart img").evaluate_all(
        "images => images.filter(one => one.complete && one.naturalWidth > 0).length"
    )


def test_these_are_all_pages_of_the_book(book):
    built = {str(path.relative_to(book).with_suffix("")) for path in book.rglob("*.html")}
    ours = {page for page in built if not page.startswith("_static")}
    assert ours == {*PAGES, *(f"charts/{label}" for label in CHARTS)}


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_chart_is_seen_with_scripts_off(read, page):
    tab = read(f"chapters/{page}", scripts=False)
    tab.wait_for_load_state()
    assert tab.locator(".casi-chart img").count() == len(charts_of(page)) == shown(tab)


@pytest.mark.parametrize("source", ["folder", "server"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_work_from_folder_and_server_and_ask_nothing_of_others(read, host, page, source):
    tab = read(page, **({"base": host} if source == "server" else {}))
    for number in range(tab.locator(".casi-chart").count()):
        wake(tab, number)
    tab.wait_for_load_state("networkidle")
    assert tab.faults == []  # the policy's violations among them
    assert tab.foreign == []
    assert tab.locator(".casi-chart .main-svg").count() >= tab.locator(".casi-chart").count()


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


DEFAULTS = """() => {
  const schema = Plotly.PlotSchema.get();
  const found = [];
  const walk = (values, attributes, way) => Object.entries(values ?? {}).forEach(([key, value]) => {
    const known = attributes?.[key];
    if (typeof known !== "object") return;
    if (!known.valType) walk(value, known, `${way}${key}.`);
    else if (JSON.stringify(known.dflt) === JSON.stringify(value)) found.push(way + key);
  });
  document.querySelectorAll(".casi-chart > script").forEach((script) => {
    const { data, layout } = JSON.parse(script.textContent);
    data.forEach((trace) => walk(trace, schema.traces[trace.type].attributes, `${trace.type}.`));
    walk(layout, schema.layout.layoutAttributes, "layout.");
  });
  return [...new Set(found)];
}"""


@pytest.mark.parametrize("page", CHARTED)
def test_figures_in_pages_hold_nothing_that_plotly_does_anyway(read, page):
    tab = read(f"chapters/{page}")
    wake(tab)
    assert tab.evaluate(DEFAULTS) == []


def test_a_chart_that_nears_the_viewport_becomes_interactive(read):
    tab = read("chapters/suppliers")
    tab.mouse.move(640, 400)
    tab.mouse.wheel(0, 600)
    expect(tab.locator(".casi-chart").first).to_have_attribute("data-live", "")


@pytest.mark.parametrize("page", CHARTED)
def test_arrow_keys_read_and_show_the_values_of_the_table(read, page):
    tab = read(f"chapters/{page}")
    for number, figure in enumerate(charts_of(page)):
        chart = wake(tab, number)
        chart.focus()
        trace = next(each for each in figure["data"] if each.get("customdata"))
        for value in trace["customdata"][:3]:
            tab.keyboard.press("ArrowRight")
            message = chart.locator(".casi-said").text_content()
            assert message.startswith(trace["name"]) and message.endswith(
                f": {value or 'no figure'}"
            )
            expect(chart.locator(".hoverlayer")).to_contain_text(value)


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


OUTSIDE = """parts => parts
  .filter(part => part.checkVisibility() && part.textContent !== ' ')
  .map(part => [part.textContent, part.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.right > 361 || box.left < -1))
  .map(([text]) => text)"""


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off_at_360_pixels_before_and_after_charts_are_interactive(read, page):
    tab = read(page, viewport=PHONE)
    for interactive in (False, True):
        for number in range(tab.locator(".casi-chart").count() if interactive else 0):
            wake(tab, number)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        parts = tab.locator(".casi-chart img, .casi-chart svg text")
        assert parts.evaluate_all(OUTSIDE) == []


@pytest.mark.parametrize("page", [*PAGES, f"charts/{CHARTS[0]}"])
def test_axe_finds_no_fault_in_light_and_dark(read, page):
    tab = read(page, bypass_csp=True)
    for number in range(tab.locator(".casi-chart").count()):
        wake(tab, number)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.evaluate(FEW_OF_EACH)  # rows and entries are alike: axe takes a minute for two thousand
    tab.evaluate(AXE)
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        tab.evaluate(SET_THEME, theme)
        tab.wait_for_timeout(300)  # charts are drawn again
        background = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (theme == "light")
        run = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in run["violations"]] == []


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


@pytest.mark.parametrize("label", CHARTS)
def test_each_chart_has_a_page_that_can_be_embedded(read, host, label):
    tab = read("index", base=host, bypass_csp=True)
    tab.set_content(f'<iframe src="{host}/charts/{label}.html" width="700" height="640"></iframe>')
    frame = tab.frame_locator("iframe")
    chart = frame.locator(".casi-chart")
    chart.hover()
    frame.locator(".casi-chart[data-live] .main-svg").first.wait_for()
    assert frame.locator("h1").text_content()
    assert tab.faults == []


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


def test_the_record_is_searched_filtered_and_taken_along(read, tmp_path):
    tab = read("chapters/record")
    rows = tab.locator(".casi-records tbody tr")
    expect(rows).to_have_count(10)
    tab.get_by_label("Search", exact=True).fill("Birlestik")
    tab.locator("[name='Kind']").select_option("Exercise")
    tab.locator("[name='State']").select_option("UZB")
    tab.locator("[name='From']").fill("2024")
    tab.locator("[name='To']").fill("2024")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("exercises/birlestik-2024")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download these rows").click()
    download.value.save_as(tmp_path / "rows.csv")
    frame = pd.read_csv(tmp_path / "rows.csv", encoding="utf-8-sig")
    assert frame["Key"].tolist() == ["exercises/birlestik-2024"]
    assert tab.faults == []


def test_a_source_in_the_record_leads_to_its_entry(read):
    tab = read("chapters/record")
    link = tab.locator(".casi-records tbody a").first
    key = link.text_content()
    link.click()
    tab.wait_for_url(f"**/bibliography.html#source-{key}")
    assert tab.locator(f"#source-{key}").count() == 1


def test_a_chart_leads_to_the_rows_it_was_drawn_from(read):
    tab = read("chapters/exercises")
    tab.get_by_role("link", name="Data behind this chart").first.click()
    keys = tab.locator(".casi-records tbody code")
    expect(keys.first).to_be_visible()
    assert {key.split("/")[0] for key in keys.all_text_contents()} == {"exercises"}
    all_rows = tab.get_by_role("button", name="show all rows")
    all_rows.click()
    expect(all_rows).to_have_count(0)
    assert tab.faults == [] and tab.foreign == []


def test_without_scripts_the_record_can_be_downloaded(read, book):
    tab = read("chapters/record", scripts=False)
    way = tab.get_by_role("link", name="Download all rows (CSV)").get_attribute("href")
    assert (book / "chapters" / way).resolve().is_file()


FOUND_FIRST = {
    "birlestik": "chapters/exercises.html#whether-birlestik-2024-was-a-first",
    "Birlesik": "chapters/exercises.html#whether-birlestik-2024-was-a-first",  # a typing error
    "methodology": "method.html",  # a synonym
    "sources": "bibliography.html",
    "what is the CSTO": "glossary.html#term-CSTO",
    "ОДКБ": "glossary.html#term-CSTO",
    "corridor": "chapters/borders.html#from-signature-to-entry-into-force",
    "arms trade treaty": "chapters/record.html#rows=treaty_actions/att-2013",
}


@pytest.mark.parametrize("source", ["folder", "server"])
def test_search_finds_the_page_and_asks_nothing_of_others(read, host, source):
    tab = read("index", **({"base": host} if source == "server" else {}))
    field = tab.get_by_role("searchbox").first
    field.fill("CSTO")
    field.press("Enter")
    tab.wait_for_url("**/search.html?q=CSTO")
    field = tab.get_by_role("article").get_by_role("searchbox")
    first = tab.locator("#search-results a").first
    expect(first).to_have_attribute("href", "glossary.html#term-CSTO")
    for words, address in FOUND_FIRST.items():
        field.fill(words)
        expect(tab.get_by_role("status")).to_contain_text(f"“{words}”")
        expect(first).to_have_attribute("href", address)
    assert tab.faults == [] and tab.foreign == []


def test_search_is_used_from_the_keyboard_and_marks_nothing_later(read):
    tab = read("search")
    tab.keyboard.type("corridor")  # the field has the focus
    expect(tab.get_by_role("status")).to_have_text(re.compile("^[0-9]+ results for “corridor”$"))
    expect(tab.locator("#search-results strong").first).to_have_text("corridor")
    assert tab.evaluate("new URLSearchParams(location.search).get('q')") == "corridor"
    assert tab.faults == []
    tab.evaluate(AXE)
    run = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [each["id"] for each in run["violations"]] == []
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/chapters/borders.html#from-signature-to-entry-into-force")
    assert tab.locator(".highlighted, mark").count() == 0


def test_search_says_that_it_finds_nothing_and_loads_its_index_at_first_use(read):
    tab = read("search")
    loaded = "document.querySelectorAll('script[src$=\"full_text.js\"]').length"
    assert tab.evaluate(loaded) == 0
    field = tab.get_by_role("article").get_by_role("searchbox")
    field.fill("qqqqq")
    expect(tab.get_by_role("status")).to_have_text("0 results for “qqqqq”")
    field.fill("")
    expect(tab.get_by_role("status")).to_be_empty()
    assert tab.evaluate(loaded) == 1


def test_what_the_search_finds_in_the_record_leads_to_its_rows(read):
    tab = read("search")
    tab.keyboard.type("arms trade treaty")
    tab.locator("#search-results a").first.click()
    keys = tab.locator(".casi-records tbody code")
    expect(keys.first).to_be_visible()
    found = {key.rsplit("/", 2)[0] for key in keys.all_text_contents()}
    assert found == {"treaty_actions/att-2013"}
