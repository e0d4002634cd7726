"""What stands in a table is shown as text, and never acted on, in every edition.

A small book is built from tables whose text holds scripts, HTML, Markdown, formulas and invisible
signs, with the checks bypassed. A browser then reads it with the policy of the pages switched off.
"""

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pikepdf
import pybtex.database
import pypdfium2
import pytest
from icalendar import Calendar
from lxml import etree
from playwright.sync_api import sync_playwright

from casi import tables
from casi.book.editions import site_index
from casi.book.editions.edition import edition
from casi.book.run.fingerprint import TABLES, fingerprint

SCRIPT = "<script>window.X=1</script>"
SIGNS = "\u202e\u200b\u2066"
MARKUP = (
    f"{SCRIPT}<img src=x onerror=window.X=1>![p](http://example.org/p.png)"
    "[l](javascript:window.X=1)<a href='http://example.org'>a</a>"
    f"$x^2$ &lt;b&gt; %{{x}} *b* {{eval}}`1` </textarea></title>| <!--{SIGNS}"
)
SHOWN = re.sub(f"[{SIGNS}]", "", MARKUP)
LABEL = "=<script>X=1</script> <b>&lt; %{x} $y$"  # short enough for the axis of a chart
FORMULA = '=HYPERLINK("http://example.org")'
COPIED = ["_config.yml", "requirements.txt", "LICENSE-DATA.md", "casi"]
CHAPTER = """\
import pandas as pd

from casi.charts import basic, bubbles, condition_grid, grid
from casi.charts.chart import chart
from casi.measures import borders
from casi.record import timeline
from casi.states import FIVE
from casi.tables import load, names
from casi.text import Facts, Records, cite, listing, table

evil = load("organisations")["name"][0]
short, other = load("places")["name"][0], "Other"
facts = Facts(evil=evil, more=[evil, "b"])
facts
# %%
First {eval}`facts.evil`, {eval}`listing(facts.more)`.
# %%
rows = [(f"{name} {column}", text) for name in names()
        for column in load(name).select_dtypes("str")
        for text in load(name)[column].dropna().head(1)]
table(pd.DataFrame(rows, columns=["Column", evil]), label="tab-all", caption=evil,
      source=["a2020b"])
# %%
table(borders.settlement(load("border_segments"), load("border_progress"),
                         load("states").set_index("iso3")["name"].to_dict()),
      label="tab-borders", caption="Borders", source=["a2020b"])
# %%
both = pd.DataFrame({short: [1, 2], "B": [3, 4]}, pd.Index([short, other], name=short))
colours = {short: "#1549AC", other: "#C0250C", "B": "#C0250C"}
chart("fig-bars", basic.bars(both, colours, horizontal=True))
# %%
CAPTION fig-bars
# %%
chart("fig-lines", basic.lines(both, colours))
# %%
CAPTION fig-lines
# %%
spans = pd.DataFrame({"name": [short], "founded": [pd.Timestamp("2000")], "ended": [pd.NaT],
                      "until": [pd.Timestamp("2020")], "group": [short]})
chart("fig-timeline", basic.timeline(spans, colours))
# %%
CAPTION fig-timeline
# %%
points = pd.DataFrame({"date": [pd.Timestamp("2000")], "value": [1.0], "group": [short],
                       "who": [short]})
chart("fig-statements", bubbles.statements(points, colours))
# %%
CAPTION fig-statements
# %%
chart("fig-matrix", grid.grid(both, colours))
# %%
CAPTION fig-matrix
# %%
sites = pd.DataFrame({"lat": [41.0], "lon": [65.0], short: [3]}, index=[short])
chart("fig-map", bubbles.place_map(sites, load("outlines"), load("map_labels"), colours))
# %%
CAPTION fig-map
# %%
state = pd.DataFrame({"role": ["condition"], "day": [pd.Timestamp("2020")],
                      "state": ["met"], "pathway": [short], "name": [short], "written": [short]})
chart("fig-grid", condition_grid.conditions(state))
# %%
CAPTION fig-grid
# %%
Records(timeline.events, label="events", title=evil, sources="bibliography.html#source-")

"""
CAPTION = """\
:::{figure} #LABEL
:tables: claims
:sources: {cite}`a2020b`

{eval}`short`

{eval}`short` ({eval}`short`)

{eval}`evil`
:::
"""


def cell_of(part: str) -> nbformat.NotebookNode:
    """Make a cell: a caption, prose, or code."""
    if part.startswith("CAPTION "):
        return nbformat.v4.new_markdown_cell(CAPTION.replace("LABEL", part.split()[1]))
    new = nbformat.v4.new_markdown_cell if part.startswith("First") else nbformat.v4.new_code_cell
    return new(part)


def spoiled(fields: list[dict], keys: set[str]) -> list[str]:
    """The columns of a table that hold free text."""
    return [
        field["name"]
        for field in fields
        if field["type"] == "string" and not {"enum", "pattern"} & set(field.get("constraints", {}))
        if field["name"] not in keys | {"source", "treaties", "table"}
    ]


