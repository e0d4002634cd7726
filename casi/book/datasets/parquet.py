"""Write the tables as Parquet, one file each: typed, with meaning, terms and hash inside."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from casi import tables
from casi.book.datasets.entries import read_bibliography

TYPES = {"integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
NOTED = ("title", "description", "terms", "hash")  # of the descriptor; the hash is that of the CSV


def parquet_files(folder: Path = tables.DATA) -> dict[str, bytes]:
    """Return each table and the bibliography as a Parquet file, by name.

    A single thread writes them, so that the same tables give the same bytes.

    Args:
        folder: folder of the tables.
    """
    with (
        duckdb.connect(config={"threads": 1}) as connection,
        tempfile.TemporaryDirectory(prefix="parquet-") as made,
    ):
        found = {}
        for name in tables.names(folder):
            entry = tables.describe(name, folder)
            rows = _csv(folder / entry["path"], entry["schema"]["fields"])
            noted = {key: entry[key] for key in NOTED}
            found[f"{name}.parquet"] = _written(connection, rows, noted, Path(made) / name)
        sources = read_bibliography()
        names = [field.name for field in sources.fields]
        connection.register("sources", pd.DataFrame(sources.rows, columns=names).astype("str"))
        noted = {"title": "Bibliography", "description": sources.meaning}
        found[f"{sources.name}.parquet"] = _written(
            connection, "sources", noted, Path(made) / sources.name
        )
    return found


def _csv(path: Path, fields: list[dict[str, Any]]) -> str:
    """Return in SQL the rows of a table, typed as its fields; an empty cell is NULL."""
    types = {field["name"]: TYPES.get(field["type"], "VARCHAR") for field in fields}
    return (
        f"read_csv({_quoted(str(path))}, auto_detect = false, header = true, delim = ',', "
        f"""quote = '"', escape = '"', nullstr = '', columns = {_struct(types)})"""
    )


def _written(
    connection: duckdb.DuckDBPyConnection, rows: str, noted: Mapping[str, str], path: Path
) -> bytes:
    """Return some rows as Parquet, with what is noted in its metadata."""
    form = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {_struct(noted)}"
    connection.execute(f"COPY (SELECT * FROM {rows}) TO {_quoted(str(path))} ({form})")
    return path.read_bytes()


def _struct(pairs: Mapping[str, str]) -> str:
    """Return a struct of texts in SQL."""
    return f"{{{', '.join(f'{_quoted(name)}: {_quoted(text)}' for name, text in pairs.items())}}}"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
