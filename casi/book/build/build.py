"""Build the web book: `python -m casi.book.build.build`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casi import CHECKED
from casi.book.editions.edition import edition
from casi.book.pages.browser import ensure_browser
from casi.book.run.fingerprint import INPUTS, PAGES, ROOT, TABLES, fingerprint

MADE_FROM_IT = ("pdf", "epub", "data", "sbom", "offline")  # files of an edition, now out of date
GATE = "CASI_GATE"  # set where a build says on standard input that the tables are sound
STRICT = ["-W", "-n", "--keep-going"]  # warnings are errors, dangling references are warnings


class Unsound(RuntimeError):
    """Tables are not sound; the message lists every fault."""


def build(root: Path = ROOT) -> Path:
    """Check the tables, run the notebooks and build the web book, unless it is already up to date.

    What takes long to import is imported only when there is something to build.

    Returns:
        The book's first page.

    Raises:
        Unsound: if a table is not sound; nothing is run then.
        subprocess.CalledProcessError: if a notebook fails or the build warns.
    """
    page = root / "_build" / "html" / "index.html"
    stamp = page.parent / ".inputs"
    pictures = "" if ensure_browser() else " without pictures"
    ours = edition(root)
    current = f"{fingerprint(root, INPUTS + PAGES)} {ours.version} of {ours.day}{pictures}"
    if _says(stamp, current):
        print("Nothing has changed since the last build")
        return page
    from casi.book.editions import archives, downloads

    with alone(root):
        if _says(stamp, current):
            print("Another build has just made it")
            return page
        stamp.unlink(missing_ok=True)
        for folder in MADE_FROM_IT:
            shutil.rmtree(root / "_build" / folder, ignore_errors=True)
        sphinx(root)
        archives.data_package(root, ours)
        downloads.offer(page.parent, downloads.made(root))
        stamp.write_text(current)
    return page


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let no other build of the same book be at work meanwhile: wait until it has ended."""
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


def check(root: Path) -> None:
    """Check the tables, unless they are those that were sound last time.

    Raises:
        Unsound: if a table is not.
    """
    sound, current = root / "_build" / ".sound", fingerprint(root, TABLES)
    if _says(sound, current):
        return
    from casi import checks

    faults = checks.check_all(root / "data")
    if faults:
        raise Unsound("\n".join(faults))
    sound.parent.mkdir(exist_ok=True)
    sound.write_text(current)


def sphinx(root: Path, builder: str = "html") -> Path:
    """Build the book with one of Sphinx's builders, strictly.

    Sphinx and the kernels load what they need while the tables are checked.

    Returns:
        The folder of what was built.

    Raises:
        Unsound: if a table is not sound; nothing is run then.
        subprocess.CalledProcessError: if a notebook fails or the build warns.
    """
    from casi.book.run.warm import die_with_parent, warm_kernels

    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    other = [] if builder == "html" else ["--builder", "custom", "--custom-builder", builder]
    command = [jupyter_book, "build", root, *STRICT, *other]
    with alone(root), warm_kernels():
        environment = os.environ | {CHECKED: str(root / "data"), GATE: "stdin"}
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, preexec_fn=die_with_parent
        ) as run:
            try:
                check(root)
                with suppress(BrokenPipeError):  # it ended, and has said why
                    run.communicate(b"go")
            finally:
                run.kill()
    if run.returncode:
        # Sphinx warns of a page only when it reads it: the next build must read every page again.
        shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
        raise subprocess.CalledProcessError(run.returncode, command)
    return root / "_build" / builder


def wait_for_tables() -> None:
    """Wait, within a build, until its tables are checked; end if it ended before."""
    if os.environ.get(GATE) and sys.stdin.read() != "go":
        sys.exit("The build that started this one has ended")


def _says(stamp: Path, current: str) -> bool:
    return stamp.is_file() and stamp.read_text() == current


def main() -> int:
    """Build, and say where the book is or what went wrong."""
    try:
        page = build()
    except Unsound as error:
        print(f"{error}\nThe book was not built: mend data/ first", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError:
        print("The book was not built: see the warnings above", file=sys.stderr)
        return 1
    print(f"The book is at {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
