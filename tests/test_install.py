"""Installing: exact versions, each file checked against the hash that stands in the repository."""

import re
import shutil
import subprocess

import pytest

from casi.tables import ROOT

LOCKED = sorted(path.name for path in ROOT.glob("requirements*.txt"))
SMALL = "alabaster"  # a package that needs no other
ENTRY = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==\S+.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def entries(name):
    """Return the text of each requirement in a file, by the name of the package."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {found[1]: found[0] for found in ENTRY.finditer(text)}


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_has_one_version_and_its_hashes(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith((" ", "#"))]
    locked = entries(name)
    assert {re.split(r"\[|==", line)[0] for line in named} == set(locked) and len(locked) > 10
    assert all("==" in line for line in named)
    assert [package for package, text in locked.items() if "--hash=sha256:" not in text] == []


@pytest.mark.parametrize("name", LOCKED)
def test_everything_asked_for_is_locked(name):
    asked = (ROOT / name.replace(".txt", ".in")).read_text(encoding="utf-8")
    packages = re.findall(r"^(?!-r)[\w-]+", asked, re.MULTILINE)
    assert {package.lower() for package in packages} <= set(entries(name))


def install(folder, requirement):
    """Run `make`'s installation of one requirement in a folder that holds no other package."""
    shutil.copy(ROOT / "Makefile", folder)
    (folder / ".venv" / ".ready").unlink(missing_ok=True)
    (folder / "pyproject.toml").touch()
    (folder / "requirements.txt").write_text(requirement, encoding="utf-8")
    command = ["make", "-C", folder, ".venv/.ready"]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    installed = list(folder.glob(f".venv/lib/*/site-packages/{SMALL}"))
    return run.stdout + run.stderr, bool(installed), run.returncode


def test_a_changed_hash_stops_the_installation_and_the_right_one_does_not(tmp_path):
    sound = entries("requirements.txt")[SMALL]
    changed = re.sub(r"sha256:.", lambda found: "sha256:" + "10"[found[0][-1] == "1"], sound)
    assert changed != sound
    said, installed, code = install(tmp_path, changed)
    assert code and not installed and SMALL in said and "hash" in said.lower()
    assert install(tmp_path, sound)[1]
