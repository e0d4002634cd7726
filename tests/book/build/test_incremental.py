"""An edit rewrites the pages it can change and no other, and leaves what a clean build makes."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from docutils import nodes
from forked import run_module
from sphinx import addnodes

from casi.book.build import incremental
from casi.tables import ROOT

COPIED = ["references.bib", "requirements.txt", "_config.yml", "CITATION.cff", "LICENSE-DATA.md"]
CHART = """
import pandas as pd
from casi.charts.basic import bars
from casi.charts.chart import chart
figure = bars(pd.DataFrame({"a": [1]}, pd.Index([2020], name="year")), {"a": "#1549AC"})
chart("fig-b", figure)"""
CAPTION = """\
:::{figure} #fig-b
:tables: states
:sources: {cite}`sipri2026transfers`

About {eval}`figure.data[0].name`

m (u)

c
:::
"""
NOTE = (
    "from casi.tables import load\nload('organisations').set_index('organisation')['note']['osce']"
)
PAGES = {
    "one": ["# One\n\nA text.", CHART, CAPTION, NOTE],
    "two": ["# Two\n\nSee {numref}`fig-b` and {cite:p}`sipri2026transfers`.", "1 + 1"],
    "three": [
        "# Three\n\nNothing.",
        "import casi.measures.spending\ncasi.measures.spending.__doc__[:9]",
    ],
}
ALL = {"index", "bibliography", "chapters/one", "chapters/two", "chapters/three"}


def write_page(root, name, cells):
    first, *codes = cells
    v4 = nbformat.v4
    made = [v4.new_markdown_cell(first)]
    for code in codes:
        made.append((v4.new_markdown_cell if code == CAPTION else v4.new_code_cell)(code))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nb = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    for number, cell in enumerate(nb.cells):
        cell.id = f"{name}-{number}"
    nbformat.write(nb, root / "chapters" / f"{name}.ipynb")


def replace(name, old, new):
    def edit(root):
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def another_figure(root):
    """A chart before the other, whose number changes."""
    path = root / "chapters" / "one.ipynb"
    nb = nbformat.read(path, as_version=4)
    words = CAPTION.replace("fig-b", "fig-a")
    nb.cells.insert(1, nbformat.v4.new_code_cell(CHART.replace("fig-b", "fig-a"), id="another"))
    nb.cells.insert(2, nbformat.v4.new_markdown_cell(words, id="words"))
    nbformat.write(nb, path)


def replace_in_table(name, old, new):
    def edit(root):
        replace(f"data/{name}.csv", old, new)(root)
        run(root, "casi.checks", "stamp")

    return edit


EDITS = {
    "prose": (replace("chapters/one.ipynb", "A text.", "A longer text."), {"chapters/one"}),
    "caption": (replace("chapters/one.ipynb", "About", "On"), {"chapters/one"}),
    "code": (another_figure, {"chapters/one", "chapters/two"}),
    "table": (
        replace_in_table("organisations", "Began as", "Founded as"),
        {"chapters/one"},
    ),
    "module": (replace("casi/measures/spending.py", '"""', '"""X'), {"chapters/three"}),
}


NO_BROWSER = {"BROWSER_PATH": "/nowhere/chromium"}


def run(root, *arguments):
    done = run_module(root, *arguments, **NO_BROWSER)
    assert done.returncode == 0, done.stdout + done.stderr


def files(root):
    """The content of each file of the book, and when it was written."""
    book = root / "_build" / "html"
    ends = (".html", ".csv", ".js", ".css")
    return {
        path.relative_to(book).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in book.rglob("*")
        if path.suffix in ends and "_static" not in path.parts
    }


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A small book, with our tables, modules and settings."""
    root = tmp_path_factory.mktemp("book") / "book"
    for name in ("casi", "data"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in COPIED:
        shutil.copy(ROOT / name, root)
    (root / "chapters").mkdir()
    for name, cells in PAGES.items():
        write_page(root, name, cells)
    listed = "".join(f"- file: chapters/{name}\n" for name in PAGES)
    (root / "_toc.yml").write_text(
        f"format: jb-book\nroot: index\nchapters:\n{listed}- file: bibliography\n"
    )
    (root / "index.md").write_text("# Book\n\nA book.\n")
    (root / "bibliography.md").write_text("# Sources\n\n```{bibliography}\n```\n")
    run(root)
    return root


def contents(root):
    return {name: content for name, (content, _) in files(root).items()}


def clean_build(root):
    """The content of the same book, made from nothing but the outputs of its notebooks."""
    build = root / "_build"
    kept = build.rename(root / "_kept")
    build.mkdir()
    shutil.copytree(kept / "executed", build / "executed")
    shutil.copytree(kept / "styles", build / "styles")
    run(root)
    made = contents(root)
    shutil.rmtree(build)
    kept.rename(build)
    return made


def test_an_edit_rewrites_the_pages_it_can_change_and_no_other(root):
    for name, (edit, changed) in EDITS.items():
        before = files(root)
        edit(root)
        run(root)
        after = files(root)
        written = {page for page in ALL if before[f"{page}.html"] != after[f"{page}.html"]}
        assert (name, written - {"index"}) == (name, changed)
    assert contents(root) == clean_build(root)


def start(root):
    environment = os.environ | NO_BROWSER | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-u", "-m", "casi.book.build"]
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)


