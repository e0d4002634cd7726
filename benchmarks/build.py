"""Measure a build against a stock Jupyter Book: `make bench-build` (`N=40`: of 40 chapters).

A book of N chapters, each of which loads three tables and makes four charts with our modules, is
made twice, the same but for the settings. A stock Jupyter Book and ours, as `make book` runs it,
build it in turn: from nothing, with nothing changed, after an edit of prose and after one of code.
The charts are made but not drawn into pages, which `make bench-pages` measures. Of each: seconds,
seconds of processors of it and all its children, peak memory of the tree of processes (shared pages
once), and the ratio of the pair; with several N, what one more chapter costs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import psutil

from casi.tables import ROOT

SAME = ("CITATION.cff", "references.bib", "requirements.txt", "LICENSE-DATA.md", "data", "casi")
LOAD = """import pandas as pd
import plotly.graph_objects as go
from casi.charts import basic
from casi.measures import exercises
from casi.tables import load
states, drills, present = map(load, ("states", "exercises", "participation"))"""
CHART = """counts = exercises.counts(exercises.classify(drills, present, states)) * {at}
basic.bars(counts, dict.fromkeys(counts, "#1549AC")).to_json()[:500]"""
PROSE = "# Chapter {at}\n\nA paragraph of prose."
STEPS = {
    "cold": lambda book: None,
    "unchanged": lambda book: None,
    "prose edit": lambda book: edit(book, 0, " More."),
    "code edit": lambda book: edit(book, 2, "\n1 + 1"),
}


def chapter(at: int) -> nbformat.NotebookNode:
    """Return a chapter of four charts."""
    cells = [nbformat.v4.new_markdown_cell(PROSE.format(at=at))]
    cells += [nbformat.v4.new_code_cell(LOAD)]
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
    for name in SAME:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, book / name)
    config = "title: A book\nexecute:\n  execute_notebooks: cache\n  timeout: 300\n"
    if ours:
        config = (ROOT / "_config.yml").read_text().replace("casi_cover: fig-map", "casi_cover: ''")
    (book / "_config.yml").write_text(config)
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


def measure(command: list, book: Path) -> tuple[float, float, float]:
    """Run a command in a book; return seconds, seconds of processors, and peak megabytes."""
    before, started, peak = os.times(), time.monotonic(), 0
    environment = os.environ | {"PYTHONPATH": str(book)}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    run = psutil.Popen(command, cwd=book, env=environment, **streams)
    while run.poll() is None:
        try:
            peak = max(peak, memory(run))
            run.wait(0.25)
        except psutil.TimeoutExpired:
            continue
        except psutil.Error:
            break
    said = run.stderr.read().decode()
    if run.wait():
        raise SystemExit(said)
    after = os.times()
    busy = after.children_user + after.children_system
    busy -= before.children_user + before.children_system
    return time.monotonic() - started, busy, peak / 1e6


def compare(count: int, folder: Path) -> list[float]:
    """Build both books step by step, in turn, and print what each step took.

    Returns:
        The seconds of processors of both builds from nothing, stock first.
    """
    stock, ours = make(folder / "stock", count, False), make(folder / "ours", count, True)
    commands: dict[Path, list] = {
        stock: [Path(sys.executable).with_name("jupyter-book"), "build", stock],
        ours: [sys.executable, "-m", "casi.book.build"],
    }
    print(f"{count} chapters, load {os.getloadavg()[0]:.1f}: seconds, of processors, peak MB")
    costs = []
    step: Callable[[Path], None]
    for name, step in STEPS.items():
        found = []
        for book, command in commands.items():
            step(book)
            found.append(measure(command, book))
        (a, b, c), (x, y, z) = found
        costs = costs or [b, y]
        print(
            f"{name:11} stock {a:6.1f} {b:6.1f} {c:5.0f}   ours {x:6.1f} {y:6.1f} {z:5.0f}   "
            f"ratio {x / a:.2f} {y / b:.2f} {z / c:.2f}",
            flush=True,
        )
    return costs


def main(sizes: list[int]) -> None:
    """Compare books of each size, and say what one more chapter costs."""
    costs = {}
    for size in sizes:
        with TemporaryDirectory() as place:
            costs[size] = compare(size, Path(place))
    for (less, before), (more, after) in pairwise(sorted(costs.items())):
        one, other = ((b - a) / (more - less) for a, b in zip(before, after, strict=True))
        print(
            f"one more chapter, from {less} to {more}: stock {one:.2f}, ours {other:.2f} seconds "
            f"of processors, ratio {other / one:.2f}"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10])
