import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from casi.book.paper import assemble


def section(title, anchor, *inside):
    return nodes.section("", nodes.title("", title), *inside, ids=[anchor])


def file(name, *inside):
    return addnodes.start_of_file("", *inside, docname=name)


@pytest.fixture
def tree():
    """A book as Sphinx assembles it: the chapters stand inside the first page."""
    link = nodes.reference("", "see", refuri="#document-chapters/two")
    first = file("chapters/one", section("One", "one", section("Limits", "limits"), link))
    second = file("chapters/two", section("Two", "two", section("Limits", "limits")))
    part = nodes.compound("", first, second, classes=["toctree-wrapper"], caption="The evidence")
    page = new_document("index")
    page += section("Book", "book", nodes.paragraph("", "Words"), part)
    return page


def test_flatten_chapters_moves_them_to_the_top_level(tree):
    assert assemble.flatten_chapters(tree, "index") == {"chapters/one": "The evidence"}
    assert [node["docname"] for node in tree] == ["index", "chapters/one", "chapters/two"]
    assert tree[0].astext() == "Book\n\nWords"


def anchors(tree, kind=nodes.section):
    return [anchor for node in tree.findall(kind) for anchor in node["ids"]]


def test_each_section_gets_an_anchor_of_its_own(tree):
    assemble.flatten_chapters(tree, "index")
    assemble.qualify_ids(tree)
    assert anchors(tree) == ["index-book", "one-one", "one-limits", "two-two", "two-limits"]
    assert [node["refuri"] for node in tree.findall(nodes.reference)] == ["#two-two"]


def test_headings_that_docutils_numbers_keep_an_anchor_and_links_find_it():
    own = nodes.reference("", "here", refid="id1")
    first = file("chapters/one", section("2022", "id1", own))
    link = nodes.reference("", "there", refuri="#document-chapters/one#id1")
    second = file("chapters/two", section("Ограничения", "id1", link))
    assert assemble.qualify_ids(nodes.section("", first, second)) == {
        ("chapters/one", "id1"): "one-id1",
        ("chapters/one", ""): "one-id1",
        ("chapters/two", "id1"): "two-id1",
        ("chapters/two", ""): "two-id1",
    }
    assert anchors(first) == ["one-id1"] and anchors(second) == ["two-id1"]
    assert own["refid"] == "one-id1" and link["refuri"] == "#one-id1"


def test_pages_of_the_same_name_in_two_folders_stay_apart():
    pages = [file(f"{folder}/one", section("One", "one")) for folder in "ab"]
    assemble.qualify_ids(nodes.section("", *pages))
    assert [anchors(page) for page in pages] == [["a-one-one"], ["b-one-one"]]


def test_a_target_keeps_its_id_unless_two_pages_have_it():
    pages = [
        file(
            name, section(name, name, nodes.term(ids=["term-0"]), nodes.figure(ids=[f"fig-{name}"]))
        )
        for name in ("one", "two")
    ]
    assemble.qualify_ids(nodes.section("", *pages))
    assert anchors(pages[1], nodes.term) == ["two-term-0"]
    assert anchors(pages[1], nodes.figure) == ["fig-two"]


def test_a_footnote_and_its_mention_lead_to_each_other():
    mention = nodes.footnote_reference("", "1", ids=["id1"], refid="id2")
    note = nodes.footnote("", nodes.label("", "1"), ids=["id2"], backrefs=["id1"])
    assemble.qualify_ids(nodes.section("", file("one", section("One", "one", mention, note))))
    assert (mention["ids"], mention["refid"]) == (["one-id1"], "one-id2")
    assert (note["ids"], note["backrefs"], note[0].astext()) == (["one-id2"], ["one-id1"], "1")


def test_citations_lose_their_labels_and_with_them_the_ids_of_the_text_that_cites():
    cites = nodes.inline("", "[1]", ids=["id1"])
    source = nodes.citation("", nodes.label("", "1"), ids=["source-a"], backrefs=["id1"])
    assemble.qualify_ids(nodes.section("", file("one", section("One", "one", cites, source))))
    assert cites["ids"] == [] and len(source) == 0 and source["ids"] == ["source-a"]


