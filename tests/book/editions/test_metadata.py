import json
from dataclasses import replace
from unittest.mock import Mock

import jinja2
import pytest
from docutils import nodes
from docutils.utils import new_document

from casi.book.editions import metadata
from casi.book.editions.edition import edition
from casi.tables import ROOT


@pytest.fixture
def ours():
    return replace(edition(ROOT), version="2026.11", repository="https://github.com/a/b")


def page(text):
    tree = new_document("page")
    tree += nodes.section("", nodes.title("", "Title"), nodes.paragraph("", text))
    return tree


def test_summary_is_the_first_paragraph_cut_at_a_word():
    assert metadata.summary(page("Two\nwords.")) == "Two words."
    long = metadata.summary(page("word " * 100))
    assert len(long) <= metadata.LENGTH + 2 and long.endswith("word …")
    assert metadata.summary(new_document("empty")) == ""


def test_summary_skips_what_a_cell_shows():
    tree = page("Words.")
    cell = nodes.container("", nodes.paragraph("", "Name"), classes=["cell_output"])
    tree[0].insert(1, cell)
    assert metadata.summary(tree) == "Words."


def test_the_whole_is_a_report_and_a_data_set_with_what_search_engines_ask_for(ours):
    report, data = metadata.report_and_dataset(ours, lambda path, _: path)
    assert (report["@type"], data["@type"]) == ("Report", "Dataset")
    assert 50 <= len(data["description"]) <= 5000
    assert {"name", "license", "creator", "temporalCoverage", "spatialCoverage"} <= set(data)
    [way] = data["distribution"]
    assert way["contentUrl"] == "downloads/central-asia-security-integration-2026.11-data.zip"


def test_only_an_edition_has_been_published(ours):
    report, data = metadata.report_and_dataset(ours, lambda path, _: path)
    assert report["datePublished"] == data["datePublished"] == f"{ours.made:%Y-%m-%d}"
    draft, _ = metadata.report_and_dataset(ours.as_draft(), lambda path, _: path)
    assert "datePublished" not in draft and draft["dateModified"] == report["datePublished"]


def test_a_part_names_the_whole(ours):
    found = metadata.web_page(ours, "Borders", "How far.")
    assert found["isPartOf"] == {"@type": "Report", "name": ours.title, "version": "2026.11"}


def test_source_links_name_the_very_edition(ours):
    links = metadata.source_links(ours, "chapters/borders.ipynb")
    assert links["Source of this page"].endswith("a/b/blob/v2026.11/chapters/borders.ipynb")
    assert "/a/b/v2026.11?" in links["Run on Binder"] and "Open in Colab" in links
    draft = metadata.source_links(ours.as_draft(), "glossary.md")
    assert draft["Source of this page"].endswith("/blob/HEAD/glossary.md")
    assert "Run on Binder" not in draft


def test_without_a_repository_there_are_no_links(ours):
    assert metadata.source_links(replace(ours, repository=""), "a.md") == {}
    elsewhere = replace(ours, repository="https://git.example.org/a/b")
    assert metadata.source_links(elsewhere, "a.md") == {"Source": elsewhere.repository}


def test_a_page_offers_its_source_only_where_that_is_known(ours):
    template = (ROOT / "casi" / "book" / "pages" / "templates" / "editions.html").read_text("utf-8")

    def links(each):
        known = metadata.source_links(each, "chapters/a.ipynb")
        words = {"edition": each, "page": "a.html", "cite": (), "source": known}
        return jinja2.Template(template).render(pathto=lambda path, _: path, casi=words).count("<a")

    assert links(ours) == 4
    assert links(replace(ours, repository="")) == 0


def test_json_cannot_end_the_script_it_stands_in():
    text = metadata.as_json({"a": "</script>"})
    assert "</script>" not in text and json.loads(text) == {"a": "</script>"}


def test_describe_gives_a_page_its_words():
    app = Mock(srcdir=ROOT)
    app.env.doc2path.return_value = "chapters/one.md"
    app.config.casi_cover = "fig-map"
    app.env.casi_charts = {}
    app.config.casi_edition = edition(ROOT)
    context = {"root_doc": "index", "file_suffix": ".html", "title": "<em>A</em> &amp; B"}
    metadata.describe(app, "chapters/one", "page.html", context, page("How far."))
    metadata_of_page = context["casi"]
    assert (
        metadata_of_page["page"],
        metadata_of_page["title"],
        metadata_of_page["description"],
    ) == (
        "chapters/one.html",
        "A & B",
        "How far.",
    )
    [thing] = json.loads(metadata_of_page["things"])["@graph"]
    assert thing["@type"] == "WebPage"


@pytest.mark.parametrize(
    ("pagename", "label"),
    [("chapters/one", "fig-first"), ("charts/fig-x", "fig-x"), ("glossary", "fig-cover")],
)
def test_a_shared_page_shows_its_first_chart_or_the_cover(pagename, label):
    app = Mock()
    app.config.casi_cover = "fig-cover"
    labels = ("fig-first", "fig-second")
    charts = [{"layout": {"meta": {"label": each}}} for each in labels]
    app.env.casi_charts = {"chapters/one": charts}
    assert metadata.share_picture(app, pagename) == f"charts/{label}-share.jpg"
