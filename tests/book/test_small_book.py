"""A small book from source to pages: what a change does, what stops a build, every format."""

import hashlib
import json
import posixpath
import re
import shutil
import zipfile
from urllib.parse import unquote

import nbformat
import pikepdf

from casi.book.editions import package_cell
from casi.book.editions.edition import edition
from casi.charts.chart import PLOTLY_MIME

TITLES = ["2022", "2024", "Ограничения", "Limits", "Limits"]  # of the sections of one page
LINK = re.compile(r'<a [^>]*href="([^"#:]*)#([^"]+)"')


def links(pages):
    """Return page, page linked to and id, for each link into a page; pages by their path."""
    return [
        (name, posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name,
         unquote(anchor))
        for name, text in pages.items()
        for path, anchor in LINK.findall(text)
    ]  # fmt: skip


def dead(pages):
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in pages.items()}
    return [link for link in links(pages) if link[2] not in ids.get(link[1], ())]


def read(folder, ending):
    found = folder.rglob(f"*{ending}")
    pages = [path for path in found if not {"_static", "charts"} & set(path.parts)]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in pages}


def test_on_the_web_every_heading_can_be_linked_to(small_book):
    pages = read(small_book / "_build" / "html", ".html")
    assert dead(pages) == []
    inside = [anchor for page, to, anchor in links(pages) if page == to == "chapters/timeline.html"]
    assert len(set(inside)) >= len(TITLES)
    into = [(page, to) for page, to, anchor in links(pages) if anchor in ("year", "again")]
    assert ("index.html", "chapters/timeline.html") in into
    assert into.count(("chapters/other.html", "chapters/timeline.html")) == 3


def test_the_notebook_to_download_has_its_outputs_and_names_its_package(small_book):
    path = "chapters/one.ipynb"
    source = nbformat.read(small_book / path, as_version=4)
    made = nbformat.read(small_book / "_build" / "html" / "_sources" / path, as_version=4)
    title, package, note, chart, *_ = made.cells
    assert [title.source, note.source] == [cell.source for cell in source.cells[:2]]
    assert package.source == package_cell.code(edition(small_book)) and not package.outputs
    assert note.outputs[0].data["text/plain"] and PLOTLY_MIME in chart.outputs[0].data


def test_in_the_epub_every_heading_can_be_linked_to_and_every_page_is_listed(small_book):
    [path] = small_book.glob("_build/epub/*.epub")
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        pages = {name: archive.read(name).decode() for name in names}
    assert dead(pages) == []
    assert {"year", "again", "own"} <= {anchor for _, _, anchor in links(pages)}
    listed = re.findall(r'href="([^"]+)"', pages["nav.xhtml"])
    assert [*listed] == [
        "index.xhtml",
        *(f"chapters/{name}.xhtml" for name in ("one", "timeline", "other")),
        "bibliography.xhtml",
    ]


def test_in_print_every_heading_can_be_linked_to(small_book):
    body = (small_book / "_build" / "singlehtml" / "body.html").read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(set(ids)) == len(ids)
    assert dead({"body.html": body}) == []
    book = json.loads((small_book / "_build" / "singlehtml" / "book.json").read_text("utf-8"))
    [timeline] = [each for each in book["contents"] if each["title"] == "What happened when"]
    assert [section["title"] for section in timeline["under"]] == TITLES
    assert len({section["anchor"] for section in timeline["under"]} & {*ids}) == len(TITLES)


def outline(items):
    return [title for item in items for title in (item.title, *outline(item.children))]


def test_the_pdf_has_a_bookmark_for_each_heading_and_no_dead_link(small_book):
    [path] = small_book.glob("_build/pdf/*.pdf")
    with pikepdf.open(path) as printed:
        places = {str(name) for name in list(printed.Root.Names.Dests.Names)[::2]}
        marks = [mark for page in printed.pages for mark in page.get("/Annots", [])]
        inside = {str(mark.Dest) for mark in marks if "/Dest" in mark}
        with printed.open_outline() as tree:
            titles = outline(tree.root)
    assert inside and inside <= places
    assert "What happened when" in titles and "Хроника" in titles
    for name in ("timeline-year", "timeline-again", "other-own"):
        assert name in inside


def test_figures_without_a_label_in_latin_letters_are_numbered_and_listed(small_book):
    book = json.loads((small_book / "_build" / "singlehtml" / "book.json").read_text("utf-8"))
    numbers = [(figure["number"], figure["title"][:9]) for figure in book["lists"]["Figures"]]
    assert numbers[-2:] == [("3", "A picture"), ("4", "A picture")]
    body = (small_book / "_build" / "singlehtml" / "body.html").read_text("utf-8")
    images = re.findall(r'<img [^>]*src="([^"]+)"', body)
    assert images.count("_images/dot.svg") == 2
    assert (small_book / "_build" / "singlehtml" / "_images" / "dot.svg").is_file()


