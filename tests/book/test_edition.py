import os
import shutil
import subprocess

import pytest

from casi.book import edition
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
    assert ours.version == descriptor()["version"]
    assert ours.stem == f"central-asia-security-integration-{ours.version}"
    assert "\n" not in ours.abstract


def test_source_date_is_that_of_the_last_commit(root):
    dates = {"GIT_AUTHOR_DATE": f"@{DAY} +0000", "GIT_COMMITTER_DATE": f"@{DAY} +0000"}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "m"]):
        subprocess.run(["git", "-C", root, *words], check=True, env=os.environ | dates)
    assert edition.source_date(root) == DAY
    assert edition.edition(root).day == "14 November 2023"


def test_source_date_can_be_named(root, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert edition.source_date(root) == 86400


def test_without_git_it_is_the_day_of_release(root):
    assert edition.edition(root).made.date().isoformat() in (root / "CITATION.cff").read_text()
