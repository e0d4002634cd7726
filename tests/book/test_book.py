"""The web book as readers get it, read as HTML."""

import csv
import html
import json
import re
from pathlib import Path

import nbformat
import plotly
import pytest
from stored_charts import TABLES_ALONE, charts_in

from casi import tables
from casi.book.pages import pictures
from casi.book.run import execute, inline
from casi.findings import key_findings
from casi.findings.key_findings import FINDINGS
from casi.tables import ROOT, load, names

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))


def outputs(path, kind):
    notebook = nbformat.read(path, as_version=4)
    found = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"][kind] for output in found if kind in output["data"]]


def page(book, path):
    return (book / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chart_is_present(book, path):
    figures_stored = charts_in(path)
    written = page(book, path)
    assert figures_stored or path.stem in TABLES_ALONE
    assert written.count('class="casi-chart"') == len(figures_stored)
    for figure in figures_stored:
        meta = figure["layout"]["meta"]
        assert f'id="{meta["label"]}"' in written
    drawn = re.findall(r'<script type="application/json">(.*?)</script>', written, flags=re.S)
    assert [json.loads(each)["data"] for each in drawn] == [each["data"] for each in figures_stored]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chart_has_a_number_a_source_and_its_numbers(book, path):
    blocks = re.findall(r'<figure class="casi-figure.*?</figure>', page(book, path), flags=re.S)
    assert len(blocks) == len(charts_in(path))
    for block in blocks:
        assert re.search(r"Figure \d+", block)
        assert 'alt="' in block
        assert "Source:" in block
        assert re.search(r'<a class="reference internal" href="\.\./bibliography.html#', block)
        assert "<caption>" in block.split("<summary>Table</summary>")[1]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_stored_values_of_prose_are_those_of_this_build(book, path):
    """What nbval does for outputs: a number in prose or a caption is that of a fresh run."""
    cells = nbformat.read(path, as_version=4).cells
    stored = [result for cell in cells for result in inline.results_of(cell)]
    expressions = [part for cell in cells if cell.cell_type == "markdown"
                   for part in inline.expressions(cell.source)]  # fmt: skip
    fresh = {Path(page).name: found for page, found in execute.values(ROOT).items()}[path.name]
    assert len(stored) == len(expressions) > 0
    assert stored == fresh


@pytest.mark.parametrize("bundle", pictures.PLOTLY_JS)
def test_plotly_is_of_the_version_that_our_figures_are_written_for(bundle):
    header = pictures.PLOTLY_JS[bundle].read_text(encoding="utf-8")[:200]
    name = "" if bundle == "full" else f" ({bundle} - minified)"
    assert f"plotly.js{name} v{plotly.offline.get_plotlyjs_version()}" in header


def test_no_page_loads_what_other_books_use(book):
    pages = list(book.rglob("*.html"))
    other = re.compile("thebe|togglebutton|sphinx-design|design-tabs|mathjax", re.IGNORECASE)
    loads = re.compile(r"<(?:script|link)[^>]*>")
    found = {tag for each in pages for tag in loads.findall(each.read_text(encoding="utf-8"))}
    assert [tag for tag in found if other.search(tag)] == []


def test_pages_without_charts_load_no_script_of_charts(book):
    assert "charts.js" not in (book / "glossary.html").read_text(encoding="utf-8")


def test_the_bibliography_links_to_the_very_addresses(book):
    script = (book / "records" / "sources.js").read_text(encoding="utf-8")
    listed = {url for _, url in json.loads(script.partition("]=")[2])["sources"].values()}
    addresses = re.findall(r"url = \{(.*)\}", tables.BIBLIOGRAPHY.read_text(encoding="utf-8"))
    assert len(addresses) > 1000
    assert set(addresses) <= listed
    written = (book / "bibliography.html").read_text(encoding="utf-8")
    cited = re.findall(r'URL: <a href="([^"]+)"', written)
    assert len(cited) > 300 and set(map(html.unescape, cited)) <= listed


def test_the_bibliography_weighs_less_than_200_kb(book):
    assert (book / "bibliography.html").stat().st_size < 200_000


def test_no_page_loads_anything_from_elsewhere(book):
    loads = re.compile(
        r'<(?:script|img|iframe)[^>]+src="https?://|<link[^>]+stylesheet[^>]+https?://'
    )
    pages = list(book.rglob("*.html"))
    assert pages
    assert [path.name for path in pages if loads.search(path.read_text(encoding="utf-8"))] == []


def test_the_front_page_names_every_finding_and_leads_to_its_numbers(book):
    front = (book / "index.html").read_text(encoding="utf-8")
    text = html.unescape(front)
    cards = key_findings.cards({name: load(name) for name in names()}).splitlines()
    assert len(cards) == len(FINDINGS)
    for card in cards:
        number, lead = re.fullmatch(
            r"- \{small-chart\}`[^`]+` \*\*(.+)\*\* (.+) \(\{numref\}.*\)", card
        ).groups()
        assert number in text and lead in text
    charts = re.findall(
        r'<svg class="casi-small-chart" role="img" aria-label="[^"]+".*?</svg>', front
    )
    assert len(charts) == len(FINDINGS) and max(map(len, charts)) <= 3000
    numbers = (book / "chapters" / "key_findings.html").read_text(encoding="utf-8")
    assert numbers.count("<li><p><strong>") == len(FINDINGS)
    assert "nan" not in re.sub(r"<[^>]+>", " ", front).split()


def test_the_stored_record_is_of_these_very_tables():
    """Any change to any table must show in a chapter, so that nbval fails until it is rerun."""
    stored = (ROOT / "chapters" / "record.ipynb").read_text(encoding="utf-8")
    fresh = [tables.describe(name)["hash"].removeprefix("sha256:")[:8] for name in tables.names()]
    assert [digits for digits in fresh if digits not in stored] == []


def test_every_table_can_be_read_by_plain_csv():
    for name in tables.names():
        with (tables.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file)}
        assert len(widths) == 1, name
