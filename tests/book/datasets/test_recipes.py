"""The question that the README answers with five tools: each gives the same answer.

R and LibreOffice are asked where they are installed, and in continuous integration always.
"""

import contextlib
import csv
import datetime
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from casi import tables
from casi.book.datasets import database, parquet, workbook
from casi.book.editions.edition import edition

README = (tables.DATA / "README.md").read_text(encoding="utf-8")
TOOLS, TEN = README.partition("## One question")[2].split("## Ten questions")
RECIPES = dict(re.findall(r"```(\w+)\n(.*?)```", TOOLS, re.DOTALL))
FIRST = re.search(r"```sql\n(.*?)```", TEN, re.DOTALL)[1]


def answer(rows):
    """Return rows of name, day and states in one form."""
    return [(name, str(day)[:10], tuple(states.split(", "))) for name, day, states in rows]


def program(name):
    """Return the path of a program; without it, skip the test, but not unseen by anyone."""
    if (path := shutil.which(name)) is None:
        assert "CI" not in os.environ, f"{name} is missing: run .ci/install-readers"
        pytest.skip(f"{name} is not installed; .ci/install-readers names its package")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return database.write_database(tmp_path_factory.mktemp("recipes") / "x.sqlite")


@pytest.fixture(scope="module")
def expected(made):
    with contextlib.closing(sqlite3.connect(made)) as connection:
        return answer(connection.execute(FIRST))


def same(found, expected):
    """Compare answers in the order of days, newest first; those of one day stand in any order."""
    found = answer(found)
    assert [day for _, day, _ in found] == [day for _, day, _ in expected]
    assert sorted(found) == sorted(expected) and found


def test_the_answer_is_that_of_the_view_and_names_states_in_order(expected):
    assert len(expected) > 20
    for _, day, states in expected:
        assert day >= "2020" and not {"Russia", "China"} & {*states} and [*states] == sorted(states)
    assert [day for _, day, _ in expected] == sorted((day for _, day, _ in expected), reverse=True)


def test_pandas(expected):
    script = RECIPES["python"] + "\nimport sys\nfound.to_csv(sys.stdout, index=False)\n"
    script = script.replace("print(found", "(found")
    run = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(run, cwd=tables.DATA, check=True, capture_output=True, encoding="utf-8")
    rows = csv.DictReader(io.StringIO(done.stdout))
    same([(row["name"], row["date_start"], row["participants"]) for row in rows], expected)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_duckdb(expected, tmp_path, ending):
    if ending == "csv":
        shutil.copytree(tables.DATA, tmp_path, dirs_exist_ok=True)
    else:
        for name, content in parquet.parquet_files().items():
            (tmp_path / name).write_bytes(content)
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{tmp_path}'")
        query = RECIPES["sql"].replace(".csv'", f".{ending}'")
        same(connection.execute(query).fetchall(), expected)


def test_r(expected, tmp_path):
    script = tmp_path / "recipe.R"
    script.write_text(
        f'{RECIPES["r"]}\nwrite.csv(found, "{tmp_path}/found.csv", row.names = FALSE, '
        'fileEncoding = "UTF-8")\n',
        encoding="utf-8",
    )
    subprocess.run([program("Rscript"), script], cwd=tables.DATA, check=True, capture_output=True)
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as file:
        same([tuple(row.values()) for row in csv.DictReader(file)], expected)


def test_excel_formula(made, expected, monkeypatch, tmp_path):
    office = program("soffice")
    monkeypatch.setattr(workbook, "read_tables", lambda folder: [])  # the sheet asked is enough
    views = database.read_views(made, 10_000)
    kept = [view for view in views if view.name == "exercise_company"]
    book = workbook.write_workbook(tmp_path / "x.xlsx", edition(tables.ROOT), views=kept)
    asked = with_column(load_workbook(book)["exercise_company"])
    asked.save(tmp_path / "asked.xlsx")
    run = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    run += ["--convert-to", "xlsx", "--outdir", tmp_path / "read", tmp_path / "asked.xlsx"]
    subprocess.run(run, check=True, capture_output=True, timeout=300)
    read = load_workbook(tmp_path / "read" / "asked.xlsx", data_only=True).active
    rows = [row[1:3] + row[8:9] for row in read.iter_rows(min_row=2, values_only=True)]
    found = [row for row in rows if row[2]]
    same(sorted(found, key=lambda row: row[1], reverse=True), expected)


def with_column(sheet):
    """Return a workbook of one sheet alone, with the formula of the README beside each row."""
    book = Workbook()
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        formula = re.sub(r"\b([A-H])2\b", rf"\g<1>{number}", RECIPES["text"].strip())
        book.active.append([*row, formula if number > 1 else "took part"])
    assert isinstance(book.active["C2"].value, datetime.datetime)
    return book
