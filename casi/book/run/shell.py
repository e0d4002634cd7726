"""Run cells in a forked process, in the shell that kernels use.

What a kernel sends to its clients through ZeroMQ is collected here and returned for each cell.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import getpass
import io
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session
from traitlets import List
from traitlets.config import Config

from casi.book.run.dependencies import record_opened

FLUSH_AFTER = 0.2  # seconds after which a kernel sends what a cell has printed


def serve(pipe: Connection, folder: str, environment: dict[str, str]) -> None:
    """Call the methods of a shell that come through a pipe, until it is closed.

    Args:
        pipe: brings a method's name and its arguments, and takes what it returns.
        folder: the working directory.
        environment: the environment variables.
    """
    os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from casi.book.run.preload import SEARCH_PATH, SHELL

    sys.path[:] = SEARCH_PATH
    opened = _become_new_interpreter(folder, environment)
    with suppress(EOFError):
        asyncio.run(_answer(pipe, Shell(SHELL, opened)))
    atexit._run_exitfuncs()  # `multiprocessing` ends without


async def _answer(pipe: Connection, shell: Shell) -> None:
    """Answer within a running event loop, as a kernel does."""
    while True:
        method, arguments = pipe.recv()
        answer = getattr(shell, method)(*arguments)
        pipe.send(await answer if asyncio.iscoroutine(answer) else answer)


def _end_with_parent() -> None:
    """Kill this process and what it has started when its parent ends, however that ends."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os.killpg(0, signal.SIGKILL)


def _become_new_interpreter(folder: str, environment: dict[str, str]) -> set[str]:
    """Undo what a kernel would not have found; return the set of files opened from now on."""
    sys.argv = ["ipykernel_launcher"]
    os.environ.clear()
    os.environ.update(environment)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    time.tzset()
    os.chdir(folder)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # `random` does so by itself
    for name in [name for name in sys.modules if name.partition(".")[0] == "casi"]:
        del sys.modules[name]  # a notebook that imports it opens its file
    return record_opened()


def new_shell() -> Any:
    """Return the shell that kernels use, without a history, for which it would start a thread."""
    return ZMQInteractiveShell.instance(
        config=Config(HistoryManager={"enabled": False}),
        compiler_class=XCachingCompiler,
        kernel=SimpleNamespace(eventloop=None),
    )


class Shell:
    """A shell whose messages are collected."""

    def __init__(self, shell: Any, opened: set[str]) -> None:
        """Prepare a forked shell; `opened` holds the paths of all files opened until now."""
        self._opened = opened
        self._session = CollectingSession()
        self._shell = shell
        shell.displayhook.session = shell.display_pub.session = self._session
        shell.init_environment()
        shell.init_sys_modules()
        InteractiveShellApp().init_path()
        sys.stdout = Stream(1, "stdout", self._session.send)
        sys.stderr = Stream(2, "stderr", self._session.send)
        nobody: Any = SimpleNamespace(_allow_stdin=False)
        builtins.input = partial(Kernel.raw_input, nobody)
        getpass.getpass = partial(Kernel.getpass, nobody)

    def language(self) -> dict:
        """Return what a kernel says of its language."""
        return IPythonKernel.language_info

    def opened(self) -> list[str]:
        """Return the path of each file that was opened, in order."""
        return sorted(self._opened)

    def evaluate(self, expressions: list[str]) -> list[dict[str, Any]]:
        """Return what a kernel replies of each expression: its value by MIME type, or an error."""
        values = self._shell.user_expressions(dict(enumerate(expressions)))
        return list(self._session.unpack(self._session.pack(values)).values())

    async def run_cell(self, code: str) -> tuple[list[dict], dict[str, Any] | None]:
        """Run a code cell.

        Returns:
            The messages that a kernel would send, and the error as a kernel reports it, or None.
        """
        self._session.messages = []
        count = self._shell.execution_count
        self._session.send(None, "execute_input", {"code": code, "execution_count": count})
        result = await self._run(code)
        sys.stdout.flush()
        sys.stderr.flush()
        error = result.error_before_exec or result.error_in_exec
        if result.success and not self._shell._last_traceback_during_displayhook:
            return self._session.messages, None
        return self._session.messages, {
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": self._shell._last_traceback or [],
        }

    async def _run(self, code: str) -> Any:
        """Run code as `ipykernel.ipkernel.IPythonKernel.do_execute` does."""
        shell, fault = self._shell, None
        try:
            transformed = shell.transform_cell(code)
        except Exception:
            transformed, fault = code, sys.exc_info()
        known = {"transformed_cell": transformed, "preprocessing_exc_tuple": fault}
        if not shell.should_run_async(code, **known):
            return shell.run_cell(code, store_history=True)
        result = None
        try:
            result = await shell.run_cell_async(code, store_history=True, **known)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result


class CollectingSession(Session):
    """Collects messages in a list instead of sending them."""

    messages: list[dict] = List()  # type: ignore[assignment]

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *rest, **more) -> None:
        """Add a message to the list, as it arrives at a client of a kernel."""
        message = msg_or_type
        if isinstance(msg_or_type, str):
            message = {"msg_type": msg_or_type, "content": content}
        kind, content = message["msg_type"], self.unpack(self.pack(message["content"]))
        header = {"header": {"msg_type": kind}, "parent_header": {}}
        self.messages.append({"msg_type": kind, "content": content, **header})


class Stream(io.TextIOBase):
    """Standard output or error: what Python code writes, and what other programs write.

    A kernel sends what was written 0.2 seconds ago, and everything before other output. So does
    this stream: the same text arrives in the same pieces.
    """

    encoding = "UTF-8"

    def __init__(self, number: int, name: str, send: Callable) -> None:
        """Take the place of a standard stream.

        Args:
            number: of its file descriptor.
            name: of the stream in messages.
            send: takes a stream, which is not used, a message's type and its content.
        """
        self.name = name
        self._send = send
        self._terminal = os.dup(number)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open until the process ends)
        os.dup2(self._file.fileno(), number)
        self._read = 0
        self._parts: list[str] = []
        self.due = float("inf")

    def fileno(self) -> int:
        """Return the descriptor of the stream outside the notebook, as a kernel does."""
        return self._terminal

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Write text; send first what is due."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._send_what_is_due()
        self._take_from_file()
        self._add(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        self._send_what_is_due()
        self.send()

    def send(self) -> None:
        """Send what was written to this stream alone."""
        self._take_from_file()
        parts, self._parts, self.due = self._parts, [], float("inf")
        if text := "".join(parts):
            self._send(None, "stream", {"name": self.name, "text": text})

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self.due = min(self.due, time.monotonic() + FLUSH_AFTER)

    def _take_from_file(self) -> None:
        """Add what other programs have written to the descriptor."""
        size = os.fstat(self._file.fileno()).st_size
        if size > self._read:
            written = os.pread(self._file.fileno(), size - self._read, self._read)
            self._read = size
            self._add(written.decode(errors="replace"))

    def _send_what_is_due(self) -> None:
        streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, Stream)]
        for stream in sorted(streams, key=lambda stream: stream.due):
            if stream.due <= time.monotonic():
                stream.send()
