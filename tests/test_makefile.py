"""The Makefile makes the environment, and makes it anew where the report was moved or copied."""

import shutil
import subprocess

import pytest

from casi.tables import ROOT

PYTHON = """#!/bin/sh
if [ "$2" = venv ]; then mkdir -p .venv/bin && ln -s /bin/true .venv/bin/python; fi
"""  # enough of an interpreter to make an environment of; pip is left out by INSTALL


@pytest.fixture
def checkout(tmp_path):
    """A folder with the Makefile and an environment in which `note` was written."""
    folder = tmp_path / "first"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("requirements.txt", "pyproject.toml"):
        (folder / name).touch()
    (folder / "python").write_text(PYTHON)
    (folder / "python").chmod(0o755)
    make(folder)
    (folder / ".venv" / "note").touch()
    return folder


def make(folder):
    """Make the environment and return what was printed."""
    command = ["make", "--no-print-directory", ".venv/.ready", "PYTHON=./python", "INSTALL=true"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_an_environment_is_kept_while_nothing_changes(checkout):
    make(checkout)
    assert (checkout / ".venv" / "note").exists()


def test_new_requirements_are_installed_into_the_same_environment(checkout):
    (checkout / ".venv" / ".ready").unlink()
    assert "Installing" in make(checkout)
    assert (checkout / ".venv" / "note").exists()


@pytest.mark.parametrize("transfer", [shutil.move, shutil.copytree])
def test_a_report_elsewhere_gets_an_environment_of_its_own(checkout, transfer):
    moved = checkout.parent / "second"
    transfer(checkout, moved)
    assert f"The report was at {checkout}" in make(moved)
    assert not (moved / ".venv" / "note").exists()
    assert (moved / ".venv" / "bin" / "python").exists()
    assert "The report was at" not in make(moved)
