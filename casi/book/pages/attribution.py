"""Write the source, the terms and the downloadable numbers of a chart.

The text comes from a figure's `layout.meta` and from `data/datapackage.json`. There
`redistribution` tells whether the numbers of a table may be distributed: `free`, `excerpt` (with
the publisher's terms) or `forbidden` (the chart is then a picture with a link to the publisher).
"""

from __future__ import annotations

import csv
import io

from casi import tables
from casi.escape import for_markdown, for_spreadsheet
from casi.language import translated
from casi.text import cite, date, listing


def resources(meta: dict) -> list[dict]:
    """Return the descriptors of the tables of a chart."""
    return [tables.describe(name) for name in meta["tables"]]


def may_distribute(meta: dict) -> bool:
    """Return True if the terms of all tables of a chart allow distribution of its numbers."""
    return all(entry["redistribution"] != "forbidden" for entry in resources(meta))


def publishers(meta: dict) -> list[dict]:
    """Return `{"title", "path"}` of each publisher whose terms apply to the numbers of a chart."""
    bound = [entry for entry in resources(meta) if entry["redistribution"] != "free"]
    by_address = {entry["sources"][0]["path"]: entry["sources"][0] for entry in bound}
    return list(by_address.values())


def origin(meta: dict) -> str:
    """Return the data sources of a chart with edition or closing date, as plain text."""
    entries = resources(meta)
    parts = [
        f"{entry['sources'][0]['title']} ({translated(entry['edition'])})"
        for entry in entries
        if entry["redistribution"] != "free"
    ]
    own = [entry for entry in entries if entry["redistribution"] == "free"]
    if own:
        noun = "table" if len(own) == 1 else "tables"
        ours = translated(f"our {noun} {{titles}} (edition {{edition}}, closed {{closed}})")
        titles = listing(translated(entry["title"]) for entry in own)
        closed = date(tables.closing_date())
        parts.append(ours.format(titles=titles, edition=own[0]["edition"], closed=closed))
    return "; ".join(parts)


def source_line(meta: dict) -> str:
    """Return the source line under a chart, as Markdown that links to the bibliography."""
    return f"{translated('Source')}: {for_markdown(origin(meta))}, {cite(meta['source'])}."


def terms(meta: dict) -> str:
    """Return the terms on which the numbers of a chart may be used."""
    return " ".join(
        dict.fromkeys(f"{e['licenses'][0]['title']}. {e['terms']}" for e in resources(meta))
    )


def signature(report: str) -> str:
    """Return the name of the report with its edition, for downloads."""
    return f"{report}, {translated('edition')} {tables.descriptor()['version']}"


def picture_line(meta: dict, report: str) -> str:
    """Return the credit line of a downloadable picture."""
    source, drawn = translated("Source"), translated("Chart")
    return f"{source}: {origin(meta)}. {meta['coverage']} {drawn}: {signature(report)}."


def as_csv(meta: dict) -> str:
    """Return the numbers of a chart as CSV with a header; shares are fractions of 1."""
    sheet = io.StringIO()
    table = [meta["table"]["columns"], *meta["table"]["rows"]]
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerows([for_spreadsheet(cell) for cell in row] for row in table)
    return sheet.getvalue()


def csv_metadata(meta: dict, report: str) -> dict:
    """Return what the CSV of a chart holds and on which terms, as "CSV on the Web" describes it.

    Args:
        meta: `layout.meta` of the figure.
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
