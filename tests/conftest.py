import shutil
from pathlib import Path

import pytest

from casi import tables
from casi.book import build
from casi.book.browser import ensure_browser, find_browser

ROOT = tables.ROOT


@pytest.fixture(scope="session")
def book() -> Path:
    """The web book, built strictly if it is not up to date."""
    return build.build(ROOT).parent


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that draws and shows charts, installed if it may be."""
    ensure_browser()
    return find_browser()


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data package that a test may break."""
    return Path(shutil.copytree(tables.DATA, tmp_path / "data"))
