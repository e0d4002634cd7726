"""Offer the files of an edition on the pages of its web book."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

FOLDER = "downloads"
LIST = re.compile(r'<ul class="casi-downloads">.*?</ul>', re.DOTALL)
KINDS = {  # by the end of the name, in the order of the list
    ".pdf": "PDF, A4",
    "-letter.pdf": "PDF, US Letter",
    ".epub": "EPUB",
    "-data.zip": "Data package",
    "-sbom.cdx.json": "List of software (SBOM)",
    "-offline.zip": "All of it, to read offline",
}


def made(root: Path) -> list[Path]:
    """Return the files of the present edition that were made, in the order they are offered.

    Args:
        root: folder of the report.
    """
    folders = [root / "_build" / name for name in ("pdf", "epub", "data", "sbom", "offline")]
    order = list(KINDS.values())
    files = [
        (order.index(kind), path.name, path)
        for folder in folders
        for path in folder.glob("*")
        if (kind := kind_of(path))
    ]
    return [path for *_, path in sorted(files)]


def kind_of(path: Path) -> str | None:
    """Say what a file is, such as `EPUB`; None for one that is not offered."""
    ends = sorted((end for end in KINDS if path.name.endswith(end)), key=len)
    return KINDS[ends[-1]] if ends else None


def offer(book: Path, files: Iterable[Path]) -> None:
    """Copy files into a web book and list them, and no others, wherever a page has room for that.

    Args:
        book: folder of the web book.
        files: what to offer, in order.
    """
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


def _list(files: Iterable[Path], way: str) -> str:
    items = [
        f'<li><a href="{way}/{html.escape(path.name)}" download>{kind_of(path)}</a> '
        f"({size(path)})</li>"
        for path in files
    ]
    return f'<ul class="casi-downloads">{"".join(items)}</ul>'


def size(path: Path) -> str:
    """Write the size of a file: `1.4 MB`, or `230 KB` below a tenth of a megabyte."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} KB"
