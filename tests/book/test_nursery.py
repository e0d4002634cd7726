import subprocess
import sys

import psutil
import pytest

from casi.book import nursery, warm

pytestmark = pytest.mark.skipif(not warm.CAN_FORK, reason="no process can fork here")


def test_imported_finds_what_comes_from_outside(tmp_path):
    folder = tmp_path / "casi"
    folder.mkdir()
    (folder / "a.py").write_text(
        "import json\nfrom casi.b import c\ndef f():\n    import pandas.api"
    )
    (folder / "broken.py").write_text("def")
    assert nursery.imported(folder) == ["json", "pandas.api"]


def test_draw_something_loads_what_plotly_puts_off():
    code = "from casi.book.nursery import draw_something as d; d(); import sys\n"
    code += "sys.exit('plotly.graph_objs._figure' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_main_serves_without_threads_until_its_starter_ends():
    """`Nursery` listens, `become_kernel` is what its children do: see test_warm.py."""
    command = [sys.executable, "-P", "-m", "casi.book.nursery"]
    started = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    with started:
        address = started.stdout.readline().decode().strip()
        assert psutil.Process(started.pid).num_threads() == 1
        assert nursery.Path(address).is_socket()
        assert nursery.Path(address).parent.stat().st_mode & 0o777 == 0o700
        started.stdin.close()
        assert started.wait(60) == 0
    assert not nursery.Path(address).parent.exists()
