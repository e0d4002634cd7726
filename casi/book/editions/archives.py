"""Pack files into reproducible archives: the same files give the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from repro_zipfile import ReproducibleZipFile

from casi.book.editions.edition import Edition

SUMS = "SHA256SUMS"  # the list of checksums in a release


def pack(target: Path, files: Mapping[str, Path | bytes], made: datetime) -> Path:
    """Write an archive in the order given, every file with the same date and permissions.

    Args:
        target: where to write; replaced only when the archive is complete.
        files: path or content by name in the archive; a file named `mimetype` is not compressed,
            as EPUB asks.
        made: the date of every file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    with _source_date(made), ReproducibleZipFile(draft, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.read_bytes()
            archive.writestr(name, data, ZIP_STORED if name == "mimetype" else None)
    return draft.replace(target)


def repack(path: Path, made: datetime) -> Path:
    """Write an archive that another library made again, with fixed dates; return its path."""
    with ZipFile(path) as archive:
        files: dict[str, Path | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return pack(path, files, made)


@contextmanager
def _source_date(made: datetime) -> Iterator[None]:
    """Set `SOURCE_DATE_EPOCH`, where repro-zipfile looks for the date."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(made.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


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


def data_name(edition: Edition) -> str:
    """Return the name of the data package of an edition."""
    return f"{edition.stem}-data.zip"


def data_package(root: Path, edition: Edition) -> Path:
    """Pack the data package: descriptor, tables, README, bibliography and terms, no other file.

    Args:
        root: folder of the report.
        edition: the edition.
    """
    data = root / "data"
    described = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    listed = [data / name for name in sorted(resource["path"] for resource in described)]
    descriptor, *others = beside_tables(root)
    files = [descriptor, *listed, *others]
    target = root / "_build" / "data" / data_name(edition)
    return pack(target, {path.name: path for path in files}, edition.made)


def beside_tables(root: Path) -> list[Path]:
    """Return what explains the tables in each format: descriptor, README, bibliography, terms."""
    names = ("data/datapackage.json", "data/README.md", "references.bib", "LICENSE-DATA.md")
    return [root / name for name in names]
