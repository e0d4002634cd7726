"""The text that the search of the book goes through, read from finished pages."""

import gzip
import json
from types import SimpleNamespace

import pytest
from lxml import html

from casi.book.pages import full_text
from casi.book.pages.full_text import Entry

LINK = '<a class="headerlink" href="#a">#</a>'
ARTICLE = f"""\
<article class="bd-article">
<section id="borders">
<h1>Borders{LINK}</h1>
<p>The <strong>question</strong>,
  asked <span class="bibtex-citation">[TASS, 2020]</span>again.</p>
<details class="above-input"><summary>Show code</summary>
<div class="cell_input"><pre>import casi</pre></div></details>
<section id="settled">
<h2>Settled{LINK}</h2>
<p>Nearly all.</p>
<figure class="casi-figure" id="fig-km"><figcaption>
<p><span class="caption-number">Figure 5 </span><span>All agreed</span>{LINK}</p>
<div class="casi-measure"><p>Length (km)</p></div></figcaption>
<div class="casi-chart"><script type="application/json">{{}}</script></div>
<div class="casi-notes"><p>Agreed only.</p></div>
<ul class="casi-tools"><li>Download</li></ul></figure>
<table id="tab-km"><caption><span class="caption-number">Table 2 </span>Lengths{LINK}</caption>
<tbody><tr><td>KAZ</td>
<td>12</td></tr></tbody></table>
<table><tbody><tr><td>Bare</td></tr></tbody></table>
</section>
<section id="words">
<h2>Words{LINK}</h2>
<dl class="glossary"><dt id="term-TIV">TIV{LINK}</dt><dd><p>A volume
of arms.</p></dd></dl>
<div class="citation" id="source-tass"><span class="label">[1]</span>
<p>TASS. Border agreed. 2020. URL: <a href="https://tass.ru">https://tass.ru</a>.</p></div>
</section>
</section>
</article>"""
ENTRIES = [
    Entry("Page", "", "Borders", "The question, asked again."),
    Entry("Section", "settled", "Settled", "Nearly all. Bare"),
    Entry("Section", "words", "Words", ""),
    Entry("Figure 5", "fig-km", "All agreed", "Length (km) Agreed only."),
    Entry("Table 2", "tab-km", "Lengths", "KAZ 12"),
    Entry("Term", "term-TIV", "TIV", "A volume of arms."),
    Entry("Source", "source-tass", "TASS. Border agreed. 2020.", ""),
]

COLUMNS = ["Date", "Kind", "What", "Where", "Who", "Note", "Key"]
ROWS = [
    ["2024-07", "Exercise", "Unity: 2024", "Aktau", "KAZ", "Alliance", "exercises/unity-2024"],
    ["2017", "Treaty step", "Test: a ban: signed", "", "KAZ", "Late", "treaty_actions/ban/KAZ/s"],
    ["", "Exercise", "Unity", "", "", "", "exercises/unity"],
    ["2017", "Treaty step", "Test: a ban: signed", "", "TJK", "Late", "treaty_actions/ban/TJK/s"],
    ["2018", "Treaty step", "Test: a ban: ratified", "", "TJK", "", "treaty_actions/ban/TJK/r"],
]
OF_ROWS = [
    Entry("Exercise", "rows=exercises/unity-2024", "Unity: 2024", "2024-07 · Aktau · Alliance"),
    Entry("Treaty step", "rows=treaty_actions/ban", "Test: a ban", "2017 · Late 2018"),
    Entry("Exercise", "rows=exercises/unity", "Unity", ""),
]


def test_entries_are_the_parts_of_a_page_each_word_in_one():
    assert full_text.entries(html.fromstring(ARTICLE)) == ENTRIES


def test_a_figure_without_a_caption_stays_in_its_section():
    page = "<article><section><h1>A</h1><figure id='b'><p>c</p></figure></section></article>"
    assert full_text.entries(html.fromstring(page)) == [Entry("Page", "", "A", "c")]


def test_a_figure_without_a_number_is_called_a_figure():
    page = (
        "<article><section><h1>A</h1><figure id='b'><figcaption><p>c</p></figcaption></figure>"
        "</section></article>"
    )
    assert full_text.entries(html.fromstring(page))[1] == Entry("Figure", "b", "c", "")


