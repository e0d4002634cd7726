import gc
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casi import tables
from casi.book.pages.browser import ensure_browser, find_browser

ROOT = tables.ROOT


def pytest_collection_finish() -> None:
    """Take what is imported out of the search for garbage, which goes through it many times."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture
def three_tables(tmp_path) -> Path:
    """A data package of states, organisations and memberships that a test may break."""
    folder = tmp_path / "three_tables"
    folder.mkdir()
    package = json.loads((tables.DATA / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = package["resources"][:3]
    for entry in package["resources"]:
        shutil.copy(tables.DATA / entry["path"], folder)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder
