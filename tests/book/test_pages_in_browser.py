"""Each page in a real browser: from a folder and a server, on a phone, and without scripts.

Pages that one template writes are alike: one of them is tried whole, the others without scripts.
A page is opened once, and then asked by several tests.
"""

import re

import pytest
from browsing import (
    AXE,
    CHAPTERS,
    DEFAULTS,
    FEW_OF_EACH,
    OUTSIDE,
    PAGES,
    PHONE,
    PLACES,
    SET_THEME,
    TEMPLATES,
    charts_of,
    labels_of,
    wake,
)
from playwright.sync_api import expect

TRIED = [*PLACES, *(f"chapters/{name}" for name in TEMPLATES)]
LABELS = labels_of(TEMPLATES)
ALL_RULES = {"resultTypes": ["violations"]}
RULES_OF_COLOURS = ALL_RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}


def assert_nothing_is_cut_off(tab):
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    parts = tab.locator(".casi-chart img, .casi-chart svg text")
    assert parts.evaluate_all(OUTSIDE) == []


def wake_all(tab):
    """Touch every chart of a page; return how many there are."""
    count = tab.locator(".casi-chart").count()
    for number in range(count):
        wake(tab, number)
    return count


@pytest.fixture(scope="module", params=PAGES)
def still(request, read):
    """A page without scripts, and its name."""
    tab = read(request.param, scripts=False)
    tab.wait_for_load_state("networkidle")
    return tab, request.param


@pytest.fixture(scope="module", params=TRIED)
def desk(request, read):
    """A page on a large screen, and its name."""
    return read(request.param), request.param


@pytest.fixture(scope="module", params=TRIED)
def phone(request, read, host):
    """A page on a phone, from a server."""
    return read(request.param, base=host, viewport=PHONE)


def test_these_are_all_pages_of_the_book(book):
    built = {str(path.relative_to(book).with_suffix("")) for path in book.rglob("*.html")}
    ours = {page for page in built if not page.startswith("_static")}
    rows = {page for page in ours if re.match("records/(events|sources)-", page)}
    assert ours - rows == {*PAGES, *(f"charts/{label}" for label in labels_of(CHAPTERS))}


def test_of_each_template_one_page_is_tried_whole():
    profiles = [name for name in CHAPTERS if name.startswith("profile_")]
    assert {*CHAPTERS} - {*profiles} < {*TEMPLATES}
    assert 0 < len({*TEMPLATES} & {*profiles}) < len(profiles)


def test_every_chart_is_seen_with_scripts_off(still):
    tab, page = still
    charts = tab.locator(".casi-chart img")
    shown = charts.evaluate_all(
        "images => images.filter(one => one.complete && one.naturalWidth > 0).length"
    )
    assert charts.count() == shown
    if page not in PLACES:
        assert shown == len(charts_of(page.removeprefix("chapters/")))
    assert tab.faults == [] and tab.foreign == []


def test_nothing_is_cut_off_at_360_pixels_with_scripts_off(still):
    tab, _ = still
    tab.set_viewport_size(PHONE)
    assert_nothing_is_cut_off(tab)


def test_nothing_is_cut_off_at_360_pixels_before_and_after_charts_are_interactive(phone):
    assert_nothing_is_cut_off(phone)
    wake_all(phone)
    assert_nothing_is_cut_off(phone)


def test_pages_work_from_a_server_and_ask_nothing_of_others(phone):
    assert_it_works(phone)


def test_pages_work_from_a_folder_and_ask_nothing_of_others(desk):
    assert_it_works(desk[0])


def assert_it_works(tab):
    count = wake_all(tab)
    tab.wait_for_load_state("networkidle")
    assert tab.faults == []  # the policy's violations among them
    assert tab.foreign == []
    assert tab.locator(".casi-chart .main-svg").count() >= count


def test_figures_in_pages_hold_nothing_that_plotly_does_anyway(desk):
    tab, _ = desk
    if wake_all(tab):
        assert tab.evaluate(DEFAULTS) == []


def test_arrow_keys_read_and_show_the_values_of_the_table(desk):
    tab, page = desk
    for number, figure in enumerate([] if page in PLACES else charts_of(page[9:])):
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


def test_axe_finds_no_fault_in_light_and_dark(desk):
    assert_axe_finds_nothing(desk[0])


def test_axe_finds_no_fault_on_the_page_of_a_chart(read):
    assert_axe_finds_nothing(read(f"charts/{LABELS[0]}", bypass_csp=True))


def assert_axe_finds_nothing(tab):
    wake_all(tab)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.evaluate(FEW_OF_EACH)  # rows, bars and labels are alike: axe takes a minute for all
    tab.evaluate(AXE)
    for theme, rules in (("light", ALL_RULES), ("dark", RULES_OF_COLOURS)):
        tab.emulate_media(color_scheme=theme)
        tab.evaluate(SET_THEME, theme)
        tab.wait_for_timeout(300)  # charts are drawn again
        background = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (theme == "light")
        run = tab.evaluate("rules => axe.run(document, rules)", rules)
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in run["violations"]] == []


@pytest.mark.parametrize("label", LABELS)
def test_each_chart_has_a_page_that_can_be_embedded(read, host, label):
    tab = read("search", base=host, bypass_csp=True)
    tab.set_content(f'<iframe src="{host}/charts/{label}.html" width="700" height="640"></iframe>')
    frame = tab.frame_locator("iframe")
    chart = frame.locator(".casi-chart")
    chart.hover()
    frame.locator(".casi-chart[data-live] .main-svg").first.wait_for()
    assert frame.locator("h1").text_content()
    assert tab.faults == []
