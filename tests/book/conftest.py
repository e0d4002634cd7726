"""Small books: one that all workers share and no test may change, and copies of it to edit."""

import functools
import json
import os
import shutil
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import forked
import nbformat
import pytest
from browsing import DESK
from filelock import FileLock
from playwright.sync_api import sync_playwright

from casi.tables import ROOT

COPIED = ["references.bib", "requirements.txt", "_config.yml", "CITATION.cff", "LICENSE-DATA.md"]
NOT_COPIED = shutil.ignore_patterns("__pycache__", "previous.zip")
TOC = """\
format: jb-book
root: index
chapters:
- file: chapters/one
- file: chapters/timeline
- file: chapters/other
- file: bibliography
"""
NOTE = (
    "from casi.tables import load\nload('organisations').set_index('organisation')['note']['osce']"
)
CHART = """
import pandas as pd
from casi.charts.basic import bars
from casi.charts.chart import chart
figure = bars(pd.DataFrame({"Russia": [1]}, pd.Index([2020], name="year")), {"Russia": "#1549AC"})
chart("fig-x", figure, numbers=True)"""
CAPTION = """\
:::{figure} #fig-x
:tables: arms_transfers
:sources: {cite}`sipri2026transfers`

t

m (u)

c
:::
"""
CLOSED = "military_spending"  # a table whose numbers may not be handed out in the small book
CLOSED_CHART = CHART.replace("fig-x", "fig-closed")
CLOSED_CHART = CLOSED_CHART.replace("numbers=True", "numbers=False")
CLOSED_CAPTION = CAPTION.replace("fig-x", "fig-closed").replace("arms_transfers", CLOSED)
SOURCES = "# Sources\n\n```{bibliography}\n```\n"
INDEX = "# Book\n\nSee {ref}`the year <year>`.\n"
TIMELINE = """\
# What happened when

(year)=
## 2022

Text on the year.

## 2024

Text on another.

## Ограничения

Кыргызстан и Таджикистан.

## Limits

One.

(again)=
## Limits

Two.[^1] See {ref}`own`.

[^1]: A note.
"""
OTHER = """\
# Хроника

See {ref}`the year <year>`, {ref}`again`, [here](#again), {doc}`timeline`, {term}`БТР`.[^1]

[^1]: Another note, with {cite}`sipri2026transfers`.

(own)=
## 2022

```{figure} ../dot.svg
A picture without a label.
```

```{figure} ../dot.svg
:name: точка
A picture with a label, {numref}`точка`.
```

```{glossary}
БТР
  A term.
```
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0L9 9"/></svg>'


@pytest.fixture(scope="session")
def fill_once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return a function that fills a folder in the first worker that asks, for all to read."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        path, filled = base / name, base / f"{name}.filled"
        with FileLock(base / f"{name}.lock"):
            if not filled.exists():
                shutil.rmtree(path, ignore_errors=True)
                path.mkdir()
                fill(path)
                filled.touch()
        return path

    return folder


@pytest.fixture(scope="session")
def run_module():
    """Return a function that runs a module of a book, by default the build."""
    return forked.run_module


@pytest.fixture(scope="session")
def write_chapter():
    """Return a function that writes a notebook of code cells and captions into a book."""

    def write(root: Path, *sources: str, name: str = "one") -> None:
        (root / "chapters").mkdir(exist_ok=True)
        v4 = nbformat.v4
        cells = [v4.new_markdown_cell("# One")]
        for source in sources:
            new = v4.new_markdown_cell if source.startswith(":::") else v4.new_code_cell
            cells.append(new(source))
        for number, cell in enumerate(cells):
            cell.id = f"{name}-{number}"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, root / "chapters" / f"{name}.ipynb")

    return write


@pytest.fixture(scope="session")
def forbid():
    """Return a function that declares that the numbers of a table may not be handed out."""

    def declare(root: Path, table: str) -> None:
        path = root / "data" / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        named = {entry["name"]: entry for entry in package["resources"]}
        named[table]["redistribution"] = "forbidden"
        path.write_text(json.dumps(package), encoding="utf-8")

    return declare


@pytest.fixture(scope="session")
def write_book(write_chapter, forbid):
    """Return a function that writes the source of a small book with our tables and modules."""

    def write(root: Path) -> None:
        for name in ("casi", "data"):
            shutil.copytree(ROOT / name, root / name, ignore=NOT_COPIED, dirs_exist_ok=True)
        for name in COPIED:
            shutil.copy(ROOT / name, root)
        write_chapter(root, NOTE, CHART, CAPTION, CLOSED_CHART, CLOSED_CAPTION)
        forbid(root, CLOSED)
        pages = {"index.md": INDEX, "bibliography.md": SOURCES, "_toc.yml": TOC, "dot.svg": DOT}
        pages |= {"chapters/timeline.md": TIMELINE, "chapters/other.md": OTHER}
        for name, text in pages.items():
            (root / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture(scope="session")
def small_book(fill_once, write_book, run_module, browser_path) -> Path:
    """A small book as web book, PDF and EPUB; shared by all workers, so to be read only."""

    def fill(root: Path) -> None:
        write_book(root)
        for step in ("build", "paper.pdf", "paper.epub"):
            run = run_module(root, f"casi.book.{step}")
            assert run.returncode == 0, run.stdout + run.stderr

    return fill_once("small-book", fill)


@pytest.fixture
def copy(small_book, tmp_path) -> Path:
    """A copy of the small book, built before, that a test may edit and build again."""
    return Path(shutil.copytree(small_book, tmp_path / "book"))


@pytest.fixture(scope="module")
def chromium(browser_path):
    """A browser, which each test file starts once."""
    flags = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser_path, args=flags)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture(scope="module")
def host(book):
    """The address of a server of the book."""
    handler = functools.partial(Quiet, directory=str(book))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def read(chromium, book):
    """Return a function that opens a page of the book and notes what goes wrong on it.

    Readers with the same settings share a tab, since to open one costs more than to load a page.
    """
    tabs = {}

    def tab_for(base, scripts, settings):
        kind = (base, scripts, *settings.items())
        if kind not in tabs:
            context = chromium.new_context(
                java_script_enabled=scripts,
                reduced_motion="reduce",
                offline=base.startswith("file:"),
                **settings,
            )
            tabs[kind] = note_faults(context.new_page(), base)
        return tabs[kind]

    def open_page(page, base=None, viewport=DESK, scripts=True, **settings):
        base = base or book.as_uri()
        tab = tab_for(base, scripts, settings)
        tab.emulate_media(media="null", color_scheme=settings.get("color_scheme", "null"))
        tab.mouse.move(0, 0)
        tab.goto("about:blank")
        tab.set_viewport_size(viewport)
        tab.faults.clear()
        tab.foreign.clear()
        tab.goto(f"{base}/{page}.html")
        return tab

    return open_page


def note_faults(tab, base):
    """Keep what a tab reports in `faults`, and what it asks of others in `foreign`."""
    tab.faults, tab.foreign = [], []

    def on_message(message):
        if message.type in ("error", "warning"):
            tab.faults.append(message.text)

    def on_request(request):
        if not request.url.startswith((base, "data:")):
            tab.foreign.append(request.url)

    tab.on("console", on_message)
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.on("request", on_request)
    return tab
