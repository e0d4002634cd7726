"""What turns the notebooks into a book. Nothing here knows the subject of the report.

As a Sphinx extension it runs the notebooks ahead of the build, puts charts into pages and serves
plotly.js from the book itself.
"""

from __future__ import annotations

from pathlib import Path

import plotly
from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset_file

from casi.book.execute import cache_for, execute_notebooks
from casi.book.figures import has_chart

STATIC = Path(__file__).parent / "static"
PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def setup(app: Sphinx) -> dict:
    """Register with Sphinx."""
    app.add_config_value("casi_inputs", "", "env")
    app.connect("config-inited", _run_notebooks)
    app.connect("builder-inited", _copy_static)
    app.connect("html-page-context", _choose_scripts)
    app.add_css_file("book.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _run_notebooks(app: Sphinx, config) -> None:
    folder = cache_for(Path(app.srcdir))
    config.nb_execution_cache_path = str(folder)
    config.casi_inputs = folder.name  # a change here makes Sphinx read every page again
    execute_notebooks(Path(app.srcdir), folder)


def _copy_static(app: Sphinx) -> None:
    if app.builder.format == "html":
        target = Path(app.outdir) / "_static"
        target.mkdir(parents=True, exist_ok=True)
        for path in (PLOTLY_JS, *STATIC.iterdir()):
            copy_asset_file(path, target)


def _choose_scripts(app: Sphinx, pagename, templatename, context, doctree) -> None:
    # Jupyter Book loads thebe on every page, twice, which throws; no page of ours uses it.
    scripts = context["script_files"]
    scripts[:] = [script for script in scripts if "thebe" not in repr(vars(script)).lower()]
    if doctree is not None and has_chart(doctree):
        app.add_js_file(PLOTLY_JS.name, loading_method="defer")
        app.add_js_file("charts.js", loading_method="defer")
