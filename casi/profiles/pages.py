"""Write the notebook of each profile from its template: `python -m casi.profiles.pages`.

A template is a notebook without outputs in `templates/`, with places such as `$name`. A change is
made once, there: `make chapters` writes the profiles anew before it runs the notebooks.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from casi.record.lookup import row_of
from casi.states import FIVE
from casi.tables import ROOT, load

TEMPLATES = Path(__file__).parent / "templates"
CHAPTERS = ROOT / "chapters"
STATES = [*FIVE, "AZE"]  # in the order of the pages


class Page(NamedTuple):
    """A profile.

    Attributes:
        stem: name of its notebook, without the ending.
        template: name of its template, without the ending.
        values: what stands in the places of the template, by name.
    """

    stem: str
    template: str
    values: dict[str, str]


def pages() -> list[Page]:
    """Return all profiles, in the order in which the book lists them."""
    names = {code: row_of({"states": load("states")}, "states", code)["name"] for code in STATES}
    return [
        Page(
            f"profile_{name.lower()}",
            "state",
            {"name": name, "code": code, "label": code.lower()},
        )
        for code, name in names.items()
    ]


def from_template(page: Page, templates: Path = TEMPLATES) -> NotebookNode:
    """Return the notebook of a profile, without outputs.

    Args:
        page: the profile.
        templates: folder of the templates.

    Raises:
        KeyError: naming a place of the template without a value.
    """
    notebook = nbformat.read(templates / f"{page.template}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = Template(cell.source).substitute(page.values)
    return notebook


def written(notebook: NotebookNode) -> list[tuple[str, str, str, list[str]]]:
    """Return what stands in the cells, without what a run adds: type, id, source and tags."""
    return [
        (cell.cell_type, cell.id, cell.source, cell.metadata.get("tags", []))
        for cell in notebook.cells
    ]


def main(folder: Path = CHAPTERS, templates: Path = TEMPLATES) -> int:
    """Write the profiles that differ from their templates, without outputs; return the exit code.

    Args:
        folder: where the notebooks are stored.
        templates: folder of the templates.
    """
    for page in pages():
        path, notebook = folder / f"{page.stem}.ipynb", from_template(page, templates)
        stored = nbformat.read(path, as_version=4) if path.exists() else None
        if stored is None or written(stored) != written(notebook):
            nbformat.write(notebook, path)
            print(f"Wrote {path.name} from its template")
    return 0


if __name__ == "__main__":
    sys.exit(main())
