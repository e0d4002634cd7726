"""Run notebooks in place and store their outputs: `python -m casi.book.run.store PATH ...`."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from casi.book.run.execute import QUICK, TIMEOUT
from casi.book.run.warm import at_once, warm_kernels


def store(path: Path) -> None:
    """Run one notebook and write it back with its outputs and nothing that differs between runs.

    Raises:
        CellExecutionError: if a cell fails; the file is left as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, timeout=TIMEOUT, record_timing=False, resources=where, config=QUICK
    )
    asyncio.run(client.async_execute())
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    draft = path.with_suffix(".ipynb.new")
    nbformat.write(notebook, draft)
    draft.replace(path)


def main(paths: list[str]) -> int:
    """Store every notebook named, as many at once as there are cores; return the exit code."""
    failed = 0
    with warm_kernels(), ThreadPoolExecutor(at_once()) as pool:
        runs = {path: pool.submit(store, Path(path)) for path in paths}
        for path, run in runs.items():
            try:
                run.result()
                print(f"{path}: run and stored")
            except CellExecutionError as error:
                failed += 1
                print(f"{path}: not stored\n{error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
