import ast
import pickle
from collections import namedtuple
from types import SimpleNamespace

import pytest
from pybtex.database import Entry, Person
from pybtex.plugin import find_plugin
from pybtex.style.formatting import plain
from sphinxcontrib.bibtex import plugin

from casi.book.pages import bibliography

Listed = namedtuple("Listed", "filter_")  # what print changes of a bibliography
FIELDS = {"title": "One", "journal": "Times", "year": "2024"}


@pytest.fixture
def style(monkeypatch):
    """The cached style, with an empty cache, which counts the entries that it formats."""
    monkeypatch.setattr(bibliography.CachedStyle, "cache", {})
    formatted = []
    stock = plain.Style.format_entry

    def count(self, label, entry, bib_data=None):
        formatted.append(entry.key)
        return stock(self, label, entry, bib_data)

    monkeypatch.setattr(plain.Style, "format_entry", count)
    ours = bibliography.CachedStyle()
    ours.formatted = formatted
    return ours


def entry(key="one", **fields):
    made = Entry("article", fields=FIELDS | fields, persons={"author": [Person("A. Writer")]})
    made.key = key
    return made


def test_style_is_the_plain_one():
    bibliography.register()
    assert find_plugin("pybtex.style.formatting", "plain") is bibliography.CachedStyle
    styles = (bibliography.CachedStyle(), plain.Style())
    ours, stock = (style.format_entry("1", entry()) for style in styles)
    assert (ours.key, ours.label, ours.text) == (stock.key, stock.label, stock.text)


def test_style_formats_an_entry_again_only_if_it_has_changed(style):
    first = style.format_entry("1", entry())
    again = style.format_entry("2", entry())
    assert (again.text, again.label) == (first.text, "2")
    assert style.format_entry("1", entry(title="Two")).text != first.text
    assert style.formatted == ["one", "one"]


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"year": "2026", "month": "13 February"}, "13 Feb 2026"),
        ({"year": "2026", "month": "May"}, "May 2026"),
        ({"year": "2026"}, "2026"),
        ({}, "undated"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(fields, written):
    assert bibliography.short_date(Entry("misc", fields=fields)) == written


def test_an_undated_source_says_so_in_the_list(style):
    persons = {"author": [Person("{Zakon.kz}")]}
    undated = Entry("misc", fields={"title": "One", "note": "In Kazakh"}, persons=persons)
    undated.key = "zakon"
    written = str(style.format_entry("1", undated).text).replace("<newblock>", " ")
    assert written == "Zakon.kz. One. Undated. In Kazakh."
    assert undated.fields["note"] == "In Kazakh"
    assert "Undated" not in str(style.format_entry("1", entry()).text)


def test_citations_name_publisher_and_date():
    bibliography.register()
    style = plugin.find_plugin("sphinxcontrib.bibtex.style.referencing", "author_date")()
    assert isinstance(style.role_style["p"], bibliography.AuthorDateStyle)
    assert "date" in repr(style.inner("p")) and "year" not in repr(style.inner("p"))
    assert "year" in repr(style.inner("t"))


def test_fill_cache_takes_what_an_earlier_build_formatted_but_no_faulty_entry(style):
    text = plain.Style().format_entry("1", entry()).text
    style.formatted.clear()
    citations = [
        SimpleNamespace(entry=entry(), tooltip_entry=SimpleNamespace(text=text)),
        SimpleNamespace(entry=entry("bad"), tooltip_entry=None),  # it lacks a field
    ]
    domains = {"cite": SimpleNamespace(citations=citations)}
    bibliography.fill_cache(None, SimpleNamespace(domains=domains))
    assert style.format_entry("7", entry()).text == text
    assert style.formatted == []
    style.format_entry("8", entry("bad"))
    assert style.formatted == ["bad"]


def test_fill_cache_does_nothing_in_a_book_without_sources():
    bibliography.fill_cache(None, SimpleNamespace(domains={}))


def test_the_list_of_a_web_page_has_no_numbers_and_names_hosts():
    bracket = '<span class="fn-bracket">{}</span>'
    label = f'<span class="label">{bracket.format("[")}6{bracket.format("]")}</span>'
    address = "https://24.kg/a?b&amp;c"
    link = f'<a class="reference external" href="{address}">{address}</a>'
    body = f'<div class="citation" id="source-x">\n{label}\n<p>One. URL: {link}.</p>\n</div>'
    context = {"body": body}
    app = SimpleNamespace(builder=SimpleNamespace(name="html"))
    bibliography.compact(app, "bibliography", "page.html", context, None)
    shown = f'<p>One. URL: <a href="{address}">24.kg</a>.</p></div>'
    assert context["body"] == f'<div class="citation" id="source-x">{shown}'
    other = {"body": f"<p>{link}</p>"}
    bibliography.compact(app, "index", "page.html", kept := dict(other), None)
    bibliography.compact(app, "search", "search.html", {}, None)
    assert kept == other


def test_print_alone_leaves_out_what_only_unprinted_pages_cite():
    listed = Listed(ast.parse("cited"))
    cite = SimpleNamespace(bibliographies={"all": listed})
    env = SimpleNamespace(
        domains={"cite"}, found_docs={"a", "b"}, get_domain={"cite": cite}.__getitem__
    )

    def filter_in(edition):
        config = SimpleNamespace(casi_not_printed=["b"])
        app = SimpleNamespace(builder=SimpleNamespace(name=edition), config=config)
        bibliography.leave_out_unprinted(app, env)
        cite.bibliographies = pickle.loads(pickle.dumps(cite.bibliographies))
        return ast.unparse(cite.bibliographies["all"].filter_)

    assert filter_in("html") == "cited"
    printed = filter_in("singlehtml")
    assert printed == "cited and (not docnames <= {'b'})"
    assert filter_in("singlehtml") == printed  # a second size
    assert filter_in("epub") == "cited"
