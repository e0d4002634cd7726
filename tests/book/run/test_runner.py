import os
import subprocess
import sys
import time

import nbformat
import psutil
import pytest
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from casi.book.run import runner

pytestmark = pytest.mark.skipif(not runner.CAN_FORK, reason="no process can fork here")

CELLS = [
    "import sys\nprint('out'); print('err', file=sys.stderr); print('out')",
    "import time\nprint('a'); time.sleep(0.3); print('b', file=sys.stderr); time.sleep(0.3)\n"
    "print('c'); print('d', file=sys.stderr); time.sleep(0.3)",
    "def divide(number):\n    return 1 / number\ndivide(0)",
    "1 +",
    "input('name?')",
    "import threading\nthread = threading.Thread(target=print, args=('in a thread',))\n"
    "thread.start(); thread.join()",
    "import subprocess\nprint('before')\n"
    "subprocess.run(['sh', '-c', 'echo program; echo error >&2']); time.sleep(0.1)\nprint('after')",
    "!echo shell",
    "import multiprocessing\n"
    "with multiprocessing.get_context('spawn').Pool(1) as pool: print(pool.map(abs, [-3]))",
    "from IPython.display import HTML, clear_output, display\n"
    "print('before'); display(HTML('<b>bold</b>'), metadata={'text/html': {'isolated': True}}); 5",
    "handle = display('old', display_id='shown')\nhandle.update('new')",
    "print('gone'); clear_output(); print('stays')",
    "handle.update('newest')",
    "import asyncio\nawait asyncio.sleep(0, 'awaited')",
    "asyncio.run(asyncio.sleep(0))",
    "import pandas as pd\npd.DataFrame([range(40)] * 70)",
    "import plotly.graph_objects as go\ngo.Figure([{'type': 'bar', 'y': [1, float('nan')]}])",
    "import os\n[name for name in os.environ if 'THREADS' in name], os.getcwd(), sys.path",
    "__name__, sys.stdin.isatty(), sys.stdout.isatty(), 'casi' in sys.modules, _oh.keys(), len(In)",
]


def notebook(*cells, **metadata):
    made = [nbformat.v4.new_code_cell(cell, id=str(number)) for number, cell in enumerate(cells)]
    for cell in made:
        cell.metadata.update(metadata)
    return nbformat.v4.new_notebook(cells=made)


def alive(processes):
    return [
        process
        for process in processes
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_outputs_are_those_of_an_ordinary_kernel(tmp_path, monkeypatch):
    forked = notebook(*CELLS, tags=["raises-exception"])
    ordinary = notebook(*CELLS, tags=["raises-exception"])
    assert runner.run(forked, tmp_path) is not None
    monkeypatch.setattr(runner, "CAN_FORK", False)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # a kernel does not read its descriptors with it
    assert runner.run(ordinary, tmp_path) is None
    for ours, theirs in zip(forked.cells, ordinary.cells, strict=True):
        assert ours == theirs
    assert forked.metadata == ordinary.metadata


def test_empty_and_skipped_cells_do_not_run(tmp_path):
    done = notebook("1", " ", "2", "3")
    done.cells[2].metadata["tags"] = ["skip-execution"]
    runner.run(done, tmp_path)
    assert [cell.execution_count for cell in done.cells] == [1, None, None, 2]


def test_run_returns_the_files_that_were_opened(tmp_path):
    (tmp_path / "table").write_text("")
    opened = runner.run(notebook("open('table').close()"), tmp_path)
    assert str(tmp_path / "table") in opened


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("1 / 0", CellExecutionError),
        ("import time; time.sleep(60)", CellTimeoutError),
        ("import os; os.kill(os.getpid(), 9)", DeadKernelError),
    ],
)
def test_a_cell_that_fails_takes_too_long_or_kills_its_process_raises(tmp_path, cell, error):
    with pytest.raises(error):
        runner.run(notebook(cell), tmp_path, timeout=2)


def test_random_numbers_differ_between_runs(tmp_path):
    runs = [notebook("import random, numpy\nrandom.random(), numpy.random.random()") for _ in "12"]
    for run in runs:
        runner.run(run, tmp_path)
    first, second = [run.cells[0].outputs[0].data["text/plain"][1:-1].split(", ") for run in runs]
    assert first[0] != second[0] and first[1] != second[1]


def test_what_a_notebook_started_ends_with_it(tmp_path):
    code = "import subprocess; subprocess.Popen(['sleep', '300']).pid"
    done = notebook(code)
    runner.run(done, tmp_path)
    number = int(done.cells[0].outputs[0].data["text/plain"])
    wait_until(lambda: not psutil.pid_exists(number) or not alive([psutil.Process(number)]))


def test_nothing_outlives_a_parent_that_is_killed(tmp_path):
    cell = "import subprocess, time; subprocess.Popen(['sleep', '300'])\n"
    nbformat.write(notebook(cell + "open('started', 'w'); time.sleep(300)"), tmp_path / "a.ipynb")
    command = [sys.executable, "-m", "casi.book.run", str(tmp_path / "a.ipynb")]
    with subprocess.Popen(command) as parent:
        wait_until((tmp_path / "started").exists)
        family = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
    assert len(family) >= 3  # fork server, notebook, sleep
    wait_until(lambda: not alive(family))


def test_an_ordinary_kernel_runs_where_the_fork_server_has_threads(tmp_path):
    thread = "import threading, time\n"
    thread += "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    (tmp_path / "sitecustomize.py").write_text(thread)
    code = "import nbformat\nfrom pathlib import Path\nfrom casi.book.run import runner\n"
    code += "made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('6 * 7')])\n"
    code += "print(runner.run(made, Path()), made.cells[0].outputs[0].data['text/plain'])"
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert run.stdout == "None 42\n"
    assert "2 threads, so it cannot fork" in run.stderr
