"""Which cells and outputs of a notebook the book can show, in every edition.

`make chapters` and the build apply these rules before Sphinx starts. A fault is one line that names
the page, the cell, counted from 1 over all cells, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from operator import itemgetter
from typing import Any

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from casi.book.run import captions, chart_rules, inline_values
from casi.book.run.chart_rules import PLOTLY_MIME

RECORDS_MIME = "application/vnd.casi.records+json"
TEXT = ("text/plain", "text/markdown")
PICTURES = ("image/png", "image/jpeg")
SKIPPED = "skip-execution"  # the tag of cells that no build runs, as nbclient has it
HIDDEN = ("remove-output", "remove-cell")  # tags of cells whose outputs no edition shows
FRAMES = ("iframe", "object", "embed", "video", "audio")
COLOURS = r"\x1b\[[\d;]*m"  # of a terminal, in tracebacks
LONGEST = 300  # characters of an error or a warning in a message

CATCH = "Catch the exception and print what readers should see"
CHART = "Draw it with casi.charts, which adds description, source and numbers"
IMAGE = "Save it in images/ and link it there, with alternative text: ![what it shows](...)"
LINK = "Link to its address in a Markdown cell"
MARKDOWN = "Write it in Markdown"
SHOWN = "Show text, a table (casi.text.table) or a chart (casi.charts)"
TABLE = "Show the table with casi.text.table"
WIDGET = "Show its values with casi.text.table or casi.charts"


def faults_before_run(page: str, notebook: NotebookNode) -> list[str]:
    """Return the faults of cells as they are written, one line each.

    Args:
        page: names the notebook in messages.
        notebook: its outputs are not looked at.
    """
    found = []
    if (notebook.metadata.get("widgets") or {}).get(_WIDGET_STATE, {}).get("state"):
        found.append(f"{page}: stored values of widgets. Run make chapters, which removes them")
    for number, cell in enumerate(notebook.cells, 1):
        found += [f"{page}, cell {number}: {fault}" for fault in _faults_of_source(cell)]
    return found


def faults_after_run(page: str, notebook: NotebookNode) -> list[str]:
    """Return the faults of outputs and of inline expressions, one line each.

    Args:
        page: names the notebook in messages.
        notebook: with the outputs of a run, which may have ended at an error.
    """
    words, found = captions.read(notebook)
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown":
            found += [(number, fault) for fault in inline_values.faults(cell)]
        for output in cell.get("outputs", []):
            found += [(number, fault) for fault in _faults_of_output(output, cell.metadata, words)]
    lines = [
        f"{page}, cell {number}: {fault}" for number, fault in sorted(found, key=itemgetter(0))
    ]
    return lines + faults_of_labels({page: notebook})


def faults_of_labels(notebooks: dict[str, NotebookNode]) -> list[str]:
    """Return the labels that two charts or tables share, one line each.

    Args:
        notebooks: with the outputs of a run, each by the page that names it in messages.
    """
    found = []
    places: dict[str, str] = {}
    for page, notebook in notebooks.items():
        for number, output, metadata in _outputs(notebook):
            if not (label := _label(output)) or _is_hidden(metadata):
                continue
            place = f"{page}, cell {number}"
            first = places.setdefault(label, place)
            if first != place:
                found.append(f"{place}: {label} is the label of {first} too. Give each its own")
    return found


def fault_of_stop(page: str, notebook: NotebookNode, reason: str) -> str:
    """Return the fault of a run that stopped at a cell without an answer.

    Args:
        page: names the notebook in messages.
        notebook: its cells that have run have an execution count.
        reason: why it stopped, such as `no result after 300 s`.
    """
    numbers = [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code"
        and cell.source.strip()
        and not cell.execution_count
        and SKIPPED not in cell.metadata.get("tags", [])
    ]
    return f"{page}, cell {numbers[0] if numbers else len(notebook.cells)}: {reason}"


def _outputs(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode, dict]]:
    """Yield each output with the number and the metadata of its cell."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            for output in cell.outputs:
                yield number, output, cell.metadata


def _label(output: NotebookNode) -> str | None:
    """Return the label of a chart or of a table of `casi.text.table`."""
    figure = output.get("data", {}).get(PLOTLY_MIME, {})
    in_table = output.get("metadata", {}).get("text/markdown", {})
    return figure.get("layout", {}).get("meta", {}).get("label") or in_table.get("label")


def _is_hidden(metadata: dict) -> bool:
    return any(tag in metadata.get("tags", []) for tag in HIDDEN)


