"""Two builds of a commit, in unlike places, are compared file by file."""

import subprocess

import pytest

from casi.book.editions import reproduce

SAME = "mkdir -p _build/html/downloads && echo page > _build/html/index.html"
DATED = "date +%Z > _build/html/date.txt"


@pytest.fixture
def repository(tmp_path):
    """Return a function that makes a repository whose `make offline` runs some commands."""

    def make(*commands):
        root = tmp_path / "report"
        root.mkdir()
        recipe = "\n".join(f"\t@{command}" for command in (SAME, *commands))
        (root / "Makefile").write_text(f"offline:\n{recipe}\n")
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "m"]):
            subprocess.run(["git", "-C", root, *words], check=True)
        return root

    return make


def test_builds_without_a_difference_pass(repository, capsys):
    assert reproduce.main(repository()) == 0
    assert "All 1 files" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        DATED,
        "pwd > _build/html/where.txt",
        "umask > _build/html/rights.txt",
        "echo $$LC_ALL > _build/html/language.txt",
        "echo $$PYTHONHASHSEED > _build/html/order.txt",
        "test $$LC_ALL = POSIX || touch _build/html/only.txt",
    ],
)
def test_what_depends_on_the_place_is_named(repository, capsys, command):
    assert reproduce.main(repository(command)) == 1
    line = capsys.readouterr().err.splitlines()[0]
    assert line.startswith(command.split("/")[-1]) and "differs" in line


def test_a_commit_made_meanwhile_is_in_neither_build(repository):
    commit = "commit -q --allow-empty -m n"
    origin = "$$(git config remote.origin.url)"
    who = "-c user.name=a -c user.email=a@example.org"
    root = repository(
        "git rev-parse HEAD > _build/html/commit.txt", f"git -C {origin} {who} {commit}"
    )
    assert reproduce.main(root) == 0


def test_hidden_files_are_not_part_of_a_release(repository):
    assert reproduce.main(repository("pwd > _build/html/.buildinfo")) == 0


def test_a_build_that_fails_compares_nothing(repository, capsys):
    assert reproduce.main(repository("false")) == 1
    assert "a build failed" in capsys.readouterr().err
