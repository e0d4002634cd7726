"""Workflows and the places where chapters run: valid, pinned, with only the rights they need."""

import json
import re
import shlex
import shutil
import subprocess
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from casi.tables import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: (?P<action>[\w-]+/[\w-]+)@(?P<pin>[0-9a-f]{40} # v\d+\.\d+\.\d+)\n")
MAY_WRITE = {
    ("publish", "release"): {"contents": "write", "id-token": "write", "attestations": "write"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
}
BIN = sysconfig.get_path("scripts")
CHECKERS = {
    "jactionlint": ["--strict-exit", "--no-ignores"],
    "zizmor": ["--offline", "--quiet", "--no-ignores", "--strict-collection", "."],
}
FAULTS = {  # what each checker must see
    "jactionlint": ("timeout-minutes:", "time-out-minutes:"),
    "zizmor": ("@[0-9a-f]{40}", "@main"),
}
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps():
    """Every step of every job."""
    jobs = [job for path in WORKFLOWS for job in read(path)["jobs"].values()]
    return [step for job in jobs for step in job["steps"]]


def devcontainer():
    return json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))


def commands():
    """The words of every command that a workflow or the development container runs."""
    lines = [line for step in steps() for line in step.get("run", "").splitlines()]
    return [shlex.split(line) for line in [*lines, devcontainer()["postCreateCommand"]]]


@each_workflow
def test_every_action_is_pinned_by_commit_with_its_version(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("uses:") == len(PINNED.findall(text)) > 0


def test_an_action_has_the_same_pin_everywhere():
    pins = {found for path in WORKFLOWS for found in PINNED.findall(path.read_text("utf-8"))}
    assert len(pins) == len({action for action, _ in pins})


@each_workflow
def test_every_job_has_only_the_rights_it_needs(path):
    workflow = read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        allowed = MAY_WRITE.get((path.stem, name), {"contents": "read"})
        assert job["permissions"] == allowed, name


@each_workflow
def test_every_job_ends_in_time_and_takes_its_turn(path):
    workflow = read(path)
    assert workflow["concurrency"]["group"]
    assert all(0 < job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())


def test_no_checkout_leaves_its_token_behind():
    checkouts = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def check(name, root):
    command = [shutil.which(name, path=BIN), *CHECKERS[name]]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def copied(tmp_path):
    """A repository with our workflows, which a test may break."""
    (tmp_path / ".git").mkdir()
    shutil.copytree(GITHUB, tmp_path / ".github")
    return tmp_path


@pytest.mark.parametrize("name", CHECKERS)
def test_checkers_find_nothing(name, copied):
    run = check(name, copied)
    assert run.returncode == 0, run.stdout + run.stderr


@each_workflow
@pytest.mark.parametrize("name", CHECKERS)
def test_checkers_find_a_fault(name, path, copied):
    faulty = re.sub(*FAULTS[name], path.read_text(encoding="utf-8"), count=1)
    (copied / path.relative_to(ROOT)).write_text(faulty, encoding="utf-8")
    run = check(name, copied)
    assert run.returncode and path.name in run.stdout


def test_every_command_exists():
    made = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(READY):", ".venv/.ready:")
    scripts = {str(path.relative_to(ROOT).as_posix()) for path in (ROOT / ".ci").iterdir()}
    modules = []
    for program, *words in commands():
        if program == "make":
            assert re.search(rf"^{re.escape(words[0])}:", made, re.MULTILINE), words
        elif program == "python":
            modules.append(words[1])
        else:
            assert program in scripts | {"gh", "cp"} or shutil.which(program, path=BIN), program
    assert {"casi.checks", "pytest", "pip"} <= set(modules) and all(map(find_spec, modules))


def test_everything_named_in_a_command_is_there():
    names = [word.partition("=")[2] or word for words in commands() for word in words]
    ours = [name for name in names if name.startswith(("tests", "chapters", "requirements", ".ci"))]
    assert len(ours) > 10 and [name for name in ours if not (ROOT / name).exists()] == []


def test_scripts_can_be_run():
    listed = ["git", "ls-files", "--stage", ".ci", ".binder/postBuild"]
    run = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout and all(line.startswith("100755") for line in run.stdout.splitlines())


def test_the_same_python_runs_everywhere():
    python = {
        step["with"]["python-version"] for step in steps() if "python" in step.get("uses", "")
    }
    python.add((ROOT / ".binder" / "runtime.txt").read_text().strip().removeprefix("python-"))
    python.add(re.search(r"python:([\d.]+)-", devcontainer()["image"])[1])
    [named] = python
    assert f'requires-python = ">={named}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_binder_installs_what_the_report_pins_and_what_shows_numbers_in_prose():
    [line] = (ROOT / ".binder" / "requirements.txt").read_text().splitlines()
    assert (ROOT / ".binder" / line.removeprefix("-r ")).resolve() == ROOT / "requirements-lab.txt"
    assert "pip install --quiet --no-deps --no-build-isolation -e ." in (
        ROOT / ".binder" / "postBuild"
    ).read_text("utf-8")


def test_the_development_container_uses_the_environment_that_it_makes():
    settings = devcontainer()["customizations"]["vscode"]["settings"]
    python = Path(settings["python.defaultInterpreterPath"])
    assert devcontainer()["postCreateCommand"].split()[1] == f"{python.parts[0]}/.ready"


def test_updates_are_asked_for_actions_and_packages():
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}


def test_no_system_changes_the_bytes_of_a_file():
    asked = ["git", "check-attr", "text", "data/claims.csv", "chapters/claims.ipynb", ".ci/run"]
    run = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.rpartition(" ")[2] for line in run.stdout.splitlines()] == ["unset"] * 3


def test_no_workflow_names_an_owner():
    """The address stands in `CITATION.cff` alone."""
    files = [*WORKFLOWS, ROOT / ".ci" / "publish", *(ROOT / ".binder").iterdir()]
    assert [path.name for path in files if "github.com/" in path.read_text("utf-8")] == []
