"""Make the edition for e-readers: `python -m casi.book.paper.epub`, after the web book.

Sphinx's `epub` builder writes the pages. This module makes them static and packs them reproducibly.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import uuid
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.jinja2glue import BuiltinTemplateLoader

from casi import tables
from casi.book.build import build, command
from casi.book.editions import archives, downloads
from casi.book.editions.edition import edition
from casi.book.pages import foreign
from casi.book.pages.chart_html import FOLDER
from casi.book.paper.single_document import PRINT
from casi.book.paper.static_pages import make_static

FIRST = ("mimetype", "META-INF/container.xml", "content.opf")
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
STYLE = "ereader.css"
MARKUP = (".xhtml", ".svg", ".html", ".ncx")
MANIFEST = re.compile(r'<item [^>]*href="([^"]+)"')


class EReaderBuilder(Epub3Builder):
    """Sphinx's builder of EPUB 3, with Sphinx's own templates instead of those of the web book."""

    supported_remote_images = True  # so that none is fetched; pages that hold one are refused

    def create_template_bridge(self) -> None:
        """Load templates from Sphinx's `epub` theme only."""
        self.config.templates_path = []
        self.templates = BuiltinTemplateLoader()

    def build_epub(self) -> None:
        """Do nothing: `make_epub` packs the files."""

    def toc_metadata(self, level: int, navpoints: list) -> dict:
        """Return the metadata of the EPUB 2 contents, with the identifier of the package."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def copy_static_files(self) -> None:
        """Copy the style sheet of the pages."""
        folder = Path(self.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(PRINT / STYLE, folder)


def configure(app: Sphinx, config) -> None:
    """Set title, authors, identifier and contents of the EPUB."""
    current = config.casi_edition
    config.version = config.release = current.version
    config.epub_title = current.title
    config.epub_author = config.epub_publisher = ", ".join(current.authors)
    config.epub_description = current.abstract
    config.epub_identifier = uuid.uuid5(uuid.NAMESPACE_URL, current.stem).urn
    config.epub_scheme = "UUID"
    config.epub_uid = "edition"
    config.epub_cover = (f"{FOLDER}/{config.casi_cover}.svg", "")
    config.epub_show_urls = "no"
    config.epub_tocdup = False
    config.epub_tocdepth = 2
    config.epub_tocscope = "includehidden"  # Jupyter Book hides every table of contents
    config.epub_css_files = [STYLE]


def make_page_static(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a page of an EPUB static."""
    if app.builder.name == "epub":
        address = "../" * docname.count("/") + FOLDER
        make_static(doctree, Path(app.srcdir), Path(app.outdir) / FOLDER, address)


def remove_scripts(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Remove the scripts and style sheets of the web book from a page of an EPUB."""
    if app.builder.name == "epub":
        context["script_files"] = []
        context["body"] = SCRIPT.sub("", context.get("body") or "")
        context["css_files"] = [
            sheet for sheet in context["css_files"] if str(sheet.filename).endswith(STYLE)
        ]


def make_epub(root: Path = tables.ROOT) -> Path:
    """Make the EPUB of the report.

    Args:
        root: folder of the report, with a built web book.

    Raises:
        subprocess.CalledProcessError: if Sphinx fails.
        ExtensionError: if a file holds a script, or an address that is not allowed.
    """
    current = edition(root)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(current.made.timestamp()))
    shutil.rmtree(root / "_build" / "epub", ignore_errors=True)  # Sphinx lists every file in it
    folder = build.sphinx(root, "epub")
    listed = MANIFEST.findall((folder / "content.opf").read_text(encoding="utf-8"))
    files = {name: folder / name for name in [*FIRST, *sorted(listed)]}
    for name, path in files.items():
        if path.suffix in MARKUP:
            foreign.refuse(name, foreign.faults_in(path.read_text(encoding="utf-8")))
    target = archives.pack(folder / f"{current.stem}.epub", files, current.made)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


if __name__ == "__main__":
    sys.exit(command.run("EPUB", make_epub))