def test_making_the_pdf_and_the_epub_again_gives_the_same_bytes(copy, run_module):
    files = [*copy.glob("_build/pdf/*.pdf"), *copy.glob("_build/epub/*.epub")]
    before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    for path in files:
        path.unlink()
    for step in ("paper.pdf", "paper.epub"):
        run = run_module(copy, f"casi.book.{step}")
        assert run.returncode == 0, run.stdout + run.stderr
    assert len(files) == 2
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in files] == before


def change_a_note(root):
    path = root / "data" / "organisations.csv"
    text = path.read_text("utf-8")
    assert "Began as the CSCE" in text
    path.write_text(text.replace("Began as the CSCE", "Was the CSCE"), "utf-8")


def test_a_changed_value_changes_the_page(copy, run_module):
    page = copy / "_build" / "html" / "chapters" / "one.html"
    assert "Began as the CSCE" in page.read_text("utf-8")
    change_a_note(copy)
    assert run_module(copy, "casi.checks", "stamp").returncode == 0
    assert run_module(copy).returncode == 0
    text = page.read_text("utf-8")
    assert "Was the CSCE" in text and "Began as the CSCE" not in text


def test_a_fault_in_a_table_stops_the_build_before_any_notebook_runs(copy, run_module):
    shutil.rmtree(copy / "_build" / "executed")
    change_a_note(copy)
    run = run_module(copy)
    assert run.returncode == 1
    assert "data/organisations.csv: not what datapackage.json says" in run.stderr
    assert not (copy / "_build" / "executed").exists()


def test_a_chart_of_a_table_that_may_not_be_handed_out_is_a_picture_alone(small_book):
    charts = small_book / "_build" / "html" / "charts"
    assert (charts / "fig-x.csv").is_file()
    assert (charts / "fig-closed-wide.svg").is_file() and not (charts / "fig-closed.csv").exists()


WORDLESS = """
import plotly.graph_objects as go
from casi.charts.chart import Chart
Chart(go.Figure(layout={"meta": {"label": "", "alt": "a"}}))"""
FAULTS = [
    "chapters/failing.ipynb, cell 2: ZeroDivisionError: division by zero",
    "chapters/wordless.ipynb, cell 2: chart without label, title, measure, unit, tables, source",
    "chapters/one.ipynb, cell 3: chart fig-x: it hands out the numbers of 'arms_transfers'",
]


def test_every_fault_in_a_chapter_is_reported_each_time(copy, forbid, run_module, write_chapter):
    write_chapter(copy, "1 / 0", name="failing")
    write_chapter(copy, WORDLESS, name="wordless")
    forbid(copy, "arms_transfers")
    with (copy / "_toc.yml").open("a") as toc:
        toc.write("- file: chapters/failing\n- file: chapters/wordless\n")
    for _ in range(2):
        run = run_module(copy)
        assert run.returncode == 1
        assert [fault for fault in FAULTS if fault not in run.stderr] == []
        assert "Traceback" not in run.stdout + run.stderr


PAGES_OF_ONE = ("html/chapters/one.html", "singlehtml/body.html")
PICTURE = """\
from base64 import b64decode
from IPython.display import Image
Image(b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Er"
    "kJggg=="))"""


def test_a_notebook_edited_elsewhere_is_shown_in_every_edition(copy, run_module):
    path = copy / "chapters" / "one.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.metadata = {"kernelspec": {"name": "casi", "display_name": "casi"}, "vscode": {"a": 1}}
    picture = nbformat.v4.new_code_cell(PICTURE, id="picture")
    picture.metadata = {"vscode": {"languageId": "python"}}
    picture.metadata["mystnb"] = {"image": {"alt": "A single dot."}}
    notebook.cells.append(picture)
    nbformat.write(notebook, path)
    for step in ("build", "paper.pdf", "paper.epub"):
        run = run_module(copy, f"casi.book.{step}")
        assert run.returncode == 0, run.stdout + run.stderr
    [epub] = copy.glob("_build/epub/*.epub")
    with zipfile.ZipFile(epub) as archive:
        pages = [archive.read("chapters/one.xhtml").decode()]
    pages += [(copy / "_build" / name).read_text("utf-8") for name in PAGES_OF_ONE]
    assert [page.count('alt="A single dot."') for page in pages] == [1, 1, 1]


def test_without_a_browser_the_book_is_built_and_one_line_says_so(copy, run_module, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    run = run_module(copy)
    assert run.returncode == 0
    assert (run.stdout + run.stderr).count("interactive only") == 1
    stamp = (copy / "_build" / "html" / ".inputs").read_text()
    assert stamp.endswith(" without pictures")  # a browser makes the book out of date
