"""Write the notebook of each profile from its template: `python -m casi.profiles.pages`.

A template is a notebook without outputs in `templates/`, with places such as `$name`. A change is
made once, there: `make chapters` writes the profiles anew before it runs the notebooks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from string import Template
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from casi.profiles.body import BODIES, SIX
from casi.tables import ROOT, load

TEMPLATES = Path(__file__).parent / "templates"
CHAPTERS = ROOT / "chapters"


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
    names = load("states").set_index("iso3")["name"]
    return [
        *(_of_state(code, names[code]) for code in SIX),
        *(_of_pair(pair, names) for pair in combinations(SIX, 2)),
        *(_of_body(key, body.name) for key, body in BODIES.items()),
    ]


def stem(*names: str) -> str:
    """Return the name of the notebook of a state, of two states or of a body."""
    return "_".join(["profile", *names]).lower()


def _of_state(code: str, name: str) -> Page:
    return Page(stem(name), "state", {"name": name, "code": code, "label": code.lower()})


def _of_pair(codes: tuple[str, str], names: Mapping[str, str]) -> Page:
    first, second = codes
    values = {
        "first": names[first],
        "second": names[second],
        "first_code": first,
        "second_code": second,
        "label": f"{first}-{second}".lower(),
    }
    return Page(stem(names[first], names[second]), "pair", values)


def _of_body(key: str, name: str) -> Page:
    return Page(stem(key), "body", {"name": name, "key": key, "label": key.replace("_", "-")})


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
