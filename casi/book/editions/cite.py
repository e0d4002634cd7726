"""Say how to cite an edition, in the formats that reference managers read."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from casi.book.editions.edition import Edition

FOLDER = "cite"


def sentence(ours: Edition) -> str:
    """Return the citation as a sentence of plain text."""
    parts = [", ".join(ours.authors), ours.title, ours.name, ours.day, address(ours)]
    return " ".join(f"{part}." for part in parts if part)


def address(ours: Edition, page: str = "") -> str:
    """Return the lasting address of an edition or of a page in it; empty if the book has none."""
    return f"{ours.site}/{ours.folder}/{page}" if ours.site else ""


def bibtex(ours: Edition) -> str:
    """Return the citation as BibTeX (`@misc`, with the fields that biblatex reads as well)."""
    fields = {
        "title": ours.title,
        "author": " and ".join(f"{{{author}}}" for author in ours.authors),
        "year": f"{ours.made:%Y}",
        "month": f"{ours.made:%b}".lower(),
        "edition": ours.name,
        "version": ours.version,
        "url": address(ours),
    }
    bare = ("month",)  # the names of months are macros
    lines = [
        f"  {name} = {text if name in bare else f'{{{text}}}'},"
        for name, text in fields.items()
        if text
    ]
    return "\n".join([f"@misc{{{ours.stem},", *lines, "}", ""])


def ris(ours: Edition) -> str:
    """Return the citation as RIS, type `RPRT` (report)."""
    fields = [
        ("TY", "RPRT"),
        ("TI", ours.title),
        *(("AU", author) for author in ours.authors),
        ("PY", f"{ours.made:%Y}"),
        ("DA", f"{ours.made:%Y/%m/%d}"),
        ("ET", ours.version),
        ("AB", ours.abstract),
        *(("KW", word) for word in ours.keywords),
        ("UR", address(ours)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in fields if text or tag == "ER")


def csl(ours: Edition) -> str:
    """Return the citation as CSL-JSON (schema csl-data), as Zotero and pandoc read it."""
    made = [ours.made.year, ours.made.month, ours.made.day]
    item = {
        "id": ours.stem,
        "type": "report",
        "title": ours.title,
        "author": [{"literal": author} for author in ours.authors],
        "issued": {"date-parts": [made]},
        "edition": ours.version,
        "version": ours.version,
        "abstract": ours.abstract,
        "keyword": ", ".join(ours.keywords),
        "URL": address(ours),
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


FORMATS = {"bib": bibtex, "ris": ris, "csl.json": csl}


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the citation of the present edition into the web book, with `CITATION.cff`.

    To be connected to `build-finished`.
    """
    if exception or app.builder.name != "html":
        return
    root, folder, ours = Path(app.srcdir), Path(app.outdir) / FOLDER, app.config.casi_edition
    folder.mkdir(exist_ok=True)
    for ending, form in FORMATS.items():
        (folder / f"citation.{ending}").write_text(form(ours), "utf-8", newline="")
    (folder / "CITATION.cff").write_bytes((root / "CITATION.cff").read_bytes())
