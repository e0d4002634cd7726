import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from casi.book.editions import archives, store


@pytest.fixture
def folder(tmp_path):
    """A sealed folder of two files."""
    made = tmp_path / "2026.11"
    (made / "chapters").mkdir(parents=True)
    (made / "index.html").write_text("front")
    (made / "chapters" / "one.html").write_text("one")
    store.write_sums(made)
    return made


def test_a_sealed_folder_is_whole_as_any_other_program_sees(folder):
    assert store.names(folder) == ["chapters/one.html", "index.html"]
    assert [*store.sums(folder)] == store.names(folder)
    assert store.damage(folder) == []
    subprocess.run(["sha256sum", "--check", "--quiet", archives.SUMS], cwd=folder, check=True)


def test_damage_names_what_was_changed_lost_and_added(folder):
    (folder / "index.html").write_text("Front")
    (folder / "chapters" / "one.html").unlink()
    (folder / "more.html").write_text("more")
    assert store.damage(folder) == [
        "2026.11/chapters/one.html: missing",
        "2026.11/more.html: not in SHA256SUMS",
        "2026.11/index.html: changed",
    ]


def test_the_same_file_is_kept_once(folder, tmp_path):
    other = tmp_path / "2026.12"
    other.mkdir()
    (other / "index.html").write_text("front")
    (other / "new.html").write_text("new")
    store.write_sums(other)
    assert archives.digest(other / "index.html") == archives.digest(folder / "index.html")
    store.share(other, [folder])
    assert (other / "index.html").samefile(folder / "index.html")
    assert store.damage(other) == []
    files, whole, kept = store.size(tmp_path)
    assert (files, whole - kept) == (6, len("front"))


def test_where_links_are_not_allowed_files_are_copied(folder, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    store.link_folder(folder, tmp_path / "copy")
    assert not (tmp_path / "copy" / "index.html").samefile(folder / "index.html")
    assert (tmp_path / "copy" / "index.html").read_text() == "front"


def turn(tmp_path, text):
    with store.new_folder(tmp_path / ".site", tmp_path / "_site") as new:
        (new / "index.html").write_text(text)


def test_a_new_folder_takes_the_place_of_the_old_and_leaves_nothing_behind(tmp_path):
    for text in ("old", "new"):
        turn(tmp_path, text)
    assert (tmp_path / "_site" / "index.html").read_text() == "new"
    assert len([path for path in (tmp_path / ".site").iterdir() if path.is_dir()]) == 1


def test_a_failure_leaves_the_old_folder(tmp_path):
    turn(tmp_path, "old")
    with (
        pytest.raises(ZeroDivisionError),
        store.new_folder(tmp_path / ".site", tmp_path / "_site") as new,
    ):
        (new / "index.html").write_text("new")
        raise ZeroDivisionError
    assert (tmp_path / "_site" / "index.html").read_text() == "old"
    assert len([path for path in (tmp_path / ".site").iterdir() if path.is_dir()]) == 1


def test_two_runs_do_not_meet(tmp_path):
    with (
        store.new_folder(tmp_path / ".site", tmp_path / "_site"),
        pytest.raises(store.Busy, match="wait"),
        store.new_folder(tmp_path / ".site", tmp_path / "_site"),
    ):
        pass


def test_a_folder_in_the_place_of_the_link_is_not_touched(tmp_path):
    (tmp_path / "_site").mkdir()
    with pytest.raises(RuntimeError, match="is a folder"):
        turn(tmp_path, "new")


SLOW = """
import sys, time
from pathlib import Path
from casi.book.editions import store
root = Path(sys.argv[1])
with store.new_folder(root / ".site", root / "_site") as new:
    (new / "index.html").write_text("ne")
    print("half", flush=True)
    time.sleep(60)
"""


def test_a_run_that_is_killed_leaves_the_old_folder_and_the_next_clears_up(tmp_path):
    turn(tmp_path, "old")
    run = subprocess.Popen([sys.executable, "-c", SLOW, tmp_path], stdout=subprocess.PIPE)
    with run:
        assert run.stdout.readline() == b"half\n"
        run.send_signal(signal.SIGKILL)
    assert (tmp_path / "_site" / "index.html").read_text() == "old"
    turn(tmp_path, "new")
    assert (tmp_path / "_site" / "index.html").read_text() == "new"
    assert len([path for path in Path(tmp_path / ".site").iterdir() if path.is_dir()]) == 1
