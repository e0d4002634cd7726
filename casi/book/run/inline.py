"""Find the inline expressions of Markdown, `` {eval}`percent(share)` ``, and store their results.

The convention is MyST's own. JupyterLab with `jupyterlab-myst` shows the values live and stores
them in the metadata of the cell as `user_expressions`; so does the runner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode

METADATA = "user_expressions"
FENCE = r"^ *(?P<fence>`{3,}|~{3,})(?!\{(?!code))[^\n]*\n.*?^ *(?P=fence)[ `~]*$"
DIRECTIVE = r"^ *`{3,}(?:\{[^\n]*)?$"  # its first line or its last
ROLE = r"\{eval\}(?P<ticks>`+)(?!`)(?P<expression>.+?)(?<!`)(?P=ticks)(?!`)"
SPAN = r"(?:\{[^{}`\s]+\})?(?P<span>`+)(?!`).*?(?<!`)(?P=span)(?!`)"  # code, or another role
PARTS = re.compile(f"{FENCE}|{DIRECTIVE}|{ROLE}|{SPAN}", re.DOTALL | re.MULTILINE)

Result = dict[str, Any]  # the reply of a kernel: status, and data by MIME type or an error


def expressions(text: str) -> list[str]:
    """Return the inline expressions of Markdown in order; what stands in code is none."""
    return [part["expression"].strip() for part in PARTS.finditer(text) if part["expression"]]


def store(cell: NotebookNode, evaluate: Callable[[list[str]], list[Result]]) -> None:
    """Evaluate the expressions of a Markdown cell and store the results in its metadata."""
    cell.metadata.pop(METADATA, None)
    if found := expressions(cell.source):
        results = zip(found, evaluate(found), strict=True)
        cell.metadata[METADATA] = [
            NotebookNode(expression=expression, result=result) for expression, result in results
        ]


def places(notebook: NotebookNode) -> list[list]:
    """Return where each expression stands: the number of code cells above it, and its text."""
    found, above = [], 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            above += 1
        elif cell.cell_type == "markdown":
            found += [[above, expression] for expression in expressions(cell.source)]
    return found


def restore(notebook: NotebookNode, results: list[Result]) -> None:
    """Store the results of all expressions of a notebook, in order, as a run would."""
    remaining = iter(results)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            store(cell, lambda found: [next(remaining) for _ in found])


def results_of(cell: NotebookNode) -> list[Result]:
    """Return the stored results of the expressions of a Markdown cell, in order."""
    return [entry["result"] for entry in cell.metadata.get(METADATA, [])]