def test_a_brief_page_is_found_by_its_text_and_the_names_of_its_figures_and_tables():
    found = full_text.brief(ENTRIES)
    assert found[0] == ENTRIES[0]
    assert [entry.title for entry in found[1:3]] == ["All agreed", "Lengths"]
    assert not any(entry.text or entry.label == "Section" for entry in found[1:])


def test_rows_of_one_subject_are_one_entry():
    assert full_text.row_entries(COLUMNS, ROWS) == OF_ROWS


def test_the_address_of_rows_survives_signs_that_addresses_use():
    [entry] = full_text.row_entries(
        ["Kind", *COLUMNS[:1], *COLUMNS[2:]], [["", *[""] * 5, "a/b+&c"]]
    )
    assert entry.anchor == "rows=a/b%2B%26c"


def test_the_script_numbers_pages_and_holds_synonyms():
    script = full_text.as_script({"a.html": ENTRIES[:1], "b.html": OF_ROWS[2:]}, [["a", "b"]])
    assert json.loads(script.removeprefix("casiFullText=")) == {
        "pages": ["a.html", "b.html"],
        "entries": [[0, *ENTRIES[0]], [1, *OF_ROWS[2]]],
        "synonyms": [["a", "b"]],
        "names": full_text.NAMES,
    }


@pytest.fixture
def app(tmp_path):
    """A finished web book of one page with a table of the record."""
    (tmp_path / "records").mkdir()
    payload = json.dumps({"columns": COLUMNS, "rows": ROWS})
    (tmp_path / "records" / "events.js").write_text(f'casiRecords["events"]={payload}\n')
    place = '<div class="casi-records" data-label="events"><p>Download</p></div></article>'
    (tmp_path / "one.html").write_text(ARTICLE.replace("</article>", place), encoding="utf-8")
    (tmp_path / "_static").mkdir()
    for name in ("searchtools.js", "search.js"):
        (tmp_path / "_static" / name).touch()
    return SimpleNamespace(
        outdir=str(tmp_path),
        builder=SimpleNamespace(name="html", search=True),
        config=SimpleNamespace(casi_synonyms=[], casi_search_brief=[]),
        env=SimpleNamespace(found_docs={"one"}),
    )


def test_write_hands_out_the_text_and_removes_the_scripts_of_sphinx(app, tmp_path):
    full_text.write(app, None)
    text = (tmp_path / full_text.FILE).read_text(encoding="utf-8")
    assert text == full_text.as_script({"one.html": ENTRIES + OF_ROWS}, [])
    assert [path.name for path in (tmp_path / "_static").iterdir()] == ["search.js"]


def test_nothing_is_written_after_a_failure_or_for_another_edition(app, tmp_path):
    full_text.write(app, RuntimeError())
    app.builder.name = "epub"
    full_text.write(app, None)
    assert not (tmp_path / full_text.FILE).exists()


def test_only_the_web_book_has_a_search_of_its_own(app):
    full_text.replace_search(app)
    assert app.builder.search is False
    assert [*full_text.add_page(app)] == [("search", {}, "search.html")]
    app.builder = SimpleNamespace(name="epub", search=True)
    full_text.replace_search(app)
    assert app.builder.search is True and [*full_text.add_page(app)] == []


def test_the_search_loads_less_than_300_kb_and_nothing_of_sphinx(book):
    parts = (book / full_text.FILE, book / "_static" / "minisearch.js")
    assert sum(len(gzip.compress(path.read_bytes())) for path in parts) < 300_000
    assert not [name for name in full_text.OF_SPHINX if (book / "_static" / name).exists()]


def test_every_entry_leads_to_a_place_of_the_book(book):
    text = (book / full_text.FILE).read_text(encoding="utf-8")
    made = json.loads(text.removeprefix("casiFullText="))
    pages = [(book / page).read_text(encoding="utf-8") for page in made["pages"]]
    places = [(page, anchor) for page, _, anchor, *_ in made["entries"] if "rows=" not in anchor]
    assert len(places) > 500
    ids = [set(html.fromstring(page).xpath("//@id")) | {""} for page in pages]
    assert [place for place in places if place[1] not in ids[place[0]]] == []
