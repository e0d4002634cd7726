import csv
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from unittest.mock import Mock

import nbformat
import plotly
import plotly.graph_objects as go
import pytest
from docutils import nodes
from docutils.utils import new_document

from casi import checks, tables
from casi.book import extension
from casi.book.build import build
from casi.book.pages import figures, pictures
from casi.book.run import execute, store, warm
from casi.book.run.dependencies import hold
from casi.charts import chart
from casi.findings.key_findings import FINDINGS
from casi.tables import ROOT

CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
SMALL = ["references.bib", "requirements.txt", "_config.yml", "CITATION.cff", "LICENSE-DATA.md"]


def outputs(path, kind):
    notebook = nbformat.read(path, as_version=4)
    found = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"][kind] for output in found if kind in output["data"]]


def page(book, path):
    return (book / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")


# The book that readers get.


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chart_is_present(book, path):
    figures_stored = outputs(path, figures.PLOTLY_MIME)
    written = page(book, path)
    assert figures_stored or path.stem in ("changes", "key_findings")  # tables alone
    assert written.count('class="casi-chart"') == len(figures_stored)
    for figure in figures_stored:
        meta = figure["layout"]["meta"]
        assert f'id="{meta["label"]}"' in written
    drawn = re.findall(r'<script type="application/json">(.*?)</script>', written, flags=re.S)
    assert [json.loads(one)["data"] for one in drawn] == [one["data"] for one in figures_stored]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chart_has_a_number_a_source_and_its_numbers(book, path):
    blocks = re.findall(r'<figure class="casi-figure.*?</figure>', page(book, path), flags=re.S)
    assert len(blocks) == len(outputs(path, figures.PLOTLY_MIME))
    for block in blocks:
        assert re.search(r"Figure \d+", block)
        assert 'alt="' in block
        assert "Source:" in block
        assert re.search(r'<a class="reference internal" href="\.\./bibliography.html#', block)
        assert "<caption>" in block.split("<summary>The numbers</summary>")[1]


def test_plotly_is_of_the_version_that_our_figures_are_written_for():
    header = pictures.PLOTLY_JS.read_text(encoding="utf-8")[:200]
    assert f"plotly.js (basic - minified) v{plotly.offline.get_plotlyjs_version()}" in header


def test_the_bundle_of_plotly_draws_every_kind_of_trace_we_use():
    kinds = {trace["type"] for path in CHAPTERS for one in outputs(path, figures.PLOTLY_MIME)
             for trace in one["data"]}  # fmt: skip
    assert kinds <= {"bar", "scatter", "pie"}


def test_no_page_loads_what_other_books_use(book):
    pages = list(book.rglob("*.html"))
    other = re.compile("thebe|togglebutton|sphinx-design|design-tabs|mathjax", re.IGNORECASE)
    loads = re.compile(r"<(?:script|link)[^>]*>")
    found = {tag for one in pages for tag in loads.findall(one.read_text(encoding="utf-8"))}
    assert [tag for tag in found if other.search(tag)] == []


def test_pages_without_charts_load_no_script_of_charts(book):
    assert "charts.js" not in (book / "glossary.html").read_text(encoding="utf-8")


def test_the_bibliography_links_to_the_very_addresses(book):
    written = (book / "bibliography.html").read_text(encoding="utf-8")
    links = set(map(html.unescape, re.findall(r'reference external" href="([^"]+)"', written)))
    addresses = re.findall(r"url = \{(.*)\}", tables.BIBLIOGRAPHY.read_text(encoding="utf-8"))
    assert len(addresses) > 1000
    assert set(addresses) <= links


def test_no_page_loads_anything_from_elsewhere(book):
    loads = re.compile(
        r'<(?:script|img|iframe)[^>]+src="https?://|<link[^>]+stylesheet[^>]+https?://'
    )
    pages = list(book.rglob("*.html"))
    assert pages
    assert [path.name for path in pages if loads.search(path.read_text(encoding="utf-8"))] == []


def test_the_front_page_names_every_finding_and_leads_to_its_numbers(book):
    front = (book / "index.html").read_text(encoding="utf-8")
    said = html.unescape(front)
    assert [one.lead for one in FINDINGS.values() if one.lead not in said] == []
    numbers = (book / "chapters" / "key_findings.html").read_text(encoding="utf-8")
    assert numbers.count("<li><p><strong>") == len(FINDINGS)
    assert "nan" not in re.sub(r"<[^>]+>", " ", front).split()


def test_the_stored_record_is_of_these_very_tables():
    """Any change to any table must show in a chapter, so that nbval fails until it is rerun."""
    stored = (ROOT / "chapters" / "record.ipynb").read_text(encoding="utf-8")
    fresh = [tables.describe(name)["hash"].removeprefix("sha256:")[:8] for name in tables.names()]
    assert [digits for digits in fresh if digits not in stored] == []


def test_building_again_does_nothing(book, capsys):
    assert build.build() == book / "index.html"
    assert "Nothing has changed" in capsys.readouterr().out


# The machinery, on small books of its own.


@pytest.fixture
def small(tmp_path):
    """A project of one chapter, with our tables and modules."""
    for name in ("casi", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SMALL:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "bibliography.md").write_text("# Sources\n\n```{bibliography}\n```\n")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n- file: bibliography\n"
    )
    (tmp_path / "index.md").write_text("# Book\n")
    chapter(tmp_path, "load('states').set_index('iso3')['name']['KAZ']")
    return tmp_path