def change_text_and_code(root):
    replace("chapters/two.ipynb", "See ", "See also ")(root)
    replace("chapters/two.ipynb", "1 + ", "1 + 0 + ")(root)


def test_a_build_that_is_killed_leaves_no_process_and_the_next_is_right(root):
    change_text_and_code(root)
    for moment in ("Running two", "writing output"):
        with start(root) as build:
            next(line for line in build.stdout if moment in line)
            family = psutil.Process(build.pid).children(recursive=True)
            build.kill()
        _, left = psutil.wait_procs(family, timeout=20)
        assert [one for one in left if one.status() != psutil.STATUS_ZOMBIE] == []
    run(root)
    assert contents(root) == clean_build(root)


def test_two_builds_at_once_make_one_book(root):
    change_text_and_code(root)
    builds = [start(root) for _ in range(2)]
    lines = [build.communicate()[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], lines
    assert sum("waiting until it has ended" in text for text in lines) == 1
    assert sum("Another build has just made it" in text for text in lines) == 1


def env(**more):
    standard = SimpleNamespace(
        labels={"fig-a": ("one", "id1", "A title")}, anonlabels={}, objects={("term", "x"): "g"}
    )
    return SimpleNamespace(
        **{
            "domains": {"std": standard},
            "titles": {"one": nodes.title("", "One")},
            "toctree_includes": {},
            "toc_secnumbers": {},
            "toc_fignumbers": {"one": {"figure": {"id1": (1,)}}},
            "all_docs": {},
            "docname": "two",
        }
        | more
    )


@pytest.fixture
def app(monkeypatch, tmp_path):
    """A build of two pages, of which the second refers to a figure of the first."""
    monkeypatch.setattr(incremental, "_outputs", lambda app, env: {"two": env.outputs})
    app = SimpleNamespace(
        env=env(outputs="a"), outdir=tmp_path, builder=SimpleNamespace(name="html")
    )
    page = nodes.section("", *[addnodes.pending_xref(refdomain="std", **REFERENCE)] * 2)
    incremental.note_pointers(app, page)
    return app


REFERENCE = {"reftype": "numref", "reftarget": "fig-a", "refexplicit": False}


def test_pointers_of_a_page_are_noted_once_and_forgotten_with_it(app):
    assert app.env.casi_pointers == {"two": [("std", "numref", "fig-a", False)]}
    incremental.forget_pointers(app, app.env, "two")
    assert app.env.casi_pointers == {}


def test_pages_with_new_outputs_are_read_again(app):
    assert incremental.with_new_outputs(app, app.env, set(), set(), set()) == ["two"]
    incremental.with_new_pointers(app, app.env)
    assert incremental.with_new_outputs(app, app.env, set(), set(), set()) == []
    app.env.outputs = "b"
    assert incremental.with_new_outputs(app, app.env, set(), set(), set()) == ["two"]


def test_pages_that_show_what_has_changed_elsewhere_are_written_again(app):
    page = app.outdir / "two.html"
    assert incremental.with_new_pointers(app, app.env) == ["two"]
    page.write_text("")
    app.env.domains["std"].labels["fig-a"] = ("one", "id1", "Another title, not shown")
    assert incremental.with_new_pointers(app, app.env) == []
    assert page.exists()
    app.env.toc_fignumbers["one"]["figure"]["id1"] = (2,)
    assert incremental.with_new_pointers(app, app.env) == ["two"]
    assert not page.exists()
    app.env.titles["one"] = nodes.title("", "The first")  # shown in every menu
    assert incremental.with_new_pointers(app, app.env) == ["two"]


def test_code_and_assets_change_with_what_makes_every_page(tmp_path, monkeypatch):
    monkeypatch.setattr(incremental, "ROOT", tmp_path)
    module = tmp_path / "casi" / "book" / "pages" / "policy.py"
    sheet = tmp_path / "casi" / "book" / "pages" / "static" / "a.css"
    sheet.parent.mkdir(parents=True)
    before = incremental.code(), incremental.assets(tmp_path)
    module.write_text("2")
    sheet.write_text("a{}")
    assert incremental.code() != before[0] and incremental.assets(tmp_path) != before[1]


def test_casi_book_imports_nothing_that_code_leaves_out():
    code = "import sys, casi.book.extension, casi.book.build.build as build\n"
    code += "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'casi'))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    hashed = {str(path) for pattern in incremental.CODE for path in ROOT.glob(pattern)}
    assert set(run.stdout.split()) - hashed == {str(ROOT / "casi" / "charts" / "__init__.py")}
