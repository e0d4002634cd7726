"""Pack files into archives that are the same bytes whenever and wherever they are made."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from casi.book.editions.edition import Edition

FILE_MODE = 0o644 << 16
SUMS = "SHA256SUMS"  # the list of checksums beside files that travel


def pack(target: Path, files: Mapping[str, Path | bytes], made: datetime) -> Path:
    """Write an archive in the order given, every file with the same date and rights.

    Args:
        target: where to write; replaced only when the archive is whole.
        files: path or content by name in the archive; a file named `mimetype` is not compressed.
        made: the date of every file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    with zipfile.ZipFile(draft, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = FILE_MODE
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content if isinstance(content, bytes) else content.read_bytes())
    return draft.replace(target)


def files_below(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its name in an archive, in a fixed order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sums(files: Mapping[str, Path]) -> str:
    """Return the list of checksums of files, by name, as `sha256sum --check` reads it."""
    return "".join(f"{digest(path)}  {name}\n" for name, path in files.items())


def data_name(ours: Edition) -> str:
    """Return the name of the data package of an edition."""
    return f"{ours.stem}-data.zip"


def data_package(root: Path, ours: Edition) -> Path:
    """Pack the data package: its descriptor and the tables that it describes, no other file.

    Args:
        root: folder of the report.
        ours: the edition.
    """
    data = root / "data"
    described = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    listed = [data / name for name in sorted(resource["path"] for resource in described)]
    files = [data / "datapackage.json", *listed, root / "LICENSE-DATA.md"]
    target = root / "_build" / "data" / data_name(ours)
    return pack(target, {path.name: path for path in files}, ours.made)
