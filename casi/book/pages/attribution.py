"""Say where the numbers of a chart come from and on which terms they may be used.

The words come from a figure's `layout.meta` and from `data/datapackage.json`, whose resources say
in `redistribution` what may be handed out: `free`, `excerpt` (with the publisher's terms) or
`forbidden` (then the chart is a picture with a link to the publisher).
"""

from __future__ import annotations

import csv
import io

from casi import tables
from casi.escape import for_markdown, for_spreadsheet
from casi.text import cite, date, listing


def resources(meta: dict) -> list[dict]:
    """Return the descriptors of the tables a chart draws on."""
    return [tables.describe(name) for name in meta["tables"]]


def may_hand_out(meta: dict) -> bool:
    """Tell whether the terms of every table a chart draws on let us hand out its numbers."""
    return all(entry["redistribution"] != "forbidden" for entry in resources(meta))


def publishers(meta: dict) -> list[dict]:
    """Return `{"title", "path"}` of the publishers whose terms bind the numbers of a chart."""
    bound = [entry for entry in resources(meta) if entry["redistribution"] != "free"]
    found = {entry["sources"][0]["path"]: entry["sources"][0] for entry in bound}
    return list(found.values())


def origin(meta: dict) -> str:
    """Return the data a chart draws on, each with its edition or closing date, as plain text."""
    entries = resources(meta)
    parts = [
        f"{entry['sources'][0]['title']} ({entry['edition']})"
        for entry in entries
        if entry["redistribution"] != "free"
    ]
    own = [entry for entry in entries if entry["redistribution"] == "free"]
    if own:
        titles = listing(entry["title"] for entry in own)
        noun = "table" if len(own) == 1 else "tables"
        closed = date(tables.closing_date())
        parts.append(f"our {noun} {titles} (edition {own[0]['edition']}, closed {closed})")
    return "; ".join(parts)


def source_line(meta: dict) -> str:
    """Return the source line under a chart, as Markdown that links to the bibliography."""
    return f"Source: {for_markdown(origin(meta))}, {cite(meta['source'])}."


def terms(meta: dict) -> str:
    """Return the terms on which the numbers of a chart may be used."""
    return " ".join(
        dict.fromkeys(f"{e['licenses'][0]['title']}. {e['terms']}" for e in resources(meta))
    )


def signature(report: str) -> str:
    """Return the name of the report with its edition, as it stands under whatever leaves it."""
    return f"{report}, edition {tables.descriptor()['version']}"


def picture_line(meta: dict, report: str) -> str:
    """Return the credit inside a picture that leaves the book."""
    return f"Source: {origin(meta)}. {meta['coverage']} Chart: {signature(report)}."


def as_csv(meta: dict) -> str:
    """Return the numbers of a chart as CSV, a header and rows only; shares are shares of 1."""
    sheet = io.StringIO()
    table = [meta["table"]["columns"], *meta["table"]["rows"]]
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerows([for_spreadsheet(cell) for cell in row] for row in table)
    return sheet.getvalue()


def csv_metadata(meta: dict, report: str) -> dict:
    """Return what the CSV of a chart holds and on which terms, as "CSV on the Web" describes it.

    Args:
        meta: what the figure says of itself.
        report: the report's name.

    Returns:
        The content of `<label>.csv-metadata.json` (https://www.w3.org/TR/tabular-data-model/).
    """
    unit = meta["unit"] + (", as shares of 1" if meta["table"]["format"].endswith("%") else "")
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{meta['label']}.csv",
        "dc:title": meta["title"],
        "dc:description": f"{meta['measure']} ({unit}). {meta['coverage']}",
        "dc:source": origin(meta),
        "dc:rights": terms(meta),
        "dc:isPartOf": signature(report),
        "tableSchema": {"columns": [{"titles": name} for name in meta["table"]["columns"]]},
    }
