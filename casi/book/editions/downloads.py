"""List the downloads of an edition on the pages of its web book."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

FOLDER = "downloads"
LIST = re.compile(r'<ul class="casi-downloads">.*?</ul>', re.DOTALL)
KINDS = {  # by the ending of the file name, in the order of the list
    ".pdf": "PDF, A4",
    "-letter.pdf": "PDF, US Letter",
    ".epub": "EPUB",
    "-brief.pdf": "Briefing, two pages",
    "-slides.pptx": "Slides",
    "-pictures.zip": "All charts as pictures",
    "-data.zip": "Data package",
    ".sqlite": "SQLite database",
    ".xlsx": "Excel workbook",
    "-parquet.zip": "Parquet files",
    "-stata-spss.zip": "Stata and SPSS files",
    "-py3-none-any.whl": "Python package",
    "-sbom.cdx.json": "List of software (SBOM)",
    "-offline.zip": "Whole book, for offline reading",
}
FOLDERS = (
    "pdf",
    "epub",
    "brief",
    "deck",
    "pack",
    "data",
    "wheel",
    "sbom",
    "offline",
)  # below _build


def made(root: Path) -> list[Path]:
    """Return the existing downloads of the current edition, in the order of the list.

    Args:
        root: folder of the report.
    """
    folders = [root / "_build" / name for name in FOLDERS]
    order = list(KINDS.values())
    files = [
        (order.index(kind), path.name, path)
        for folder in folders
        for path in folder.glob("*")
        if (kind := kind_of(path))
    ]
    return [path for *_, path in sorted(files)]


def kind_of(path: Path) -> str | None:
    """Return the kind of a download, such as `EPUB`; None for any other file."""
    endings = sorted((ending for ending in KINDS if path.name.endswith(ending)), key=len)
    return KINDS[endings[-1]] if endings else None


def offer(book: Path, files: Iterable[Path]) -> None:
    """Copy files into a web book and replace the list of downloads on each page.

    Steps that run at once wait for each other.

    Args:
        book: folder of the web book.
        files: the downloads, in order.
    """
    with FileLock(book.parent / ".offer.lock"):
        _offer(book, list(files))


def _offer(book: Path, files: list[Path]) -> None:
    folder = book / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in files:
        shutil.copy2(path, folder)
    for page in book.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        up = "../" * (len(page.relative_to(book).parts) - 1)
        listed = LIST.sub(_list(files, f"{up}{FOLDER}"), text)
        if listed != text:
            draft = page.with_suffix(".new")
            draft.write_text(listed, encoding="utf-8")
            draft.replace(page)


def _list(files: Iterable[Path], folder: str) -> str:
    items = [
        f'<li><a href="{folder}/{html.escape(path.name)}" download>{kind_of(path)}</a> '
        f"({size(path)})</li>"
        for path in files
    ]
    return f'<ul class="casi-downloads">{"".join(items)}</ul>'


def size(path: Path) -> str:
    """Return the size of a file as text: `1.4 MB`, or `230 KB` below 0.1 MB."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} KB"
