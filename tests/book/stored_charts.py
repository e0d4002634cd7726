"""Charts as the notebooks of the book store them, with the words of their captions."""

import nbformat

from casi.book.pages.figures import PLOTLY_MIME
from casi.book.run import captions, inline
from casi.profiles.pages import pages

PROFILES = {"profiles", *(page.stem for page in pages())}  # which the print edition leaves out
TABLES_ALONE = {  # pages without a chart
    *("changes", "key_findings", "profiles", "to_watch"),
    *(page.stem for page in pages() if page.template != "state"),
}


def charts_in(path):
    """Return the figures of a notebook, in order."""
    notebook = nbformat.read(path, as_version=4)
    words, found = {}, []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            words |= captions.take_out(cell.source, iter(inline.results_of(cell)))[1]
        found += [output["data"] for output in cell.get("outputs", [])]
    figures = [data[PLOTLY_MIME] for data in found if PLOTLY_MIME in data]
    for figure in figures:
        meta = figure["layout"]["meta"]
        meta |= words[meta["label"]]
    return figures
