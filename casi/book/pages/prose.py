"""Fill the values of inline expressions into the source of a page before Sphinx reads it."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from casi.book.run.captions import take_out
from casi.book.run.execute import values


def collect(app: Sphinx) -> None:
    """Read the values of all pages from the cache; for `builder-inited`."""
    found = values(Path(app.srcdir)).items()
    vars(app)["casi_values"] = {app.project.path2doc(path): results for path, results in found}


def fill(app: Sphinx, docname: str, source: list[str]) -> None:
    """Fill in the values of a page, and keep the captions of its charts; for `source-read`."""
    results = iter(vars(app)["casi_values"].get(docname, []))
    captions = app.env.temp_data.setdefault("casi_captions", {})
    if app.env.doc2path(docname).endswith(".ipynb"):
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"], words = take_out("".join(cell["source"]), results)
                captions |= words
        source[0] = json.dumps(notebook)
    else:
        source[0], words = take_out(source[0], results)
        captions |= words
