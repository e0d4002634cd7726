"""Build the web book: `python -m casi.book.build`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from casi import CHECKED
from casi.book.editions.edition import edition
from casi.book.pages.browser import ensure_browser
from casi.book.run.errors import FaultyNotebooks, find_full_disk
from casi.book.run.fingerprint import INPUTS, PAGES, ROOT, TABLES, fingerprint

OTHER_EDITIONS = ("pdf", "epub", "data", "wheel", "sbom", "offline")  # outdated by a new web book
STRICT = ("-W", "-n", "--keep-going")  # warnings are errors, dangling references are warnings


class FaultyTables(RuntimeError):
    """Tables break rules; the message lists every fault."""


class SphinxError(RuntimeError):
    """Sphinx has warned or failed, and has said why."""


def build(root: Path = ROOT) -> Path:
    """Check the tables, run the notebooks and build the web book, unless it is up to date.

    What takes long to import is imported only when there is something to build.

    Returns:
        The book's first page.

    Raises:
        FaultyTables: if a table breaks a rule; nothing is run then.
        FaultyNotebooks: if a cell fails, or holds or shows what the book cannot show.
        SphinxError: if Sphinx warns.
    """
    page = root / "_build" / "html" / "index.html"
    stamp = page.parent / ".inputs"
    pictures = "" if ensure_browser() else " without pictures"
    ours = edition(root)
    current = f"{fingerprint(root, INPUTS + PAGES)} {ours.version} of {ours.day}{pictures}"
    if _holds(stamp, current):
        print("Nothing has changed since the last build")
        return page
    from casi.book.editions import archives, downloads

    with alone(root):
        if _holds(stamp, current):
            print("Another build has just made it")
            return page
        stamp.unlink(missing_ok=True)
        for folder in OTHER_EDITIONS:
            shutil.rmtree(root / "_build" / folder, ignore_errors=True)
        build_pages(root)
        archives.data_package(root, ours)
        downloads.offer(page.parent, downloads.made(root))
        stamp.write_text(current)
    return page


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the lock of this book's builds; wait until no other build holds it."""
    from filelock import FileLock, Timeout

    (root / "_build").mkdir(exist_ok=True)
    lock = FileLock(root / "_build" / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("Another build of this book is at work: waiting until it has ended", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def build_pages(root: Path, builder: str = "html") -> Path:
    """Check the tables, run the notebooks, and build the pages with one of Sphinx's builders.

    Sphinx works in this process, which is good for one build.

    Returns:
        The folder of the pages.

    Raises:
        FaultyTables: if a table breaks a rule; nothing is run then.
        FaultyNotebooks: if a cell fails, or holds or shows what the book cannot show.
        SphinxError: if Sphinx warns.
    """
    other = () if builder == "html" else ("--builder", "custom", "--custom-builder", builder)
    with alone(root):
        check(root)
        from casi.book.run.execute import execute_notebooks

        os.environ[CHECKED] = str(root / "data")
        execute_notebooks(root)
        jupyter_book = import_module("jupyter_book.cli.main").build
        with from_sound_pages(root / "_build"):
            try:
                jupyter_book.main([str(root), *STRICT, *other], standalone_mode=False)
            except (RuntimeError, SystemExit) as error:
                raise SphinxError from error
    return root / "_build" / builder


@contextmanager
def from_sound_pages(made: Path) -> Iterator[None]:
    """Let Sphinx read every page anew if its last build failed or was killed.

    It warns of a page only when it reads it, and what a killed build has left can be pages of two
    states of the book.

    Args:
        made: the folder `_build`.
    """
    unfinished = made / ".unfinished"
    if unfinished.exists():
        shutil.rmtree(made / ".doctrees", ignore_errors=True)
    unfinished.touch()
    yield
    unfinished.unlink()


def check(root: Path) -> None:
    """Check the tables, unless they are those of the last check that found no fault.

    Raises:
        FaultyTables: if a table breaks a rule.
    """
    sound, current = root / "_build" / ".sound", fingerprint(root, TABLES)
    if _holds(sound, current):
        return
    from casi.book.run import runner

    runner.start()  # other tables mean that notebooks will run
    from casi import checks

    faults = checks.check_all(root / "data")
    if faults:
        raise FaultyTables("\n".join(faults))
    sound.parent.mkdir(exist_ok=True)
    sound.write_text(current)


def sphinx(root: Path, builder: str) -> Path:
    """Build the pages with one of Sphinx's builders in a process of its own (`build_pages`).

    Raises:
        subprocess.CalledProcessError: if a table breaks a rule, a notebook fails or Sphinx warns.
    """
    from casi.book.run.processes import die_with_parent

    command = [sys.executable, "-m", "casi.book.build", builder]
    subprocess.run(command, cwd=root, check=True, preexec_fn=die_with_parent)
    return root / "_build" / builder


def _holds(stamp: Path, current: str) -> bool:
    return stamp.is_file() and stamp.read_text() == current


def main(builders: list[str]) -> int:
    """Build the web book, or pages with the builder named; return the exit code."""
    try:
        path = build_pages(Path.cwd(), *builders) if builders else build()
    except Exception as error:
        if not (reason := _reason(error)):
            raise
        print(reason, file=sys.stderr)
        return 1
    print(f"The book is at {path}")
    return 0


def _reason(error: Exception) -> str:
    """Return why a build has stopped, if it is no fault of the code, and what to do."""
    if isinstance(error, FaultyTables):
        return f"{error}\nBuild stopped: fix the errors in data/ listed above"
    if isinstance(error, FaultyNotebooks):
        return f"{error}\nBuild stopped: correct the cells listed above"
    if written := find_full_disk(error):
        return (
            f"Build stopped: the disk is full, so {written} was not written; no file outside "
            "_build has changed, and the next build makes anew what is incomplete there"
        )
    return "The book was not built: see the warnings above" if type(error) is SphinxError else ""