def chapter(root, expression):
    (root / "chapters").mkdir(exist_ok=True)
    source = f"from casi.tables import load\nfrom casi.text import say\nsay({expression})"
    cells = [nbformat.v4.new_markdown_cell("# One"), nbformat.v4.new_code_cell(source)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / "chapters/one.ipynb"
    )


def make(root, *arguments):
    command = [sys.executable, "-m", *(arguments or ["casi.book.build.build"])]
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def rename_kazakhstan(root):
    path = root / "data" / "states.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kazakhstan", "Qazaqstan"), "utf-8")


def test_a_changed_value_changes_the_page(small):
    assert make(small).returncode == 0
    one = small / "_build" / "html" / "chapters" / "one.html"
    assert "Kazakhstan" in one.read_text(encoding="utf-8")
    rename_kazakhstan(small)
    assert make(small, "casi.checks", "stamp").returncode == 0
    assert make(small).returncode == 0
    assert "Qazaqstan" in one.read_text(encoding="utf-8")
    assert "Kazakhstan" not in one.read_text(encoding="utf-8")


def test_a_book_of_unsound_tables_is_refused(small):
    rename_kazakhstan(small)
    with pytest.raises(build.Unsound, match="data/states"):
        build.build(small)


def test_wait_for_tables_waits_within_a_build_alone(monkeypatch):
    said = io.StringIO("go")
    monkeypatch.setattr(build.sys, "stdin", said)
    build.wait_for_tables()
    assert said.tell() == 0
    monkeypatch.setenv(build.GATE, "stdin")
    build.wait_for_tables()
    with pytest.raises(SystemExit):
        build.wait_for_tables()  # nothing more is said


def test_alone_may_be_said_twice_by_the_same_build(tmp_path):
    with build.alone(tmp_path), build.alone(tmp_path):
        assert (tmp_path / "_build" / ".lock").exists()


def test_check_remembers_which_tables_were_sound(small, monkeypatch):
    build.check(small)
    monkeypatch.setattr(checks, "check_all", lambda folder: ["a fault"])
    build.check(small)
    (small / "references.bib").write_text("")
    with pytest.raises(build.Unsound, match="a fault"):
        build.check(small)


def test_a_fault_in_a_table_stops_the_build_before_any_notebook_runs(small):
    rename_kazakhstan(small)
    run = make(small)
    assert run.returncode == 1
    assert (
        "data/states.csv: not what datapackage.json says; if meant, run `make stamp`" in run.stderr
    )
    assert not (small / "_build" / "executed").exists()


def test_a_failing_notebook_fails_the_build_every_time(small):
    chapter(small, "1 / 0")
    for _ in range(2):
        run = make(small)
        assert run.returncode == 1
        assert "ZeroDivisionError" in run.stdout + run.stderr


