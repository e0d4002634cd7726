import pytest
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from casi.book.pages import chart_html, figures, pictures, search, variants
from casi.book.paper import static_pages

META = {"label": "fig-x", "alt": 'Two "bars"'}
FIGURE = {"data": [], "layout": {"height": 300, "meta": META}}
SVG = '<svg><path fill="a"/><path d="M0"/></svg>'


@pytest.fixture
def root(tmp_path):
    """A report whose one chart was drawn."""
    drawn = tmp_path / "_build" / "pictures"
    drawn.mkdir(parents=True)
    name = pictures.Picture(variants.bare(FIGURE), chart_html.WIDE).name()
    (drawn / name).write_text(SVG, encoding="utf-8")
    return tmp_path


def test_picture_of_a_chart_has_no_path_without_points(root):
    assert static_pages.picture_of(root, FIGURE) == '<svg><path d="M0"/></svg>'


def test_a_chart_that_was_not_drawn_is_named_with_what_to_do(tmp_path):
    with pytest.raises(
        static_pages.MissingPicture, match="'fig-x' has no picture: run `make book`"
    ):
        static_pages.picture_of(tmp_path, FIGURE)


def test_make_static_leaves_pictures_and_text(root, tmp_path):
    spec = {"title": "All facts", "rows": 1750}
    page = nodes.section(
        "",
        nodes.container("", nodes.literal_block("", "code"), classes=["cell_input"]),
        HideCodeCellNode("", nodes.container("", classes=["cell_input"])),
        figures.chart("", figure=FIGURE),
        figures.tools("", meta=META),
        search.records("", spec=spec),
    )
    static_pages.make_static(page, root, tmp_path / "out", "../charts")
    code, picture, pointer = page
    assert code.astext() == "code"  # which the web page shows, too
    assert picture.astext() == '<img src="../charts/fig-x.svg" alt="Two &quot;bars&quot;" />'
    assert pointer.astext().startswith("All facts fill 1,750 rows")
    assert (tmp_path / "out" / "fig-x.svg").is_file()


def test_links_to_rows_become_text_and_others_stay(root, tmp_path):
    rows = nodes.reference("", "Skala", refuri="record.html#rows=a", classes=["casi-rows"])
    other = nodes.reference("", "a", refuri="https://example.org")
    text = nodes.paragraph("", "", rows, nodes.Text(" and "), other)
    static_pages.make_static(nodes.section("", text), root, tmp_path / "out", "../charts")
    assert [node.tagname for node in text] == ["#text", "#text", "reference"]
    assert text.astext() == "Skala and a"
