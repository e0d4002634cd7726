import shutil
import subprocess

import pytest

from casi.book.editions import release, site
from casi.tables import ROOT

NAMES = ("CITATION.cff", "CHANGELOG.md", "README.md", "pyproject.toml", "data/datapackage.json")
VERSION = release.versions(ROOT)["CITATION.cff"]


def git(root, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", root, *who, *words], check=True)


def commit(root):
    git(root, "add", "-A")
    git(root, "commit", "-qm", "m")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A repository that is ready to be tagged, its tests a line of shell."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
    (tmp_path / "data").mkdir()
    for name in NAMES:
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "Makefile").write_text("test:\n\t@test ! -e broken\n")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def to_version(root, version):
    for name in NAMES:
        path = root / name
        path.write_text(path.read_text("utf-8").replace(VERSION, version), "utf-8")


def test_the_files_of_this_report_agree_on_its_version():
    assert set(release.versions(ROOT).values()) == {VERSION}
    assert site.changelog(ROOT, VERSION)


def test_release_tags_and_pushes_nothing(root, capsys):
    assert release.faults(root, VERSION) == []
    assert release.release(root, VERSION) == 0
    assert site.tagged(root) == [VERSION]
    assert "Nothing was pushed" in capsys.readouterr().out
    [line] = [each for each in release.faults(root, VERSION) if "tagged already" in each]
    assert "take the next" in line


def test_faults_are_named_all_at_once(root):
    (root / "note.txt").write_text("")
    found = "\n".join(release.faults(root, "2031.01"))
    assert "not clean" in found and "note.txt" in found
    assert found.count(f"says {VERSION}, not 2031.01") == 4
    assert "CHANGELOG.md has no section 2031.01" in found
    assert release.faults(root, "soon") == [
        "'soon' is no version: write year and month, as in 2026.12 or 2026.12.1"
    ]


def test_failing_tests_keep_it_from_being_tagged(root, capsys):
    (root / "broken").touch()
    commit(root)
    assert release.release(root, VERSION) == 1
    assert site.tagged(root) == []
    assert "Tests fail" in capsys.readouterr().err


def test_the_edition_before_must_be_kept_to_compare_with(root):
    assert release.keep_previous(root) is None
    release.release(root, VERSION)
    to_version(root, "2031.01")
    commit(root)
    [line] = release.faults(root, "2031.01")
    assert "data/previous.zip holds nothing" in line and "make previous" in line
    assert release.keep_previous(root) == root / "data" / "previous.zip"
    assert release.previous(root) == VERSION
    commit(root)
    assert release.faults(root, "2031.01") == []
    [line] = [each for each in release.faults(root, "2020.01") if "older" in each]
    assert VERSION in line


def test_main_says_how_it_is_called(capsys):
    assert release.main([]) == 2
    assert "VERSION=" in capsys.readouterr().err
