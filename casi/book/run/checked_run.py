"""Run a notebook, and check what it holds and shows by the rules of `notebook_rules.py`."""

from __future__ import annotations

from pathlib import Path

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from casi.book.run import runner
from casi.book.run.errors import FaultyNotebooks
from casi.book.run.notebook_rules import fault_of_stop, faults_after_run, faults_before_run


def run_checked(page: str, notebook: NotebookNode, folder: Path) -> list[str] | None:
    """Run a notebook and store its outputs in it.

    Args:
        page: names the notebook in messages.
        notebook: changed in place.
        folder: the working directory.

    Returns:
        The paths of all files that the notebook opened; None if an ordinary kernel ran it.

    Raises:
        FaultyNotebooks: if a cell fails, or holds or shows what the book cannot show.
    """
    found, opened = faults_before_run(page, notebook), None
    try:
        opened = runner.run(notebook, folder)
        notebook.metadata.pop("widgets", None)  # a kernel's record of widgets that no cell shows
        found += faults_after_run(page, notebook)
    except CellExecutionError as error:
        last = f"{error.ename}: {error.evalue}"
        found += faults_after_run(page, notebook) or [fault_of_stop(page, notebook, last)]
    except CellTimeoutError:
        reason = f"no result after {runner.TIMEOUT} s. Make it faster"
        found.append(fault_of_stop(page, notebook, reason))
    except DeadKernelError:
        reason = "Python has ended while it ran. Look for what ends it, such as too little memory"
        found.append(fault_of_stop(page, notebook, reason))
    if found:
        raise FaultyNotebooks("\n".join(found))
    return opened
