"""The nursery: imports once what notebooks import, then forks a kernel for each that asks.

A fork takes no thread along, and a lock that a thread held stays shut for ever: so the nursery has
none, and refuses to start if a library made one. It makes no connection of ZeroMQ either. It ends
with its starter, however that ends, and its kernels end with it or with those that asked for them.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import casi
from casi.book.run.dependencies import record_opened
from casi.book.run.warm import CORES, RECORD, SETTINGS, die_with_parent

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger")


class Nursery:
    """Forks kernels, as many at once as there are cores; others wait in the socket's queue."""

    def __init__(self, door: socket.socket) -> None:
        """Listen on a socket, and for the end of the starter."""
        self._door = door
        self._watch = selectors.DefaultSelector()
        self._watch.register(door, selectors.EVENT_READ)
        self._watch.register(sys.stdin.fileno(), selectors.EVENT_READ)
        self._kernels: dict[int, tuple[int, socket.socket]] = {}  # pid: end of process, asker

    def serve(self) -> tuple[dict, socket.socket, list[int]] | None:
        """Serve until the starter is gone: None. In each child, return what is wanted of it."""
        while True:
            for key, _ in self._watch.select():
                if key.fileobj is self._door:
                    if child := self._bear():
                        return child
                elif key.data is None:
                    self._end_all()
                    return None
                elif key.data in self._kernels:
                    self._bury(key.data, gone=isinstance(key.fileobj, socket.socket))

    def _bear(self) -> tuple[dict, socket.socket, list[int]] | None:
        line, _ = self._door.accept()
        streams = []
        try:
            size, streams, _, _ = socket.recv_fds(line, 16, 2)
            with line.makefile("rb") as message:
                wanted = json.loads(message.read(int(size)))
        except (OSError, ValueError):  # the asker died while it asked
            wanted = None
        pid = os.fork() if wanted else None
        if pid == 0:
            for end, asker in self._kernels.values():
                os.close(end)
                asker.close()
            self._door.close()
            self._watch.close()
            return wanted, line, streams
        for stream in streams:
            os.close(stream)
        if pid is None:
            line.close()
            return None
        end = os.pidfd_open(pid)
        self._kernels[pid] = end, line
        for what in (end, line):
            self._watch.register(what, selectors.EVENT_READ, pid)
        if len(self._kernels) >= CORES:
            self._watch.unregister(self._door)
        return None

    def _bury(self, pid: int, gone: bool) -> None:
        """Take a kernel off the books, with all it started; `gone`: since its asker is."""
        end, line = self._kernels.pop(pid)
        with suppress(ProcessLookupError):  # a session of its own: the number of the group is pid
            os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        for what in (end, line):
            self._watch.unregister(what)
        os.close(end)
        with suppress(OSError):
            if not gone:
                line.sendall(b"%d" % code)
        line.close()
        if self._door not in (key.fileobj for key in self._watch.get_map().values()):
            self._watch.register(self._door, selectors.EVENT_READ)

    def _end_all(self) -> None:
        for pid in list(self._kernels):
            self._bury(pid, gone=True)


def prepare() -> None:
    """Import what notebooks import: our modules, with all they need; have Plotly draw.

    Raises:
        SystemExit: if a library started a thread.
    """
    for name in KERNEL:
        import_module(name)
    for module in walk_packages(casi.__path__, "casi."):
        if not module.name.startswith("casi.book"):
            with suppress(Exception):  # the notebook that imports it will say so
                import_module(module.name)
    graphs = import_module("plotly.graph_objects")
    graphs.Figure([{"type": kind} for kind in ("scatter", "bar", "heatmap")]).to_json()
    gc.freeze()  # else each kernel looks through all of it for garbage, and copies its pages
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        sys.exit(f"The nursery has {threads} threads, so that it cannot fork safely")


def become_kernel(wanted: dict, line: socket.socket, streams: list[int], parent: int) -> None:
    """Turn a forked child into the kernel that is wanted, and run it to its end."""
    os.setsid()
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in zip((nothing, *streams), range(3), strict=True):
        os.dup2(source, target)
    for number in (nothing, *streams):
        os.close(number)
    os.environ.clear()
    os.environ.update(wanted["env"])
    for name in SETTINGS:
        os.environ.pop(name, None)
    time.tzset()
    os.chdir(wanted["cwd"])
    if "numpy" in sys.modules:  # `random` does so by itself
        sys.modules["numpy"].random.seed()
    if os.environ.get(RECORD):
        record_opened(Path(os.environ[RECORD]))
    for name in [name for name in sys.modules if name.partition(".")[0] == "casi"]:
        del sys.modules[name]  # a notebook imports for itself what it uses
    sys.argv = ["ipykernel_launcher", *wanted["argv"]]
    with line:
        line.sendall(b"%d" % os.getpid())
    # With the number of its parent a kernel reports its errors to the client alone.
    app = sys.modules["ipykernel.kernelapp"].IPKernelApp
    app.launch_instance(argv=[*wanted["argv"], f"--IPKernelApp.parent_handle={parent}"])
    # The thread that was asked to shut down still says so, over one that the functions below end.
    app.instance().control_thread.join(timeout=1)
    # Ends as a child of multiprocessing does: to take all modules apart would cost half a second.
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def main(folder: str, door: str) -> None:
    """Be the nursery, until the starter closes our standard input or dies.

    Args:
        folder: to be removed at the end.
        door: the number of the socket on which kernels are asked for.
    """
    nursery, ours = Nursery(socket.socket(fileno=int(door))), os.getpid()
    prepare()
    child = nursery.serve()
    if child:
        become_kernel(*child, parent=ours)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # to take all modules apart would cost time


if __name__ == "__main__":
    main(*sys.argv[1:])
