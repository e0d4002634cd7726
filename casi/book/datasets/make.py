"""Make the tables of an edition in all formats: `python -m casi.book.datasets.make`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from casi import tables
from casi.book.build import command
from casi.book.datasets.database import read_views, write_database
from casi.book.datasets.labelled import spss_files, stata_files
from casi.book.datasets.parquet import parquet_files
from casi.book.datasets.workbook import write_workbook
from casi.book.editions import archives
from casi.book.editions.edition import edition

SHEET = 10_000  # rows of a view that the workbook holds


def make_data(root: Path = tables.ROOT) -> list[Path]:
    """Make the tables of an edition in all formats; return the files.

    Args:
        root: folder of the report.
    """
    current, folder, data = edition(root), root / "_build" / "data", root / "data"
    besides = {path.name: path for path in archives.beside_tables(root)}
    packed = {
        "parquet": parquet_files(data),
        "stata-spss": stata_files(current.made, data) | spss_files(current.made, data),
    }
    database = write_database(folder / f"{current.stem}.sqlite", data)
    workbook = folder / f"{current.stem}.xlsx"
    return [
        archives.data_package(root, current),
        database,
        write_workbook(workbook, current, data, read_views(database, SHEET, data)),
        *(
            archives.pack(folder / f"{current.stem}-{kind}.zip", {**besides, **files}, current.made)
            for kind, files in packed.items()
        ),
    ]


if __name__ == "__main__":
    started = time.monotonic()
    for path in make_data():
        print(command.receipt(path, started))
    sys.exit(0)
