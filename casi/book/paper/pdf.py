"""Make the print edition: `python -m casi.book.paper.pdf [a4|letter]`, after the web book."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casi import tables
from casi.book.build import build, command
from casi.book.editions import archives, downloads
from casi.book.editions.edition import edition

SIZES = {"a4": "A4", "letter": "letter"}  # as CSS names them
ADVICE = (
    "WeasyPrint needs the library Pango (on Debian or Ubuntu, apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on macOS, brew install pango)"
)


def make_pdf(root: Path = tables.ROOT, size: str = "a4") -> Path:
    """Make the PDF of the report.

    Args:
        root: folder of the report, with a built web book.
        size: a key of `SIZES`.

    Raises:
        RuntimeError: if Pango, a glyph or the target of a link is missing.
        subprocess.CalledProcessError: if Sphinx fails.
    """
    with ThreadPoolExecutor(1) as pool:
        assembled = pool.submit(build.sphinx, root, "singlehtml")
        try:
            from casi.book.paper import typeset  # slow import, done while Sphinx runs
        except OSError as error:
            raise RuntimeError(f"{error}\n{ADVICE}") from error
        folder = assembled.result()
    current = edition(root)
    ending = "" if size == "a4" else f"-{size}"
    target = root / "_build" / "pdf" / f"{current.stem}{ending}.pdf"
    package = archives.data_package(root, current)
    typeset.write_pdf(folder, current, SIZES[size], package, target)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


def main(arguments: list[str]) -> int:
    """Make the PDF in the size named, or in A4; return the exit code."""
    size, *rest = arguments or ["a4"]
    if rest or size not in SIZES:
        print(f"Usage: python -m casi.book.paper.pdf [{'|'.join(SIZES)}]", file=sys.stderr)
        return 2
    gc.disable()  # the layout is needed until the end, so a collection would free nothing
    return command.run("PDF", lambda: make_pdf(size=size))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # freeing all pages would take seconds
