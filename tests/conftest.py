import shutil
from pathlib import Path

import pytest

from casi import tables
from casi.book import build

ROOT = tables.ROOT


@pytest.fixture(scope="session")
def book() -> Path:
    """The web book, built strictly if it is not up to date."""
    return build.build(ROOT).parent


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data package that a test may break."""
    return Path(shutil.copytree(tables.DATA, tmp_path / "data"))
