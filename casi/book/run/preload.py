"""Start a shell and import what notebooks import. The fork server does so once, before it forks.

Libraries are imported within the shell, as in a kernel: pandas and Plotly ask for it.

Raises:
    SystemExit: if an import has started a thread. Threads do not survive a fork, and locks they
        hold are never released.
"""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages

import casi
from casi.book.run.shell import new_shell

SEARCH_PATH = [entry for entry in sys.path if entry]  # of a new interpreter
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")  # read once, when numpy is imported

os.environ |= dict.fromkeys(ONE_THREAD, "1")
import_module("casi.book.run.runner")
SHELL = new_shell()
with SHELL.builtin_trap:
    for module in walk_packages(casi.__path__, "casi."):
        if not module.name.startswith("casi.book") and not module.name.endswith("__main__"):
            with suppress(Exception):  # reported by the notebook that imports it
                import_module(module.name)
    graphs = import_module("plotly.graph_objects")
    graphs.Figure([{"type": kind} for kind in ("scatter", "bar", "heatmap")]).to_json()
gc.freeze()  # else each fork searches these objects for garbage, which copies their memory

if (threads := len(os.listdir("/proc/self/task"))) > 1:  # noqa: PTH208 (names are not needed)
    sys.exit(f"The fork server has {threads} threads, so it cannot fork: ordinary kernels run")
