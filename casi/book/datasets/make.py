"""Make the data package, the database and the workbook: `python -m casi.book.datasets.make`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from casi import tables
from casi.book.build import command
from casi.book.datasets.database import write_database
from casi.book.datasets.workbook import write_workbook
from casi.book.editions import archives
from casi.book.editions.edition import edition


def make_data(root: Path = tables.ROOT) -> list[Path]:
    """Make the tables of an edition in all formats; return the files.

    Args:
        root: folder of the report.
    """
    current, folder = edition(root), root / "_build" / "data"
    return [
        archives.data_package(root, current),
        write_database(folder / f"{current.stem}.sqlite", root / "data"),
        write_workbook(folder / f"{current.stem}.xlsx", current, root / "data"),
    ]


if __name__ == "__main__":
    started = time.monotonic()
    for path in make_data():
        print(command.receipt(path, started))
    sys.exit(0)
