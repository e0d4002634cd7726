import os
import shutil
import subprocess

import pytest

from casi.book.editions import edition
from casi.tables import ROOT, descriptor

DAY = 1_700_000_000


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    return tmp_path


def test_edition_is_that_of_the_citation_file_and_of_the_tables(root):
    ours = edition.edition(root)
    assert isinstance(ours, edition.Edition)
    assert ours.title == "Central Asia Security Integration"
    assert ours.number == descriptor()["version"]
    assert ours.stem == f"central-asia-security-integration-{ours.version}"
    assert "\n" not in ours.abstract


def git(root, *words, **more):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", root, *who, *words], check=True, env=os.environ | more)


def commit(root):
    git(root, "init", "-q")
    git(root, "add", ".")
    dates = {"GIT_AUTHOR_DATE": f"@{DAY} +0000", "GIT_COMMITTER_DATE": f"@{DAY} +0000"}
    git(root, "commit", "-q", "-m", "m", **dates)


def test_source_date_is_that_of_the_last_commit(root):
    commit(root)
    assert edition.source_date(root) == DAY
    assert edition.edition(root).day == "14 November 2023"


def test_only_the_tagged_source_is_an_edition(root):
    commit(root)
    version = edition.edition(root).number
    assert edition.state(root, version) == edition.DRAFT
    assert edition.edition(root).name == f"Draft of edition {version}"
    assert edition.edition(root).folder == "latest"
    git(root, "tag", f"v{version}")
    ours = edition.edition(root)
    assert (ours.draft, ours.name, ours.folder) == (False, f"Edition {version}", version)
    (root / "CITATION.cff").write_text((root / "CITATION.cff").read_text() + "# more\n")
    assert edition.edition(root).draft


def test_a_file_that_is_not_in_the_tag_makes_a_draft(root):
    commit(root)
    version = edition.edition(root).number
    git(root, "tag", f"v{version}")
    (root / "new.csv").touch()
    assert edition.state(root, version) == edition.DRAFT


def test_a_tag_of_another_version_makes_a_draft(root):
    commit(root)
    git(root, "tag", "v1999.01")
    assert edition.edition(root).draft


def test_without_an_answer_from_git_the_state_is_unknown(root):
    ours = edition.edition(root)
    assert ours.version == f"{ours.number}-unknown"
    assert ours.name == f"Copy of unknown state, near edition {ours.number}"
    assert (ours.draft, ours.folder) == (True, "latest")


def test_a_repository_of_somebody_else_has_an_unknown_state(root, monkeypatch):
    commit(root)
    git(root, "tag", f"v{edition.edition(root).number}")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    assert edition.edition(root).version.endswith(edition.UNKNOWN)


def test_addresses_are_empty_until_they_are_set(root):
    assert (edition.edition(root).site, edition.edition(root).repository) == ("", "")
    with (root / "CITATION.cff").open("a") as file:
        file.write("url: https://example.org/book/\n")
    assert edition.edition(root).site == "https://example.org/book"


def test_source_date_can_be_named(root, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert edition.source_date(root) == 86400


def test_without_git_it_is_the_day_of_release(root):
    assert edition.edition(root).made.date().isoformat() in (root / "CITATION.cff").read_text()


def test_a_draft_can_be_asked_for(root, monkeypatch):
    ours = edition.edition(root)
    assert ours.as_draft().draft and ours.as_draft().as_draft() == ours.as_draft()
    monkeypatch.setenv(edition.DRAFT_VARIABLE, "1")
    assert edition.edition(root) == ours.as_draft()
