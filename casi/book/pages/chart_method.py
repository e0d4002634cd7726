"""Say under a chart how it was made: method, function, data, citation."""

from __future__ import annotations

import html
import re

from casi import tables
from casi.book.pages import attribution
from casi.language import translated

TITLE, LABEL = "{title}", "{label}"  # of a chart, their places in the pattern of a citation


def markup(meta: dict, citation: str, source: str = "", link: str = "") -> str:
    """Return the HTML of a `details` element that says how a chart was made.

    Args:
        meta: `layout.meta` of the figure; `method` and `function` may be missing.
        citation: how to cite a chart, with `TITLE` and `LABEL` in their places.
        source: address of the folder of the report's source; empty if none is set.
        link: address of the page on the method of the whole report, if the book has one.
    """
    lines = [html.escape(meta["method"])] if "method" in meta else []
    if name := meta.get("function"):
        path, line = place(name)
        code = f"<code>{html.escape(name)}</code>"
        address = html.escape(f"{source}/{path}#L{line}")
        lines.append(f'Function: <a href="{address}">{code}</a>' if source else f"Function: {code}")
    data = translated("Data: {origin}.").format(origin=attribution.origin(meta))
    lines.append(html.escape(data))
    if link:
        lines.append(f'<a href="{link}">Method of the report</a>')
    cited = citation.replace(TITLE, meta["title"]).replace(LABEL, meta["label"])
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<details class="casi-embed casi-made"><summary>Method</summary>{paragraphs}'
        "<label>Cite this chart"
        f'<textarea readonly rows="3">{html.escape(cited)}</textarea></label></details>'
    )


def place(name: str) -> tuple[str, int]:
    """Return the file of a function, from the folder of the report, and its first line.

    Raises:
        ValueError: if there is no such function.
    """
    module, _, function = name.rpartition(".")
    path = f"{module.replace('.', '/')}.py"
    file = tables.ROOT / path
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    found = re.search(rf"^def {re.escape(function)}\(", text, re.M)
    if found is None:
        raise ValueError(f"{path} has no function {function!r}: correct the caption of the chart")
    return path, text.count("\n", 0, found.start()) + 1
