"""Keep editions on disk: each file once, nothing changed unseen, the site whole at every moment.

The site is a link, `_site`, to a folder on the shelf, `.site`. A new site is made in a folder of
its own, in which the editions that stay are hard links, and the link is turned in one step.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casi.book.editions import archives
from casi.book.editions.archives import SUMS


class Busy(RuntimeError):
    """Someone else is making the site."""


def sums(folder: Path) -> dict[str, str]:
    """Return the checksum of each file that the list in a folder names; none without a list."""
    path = folder / SUMS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: one for one, name in (line.split("  ", 1) for line in lines)}


def seal(folder: Path) -> None:
    """Write the list of checksums of all files in a folder."""
    files = {name: folder / name for name in names(folder)}
    (folder / SUMS).write_text(archives.sums(files), encoding="utf-8")


def names(folder: Path) -> list[str]:
    """Return the files below a folder, but for its list of checksums, in a fixed order."""
    return [name for name in archives.files_below(folder) if name != SUMS]


def damage(folder: Path) -> list[str]:
    """Return a line for each file of a sealed folder that was changed, lost or added."""
    listed, there = sums(folder), names(folder)
    return [
        *(f"{folder.name}/{name}: missing" for name in listed if name not in there),
        *(f"{folder.name}/{name}: not in {SUMS}" for name in there if name not in listed),
        *(
            f"{folder.name}/{name}: changed"
            for name in there
            if name in listed and archives.digest(folder / name) != listed[name]
        ),
    ]


def link_folder(source: Path, target: Path) -> None:
    """Give a folder a second place, its files as hard links where the host allows them."""
    shutil.copytree(source, target, copy_function=_link)


def share(folder: Path, others: list[Path]) -> None:
    """Replace each file of a sealed folder that another sealed folder has too by a link to that."""
    known = {one: other / name for other in others for name, one in sums(other).items()}
    for name, one in sums(folder).items():
        if one in known:
            (folder / name).unlink()
            _link(known[one], folder / name)


def _link(source: Path | str, target: Path | str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def size(folder: Path) -> tuple[int, int, int]:
    """Return how many files a folder has, their bytes, and the bytes that they take up on disk."""
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    kept = {(one.st_dev, one.st_ino): one.st_size for one in stats}
    return len(stats), sum(one.st_size for one in stats), sum(kept.values())


@contextmanager
def new_folder(shelf: Path, link: Path) -> Iterator[Path]:
    """Yield an empty folder; make it what the link leads to once all went well.

    Whatever happens before, the link leads to the whole old site. What a run that was killed left
    on the shelf is cleared away.

    Args:
        shelf: folder of sites.
        link: leads to the present one, if there is one.

    Raises:
        Busy: if another run holds the shelf.
        RuntimeError: if a folder stands where the link should.
    """
    if link.is_dir() and not link.is_symlink():
        raise RuntimeError(f"{link} is a folder: move it to {shelf} and link to it")
    shelf.mkdir(exist_ok=True)
    with (shelf / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another run is making {link}: wait for it to end") from error
        _clear(shelf, link)
        folder = Path(tempfile.mkdtemp(prefix="site-", dir=shelf))
        folder.chmod(0o755)
        try:
            yield folder
            if names(folder):
                _turn(link, folder)
        finally:
            _clear(shelf, link)


def _turn(link: Path, folder: Path) -> None:
    draft = folder.with_suffix(".link")
    draft.symlink_to(folder.relative_to(link.parent), target_is_directory=True)
    draft.replace(link)


def _clear(shelf: Path, link: Path) -> None:
    for path in shelf.iterdir():
        if path.is_symlink():
            path.unlink()
        elif path.is_dir() and path != link.resolve():
            shutil.rmtree(path)
