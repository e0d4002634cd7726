"""The Python package: made twice, and installed where there is nothing else."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import replace

import nbformat
import pytest

from casi import checks, tables
from casi.book.editions import archives, package_cell, wheel
from casi.book.editions.edition import edition

USE = """
import json, sys, time, casi
frame = casi.load("exercises")
seconds = time.process_time()
others = {name.partition(".")[0] for name in sys.modules} - {*sys.stdlib_module_names}
row = "exercises/" + frame["exercise"][0]
print(json.dumps({
    "file": casi.__file__, "rows": len(frame), "sources": len(casi.sources(row)),
    "cite": casi.cite("exercises"), "others": sorted(others), "seconds": seconds,
}))
from casi.chapter import *
from casi.measures import exercises, networks
"""

PROJECT = tomllib.loads((tables.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DEPENDENCIES = {
    re.split("[<>=]", each)[0].replace("-", "_")
    for each in sum(EXTRAS.values(), PROJECT["dependencies"])
}


@pytest.fixture(scope="module")
def made():
    return wheel.make_wheel()


def test_the_package_holds_the_data_package_and_types(made):
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        package = archives.data_package(tables.ROOT, edition(tables.ROOT))
        with zipfile.ZipFile(package) as data:
            for name in data.namelist():
                assert archive.read(f"casi/data/{name}") == data.read(name)
    assert "casi/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_the_same_sources_give_the_same_bytes(made):
    first = made.read_bytes()
    again = wheel.make_wheel()
    assert again == made and again.read_bytes() == first
    assert made.name == package_cell.package_name(edition(tables.ROOT))


@pytest.fixture(scope="module")
def python(made, tmp_path_factory):
    """Python of an environment with the package and what runs notebooks, and no more."""
    folder = tmp_path_factory.mktemp("stranger")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    needed = [made, "ipykernel", "nbclient"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
    return python


def test_it_installs_alone_and_loads_tables_and_measures(python, tmp_path):
    run = [python, "-W", "error", "-c", USE]
    told = json.loads(subprocess.run(run, check=True, capture_output=True, cwd=tmp_path).stdout)
    assert told["file"].startswith(str(python.parent.parent))
    assert {*told["others"]} & DEPENDENCIES == {"numpy", "pandas"}  # others, when they are needed
    assert told["seconds"] < 1  # of processor time, from the start of Python
    assert told["rows"] == len(tables.read("exercises")) and told["sources"]
    state = "draft of edition" if edition(tables.ROOT).draft else "edition"
    assert f", {state} " in told["cite"]


def test_a_chapter_in_an_empty_folder_gives_the_same_outputs(python, tmp_path):
    path = tmp_path / "borders.ipynb"
    shutil.copy(tables.ROOT / "chapters" / path.name, path)
    stored = nbformat.read(path, as_version=4)
    run = [python.with_name("jupyter-execute"), "--inplace", path]
    subprocess.run(run, check=True, capture_output=True, cwd=tmp_path)
    again = nbformat.read(path, as_version=4)
    assert [cell.get("outputs") for cell in again.cells] == [
        cell.get("outputs") for cell in stored.cells
    ]


@pytest.mark.parametrize(("draft", "ending"), [(True, ".dev0"), (False, "")])
def test_a_draft_has_a_version_that_is_no_edition(tmp_path, draft, ending):
    ours = edition(tables.ROOT)
    ours = ours.as_draft() if draft else replace(ours, version=ours.number)
    copy = tmp_path / "pyproject.toml"
    copy.write_bytes((tables.ROOT / copy.name).read_bytes())
    wheel.set_version(copy, ours)
    project = tomllib.loads(copy.read_text(encoding="utf-8"))["project"]
    assert project["version"] == ours.number + ending


def test_faulty_tables_stop_it(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "check_all", lambda folder: ["data/x.csv: row 2: wrong"])
    with pytest.raises(RuntimeError, match=r"data/x\.csv: row 2"):
        wheel.make_wheel(tmp_path)
    assert not [*tmp_path.iterdir()]


def test_what_it_needs_is_locked_for_the_report_too():
    asked = {name.replace("_", "-") for name in DEPENDENCIES}
    files = ("requirements.txt", "requirements-lab.txt")
    locked = "".join((tables.ROOT / name).read_text(encoding="utf-8") for name in files)
    assert asked <= set(re.findall(r"^([\w-]+)(?:\[.*?\])?==", locked, re.MULTILINE))
    assert set(EXTRAS) == {"book", "test", "lab"}


def test_packages_that_only_make_formats_are_not_needed_to_read_tables():
    small = {re.split("[<>=]", each)[0] for each in PROJECT["dependencies"]}
    assert small.isdisjoint({"duckdb", "frictionless", "jsonschema", "pyarrow", "pyreadstat"})
