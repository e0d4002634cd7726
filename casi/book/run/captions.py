"""Read the captions of charts, which stand in Markdown below the cell that draws the chart.

A caption has the form in which MyST embeds an output of a notebook as a figure:

    :::{figure} #fig-clashes
    :tables: clashes
    :sources: {eval}`cite(cited(clashes, 6))`

    The title: the finding, with its numbers

    What is measured, over what (unit)

    What the data leave out.
    :::

Two more options may say how the chart was made: `:method:`, in one sentence, and `:function:`, the
Python function that computes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from casi.book.run import inline, inline_values
from casi.book.run.chart_rules import PLOTLY_MIME
from casi.book.run.inline import Result
from casi.book.run.inline_values import fill

BLOCK = re.compile(
    r"^:::\{figure\} +#(?P<label>fig-[a-z0-9-]+) *\n(?P<body>.*?)^::: *(?:\n|\Z)", re.M | re.S
)
OPTIONS = re.compile(r"((?:^:\w+:[^\n]*\n)*)(.*)", re.M | re.S)
CITED = re.compile(r"\{cite\}`([^`]+)`")
MEASURE = re.compile(r"(?P<measure>.+) \((?P<unit>.+)\)")

NEEDED, MORE = {"tables", "sources"}, {"method", "function"}
Words = dict[str, Any]  # title, measure, unit, coverage, tables and source of a chart


def take_out(text: str, values: Iterator[Result]) -> tuple[str, dict[str, Words]]:
    """Fill in the values of Markdown, and take the captions out of it.

    Args:
        text: Markdown.
        values: the results of its expressions, in order; the iterator moves on by their number.

    Returns:
        The Markdown without captions, and the words of each caption by the label of its chart.

    Raises:
        ValueError: if a caption is not complete, naming its chart, or a value cannot be written.
    """
    parts, captions, end = [], {}, 0
    for block in BLOCK.finditer(text):
        parts.append(fill(text[end : block.start()], values))
        captions[block["label"]] = {
            name: fill(part, values, as_plain_text=True)
            for name, part in _parts(block["label"], block["body"]).items()
        }
        end = block.end()
    parts.append(fill(text[end:], values))
    return "".join(parts), {label: _words(label, filled) for label, filled in captions.items()}


def _parts(label: str, body: str) -> dict[str, str]:
    """Return the parts of a caption by name, in their order, their values not filled in."""
    options, rest = OPTIONS.match(body).groups()  # type: ignore[union-attr]  # matches any text
    parts = dict(re.findall(r"^:(\w+): +(.+)$", options, re.M))
    if odd := sorted((parts.keys() - MORE) ^ NEEDED):
        raise ValueError(f"caption of {label!r} needs :tables: and :sources:; see {', '.join(odd)}")
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", rest.strip())]
    if len(paragraphs) != 3 or not (measure := MEASURE.fullmatch(paragraphs[1])):
        raise ValueError(
            f"caption of {label!r} needs three paragraphs: title, measure with (unit), coverage"
        )
    title, _, coverage = paragraphs
    parts |= {"title": title, **measure.groupdict(), "coverage": coverage}
    for name in parts.keys() - {"tables", "sources"}:
        if re.search(r"[{`]", re.sub(inline.ROLE, "", parts[name])):
            raise ValueError(f"the {name} of {label!r} is plain text, it goes into pictures too")
    return parts


def _words(label: str, filled: dict[str, str]) -> Words:
    tables, cited = filled.pop("tables"), CITED.findall(filled.pop("sources"))
    if not cited:
        raise ValueError(f"caption of {label!r} cites nothing: write :sources: {{cite}}`a-key`")
    return filled | {
        "tables": [name.strip() for name in tables.split(",")],
        "source": [key for keys in cited for key in keys.split(",")],
    }


def read(notebook: NotebookNode) -> tuple[dict[str, Words], list[tuple[int, str]]]:
    """Read the captions of a notebook whose cells have run, all or those before an error.

    Returns:
        The words of each caption by the label of its chart; and each fault with the number of its
        cell: captions that are incomplete, and those whose chart no cell draws.
    """
    words: dict[str, Words] = {}
    drawn, found, stopped = set(), [], False
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            drawn |= set(_labels_of_charts(cell))
            stopped = stopped or any(output.output_type == "error" for output in cell.outputs)
        elif cell.cell_type == "markdown" and not stopped:
            try:
                taken = take_out(cell.source, iter(inline.results_of(cell)))[1]
            except ValueError as error:
                if not inline_values.faults(cell):
                    found.append((number, str(error)))
                continue
            words |= taken
            found += [
                (number, f"caption of {label!r}, which no cell above draws")
                for label in taken.keys() - drawn
            ]
    return words, found


def _labels_of_charts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        figure = output.get("data", {}).get(PLOTLY_MIME, {})
        if label := (figure.get("layout", {}).get("meta") or {}).get("label"):
            yield label
