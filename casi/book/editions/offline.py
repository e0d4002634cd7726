"""Pack everything into one archive for offline reading: `python -m casi.book.editions.offline`.

Needs the web book, the PDFs and the EPUB. Unpacked, its `index.html` opens in any browser without a
network.
"""

from __future__ import annotations

import sys
from pathlib import Path

from casi import tables
from casi.book.build import command
from casi.book.editions import archives, downloads
from casi.book.editions.edition import edition


def make_offline(root: Path = tables.ROOT) -> Path:
    """Pack web book, PDFs, EPUB, data package and notebooks, with a list of checksums.

    Hidden files at the top of the web book only serve the next build.

    Args:
        root: folder of the report, in which everything else was made.

    Raises:
        FileNotFoundError: naming every file that is not made yet.
    """
    current, book = edition(root), root / "_build" / "html"
    others = [path for path in downloads.made(root) if not path.name.endswith("-offline.zip")]
    if missing := _missing(others, book):
        raise FileNotFoundError(f"not made yet: {', '.join(missing)}; run `make offline`")
    downloads.offer(book, others)
    files = {name: path for name, path in archives.files_below(book).items() if name[0] != "."}
    notebooks = sorted((book / "_sources" / "chapters").glob("*.ipynb"))  # with outputs
    files |= {f"notebooks/{path.name}": path for path in notebooks}
    files |= {name: root / name for name in ("LICENSE", "LICENSE-DATA.md", "CITATION.cff")}
    packed: dict[str, Path | bytes] = {
        f"{current.stem}/{name}": path for name, path in files.items()
    }
    packed[f"{current.stem}/{archives.SUMS}"] = archives.sums(files).encode()
    target = archives.pack(
        root / "_build" / "offline" / f"{current.stem}-offline.zip", packed, current.made
    )
    downloads.offer(book, [*others, target])
    return target


def _missing(files: list[Path], book: Path) -> list[str]:
    have = {downloads.kind_of(path) for path in files}
    wanted = [kind for end, kind in downloads.KINDS.items() if end != "-offline.zip"]
    page = [] if (book / "index.html").is_file() else ["web book"]
    return page + [kind for kind in wanted if kind not in have]


if __name__ == "__main__":
    sys.exit(command.run("archive", make_offline))
