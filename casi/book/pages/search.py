"""Show a long table of the record as one that readers search, filter, sort and take along.

A chapter stores only which function returns the table, how many rows it has and their hash; the
rows are fetched from that function when the book is built, and go into files of their own, so that
the page stays light. With scripts off the page offers the whole table as CSV.
"""

from __future__ import annotations

import html
import json
from importlib import import_module
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from casi.escape import for_spreadsheet

FOLDER = "records"
RECORDS_MIME = "application/vnd.casi.records+json"


class records(nodes.General, nodes.Element):
    """A long table; its attribute `spec` is what the notebook stored."""


def table_of(spec: dict) -> pd.DataFrame:
    """Return the table that a stored output names, such as `casi.record.timeline:events`."""
    module, function = spec["view"].split(":")
    return getattr(import_module(module), function)()


def as_script(spec: dict, table: pd.DataFrame) -> str:
    """Return a script that hands the rows to the page, for pages opened from a folder too."""
    payload = {"columns": table.columns.tolist(), "rows": table.to_numpy().tolist()}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"casiRecords[{json.dumps(spec['label'])}]={text}\n"


def visit_records(translator: HTMLTranslator, node: records) -> None:
    """Write the place of a table into a page: what stands there without scripts."""
    spec = node["spec"]
    up = "../" * translator.builder.current_docname.count("/")
    title, rows = html.escape(spec["title"]), spec["rows"]
    translator.body.append(
        f'<div class="casi-records" data-label="{spec["label"]}" data-title="{title}" '
        f'data-folder="{up}{FOLDER}" data-sources="{up}{spec["sources"]}">'
        f'<p class="casi-records-title">{title} ({rows:,} rows)</p>'
        f'<p><a href="{up}{FOLDER}/{spec["label"]}.csv" download>All rows (CSV)</a></p></div>'
    )
    raise nodes.SkipNode


def publish(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Write the files of the tables of a page, and load the scripts they need."""
    found = list(doctree.findall(records)) if doctree is not None else []
    folder = Path(app.outdir) / FOLDER
    for node in found:
        table = table_of(node["spec"])
        folder.mkdir(exist_ok=True)
        label = node["spec"]["label"]
        (folder / f"{label}.js").write_text(as_script(node["spec"], table), encoding="utf-8")
        sheet = table.map(for_spreadsheet)
        sheet.to_csv(folder / f"{label}.csv", index=False, encoding="utf-8-sig")
    if found:
        app.add_css_file("records.css")
        app.add_js_file("dataTables.min.js", loading_method="defer")
        app.add_js_file("records.js", loading_method="defer")