def _faults_of_source(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "raw" and cell.source.strip():
        yield "raw cell, which the book does not show. Make it a Markdown or a code cell"
    elif cell.cell_type == "markdown":
        yield from _faults_of_markdown(cell.source)


def _faults_of_output(
    output: NotebookNode, metadata: dict, words: dict[str, captions.Words]
) -> Iterator[str]:
    tags = metadata.get("tags", [])
    expected = "raises-exception" in tags
    hidden = _is_hidden(metadata)
    if output.output_type == "error" and not (expected and hidden):
        advice = CATCH if expected else "Correct the cell, or the code it calls"
        yield f"{_shortened(f'{output.ename}: {output.evalue}')}{_place(output)}. {advice}"
    elif hidden:
        return
    elif output.output_type == "stream":
        if output.name == "stderr" and "remove-stderr" not in tags:
            yield f"warning {_shortened(output.text)!r}. Remove what causes it"
    elif output.output_type in ("display_data", "execute_result"):
        yield from _faults_of_data(output.data, metadata, words)


def _place(error: NotebookNode) -> str:
    """Return where code outside the notebook has failed, such as ` (casi/text.py:12)`."""
    files = re.findall(
        r"^File (\S+\.py:\d+)", re.sub(COLOURS, "", "\n".join(error.traceback)), re.M
    )
    return f" ({files[-1]})" if files else ""


def _faults_of_data(
    data: dict[str, Any], metadata: dict, words: dict[str, captions.Words]
) -> Iterator[str]:
    """Yield the faults of a MIME bundle: of what a page would show of it."""
    rest = [kind for kind in data if kind not in TEXT]
    if PLOTLY_MIME in data:
        yield from chart_rules.faults(data[PLOTLY_MIME], words)
    elif RECORDS_MIME in data:
        return
    elif not rest:
        yield from _faults_of_markdown(data.get("text/markdown", ""))
    elif any("widget" in kind for kind in rest):
        yield f"widget, which needs Python behind the page. {WIDGET}"
    elif any("javascript" in kind for kind in rest):
        yield f"script, which the book does not run. {CHART}"
    elif any("vega" in kind or "bokeh" in kind for kind in rest):
        yield f"chart that the book cannot show on paper. {CHART}"
    elif "text/html" in rest:
        yield _fault_of_html(data["text/html"])
    elif not all(kind in PICTURES for kind in rest):
        yield f"output of type {', '.join(sorted(rest))}, which the book does not show. {SHOWN}"
    elif not _alternative_text(metadata):
        yield (
            f"picture without alternative text. {CHART}; or describe it in the cell's metadata: "
            '{"mystnb": {"image": {"alt": "what it shows"}}}'
        )


def _fault_of_html(markup: str) -> str:
    reader = _Reader(markup)
    if any(tag in FRAMES for tag in reader.tags):
        return f"content of another site or file, which the book does not load. {LINK}"
    if 'id="T_' in markup:
        return f"colours of a Styler, which the book does not show. {TABLE}, and say them in words"
    if 'class="dataframe"' in markup:
        return f"table of pandas without caption and source. {TABLE}"
    return f"HTML, which the book does not show. {MARKDOWN}; {{eval}}`...` fills in numbers"


def _faults_of_markdown(source: str) -> Iterator[str]:
    for token in _tokens(source):
        if token.type == "image":
            yield from _faults_of_picture(str(token.attrs["src"]))
        elif token.type in ("html_block", "html_inline"):
            reader = _Reader(token.content)
            yield from reader.faults
            for address in reader.pictures:
                yield from _faults_of_picture(address)


def _tokens(source: str) -> Iterator[Any]:
    for token in MarkdownIt("commonmark").parse(source):
        yield token
        yield from token.children or []


def _faults_of_picture(address: str) -> Iterator[str]:
    scheme = address.partition(":")[0].lower()
    if scheme in ("attachment", "data"):
        yield f"pasted picture {address[:40]!r}, which the book does not show. {IMAGE}"
    elif scheme in ("http", "https"):
        yield f"picture of another site {address!r}, which the book does not load. {IMAGE}"


class _Reader(HTMLParser):
    """Reads HTML and lists its elements, its pictures, and what the policy of pages blocks."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pictures: list[str] = []
        self.faults: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in FRAMES:
            self.faults.append(f"<{tag}>, which the book does not load. {LINK}")
        elif tag in ("script", "style"):
            self.faults.append(f"<{tag}>, which pages block. {MARKDOWN}")
        for name, value in attributes:
            if name == "style":
                self.faults.append(f"style={value!r} of <{tag}>, which pages block. {MARKDOWN}")
            elif name.startswith("on"):
                self.faults.append(f"script in {name}={value!r}, which pages block. {MARKDOWN}")
            elif tag == "img" and name == "src":
                self.pictures.append(value or "")


def _alternative_text(metadata: dict) -> str:
    return metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def _shortened(text: str) -> str:
    """Return text on one line; of a long one its end, where Python says what is wrong."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"... {line[-LONGEST:]}"


_WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
