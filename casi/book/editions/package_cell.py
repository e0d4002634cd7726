"""Write the first code cell of each chapter: it tells how to get `casi` outside the repository.

`python -m casi.book.editions.package_cell chapters/*.ipynb` writes the cell of the next edition.
The notebooks that readers download hold the outputs of the build, and name the package of their
own edition or draft.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx

from casi.book.editions import cite
from casi.book.editions.downloads import FOLDER
from casi.book.editions.edition import Edition, edition
from casi.book.run.execute import executed
from casi.book.run.store import normalise

KEY = "package"  # identifies the cell
TAGS = ["remove-cell", "skip-execution"]  # a page does not show it, and a build has no use for it
CODE = """\
# This chapter needs the Python package of {edition}. {advice}
# JupyterLab shows the numbers in the text if jupyterlab-myst is installed too.
import sys

install = "google.colab" in sys.modules
if install:
    package = "{package}"
    get_ipython().run_line_magic("pip", f"install --quiet {{package}}")"""
ADVICE = """To install it, download the file below
# from the page of the chapter into this folder, set install = True and run all cells."""
ADVICE_ONLINE = """To install it, set
# install = True and run all cells. Colab does so by itself."""


def package_name(edition: Edition) -> str:
    """Return the file name of the Python package of an edition or a draft."""
    return f"casi-{edition.number}{'.dev0' if edition.draft else ''}-py3-none-any.whl"


def code(edition: Edition) -> str:
    """Return the code of the cell.

    Args:
        edition: names the package. Without the address of a site, the cell installs a file of the
            notebook's folder.
    """
    name = package_name(edition)
    address = cite.address(edition, f"{FOLDER}/{name}")
    return CODE.format(
        edition=edition.name[0].lower() + edition.name[1:],
        advice=ADVICE_ONLINE if address else ADVICE,
        package=address or name,
    )


def insert(notebook: NotebookNode, edition: Edition) -> None:
    """Put the cell of an edition before the first code cell, in place of an older one."""
    cells = [cell for cell in notebook.cells if cell.get("id") != KEY]
    places = [number for number, cell in enumerate(cells) if cell.cell_type == "code"]
    if places:
        new = nbformat.v4.new_code_cell(code(edition), id=KEY, metadata={"tags": TAGS})
        notebook.cells = [*cells[: places[0]], new, *cells[places[0] :]]


def write_downloads(app: Sphinx, error: Exception | None) -> None:
    """Replace each copied notebook by the executed one; for `build-finished`.

    Sphinx has copied the source of each page that it wrote.
    """
    if error or app.builder.name != "html":
        return
    root, ours = Path(app.srcdir), app.config.casi_edition
    copies = {
        path: copy
        for path in sorted(root.glob("chapters/*.ipynb"))
        if (copy := Path(app.outdir) / "_sources" / path.relative_to(root)).is_file()
        and copy.read_bytes() == path.read_bytes()
    }
    for path, notebook in executed(root, copies):
        notebook = normalise(notebook)
        insert(notebook, ours)
        nbformat.write(notebook, copies[path])


def main(paths: Iterable[str]) -> int:
    """Write the cell of the edition, not of its draft, into notebooks; return the exit code."""
    ours = edition()
    ours = replace(ours, version=ours.number)
    for path in map(Path, paths):
        notebook = nbformat.read(path, as_version=4)
        before = nbformat.writes(notebook)
        insert(notebook, ours)
        if nbformat.writes(notebook) != before:
            nbformat.write(notebook, path)
            print(f"Wrote the first cell of {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
