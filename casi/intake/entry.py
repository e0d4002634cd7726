"""Write the rows of a draft into the files of a record."""

from __future__ import annotations

import csv
import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from casi.intake.draft import Draft, Row

HEAD = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
ORDER = {  # column by which the rows of a table stand in order; others have new rows at the end
    **{"exercises": "date_start", "meetings": "date_start", "body_meetings": "date_start"},
    **{"treaties": "date_opened", "incidents": "date_start", "milestones": "date"},
    **{"sources": "key", "participation": "event"},
}


class Entered(NamedTuple):
    """The new text of each file, by its path from the root, and where the draft's rows stand."""

    texts: dict[str, str]
    places: dict[tuple[str, int], str]  # table and line in its file: how the draft names the row


def entered(draft: Draft, root: Path) -> Entered:
    """Return the files of a record with the rows, sources and entries of a draft.

    Args:
        draft: what is added.
        root: the folder that holds `data/` and `references.bib`.
    """
    texts: dict[str, str] = {}
    places: dict[tuple[str, int], str] = {}
    rows: Mapping[str, list[Row]] = draft.rows
    if draft.sources:
        cells = ("key", "kind", "language", "published", "independence_group")
        known = [{cell: row.get(cell, "") for cell in cells} for row in draft.sources]
        rows = {**draft.rows, "sources": known}
        bibliography = (root / "references.bib").read_text(encoding="utf-8")
        for source in draft.sources:
            bibliography = with_entry(bibliography, source)
        texts["references.bib"] = bibliography
    for table, new in rows.items():
        path = f"data/{table}.csv"
        with (root / path).open(encoding="utf-8", newline="") as file:
            columns, *lines = csv.reader(file)
        for row in new:
            place = _place(lines, columns, ORDER.get(table), row)
            lines.insert(place, [row.get(column, "") for column in columns])
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([columns, *lines])
        texts[path] = text.getvalue()
        places |= _names(table, new, columns, lines)
    return Entered(texts, places)


def _place(lines: list[list[str]], columns: list[str], order: str | None, row: Row) -> int:
    if order is None:
        return len(lines)
    column = columns.index(order)
    return bisect_right([line[column] for line in lines], row.get(order, ""))


def _names(
    table: str, new: list[Row], columns: list[str], lines: list[list[str]]
) -> dict[tuple[str, int], str]:
    """Return how messages name each row of a draft, by table and line in the file."""
    found = {}
    for row in new:
        line = lines.index([row.get(column, "") for column in columns]) + 2
        own = row.get("state") if "event" in row or "action" in row else None
        found[table, line] = f"{table} ({own})" if own else table
        if table == "sources":
            found[table, line] = f"sources ({row['key']})"
    return found


def with_entry(bibliography: str, source: Row) -> str:
    """Return the text of a bibliography with the entry of a source before the next key.

    An entry whose key is there already is left out: the check of `sources` says that it is.
    """
    lines = [f"@misc{{{source['key']},"]
    lines += [f"  {name} = {{{{{source[name]}}}}}," for name in ("author", "title")]
    if source.get("published"):
        day = datetime.date.fromisoformat(source["published"])
        lines += [f"  year = {{{day.year}}},", f"  month = {{{day.day} {day:%B}}},"]
    lines += [f"  url = {{{source['url']}}},", "}", "", ""]
    heads = list(HEAD.finditer(bibliography))
    if source["key"] in {head[1] for head in heads}:
        return bibliography
    later = [head.start() for head in heads if head[1] > source["key"]]
    place = later[0] if later else len(bibliography)
    return bibliography[:place] + "\n".join(lines) + bibliography[place:]
