"""What publishing needs beside `make site`, with a stand-in for GitHub's own command."""

import json
import os
import shutil
import subprocess
import tarfile

import pytest

from casi.book.editions import archives, site, store
from casi.tables import ROOT

VERSION, TAG = "2031.01", "v2031.01"
GH = """#!/usr/bin/env bash
set -euo pipefail
case "$1 $2" in
  "release list") cd "$RELEASES" && ls ;;
  "release download")
    from=$RELEASES/$3 to=$5
    shift 5
    while (($#)); do cp "$from/$2" "$to"; shift 2; done ;;
  *) exit 1 ;;
esac
"""


def place(folder):
    """A place with the script in it, where nothing was built yet."""
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "publish", folder / ".ci")
    return folder


@pytest.fixture
def built(tmp_path):
    """A place with a site of one edition and its draft, which share a file."""
    root = place(tmp_path / "built")
    made = root / ".site" / "site-1"
    for name in (VERSION, site.LATEST):
        (made / name / "downloads").mkdir(parents=True)
        (made / name / "downloads" / f"report-{name}.pdf").write_text(name)
        (made / name / "shared.html").write_text("the same in both")
        about = {"version": name, "changes": "- News of it.", "source": "as it was"}
        (made / name / site.ABOUT).write_text(json.dumps(about))
        store.write_sums(made / name)
    store.share(made / site.LATEST, [made / VERSION])
    listed = [{"version": VERSION, "sums": archives.digest(made / VERSION / archives.SUMS)}]
    (made / "editions.json").write_text(json.dumps({"editions": listed}))
    (root / "_site").symlink_to(made)
    (root / "_build").mkdir()
    audit = {"audited": "2031-01-02", "packages": 3, "vulnerabilities": {"a 1": ["CVE-1"]}}
    (root / "_build" / "audit.json").write_text(json.dumps(audit))
    return root


@pytest.fixture
def publish(tmp_path):
    """Run the script in a place; the folder `releases` is what GitHub holds."""
    programs, releases = tmp_path / "programs", tmp_path / "releases"
    programs.mkdir()
    releases.mkdir()
    (programs / "gh").write_text(GH)
    (programs / "gh").chmod(0o755)
    path = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "RELEASES": str(releases)}

    def run(root, *words):
        command = [root / ".ci" / "publish", *words]
        return subprocess.run(command, env=os.environ | path, capture_output=True, text=True)

    return run


@pytest.fixture
def released(built, publish, tmp_path):
    """The files of the release of an edition."""
    assert publish(built, "gather", TAG).returncode == 0
    return shutil.copytree(built / "_build" / "release" / "files", tmp_path / "releases" / TAG)


def test_a_release_carries_the_files_of_the_edition_and_the_site_with_checksums(built, released):
    names = sorted(path.name for path in released.iterdir())
    assert names == [archives.SUMS, "audit.json", "report-2031.01.pdf", "site.tar.gz"]
    assert {*store.sums(released)} == {*names} - {archives.SUMS}
    assert store.damage(released) == []


def test_the_notes_of_a_release_tell_its_news_and_when_its_packages_were_audited(built, released):
    news, audit = (built / "_build" / "release" / "notes.md").read_text().split("\n\n")
    assert news == "- News of it."
    assert audit == "Packages with known vulnerabilities on 2031-01-02, of 3: a 1.\n"


def test_gathering_again_leaves_nothing_of_before(built, publish, released):
    stale = built / "_build" / "release" / "files" / "stale.pdf"
    stale.write_text("old")
    assert publish(built, "gather", TAG).returncode == 0 and not stale.exists()


def test_a_tag_that_is_no_edition_is_not_released(built, publish):
    run = publish(built, "gather", "v2")
    assert run.returncode and "v2 is no edition" in run.stderr
    assert not (built / "_build" / "release").exists()


def test_what_was_published_is_not_built_again(released, publish, tmp_path, monkeypatch, capsys):
    root = place(tmp_path / "fresh")
    assert "v2031.01" in publish(root, "restore").stdout
    monkeypatch.setattr(site, "require_git", lambda root: None)
    monkeypatch.setattr(site, "tagged", lambda root: [VERSION])
    monkeypatch.setattr(site, "state", lambda root: "as it was")
    site.make_site(root)
    assert "Nothing has changed" in capsys.readouterr().out
    copies = [root / "_site" / name / "shared.html" for name in (VERSION, site.LATEST)]
    assert copies[0].samefile(copies[1])


def test_without_a_release_there_is_nothing_to_go_on_from(publish, tmp_path):
    root = place(tmp_path / "fresh")
    run = publish(root, "restore")
    assert run.returncode == 0 and "No edition is published" in run.stdout
    assert not (root / "_site").exists()


def test_a_site_that_was_tampered_with_is_refused(released, publish, tmp_path):
    with tarfile.open(released / "site.tar.gz", "w:gz"):
        pass
    root = place(tmp_path / "fresh")
    assert publish(root, "restore").returncode
    assert not (root / "_site").exists()


@pytest.mark.parametrize("lost", ["site.tar.gz", archives.SUMS])
def test_a_release_without_its_site_stops_everything(released, publish, tmp_path, lost):
    (released / lost).unlink()
    root = place(tmp_path / "fresh")
    assert publish(root, "restore").returncode
    assert not (root / "_site").exists()


def test_no_answer_is_not_taken_for_no_release(publish, tmp_path):
    (tmp_path / "releases").rmdir()
    assert publish(place(tmp_path / "fresh"), "restore").returncode


def test_it_says_what_it_can_do(publish, tmp_path):
    run = publish(place(tmp_path / "fresh"))
    assert run.returncode == 2 and ".ci/publish gather TAG" in run.stderr
