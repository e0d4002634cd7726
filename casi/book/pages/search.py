"""Show a long table of the record that readers can search, filter, sort and download.

A chapter stores only the name of the function that returns the table, its number of rows and a
hash of them. The build calls the function and writes the rows to separate files, so the page stays
small.
Without JavaScript the page offers the whole table as CSV.
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
    """A long table; its attribute `spec` is the output stored in the notebook."""


def table_of(spec: dict) -> pd.DataFrame:
    """Return the table named by a stored output, such as `casi.record.timeline:events`."""
    module, function = spec["view"].split(":")
    return getattr(import_module(module), function)()


def as_script(spec: dict, table: pd.DataFrame) -> str:
    """Return a script with the rows; unlike JSON it also loads on a page opened from a folder."""
    payload = {"columns": table.columns.tolist(), "rows": table.to_numpy().tolist()}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"casiRecords[{json.dumps(spec['label'])}]={text}\n"


def published(book: Path, label: str) -> dict:
    """Return `columns` and `rows` of a table as they were last published in a book."""
    script = (book / FOLDER / f"{label}.js").read_text(encoding="utf-8")
    return json.loads(script.partition("]=")[2])


def visit_records(translator: HTMLTranslator, node: records) -> None:
    """Write the placeholder of a table into a page, with a download for readers without scripts."""
    spec = node["spec"]
    up = "../" * translator.builder.current_docname.count("/")
    title, rows = html.escape(spec["title"]), spec["rows"]
    translator.body.append(
        f'<div class="casi-records" data-label="{spec["label"]}" data-title="{title}" '
        f'data-folder="{up}{FOLDER}" data-sources="{up}{spec["sources"]}">'
        f'<p class="casi-records-title">{title} ({rows:,} rows)</p>'
        f'<p><a href="{up}{FOLDER}/{spec["label"]}.csv" download>Download all rows (CSV)</a>'
        "</p></div>"
    )
    raise nodes.SkipNode


def publish(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Write the files of the tables of a page and add their scripts; for `html-page-context`."""
    tables = list(doctree.findall(records)) if doctree is not None else []
    folder = Path(app.outdir) / FOLDER
    for node in tables:
        table = table_of(node["spec"])
        folder.mkdir(exist_ok=True)
        label = node["spec"]["label"]
        (folder / f"{label}.js").write_text(as_script(node["spec"], table), encoding="utf-8")
        sheet = table.map(for_spreadsheet)
        sheet.to_csv(folder / f"{label}.csv", index=False, encoding="utf-8-sig")
    if tables:
        app.add_css_file("records.css")
        app.add_js_file("dataTables.min.js", loading_method="defer")
        app.add_js_file("records.js", loading_method="defer")
