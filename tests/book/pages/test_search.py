import json
from types import SimpleNamespace

import pandas as pd
import pytest
from docutils import nodes
from pybtex.database import Entry, Person

from casi.book.pages import search
from casi.tables import closing_date
from casi.text import date

SPEC = {
    "view": "tests_view:rows",
    "label": "events",
    "title": "Every fact",
    "sources": "bibliography.html#source-",
    "rows": 2,
}


EDITION = SimpleNamespace(name="Edition 2026.11", repository="")
CONFIG = SimpleNamespace(casi_edition=EDITION, casi_links={"Report an error": "method.html#here"})


ENTRIES = {"x": Entry("misc", {"url": "https://x.kz"}, {"author": [Person("{Zakon.kz}")]})}
CITE = SimpleNamespace(bibdata=SimpleNamespace(data=SimpleNamespace(entries=ENTRIES)))
ENV = SimpleNamespace(get_domain={"cite": CITE}.__getitem__, found_docs=set())


@pytest.fixture(autouse=True)
def view(monkeypatch):
    table = pd.DataFrame(
        {
            "Date": ["2024", "2020"],
            "What": ["a </script>", "b"],
            "Key": ["t/a", "t/b"],
            "Sources": ["x;y", "z"],
        }
    )
    module = SimpleNamespace(rows=lambda: table)
    monkeypatch.setattr(search, "import_module", {"tests_view": module}.__getitem__)
    return table


def test_table_of_calls_the_function_that_the_notebook_names(view):
    assert search.table_of(SPEC) is view


def test_as_script_holds_the_rows_as_they_are(view):
    script = search.as_script(SPEC, view)
    name, payload = script.split("=", 1)
    assert name == 'casiRecords["events"]'
    assert json.loads(payload)["rows"] == view.to_numpy().tolist()


def test_visit_records_leaves_a_download_and_pages_for_readers_without_scripts():
    written = []
    builder = SimpleNamespace(current_docname="chapters/record", config=CONFIG, env=ENV)
    with pytest.raises(nodes.SkipNode):
        search.visit_records(
            SimpleNamespace(builder=builder, body=written), search.records("", spec=SPEC)
        )
    assert '<a href="../records/events.csv" download>' in written[0]
    static = written[0].partition("<noscript>")[2].partition("</noscript>")[0]
    assert "turn on JavaScript" in static
    assert '<li>T (2 rows): <a href="../records/events-t-1.html">2024–2020</a></li>' in static
    assert 'data-sources="../bibliography.html#source-"' in written[0]


def test_publish_writes_the_files_of_a_page_that_has_a_table(tmp_path, view):
    loaded = []
    templates = SimpleNamespace(render=lambda name, context: "\n".join(context["page"].rows))
    app = SimpleNamespace(
        outdir=tmp_path,
        env=ENV,
        builder=SimpleNamespace(templates=templates, globalcontext={"language": "en"}),
        config=SimpleNamespace(casi_synonyms=[["drill", "exercise"]]),
        add_js_file=lambda name, **_: loaded.append(name),
        add_css_file=loaded.append,
    )
    page = nodes.section("", search.records("", spec=SPEC))
    search.publish(app, "index", "page.html", {}, nodes.section())
    assert loaded == []
    search.publish(app, "chapters/record", "page.html", {}, page)
    assert loaded == ["records.css", *search.SCRIPTS]
    script = (tmp_path / "records" / "events.js").read_text()
    about = json.loads(script.partition("=")[2])
    assert about["sources"] == {"x": ["Zakon.kz, undated", "https://x.kz"]}
    assert about["synonyms"] == [["drill", "exercise"]] and about["options"] == {}
    assert len(pd.read_csv(tmp_path / "records" / "events.csv")) == 2
    plain = (tmp_path / "records" / "events-t-1.html").read_text()
    assert "<strong>a &lt;/script&gt;</strong>" in plain and '<a href="https://x.kz">' in plain
    published = search.published(tmp_path, "events")
    assert published == {"columns": view.columns.tolist(), "rows": view.to_numpy().tolist()}


@pytest.mark.parametrize(
    ("authors", "words"),
    [
        (["Blank, Stephen"], "Blank, 2024"),
        (["Blank, S.", "Kuchins, A."], "Blank and Kuchins, 2024"),
        (["Blank, S.", "Kuchins, A.", "Other, B."], "Blank et al., 2024"),
        ([], "A title, 2024"),
    ],
)
def test_sources_of_names_who_published_and_when(authors, words):
    people = {"author": [Person(name) for name in authors]}
    entry = Entry("misc", {"title": "A title", "year": "2024"}, people)
    table = pd.DataFrame({"Sources": ["one", "one;two"]})
    assert search.sources_of(table, {"one": entry}) == {"one": [words, ""]}
    assert search.sources_of(pd.DataFrame({"What": ["x"]}), {"one": entry}) == {}


def test_options_are_what_the_function_named_returns(monkeypatch):
    module = SimpleNamespace(options=lambda: {"levels": ["minister"]})
    monkeypatch.setattr(search, "import_module", {"tests_view": module}.__getitem__)
    assert search.called("tests_view:options") == {"levels": ["minister"]}


def test_the_search_of_the_book_does_not_list_kinds_that_the_options_name(tmp_path):
    table = pd.DataFrame({"Kind": ["Clash", "Figure"], "What": ["a", "b"]})
    script = search.as_script(SPEC, table, options={"unlisted": ["Figure"]})
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "events.js").write_text(script, encoding="utf-8")
    assert search.published(tmp_path, "events")["rows"] == [["Clash", "a"]]


@pytest.mark.parametrize(
    ("repository", "pages", "address"),
    [
        ("https://forge/report", {"method"}, "https://forge/report/issues/new"),
        ("", {"method"}, "../method.html#here"),
        ("", {"index"}, None),
    ],
)
def test_about_says_to_what_day_and_where_to_report_an_error(repository, pages, address):
    edition = SimpleNamespace(name="Edition 2026.11", repository=repository)
    config = SimpleNamespace(casi_edition=edition, casi_links=CONFIG.casi_links)
    written = search.about(config, pages, "../")
    assert f"Edition 2026.11, closed {date(closing_date())}" in written
    link = f'<a href="{address}">Report an error</a>'
    assert link in written if address else "<a" not in written


def test_a_link_to_what_a_filter_keeps_is_escaped_once():
    address = "record.html#states=TKM&amp;from=2018"  # as MyST writes it
    ours = nodes.reference("", "since 2018", refuri=address, classes=[search.ROWS])
    other = nodes.reference("", "a page", refuri=address)
    search.plain_addresses(None, nodes.section("", nodes.paragraph("", "", ours, other)))
    assert ours["refuri"] == "record.html#states=TKM&from=2018"
    assert other["refuri"] == address
