"""Start each notebook's kernel as a fork of one process that has imported what notebooks import.

A kernel spends seconds on importing pandas and plotly before a notebook's own fraction of a second.
Here they are imported once, in a nursery (`nursery.py`) that forks a kernel for whoever asks on a
socket and tells him when it ended. The child is a real ipykernel in a session of its own; only its
start is other. Jupyter finds the nursery by two environment variables, which
`warm_kernels` sets for the commands it holds for, so that a JupyterLab never meets it.

`python -m casi.book.run.warm COMMAND ...` runs a command with warm kernels.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # read by jupyter_client
RUNTIME = "JUPYTER_RUNTIME_DIR"  # where it keeps what it tells kernels
NURSERY = "CASI_NURSERY"  # the address of the socket
SETTINGS = (PROVISIONER, RUNTIME, NURSERY)
RECORD = "CASI_RECORD"  # where a kernel writes which files it opened
CAN_FORK = sys.platform == "linux"  # system libraries of macOS break in a forked child
CORES = len(os.sched_getaffinity(0)) if CAN_FORK else os.cpu_count() or 1
COMMAND = (sys.executable, "-Xfrozen_modules=off", "-P", "-m", "casi.book.run.nursery")
PR_SET_PDEATHSIG = 1  # of Linux's prctl


@contextmanager
def warm_kernels() -> Iterator[None]:
    """Let every kernel that is started meanwhile, here or in a child process, be a warm one.

    Within another `warm_kernels` it does nothing; where a process cannot fork it says so once.
    """
    if os.environ.get(NURSERY):
        yield
        return
    if not CAN_FORK:
        print("Kernels start as ever, importing everything anew: a process cannot fork here")
        yield
        return
    folder = tempfile.mkdtemp(prefix="casi-")  # nobody else can open it
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{folder}/kernels")
        door.listen(1024)
        nursery = subprocess.Popen(
            [*COMMAND, folder, str(door.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[door.fileno()],
            # Linear algebra would start threads, which a fork does not take along.
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(zip(SETTINGS, ("casi-warm", folder, f"{folder}/kernels"), strict=True))
    KernelProvisionerFactory.clear_instance()  # it reads the settings once
    try:
        yield
    finally:
        for name, value in before.items():
            del os.environ[name]
            os.environ.update({name: value} if value is not None else {})
        KernelProvisionerFactory.clear_instance()
        nursery.stdin.close()  # the nursery ends, and what it started with it
        nursery.wait()


def at_once() -> int:
    """Return how many notebooks to run at once.

    With a nursery more than there are cores: it holds the kernels back, and while one that has
    ended is taken leave of, the next can run.
    """
    return 2 * CORES if os.environ.get(NURSERY) else CORES


def die_with_parent() -> None:
    """Have the system kill this process when its parent ends, however that ends."""
    if CAN_FORK:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """What `jupyter_client` asks for a kernel: takes it from the nursery if there is one."""

    async def pre_launch(self, **kwargs) -> dict:
        """Have client and kernel meet in the nursery's folder, not on ports that all can see."""
        if self.parent and os.environ.get(NURSERY):
            self.parent.transport = "ipc"
            self.parent.ip = f"{os.environ[RUNTIME]}/{self.kernel_id}"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs) -> dict:
        """Start the kernel that the command names; return how to connect to it."""
        streams = [kwargs.get(name) or at for name, at in (("stdout", 1), ("stderr", 2))]
        ours = cmd[1:3] == ["-m", "ipykernel_launcher"] and Path(cmd[0]).name.startswith("python")
        if not (ours and os.environ.get(NURSERY)) or min(map(_number, streams)) < 0:
            return await super().launch_kernel(cmd, **kwargs)
        wanted = {
            "argv": cmd[3:],
            "cwd": kwargs.get("cwd") or str(Path.cwd()),
            "env": dict(kwargs.get("env") or os.environ),
        }
        # A kernel may have to wait for a core, and other notebooks run in this thread.
        try:
            self.process = await asyncio.to_thread(Warm, wanted, [_number(s) for s in streams])
        except OSError:  # the nursery did not start, and has said why
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        places = [Path(f"{self.parent.ip}-{port}") for port in self.parent.ports]
        while self.process.poll() is None and not all(map(Path.exists, places)):
            await asyncio.sleep(0.005)  # who comes too early tries again after 0.1 s
        return self.connection_info


def _number(stream) -> int:
    return stream if isinstance(stream, int) else stream.fileno()


class Warm:
    """A warm kernel as far as `subprocess.Popen` is asked of it."""

    stdin = stdout = stderr = None

    def __init__(self, wanted: dict, streams: list[int]) -> None:
        """Ask the nursery for a kernel, and wait until it has one."""
        self.returncode = None
        self._line = socket.socket(socket.AF_UNIX)
        try:
            self._line.connect(os.environ[NURSERY])
            message = json.dumps(wanted).encode()
            socket.send_fds(self._line, [b"%16d" % len(message)], streams)
            self._line.sendall(message)
            self.pid = int(self._line.recv(16) or 0)
            if not self.pid:
                raise ConnectionError("no kernel could be forked")
        except OSError:
            self._line.close()
            raise
        self._line.setblocking(False)

    def poll(self) -> int | None:
        """Return the code the kernel ended with (negative: its signal), None while it runs."""
        if self.returncode is None:
            with suppress(BlockingIOError):
                answer = self._line.recv(16)
                self.returncode = int(answer) if answer else -signal.SIGKILL
                self._line.close()
        return self.returncode

    def wait(self) -> int:
        """Wait until the kernel ended; return its code."""
        while self.poll() is None:
            time.sleep(0.01)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


def main(command: list[str]) -> int:
    """Run a command with warm kernels and return its exit code."""
    with warm_kernels():
        return subprocess.run(command, preexec_fn=die_with_parent).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
