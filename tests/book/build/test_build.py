import errno

import pytest

from casi import CHECKED, checks
from casi.book.build import build
from casi.book.run import execute
from casi.book.run.errors import FaultyNotebooks


@pytest.fixture
def source(tmp_path, write_book):
    """The source of a small book."""
    write_book(tmp_path)
    return tmp_path


def test_a_book_of_unsound_tables_is_refused(source):
    states = source / "data" / "states.csv"
    states.write_text(states.read_text("utf-8").replace("Kazakhstan", "Qazaqstan"), "utf-8")
    with pytest.raises(build.FaultyTables, match="data/states"):
        build.build(source)


def test_the_same_build_may_lock_the_book_twice(tmp_path):
    with build.alone(tmp_path), build.alone(tmp_path):
        assert (tmp_path / "_build" / ".lock").exists()


def test_check_remembers_which_tables_were_sound(source, monkeypatch):
    build.check(source)
    monkeypatch.setattr(checks, "check_all", lambda folder: ["a fault"])
    build.check(source)
    (source / "references.bib").write_text("")
    with pytest.raises(build.FaultyTables, match="a fault"):
        build.check(source)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Jupyter Book
def test_a_build_that_fails_makes_the_next_one_read_every_page(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "check", lambda root: None)
    monkeypatch.setattr(execute, "execute_notebooks", lambda root: [])
    monkeypatch.setenv(CHECKED, "")  # set back after the test
    with pytest.raises(build.SphinxError):
        build.build_pages(tmp_path)  # there is no table of contents
    doctrees = tmp_path / "_build" / ".doctrees"
    doctrees.mkdir(parents=True, exist_ok=True)
    with build.from_sound_pages(tmp_path / "_build"):
        assert not doctrees.exists()


def test_a_build_that_ends_well_leaves_its_pages_to_the_next_one(tmp_path):
    (tmp_path / ".doctrees").mkdir()
    for _ in range(2):
        with build.from_sound_pages(tmp_path):
            assert (tmp_path / ".doctrees").exists()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (build.FaultyTables("data/a"), "data/a\nBuild stopped: fix the errors in data/"),
        (FaultyNotebooks("p, cell 1"), "p, cell 1\nBuild stopped: correct the cells"),
        (build.SphinxError(), "The book was not built: see the warnings above"),
        (
            OSError(errno.ENOSPC, "No space left on device", "a.html"),
            "Build stopped: the disk is full, so a.html was not written; no file outside _build",
        ),
    ],
)
def test_main_says_why_a_build_has_stopped(monkeypatch, capsys, error, line):
    def fail():
        raise error

    monkeypatch.setattr(build, "build", fail)
    assert build.main([]) == 1
    assert capsys.readouterr().err.startswith(line)


def test_main_finds_a_full_disk_behind_a_failure_of_sphinx(monkeypatch, capsys):
    def fail():
        raise build.SphinxError from OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(build, "build", fail)
    assert build.main([]) == 1
    assert "the disk is full, so a file was not written" in capsys.readouterr().err


def test_main_raises_other_errors(monkeypatch):
    def fail():
        raise PermissionError("a.html")

    monkeypatch.setattr(build, "build", fail)
    with pytest.raises(PermissionError):
        build.main([])


def test_building_again_does_nothing(book, capsys):
    assert build.build() == book / "index.html"
    assert "Nothing has changed" in capsys.readouterr().out


def test_main_says_where_the_book_is(book, capsys):
    assert build.main([]) == 0
    assert f"The book is at {book / 'index.html'}" in capsys.readouterr().out
