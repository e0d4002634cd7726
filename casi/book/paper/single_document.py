"""Write the book as one HTML document for print, with Sphinx's `singlehtml` builder.

The web theme is not used. `body.html` holds the text; `book.json` holds the front and back matter:
contents, lists of figures and tables, and the index.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from docutils import nodes
from sphinx import addnodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util.nodes import inline_all_toctrees

from casi import tables
from casi.book.editions import cite
from casi.book.pages import attribution, chart_html
from casi.book.pages.chart_html import FOLDER
from casi.book.pages.figures import charts_of
from casi.book.pages.selection import matching
from casi.book.paper import assemble
from casi.book.paper.column_widths import set_widths
from casi.book.paper.static_pages import make_static

PRINT = Path(__file__).parent / "templates"
SUMMARY = "Summary"
NUMBERS = assemble.Entry("Data behind the figures", "data-behind-the-figures")
KINDS: dict[type, str] = {nodes.figure: "figure", nodes.table: "table"}
CAPTIONS = (nodes.caption, nodes.title)


class PaperBuilder(SingleFileHTMLBuilder):
    """Builder of the print document and the pictures of its charts."""

    add_permalinks = False

    def assemble_doctree(self) -> nodes.document:
        """Return the pages to print as one document; read each from disk once."""
        env, root = self.env, self.config.root_doc
        get: Any = env.get_doctree
        vars(env)["get_doctree"] = cache(get)
        try:
            seen = [root, *matching(env.found_docs, self.config.casi_not_printed)]
            tree = inline_all_toctrees(self, set(), root, env.get_doctree(root), str, seen)
            tree["docname"] = root
            env.resolve_references(tree, root, self)
            return tree
        finally:
            del vars(env)["get_doctree"]

    def write(self, *_) -> None:
        """Write the document."""
        self.prepare_writing(set(self.env.all_docs))
        root, folder = Path(self.srcdir), Path(self.outdir)
        tree = self.assemble_doctree()
        self.post_process_images(tree)
        self.imgpath = self.imagedir
        metas = [figure["layout"]["meta"] for figure in charts_of(tree)]
        make_static(tree, root, folder / FOLDER, FOLDER)
        left_out = matching(self.env.found_docs, self.config.casi_not_printed)
        site = cite.address(self.config.casi_edition)
        assemble.unlink(tree, left_out, site)
        parts = assemble.flatten_chapters(tree, self.config.root_doc)
        anchors = assemble.qualify_ids(tree)
        self.fignumbers = self._figure_numbers(anchors)
        for table in tree.findall(nodes.table):
            set_widths(table)
        assemble.add_address_footnotes(tree)
        strong = tree.next_node(nodes.strong)  # the first page begins with the question
        if title := tree.next_node(nodes.title):
            title.children = [nodes.Text(SUMMARY)]  # the title itself is on the cover
        figures = self._numbered(tree, nodes.figure)
        cover = self.config.casi_cover
        book = {
            "title": self.config.html_title,
            "language": self.config.language,
            "question": strong.astext() if strong else "",
            "contents": [*assemble.contents(tree, parts), NUMBERS],
            "lists": {"Figures": figures, "Tables": self._numbered(tree, nodes.table)},
            "cover": next((each for each in figures if each.anchor == cover), None),
            "brief": self.config.casi_brief,
            "index": self._index(tree),
            "left_out": [self.env.titles[name].astext() for name in left_out],
            "site": site,
        }
        assemble.remove_wrappers(tree)
        body = self.render_partial(addnodes.start_of_file("", *tree, docname=""))["fragment"]
        numbers = _numbers(figures, metas)
        page = fill("body", book, heading=NUMBERS, body=body, numbers=numbers)
        (folder / "body.html").write_text(page, encoding="utf-8")
        serialised = json.dumps(book, default=asdict, ensure_ascii=False, indent=1)
        (folder / "book.json").write_text(serialised, encoding="utf-8")

    def finish(self) -> None:
        """Copy images, and nothing of a web page but for a folder that MyST-NB needs."""
        self.copy_image_files()
        (Path(self.outdir) / "_static").mkdir(exist_ok=True)

    def _figure_numbers(
        self, anchors: Mapping[tuple[str, str], str]
    ) -> dict[str, dict[str, tuple[int, ...]]]:
        """Return the numbers of figures and tables by anchor, by `page/kind` as Sphinx asks."""
        return {
            f"{docname}/{kind}": {
                anchors.get((docname, name), name): number for name, number in numbers.items()
            }
            for docname, kinds in self.env.toc_fignumbers.items()
            for kind, numbers in kinds.items()
        }

    def _numbered(self, tree: nodes.Element, kind: type[nodes.Element]) -> list[assemble.Entry]:
        """Return the numbered figures or tables, in text order."""
        entries = []
        for page in tree.findall(addnodes.start_of_file):
            numbers = self.fignumbers.get(f"{page['docname']}/{KINDS[kind]}", {})
            for node in page.findall(kind):
                if node["ids"] and (number := numbers.get(node["ids"][0])):
                    [title] = (part for part in node if isinstance(part, CAPTIONS))
                    text = ".".join(map(str, number))
                    entries.append(assemble.Entry(title.astext(), node["ids"][0], number=text))
        return entries

    def _index(self, tree: nodes.Element) -> dict[str, list[tuple[str, list[str]]]]:
        """Return the anchors of each term in the text, by heading."""
        terms = {
            heading: index_terms(*columns) for heading, columns in self.config.casi_index.items()
        }
        known = {spelling: term for group in terms.values() for spelling, term in group.items()}
        mentions = assemble.add_mention_anchors(tree, known)
        return {
            heading: [
                (term, mentions[term])
                for term in sorted(set(group.values()), key=str.casefold)
                if term in mentions
            ]
            for heading, group in terms.items()
        }


def _numbers(figures: list[assemble.Entry], metas: list[dict]) -> list[str]:
    """Return the numbers of the charts as HTML tables, where their terms allow it."""
    known = {meta["label"]: meta for meta in metas if attribution.may_distribute(meta)}
    return [
        chart_html.numbers(known[each.anchor], f"Figure {each.number}. {html.escape(each.title)}")
        for each in figures
        if each.anchor in known
    ]


def index_terms(table: str, name: str, *others: str) -> dict[str, str]:
    """Return the term of the index for each spelling; `Name (more)` may also be spelled `Name`.

    Args:
        table: a table of the record.
        name: the column with the names.
        others: columns with other spellings, which follow the term in brackets.
    """
    terms: dict[str, str] = {}
    for row in tables.read(table)[[name, *others]].drop_duplicates().itertuples(index=False):
        known = [word for word in row if isinstance(word, str)]
        term = known[0] + "".join(f" ({word})" for word in known[1:] if word != known[0])
        terms |= {word: term for word in [*known, known[0].partition(" (")[0]]}
    return terms


def fill(name: str, book: Mapping[str, object], **more: object) -> str:
    """Return a template of the print edition, filled.

    Args:
        name: name of the template.
        book: the content of `book.json`.
        more: other variables of the template.
    """
    loader = jinja2.FileSystemLoader(PRINT)
    settings = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return settings.get_template(f"{name}.html").render(book=book, **more)
