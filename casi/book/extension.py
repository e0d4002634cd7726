"""Register the Sphinx extension: which function runs at which event.

It runs the notebooks before the build, draws their charts, writes them into pages, and removes what
the pages do not need.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset

from casi.book.build import incremental
from casi.book.editions import cite, feeds, machine, metadata, package_cell
from casi.book.editions.edition import edition
from casi.book.pages import (
    bibliography,
    chart_html,
    chart_method,
    figures,
    foreign,
    full_text,
    functions,
    policy,
    prose,
    search,
    small_chart,
    styles,
)
from casi.book.pages.browser import has_browser
from casi.book.paper import epub
from casi.book.paper.single_document import PaperBuilder
from casi.book.run.execute import cache_for, sound_cache
from casi.book.run.fingerprint import fingerprint

BEFORE_BIBTEX, AFTER_NUMBERS = 100, 900  # handlers of lower numbers are called first
PAGES = Path(__file__).parent / "pages"
ENVIRONMENT = ["requirements.txt", "casi/book/pages/bibliography.py"]
THEME = {
    "disable_search": True,
    "primary_sidebar_end": ["editions.html", "downloads.html"],
    "footer_content_items": ["copyright.html"],
}


def setup(app: Sphinx) -> dict:
    """Register with Sphinx."""
    bibliography.register()
    gc.disable()  # objects live until the end of the build; collection took a fifth of it
    app.add_config_value("casi_code", "", "env")
    app.add_config_value("casi_assets", "", "html")
    app.add_config_value("casi_edition", None, "html")
    app.add_config_value("casi_draws", False, "html")
    app.add_config_value("casi_chart_citation", "", "html")
    app.add_config_value("casi_source", "", "html")
    app.add_config_value("casi_cover", "", "")
    app.add_config_value("casi_brief", {}, "")
    app.add_config_value("casi_feeds", {}, "html")
    app.add_config_value("casi_index", {}, "")
    app.add_config_value("casi_json", {}, "html")
    app.add_config_value("casi_languages", {}, "html")
    app.add_config_value("casi_moved", {}, "html")
    app.add_config_value("casi_not_printed", [], "")
    app.add_config_value("casi_record", "", "html")
    app.add_config_value("casi_links", {}, "html")
    app.add_config_value("casi_search_brief", [], "")
    app.add_config_value("casi_synonyms", [], "")
    app.add_builder(PaperBuilder, override=True)
    app.add_builder(epub.EReaderBuilder, override=True)
    app.add_node(
        nodes.figure, override=True, html=(chart_html.visit_figure, chart_html.depart_figure)
    )
    app.add_node(figures.measure, html=(chart_html.visit_measure, chart_html.depart_measure))
    app.add_node(figures.chart, html=(chart_html.visit_chart, chart_html.depart))
    app.add_node(figures.tools, html=(chart_html.visit_tools, chart_html.depart))
    app.add_node(small_chart.small_chart, html=(small_chart.visit, chart_html.depart))
    app.add_role("small-chart", small_chart.role)
    app.add_node(search.records, html=(search.visit_records, chart_html.depart))
    app.add_transform(functions.WithoutIndexEntries)
    app.connect("missing-reference", functions.plain_type)
    app.connect("config-inited", _configure)
    app.connect("config-inited", epub.configure)
    app.connect("builder-inited", _copy_static)
    app.connect("builder-inited", full_text.replace_search)
    app.connect("builder-inited", prose.collect)
    app.connect("source-read", prose.fill)
    app.connect("env-get-outdated", incremental.with_new_outputs)
    app.connect("doctree-read", foreign.check_page)
    app.connect("doctree-resolved", foreign.check_page)
    app.connect("doctree-read", search.plain_addresses)
    app.connect("doctree-read", incremental.note_pointers)
    app.connect("env-purge-doc", incremental.forget_pointers)
    app.connect("env-get-updated", incremental.with_new_pointers, priority=AFTER_NUMBERS)
    app.connect("doctree-read", chart_html.collect)
    app.connect("env-purge-doc", chart_html.forget)
    app.connect("env-purge-doc", policy.remove)
    app.connect("env-updated", bibliography.fill_cache, priority=BEFORE_BIBTEX)
    app.connect("env-updated", bibliography.leave_out_unprinted, priority=BEFORE_BIBTEX)
    app.connect("env-updated", chart_html.draw)
    app.connect("doctree-resolved", epub.make_page_static)
    app.connect("html-collect-pages", chart_html.write_files)
    app.connect("html-collect-pages", chart_html.write_rows)
    app.connect("html-collect-pages", full_text.add_page)
    app.connect("html-collect-pages", policy.write_redirects)
    app.connect("html-page-context", search.publish)
    app.connect("html-page-context", bibliography.compact)
    app.connect("html-page-context", metadata.describe)
    app.connect("html-page-context", feeds.name_feeds)
    app.connect("html-page-context", policy.trim, priority=900)
    app.connect("html-page-context", epub.remove_scripts, priority=950)
    app.connect("build-finished", full_text.write)
    app.connect("build-finished", styles.trim_styles)
    app.connect("build-finished", cite.write)
    app.connect("build-finished", feeds.write)
    app.connect("build-finished", machine.write)
    app.connect("build-finished", package_cell.write_downloads)
    app.connect(
        "build-finished", lambda *_: gc.freeze(), priority=999
    )  # no collection at exit either
    attributes: dict[str, Any] = {"id": "plotly.js-style-global", "class": "no-inline-styles"}
    app.add_css_file("charts.css", **attributes)
    app.add_css_file("type.css")
    app.add_css_file("book.css")
    return {
        "version": "2",
        # Pages are read again after a change of packages or of the style of sources.
        "env_version": fingerprint(Path(app.srcdir), ENVIRONMENT),
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }


def _configure(app: Sphinx, config) -> None:
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(cache_for(root))
    config.casi_code = incremental.code()
    config.casi_assets = incremental.assets(root)
    config.casi_draws = has_browser()
    config.templates_path = [str(PAGES / "templates"), *config.templates_path]
    config.template_bridge = "casi.book.pages.policy.Templates"
    config.html_show_search_summary = False  # browsers do not fetch summaries offline
    config.html_theme_options.update(THEME)
    config.casi_edition = current = edition(root)
    page = f"{chart_html.FOLDER}/{chart_method.LABEL}.html"
    config.casi_chart_citation = cite.chart_sentence(current, chart_method.TITLE, page)
    config.casi_source = metadata.source_folder(current)
    config.html_baseurl = cite.address(current)  # of the canonical links
    config.myst_substitutions = {"citation": cite.sentence(current)}
    sound_cache(root)  # outputs that are out of date are made again


def _copy_static(app: Sphinx) -> None:
    if app.builder.name == "html":
        target = Path(app.outdir) / "_static"
        target.mkdir(parents=True, exist_ok=True)
        for path in (PAGES / "static").iterdir():
            copy_asset(path, target / path.name if path.is_dir() else target)
        add_global_html_resources(app, None)  # MyST-NB runs it too early
