"""Find the inline expressions of Markdown, `` {eval}`percent(share)` ``, and store their results.

The convention is MyST's own. JupyterLab with `jupyterlab-myst` shows the values live and stores
them in the metadata of the cell as `user_expressions`; so does the runner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from nbformat import NotebookNode

METADATA = "user_expressions"
FENCE = re.compile(r" *(?P<marks>`{3,}|~{3,}) *(?P<info>[^`\n]*)\n?")
ROLE = r"\{eval\}(?P<ticks>`+)(?!`)(?P<expression>.+?)(?<!`)(?P=ticks)(?!`)"
SPAN = r"(?:\{[^{}`\s]+\})?(?P<span>`+)(?!`).*?(?<!`)(?P=span)(?!`)"  # code, or another role
PARTS = re.compile(f"{ROLE}|{SPAN}", re.DOTALL)

Result = dict[str, Any]  # the reply of a kernel: status, and data by MIME type or an error


def expressions(text: str) -> list[str]:
    """Return the inline expressions of Markdown in order; what stands in code is none."""
    parts = [
        part for is_code, block in _blocks(text) if not is_code for part in PARTS.finditer(block)
    ]
    return [part["expression"].strip() for part in parts if part["expression"]]


def replace(text: str, written: Callable[[str], str]) -> str:
    """Return Markdown with the inline expressions replaced by what is written for each."""
    return "".join(
        block
        if is_code
        else PARTS.sub(
            lambda part: written(part["expression"].strip()) if part["expression"] else part[0],
            block,
        )
        for is_code, block in _blocks(text)
    )


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text, and of each whether it is code or a fence."""
    lines = text.splitlines(keepends=True)
    for is_code, block in groupby(zip(_are_code(lines), lines, strict=True), key=itemgetter(0)):
        yield is_code, "".join(line for _, line in block)


def _are_code(lines: list[str]) -> Iterator[bool]:
    fences: list[str] = []
    in_code = False
    for line in lines:
        fence = FENCE.fullmatch(line)
        if not fence:
            yield in_code
            continue
        yield True
        if fences and not fence["info"] and fence["marks"].startswith(fences[-1]):
            fences.pop()
            in_code = False
        elif not in_code:
            fences.append(fence["marks"])
            in_code = not fence["info"].startswith("{") or fence["info"].startswith("{code")


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
