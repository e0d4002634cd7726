"""Conventions of modules, chapters and tracked files."""

import json
import re
import subprocess

import nbformat
import pytest

from casi.book.run import captions, inline
from casi.tables import ROOT
from casi.text import RECORDS_MIME

MODULES = sorted(path for path in (ROOT / "casi").rglob("*.py") if path.stem != "__init__")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
MACHINE = r"(^|[^A-Za-z0-9./])/(home|Users|root|work|tmp)/[a-z]"  # a path, not part of an address
PLAIN = {"text/plain", "text/markdown", "application/vnd.plotly.v1+json", RECORDS_MIME}


def tracked(*patterns):
    command = ["git", "ls-files", "--", *patterns]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.split()


def test_no_module_is_longer_than_400_lines():
    lengths = {path: path.read_bytes().count(b"\n") for path in [*MODULES, *TESTS]}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_store_plain_deterministic_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert {kind for output in outputs for kind in output["data"]} <= PLAIN
    assert "bdata" not in json.dumps(outputs)
    assert not any("execution" in cell.metadata for cell in notebook.cells)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_output_is_exempt_from_comparison(path):
    source = path.read_text(encoding="utf-8")
    assert "nbval-ignore" not in source.lower()
    assert "NBVAL_" not in source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_are_between_800_and_1500_words(path):
    """Words of prose with its values: Markdown without captions, headings and tables.

    A profile is mostly tables: 250 to 600 words.
    """
    notebook = nbformat.read(path, as_version=4)
    text = [
        captions.take_out(cell.source, iter(inline.results_of(cell)))[0]
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output["data"].get("text/markdown", "")
            if not re.search(r"^\| :?---", shown, re.MULTILINE):
                text.append(shown)
    words = [word for part in text for word in part.split() if not word.startswith("#")]
    brief = {"record": 500, "changes": 200, "key_findings": 600, "borders": 750, "profiles": 200}
    low, high = brief.get(path.stem, 800), 1500
    if path.stem.startswith("profile_"):
        low, high = 250, 600
    assert low <= len(words) <= high


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_hold_four_or_more_charts_and_tables(path):
    source = path.read_text(encoding="utf-8")
    assert source.count('"label') + source.count('label=\\"') >= 4


def test_no_path_of_a_machine_is_tracked():
    found = subprocess.run(
        ["git", "grep", "-nIE", MACHINE, "--", ".", ":!tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    assert found == ""


def test_no_file_of_a_publisher_is_tracked():
    assert tracked("*.xlsx", "*.geojson", "*.rda") == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_table_writes_a_year_as_a_count(path):
    assert re.findall(r"\| (?:1,9\d\d|2,0[0-2]\d) \|", path.read_text(encoding="utf-8")) == []
