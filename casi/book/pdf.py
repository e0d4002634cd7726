"""Make the print edition: `python -m casi.book.pdf [a4|letter]`, after the web book."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casi import tables
from casi.book import build, downloads, pack
from casi.book.edition import edition

SIZES = ("a4", "letter")
ADVICE = (
    "If a library is missing: WeasyPrint needs Pango (on Debian or Ubuntu, apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on macOS, brew install pango)"
)


def make_pdf(root: Path = tables.ROOT, size: str = "a4") -> Path:
    """Make the PDF of the report.

    Args:
        root: folder of the report, in which the web book was built.
        size: one of `SIZES`.

    Raises:
        typeset.Unprintable: if a glyph or the target of a link is missing.
        subprocess.CalledProcessError: if Sphinx fails.
    """
    with ThreadPoolExecutor(1) as pool:
        assembled = pool.submit(build.sphinx, root, "singlehtml")
        from casi.book import typeset  # takes long, while Sphinx works

        folder = assembled.result()
    ours = edition(root)
    ending = "" if size == SIZES[0] else f"-{size}"
    target = root / "_build" / "pdf" / f"{ours.stem}{ending}.pdf"
    package = pack.data_package(root, ours)
    typeset.write_pdf(folder, ours, size, package, target)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


def main(arguments: list[str]) -> int:
    """Make the PDF and print what it cost; return the exit code."""
    size, *rest = arguments or SIZES[:1]
    if rest or size not in SIZES:
        print(f"Usage: python -m casi.book.pdf [{'|'.join(SIZES)}]", file=sys.stderr)
        return 2
    started = time.monotonic()
    gc.disable()  # nothing that is laid out is let go before the end
    try:
        path = make_pdf(size=size)
    except subprocess.CalledProcessError:
        print("The PDF was not made: see the warnings above", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The PDF was not made: {error}\n{ADVICE}", file=sys.stderr)
        return 1
    except RuntimeError as error:
        print(f"The PDF was not made: {error}", file=sys.stderr)
        return 1
    print(pack.receipt(path, started))
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Python would spend seconds on clearing away all pages
