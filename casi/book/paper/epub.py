"""Make the edition for e-readers: `python -m casi.book.paper.epub`, after the web book.

Sphinx's own `epub` builder writes it; here its pages are made to stand still, and its files are
packed so that the same source gives the same bytes.
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
from casi.book.paper.static_pages import stand_still

FIRST = ("mimetype", "META-INF/container.xml", "content.opf")
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
STYLE = "ereader.css"
MARKUP = (".xhtml", ".svg", ".html", ".ncx")
MANIFEST = re.compile(r'<item [^>]*href="([^"]+)"')


class EReaderBuilder(Epub3Builder):
    """Sphinx's builder of EPUB 3, which writes pages in its own plain dress, not the web book's."""

    supported_remote_images = True  # so that none is fetched; pages that hold one are refused

    def create_template_bridge(self) -> None:
        """Look for templates in Sphinx's `epub` theme alone."""
        self.config.templates_path = []
        self.templates = BuiltinTemplateLoader()

    def build_epub(self) -> None:
        """Leave the packing to `make_epub`."""

    def toc_metadata(self, level: int, navpoints: list) -> dict:
        """Name the edition in the old table of contents as in the package."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def copy_static_files(self) -> None:
        """Bring along the one style sheet that the pages use."""
        folder = Path(self.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(PRINT / STYLE, folder)


def configure(app: Sphinx, config) -> None:
    """Set what an EPUB says of itself."""
    ours = config.casi_edition
    config.version = config.release = ours.version
    config.epub_title = ours.title
    config.epub_author = config.epub_publisher = ", ".join(ours.authors)
    config.epub_description = ours.abstract
    config.epub_identifier = uuid.uuid5(uuid.NAMESPACE_URL, ours.stem).urn
    config.epub_scheme = "UUID"
    config.epub_uid = "edition"
    config.epub_cover = (f"{FOLDER}/{config.casi_cover}.svg", "")
    config.epub_show_urls = "no"
    config.epub_tocdup = False
    config.epub_tocdepth = 2
    config.epub_tocscope = "includehidden"  # Jupyter Book hides every table of contents
    config.epub_css_files = [STYLE]


def still_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a page of an EPUB stand still."""
    if app.builder.name == "epub":
        way = "../" * docname.count("/") + FOLDER
        stand_still(doctree, Path(app.srcdir), Path(app.outdir) / FOLDER, way)


def undress(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Leave out of the pages of an EPUB the scripts and styles of the web book."""
    if app.builder.name == "epub":
        context["script_files"] = []
        context["body"] = SCRIPT.sub("", context.get("body") or "")
        context["css_files"] = [
            sheet for sheet in context["css_files"] if str(sheet.filename).endswith(STYLE)
        ]


def make_epub(root: Path = tables.ROOT) -> Path:
    """Make the EPUB of the report.

    Args:
        root: folder of the report, in which the web book was built.

    Raises:
        subprocess.CalledProcessError: if Sphinx fails.
        ExtensionError: if a file holds a script, or an address that is not allowed.
    """
    ours = edition(root)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(ours.made.timestamp()))
    shutil.rmtree(root / "_build" / "epub", ignore_errors=True)  # Sphinx lists all it finds there
    folder = build.sphinx(root, "epub")
    listed = MANIFEST.findall((folder / "content.opf").read_text(encoding="utf-8"))
    files = {name: folder / name for name in [*FIRST, *sorted(listed)]}
    for name, path in files.items():
        if path.suffix in MARKUP:
            foreign.refuse(name, foreign.faults_in(path.read_text(encoding="utf-8")))
    target = archives.pack(folder / f"{ours.stem}.epub", files, ours.made)
    downloads.offer(root / "_build" / "html", downloads.made(root))
    return target


if __name__ == "__main__":
    sys.exit(command.run("EPUB", make_epub))
