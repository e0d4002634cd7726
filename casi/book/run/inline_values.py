"""Write the values of inline expressions into Markdown, or say why one cannot be written."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from casi.book.run import inline
from casi.escape import for_markdown
from casi.text import MISSING


def fill(text: str, values: Iterator[inline.Result], as_plain_text: bool = False) -> str:
    """Return Markdown with the values in the places of its expressions.

    Args:
        text: Markdown.
        values: the results of its expressions, in order; the iterator moves on by their number.
        as_plain_text: the text is not read as Markdown, such as the title of a chart.

    Raises:
        ValueError: if a value cannot be written (see `written`).
    """
    return inline.replace(text, lambda _: written(next(values), as_plain_text))


def written(result: inline.Result, as_plain_text: bool = False) -> str:
    """Return the Markdown of a value: text is shown as it is, Markdown is taken as Markdown.

    Args:
        result: what a kernel has replied.
        as_plain_text: return the text itself instead.

    Raises:
        ValueError: if the value is missing, or neither text, a whole number nor Markdown.
    """
    if result["status"] != "ok":
        raise ValueError(f"{result['ename']}: {result['evalue']}")
    data = result["data"]
    if "text/markdown" in data:
        return data["text/markdown"]
    try:
        value = ast.literal_eval(data["text/plain"])
    except (ValueError, SyntaxError):
        value = None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(
            f"the value {data['text/plain'][:60]} is no text. Format it with a function of "
            "casi.text, such as number, percent, date or listing"
        )
    if str(value).strip() in ("", MISSING):
        raise ValueError("the value is missing. Say in words that it is not known")
    return str(value) if as_plain_text else for_markdown(str(value))


def faults(cell: NotebookNode) -> list[str]:
    """Return the faults of the stored results of a Markdown cell, one line each."""
    found = []
    for entry in cell.metadata.get(inline.METADATA, []):
        try:
            written(entry["result"])
        except ValueError as error:
            found.append(f"{{eval}}`{entry['expression']}`: {error}")
    return found
