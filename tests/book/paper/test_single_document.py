import jinja2
import pytest

from casi.book.editions.edition import edition
from casi.book.paper import single_document


def test_the_builder_takes_the_place_of_sphinx_singlehtml():
    assert single_document.PaperBuilder.name == "singlehtml"
    assert not single_document.PaperBuilder.add_permalinks


def test_spellings_lead_to_one_term_with_its_short_form():
    found = single_document.index_terms("organisations", "name", "abbreviation")
    assert found["CSTO"] == found["Collective Security Treaty Organization"]
    assert found["CSTO"] == "Collective Security Treaty Organization (CSTO)"


def test_spellings_need_not_repeat_what_stands_in_brackets():
    found = single_document.index_terms("exercises", "name")
    assert found["Birlestik-2024"].startswith("Birlestik-2024 (")


def test_fill_escapes_words_and_misses_nothing():
    book = {"title": "A & B", "language": "en"}
    more = {"heading": single_document.NUMBERS, "numbers": ["<table></table>"]}
    page = single_document.fill("body", book, body="<p>kept</p>", **more)
    assert "<title>A &amp; B</title>" in page and "<p>kept</p>" in page
    with pytest.raises(jinja2.UndefinedError):
        single_document.fill("body", book, **more)


@pytest.mark.parametrize(
    ("left_out", "site", "said"),
    [
        (["Profiles", "A", "B"], "", "“Profiles” and 2 more pages are in the web"),
        (["Profiles", "A"], "", "“Profiles” and 1 more page are in the web"),
        (["Profiles"], "https://x.org/1/", "alone, at <a href=\"https://x.org/1/\">https://x.org/1/</a>."),
        ([], "", ""),
    ],
)  # fmt: skip
def test_the_contents_say_where_pages_are_that_are_not_printed(left_out, site, said):
    book = {"title": "B", "language": "en", "question": "Why?", "cover": None, "contents": []}
    book |= {"lists": {}, "left_out": left_out, "site": site}
    words = {"edition": edition(), "closed": "1 May 2026", "page_of": lambda _: "1"}
    page = single_document.fill("front", book, **words)
    assert said in page and ("web edition alone" in page) == bool(left_out)
