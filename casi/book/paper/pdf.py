"""Make the print edition: `python -m casi.book.paper.pdf [a4|letter] ...`, after the web book."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib import import_module
from multiprocessing import get_context
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
    """Make the PDF of the report in one size, a key of `SIZES`; the rest is as in `make_pdfs`."""
    return make_pdfs(root, [size])[0]


def make_pdfs(root: Path, sizes: list[str]) -> list[Path]:
    """Make a PDF of the report in each size, each in a process of its own.

    Args:
        root: folder of the report, with a built web book.
        sizes: keys of `SIZES`.

    Raises:
        RuntimeError: if Pango, a glyph or the target of a link is missing.
        subprocess.CalledProcessError: if Sphinx fails.
    """
    folder = assemble(root)
    package = archives.data_package(root, edition(root))
    first, *others = sizes
    if others:
        context = get_context("fork" if sys.platform == "linux" else "spawn")
        with ProcessPoolExecutor(len(others), context) as pool:
            started = [pool.submit(set_pages, root, folder, package, size) for size in others]
            made = [set_pages(root, folder, package, first), *(each.result() for each in started)]
    else:
        made = [set_pages(root, folder, package, first)]
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return made


def assemble(root: Path) -> Path:
    """Return the folder of the text on one page; what sets it is imported while Sphinx runs."""
    with ThreadPoolExecutor(1) as pool:
        assembled = pool.submit(build.sphinx, root, "singlehtml")
        try:
            import_module("casi.book.paper.typeset")
        except OSError as error:
            raise RuntimeError(f"{error}\n{ADVICE}") from error
        return assembled.result()


def set_pages(root: Path, folder: Path, package: Path, size: str) -> Path:
    """Return the PDF of an assembled text.

    Args:
        root: folder of the report.
        folder: what `assemble` returns.
        package: archive of the data package, to attach.
        size: a key of `SIZES`.
    """
    from casi.book.paper import typeset

    current = edition(root)
    ending = "" if size == "a4" else f"-{size}"
    target = root / "_build" / "pdf" / f"{current.stem}{ending}.pdf"
    return typeset.write_pdf(folder, current, SIZES[size], package, target)


def main(arguments: list[str]) -> int:
    """Make the PDF in the sizes named, or in A4; return the exit code."""
    sizes = arguments or ["a4"]
    if set(sizes) - SIZES.keys():
        print(f"Usage: python -m casi.book.paper.pdf [{'|'.join(SIZES)}] ...", file=sys.stderr)
        return 2
    gc.disable()  # the layout is needed until the end, so a collection would free nothing
    return command.run("PDF", lambda: make_pdfs(tables.ROOT, sizes))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # freeing all pages would take seconds
