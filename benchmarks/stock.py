"""The yardstick: a chapter's texts and figures in a Jupyter Book with stock theme and settings."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PLOTLY_MIME = "application/vnd.plotly.v1+json"
PACKAGES = ("jupyter-book", "plotly")
CONFIG = {"title": "Stock book", "author": "Nobody", "execute": {"execute_notebooks": "force"}}
TOC = {"format": "jb-book", "root": "index", "chapters": [{"file": "chapter"}]}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
LOAD = """\
import json
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio

pio.renderers.default = "notebook"
figures = json.loads(Path("figures.json").read_text(encoding="utf-8"))
"""

Part = str | dict  # of a chapter: a text or a Plotly figure


def read_chapter(path: Path) -> list[Part]:
    """Read the texts and figures that readers see, from a notebook with stored outputs."""
    parts: list[Part] = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if PLOTLY_MIME in data:
                data[PLOTLY_MIME]["layout"].pop("meta", None)  # only our book reads it
                parts.append(data[PLOTLY_MIME])
            elif "text/markdown" in data:
                parts.append(data["text/markdown"])
    return parts


def figures_of(parts: list[Part]) -> list[dict]:
    """Return a chapter's figures."""
    return [part for part in parts if isinstance(part, dict)]


def build_stock(parts: list[Part], folder: Path) -> Path:
    """Build the stock book, unless the same one is already there.

    Returns:
        The folder of its pages; the chapter is `chapter.html`.

    Raises:
        subprocess.CalledProcessError: if the build fails.
        RuntimeError: if the built page lacks a chart.
    """
    pages, stamp = folder / "_build" / "html", folder / ".inputs"
    files = {
        "_config.yml": json.dumps(CONFIG),
        "_toc.yml": json.dumps(TOC),
        "index.md": "# Stock book\n",
        "figures.json": json.dumps(figures_of(parts)),
        "chapter.ipynb": nbformat.writes(_notebook(parts)),
    }
    inputs = json.dumps([files, *map(version, PACKAGES)])
    current = hashlib.sha256(inputs.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == current:
        return pages
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    subprocess.run([jupyter_book, "build", folder], check=True, stdout=sys.stderr)
    page = (pages / "chapter.html").read_text(encoding="utf-8")
    if page.count('class="plotly-graph-div"') != len(figures_of(parts)):
        raise RuntimeError(f"A chart is missing from the stock book in {folder}")
    stamp.write_text(current, encoding="utf-8")
    return pages


def _notebook(parts: list[Part]) -> nbformat.NotebookNode:
    cells, drawn = [], 0
    for part in parts:
        if isinstance(part, str):
            cells.append(new_markdown_cell(_plain(part)))
        else:
            source = f"{'' if drawn else LOAD}go.Figure(figures[{drawn}]).show()"
            cells.append(new_code_cell(source, metadata={"tags": ["hide-input"]}))
            drawn += 1
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # random by default, which would spoil the fingerprint
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def _plain(text: str) -> str:
    # Roles point at what only our book has; a pair of dollars would make a stock page load MathJax.
    without_roles = re.sub(r"\{[a-z:]+\}`([^`]*)`", r"\1", text)
    return re.sub(r"(?<!\\)\$", r"\\$", without_roles)
