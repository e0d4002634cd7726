"""Show a long table of the record that readers can search, filter, sort and download.

A chapter stores only the name of the function that returns the table, its number of rows and a
hash of them. The build calls the function and writes the rows to separate files, so the page stays
small.
Without JavaScript the page leads to plain pages of all rows, and offers the whole table as CSV.
"""

from __future__ import annotations

import html
import json
from collections.abc import Container, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from pybtex.database import Entry
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from casi.book.pages import row_pages
from casi.book.pages.bibliography import short_date
from casi.escape import for_spreadsheet
from casi.tables import closing_date, split_keys
from casi.text import date

FOLDER = "records"
ROWS = "casi-rows"  # class of links to rows of the record, in `_config.yml`
WITHOUT_SCRIPTS = (
    "To search and filter the rows, turn on JavaScript. Without it, read them here by table and "
    "year; each row ends with its name, as it stands in the addresses of links to rows."
)
SCRIPTS = [
    "dataTables.min.js",
    *(f"records{part}.js" for part in ("-filter", "-views", "-save", "")),
]
RECORDS_MIME = "application/vnd.casi.records+json"


class records(nodes.General, nodes.Element):
    """A long table; its attribute `spec` is the output stored in the notebook."""


def called(function: str) -> Any:
    """Return what a function returns, named as in `casi.record.timeline:events`."""
    module, name = function.split(":")
    return getattr(import_module(module), name)()


def table_of(spec: dict) -> pd.DataFrame:
    """Return the table named by a stored output."""
    return called(spec["view"])


def as_script(spec: dict, table: pd.DataFrame, **more: object) -> str:
    """Return a script with the rows; unlike JSON it also loads on a page opened from a folder.

    Args:
        spec: the stored output.
        table: the rows, all columns text.
        more: what else the page needs to know, such as the options of its filters.
    """
    payload = {"columns": table.columns.tolist(), "rows": table.to_numpy().tolist(), **more}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"casiRecords[{json.dumps(spec['label'])}]={text}\n"


def sources_of(table: pd.DataFrame, entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Return words and address of each source of a table: `["Zakon.kz, 13 Feb 2026", "https:…"]`.

    Args:
        table: rows with a column `Sources`, keys joined by semicolons.
        entries: the entries of the bibliography by key; those without one are left out.
    """
    keys = {key for cell in table.get("Sources", ()) for key in split_keys(cell)}
    return {key: _source(entries[key]) for key in sorted(keys) if key in entries}


def _source(entry: Entry) -> list[str]:
    authors = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(map(str, person.rich_last_names)) for person in authors]
    publisher = " and ".join(names[:2]) if len(names) < 3 else f"{names[0]} et al."
    words = publisher or entry.fields.get("title", entry.key)
    return [f"{words}, {short_date(entry)}", entry.fields.get("url", "")]


def published(book: Path, label: str) -> dict:
    """Return `columns` and `rows` of a table as they were last published in a book.

    Rows whose `Kind` is in `unlisted` of the table's options are left out: the search of the book
    does not list them one by one.
    """
    script = (book / FOLDER / f"{label}.js").read_text(encoding="utf-8")
    payload = json.loads(script.partition("]=")[2])
    unlisted = payload.get("options", {}).get("unlisted", ())
    columns, rows = payload["columns"], payload["rows"]
    if unlisted:
        kind = columns.index("Kind")
        rows = [row for row in rows if row[kind] not in unlisted]
    return {"columns": columns, "rows": rows}


def visit_records(translator: HTMLTranslator, node: records) -> None:
    """Write the placeholder of a table into a page, with a download for readers without scripts."""
    spec = node["spec"]
    up = "../" * translator.builder.current_docname.count("/")
    sources = f"{up}{spec['sources']}" if spec["sources"] else ""
    title, rows = html.escape(spec["title"]), spec["rows"]
    plain = pages_of(spec, table_of(spec), translator.builder.env)
    translator.body.append(
        f'<div class="casi-records" data-label="{spec["label"]}" data-title="{title}" '
        f'data-folder="{up}{FOLDER}" data-sources="{sources}">'
        f'<p class="casi-records-title">{title} ({rows:,} rows)</p>'
        f"<noscript><p>{WITHOUT_SCRIPTS}</p>{row_pages.contents(plain, up + FOLDER)}</noscript>"
        f'<p><a href="{up}{FOLDER}/{spec["label"]}.csv" download>Download all rows (CSV)</a>'
        f"</p>{about(translator.builder.config, translator.builder.env.found_docs, up)}</div>"
    )
    raise nodes.SkipNode


def about(config: Any, pages: Container[str], up: str) -> str:
    """Return which edition of the record a page shows, to what day, and where to report an error.

    Args:
        config: the configuration of Sphinx: `casi_edition` and `casi_links`, in which
            `Report an error` is where that is said if the book has no address of its source.
        pages: the pages of the book.
        up: relative address of the top of the book.
    """
    edition, closed = config.casi_edition, date(closing_date())
    said = config.casi_links.get("Report an error", "")
    address = up + said if said.partition(".html")[0] in pages else ""
    if edition.repository:
        address = f"{edition.repository}/issues/new"
    link = f' · <a href="{html.escape(address)}">Report an error</a>' if address else ""
    return f'<p class="casi-records-about">{edition.name}, closed {closed}{link}</p>'


def pages_of(spec: dict, table: pd.DataFrame, env: Any) -> list[row_pages.Page]:
    """Return the plain pages of a table, with the words of its sources from the bibliography."""
    entries = env.get_domain("cite").bibdata.data.entries
    return row_pages.pages(spec["label"], spec["title"], table, sources_of(table, entries))


def plain_addresses(app: Sphinx, doctree: nodes.document) -> None:
    """Undo MyST's escaping of links to rows, which is done again in HTML; for `doctree-read`."""
    for link in doctree.findall(nodes.reference):
        if ROWS in link["classes"]:
            link["refuri"] = html.unescape(link["refuri"])


def publish(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Write the files of the tables of a page and add their scripts; for `html-page-context`."""
    tables = list(doctree.findall(records)) if doctree is not None else []
    folder = Path(app.outdir) / FOLDER
    for node in tables:
        table = table_of(node["spec"])
        folder.mkdir(exist_ok=True)
        label = node["spec"]["label"]
        options = called(node["spec"]["options"]) if "options" in node["spec"] else {}
        cited: Any = app.env.get_domain("cite")
        entries = cited.bibdata.data.entries
        more = {"options": options, "synonyms": app.config.casi_synonyms}
        script = as_script(node["spec"], table, **more, sources=sources_of(table, entries))
        (folder / f"{label}.js").write_text(script, encoding="utf-8")
        sheet = table.map(for_spreadsheet)
        sheet.to_csv(folder / f"{label}.csv", index=False, encoding="utf-8-sig")
        builder: Any = app.builder
        known = {**builder.globalcontext, "home": f"../{pagename}.html"}
        plain = pages_of(node["spec"], table, app.env)
        row_pages.write(plain, folder, builder.templates, known)
    if tables:
        app.add_css_file("records.css")
        for name in SCRIPTS:
            app.add_js_file(name, loading_method="defer")
