import json
import shutil
import subprocess
import sys

import nbformat
import pytest

from casi.book.run import execute, warm
from casi.book.run.dependencies import content, hold, inputs, opened, reasons, without_checksums
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


@pytest.mark.skipif(not warm.CAN_FORK, reason="ordinary kernels record nothing")
def test_a_change_runs_the_notebooks_it_can_alter_and_no_other(root):
    with warm.warm_kernels():
        assert executed(root) == {"a", "b", "c"}
        assert executed(root) == set()
        for name, altered in CHANGES.items():
            path = root / name
            path.write_text((path.read_text() if path.exists() else "") + "\n")
            assert (name, executed(root)) == (name, altered)


def test_what_is_corrupt_is_made_again_not_trusted(root):
    with warm.warm_kernels():
        executed(root)
        kept = sorted(folder(root).glob("executed/*/base.ipynb"))
        kept[0].write_text(kept[0].read_text().replace("one", "two") + " ")
        assert len(executed(root)) == 1
        kept[1].with_name(execute.RECEIPT).unlink()
        assert len(executed(root)) == 1
        kept[2].with_name(execute.RECEIPT).write_text("{")
        assert len(executed(root)) == 1
        (folder(root) / "global.db").write_bytes(b"no database" * 100)
        assert len(executed(root)) == 3
        shutil.rmtree(folder(root) / "executed")
        assert len(executed(root)) == 3


def test_record_opened_writes_each_file_once(tmp_path):
    (tmp_path / "read").write_text("")
    code = (
        "import os, sys; from pathlib import Path\n"
        "from casi.book.run.dependencies import record_opened\n"
        "os.chdir(sys.argv[1]); record_opened(Path('log'))\n"
        "open('read'); open('read'); os.path.exists('seen')\n"
        "try: open('missing')\nexcept OSError: pass\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(tmp_path)], check=True)
    ours = [line for line in (tmp_path / "log").read_text().splitlines() if str(tmp_path) in line]
    assert ours == [str(tmp_path / "read"), str(tmp_path / "missing")]


def test_opened_names_sources_for_their_bytecode(tmp_path):
    record = tmp_path / "record"
    lines = ["casi/__pycache__/x.cpython-311.pyc", "data/a.csv", ".venv/lib/p.py"]
    record.write_text("\n".join([*(f"{tmp_path}/{line}" for line in lines), "/etc/hosts"]))
    assert opened(tmp_path, record) == ["casi/x.py", "data/a.csv", "requirements.txt"]


def test_reasons_hold_until_a_file_changes_comes_or_goes(tmp_path):
    (tmp_path / "a").write_text("1")
    known = reasons(tmp_path, ["a", "b"])
    assert known["b"] == "" and hold(tmp_path, known)
    (tmp_path / "b").write_text("")
    assert not hold(tmp_path, known)
    assert not hold(tmp_path, {})


def test_a_kernel_that_recorded_nothing_may_have_opened_every_input(root, monkeypatch):
    monkeypatch.delenv(warm.NURSERY, raising=False)
    assert "data/two.csv" in inputs(root)
    _, known = execute.run(root / "chapters" / "c.ipynb", root)
    assert hold(root, known)
    (root / "data" / "two.csv").write_text("2")
    assert not hold(root, known)


def test_content_of_a_descriptor_is_all_but_the_checksums_of_its_tables(tmp_path):
    path = tmp_path / "datapackage.json"
    said = []
    for title, checksum in (("States", "1"), ("States", "2"), ("Countries", "2")):
        entry = {"title": title, "hash": checksum, "bytes": 1}
        assert without_checksums(entry) == {"title": title}
        path.write_text(json.dumps({"resources": [entry]}))
        said.append(content(path))
    assert said[0] == said[1] != said[2]
    (tmp_path / "a.csv").write_bytes(b"a")
    assert content(tmp_path / "a.csv") == b"a"


def test_whoever_shows_a_checksum_opens_the_table_too():
    shown = {path.name for path in (ROOT / "casi").rglob("*.py") if '"hash"' in path.read_text()}
    assert shown - {"checks.py", "text.py", "dependencies.py"} == set()
    assert '"Hash": [f"`{entry[\'hash\']' in (ROOT / "casi" / "record" / "codebook.py").read_text()
    assert "len(load(entry" in (ROOT / "casi" / "record" / "codebook.py").read_text()
