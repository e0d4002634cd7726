"""Prepare the assembled book for print: order of chapters, unique ids, footnotes, index."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

NUMBERED = re.compile(r"id\d+")  # ids that docutils makes up, page by page
TARGET = re.compile(r"#(?:document-(?P<page>[^#]+)#?)?(?P<name>.*)")  # as Sphinx links in a book
ANCHORED = (nodes.section, nodes.figure, nodes.table)  # contents and lists lead there
UNINDEXED = (nodes.citation, nodes.title, nodes.literal, nodes.literal_block, nodes.raw)


@dataclass(frozen=True)
class Entry:
    """An entry of the table of contents or of a list of figures or tables.

    Attributes:
        title: title of the chapter, section, figure or table.
        anchor: its id in the book.
        under: the sections of a chapter.
        part: caption of the part that begins with the chapter.
        number: number of the figure or table.
    """

    title: str
    anchor: str
    under: tuple[Entry, ...] = ()
    part: str = ""
    number: str = ""


def flatten_chapters(tree: nodes.Element, root: str) -> dict[str, str]:
    """Move the chapters, which Sphinx nests in the first page, to the top level of the book.

    Args:
        tree: the assembled book; afterwards its children are the pages of the web book.
        root: name of the first page.

    Returns:
        The caption of each part, by the name of its first page.
    """
    captions, pages = {}, []
    for part in list(tree.findall(nodes.compound)):
        if "toctree-wrapper" not in part["classes"]:
            continue
        chapters = [node for node in part if isinstance(node, addnodes.start_of_file)]
        if chapters and part.get("caption"):
            captions[chapters[0]["docname"]] = part["caption"]
        pages += chapters
        part.parent.remove(part)
    first = addnodes.start_of_file("", *tree.children, docname=root)
    tree.children = []
    tree.extend([first, *pages])
    return captions


def unlink(tree: nodes.Element, pages: Collection[str], site: str) -> None:
    """Make links to pages that are not printed lead to the web edition, or to nothing without one.

    Args:
        tree: the assembled book.
        pages: names of pages that are not in it.
        site: address of the web edition, with a slash at its end; may be empty.
    """
    for link in list(tree.findall(nodes.reference)):
        target = TARGET.fullmatch(link.get("refuri", ""))
        if not target or target["page"] not in pages:
            continue
        if site:
            place = f"#{target['name']}" if target["name"] else ""
            link["refuri"] = f"{site}{target['page']}.html{place}"
        else:
            link.parent.replace(link, link.children)


def qualify_ids(tree: nodes.Element) -> dict[tuple[str, str], str]:
    """Make every id unique in the book and update the links inside the book.

    Ids are unique within a page only: docutils numbers the ids of repeated headings and of headings
    without Latin letters. Sections get the page in front: `borders-limits`. So does every other id
    that is numbered or that two pages share. Numbered ids that no link needs are removed, and with
    them the labels of citations, which link back to the text.

    Args:
        tree: the assembled book, its children the pages as `flatten_chapters` leaves them.

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
    """Return the table of contents: chapters with their sections.

    Args:
        tree: the assembled book, after `qualify_ids`.
        parts: caption of each part by its first page, from `flatten_chapters`.
    """
    entries = []
    for page in tree.findall(addnodes.start_of_file):
        for chapter in (node for node in page if isinstance(node, nodes.section)):
            sections = [node for node in chapter if isinstance(node, nodes.section)]
            under = tuple(Entry(_title(node), node["ids"][0]) for node in sections)
            part = parts.get(page["docname"], "")
            entries.append(Entry(_title(chapter), chapter["ids"][0], under, part))
    return entries


def _title(section: nodes.section) -> str:
    title = section.next_node(nodes.title)
    return title.astext() if title else ""


def remove_wrappers(tree: nodes.Element) -> None:
    """Remove wrappers that only web styles need; each costs WeasyPrint time for layout.

    A link stays in its paragraph: Sphinx writes none outside of text.
    """
    for cell in list(tree.findall(nodes.entry)):
        only = cell[0] if len(cell) == 1 else None
        if isinstance(only, nodes.paragraph) and not any(only.findall(nodes.reference)):
            cell.replace(cell[0], cell[0].children)
    for container in list(tree.findall(nodes.container)):
        if {"cell", "cell_output"} & set(container["classes"]):
            container.parent.replace(container, container.children)
    for literal in list(tree.findall(nodes.literal)):
        code = f"<code>{html.escape(literal.astext())}</code>"
        literal.parent.replace(literal, nodes.raw("", code, format="html"))


def add_address_footnotes(tree: nodes.Element) -> None:
    """Add a footnote with the address to each external link outside the bibliography."""
    for link in list(tree.findall(nodes.reference)):
        address = link.get("refuri", "")
        in_citation = any(isinstance(node, nodes.citation) for node in _ancestors(link))
        if address.startswith("http") and not in_citation and link.astext() != address:
            note = f'<span class="footnote">{html.escape(address)}</span>'
            link.parent.insert(link.parent.index(link) + 1, nodes.raw("", note, format="html"))


def add_mention_anchors(tree: nodes.Element, spellings: Mapping[str, str]) -> dict[str, list[str]]:
    """Add an anchor at each mention of a term in the text, for the index.

    Args:
        tree: the assembled book.
        spellings: the term that each spelling stands for.

    Returns:
        The anchors of each term, in text order.
    """
    longest_first = sorted(spellings, key=len, reverse=True)
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")
    anchors: dict[str, list[str]] = {}
    count = 0
    for text in list(tree.findall(nodes.Text)):
        if not words.search(text) or any(isinstance(node, UNINDEXED) for node in _ancestors(text)):
            continue
        parts: list[nodes.Node] = []
        for index, piece in enumerate(words.split(text.astext())):
            if index % 2 == 0:  # the text between two terms
                parts += [nodes.Text(piece)] if piece else []
                continue
            count += 1
            anchor = f"mention-{count}"
            anchors.setdefault(spellings[piece], []).append(anchor)
            parts.append(nodes.inline("", piece, ids=[anchor]))
        text.parent.replace(text, parts)
    return anchors


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node := node.parent:
        yield node
