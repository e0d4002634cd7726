import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from casi.book.run import warm
from casi.tables import ROOT

pytestmark = pytest.mark.skipif(not warm.CAN_FORK, reason="no process can fork here")

BEHAVIOURS = {
    "prints": ["import sys; print('out'); print('err', file=sys.stderr)", "1 + 1"],
    "raises": ["def f():\n    return 1 / 0", "f()"],
    "asks": ["input('name?')"],
    "threads": [
        "import threading\nt = threading.Thread(target=print, args=('in a thread',))\n"
        "t.start(); t.join()",
    ],
    "spawns": [
        "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(2)'],"
        " capture_output=True, text=True).stdout)\n",
        "!echo shell",
        "import multiprocessing as m\n"
        "with m.get_context('spawn').Pool(1) as p: print(p.map(abs, [-3]))",
    ],
    "exhausts": [
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))",
        "bytearray(2**33)",
    ],
    "displays": [
        "import pandas as pd, sys\npd.DataFrame({'a': [1]})",
        "sys.path[0], __name__, sys.stdin.isatty(), 'casi' in sys.modules",
    ],
}


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def run(cells, folder, **options):
    """What a notebook puts out, and how it ended."""
    nb = notebook(*cells)
    where = {"metadata": {"path": str(folder)}}
    end = None
    try:
        NotebookClient(nb, record_timing=False, resources=where, **options).execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        end = type(error)
    return [cell.outputs for cell in nb.cells], end


@pytest.fixture(scope="module")
def kernels():
    with warm.warm_kernels():
        yield


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_warm_kernel_puts_out_what_an_ordinary_one_does(name, kernels, tmp_path, monkeypatch):
    forked = run(BEHAVIOURS[name], tmp_path)
    monkeypatch.delenv(warm.NURSERY)
    assert forked == run(BEHAVIOURS[name], tmp_path)
    assert forked[0][0] or forked[0][-1] or forked[1]


def test_client_and_kernel_meet_where_nobody_else_can_look(kernels, tmp_path):
    shown, _ = run(["import ipykernel\nipykernel.get_connection_info(unpack=True)"], tmp_path)
    told = ast.literal_eval(shown[0][0]["data"]["text/plain"])
    folder = Path(os.environ[warm.NURSERY]).parent
    assert told["transport"] == "ipc" and Path(told["ip"]).parent == folder
    assert folder.stat().st_mode & 0o777 == 0o700


def test_at_once_lets_the_nursery_hold_kernels_back(kernels, monkeypatch):
    assert warm.at_once() > warm.CORES
    monkeypatch.delenv(warm.NURSERY)
    assert warm.at_once() == warm.CORES


def test_kernels_are_forked_off_one_process(kernels, tmp_path):
    parents = [run(["import os; os.getppid()"], tmp_path)[0][0][0]["data"] for _ in range(2)]
    assert parents[0] == parents[1] != {"text/plain": str(os.getpid())}


def test_a_cell_that_takes_too_long_is_interrupted(kernels, tmp_path):
    cells = ["import time\ntime.sleep(60)"]
    assert run(cells, tmp_path, timeout=1)[1] is CellTimeoutError
    outputs, end = run(cells, tmp_path, timeout=1, interrupt_on_timeout=True)
    assert end is CellExecutionError and outputs[0][0]["ename"] == "KeyboardInterrupt"


def test_a_kernel_that_is_killed_is_noticed(kernels, tmp_path):
    assert run(["import os; os.kill(os.getpid(), 9)"], tmp_path)[1] is DeadKernelError
    assert run(["1"], tmp_path)[1] is None


def test_a_kernel_that_is_asked_to_end_ends_by_itself(kernels, tmp_path, monkeypatch):
    started, start = [], warm.Warm
    monkeypatch.setattr(warm, "Warm", lambda *args: started.append(start(*args)) or started[-1])
    for _ in range(12):
        run(["1"], tmp_path)
    assert [kernel.wait() for kernel in started] == [0] * 12


def test_kernels_differ_in_chance(kernels, tmp_path):
    cells = ["import random, numpy\nrandom.random(), numpy.random.random()"]
    assert run(cells, tmp_path)[0] != run(cells, tmp_path)[0]


def test_never_more_kernels_than_cores(kernels, tmp_path):
    def ask(number):
        argv = ["-f", str(tmp_path / f"{number}.json")]
        return {"argv": argv, "cwd": str(tmp_path), "env": dict(os.environ)}

    first = [warm.Warm(ask(number), [1, 2]) for number in range(warm.CORES)]
    nursery = psutil.Process(first[0].pid).parent()
    code = (
        "import sys, json\nfrom casi.book.run.warm import Warm\n"
        "Warm(json.loads(sys.argv[1]), [1, 2])"
    )
    waiting = subprocess.Popen([sys.executable, "-c", code, json.dumps(ask(-1))])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(2)
    assert len(nursery.children()) == warm.CORES
    assert first[0].poll() is None
    first[0].terminate()
    assert first[0].wait() < 0
    assert waiting.wait(20) == 0
    for kernel in first[1:]:
        kernel.kill()
        assert kernel.wait() == -signal.SIGKILL


def test_nothing_outlives_a_command_that_is_killed(tmp_path, monkeypatch):
    monkeypatch.delenv(warm.NURSERY, raising=False)
    code = (
        "import nbformat, sys; from nbclient import NotebookClient; from pathlib import Path\n"
        'code = \'import subprocess, time\\nsubprocess.Popen(["sleep", "300"])\\n\'\n'
        'code += \'open("started", "w").close(); time.sleep(300)\'\n'
        "nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])\n"
        "NotebookClient(nb, resources={'metadata': {'path': sys.argv[1]}}).execute()\n"
    )
    command = [
        sys.executable,
        "-m",
        "casi.book.run.warm",
        sys.executable,
        "-c",
        code,
        str(tmp_path),
    ]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    until(lambda: (tmp_path / "started").exists())
    family = psutil.Process(run.pid).children(recursive=True)
    assert len(family) >= 4  # nursery, command, kernel, sleep
    run.kill()
    run.wait()
    until(lambda: not any(map(alive, family)))


def alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def until(done, seconds=30):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_die_with_parent(tmp_path):
    code = "import subprocess; from casi.book.run.warm import die_with_parent as d\n"
    code += "print(subprocess.Popen(['sleep', '300'], preexec_fn=d, stdout=2).pid)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    until(lambda: not Path(f"/proc/{done.stdout.strip()}").exists())


def test_main_runs_a_command_with_warm_kernels(monkeypatch):
    monkeypatch.delenv(warm.NURSERY, raising=False)
    monkeypatch.delenv(warm.PROVISIONER, raising=False)
    code = "import os, sys; sys.exit(3 if os.environ['CASI_NURSERY'] else 0)"
    assert warm.main([sys.executable, "-c", code]) == 3
    assert warm.NURSERY not in os.environ and warm.PROVISIONER not in os.environ


def test_without_fork_ordinary_kernels_run_and_it_is_said(monkeypatch, capsys, tmp_path):
    monkeypatch.delenv(warm.NURSERY, raising=False)
    monkeypatch.setattr(warm, "CAN_FORK", False)
    with warm.warm_kernels():
        assert warm.NURSERY not in os.environ
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_an_ordinary_kernel_runs_where_the_nursery_is_gone(kernels, monkeypatch, tmp_path):
    monkeypatch.setenv(warm.NURSERY, str(tmp_path / "none"))
    assert run(["1"], tmp_path)[1] is None
    assert issubclass(warm.WarmProvisioner, warm.LocalProvisioner)
