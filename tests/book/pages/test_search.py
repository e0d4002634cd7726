import json
from types import SimpleNamespace

import pandas as pd
import pytest
from docutils import nodes

from casi.book.pages import search

SPEC = {
    "view": "tests_view:rows",
    "label": "events",
    "title": "Every fact",
    "sources": "bibliography.html#source-",
    "rows": 2,
}


@pytest.fixture(autouse=True)
def view(monkeypatch):
    table = pd.DataFrame({"What": ["a </script>", "b"], "Sources": ["x;y", "z"]})
    module = SimpleNamespace(rows=lambda: table)
    monkeypatch.setattr(search, "import_module", {"tests_view": module}.__getitem__)
    return table


def test_table_of_calls_the_function_that_the_notebook_names(view):
    assert search.table_of(SPEC) is view


def test_as_script_holds_the_rows_as_they_are(view):
    script = search.as_script(SPEC, view)
    name, payload = script.split("=", 1)
    assert name == 'casiRecords["events"]'
    assert json.loads(payload)["rows"] == [["a </script>", "x;y"], ["b", "z"]]


def test_visit_records_leaves_a_download_for_pages_without_scripts():
    written = []
    builder = SimpleNamespace(current_docname="chapters/record")
    with pytest.raises(nodes.SkipNode):
        search.visit_records(
            SimpleNamespace(builder=builder, body=written), search.records("", spec=SPEC)
        )
    assert '<a href="../records/events.csv" download>' in written[0]
    assert 'data-sources="../bibliography.html#source-"' in written[0]


def test_publish_writes_the_files_of_a_page_that_has_a_table(tmp_path):
    loaded = []
    app = SimpleNamespace(
        outdir=tmp_path,
        add_js_file=lambda name, **_: loaded.append(name),
        add_css_file=loaded.append,
    )
    page = nodes.section("", search.records("", spec=SPEC))
    search.publish(app, "index", "page.html", {}, nodes.section())
    assert loaded == []
    search.publish(app, "chapters/record", "page.html", {}, page)
    assert loaded == ["records.css", "dataTables.min.js", "records.js"]
    assert len(pd.read_csv(tmp_path / "records" / "events.csv")) == 2
    assert search.published(tmp_path, "events") == {
        "columns": ["What", "Sources"],
        "rows": [["a </script>", "x;y"], ["b", "z"]],
    }
