from pptx import Presentation

from casi.book.editions import archives
from casi.book.editions.edition import edition
from casi.book.takeaway import deck, extracts
from casi.tables import ROOT


def texts(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def made(printed, name="x.pptx"):
    current = edition(ROOT)
    path = printed / name
    deck.slides(extracts.read(printed), current, printed / "charts").save(str(path))
    return archives.repack(path, current.made)


def test_each_finding_has_a_slide_with_its_chart_source_and_notes(printed):
    first, settled, few, last = Presentation(str(made(printed))).slides
    assert "How far?" in texts(first) and "Not far." in texts(first)
    assert "5 of 7" in texts(settled) and "Source: Figure 1 of" in texts(settled)
    [picture] = [shape for shape in settled.shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A map of two borders."
    assert settled.notes_slide.notes_text_frame.text == "One was last.\nSource: ours."
    assert "Few (of many) came." in texts(few)
    assert "From tables." in texts(last)


def test_all_boxes_lie_on_their_slide(printed):
    slides = Presentation(str(made(printed)))
    for slide in slides.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= slides.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= slides.slide_height


def test_the_same_book_gives_the_same_bytes(printed):
    assert made(printed).read_bytes() == made(printed, "y.pptx").read_bytes()
