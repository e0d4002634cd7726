import zipfile
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from casi.book.editions.edition import edition
from casi.book.pages import figures
from casi.book.paper import epub
from casi.tables import ROOT


def app(builder):
    return SimpleNamespace(builder=SimpleNamespace(name=builder), srcdir=ROOT, outdir=ROOT / "x")


def test_configure_names_the_edition_the_same_way_each_time():
    values = {"casi_cover": "fig-map", "casi_edition": edition(ROOT)}
    config = [SimpleNamespace(**values), SimpleNamespace(**values)]
    for each in config:
        epub.configure(app("epub"), each)
    assert config[0] == config[1]
    assert config[0].epub_identifier.startswith("urn:uuid:")
    assert config[0].epub_cover == ("charts/fig-map.svg", "")


def test_the_builder_is_that_of_sphinx_in_plain_dress():
    assert epub.EReaderBuilder.name == "epub"
    assert epub.EReaderBuilder.supported_remote_images  # else Sphinx fetches them


@pytest.mark.parametrize(("builder", "left"), [("html", 1), ("epub", 0)])
def test_only_pages_of_an_epub_are_made_static(tmp_path, builder, left):
    page = new_document("page")
    page += figures.tools("", meta={})
    application = app(builder)
    application.outdir = tmp_path
    epub.make_page_static(application, page, "chapters/one")
    assert len(list(page.findall(nodes.Element))) == 1 + left


def test_pages_of_an_epub_have_one_style_sheet_and_no_script():
    sheets = [SimpleNamespace(filename=name) for name in ("_static/x.css", "_static/ereader.css")]
    context = {"script_files": ["a.js"], "css_files": sheets, "body": "<p>a</p><script>b</script>"}
    epub.remove_scripts(app("html"), "one", "page.html", web := dict(context), None)
    assert web == context
    epub.remove_scripts(app("epub"), "one", "page.html", context, None)
    assert context == {"script_files": [], "css_files": sheets[1:], "body": "<p>a</p>"}


def test_make_epub_packs_what_the_package_lists_and_offers_it(tmp_path, monkeypatch):
    folder = tmp_path / "_build" / "epub"

    def sphinx(*_):
        for name in (*epub.FIRST, "one.xhtml", "unlisted.js"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text('<item id="a" href="one.xhtml" />')
        return folder

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # which make_epub sets for Sphinx
    monkeypatch.setattr(epub.build, "sphinx", sphinx)
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "CITATION.cff").write_bytes((ROOT / "CITATION.cff").read_bytes())
    path = epub.make_epub(tmp_path)
    assert zipfile.ZipFile(path).namelist() == [*epub.FIRST, "one.xhtml"]
    assert (tmp_path / "_build" / "html" / "downloads" / path.name).is_file()
