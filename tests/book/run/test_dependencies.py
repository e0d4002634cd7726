import json
import shutil
import subprocess
import sys

import nbformat
import pytest

from casi.book.run import execute, runner
from casi.book.run.dependencies import (
    ALWAYS,
    content,
    hold,
    inputs,
    of_book,
    reasons,
    without_checksums,
)
from casi.tables import ROOT

CODE = {
    "a": "import sys; sys.path.insert(0, '..')\nimport casi.x as x; x.read('one')",
    "b": "import sys; sys.path.insert(0, '..')\nimport casi.y as y; y.read('two')",
    "c": "1 + 1",
}
X = "def read(name):\n    return open(f'../data/{name}.csv').read()\n"
CHANGES = {
    "data/one.csv": {"a"},
    "data/two.csv": {"b"},
    "data/three.csv": set(),
    "casi/x.py": {"a", "b"},
    "casi/y.py": {"b"},
    "casi/z.py": set(),
    "casi/__init__.py": {"a", "b"},
    "references.bib": set(),
    "requirements.txt": {"a", "b", "c"},
    "data/new.csv": {"a", "b", "c"},
}


@pytest.fixture
def root(tmp_path):
    for folder in ("data", "casi", "chapters"):
        (tmp_path / folder).mkdir()
    for name in ("one", "two", "three"):
        (tmp_path / "data" / f"{name}.csv").write_text(name)
    modules = {"__init__": "", "x": X, "y": "from casi.x import read\n", "z": ""}
    for name, text in modules.items():
        (tmp_path / "casi" / f"{name}.py").write_text(text)
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "references.bib").write_text("")
    for name, code in CODE.items():
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        nbformat.write(nb, tmp_path / "chapters" / f"{name}.ipynb")
    return tmp_path


def executed(root):
    return {path.stem for path in execute.execute_notebooks(root)}


def folder(root):
    return execute.cache_for(root)


@pytest.mark.skipif(not runner.CAN_FORK, reason="ordinary kernels record nothing")
def test_a_change_runs_the_notebooks_it_can_alter_and_no_other(root):
    assert executed(root) == {"a", "b", "c"}
    assert executed(root) == set()
    for name, altered in CHANGES.items():
        path = root / name
        path.write_text((path.read_text() if path.exists() else "") + "\n")
        assert (name, executed(root)) == (name, altered)


def test_corrupt_outputs_are_made_again(root):
    executed(root)
    cached = sorted(folder(root).glob("executed/*/base.ipynb"))
    cached[0].write_text(cached[0].read_text().replace("one", "two") + " ")
    cached[1].with_name(execute.RECEIPT).unlink()
    cached[2].with_name(execute.RECEIPT).write_text("{")
    assert executed(root) == {"a", "b", "c"}
    (folder(root) / "global.db").write_bytes(b"no database" * 100)
    assert executed(root) == {"a", "b", "c"}
    shutil.rmtree(folder(root) / "executed")
    assert executed(root) == {"a", "b", "c"}


def test_record_opened_lists_each_file_that_code_tries_to_open(tmp_path):
    (tmp_path / "read").write_text("")
    code = (
        "import os, sys\nfrom casi.book.run.dependencies import ALWAYS, record_opened\n"
        "os.chdir(sys.argv[1]); paths = record_opened()\n"
        "open('read'); open('read'); os.path.exists('seen')\n"
        "try: open('missing')\nexcept OSError: print(*sorted(paths), sep='\\n')\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    ours = [line for line in run.stdout.splitlines() if str(tmp_path) in line]
    assert ours == [str(tmp_path / "missing"), str(tmp_path / "read")]


def test_of_book_names_sources_for_their_bytecode(tmp_path):
    lines = ["casi/__pycache__/x.cpython-311.pyc", "data/a.csv", ".venv/lib/p.py"]
    paths = [*(f"{tmp_path}/{line}" for line in lines), "/etc/hosts"]
    assert of_book(tmp_path, paths) == sorted(["casi/x.py", "data/a.csv", *ALWAYS])


def test_outputs_depend_on_the_rules_they_were_checked_by(tmp_path):
    assert "casi/book/run/notebook_rules.py" in of_book(tmp_path, [])


def test_reasons_hold_until_a_file_changes_comes_or_goes(tmp_path):
    (tmp_path / "a").write_text("1")
    known = reasons(tmp_path, ["a", "b"])
    assert known["b"] == "" and hold(tmp_path, known)
    (tmp_path / "b").write_text("")
    assert not hold(tmp_path, known)
    assert not hold(tmp_path, {})


def test_a_notebook_in_an_ordinary_kernel_may_have_opened_every_input(root, monkeypatch):
    monkeypatch.setattr(runner, "run", lambda notebook, folder: None)
    assert "data/two.csv" in inputs(root)
    known = execute.run(nbformat.v4.new_notebook(), root / "chapters" / "c.ipynb", root)
    assert hold(root, known)
    (root / "data" / "two.csv").write_text("2")
    assert not hold(root, known)


def test_content_of_a_descriptor_is_all_but_the_checksums_of_its_tables(tmp_path):
    path = tmp_path / "datapackage.json"
    contents = []
    for title, checksum in (("States", "1"), ("States", "2"), ("Countries", "2")):
        entry = {"title": title, "hash": checksum, "bytes": 1}
        assert without_checksums(entry) == {"title": title}
        path.write_text(json.dumps({"resources": [entry]}))
        contents.append(content(path))
    assert contents[0] == contents[1] != contents[2]
    (tmp_path / "a.csv").write_bytes(b"a")
    assert content(tmp_path / "a.csv") == b"a"


def test_whoever_shows_a_checksum_opens_the_table_too():
    modules = [path for path in (ROOT / "casi").rglob("*.py") if "book" not in path.parts]
    shown = {path.name for path in modules if '"hash"' in path.read_text()}
    assert shown == {"checks.py", "codebook.py", "package_checks.py", "text.py"}
    assert "len(load(entry" in (ROOT / "casi" / "record" / "codebook.py").read_text()
