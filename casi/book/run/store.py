"""Run notebooks in place and store their outputs: `python -m casi.book.run PATH ...`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

from casi.book.run import runner


def store(path: Path) -> None:
    """Run one notebook and write it back with its outputs and nothing that differs between runs.

    Raises:
        CellExecutionError: if a cell fails; the file is not changed.
    """
    notebook = nbformat.read(path, as_version=4)
    runner.run(notebook, path.parent)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    draft = path.with_suffix(".ipynb.new")
    nbformat.write(notebook, draft)
    draft.replace(path)


def main(paths: list[str]) -> int:
    """Store every notebook named, one on each core at a time; return the exit code."""
    failed = 0
    with ThreadPoolExecutor(runner.CORES) as pool:
        runs = {path: pool.submit(store, Path(path)) for path in paths}
        for path, run in runs.items():
            try:
                run.result()
                print(f"{path}: run and stored")
            except CellExecutionError as error:
                failed += 1
                print(f"{path}: not stored\n{error}", file=sys.stderr)
    return 1 if failed else 0
