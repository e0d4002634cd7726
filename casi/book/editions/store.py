"""Store editions: hard links for equal files, checksums, an atomic symbolic link.

`_site` is a symbolic link to a folder in `.site`. A new site is built in a new folder, where
unchanged editions are hard links; then the symbolic link is replaced in one step.
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
    """Raised if another process is building the site."""


def sums(folder: Path) -> dict[str, str]:
    """Return the checksum of each file by name, as listed in a folder; empty without a list."""
    path = folder / SUMS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}


def write_sums(folder: Path) -> None:
    """Write the list of checksums of all files in a folder."""
    files = {name: folder / name for name in names(folder)}
    (folder / SUMS).write_text(archives.sums(files), encoding="utf-8")


def names(folder: Path) -> list[str]:
    """Return the sorted names of the files below a folder, except its list of checksums."""
    return [name for name in archives.files_below(folder) if name != SUMS]


def damage(folder: Path) -> list[str]:
    """Return a line for each file that was changed, removed or added since `write_sums`."""
    listed, present = sums(folder), names(folder)
    return [
        *(f"{folder.name}/{name}: missing" for name in listed if name not in present),
        *(f"{folder.name}/{name}: not in {SUMS}" for name in present if name not in listed),
        *(
            f"{folder.name}/{name}: changed"
            for name in present
            if name in listed and archives.digest(folder / name) != listed[name]
        ),
    ]


def link_folder(source: Path, target: Path) -> None:
    """Copy a folder as hard links, or as files if the file system does not allow links."""
    shutil.copytree(source, target, copy_function=_link)


def share(folder: Path, others: list[Path]) -> None:
    """Replace each file of a folder by a hard link if another folder has the same content.

    Args:
        folder: a folder with a list of checksums.
        others: more such folders.
    """
    originals = {
        checksum: other / name for other in others for name, checksum in sums(other).items()
    }
    for name, checksum in sums(folder).items():
        if checksum in originals:
            (folder / name).unlink()
            _link(originals[checksum], folder / name)


def _link(source: Path | str, target: Path | str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def size(folder: Path) -> tuple[int, int, int]:
    """Return the number of files in a folder, their total bytes and their bytes on disk."""
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    on_disk = {(stat.st_dev, stat.st_ino): stat.st_size for stat in stats}
    return len(stats), sum(stat.st_size for stat in stats), sum(on_disk.values())


@contextmanager
def new_folder(parent: Path, link: Path) -> Iterator[Path]:
    """Yield an empty folder; point the symbolic link to it if the block succeeds.

    Until then the link points to the complete old site. Folders that a killed process left are
    removed.

    Args:
        parent: folder of all sites.
        link: symbolic link to the current site, if there is one.

    Raises:
        Busy: if another process holds the lock.
        RuntimeError: if the link is a folder.
    """
    if link.is_dir() and not link.is_symlink():
        raise RuntimeError(f"{link} is a folder: move it to {parent} and link to it")
    parent.mkdir(exist_ok=True)
    with (parent / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another process is building {link}: wait for it to end") from error
        _remove_others(parent, link)
        folder = Path(tempfile.mkdtemp(prefix="site-", dir=parent))
        folder.chmod(0o755)
        try:
            yield folder
            if names(folder):
                _point(link, folder)
        finally:
            _remove_others(parent, link)


def _point(link: Path, folder: Path) -> None:
    draft = folder.with_suffix(".link")
    draft.symlink_to(folder.relative_to(link.parent), target_is_directory=True)
    draft.replace(link)


def _remove_others(parent: Path, link: Path) -> None:
    for path in parent.iterdir():
        if path.is_symlink():
            path.unlink()
        elif path.is_dir() and path != link.resolve():
            shutil.rmtree(path)
