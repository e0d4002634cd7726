"""Pack all pictures and captions: `python -m casi.book.takeaway.pack`, from the printed book."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from casi import tables
from casi.book.build import command
from casi.book.editions import archives, downloads
from casi.book.editions.edition import edition
from casi.book.pages.chart_html import FOLDER
from casi.book.takeaway.extracts import Chart, read

KINDS = ("svg", "png")
COLUMNS = ("file", "figure", "title", "measure", "notes", "description")


def make_pack(root: Path = tables.ROOT) -> Path:
    """Pack the charts of the book as SVG and PNG, with a table of captions and the licence.

    Args:
        root: folder of the report, with a printed book.
    """
    current = edition(root)
    charts = read(root / "_build" / "singlehtml").charts.values()
    drawings = root / "_build" / "html" / FOLDER
    files: dict[str, Path | bytes] = {
        f"{chart.anchor}.{kind}": drawings / f"{chart.anchor}.{kind}"
        for chart in charts
        for kind in KINDS
    }
    files["captions.csv"] = captions(charts).encode()
    files["LICENSE-DATA.md"] = root / "LICENSE-DATA.md"
    target = root / "_build" / "pack" / f"{current.stem}-pictures.zip"
    archives.pack(target, files, current.made)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


def captions(charts: Iterable[Chart]) -> str:
    """Return the captions of charts as CSV: `file` (without ending) and what stands around it."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(
        (chart.anchor, chart.number, chart.title, chart.measure, chart.notes, chart.description)
        for chart in charts
    )
    return text.getvalue()


if __name__ == "__main__":
    sys.exit(command.run("pictures", make_pack))
