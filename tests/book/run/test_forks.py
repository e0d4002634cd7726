"""A process that forks, for modules made by hand."""

import pytest

from casi.book.run import forks

MODULE = """
import os, sys
print("pandas" in sys.modules, "casi" in sys.modules, sys.argv[1:], os.environ.get("NAME"))
print(open("here").read(), file=sys.stderr)
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def server():
    if not (started := forks.start()):
        pytest.skip("processes of this system cannot fork")
    yield started
    started.end()


@pytest.fixture
def run(server, tmp_path):
    (tmp_path / "asked.py").write_text(MODULE)
    (tmp_path / "here").write_text("Here.")

    def call(code, **environment):
        outputs = tmp_path / "out", tmp_path / "err"
        found = server.run(tmp_path, "asked", code, environment=environment, outputs=outputs)
        return found, *(path.read_text() for path in outputs)

    return call


def test_a_module_runs_in_its_folder_with_its_arguments_and_variables(run):
    code, out, err = run("0", NAME="x")
    assert (code, out, err) == (0, "True False ['0'] x\n", "Here.\n")


def test_its_exit_code_is_returned_and_the_next_starts_afresh(run):
    assert run("3", NAME="x")[:2] == (3, "True False ['3'] x\n")
    assert run("0")[:2] == (0, "True False ['0'] None\n")


def test_an_edit_of_a_module_counts_at_once(run, tmp_path):
    assert run("0")[0] == 0
    (tmp_path / "asked.py").write_text("raise SystemExit(5)  # another size than before")
    assert run("0")[0] == 5


def test_a_process_that_has_ended_is_an_error(tmp_path):
    if not (started := forks.start()):
        pytest.skip("processes of this system cannot fork")
    started.end()
    with pytest.raises((OSError, ValueError)):
        started.run(tmp_path, "asked")


def test_without_forks_there_is_no_process(monkeypatch):
    monkeypatch.setattr(forks, "CAN_FORK", False)
    assert forks.start() is None
