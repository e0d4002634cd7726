"""The print edition as readers get it."""

import json
import re
import zipfile
from collections import Counter
from itertools import pairwise

import pdfua
import pikepdf
import pypdfium2
import pytest
from lxml import html
from stored_charts import PROFILES, charts_in

from casi.book.editions import downloads, edition
from casi.book.paper import pdf, typeset
from casi.book.paper.single_document import PRINT
from casi.tables import DATA, ROOT

CHAPTERS = sorted(path for path in (ROOT / "chapters").glob("*.ipynb") if path.stem not in PROFILES)
POINTS = {"a4": (595, 842), "letter": (612, 792)}
MOST_PAGES = 180
MARGIN = 60  # points; the running head and the page number stand in it
ENDINGS = {"a4": f"{edition.edition().version}.pdf", "letter": "-letter.pdf"}


@pytest.fixture(scope="module", params=pdf.SIZES)
def size(request):
    return request.param


@pytest.fixture(scope="module")
def path(book, size):
    found = [each for each in downloads.made(ROOT) if each.name.endswith(ENDINGS[size])]
    return found[0] if found else pdf.make_pdf(size=size)


@pytest.fixture(scope="module")
def folder(path):
    return ROOT / "_build" / "singlehtml"


@pytest.fixture(scope="module")
def printed(path):
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(path):
    """The text of each page, as one line."""
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="module")
def body(folder):
    return html.fromstring((folder / "body.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def front_matter(folder):
    return json.loads((folder / "book.json").read_text(encoding="utf-8"))


def squeezed(text):
    """Only letters and digits: lines are broken otherwise in a PDF."""
    return re.sub(r"[\W_]+", "", text)


def is_in(everything, piece):
    """Return True if a text is found, in one part or split over two pages, at a hyphen too."""
    words = [squeezed(word) for word in re.findall(r"[^\s-]+-?", piece)]
    return any(
        "".join(words[:position]) in everything and "".join(words[position:]) in everything
        for position in range(len(words), -1, -1)
    )


def elements(node):
    """Walk the tree of tags."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from elements(kid)


@pytest.fixture(scope="module")
def tags(printed):
    return list(elements(printed.Root.StructTreeRoot.K[0]))


def test_the_text_of_every_chapter_is_printed(path, body):
    between_head_and_foot = [
        page.get_textpage().get_text_bounded(bottom=MARGIN, top=page.get_height() - MARGIN)
        for page in pypdfium2.PdfDocument(path)
    ]
    everything = squeezed("".join(between_head_and_foot))
    pieces = set()
    for each in body.iter("p", "li", "h1", "h2", "caption", "td", "th"):
        for note in each.xpath(".//*[@class='footnote']"):
            note.drop_tree()
        pieces.update(each.itertext())
    assert [piece for piece in pieces if not is_in(everything, piece)] == []


def test_profiles_are_left_out_and_the_contents_say_where_they_are(pages, body, front_matter):
    titles = {entry["title"] for entry in front_matter["contents"]}
    assert not [title for title in titles if title.endswith("a profile")]
    assert not body.xpath("//*[contains(@id, 'profile')]")
    first, *others = front_matter["left_out"]
    assert (first, len(others)) == ("Functions of the package", len(PROFILES))
    said = squeezed(f"“{first}” and {len(others)} more pages are in the web edition alone")
    assert any(said in squeezed(page) for page in pages)


def test_every_chart_is_printed_as_vectors(printed, tags):
    stored = [figure["layout"]["meta"] for path in CHAPTERS for figure in charts_in(path)]
    stated = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
    assert [meta["alt"] for meta in stored if meta["alt"] not in stated] == []
    pictures = [
        each
        for page in printed.pages
        for each in page.get("/Resources", {}).get("/XObject", {}).values()
        if each.get("/Subtype") == "/Image"
    ]
    assert pictures == []


@pytest.fixture(scope="module")
def places(printed):
    """The number of the page that each anchor is on."""
    numbers = {page.objgen: number for number, page in enumerate(printed.pages, 1)}
    names = list(printed.Root.Names.Dests.Names)
    return {
        str(name): numbers[place[0].objgen]
        for name, place in zip(names[::2], names[1::2], strict=True)
    }


def test_contents_and_lists_name_the_page_that_each_title_is_on(path, pages, front_matter, places):
    front = pypdfium2.PdfDocument(path)
    first = min(places[chapter["anchor"]] for chapter in front_matter["contents"]) - 1
    text = "\n".join(front[n].get_textpage().get_text_range() for n in range(first))
    listed = [
        (squeezed(words), int(number))
        for words, number in re.findall(r"^(.*?)[.\s]+(\d+)\s*$", text, flags=re.MULTILINE)
    ]
    chapters, lists = front_matter["contents"], front_matter["lists"]
    sections = [section for chapter in chapters for section in chapter["under"]]
    for entry in [*chapters, *sections, *lists["Figures"], *lists["Tables"]]:
        title, number = squeezed(entry["title"]), places[entry["anchor"]]
        lasts = [
            n
            for words, n in listed
            if words and (words[-8:] == title[-8:] or title.endswith(words))
        ]
        assert number in lasts, entry
        assert title in squeezed(pages[number - 1]), entry


def test_pages_are_numbered_from_the_cover(pages):
    numbers = [int(text.split()[-1]) for text in pages[2:] if text.split()[-1].isdigit()]
    assert len(numbers) >= len(pages) - 4
    assert all(after == before + 1 for before, after in pairwise(numbers))
    assert int(pages[-1].split()[-1]) == len(pages)


def test_the_index_names_pages_on_which_the_term_stands(pages, front_matter):
    for heading in ("Organisations", "Exercises"):
        assert len(front_matter["index"][heading]) > 10
    listed = " ".join(pages[-2:])
    [numbers, *_] = re.findall(r"Birlestik-2024[^,]*, ([\d, –]+\d)", listed)
    assert numbers
    for number in re.findall(r"\d+", numbers):
        assert "Birlestik-2024" in pages[int(number) - 1]


def test_no_link_leads_nowhere(printed, places):
    links = [each for page in printed.pages for each in page.get("/Annots", [])]
    inside = [str(each.Dest) for each in links if "/Dest" in each]
    assert len(inside) > 300
    assert set(inside) <= set(places)
    assert all(each.get("/A") or "/Dest" in each for each in links)


def test_nothing_reaches_beyond_its_page(path, size):
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        assert sorted((round(width), round(height))) == sorted(POINTS[size])
        text = page.get_textpage()
        for position in range(text.count_rects()):  # each around letters in one line
            left, bottom, right, top = text.get_rect(position)
            assert left >= -1 and bottom >= -1 and right <= width + 1 and top <= height + 1, number


def test_the_file_is_of_reasonable_size(pages, path):
    assert 60 <= len(pages) <= MOST_PAGES
    assert path.stat().st_size < 5e6


def test_every_font_is_embedded(printed):
    fonts = [
        each
        for each in printed.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    names = {str(font.FontName).split("+")[-1] for font in fonts}
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
    style = (PRINT / "print.css").read_text(encoding="utf-8")
    packed = tuple(
        name.replace(" ", "-") for name in re.findall(r'face { font-family: "(.*?)"', style)
    )
    assert names and all(name.startswith(packed) for name in names), names


def test_it_is_accessible_and_archivable(printed, path):
    report = pdfua.validate(str(path))
    assert [finding.message for finding in report.findings] == []
    with printed.open_metadata() as stated:
        assert (stated.pdfa_status, stated["pdfuaid:part"]) == ("3A", "1")
        assert stated["dc:title"] == "Central Asia Security Integration"
    assert printed.Root.Lang == "en"


def test_tags_follow_the_text(tags, body):
    kinds = Counter(str(tag.S) for tag in tags)
    assert kinds["/TH"] and {str(tag.A.Scope) for tag in tags if tag.S == "/TH"} == {
        "/Column",
        "/Row",
    }
    assert all(str(tag.get("/Alt", "")) for tag in tags if tag.S == "/Figure")
    levels = [int(str(tag.S)[2:]) for tag in tags if re.fullmatch(r"/H\d", str(tag.S))]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_bookmarks_are_the_chapters(printed, front_matter):
    with printed.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert [entry["title"] for entry in front_matter["contents"]] == titles[3:-1]


def test_the_data_package_is_attached(printed):
    [name] = printed.attachments
    content = printed.attachments[name].get_file().read_bytes()
    (copy := ROOT / "_build" / "data" / name).stat()
    assert content == copy.read_bytes()
    assert {path.name for path in DATA.glob("*.csv")} <= set(zipfile.ZipFile(copy).namelist())


@pytest.mark.parametrize("size", ["a4"], indirect=True)
def test_setting_the_same_text_again_gives_the_same_bytes(path, folder, size, tmp_path):
    ours = edition.edition()
    [package] = (ROOT / "_build" / "data").glob("*-data.zip")
    again = typeset.write_pdf(folder, ours, pdf.SIZES[size], package, tmp_path / "again.pdf")
    assert again.read_bytes() == path.read_bytes()
