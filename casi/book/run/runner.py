"""Run a notebook in a fork of a process that has imported the libraries.

A kernel needs seconds to import pandas and Plotly, and a notebook a fraction of a second. The fork
server of `multiprocessing` imports them once (`preload.py`). Each notebook then runs in a fork, in
the shell that kernels use (`shell.py`); its messages come through a pipe, and nbclient stores them
as it stores those of a kernel. Where a process cannot fork safely, an ordinary kernel runs it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from casi.book.run import inline

CAN_FORK = sys.platform == "linux"  # system libraries of macOS fail in a forked process
KERNEL = "python3"  # whatever name an editor has stored in a notebook
CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
TIMEOUT = 300  # seconds for one cell
STARTING = threading.Lock()  # `multiprocessing` lists its processes without a lock


def start() -> None:
    """Start the fork server, which imports the libraries while this process goes on."""
    if CAN_FORK:
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(["casi.book.run.preload"])
        forkserver.ensure_running()


def run(notebook: NotebookNode, folder: Path, timeout: int = TIMEOUT) -> list[str] | None:
    """Run the cells of a notebook in order, and store outputs and values in it.

    The values are those of the inline expressions of Markdown cells (`inline.py`).

    Args:
        notebook: changed in place.
        folder: the working directory.
        timeout: seconds for one cell.

    Returns:
        The paths of all files that the notebook opened; None if an ordinary kernel ran it.

    Raises:
        CellExecutionError: if a cell fails.
        CellTimeoutError: if a cell takes too long.
        DeadKernelError: if the process ended before its last cell.
    """
    try:
        fork = Fork(folder) if CAN_FORK else None
    except (OSError, EOFError):  # the fork server has ended, and has said why
        fork = None
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook, timeout=timeout, record_timing=False, resources=where, kernel_name=KERNEL
    )
    if fork is None:
        client.on_cell_start = partial(_evaluate_in_kernel, client)
        client.execute()
        return None
    try:
        client.reset_execution_trackers()
        notebook.metadata["language_info"] = fork.ask("language")
        for index, cell in enumerate(notebook.cells):
            skipped = client.skip_cells_with_tag in cell.metadata.get("tags", [])
            if cell.cell_type == "markdown":
                inline.store(cell, partial(fork.ask, "evaluate"))
            elif cell.cell_type == "code" and cell.source.strip() and not skipped:
                _run_cell(fork, client, index, timeout)
        return fork.ask("opened")
    finally:
        fork.end()


def _run_cell(fork: Fork, client: NotebookClient, index: int, timeout: int) -> None:
    """Run one code cell; store its outputs as nbclient stores those of a kernel."""
    cell = client.nb.cells[index]
    try:
        messages, error = fork.ask("run_cell", cell.source, timeout=timeout)
    except TimeoutError:
        raise CellTimeoutError.error_from_timeout_and_cell(
            "Cell execution timed out", timeout, cell
        ) from None
    cell.outputs = []
    client.clear_before_next_output = False
    for message in messages:
        client.process_message(message, cell, index)
    if error and "raises-exception" not in cell.metadata.get("tags", []):
        raise CellExecutionError.from_cell_and_msg(cell, error)


async def _evaluate_in_kernel(client: NotebookClient, cell: NotebookNode, **_: object) -> None:
    """Evaluate the expressions of a Markdown cell in an ordinary kernel; a hook of nbclient."""
    if cell.cell_type != "markdown" or not (found := inline.expressions(cell.source)):
        return
    wanted = {str(number): expression for number, expression in enumerate(found)}
    asked = client.kc.execute("", silent=True, user_expressions=wanted)  # type: ignore[union-attr]
    reply = await client.async_wait_for_reply(asked)
    if reply is None:
        raise DeadKernelError("Kernel died")
    results = list(reply["content"]["user_expressions"].values())
    inline.store(cell, lambda _: results)


class Fork:
    """A forked process with a shell, and the pipe to it."""

    def __init__(self, folder: Path) -> None:
        """Fork a process that works in a folder.

        Raises:
            OSError, EOFError: if the fork server has ended.
        """
        start()
        self._pipe, theirs = multiprocessing.Pipe()
        arguments = (theirs, str(folder), dict(os.environ))
        self._process = multiprocessing.get_context("forkserver").Process(
            target=_serve, args=arguments
        )
        with theirs, STARTING:
            self._process.start()

    def ask(self, method: str, *arguments: Any, timeout: int = TIMEOUT) -> Any:
        """Call a method of the shell and return what it returns.

        Raises:
            TimeoutError: if it does not return in time; the process is killed.
            DeadKernelError: if the process has ended.
        """
        try:
            self._pipe.send((method, arguments))
            if not self._pipe.poll(timeout):
                self._kill()
                raise TimeoutError
            return self._pipe.recv()
        except (EOFError, ConnectionError):
            raise DeadKernelError("Kernel died") from None

    def end(self) -> None:
        """Let the process end by itself; kill it after 5 seconds, and all that it has started."""
        self._pipe.close()
        self._process.join(5)
        self._kill()
        self._process.join()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)


def _serve(pipe: Connection, folder: str, environment: dict[str, str]) -> None:
    """Serve a shell, in a process that has imported it before it was forked."""
    from casi.book.run import shell

    shell.serve(pipe, folder, environment)
