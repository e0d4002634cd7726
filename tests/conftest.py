import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casi import CHECKED, tables
from casi.book.pages.browser import ensure_browser, find_browser
from casi.claims import article

ROOT = tables.ROOT
os.environ[CHECKED] = str(tables.DATA)  # `make check` checks them first


@pytest.fixture(scope="session")
def book() -> Path:
    """The web book, built strictly if it is not up to date."""
    subprocess.run([sys.executable, "-m", "casi.book.build"], cwd=ROOT, check=True)
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that draws and shows charts, installed if it may be."""
    ensure_browser()
    return find_browser()


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data package that a test may break."""
    return Path(shutil.copytree(tables.DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def article_record() -> dict:
    """The tables that the claims of the article are tested on."""
    return {name: tables.load(name) for name in article.TABLES}


@pytest.fixture
def changed(article_record):
    """Return the record with some rows of one table changed, or taken out."""

    def change(table, where, **values):
        frame = article_record[table].copy()
        rows = frame.query(where).index
        assert len(rows), f"no row of {table} with {where}"
        if values:
            for column, value in values.items():
                frame.loc[rows, column] = value
        else:
            frame = frame.drop(rows)
        return article_record | {table: frame}

    return change


@pytest.fixture
def turns(article_record, changed):
    """Assert what a test of a claim says now, and what it says when rows are changed."""

    def check(test, now, table, where, values, then):
        assert test(article_record).verdict == now
        assert test(changed(table, where, **values)).verdict == then

    return check
