"""The first code cell of a chapter: how a notebook gets the package outside the repository."""

import sys
from dataclasses import replace
from types import SimpleNamespace

import nbformat
import pytest

from casi.book.editions import package_cell
from casi.book.editions.edition import edition
from casi.tables import ROOT

OURS = edition(ROOT)
EDITION = replace(OURS, version=OURS.number)
NOTEBOOKS = sorted([*ROOT.glob("chapters/*.ipynb"), *ROOT.glob("casi/profiles/templates/*.ipynb")])


def run(code):
    """Run the cell; return the commands that it gave to IPython."""
    given = []
    shell = SimpleNamespace(run_line_magic=lambda *words: given.append(words))
    exec(code, {"get_ipython": lambda: shell})
    return given


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_first_code_cell_of_each_chapter_names_the_package_of_the_edition(path):
    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert first.source == package_cell.code(EDITION), "run make chapters"
    assert first.metadata.tags == package_cell.TAGS and not first.outputs


def test_without_a_site_the_package_lies_beside_the_notebook():
    code = package_cell.code(replace(EDITION, site=""))
    assert f"of edition {EDITION.number}. To install it, download the file" in code
    assert run(code.replace('"google.colab" in sys.modules', "True")) == [
        ("pip", f"install --quiet casi-{EDITION.number}-py3-none-any.whl")
    ]


def test_colab_installs_it_from_the_site_and_no_other_program_does(monkeypatch):
    draft = replace(EDITION.as_draft(), site="https://example.org/book")
    code = package_cell.code(draft)
    assert run(code) == []
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace())
    name = f"casi-{draft.number}.dev0-py3-none-any.whl"
    assert run(code) == [
        ("pip", f"install --quiet https://example.org/book/latest/downloads/{name}")
    ]


def test_the_cell_of_another_edition_is_replaced():
    v4 = nbformat.v4
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# A"), v4.new_code_cell("x")])
    for each in (EDITION, EDITION, EDITION.as_draft()):
        package_cell.insert(notebook, each)
    title, first, last = notebook.cells
    assert (title.source, last.source) == ("# A", "x")
    assert first.source == package_cell.code(EDITION.as_draft())


def test_a_notebook_without_code_needs_no_package():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")])
    package_cell.insert(notebook, EDITION)
    assert len(notebook.cells) == 1
