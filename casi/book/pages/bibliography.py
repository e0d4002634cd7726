"""Format the bibliography: an entry that is as it was keeps its text.

sphinxcontrib-bibtex formats every entry twice whenever a page changes, and of thousands that takes
longer than all the rest of the build.
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

STILL = ("singlehtml", "epub")  # builders of what is read on paper or an e-reader


class Style(plain.Style):
    """The plain style, which remembers what it formatted."""

    known: ClassVar[dict[str, tuple[Entry, BaseText]]] = {}

    def format_entry(self, label: str, entry: Entry, bib_data=None) -> FormattedEntry:
        """Return a formatted entry, whose text depends on the entry alone."""
        known, text = self.known.get(entry.key, (None, None))
        if known != entry:
            text = super().format_entry(label, entry, bib_data).text
            self.known[entry.key] = entry, text
        return FormattedEntry(entry.key, text, label)


def register() -> None:
    """Have bibliographies in the plain style made by ours."""
    register_plugin("pybtex.style.formatting", "plain", Style, force=True)


def remember(app: Sphinx, env) -> None:
    """Take over what the build before this one formatted.

    To be connected to `env-updated` before sphinxcontrib-bibtex, which drops it there.
    """
    if "cite" not in env.domains:
        return
    for citation in env.domains["cite"].citations:
        if citation.tooltip_entry:  # an entry that lacks a field has none: it shall warn again
            Style.known[citation.entry.key] = citation.entry, citation.tooltip_entry.text


def list_only_cited(app: Sphinx, env) -> None:
    """Let the bibliography list what the text cites, not every source of the record.

    To be connected to `env-updated` before sphinxcontrib-bibtex, which then chooses the entries.
    """
    if app.builder.name in STILL:
        bibliographies = env.get_domain("cite").bibliographies
        for key, value in bibliographies.items():
            bibliographies[key] = value._replace(filter_=ast.parse("cited"))
