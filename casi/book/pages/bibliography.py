"""Cache the formatted entries of the bibliography.

sphinxcontrib-bibtex formats every entry twice whenever a page changes. With thousands of entries
that takes longer than the rest of the build.
"""

from __future__ import annotations

import ast
from typing import ClassVar

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.richtext import BaseText
from pybtex.style import FormattedEntry
from pybtex.style.formatting import plain
from sphinx.application import Sphinx

PRINT_BUILDERS = ("singlehtml", "epub")  # of the editions that list only cited sources


class CachedStyle(plain.Style):
    """The plain style of pybtex with a cache of formatted entries."""

    cache: ClassVar[dict[str, tuple[Entry, BaseText]]] = {}

    def format_entry(self, label: str, entry: Entry, bib_data=None) -> FormattedEntry:
        """Return a formatted entry; its text depends on the entry alone."""
        cached, text = self.cache.get(entry.key, (None, None))
        if cached != entry:
            text = super().format_entry(label, entry, bib_data).text
            self.cache[entry.key] = entry, text
        return FormattedEntry(entry.key, text, label)


def register() -> None:
    """Replace the plain style of pybtex by the cached one."""
    register_plugin("pybtex.style.formatting", "plain", CachedStyle, force=True)


def fill_cache(app: Sphinx, env) -> None:
    """Fill the cache with the entries that the previous build formatted.

    Connect to `env-updated` before sphinxcontrib-bibtex, which discards them there.
    """
    if "cite" not in env.domains:
        return
    for citation in env.domains["cite"].citations:
        if citation.tooltip_entry:  # none if a field is missing: pybtex must warn again
            CachedStyle.cache[citation.entry.key] = citation.entry, citation.tooltip_entry.text


def list_only_cited(app: Sphinx, env) -> None:
    """List only the sources that the text cites, in print and EPUB.

    Connect to `env-updated` before sphinxcontrib-bibtex, which then chooses the entries.
    """
    if app.builder.name in PRINT_BUILDERS:
        bibliographies = env.get_domain("cite").bibliographies
        for key, value in bibliographies.items():
            bibliographies[key] = value._replace(filter_=ast.parse("cited"))
