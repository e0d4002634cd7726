import pytest

from casi.book.takeaway import extracts


def test_question_and_answer_are_those_of_the_first_page(printed):
    book = extracts.read(printed)
    assert (book.question, book.answer) == ("How far?", "Not far.")


def test_a_finding_has_number_sentence_and_what_follows_it_in_a_chapter(printed):
    settled, few = extracts.read(printed).findings
    assert settled == extracts.Finding("5 of 7", "Five are settled.", "One was last.", "fig-map")
    assert few == extracts.Finding("3%", "Few (of many) came.", "", "tab-few")


def test_a_chart_has_caption_notes_and_picture(printed):
    chart = extracts.read(printed).charts["fig-map"]
    assert (chart.number, chart.title, chart.measure) == ("Figure 1", "A map", "Borders")
    assert (chart.notes, chart.description) == ("Source: ours.", "A map of two borders.")
    assert chart.picture == printed / "charts" / "fig-map.svg"


def test_lists_are_found_by_their_section(printed):
    assert extracts.read(printed).sections["index-watch"] == ["A treaty. Not yet."]


def test_a_book_without_findings_is_refused(printed):
    (printed / "body.html").write_text("<section><p>a</p><p><strong>b</strong></p></section>")
    with pytest.raises(RuntimeError, match="lists no findings"):
        extracts.read(printed)
