"""Measure a build against a stock Jupyter Book: `make bench-build` (`N=40`: of 40 chapters).

A book of N chapters of four charts is made twice; the charts are made but not drawn into pages,
which is measured by `make bench-pages`. A stock Jupyter Book and ours build it in turn,
from nothing, with nothing changed, after an edit of prose and after one of code. Of each: seconds,
seconds of processors of it and all its children, peak memory of the tree of processes (shared pages
once), and the ratio of the pair.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import psutil

from casi.tables import ROOT

SAME = ("CITATION.cff", "references.bib", "requirements.txt", "LICENSE-DATA.md", "data")
CHART = """import pandas as pd, plotly.graph_objects as go
from casi import palette, text
years = pd.Series(range(1991, 2027))
go.Figure(go.Scatter(x=years.tolist(), y=(years * {at} % 17).tolist())).to_json()[:500]"""
PROSE = "# Chapter {at}\n\nA paragraph of prose."
STEPS = {
    "cold": lambda book: None,
    "unchanged": lambda book: None,
    "prose edit": lambda book: edit(book, 0, " More."),
    "code edit": lambda book: edit(book, 1, "\n1 + 1"),
}
OURS = (
    "import sys; from pathlib import Path; from casi.book import build, inputs\n"
    "root = Path(sys.argv[1]); stamp = root / '_build' / '.stamp'\n"
    "now = inputs.fingerprint(root, inputs.INPUTS + inputs.PAGES)\n"
    "if not (stamp.exists() and stamp.read_text() == now):\n"
    "    build.sphinx(root); stamp.write_text(now)\n"
)


def chapter(at: int) -> nbformat.NotebookNode:
    """Return a chapter of four charts."""
    cells = [nbformat.v4.new_markdown_cell(PROSE.format(at=at))]
    cells += [nbformat.v4.new_code_cell(CHART.format(at=at * 4 + one)) for one in range(1, 5)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def make(book: Path, count: int, ours: bool) -> Path:
    """Write a book of `count` chapters."""
    (book / "chapters").mkdir(parents=True)
    for at in range(count):
        nbformat.write(chapter(at), book / "chapters" / f"c{at:03}.ipynb")
    files = "".join(f"  - file: chapters/c{at:03}\n" for at in range(count))
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{files}")
    (book / "index.md").write_text("# A book\n\nOf many chapters.\n")
    if ours:
        shutil.copy(ROOT / "_config.yml", book)
        config = (book / "_config.yml").read_text().replace("casi_cover: fig-map", "casi_cover: ''")
        (book / "_config.yml").write_text(config)
        for name in SAME:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, book / name)
    else:
        text = "title: A book\nexecute:\n  execute_notebooks: cache\n  timeout: 300\n"
        (book / "_config.yml").write_text(text)
    return book


def edit(book: Path, cell: int, more: str) -> None:
    """Change one cell of the first chapter."""
    path = book / "chapters" / "c000.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[cell].source += more
    nbformat.write(notebook, path)


def memory(process: psutil.Process) -> int:
    """Return the bytes of a tree of processes, a page that several share counted once."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def measure(command: list) -> tuple[float, float, float]:
    """Run a command; return seconds, seconds of processors, and peak megabytes."""
    before, started, peak = os.times(), time.monotonic(), 0
    run = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while run.poll() is None:
        try:
            peak = max(peak, memory(run))
        except psutil.Error:
            break
        time.sleep(0.25)
    said = run.stderr.read().decode()
    if run.wait():
        raise SystemExit(said)
    after = os.times()
    busy = after.children_user + after.children_system
    busy -= before.children_user + before.children_system
    return time.monotonic() - started, busy, peak / 1e6


def compare(count: int, folder: Path) -> None:
    """Build both books step by step, in turn, and print what each step took."""
    stock, ours = make(folder / "stock", count, False), make(folder / "ours", count, True)
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    commands: dict[Path, list] = {
        stock: [jupyter_book, "build", stock],
        ours: [sys.executable, "-c", OURS, ours],
    }
    print(f"{count} chapters, load {os.getloadavg()[0]:.1f}: seconds, of processors, peak MB")
    step: Callable[[Path], None]
    for name, step in STEPS.items():
        found = []
        for book, command in commands.items():
            step(book)
            found.append(measure(command))
        (a, b, c), (x, y, z) = found
        print(
            f"{name:11} stock {a:6.1f} {b:6.1f} {c:5.0f}   ours {x:6.1f} {y:6.1f} {z:5.0f}   "
            f"ratio {x / a:.2f} {y / b:.2f} {z / c:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ["10"]):
        with TemporaryDirectory() as place:
            compare(size, Path(place))
