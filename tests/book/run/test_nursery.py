import os
import socket
import subprocess
import sys

import psutil
import pytest

from casi.book.run import warm

pytestmark = pytest.mark.skipif(not warm.CAN_FORK, reason="no process can fork here")


ALONE = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
CODE = """
import sys
from casi.book.run import nursery
nursery.prepare()
wanted = {"pandas", "plotly.graph_objs._figure", "casi.tables", "ipykernel.kernelapp"}
sys.exit(str(wanted - set(sys.modules)) if wanted - set(sys.modules) else 0)
"""


def test_prepare_imports_what_notebooks_import():
    assert subprocess.run([sys.executable, "-c", CODE], env=ALONE).returncode == 0


def test_prepare_refuses_threads():
    code = "import threading, time\n"
    code += "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()" + CODE
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=ALONE, capture_output=True, text=True)
    assert done.returncode and "2 threads, so that it cannot fork safely" in done.stderr


def test_main_serves_without_threads_until_its_starter_ends(tmp_path):
    """`Nursery` listens, `become_kernel` is what its children do: see test_warm.py."""
    folder = tmp_path / "nursery"
    folder.mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "kernels"))
        door.listen()
        started = subprocess.Popen(
            [*warm.COMMAND, str(folder), str(door.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[door.fileno()],
            env=ALONE,
        )
    with started:
        assert psutil.Process(started.pid).num_threads() == 1
        assert started.poll() is None
        started.stdin.close()
        assert started.wait(60) == 0
    assert not folder.exists()
