import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from casi.book.editions import archives, site, site_index, store
from casi.book.editions.edition import edition
from casi.tables import ROOT

MAKEFILE = """offline:
\t@echo built >> $(LOG)
\t@mkdir -p _build/html/cite _build/html/downloads && touch _build/html/downloads/a.pdf
\t@cp CITATION.cff _build/html/cite && cp pages/*.html _build/html
"""
PAGE = """<html><head></head><body>{}<nav class="casi-editions" data-edition="{}" data-page="{}">
<p>Edition</p><ul></ul></nav></body></html>"""
HEAD = "id,edition,table,row,column,expect,reason\n"


def git(root, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    day = {"GIT_AUTHOR_DATE": "@1700000000 +0000", "GIT_COMMITTER_DATE": "@1700000000 +0000"}
    subprocess.run(["git", "-C", root, *who, *words], check=True, env=os.environ | day)


def release(root, version, text="", corrections="", page="one.html"):
    """Commit an edition of one page, and tag it."""
    cited = (ROOT / "CITATION.cff").read_text().replace('"2026.11"', f'"{version}"')
    (root / "CITATION.cff").write_text(cited)
    (root / "CHANGELOG.md").write_text(f"# Changes\n\n## {version}\n\nWhat is new in it.\n")
    shutil.rmtree(root / "pages", ignore_errors=True)
    for name in ("index.html", page):
        (root / "pages").mkdir(exist_ok=True)
        (root / "pages" / name).write_text(PAGE.format(text, version, name))
    (root / "pages" / "shared.html").write_text("the same in all " * 1000)
    (root / "data" / "corrections.csv").write_text(HEAD + corrections)
    git(root, "add", "-A")
    git(root, "commit", "-qm", version)
    git(root, "tag", f"v{version}")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A repository of which editions are made at once, and a log of what was built."""
    root = tmp_path / "report"
    (root / "data").mkdir(parents=True)
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    (root / "Makefile").write_text(MAKEFILE)
    (root / ".gitignore").write_text("_build/\n_site\n.site/\n")
    for name in ("requirements.txt", "pyproject.toml", "LICENSE-DATA.md", "data/datapackage.json"):
        shutil.copy(ROOT / name, root / name)
    git(root, "init", "-q")
    release(root, "2026.2")
    git(root, "tag", "-d", "v2026.2")  # nothing but a month of two digits is an edition
    return root


def builds(root):
    log = root.parent / "log"
    return log.read_text().count("built") if log.is_file() else 0


def test_without_an_edition_the_draft_stands_alone(root):
    made = site.make_site(root)
    assert site.editions_in(made) == []
    assert "url=latest/index.html" in (made / "index.html").read_text()
    assert site.summary(made).startswith(f"{made}: latest; ")


def test_each_edition_is_built_once_and_stays_as_it_was(root):
    release(root, "2026.11", "old")
    first = site.make_site(root)
    assert builds(root) == 2  # the edition and the draft
    kept = (first / "2026.11" / "index.html").read_bytes()
    release(root, "2026.11.1", "new")
    site.make_site(root)
    assert builds(root) == 4
    assert (first / "2026.11" / "index.html").read_bytes() == kept
    assert [path.name for path in site.editions_of(first)] == ["2026.11", "2026.11.1", "latest"]
    assert "url=2026.11.1/index.html" in (first / "index.html").read_text()


def test_a_second_run_builds_nothing(root, capsys):
    release(root, "2026.11")
    site.make_site(root)
    before = builds(root), site.state(root)
    assert site.make_site(root) == root / "_site"
    assert (builds(root), site.state(root)) == before
    assert "Nothing has changed" in capsys.readouterr().out
    (root / "note.txt").write_text("more")
    assert site.state(root) != before[1]


def test_versions_are_sorted_as_dates_not_as_words(root):
    for version in ("2026.10", "2026.09", "2026.10.10", "2026.10.9"):
        git(root, "tag", f"v{version}")
    git(root, "tag", "v1.0")
    assert site.tagged(root) == ["2026.09", "2026.10", "2026.10.9", "2026.10.10"]
    assert site.order("2026.10.9") < site.order("2026.10.10")


def test_an_edition_that_was_changed_is_refused(root):
    release(root, "2026.11")
    made = site.make_site(root)
    page = made / "2026.11" / "index.html"
    page.write_text(page.read_text() + "<!-- -->")
    with pytest.raises(site.Damaged, match=r"2026\.11/index\.html: changed"):
        site.make_site(root)
    store.write_sums(made / "2026.11")
    with pytest.raises(site.Damaged, match="not the one that the site lists"):
        site.check(made, ["2026.11"])


def test_an_edition_that_fails_leaves_the_old_site_whole(root, monkeypatch, capfd):
    release(root, "2026.11")
    made = site.make_site(root)
    before = {name: archives.digest(made / name) for name in store.names(made)}
    (root / "Makefile").write_text("offline:\n\t@echo no chapter; exit 1\n")
    release(root, "2026.12")
    monkeypatch.setattr(site, "ROOT", root)
    with pytest.raises(site.Unbuilt, match=r"Edition 2026\.12 could not be built"):
        site.make_site(root)
    assert {name: archives.digest(made / name) for name in store.names(made)} == before
    assert "no chapter" in capfd.readouterr().out


def test_a_tag_must_hold_the_edition_it_names(root):
    release(root, "2026.11")
    git(root, "tag", "v2026.12")
    with pytest.raises(site.Unbuilt, match=r"v2026\.12 holds"):
        site.make_site(root)


@pytest.mark.parametrize("call", range(1, 9))
def test_a_run_that_is_killed_at_any_step_leaves_one_whole_site(root, call):
    release(root, "2026.11", "old")
    made = site.make_site(root)
    old = {name: archives.digest(made / name) for name in store.names(made)}
    release(root, "2026.12", "new")
    killer = f"""
import os, sys
from pathlib import Path
from casi.book.editions import site, site_index, store
steps = [(store, "link_folder"), (site, "build_tagged"), (site, "make_book"), (site, "put"),
         (store, "write_sums"), (store, "share"), (site_index, "write"), (store, "_point")]
room, name = steps[{call} - 1]
step = getattr(room, name)
def last(*arguments):
    step(*arguments)
    os.kill(os.getpid(), 9)
setattr(room, name, last)
site.make_site(Path(sys.argv[1]))
"""
    run = subprocess.run([sys.executable, "-c", killer, root], capture_output=True)
    assert run.returncode == -9
    now = {name: archives.digest(made / name) for name in store.names(made)}
    turned = call == 8
    assert ((made / "2026.12").is_dir(), now == old) == (turned, not turned)
    site.make_site(root)
    assert sorted(site.editions_in(made)) == ["2026.11", "2026.12"]
    assert site.json_of(made, site_index.LIST)["newest"] == "2026.12"


def test_the_same_file_of_two_editions_takes_up_room_once(root):
    release(root, "2026.11")
    release(root, "2026.12")
    made = site.make_site(root)
    shared = [made / each / "shared.html" for each in ("2026.11", "2026.12", "latest")]
    assert len({path.stat().st_ino for path in shared}) == 1
    _, whole, kept = store.size(made.resolve())
    assert whole - kept >= 2 * shared[0].stat().st_size


def test_two_builds_of_an_edition_are_the_same_bytes(root):
    release(root, "2026.11")
    made = site.make_site(root)
    first = (made / "2026.11" / "SHA256SUMS").read_bytes()
    shutil.rmtree(root / ".site")
    (root / "_site").unlink()
    site.make_site(root)
    assert (made / "2026.11" / "SHA256SUMS").read_bytes() == first


def test_a_page_gets_its_way_to_the_other_editions():
    page = PAGE.format("", "2026.11", "chapters/one.html")
    placed = site.placed_in_site(page, "../../", draft=False)
    assert 'data-root="../../"' in placed and 'src="../../editions.js"' in placed
    assert "Permanent link" in placed and "noindex" not in placed
    draft = site.placed_in_site(page, "../../", draft=True)
    assert "Permanent link" not in draft and "noindex" in draft
    assert site.placed_in_site("<p>a</p>", "../", draft=False) == "<p>a</p>"


def test_what_an_edition_says_of_itself(root):
    wrong = "c1,2026.12,exercises,birlik-2025,held_to,2025-10-01,The agency had corrected it.\n"
    release(root, "2026.12", corrections=wrong + wrong.replace("2026.12", "2026.11"))
    made = site.make_site(root)
    about = site.json_of(made / "2026.12")
    assert about["changes"] == site.changelog(root, "2026.12") == "What is new in it."
    assert [each["row"] for each in about["corrections"]] == ["birlik-2025"]
    assert about["corrections"] == site.corrections(root, "2026.12")
    assert about["pages"] == ["index.html", "one.html"]
    assert about["files"] == ["a.pdf"] and about["cite"] == ["CITATION.cff"]
    package = json.loads((made / "2026.12" / "data" / "datapackage.json").read_text())
    assert package["name"] == "central-asia-security-integration"


def test_build_tagged_and_put_seal_an_edition(root, tmp_path):
    release(root, "2026.11")
    folder = tmp_path / "site"
    folder.mkdir()
    site.build_tagged(root, "2026.11", folder)
    assert store.damage(folder / "2026.11") == []
    site.make_book(root, root)
    site.put(root, folder, edition(root).as_draft(), "abc")
    assert site.json_of(folder / "latest")["source"] == "abc"


def test_main_says_what_went_wrong_and_that_nothing_changed(root, monkeypatch, capsys):
    def fail():
        raise store.Busy("another run")

    monkeypatch.setattr(site, "make_site", fail)
    assert site.main() == 1
    assert re.search("another run\nThe site was not changed", capsys.readouterr().err)


def test_without_git_it_says_what_is_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(site.NoRepository, match=r"git cannot read .*\n.*clone it instead"):
        site.make_site(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(site.NoRepository, match="git is missing: install it"):
        site.make_site(tmp_path)
    assert list(tmp_path.iterdir()) == []
