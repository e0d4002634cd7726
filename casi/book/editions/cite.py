"""Write the citation of an edition in the formats of reference managers."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from casi.book.editions.edition import Edition
from casi.language import translated

FOLDER = "cite"


def sentence(edition: Edition) -> str:
    """Return the citation as a sentence of plain text."""
    title = translated(edition.title)
    parts = [authors(edition), title, edition.name, edition.day, address(edition)]
    return " ".join(f"{part}." for part in parts if part)


def chart_sentence(edition: Edition, title: str, page: str) -> str:
    """Return the citation of a chart as a sentence of plain text.

    Args:
        edition: the edition that holds it.
        title: of the chart.
        page: address of its page in the book.
    """
    pattern = translated("“{title}”, chart in {report}")
    named = pattern.replace("{report}", translated(edition.title)).replace("{title}", title)
    parts = [authors(edition), named, edition.name, edition.day, address(edition, page)]
    return " ".join(f"{part}." for part in parts if part)


def authors(edition: Edition) -> str:
    """Return the names of the authors in the language of the edition."""
    return ", ".join(map(translated, edition.authors))


def address(edition: Edition, page: str = "") -> str:
    """Return the permanent address of an edition or one of its pages; empty without a site."""
    return f"{edition.site}/{edition.folder}/{page}" if edition.site else ""


def bibtex(edition: Edition) -> str:
    """Return the citation as BibTeX (`@misc`, with the fields that biblatex reads as well)."""
    fields = {
        "title": edition.title,
        "author": " and ".join(f"{{{author}}}" for author in edition.authors),
        "year": f"{edition.made:%Y}",
        "month": f"{edition.made:%b}".lower(),
        "edition": edition.name,
        "version": edition.version,
        "url": address(edition),
    }
    macros = ("month",)  # names of months are macros, written without braces
    lines = [
        f"  {name} = {text if name in macros else f'{{{text}}}'},"
        for name, text in fields.items()
        if text
    ]
    return "\n".join([f"@misc{{{edition.stem},", *lines, "}", ""])


def ris(edition: Edition) -> str:
    """Return the citation as RIS, type `RPRT` (report)."""
    fields = [
        ("TY", "RPRT"),
        ("TI", edition.title),
        *(("AU", author) for author in edition.authors),
        ("PY", f"{edition.made:%Y}"),
        ("DA", f"{edition.made:%Y/%m/%d}"),
        ("ET", edition.version),
        ("AB", edition.abstract),
        *(("KW", word) for word in edition.keywords),
        ("UR", address(edition)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in fields if text or tag == "ER")


def csl(edition: Edition) -> str:
    """Return the citation as CSL-JSON (schema csl-data), as Zotero and pandoc read it."""
    made = [edition.made.year, edition.made.month, edition.made.day]
    item = {
        "id": edition.stem,
        "type": "report",
        "title": edition.title,
        "author": [{"literal": author} for author in edition.authors],
        "issued": {"date-parts": [made]},
        "edition": edition.version,
        "version": edition.version,
        "abstract": edition.abstract,
        "keyword": ", ".join(edition.keywords),
        "URL": address(edition),
    }
    filled = {name: value for name, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=2) + "\n"


FORMATS = {"bib": bibtex, "ris": ris, "csl.json": csl}


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the citation of the current edition into the web book, with `CITATION.cff`.

    Connect to `build-finished`.
    """
    if exception or app.builder.name != "html":
        return
    root, folder, edition = Path(app.srcdir), Path(app.outdir) / FOLDER, app.config.casi_edition
    folder.mkdir(exist_ok=True)
    for ending, form in FORMATS.items():
        (folder / f"citation.{ending}").write_text(form(edition), "utf-8", newline="")
    (folder / "CITATION.cff").write_bytes((root / "CITATION.cff").read_bytes())