def keys_of(schema: dict) -> set[str]:
    listed = [
        schema.get("primaryKey", []),
        *(key["fields"] for key in schema.get("foreignKeys", [])),
    ]
    return {name for names in listed for name in ([names] if isinstance(names, str) else names)}


def hostile(text: str) -> str:
    return f"{FORMULA} {text} {MARKUP}"


def spoil(data: Path) -> int:
    """Write hostile text behind each text of each table; return in how many columns."""
    count = 0
    for name in tables.names():
        entry = tables.describe(name)
        path = data / entry["path"]
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, heads = list(reader), reader.fieldnames
        columns = spoiled(entry["schema"]["fields"], keys_of(entry["schema"]))
        for row in rows:
            row |= {
                column: LABEL if (name, column) == ("places", "name") else hostile(row[column])
                for column in columns
                if row[column] and "{" not in row[column]
            }
        count += len(columns)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return count


@pytest.fixture(scope="module")
def root(tmp_path_factory, browser_path):
    """A book of one chapter that shows hostile text by every function there is, in each edition."""
    root = tmp_path_factory.mktemp("hostile")
    for name in COPIED:
        source = tables.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    shutil.copytree(tables.DATA, root / "data")
    assert spoil(root / "data") > 50
    bib = f"@misc{{a2020b, author = {{{SCRIPT}}}, title = {{{SCRIPT} <img src=x onerror=X=1>}},\n"
    bib += " url = {https://example.org/?a='%22><b>}, year = {2020}}\n"
    (root / "references.bib").write_text(bib)
    cff = (tables.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    abstract = json.dumps(f"An abstract. {SCRIPT} </script> {{x}}")
    (root / "CITATION.cff").write_text(
        re.sub(r"(?ms)^abstract:.*?(?=^\S)", f"abstract: {abstract}\n", cff), encoding="utf-8"
    )
    (root / "index.md").write_text("# Book\n\n{{ citation }}\n\nAn *own* page.\n")
    (root / "bibliography.md").write_text("# Sources\n\n```{bibliography}\n```\n")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/record\n- file: bibliography\n"
    )
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# One"),
            *map(cell_of, CHAPTER.split("# %%\n")),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    (root / "chapters").mkdir()
    nbformat.write(notebook, root / "chapters" / "record.ipynb")
    (root / "_build").mkdir()
    (root / "_build" / ".sound").write_text(fingerprint(root, TABLES))  # the checks are bypassed
    for module in ("build", "paper.epub", "paper.pdf"):
        command = [sys.executable, "-m", f"casi.book.{module}"]
        environment = os.environ | {"PYTHONPATH": str(root)}
        run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-5000:]
    return root


