import pytest

from casi import tables
from casi.book.pages import chart_method

META = {
    "label": "fig-x",
    "title": "Russia & others",
    "tables": ["meetings"],
    "method": "We count meetings.",
    "function": "casi.measures.exercises.counts",
}
CITATION = "We. “{title}”. https://x.org/charts/{label}.html."


def test_method_function_data_and_citation_are_said():
    markup = chart_method.markup(META, CITATION, link="../method.html")
    assert "<summary>Method</summary><p>We count meetings.</p>" in markup
    assert "<p>Function: <code>casi.measures.exercises.counts</code></p>" in markup
    assert "<p>Data: our table Meetings (edition " in markup
    assert '<a href="../method.html">Method of the report</a>' in markup
    assert "We. “Russia &amp; others”. https://x.org/charts/fig-x.html.</textarea>" in markup


def test_the_function_is_linked_where_the_source_has_an_address():
    markup = chart_method.markup(META, CITATION, "https://github.com/a/b/blob/v1")
    path, line = chart_method.place(META["function"])
    lines = (tables.ROOT / path).read_text(encoding="utf-8").splitlines()
    assert lines[line - 1].startswith("def counts(")
    assert f'href="https://github.com/a/b/blob/v1/casi/measures/exercises.py#L{line}"' in markup


def test_a_chart_may_leave_method_and_function_out():
    markup = chart_method.markup({name: META[name] for name in ("label", "title", "tables")}, "We.")
    assert "<summary>Method</summary><p>Data:" in markup


@pytest.mark.parametrize("name", ["casi.measures.exercises.nothing", "casi.nowhere.counts"])
def test_a_function_that_is_not_there_is_named(name):
    with pytest.raises(ValueError, match=r"has no function .*correct the caption"):
        chart_method.place(name)