def test_contents_are_chapters_with_their_sections(tree):
    parts = assemble.flatten_chapters(tree, "index")
    book, first, second = assemble.contents(tree, parts)
    assert (book.title, book.part, book.under) == ("Book", "", ())
    assert first == assemble.Entry(
        "One", "one", (assemble.Entry("Limits", "limits"),), "The evidence"
    )
    assert second.part == ""


def test_note_addresses_of_links_out_of_the_book_alone():
    out = nodes.reference("", "the standard", refuri="https://example.org/?a=1&b=2")
    bare = nodes.reference("", "https://example.org", refuri="https://example.org")
    inside = nodes.reference("", "a chapter", refuri="#one")
    cited = nodes.citation("", nodes.paragraph("", "", out.deepcopy()))
    page = nodes.section("", nodes.paragraph("", "", out, bare, inside), cited)
    assemble.add_address_footnotes(page)
    notes = [node.astext() for node in page.findall(nodes.raw)]
    assert notes == ['<span class="footnote">https://example.org/?a=1&amp;b=2</span>']
    assert isinstance(page[0][1], nodes.raw)


def test_mark_mentions_finds_whole_terms_by_any_spelling():
    known = {"CSTO": "Collective Treaty (CSTO)", "CST": "Treaty (CST)"}
    text = nodes.paragraph("", "The CSTO grew out of the CST; the CSTO-2 is not it.")
    page = nodes.section("", nodes.title("", "CSTO"), text, nodes.literal("", "CST"))
    found = assemble.add_mention_anchors(page, known)
    assert found == {"Collective Treaty (CSTO)": ["mention-1"], "Treaty (CST)": ["mention-2"]}
    assert page[1].astext() == "The CSTO grew out of the CST; the CSTO-2 is not it."
    marked = {node["ids"][0]: node.astext() for node in page.findall(nodes.inline)}
    assert marked == {"mention-1": "CSTO", "mention-2": "CST"}


def test_lay_bare_keeps_the_words_without_their_boxes():
    cell = nodes.entry("", nodes.paragraph("", "", nodes.literal("", "a<b"), nodes.Text(" c")))
    list_cell = nodes.entry("", nodes.paragraph("", "one"), nodes.paragraph("", "two"))
    notes = nodes.container("", nodes.paragraph("", "note"), classes=["casi-notes"])
    output = nodes.container("", nodes.row("", cell, list_cell), classes=["cell_output"])
    emptied = nodes.container(classes=["cell", "tag_hide-input"])
    tree = nodes.section("", nodes.container("", output, notes, classes=["cell"]), emptied)
    assemble.remove_wrappers(tree)
    assert [node.tagname for node in tree] == ["row", "container"]
    assert [node.tagname for node in cell] == ["raw", "#text"]
    assert cell[0].astext() == "<code>a&lt;b</code>"
    assert [node.tagname for node in list_cell] == ["paragraph", "paragraph"]


def test_a_cell_with_a_link_keeps_its_paragraph():
    link = nodes.reference("", "a", refuri="#a")
    cell = nodes.entry("", nodes.paragraph("", "See ", link))
    assemble.remove_wrappers(nodes.section("", nodes.row("", cell)))
    assert [node.tagname for node in cell] == ["paragraph"]


@pytest.mark.parametrize(
    ("site", "addresses"),
    [
        ("", ["#document-chapters/two", "https://example.org"]),
        (
            "https://x.org/1/",
            [
                "https://x.org/1/chapters/left.html",
                "https://x.org/1/chapters/left.html#a",
                "#document-chapters/two",
                "https://example.org",
            ],
        ),
    ],
)
def test_links_to_pages_that_are_not_printed_lead_to_the_web_edition_or_nowhere(site, addresses):
    targets = [
        "#document-chapters/left",
        "#document-chapters/left#a",
        "#document-chapters/two",
        "https://example.org",
    ]
    links = [nodes.reference("", "see", refuri=target) for target in targets]
    tree = nodes.section("", nodes.paragraph("", "", *links))
    assemble.unlink(tree, ["chapters/left"], site)
    assert [link["refuri"] for link in tree.findall(nodes.reference)] == addresses
    assert tree.astext() == "seeseeseesee"
