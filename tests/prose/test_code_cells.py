"""Chapters can be learnt from: short code cells, and more prose than code."""

import ast

import nbformat
import pytest
import readers_text

from casi.tables import ROOT

PROFILES = [path for path in readers_text.CHAPTERS if path.stem.startswith("profile")]
CHAPTERS = [path for path in readers_text.CHAPTERS if path not in PROFILES]
TEMPLATES = sorted((ROOT / "casi/profiles/templates").glob("*.ipynb"))
LONGEST, LONGEST_WRAPPED = 9, 12  # lines of a cell; of one in which a statement has several


def code_cells(path):
    """Return the code of a page, without cells that it does not show."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return [cell.source for cell in cells if "remove-cell" not in cell.metadata.get("tags", [])]


def too_long(code):
    lines = [line for line in code.splitlines() if line.strip()]
    wrapped = any(node.end_lineno > node.lineno for node in ast.parse(code).body)
    return len(lines) > (LONGEST_WRAPPED if wrapped else LONGEST)


def is_computation(line):
    """Tell lines that compute from imports and from the text of tables."""
    texts = tuple(f"{name}=" for name in readers_text.TEXTS)
    return bool(line.strip()) and not line.lstrip().startswith(("import ", "from ", *texts))


def test_a_cell_may_have_nine_lines_and_twelve_if_a_call_is_wrapped():
    assert not too_long("a = 1\n" * 9) and too_long("a = 1\n" * 10)
    call = "f(\n" + "    1,\n" * 9 + ")\n"
    assert not too_long("a = 1\n" + call) and too_long("a = 1\n" * 2 + call)


@pytest.mark.parametrize("path", [*CHAPTERS, *TEMPLATES], ids=lambda path: path.stem)
def test_no_code_cell_is_long(path):
    assert [code for code in code_cells(path) if too_long(code)] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_ten_words_of_prose_stand_against_a_line_of_code(path):
    words = sum(len(part.split()) for part in readers_text.chapter(path))
    lines = sum(map(is_computation, "\n".join(code_cells(path)).splitlines()))
    assert words >= 10 * lines
