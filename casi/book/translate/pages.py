"""Read the messages of a page, and write the page with their translations."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat

from casi.book.translate import blocks, code_words
from casi.book.translate.blocks import Block

FINDINGS = "findings"  # sentences that chapters, cards and editions share
SPECIAL = {FINDINGS: "casi/findings/key_findings.md"}
CODE_CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
FINDING = re.compile(r"(\w+: )(.*)")

Written = Callable[[Block], str]


def path_of(root: Path, page: str) -> Path:
    """Return the file of a page, such as `index` or `suppliers`.

    Raises:
        FileNotFoundError: if there is none.
    """
    names = [SPECIAL.get(page, f"{page}.md"), f"chapters/{page}.ipynb", f"chapters/{page}.md"]
    for name in names:
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(f"no page is called {page!r}: looked for {', '.join(names)}")


def messages(path: Path) -> list[Block]:
    """Return the texts of a page in order, each once."""
    found: dict[str, Block] = {}

    def keep(block: Block) -> str:
        found.setdefault(block.text, block)
        return block.text

    translate(path, keep)
    return list(found.values())


def translate(path: Path, written: Written) -> str:
    """Return the source of a page with each block replaced by what is written for it."""
    if path.suffix == ".md":
        text = path.read_text("utf-8")
        return _findings(text, written) if path.stem == "key_findings" else _page(text, written)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        replace = code_words.replace if cell.cell_type == "code" else blocks.replace
        cell.source = replace(cell.source, written)
    return nbformat.writes(notebook)


def _page(text: str, written: Written) -> str:
    """Translate a page in Markdown, whose code cells stand in fences."""
    cells = [*CODE_CELL.findall(text), ""]
    parts = CODE_CELL.split(text)
    return "".join(
        blocks.replace(part, written) + code_words.replace_in_fence(cell, written)
        for part, cell in zip(parts, cells, strict=True)
    )


def _findings(text: str, written: Written) -> str:
    """Translate the sentences of the findings; the first paragraph tells maintainers of them."""
    opening, *sections = re.split(r"(?=^## )", text, flags=re.M)

    def write(block: Block) -> str:
        if block.kind == "heading" and (named := FINDING.fullmatch(block.text)):
            return named[1] + written(Block(named[2], "name of a finding", block.lead))
        return written(block)

    return opening + "".join(blocks.replace(section, write) for section in sections)
