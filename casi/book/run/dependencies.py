"""Tell whether a notebook's outputs are still true: by the files it opened when it ran.

The nursery's kernels write which files they open (tables, and modules however they are reached).
Outputs hold while these have the same content, the requirements are the same, and no input came or
went, for a notebook can ask whether a file exists without opening it. A kernel that wrote no record
may have opened every input.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from importlib.util import source_from_cache
from pathlib import Path

from casi.book.run.fingerprint import INPUTS

ALWAYS = ("requirements.txt",)
CHECKSUMS = ("bytes", "hash")


def record_opened(record: Path) -> None:
    """Write the path of each file that this process opens from now on to a file, once, a line."""
    target = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    seen = set()

    def hook(event: str, details: tuple) -> None:
        if event == "open" and isinstance(details[0], str | bytes | os.PathLike):
            path = os.path.abspath(os.fsdecode(details[0]))  # noqa: PTH100 (opens nothing)
            if path not in seen:
                seen.add(path)
                os.write(target, path.encode() + b"\n")

    sys.addaudithook(hook)


def opened(root: Path, record: Path) -> list[str]:
    """Return what a kernel opened of the book's files, relative to `root`, modules as source."""
    found = set(ALWAYS)
    for line in record.read_text(encoding="utf-8").splitlines():
        path = Path(line)
        if path.suffix == ".pyc" and path.parent.name == "__pycache__":
            path = Path(source_from_cache(line))
        if path.is_relative_to(root) and not path.is_relative_to(root / ".venv"):
            found.add(path.relative_to(root).as_posix())
    return sorted(found)


def reasons(root: Path, files: list[str]) -> dict[str, str]:
    """Return the hash of each file (empty: there is none) and, as `*`, of the inputs' names."""
    return {"*": _hash("\n".join(inputs(root)).encode())} | {
        name: _hash(content(root / name)) if (root / name).is_file() else "" for name in files
    }


def content(path: Path) -> bytes:
    """Return what a file says: of the descriptor of tables, all but the checksums of the tables.

    Whoever shows the checksum of a table opens the table too.
    """
    if path.name != "datapackage.json":
        return path.read_bytes()
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [without_checksums(entry) for entry in package["resources"]]
    return json.dumps(package).encode()


def without_checksums(entry: dict) -> dict:
    """Return the descriptor of a table without what changes with every change of the table."""
    return {word: entry[word] for word in entry if word not in CHECKSUMS}


def inputs(root: Path) -> list[str]:
    """Return the names of all files that a notebook may use."""
    return sorted({path.relative_to(root).as_posix() for one in INPUTS for path in root.glob(one)})


def hold(root: Path, known: dict[str, str]) -> bool:
    """Tell whether what `reasons` returned once is what it would return now."""
    return bool(known) and known == reasons(root, [name for name in known if name != "*"])


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
