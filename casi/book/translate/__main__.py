"""Keep the catalogues of other languages.

`python -m casi.book.translate update ru [PAGE ...]` brings catalogues up to date with the pages;
`check ru [PAGE ...]` lists the faults of translations; `show PAGE` prints the English with values.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from casi.book.run import inline, inline_values
from casi.book.run.fingerprint import ROOT
from casi.book.translate import catalogue, pages, rules

CODE = "code"  # the catalogue of words in code, which no page holds


def update(root: Path, language: str, names: list[str]) -> None:
    """Bring catalogues up to date with their pages."""
    for page in names or known(root, language):
        blocks = pages.messages(pages.path_of(root, page))
        catalogue.update(catalogue.path_of(root, language, page), language, blocks)


def check(root: Path, language: str, names: list[str]) -> list[str]:
    """Return the faults of translated messages and how many are left, one line each."""
    found = []
    for page in names or known(root, language):
        path = catalogue.path_of(root, language, page)
        kinds = {block.text: block.kind for block in pages.messages(pages.path_of(root, page))}
        done = {str(m.id): m for m in catalogue.read(path) if m.id}
        for text, message in done.items():
            place = f"{path.name}: line {message.lineno}"
            if text in kinds and message.string and not message.fuzzy:
                faults = rules.faults(text, str(message.string), kinds[text])
                found += [f"{place}: {fault}" for fault in faults]
        left = catalogue.untranslated(path, kinds)
        print(f"{page}: {len(kinds) - len(left)} of {len(kinds)} messages translated")
    return found


def known(root: Path, language: str) -> list[str]:
    """Return the pages that have a catalogue."""
    folder = catalogue.path_of(root, language, CODE).parent
    return sorted(path.stem for path in folder.glob("*.po") if path.stem != CODE)


def show(root: Path, page: str) -> None:
    """Print the Markdown of a notebook with its stored values, each in angle quotes."""
    notebook = nbformat.read(pages.path_of(root, page), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            values = [inline_values.written(each, True) for each in inline.results_of(cell)]
            print(with_values(cell.source, values), end="\n\n")


def with_values(text: str, values: list[str]) -> str:
    """Return Markdown with values in angle quotes in the places of its expressions."""
    remaining = iter(values)
    return inline.replace(text, lambda _: f"«{next(remaining)}»")


def main(arguments: list[str]) -> int:
    """Run a command; return the exit code."""
    match arguments:
        case ["update", language, *names]:
            update(ROOT, language, names)
        case ["check", language, *names]:
            faults = check(ROOT, language, names)
            print(*faults, sep="\n")
            return bool(faults)
        case ["show", page]:
            show(ROOT, page)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
