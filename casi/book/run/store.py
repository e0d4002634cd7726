"""Run notebooks in place and store their outputs: `python -m casi.book.run PATH ...`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from casi.book.run import inline, runner
from casi.book.run.checked_run import run_checked
from casi.book.run.errors import FaultyNotebooks
from casi.book.run.execute import read_notebook

CELL_METADATA = ("tags", "mystnb", inline.METADATA)  # what the book reads; the rest is an editor's


def store(path: Path) -> None:
    """Run one notebook and write it back with its outputs and nothing that differs between runs.

    What editors add of their own, such as the name of a kernel and the state of their windows, is
    removed.

    Raises:
        FaultyNotebooks: if a cell fails, or holds or shows what the book cannot show; the file is
            not changed.
        OSError: if the file cannot be written; it is not changed.
    """
    notebook = normalise(read_notebook(path))
    run_checked(path.as_posix(), notebook, path.parent)
    draft = path.with_suffix(".ipynb.new")
    try:
        nbformat.write(normalise(notebook), draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without the metadata of editors and runs, in the current format."""
    notebook = nbformat.v4.upgrade(notebook)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": runner.KERNEL},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        kept = {name: cell.metadata[name] for name in CELL_METADATA if name in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
    return notebook


def main(paths: list[str]) -> int:
    """Store every notebook named, one on each core at a time; return the exit code."""
    failed = 0
    with ThreadPoolExecutor(runner.CORES) as pool:
        runs = {path: pool.submit(store, Path(path)) for path in paths}
        for path, run in runs.items():
            try:
                run.result()
                print(f"{path}: run and stored")
            except (FaultyNotebooks, OSError) as error:
                failed += 1
                print(f"{error}\n{path}: not stored, the file is as it was", file=sys.stderr)
    return 1 if failed else 0
