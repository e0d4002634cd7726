"""The Parquet files, read by DuckDB."""

import duckdb
import pytest

from casi import tables
from casi.book.datasets import parquet


@pytest.fixture(scope="module")
def files():
    return parquet.parquet_files()


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    made = tmp_path_factory.mktemp("parquet")
    for name, content in files.items():
        (made / name).write_bytes(content)
    return made


def test_each_table_has_all_its_rows_and_columns(folder):
    for name in tables.names():
        found = duckdb.sql(f"SELECT * FROM '{folder}/{name}.parquet'")
        expected = tables.read(name)
        assert found.columns == [*expected]
        assert len(found.fetchall()) == len(expected), name


def test_values_have_types_and_what_is_unknown_is_null(folder):
    found = duckdb.sql(f"SELECT * FROM '{folder}/exercises.parquet'")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert [types[name] for name in ("name", "date_start", "participants_complete")] == [
        "VARCHAR",
        "DATE",
        "BOOLEAN",
    ]
    place = found.columns.index("place")
    unknown = [row[place] is None for row in found.fetchall()]
    assert unknown == tables.read("exercises")["place"].isna().tolist() and any(unknown)


def test_a_file_tells_meaning_terms_and_the_hash_of_its_table(folder):
    query = f"SELECT key, value FROM parquet_kv_metadata('{folder}/arms_deals.parquet')"
    noted = {key.decode(): value.decode() for key, value in duckdb.sql(query).fetchall()}
    entry = tables.describe("arms_deals")
    assert noted == {key: entry[key] for key in parquet.NOTED}


def test_the_bibliography_comes_too(folder):
    query = f"SELECT COUNT(*) FROM '{folder}/bibliography.parquet' WHERE title IS NOT NULL"
    assert duckdb.sql(query).fetchall() == [(len(tables.bibliography()),)]


def test_the_same_tables_give_the_same_bytes(files):
    assert parquet.parquet_files() == files
