"""Run modules of small books in forks of a process that has imported the libraries they need.

Importing Sphinx, pandas and Plotly takes longer than most steps of a small book. The modules of
`casi` are imported in the fork, from the book.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SERVER = """
import json, os, runpy, sys
sys.modules["rfc3987_syntax"] = None  # as in casi/__init__.py
import frictionless, jupyter_book.cli.main, myst_nb.sphinx_ext, pandas, plotly.graph_objects
assert len(os.listdir("/proc/self/task")) == 1, "threads do not survive a fork"
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        for number, path in enumerate((os.devnull, asked["stdout"], asked["stderr"])):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
        os.chdir(asked["root"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.path[0] = asked["root"]
        module, *sys.argv[1:] = asked["arguments"]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@cache
def _server() -> subprocess.Popen:
    """Start the process that forks; it ends with the tests of a worker."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    server = subprocess.Popen([sys.executable, "-c", SERVER], env=environment, text=True, **pipes)
    atexit.register(server.communicate)
    return server


def run_module(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run a module of a book, by default the build, in the folder of the book.

    Args:
        root: the folder.
        arguments: the module and what follows it on the command line.
        variables: variables of the environment that differ.
    """
    arguments = arguments or ("casi.book.build",)
    variables |= {"PYTHONPATH": str(root)}
    if sys.platform != "linux":
        command = [sys.executable, "-m", *arguments]
        environment = os.environ | variables
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        files = {name: f"{folder}/{name}" for name in ("stdout", "stderr")}
        asked = {"root": str(root), "arguments": arguments, "environment": os.environ | variables}
        server = _server()
        server.stdin.write(json.dumps(asked | files) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        texts = {name: Path(path).read_text(encoding="utf-8") for name, path in files.items()}
    return subprocess.CompletedProcess(arguments, code, **texts)
