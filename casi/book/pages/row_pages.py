"""Write the rows of a long table as plain pages, which readers without scripts can read.

A table of the record is a page; a long one is cut into several, so that no page is heavy.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from casi.tables import split_keys

BYTES = 150_000  # of rows on a page
COLUMNS = ["Date", "Kind", "What", "Language", "Grade"]
LINES = ["Where", "Who", "Note"]  # below what a row is about
YEAR = slice(0, 4)  # of a date in ISO 8601
PLANS = ["planned", "cancelled"]  # values of `Status` of what has not happened


class Page(NamedTuple):
    """Rows of a table that stand on one page.

    Attributes:
        file: its name, such as `events-exercises-2.html`.
        table: the table, such as "Exercises".
        number: how many rows the table has.
        span: which of them these are, by year: "2019–2014".
        columns: the headings.
        rows: the rows as HTML.
    """

    file: str
    table: str
    number: int
    span: str
    columns: list[str]
    rows: list[str]


def pages(label: str, title: str, table: pd.DataFrame, sources: Mapping) -> list[Page]:
    """Return the pages of a long table, the newest rows of each table of the record first.

    What is planned or was cancelled stands apart.

    Args:
        label: what the files are called.
        title: what the table holds, if its keys name no tables of the record.
        table: the rows, all columns text; `Key` is the table of the record and the key of the row.
        sources: words and address of each source by its key.
    """
    found = []
    ordered = table.sort_values("Date", ascending=False, kind="stable")
    groups = ordered["Key"].str.extract(r"^(\w+)/", expand=False).fillna("")
    if "Status" in ordered:
        groups += ordered["Status"].isin(PLANS).map({True: "-plans", False: ""})
    for name, rows in ordered.groupby(groups):
        words = name.replace("_", " ").replace("-", ", ").capitalize() or title
        written = pd.Series([row(each, sources) for each in rows.to_dict("records")], rows.index)
        columns = [column for column in COLUMNS if column in rows]
        parts = pd.Series(parts_of(written.map(weight).tolist()), rows.index)
        for part, here in written.groupby(parts):
            file = "-".join(filter(None, [label, name, str(part)])) + ".html"
            years = span(rows.loc[here.index, "Date"].tolist())
            found.append(Page(file, words, len(rows), years, columns, here.tolist()))
    return found


def parts_of(weights: Sequence[int]) -> list[int]:
    """Return the number of the part of each row, in parts of like weight of at most `BYTES`."""
    number = ceil(sum(weights) / BYTES)
    return [1 + (up_to - 1) * number // sum(weights) for up_to in accumulate(weights)]


def weight(row: str) -> int:
    """Return the number of bytes of a row."""
    return len(row.encode())


def span(dates: Sequence[str]) -> str:
    """Return the years of dates, the newest first: "2019–2014"; "undated" if none is known."""
    years = [date[YEAR] for date in dates if date]
    if not years:
        return "undated"
    return years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def row(values: Mapping[str, str], sources: Mapping[str, Sequence[str]]) -> str:
    """Return a row as HTML: what happened, and below it where, who, what to know and sources."""
    known = {name: html.escape(value) for name, value in values.items()}
    key = known["Key"]
    until = f" to {known['Until']}" if known.get("Until") else ""
    status = f", {known['Status']}" if known.get("Status") else ""
    lines = [known[name] for name in LINES if known.get(name)]
    cited = [_source(name, sources) for name in split_keys(values.get("Sources", "")) if name]
    lines += [f"Sources: {'; '.join(cited)}"] if cited else []
    what = "<br>".join([f"<strong>{known['What']}</strong>", *lines, f"<code>{key}</code>"])
    cells = known | {"Date": known["Date"] + until, "What": what}
    cells |= {"Kind": known["Kind"] + status} if "Kind" in known else {}
    written = "".join(f"<td>{cells[name]}</td>" for name in COLUMNS if name in cells)
    return f'<tr id="{key}">{written}</tr>'


def _source(key: str, sources: Mapping[str, Sequence[str]]) -> str:
    words, address = map(html.escape, sources.get(key, (key, "")))
    return f'<a href="{address}">{words}</a>' if address else words


def contents(found: Sequence[Page], folder: str) -> str:
    """Return links to pages as HTML, one item for each table of the record."""
    tables: dict[str, list[Page]] = {}
    for page in found:
        tables.setdefault(page.table, []).append(page)
    items = [
        f"<li>{html.escape(name)} ({parts[0].number:,} rows): "
        + ", ".join(f'<a href="{folder}/{page.file}">{page.span}</a>' for page in parts)
        + "</li>"
        for name, parts in tables.items()
    ]
    return f'<ul class="casi-row-pages">{"".join(items)}</ul>'


def write(found: Sequence[Page], folder: Path, templates: Any, context: Mapping) -> None:
    """Write pages into a folder, from which all older ones of the same table are removed.

    Args:
        found: the pages.
        folder: a folder of the web book.
        templates: the templates of Sphinx.
        context: what the template needs beside the page: `language`, `docstitle`, `home` (relative
            address of the page that searches the rows).
    """
    label = found[0].file.partition("-")[0]
    for old in folder.glob(f"{label}-*.html"):
        old.unlink()
    every = contents(found, ".")
    for page in found:
        values = {**context, "pagename": page.file, "page": page, "contents": every}
        text = templates.render("rows.html", values)
        (folder / page.file).write_text(text, encoding="utf-8")
