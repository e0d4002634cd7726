"""The search of the book and the table of the record in a real browser."""

import re

import pytest
from browsing import AXE
from playwright.sync_api import expect

BIRLESTIK = "chapters/exercises.html#was-birlestik-2024-the-first-without-russia-or-china"
FOUND_FIRST = {
    "birlestik": BIRLESTIK,
    "Birlesik": BIRLESTIK,  # a typing error
    "methodology": "method.html",  # a synonym
    "sources": re.compile(r"^bibliography\.html"),
    "what is the CSTO": "glossary.html#term-CSTO",
    "ОДКБ": "glossary.html#term-CSTO",
    "corridor": "chapters/shared_problems.html",
    "arms trade treaty": "chapters/record.html#rows=treaties/att-2013",
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
    expect(tab.locator("#search-results strong").first).to_have_text("corridors")
    assert tab.evaluate("new URLSearchParams(location.search).get('q')") == "corridor"
    assert tab.faults == []
    tab.evaluate(AXE)
    run = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [each["id"] for each in run["violations"]] == []
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/chapters/shared_problems.html")
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
    assert keys.all_text_contents() == ["treaties/att-2013"]


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
