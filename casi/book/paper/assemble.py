"""Give the assembled book what a reader of paper needs: an order, contents, notes and an index."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

NUMBERED = re.compile(r"id\d+")
UNINDEXED = (nodes.citation, nodes.title, nodes.literal, nodes.literal_block, nodes.raw)


@dataclass(frozen=True)
class Entry:
    """A line of the contents.

    Attributes:
        title: what stands there.
        anchor: where in the book that is.
        under: the sections of a chapter.
        part: caption of the part that a chapter opens.
        number: of a figure or table.
    """

    title: str
    anchor: str
    under: tuple[Entry, ...] = ()
    part: str = ""
    number: str = ""


def lift_chapters(tree: nodes.Element, root: str) -> dict[str, str]:
    """Put the chapters side by side that Sphinx nests in the first page.

    Args:
        tree: the assembled book; afterwards its children are files, one a page of the web book.
        root: name of the first page.

    Returns:
        The caption of the part that each page opens, by the name of the page.
    """
    opened, files = {}, []
    for part in list(tree.findall(nodes.compound)):
        if "toctree-wrapper" not in part["classes"]:
            continue
        chapters = [node for node in part if isinstance(node, addnodes.start_of_file)]
        if chapters and part.get("caption"):
            opened[chapters[0]["docname"]] = part["caption"]
        files += chapters
        part.parent.remove(part)
    first = addnodes.start_of_file("", *tree.children, docname=root)
    tree.children = []
    tree.extend([first, *files])
    return opened


def name_sections(tree: nodes.Element) -> None:
    """Give every section an anchor that no other chapter has: `borders-limits`.

    References to a page lead to its first section. The names that docutils numbers page by page are
    taken away, with the labels that use them.
    """
    first = {}
    for label in list(tree.findall(nodes.label)):
        label.parent.remove(label)
    for node in tree.findall(nodes.Element):
        node["ids"] = [name for name in node["ids"] if not NUMBERED.fullmatch(name)]
    for file in tree.findall(addnodes.start_of_file):
        stem = file["docname"].rpartition("/")[2]
        for section in file.findall(nodes.section):
            section["ids"] = [f"{stem}-{anchor}" for anchor in section["ids"]]
            first.setdefault(f"#document-{file['docname']}", f"#{section['ids'][0]}")
    for link in tree.findall(nodes.reference):
        if (page := link.get("refuri")) in first:
            link["refuri"] = first[page]


def contents(tree: nodes.Element, parts: Mapping[str, str]) -> list[Entry]:
    """Return the chapters of the book and their sections.

    Args:
        tree: the assembled book.
        parts: what `lift_chapters` returned.
    """
    found = []
    for file in tree.findall(addnodes.start_of_file):
        for chapter in (node for node in file if isinstance(node, nodes.section)):
            sections = [node for node in chapter if isinstance(node, nodes.section)]
            under = tuple(Entry(_title(node), node["ids"][0]) for node in sections)
            part = parts.get(file["docname"], "")
            found.append(Entry(_title(chapter), chapter["ids"][0], under, part))
    return found


def _title(section: nodes.section) -> str:
    return section.next_node(nodes.title).astext()


def lay_bare(tree: nodes.Element) -> None:
    """Take away every box that a web page is styled by and a typesetter only has to measure."""
    for cell in list(tree.findall(nodes.entry)):
        if len(cell) == 1 and isinstance(cell[0], nodes.paragraph):
            cell.replace(cell[0], cell[0].children)
    for box in list(tree.findall(nodes.container)):
        if {"cell", "cell_output"} & set(box["classes"]):
            box.parent.replace(box, box.children)
    for word in list(tree.findall(nodes.literal)):
        code = f"<code>{html.escape(word.astext())}</code>"
        word.parent.replace(word, nodes.raw("", code, format="html"))


def note_addresses(tree: nodes.Element) -> None:
    """Add a footnote with the address to each link out of the book, but not in the bibliography."""
    for link in list(tree.findall(nodes.reference)):
        address = link.get("refuri", "")
        inside = any(isinstance(node, nodes.citation) for node in _above(link))
        if address.startswith("http") and not inside and link.astext() != address:
            note = f'<span class="footnote">{html.escape(address)}</span>'
            link.parent.insert(link.parent.index(link) + 1, nodes.raw("", note, format="html"))


def mark_mentions(tree: nodes.Element, spellings: Mapping[str, str]) -> dict[str, list[str]]:
    """Put an anchor at each mention of a term in the text.

    Args:
        tree: the assembled book.
        spellings: the term that each spelling stands for.

    Returns:
        The anchors of each term, in the order of the text.
    """
    longest_first = sorted(spellings, key=len, reverse=True)
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")
    found: dict[str, list[str]] = {}
    count = 0
    for text in list(tree.findall(nodes.Text)):
        if not words.search(text) or any(isinstance(node, UNINDEXED) for node in _above(text)):
            continue
        parts: list[nodes.Node] = []
        for at, piece in enumerate(words.split(text.astext())):
            if at % 2 == 0:
                parts += [nodes.Text(piece)] if piece else []
                continue
            count += 1
            anchor = f"mention-{count}"
            found.setdefault(spellings[piece], []).append(anchor)
            parts.append(nodes.inline("", piece, ids=[anchor]))
        text.parent.replace(text, parts)
    return found


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    while node := node.parent:
        yield node
