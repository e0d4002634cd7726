"""Run modules of small books in forks of a process that has imported the libraries they need."""

import atexit
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from casi.book.run import forks


@cache
def _forks() -> forks.Forks | None:
    """Start the process that forks; it ends with the tests of a worker."""
    started = forks.start()
    if started:
        atexit.register(started.end)
    return started


def run_module(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run a module of a book, by default the build, in the folder of the book.

    Args:
        root: the folder.
        arguments: the module and what follows it on the command line.
        variables: variables of the environment that differ.
    """
    arguments = arguments or ("casi.book.build",)
    environment = os.environ | variables | {"PYTHONPATH": str(root)}
    if not (server := _forks()):
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder) / "stdout", Path(folder) / "stderr"
        code = server.run(root, *arguments, environment=environment, outputs=outputs)
        texts = [path.read_text(encoding="utf-8") for path in outputs]
    return subprocess.CompletedProcess(arguments, code, *texts)
