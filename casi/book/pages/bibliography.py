"""Cite sources by publisher and date, and cache the formatted entries of the bibliography.

sphinxcontrib-bibtex formats every entry twice whenever a page changes. With thousands of entries
that takes longer than the rest of the build.
"""

from __future__ import annotations

import ast
import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.richtext import BaseText, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import plain
from sphinx.application import Sphinx
from sphinxcontrib.bibtex import plugin
from sphinxcontrib.bibtex.style import template
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.referencing.basic_author_year import (
    BasicAuthorYearParentheticalReferenceStyle,
)

from casi.book.pages.selection import matching

UNDATED = "undated"
NUMBER = re.compile(r'\n?<span class="label"><span class="fn-bracket">\[.*?</span></span>\n?')
ADDRESS = re.compile(r'<a class="reference external" (href="([^"]+)")>\2</a>')


class CachedStyle(plain.Style):
    """The plain style of pybtex with a cache of formatted entries."""

    cache: ClassVar[dict[str, tuple[Entry, BaseText]]] = {}

    def format_entry(self, label: str, entry: Entry, bib_data=None) -> FormattedEntry:
        """Return a formatted entry; its text depends on the entry alone."""
        cached, text = self.cache.get(entry.key, (None, None))
        if cached != entry:
            text = super().format_entry(label, dated(entry), bib_data).text
            self.cache[entry.key] = entry, text
        return FormattedEntry(entry.key, text, label)


@template.node
def date(children: list, data: dict[str, Any]) -> BaseText:
    """Return the date of a source, as part of a template of pybtex."""
    return Text(short_date(data["entry"]))


class AuthorDateStyle(BasicAuthorYearParentheticalReferenceStyle):
    """Citation by publisher and date: "Zakon.kz, 13 Feb 2026"."""

    def inner(self, role_name: str):
        """Return the template of a citation."""
        author = self.person.author_or_editor_or_title(full="s" in role_name)
        source = template.reference[template.join(sep=self.author_year_sep)[author, date]]
        parts = [template.pre_text, source, template.post_text]
        return template.join2(sep1=self.pre_text_sep, sep2=self.post_text_sep)[parts]


class AuthorDateReferenceStyle(AuthorYearReferenceStyle):
    """The style author-year of sphinxcontrib-bibtex, with the day in citations in brackets."""

    def __post_init__(self) -> None:
        """Put the style with the day in the place of that with the year."""
        super().__post_init__()
        style = AuthorDateStyle(bracket=self.bracket_parenthetical, person=self.person)
        self.role_style.update(dict.fromkeys(style.role_names(), style))


def register() -> None:
    """Replace the plain style of pybtex by the cached one, and add the style `author_date`."""
    register_plugin("pybtex.style.formatting", "plain", CachedStyle, force=True)
    group = "sphinxcontrib.bibtex.style.referencing"
    plugin.register_plugin(group, "author_date", AuthorDateReferenceStyle, force=True)


def short_date(entry: Entry) -> str:
    """Return the date of a source as precise as it is known: "13 Feb 2026", or "undated"."""
    if "year" not in entry.fields:
        return UNDATED
    *day, month = entry.fields.get("month", "").split(" ")
    return " ".join(part for part in (*day, month[:3], entry.fields["year"]) if part)


def dated(entry: Entry) -> Entry:
    """Return an entry that says so if it has no date."""
    if "year" in entry.fields:
        return entry
    copied = Entry(entry.type, fields=entry.fields, persons=entry.persons)
    copied.key = entry.key
    copied.fields["note"] = ". ".join(
        filter(None, [UNDATED.capitalize(), entry.fields.get("note")])
    )
    return copied


def fill_cache(app: Sphinx, env) -> None:
    """Fill the cache with the entries that the previous build formatted.

    Connect to `env-updated` before sphinxcontrib-bibtex, which discards them there.
    """
    if "cite" not in env.domains:
        return
    for citation in env.domains["cite"].citations:
        if citation.tooltip_entry:  # none if a field is missing: pybtex must warn again
            CachedStyle.cache[citation.entry.key] = citation.entry, citation.tooltip_entry.text


def leave_out_unprinted(app: Sphinx, env) -> None:
    """Leave the sources out of the print edition that only pages cite which are not printed.

    All editions share the environment, so the next one takes the filter away again. Connect to
    `env-updated` before sphinxcontrib-bibtex, which then chooses the entries.
    """
    if "cite" not in env.domains:
        return
    bibliographies = env.get_domain("cite").bibliographies
    left_out = {*matching(env.found_docs, app.config.casi_not_printed)}
    for key, value in bibliographies.items():
        chosen: Any = getattr(value.filter_, "unfiltered", value.filter_)
        if app.builder.name == "singlehtml" and left_out:
            printed: Any = ast.parse(f"cited and not docnames <= {left_out}")
            printed.unfiltered, chosen = chosen, printed
        bibliographies[key] = value._replace(filter_=chosen)


def compact(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Shorten the list of sources of a web page: no numbers, the host for the text of an address.

    The numbers help on paper only; without them and the addresses the page is a third lighter.
    Connect to `html-page-context`.
    """
    if app.builder.name == "html" and 'class="citation"' in context.get("body", ""):
        body = NUMBER.sub("", context["body"]).replace("</p>\n</div>", "</p></div>")
        context["body"] = ADDRESS.sub(_named_by_host, body)


def _named_by_host(link: re.Match) -> str:
    return f"<a {link[1]}>{urlsplit(link[2]).hostname or link[2]}</a>"