@pytest.fixture(scope="module")
def tab(browser_path):
    """A tab without the policy of the pages, which lists what it asked for outside the folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_context(bypass_csp=True, accept_downloads=True).new_page()
        page.foreign = []
        page.on("request", lambda one: page.foreign.append(one.url) if "http" in one.url[:4] else 0)
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def visible(tab) -> str:
    return tab.evaluate("document.body.textContent").translate(dict.fromkeys(map(ord, SIGNS)))


def nothing_ran(tab) -> bool:
    acting = "a[href^='javascript' i], [onerror], [onload], img[src='x'], img[src^='http']"
    return tab.evaluate(f"!('X' in window) && !document.querySelector(`{acting}`)") and (
        tab.foreign == []
    )


def test_pages_show_hostile_text_and_run_nothing(root, tab):
    tab.goto((root / "_build/html/chapters/record.html").as_uri())
    page = tab.locator("#tab-all")
    assert SHOWN in visible(tab)
    assert page.locator("tbody tr").count() > 60
    cells = page.locator("tbody td:last-child").all_text_contents()
    assert sum(SCRIPT in cell for cell in cells) > 50
    assert SCRIPT in tab.locator("#tab-borders").text_content()
    assert SCRIPT in tab.locator("#tab-all caption").text_content()
    assert nothing_ran(tab)


def test_charts_show_hostile_text_in_names_labels_and_hover(root, tab):
    for chart in ("bars", "lines", "timeline", "statements", "matrix", "map", "grid"):
        tab.goto((root / f"_build/html/charts/fig-{chart}.html").as_uri())
        assert LABEL in tab.title() and LABEL in tab.locator("h1").text_content()
        tab.locator(".casi-chart").focus()
        tab.wait_for_selector(".casi-chart[data-live]")
        tab.keyboard.press("ArrowRight")
        tab.wait_for_selector(".hoverlayer .hovertext")
        drawn = tab.locator(".casi-live svg").all_text_contents()
        assert LABEL in "".join(drawn).replace("\u00a0", " "), chart
        assert tab.locator(".casi-live svg a").count() == 0
        assert "&#" not in tab.locator(".casi-said").text_content()
        assert nothing_ran(tab)


def test_the_search_of_the_record_shows_and_hands_out_text(root, tab):
    tab.goto((root / "_build/html/chapters/record.html").as_uri())
    table = tab.locator(".casi-records-table")
    table.locator("tbody tr").first.wait_for()
    assert SCRIPT in table.text_content()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download these rows (CSV)").click()
    assert_safe(download.value.path().read_text(encoding="utf-8-sig"))
    assert nothing_ran(tab)


def test_the_search_of_the_book_runs_nothing(root, tab):
    tab.goto((root / "_build/html/search.html").as_uri() + "?q=First")
    tab.locator("#search-results li").first.wait_for()
    assert nothing_ran(tab)
    tab.get_by_role("searchbox").fill(SCRIPT)
    tab.locator("#search-status", has_text=SCRIPT).wait_for()
    assert nothing_ran(tab)


def assert_safe(sheet: str) -> None:
    rows = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert any(SCRIPT in cell or "<script>X=1" in cell for cell in rows)
    assert [cell for cell in rows if re.match(r"\s*[=+@-](?![\d.]+$)", cell)] == []


def test_no_csv_holds_a_formula(root):
    sheets = [
        *(root / "_build/html").glob("charts/*.csv"),
        *(root / "_build/html").glob("records/*.csv"),
    ]
    assert len(sheets) == 8
    for sheet in sheets:
        assert_safe(sheet.read_text(encoding="utf-8-sig"))


def test_an_e_reader_shows_hostile_text_and_runs_nothing(root, tab, tmp_path):
    [path] = (root / "_build/epub").glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
        pages = [name for name in archive.namelist() if name.endswith((".xhtml", ".svg"))]
    assert len(pages) > 10
    for name in pages:
        tab.goto((tmp_path / name).as_uri())
        assert tab.evaluate("!('X' in window) && !document.querySelector('script')")
        if name == "chapters/record.xhtml":
            assert SHOWN in visible(tab)
        assert tab.foreign == []


def test_the_pdf_shows_hostile_text_and_holds_no_script(root):
    [path] = (root / "_build/pdf").glob("*.pdf")
    pages = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert re.sub(r"\s", "", SCRIPT) in re.sub(r"\s|\ufffe", "", text)
    with pikepdf.open(path) as opened:
        links = [note for page in opened.pages for note in page.get("/Annots", [])]
        actions = [link.A for link in links if "/A" in link]
        assert {str(action.S) for action in actions} <= {"/URI", "/GoTo"}
        addresses = {str(action.URI) for action in actions if "/URI" in action}
        assert not [one for one in addresses if not one.startswith(("https://", "mailto:"))]
        assert "/JavaScript" not in opened.Root.get("/Names", {})


def test_machines_read_hostile_text_as_text(root):
    book = root / "_build/html"
    page = (book / "chapters/record.html").read_text(encoding="utf-8")
    things = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
    [part] = json.loads(things)["@graph"]
    assert part["description"].startswith("First =HYPERLINK")
    front = (book / "index.html").read_text(encoding="utf-8")
    things = re.search(r'<script type="application/ld\+json">(.*?)</script>', front, re.S)[1]
    assert SCRIPT in json.loads(things)["@graph"][0]["description"]
    assert SCRIPT in (book / "cite/citation.ris").read_text(encoding="utf-8")
    assert SCRIPT in json.loads((book / "cite/citation.csl.json").read_text())[0]["abstract"]
    bib = pybtex.database.parse_file(book / "cite/citation.bib")
    assert len(bib.entries) == 1
    text = (book / "full_text.js").read_text(encoding="utf-8")
    assert SCRIPT in str(json.loads(text.removeprefix("casiFullText=")))
    sources = (book / "bibliography.html").read_text(encoding="utf-8")
    assert html.escape(SCRIPT, quote=False) in sources and SCRIPT not in sources


def test_feeds_and_calendar_hold_hostile_text_as_text(root):
    folder = root / "_build/html/feeds"
    for path in folder.glob("*.xml"):
        entries = etree.parse(path).findall(".//{*}entry")
        assert [one for entry in entries for one in entry if one.tag.endswith("}script")] == []
    exercises = etree.parse(folder / "exercises.xml").findall(".//{*}title")
    assert any(SCRIPT in title.text for title in exercises)
    assert Calendar.from_ical((folder / "planned.ics").read_bytes()).name == "VCALENDAR"


def test_the_feed_tells_hostile_corrections_as_text():
    wrong = dict.fromkeys(("id", "table", "row", "column", "expect", "reason"), MARKUP)
    made = {"folder": "1", "name": "Edition 1", "made": "2026-01-01", "changes": MARKUP}
    feed = site_index.feed(edition(), [made | {"corrections": [wrong]}])
    contents = etree.fromstring(feed.encode()).findall(".//{*}content")
    assert [one.get("type") for one in contents] == ["text", "text"]
    assert all(MARKUP in one.text for one in contents)
