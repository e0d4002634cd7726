import logging
from types import SimpleNamespace

import pytest

from casi.book.editions.edition import edition
from casi.book.paper import typeset

BOOK = """{"title": "B", "language": "en", "question": "Why?", "cover": null,
 "contents": [{"title": "One", "anchor": "one", "under": [], "part": "", "number": ""}],
 "lists": {"Figures": [], "Tables": []}, "index": {"Terms": [["CSTO", ["m-1", "m-2"]]]},
 "left_out": ["Profiles", "A", "B"], "site": ""}"""
BODY = '<html lang="en"><title>B</title><body>{}</body></html>'
ONE = (
    '<section id="one"><h1>One</h1><p><span id="m-1">CSTO</span> <b id="m-2">CSTO</b></p></section>'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "book.json").write_text(BOOK)
    (tmp_path / "body.html").write_text(BODY.format(ONE))
    (tmp_path / "data.zip").write_bytes(b"PK")
    return tmp_path


def write(folder):
    target = folder / "out" / "book.pdf"
    return typeset.write_pdf(folder, edition(), "A4", folder / "data.zip", target)


def test_anchors_are_numbered_from_the_pages_before():
    pages = [SimpleNamespace(anchors={"a": 0}), SimpleNamespace(anchors={"a": 0, "b": 0})]
    assert typeset.anchors(pages, before=4) == {"a": 5, "b": 6}


def test_pages_of_a_term_are_listed_once_and_runs_become_ranges():
    places = {"a": 3, "b": 3, "c": 4, "d": 5, "e": 9}
    assert typeset.pages_of(places, list("abcde")) == [("3–5", "a"), ("9", "e")]


def test_compose_puts_front_matter_text_and_index_in_order(folder):
    path = write(folder)
    document = typeset.lay_out(folder, edition(), "letter")
    assert path.read_bytes().startswith(b"%PDF-1.7")
    assert [round(page.width) for page in document.pages] == [816] * len(document.pages)
    marks = [label for label, *_ in document.make_bookmark_tree()]
    assert marks == ["Contents", "Figures", "Tables", "One", "Index"]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("<p>\ue000</p>", "U\\+E000"),
        ('<p><a href="#nowhere">x</a></p>', "nowhere"),
        ('<img src="http://127.0.0.1:9/p.png" alt="p">', "disallowed protocol: http://127"),
    ],
)
def test_what_cannot_be_printed_is_named_and_the_old_file_stays(folder, fault, message):
    before = write(folder).read_bytes()
    (folder / "body.html").write_text(BODY.format(ONE + fault))
    with pytest.raises(typeset.TypesettingError, match=message):
        write(folder)
    assert (folder / "out" / "book.pdf").read_bytes() == before


def test_complaints_are_kept_and_not_printed(capsys):
    collector = typeset.WarningCollector()
    logging.getLogger("weasyprint").error("No anchor #%s", "x")
    assert collector.messages == ["No anchor #x"]
    assert capsys.readouterr().err == ""
