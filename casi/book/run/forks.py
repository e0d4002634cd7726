"""Run modules in forks of a process that has imported the libraries they need.

To import Sphinx, pandas and Plotly takes longer than most steps of a build. That process imports
libraries alone: the modules of `casi` are imported in the fork, from the folder it works in, so an
edit of them counts at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from casi.book.run.runner import CAN_FORK

SERVER = """
import gc, importlib, json, os, runpy, signal, sys
sys.modules["rfc3987_syntax"] = None  # as in casi/__init__.py
for name in sys.argv[2:]:
    importlib.import_module(name)
assert len(os.listdir("/proc/self/task")) == 1, "threads do not survive a fork"
gc.collect()
gc.freeze()
signal.signal(signal.SIGINT, signal.SIG_IGN)
answers = open(int(sys.argv[1]), "w")
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, path in enumerate((os.devnull, *asked["outputs"])):
            if path:
                os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
        os.chdir(asked["root"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.path[0] = asked["root"]
        module, *sys.argv[1:] = asked["arguments"]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""
LIBRARIES = (  # what a build of one edited page imports
    *("jupyter_book.cli.main", "myst_nb.sphinx_ext", "pandas", "plotly.graph_objects"),
    *("jupyter_cache", "nbclient", "nbformat", "frictionless"),
)
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Forks:
    """A process that forks for each module it is asked to run, one after another."""

    def __init__(self) -> None:
        """Start the process, which imports the libraries while this one goes on."""
        answers, theirs = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(theirs), *LIBRARIES],
            env=os.environ | ONE_THREAD,
            stdin=subprocess.PIPE,
            pass_fds=[theirs],
            text=True,
        )
        os.close(theirs)
        self._answers = os.fdopen(answers, encoding="utf-8")

    def run(
        self,
        root: Path,
        *arguments: str,
        environment: Mapping[str, str] = os.environ,
        outputs: tuple[Path | None, Path | None] = (None, None),
    ) -> int:
        """Run a module and return its exit code.

        Args:
            root: the folder it works in, and imports from.
            arguments: the module and what follows it on the command line.
            environment: its variables.
            outputs: files for standard output and errors, instead of those of this process.

        Raises:
            OSError, ValueError: if the process has ended; it has said why.
        """
        asked = {
            "root": str(root),
            "arguments": arguments,
            "environment": {**environment},
            "outputs": [str(path) if path else None for path in outputs],
        }
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._answers.readline())

    def end(self) -> None:
        """Let the process end, and wait for it."""
        self._process.communicate()
        self._answers.close()


def start() -> Forks | None:
    """Return a process that forks; None on systems whose libraries fail in a forked process."""
    return Forks() if CAN_FORK else None
