"""Decide whether cached outputs are up to date, by the files that the notebook opened.

A notebook opens tables, and modules however it reaches them. Its outputs are up to date while these
files have the same content, the requirements are the same, and no input was added or removed, for a
notebook can ask whether a file exists without opening it. A notebook in an ordinary kernel may have
opened every input.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from importlib.util import source_from_cache
from pathlib import Path

from casi.book.run.fingerprint import INPUTS

ALWAYS = ("casi/book/run/notebook_rules.py", "requirements.txt")
CHECKSUMS = ("bytes", "hash")


def record_opened() -> set[str]:
    """Return a set to which the path of each file is added that this process opens from now on."""
    paths: set[str] = set()

    def hook(event: str, details: tuple) -> None:
        if event == "open" and isinstance(details[0], str | bytes | os.PathLike):
            paths.add(os.path.abspath(os.fsdecode(details[0])))  # noqa: PTH100 (opens nothing)

    sys.addaudithook(hook)
    return paths


def of_book(root: Path, paths: Iterable[str]) -> list[str]:
    """Return those paths that are files of the book, relative to `root`, modules as source."""
    found = set(ALWAYS)
    if (root / "casi").is_symlink():  # the source in another language, which links to the book
        root = (root / "casi").resolve().parent
    for path in map(Path, paths):
        if path.suffix == ".pyc" and path.parent.name == "__pycache__":
            path = Path(source_from_cache(path))
        apart = path.is_relative_to(root / ".venv") or path.is_relative_to(root / "_build")
        if path.is_relative_to(root) and not apart:
            found.add(path.relative_to(root).as_posix())
    return sorted(found)


def reasons(root: Path, files: list[str]) -> dict[str, str]:
    """Return the hash of each file, empty for a missing one, and of all inputs' names as `*`."""
    return {"*": _hash("\n".join(inputs(root)).encode())} | {
        name: _hash(content(root / name)) if (root / name).is_file() else "" for name in files
    }


def content(path: Path) -> bytes:
    """Return the content of a file; of the tables' descriptor, without the tables' checksums.

    Code that shows the checksum of a table opens the table too.
    """
    if path.name != "datapackage.json":
        return path.read_bytes()
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [without_checksums(entry) for entry in package["resources"]]
    return json.dumps(package).encode()


def without_checksums(entry: dict) -> dict:
    """Return a table's entry in the descriptor without what changes whenever the table does."""
    return {key: value for key, value in entry.items() if key not in CHECKSUMS}


def inputs(root: Path) -> list[str]:
    """Return the names of all files that a notebook may use."""
    paths = {path for pattern in INPUTS for path in root.glob(pattern)}
    return sorted(path.relative_to(root).as_posix() for path in paths)


def hold(root: Path, known: dict[str, str]) -> bool:
    """Return True if nothing has changed since `reasons` returned what is known."""
    return bool(known) and known == reasons(root, [name for name in known if name != "*"])


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
