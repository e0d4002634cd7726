"""Put the whole book into one HTML document for paper: Sphinx's `singlehtml` builder, our own page.

The web theme stays out. The document, `body.html`, is the bare text; `book.json` holds what goes
before and after it: contents, lists of figures and tables, and the index.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import jinja2
from docutils import nodes
from sphinx import addnodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from casi import tables
from casi.book.pages import attribution, chart_html
from casi.book.pages.chart_html import FOLDER
from casi.book.pages.figures import charts_of
from casi.book.paper import assemble
from casi.book.paper.column_widths import set_widths
from casi.book.paper.static_pages import stand_still

PRINT = Path(__file__).parent / "templates"
SUMMARY = "Summary"
NUMBERS = assemble.Entry("The numbers of the figures", "numbers-of-the-figures")
KINDS = {nodes.figure: "figure", nodes.table: "table"}


class PaperBuilder(SingleFileHTMLBuilder):
    """Writes the book for paper and the pictures of its charts."""

    add_permalinks = False

    def fix_refuris(self, tree: nodes.Node) -> None:
        """Leave the page in each link: `assemble.qualify_ids` needs it to find the target."""

    def assemble_doctree(self) -> nodes.document:
        """Join the pages; each is read once, though every reference to a number asks for it."""
        read = self.env.get_doctree
        self.env.get_doctree = cache(read)
        try:
            return super().assemble_doctree()
        finally:
            self.env.get_doctree = read

    def write(self, *_) -> None:
        """Write the document."""
        self.prepare_writing(self.env.all_docs)
        root, folder = Path(self.srcdir), Path(self.outdir)
        tree = self.assemble_doctree()
        self.post_process_images(tree)
        self.imgpath = self.imagedir
        metas = [one["layout"]["meta"] for one in charts_of(tree)]
        stand_still(tree, root, folder / FOLDER, FOLDER)
        parts = assemble.lift_chapters(tree, self.config.root_doc)
        anchors = assemble.qualify_ids(tree)
        self.fignumbers = self._figure_numbers(anchors)
        for table in tree.findall(nodes.table):
            set_widths(table)
        assemble.note_addresses(tree)
        strong = tree.next_node(nodes.strong)  # the first page opens with the question
        tree.next_node(nodes.title).children = [nodes.Text(SUMMARY)]  # the cover bears the title
        figures = self._numbered(tree, nodes.figure)
        book = {
            "title": self.config.html_title,
            "language": self.config.language,
            "question": strong.astext() if strong else "",
            "contents": [*assemble.contents(tree, parts), NUMBERS],
            "lists": {"Figures": figures, "Tables": self._numbered(tree, nodes.table)},
            "cover": next((one for one in figures if one.anchor == self.config.casi_cover), None),
            "index": self._index(tree),
        }
        assemble.lay_bare(tree)
        text = addnodes.start_of_file("", *tree, docname="")
        words = {"body": self.render_partial(text)["fragment"], "numbers": _numbers(figures, metas)}
        page = fill("body", book, heading=NUMBERS, **words)
        (folder / "body.html").write_text(page, encoding="utf-8")
        written = json.dumps(book, default=asdict, ensure_ascii=False, indent=1)
        (folder / "book.json").write_text(written, encoding="utf-8")

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

    def _numbered(self, tree: nodes.Element, kind: type) -> list[assemble.Entry]:
        """Return the numbered figures or tables, in the order of the text."""
        found = []
        for file in tree.findall(addnodes.start_of_file):
            numbers = self.fignumbers.get(f"{file['docname']}/{KINDS[kind]}", {})
            for node in file.findall(kind):
                if node["ids"] and (number := numbers.get(node["ids"][0])):
                    title = next(
                        one for one in node if isinstance(one, nodes.caption | nodes.title)
                    )
                    number = ".".join(map(str, number))
                    found.append(assemble.Entry(title.astext(), node["ids"][0], number=number))
        return found

    def _index(self, tree: nodes.Element) -> dict[str, list[tuple[str, list[str]]]]:
        """Return the anchors of each term in the text, by heading."""
        terms = {
            heading: spellings(*columns) for heading, columns in self.config.casi_index.items()
        }
        known = {spelling: term for of in terms.values() for spelling, term in of.items()}
        mentions = assemble.mark_mentions(tree, known)
        return {
            heading: [
                (term, mentions[term])
                for term in sorted(set(of.values()), key=str.casefold)
                if term in mentions
            ]
            for heading, of in terms.items()
        }


def _numbers(figures: list[assemble.Entry], metas: list[dict]) -> list[str]:
    """Return the numbers of the charts that may be handed out, as HTML tables."""
    known = {meta["label"]: meta for meta in metas if attribution.may_hand_out(meta)}
    return [
        chart_html.numbers(known[one.anchor], f"Figure {one.number}. {html.escape(one.title)}")
        for one in figures
        if one.anchor in known
    ]


def spellings(table: str, name: str, *others: str) -> dict[str, str]:
    """Return the terms of an index by each of their spellings: `Name (more)` is `Name` as well.

    Args:
        table: a table of the record.
        name: the column with the names.
        others: columns with other spellings; they are named behind the term.
    """
    found = {}
    for row in tables.read(table)[[name, *others]].drop_duplicates().itertuples(index=False):
        known = [word for word in row if isinstance(word, str)]
        term = known[0] + "".join(f" ({word})" for word in known[1:] if word != known[0])
        found |= {word: term for word in [*known, known[0].partition(" (")[0]]}
    return found


def fill(name: str, book: Mapping[str, object], **more: object) -> str:
    """Fill a template of `print/`.

    Args:
        name: of the template.
        book: what `book.json` holds.
        more: what else the template names.
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
