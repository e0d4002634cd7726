import base64
from dataclasses import replace

import pytest

from casi.book.editions.edition import edition
from casi.book.paper.typeset import TypesettingError
from casi.book.takeaway import brief, extracts
from casi.tables import ROOT


@pytest.fixture
def page(printed):
    return brief.brief_page(extracts.read(printed), edition(ROOT), printed / "charts")


def test_the_briefing_holds_what_the_settings_name(page):
    for text in ("How far?", "Not far.", "5 of 7", "Five are settled.", "A map", "Not yet."):
        assert text in page
    assert "Few (of many) came." not in page  # one finding is asked for


def test_a_chart_or_list_that_the_book_lacks_is_named(printed):
    book = extracts.read(printed)
    book = replace(book, brief={**book.brief, "charts": ["fig-none"], "watch": "index-none"})
    with pytest.raises(RuntimeError, match="no fig-none, index-none"):
        brief.brief_page(book, edition(ROOT), printed / "charts")


def test_a_drawing_has_the_colours_of_a_light_page(printed):
    address = brief.light(printed / "charts" / "fig-map-narrow.svg")
    drawn = base64.b64decode(address.partition(",")[2]).decode()
    assert "fill: #5E0A33" in drawn and "var(" not in drawn


def test_a_briefing_of_two_pages_is_written(printed, page):
    target = printed / "x-brief.pdf"
    brief.write_pdf(page, printed, edition(ROOT), target)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_briefing_of_another_length_is_refused_and_not_written(printed, page):
    longer = page.replace("Not far.", "Not far. " * 2000)
    with pytest.raises(TypesettingError, match="pages instead of 2: shorten"):
        brief.write_pdf(longer, printed, edition(ROOT), printed / "x-brief.pdf")
    assert not (printed / "x-brief.pdf").exists()
