"""Give the assembled book what a reader of paper needs: an order, contents, notes and an index."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

NUMBERED = re.compile(r"id\d+")  # ids that docutils makes up, page by page
TARGET = re.compile(r"#(?:document-(?P<page>[^#]+)#?)?(?P<name>.*)")  # as Sphinx links in a book
ANCHORED = (nodes.section, nodes.figure, nodes.table)  # contents and lists lead there
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


def qualify_ids(tree: nodes.Element) -> dict[tuple[str, str], str]:
    """Make every id unique in the book and update the links inside the book.

    Ids are unique within a page only: docutils numbers the ids of repeated headings and of headings
    without Latin letters. Sections get the page in front: `borders-limits`. So does every other id
    that is numbered or that two pages share. Numbered ids that no link needs are removed, and with
    them the labels of citations, which link back to the text.

    Args:
        tree: the assembled book, its children the pages as `lift_chapters` leaves them.

    Returns:
        The new id by page and old id.
    """
    for label in list(tree.findall(nodes.label)):
        if isinstance(label.parent, nodes.citation):
            label.parent.attributes.pop("backrefs", None)
            label.parent.remove(label)
    pages = list(tree.findall(addnodes.start_of_file))
    prefixes = _prefixes(page["docname"] for page in pages)
    shared = Counter(name for page in pages for name in {*_ids(page)})
    needed = {target for page in pages for target in _targets(page)}
    new: dict[tuple[str, str], str] = {}
    for page in pages:
        docname = page["docname"]
        for node in page.findall(nodes.Element):
            kept = [
                name
                for name in node["ids"]
                if isinstance(node, ANCHORED)
                or not NUMBERED.fullmatch(name)
                or (docname, name) in needed
            ]
            for name in kept:
                local = NUMBERED.fullmatch(name) or shared[name] > 1
                qualified = isinstance(node, nodes.section) or local
                new[docname, name] = f"{prefixes[docname]}-{name}" if qualified else name
            node["ids"] = [new[docname, name] for name in kept]
        if section := page.next_node(nodes.section):
            new[docname, ""] = section["ids"][0]
    for page in pages:
        _update_links(page, new)
    return new


def _prefixes(docnames: Iterable[str]) -> dict[str, str]:
    """Return the last part of the name of each page, or the whole name where two pages share it."""
    stems = {docname: docname.rpartition("/")[2] for docname in docnames}
    count = Counter(stems.values())
    return {
        docname: stem if count[stem] == 1 else docname.replace("/", "-")
        for docname, stem in stems.items()
    }


def _ids(page: addnodes.start_of_file) -> Iterator[str]:
    for node in page.findall(nodes.Element):
        yield from node["ids"]


def _targets(page: addnodes.start_of_file) -> Iterator[tuple[str, str]]:
    """Yield page and id of everything that a page links to."""
    for node in page.findall(nodes.Element):
        for name in [node.get("refid"), *node.get("backrefs", [])]:
            if name:
                yield page["docname"], name
        if found := TARGET.fullmatch(node.get("refuri", "")):
            yield found["page"] or page["docname"], found["name"]


def _update_links(page: addnodes.start_of_file, new: Mapping[tuple[str, str], str]) -> None:
    docname = page["docname"]
    for node in page.findall(nodes.Element):
        if "refid" in node:
            node["refid"] = new.get((docname, node["refid"]), node["refid"])
        if node.get("backrefs"):
            node["backrefs"] = [new.get((docname, name), name) for name in node["backrefs"]]
        if found := TARGET.fullmatch(node.get("refuri", "")):
            target = found["page"] or docname, found["name"]
            node["refuri"] = f"#{new.get(target, target[1])}"


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
