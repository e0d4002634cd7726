"""Write what programs read: each page as Markdown with its numbers, data as JSON, and `llms.txt`.

`casi_json` in `_config.yml` names the functions that return the JSON files and their schema.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from casi.book.editions import cite
from casi.book.editions.edition import Edition
from casi.book.pages import chart_html
from casi.book.pages.search import called
from casi.book.run.captions import take_out
from casi.book.run.fingerprint import INPUTS, fingerprint

FOLDER = "json"
MARK = "casi_json"  # file that tells from which inputs the JSON was made
HIDDEN = {"hide-cell", "hide-output", "remove-cell", "remove-output"}  # tags of cells
LIST = "llms.txt"  # https://llmstxt.org/
ROLE = re.compile(r"\{[\w:-]+\}`(?:([^`<]+?)\s*<[^`>]+>|([^`]+))`")
FENCE = re.compile(r"^(:{3,}|`{3,})(\{[\w-]+\})?.*\n?|^:\w[\w-]*:.*\n|^\([\w-]+\)=\n", re.MULTILINE)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files into the web book; for `build-finished`."""
    if exception or app.builder.name != "html":
        return
    folder, edition = Path(app.outdir), app.config.casi_edition
    for page in sorted(app.env.found_docs):
        source = Path(app.env.doc2path(page))
        results = vars(app)["casi_values"].get(page, [])
        text = as_markdown(source, results, "../" * page.count("/"))
        target = folder / f"{page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    titles = {page: title.astext() for page, title in app.env.titles.items()}
    data = bool(app.config.casi_json) and app.config.language == "en"  # others would repeat it
    text = index(edition, titles, [*_in_order(app)], FOLDER if data else "")
    (folder / LIST).write_text(text, encoding="utf-8", newline="")
    if data:
        _write_json(app, folder / FOLDER)


def _in_order(app: Sphinx) -> Iterator[str]:
    """Yield the pages in the order of the contents, then the others."""
    found, waiting = set(), [app.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        if page not in found:
            found.add(page)
            yield page
            waiting = [*app.env.toctree_includes.get(page, []), *waiting]
    yield from sorted(app.env.found_docs - found)


def as_markdown(source: Path, results: list, up: str) -> str:
    """Return a page as plain Markdown: text with its numbers, tables, and captions of charts.

    Args:
        source: a notebook, whose outputs are stored in it, or a file in Markdown.
        results: the values of its inline expressions, in order.
        up: relative address of the book.
    """
    values, text = iter(results), source.read_text(encoding="utf-8")
    if source.suffix != ".ipynb":
        return _plain(take_out(text, values)[0])
    parts = []
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "markdown":
            words, captions = take_out("".join(cell["source"]), values)
            parts += [_plain(words), *(_chart(*each, up) for each in captions.items())]
        if HIDDEN.isdisjoint(cell["metadata"].get("tags", [])):
            for output in cell.get("outputs", []):
                parts.append(_plain("".join(output.get("data", {}).get("text/markdown", ""))))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _plain(text: str) -> str:
    """Return MyST Markdown without its roles and directives, their text kept."""
    text = ROLE.sub(lambda found: found[1] or found[2], text)
    return re.sub(r"\n{3,}", "\n\n", FENCE.sub("", text)).strip() + "\n"


def _chart(label: str, words: dict[str, Any], up: str) -> str:
    address = f"{up}{chart_html.FOLDER}/{label}.csv"
    measure = f"{words['measure']} ({words['unit']})."
    return f"**Chart: {words['title']}** {measure} {words['coverage']} [Numbers]({address})"


def index(edition: Edition, titles: dict[str, str], pages: list[str], data: str) -> str:
    """Return `llms.txt`: what the book is, its pages as Markdown, and its data.

    Args:
        edition: the edition.
        titles: of the pages, by name.
        pages: names of the pages, in order.
        data: folder of the JSON files; empty if there are none.
    """
    lines = [f"# {edition.title}", "", f"> {edition.abstract}", "", cite.sentence(edition), ""]
    lines += ["## Pages", ""]
    lines += [f"- [{titles[page]}]({_address(edition, page)}.md)" for page in pages]
    if data:
        listed = _address(edition, f"{data}/index.json")
        described = _address(edition, f"{data}/schema.json")
        lines += ["", "## Data", "", f"- [Events, states and pairs as JSON]({listed})"]
        lines += [f"- [JSON Schema of these files]({described})"]
    return "\n".join(lines) + "\n"


def _address(edition: Edition, page: str) -> str:
    return cite.address(edition, page) or page


def _write_json(app: Sphinx, folder: Path) -> None:
    """Write the JSON files if what they are made from has changed."""
    root = Path(app.srcdir)
    mark, made_from = Path(app.doctreedir) / MARK, fingerprint(root, INPUTS)
    if folder.is_dir() and mark.is_file() and mark.read_text(encoding="utf-8") == made_from:
        return
    shutil.rmtree(folder, ignore_errors=True)
    functions = app.config.casi_json
    found = {**called(functions["files"]), "schema.json": called(functions["schema"])}
    for path, content in found.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        target.write_text(text + "\n", encoding="utf-8", newline="")
    mark.write_text(made_from, encoding="utf-8")