def test_a_build_that_fails_makes_the_next_one_read_every_page(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "check", lambda root: None)
    monkeypatch.setattr(build.sys, "executable", str(tmp_path / "python"))
    failing = tmp_path / "jupyter-book"
    failing.write_text("#!/bin/sh\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setenv(warm.NURSERY, "there is one")
    (tmp_path / "_build" / ".doctrees").mkdir(parents=True)
    with pytest.raises(subprocess.CalledProcessError):
        build.sphinx(tmp_path, "singlehtml")
    assert not (tmp_path / "_build" / ".doctrees").exists()


BOUND = ["casi.book.paper.pdf", "casi.book.paper.epub"]


def test_a_small_book_is_printed_and_bound_the_same_way_twice(small):
    notebook = nbformat.read(small / "chapters" / "one.ipynb", as_version=4)
    notebook.cells[1].source = DRAWN.replace("NUMBERS", "True")
    nbformat.write(notebook, small / "chapters" / "one.ipynb")
    made = []
    for modules in (["casi.book.build.build", *BOUND], BOUND):
        for module in modules:
            run = make(small, module)
            assert run.returncode == 0, run.stdout + run.stderr
        files = [*small.glob("_build/pdf/*.pdf"), *small.glob("_build/epub/*.epub")]
        made.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert len(made[0]) == 2 and made[0] == made[1]


def test_a_chart_without_its_words_fails_the_build(small):
    source = "import plotly.graph_objects as go\nfrom casi.charts.chart import Chart\n"
    notebook = nbformat.read(small / "chapters" / "one.ipynb", as_version=4)
    notebook.cells[1].source = (
        source + "Chart(go.Figure(layout={'meta': {'title': 't', 'alt': 'a'}}))"
    )
    nbformat.write(notebook, small / "chapters" / "one.ipynb")
    run = make(small)
    assert run.returncode == 1
    said = run.stdout + run.stderr
    assert "chapters/one, cell 2: chart without label, measure, unit, tables, source" in said


WORDS = {"label": "fig-x", "title": "t", "measure": "m", "unit": "u", "alt": "a", "coverage": "c"}
META = WORDS | {"tables": ["states"], "source": ["s"], "table": {"rows": [["a", 1]]}}


@pytest.mark.parametrize("word", META)
def test_a_chart_may_lack_none_of_its_words(word):
    assert figures.faults(META) == []
    found = figures.faults({key: value for key, value in META.items() if key != word})
    assert found == [f"chart without {word}; use casi.charts.chart"]


DRAWN = """
import pandas as pd
from casi.charts.basic import bars
from casi.charts.chart import chart
figure = bars(pd.DataFrame({"Russia": [1]}, index=[2020]), {"Russia": "#1549AC"})
chart(figure, label="fig-x", title="t", measure="m", unit="u", coverage="c",
    tables=["arms_transfers"], source=["sipri2026transfers"], numbers=NUMBERS)"""


def test_numbers_that_terms_forbid_fail_the_build_with_chapter_and_cell(small):
    path = small / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    named = {entry["name"]: entry for entry in package["resources"]}
    named["arms_transfers"]["redistribution"] = "forbidden"
    path.write_text(json.dumps(package), encoding="utf-8")
    notebook = nbformat.read(small / "chapters" / "one.ipynb", as_version=4)
    notebook.cells[1].source = DRAWN.replace("NUMBERS", "True")
    nbformat.write(notebook, small / "chapters" / "one.ipynb")
    run = make(small)
    assert run.returncode == 1
    said = run.stdout + run.stderr
    assert "chapters/one, cell 2: chart hands out the numbers of 'arms_transfers'" in said
    notebook.cells[1].source = DRAWN.replace("NUMBERS", "False")
    nbformat.write(notebook, small / "chapters" / "one.ipynb")
    assert make(small).returncode == 0
    folder = small / "_build" / "html" / "charts"
    assert (folder / "fig-x-wide.svg").is_file() and not (folder / "fig-x.csv").exists()


def test_without_a_browser_the_book_is_built_and_one_line_says_so(small, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    run = make(small)
    assert run.returncode == 0
    assert (run.stdout + run.stderr).count("interactive only") == 1
    monkeypatch.delenv("BROWSER_PATH")
    stamp = (small / "_build" / "html" / ".inputs").read_text()
    assert stamp.removesuffix(" without pictures") != stamp  # a browser makes the book stale


def test_notebooks_run_once_for_each_state_of_the_inputs(tmp_path):
    chapter(tmp_path, "'done'")
    assert len(execute.execute_notebooks(tmp_path)) == 1
    assert execute.execute_notebooks(tmp_path) == []
    (tmp_path / "requirements.txt").write_text("pandas==1\n")
    assert len(execute.execute_notebooks(tmp_path)) == 1


def test_run_returns_a_notebook_only_if_it_succeeds(tmp_path):
    chapter(tmp_path, "'done'")
    done, known = execute.run(tmp_path / "chapters" / "one.ipynb", tmp_path)
    assert hold(tmp_path, known)
    assert "done" in str([cell.get("outputs") for cell in done.cells])
    chapter(tmp_path, "1 / 0")
    assert execute.run(tmp_path / "chapters" / "one.ipynb", tmp_path) is None


def test_store_writes_outputs_and_nothing_that_changes(tmp_path):
    chapter(tmp_path, "'done'")
    path = tmp_path / "chapters" / "one.ipynb"
    store.store(path)
    first = path.read_bytes()
    store.store(path)
    assert path.read_bytes() == first
    assert b"done" in first


def test_store_leaves_a_failing_notebook_as_it_was(tmp_path, capsys):
    chapter(tmp_path, "1 / 0")
    path = tmp_path / "chapters" / "one.ipynb"
    before = path.read_bytes()
    assert store.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_renderer_is_found_by_its_entry_point():
    from myst_nb.core.render import load_mime_renders

    assert figures.PlotlyFigure in load_mime_renders()
    assert chart.PLOTLY_MIME == figures.PLOTLY_MIME
    assert go.Figure().layout.meta is None


def test_charts_of_a_page_are_our_own():
    page = new_document("page")
    page += nodes.figure()
    assert figures.charts_of(page) == []
    page += figures.chart("", figure={"data": []})
    page += figures.tools("", meta={})
    assert figures.charts_of(page) == [{"data": []}]


def test_setup_hooks_into_every_step_of_the_build():
    app = Mock(srcdir=ROOT)
    assert extension.setup(app)["parallel_read_safe"]
    events = {call.args[0] for call in app.connect.call_args_list}
    assert {"config-inited", "doctree-read", "env-updated", "html-collect-pages"} <= events


def test_main_says_where_the_book_is(book, capsys):
    assert build.main() == 0
    assert f"The book is at {book / 'index.html'}" in capsys.readouterr().out


def test_every_table_can_be_read_by_plain_csv():
    for name in tables.names():
        with (tables.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file)}
        assert len(widths) == 1, name
