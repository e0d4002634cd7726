from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from casi.book.run.notebook_rules import (
    fault_of_stop,
    faults_after_run,
    faults_before_run,
    faults_of_labels,
)

PNG = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480 with 1 Axes>"}
PANDAS = '<div><style scoped>td {}</style><table border="1" class="dataframe"></table></div>'
STYLER = '<style type="text/css">#T_1_row0 {color: red}</style><table id="T_1"></table>'
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
BAR = {"data": [{"type": "bar", "x": ["a"], "y": [1]}]}
META = {
    **{"label": "fig-x", "title": "t", "measure": "m", "unit": "u", "alt": "a", "coverage": "c"},
    **{"tables": ["states"], "source": ["sipri2026transfers"], "table": {"rows": []}},
}
CHART = {PLOTLY: BAR | {"layout": {"meta": META}}, "text/plain": "t. a"}
STATE = "application/vnd.jupyter.widget-state+json"


def before(*cells, **metadata):
    return faults_before_run("p.ipynb", new_notebook(cells=list(cells), metadata=metadata))


def markdown(source):
    return before(new_markdown_cell(source))


def after(*outputs, **metadata):
    cell = new_code_cell("", outputs=list(outputs), metadata=metadata)
    return faults_after_run("p.ipynb", new_notebook(cells=[new_markdown_cell("# P"), cell]))


def shown(data, **metadata):
    return after(new_output("display_data", data), **metadata)


def html(markup):
    return shown({"text/html": markup, "text/plain": "x"})


def stream(name, text):
    return new_output("stream", name=name, text=text)


def names(faults, *words):
    [fault] = faults
    return fault.startswith("p.ipynb, cell ") and all(word in fault for word in words)


def test_text_markdown_charts_and_records_are_shown():
    assert after(stream("stdout", "hello\n")) == []
    assert shown({"text/plain": "1"}) == []
    assert shown({"text/markdown": "*a* <br> ![a](../images/a.png)", "text/plain": "a"}) == []
    assert shown(CHART | {"text/html": "<script>1</script>"}) == []
    assert shown({"application/vnd.casi.records+json": {}, "text/plain": "r"}) == []


def test_a_picture_needs_alternative_text_in_the_metadata_of_its_cell():
    assert names(shown(PNG), "cell 2", "alternative text", "casi.charts", '"mystnb"')
    assert names(shown(PNG, mystnb={"image": {"alt": ""}}), "alternative text")
    assert shown(PNG, mystnb={"image": {"alt": "Deliveries fell."}}) == []
    assert names(shown({"image/svg+xml": "<svg/>"}, mystnb={"image": {"alt": "A"}}), "image/svg")


def test_each_kind_of_output_that_needs_a_script_is_refused_with_its_remedy():
    assert names(
        shown({WIDGET: {}, "text/plain": "IntSlider()"}), "needs Python", "casi.text.table"
    )
    assert names(shown({"application/javascript": "1"}), "does not run")
    assert names(shown({"application/vnd.vegalite.v5+json": {}}), "on paper", "casi.charts")


def test_each_kind_of_html_is_refused_with_its_remedy():
    assert names(html('<iframe src="https://youtube.com/x"></iframe>'), "another site", "Link")
    assert names(html("<video src='a.mp4'></video>"), "another site", "Link")
    assert names(html(STYLER), "Styler", "casi.text.table", "in words")
    assert names(html(PANDAS), "pandas", "casi.text.table")
    assert names(html('<div onclick="f()"><b>x</b></div>'), "HTML", "Markdown")


def test_other_types_of_output_are_refused_by_name():
    assert names(shown({"text/latex": "$x$", "text/plain": "x"}), "text/latex", "casi.text.table")


def test_a_warning_is_quoted():
    warning = "a.py:1: UserWarning: the scale is missing\n  f()\n"
    assert names(after(stream("stderr", warning)), "UserWarning: the scale is missing f()")
    assert names(after(stream("stderr", "a" * 400 + "end")), "... aaa", "end")
    assert after(stream("stderr", warning), tags=["remove-stderr"]) == []


def test_an_error_is_named_by_its_last_line():
    error = new_output("error", ename="ZeroDivisionError", evalue="division\nby zero")
    assert names(after(error), "cell 2", "ZeroDivisionError: division by zero", "Correct")
    assert names(after(error, tags=["remove-output"]), "ZeroDivisionError")


def test_an_error_of_a_module_is_named_by_file_and_line():
    frames = [
        "Traceback",
        "\x1b[32mFile \x1b[39m/a/b.py:7, in f()\n 7 g()",
        "File /a/c.py:12, in g()",
    ]
    error = new_output("error", ename="KeyError", evalue="'x'", traceback=frames)
    assert names(after(error), "KeyError: 'x' (/a/c.py:12). Correct")
    error.traceback = frames[:2]
    assert names(after(error), "KeyError: 'x' (/a/b.py:7). Correct")


def test_an_expected_error_is_refused_unless_no_page_shows_it():
    error = new_output("error", ename="ZeroDivisionError", evalue="division by zero")
    assert names(after(error, tags=["raises-exception"]), "ZeroDivisionError", "Catch")
    assert after(error, tags=["raises-exception", "remove-output"]) == []


def test_outputs_that_no_page_shows_may_be_of_any_kind():
    assert shown(PNG, tags=["remove-output"]) == []
    assert shown(PNG, tags=["remove-cell"]) == []
    assert names(shown(PNG, tags=["remove-input"]), "alternative text")


def test_a_pasted_picture_is_refused_with_its_remedy():
    for address in ("attachment:x.png", "data:image/png;base64,iVBORw0KGgo="):
        assert names(markdown(f"![a]({address})"), "cell 1", "pasted", "images/", "alternative")
        assert names(markdown(f'<img src="{address}">'), "cell 1", "pasted", "images/")
        assert names(shown({"text/markdown": f"![a]({address})"}), "cell 2", "pasted")
    assert markdown("![a](../images/a.png) and `![a](attachment:x.png)`") == []


def test_a_picture_of_another_site_is_refused_with_its_remedy():
    assert names(markdown("![Colab](https://colab.research.google.com/b.svg)"), "another site")


def test_html_that_pages_block_is_refused_in_markdown():
    assert names(markdown("a <span style='color: red'>b</span>"), "style='color: red'", "<span>")
    assert names(markdown("<style>p {}</style>"), "<style>", "Markdown")
    assert names(markdown("<script>f()</script>"), "<script>", "Markdown")
    assert names(markdown('a <b onclick="f()">b</b>'), "onclick='f()'", "Markdown")
    assert names(markdown('<iframe src="https://x.org"></iframe>'), "<iframe>", "Link")
    assert markdown("a<br>b <sup>2</sup> 1 < 2\n\n```\n<script>\n```") == []


def test_raw_cells_are_refused_unless_empty():
    assert names(before(new_markdown_cell(""), new_raw_cell("x")), "cell 2", "raw", "Markdown")
    assert before(new_raw_cell(" ")) == []


def test_stored_values_of_widgets_are_refused_unless_there_are_none():
    [fault] = before(widgets={STATE: {"state": {"a": {}}}})
    assert fault == "p.ipynb: stored values of widgets. Run make chapters, which removes them"
    assert before(widgets={STATE: {"state": {}}}) == []


def test_every_fault_of_a_notebook_has_a_line_with_its_cell():
    cells = [new_raw_cell("x"), new_markdown_cell("ok"), new_markdown_cell("![](attachment:a)")]
    starts = [fault.partition(":")[0] for fault in before(*cells)]
    assert starts == ["p.ipynb, cell 1", "p.ipynb, cell 3"]


def test_a_chart_that_the_book_cannot_show_is_named_with_its_cell():
    faulty = {PLOTLY: {"data": [{"type": "surface"}], "layout": {"meta": META}}}
    assert names(shown(faulty), "cell 2: chart fig-x: trace type 'surface'")
    assert names(shown({PLOTLY: BAR}), "cell 2: chart without label, title")
    assert shown(faulty, tags=["remove-output"]) == []


def page_with(*outputs):
    return new_notebook(cells=[new_code_cell("", outputs=[output]) for output in outputs])


def test_charts_and_tables_share_no_label():
    chart = new_output("display_data", CHART)
    table = new_output(
        "display_data", {"text/markdown": "t"}, metadata={"text/markdown": {"label": "tab-x"}}
    )
    assert faults_after_run("a.ipynb", page_with(chart, table)) == []
    [fault] = faults_after_run("a.ipynb", page_with(chart, table, table))
    assert fault.startswith("a.ipynb, cell 3: tab-x is the label of a.ipynb, cell 2 too")
    pages = {"a.ipynb": page_with(chart), "b.ipynb": page_with(table, chart)}
    [fault] = faults_of_labels(pages)
    assert fault.startswith("b.ipynb, cell 2: fig-x is the label of a.ipynb, cell 1 too")


def test_the_label_of_what_is_hidden_is_free():
    page = page_with(new_output("display_data", CHART), new_output("display_data", CHART))
    page.cells[0].metadata["tags"] = ["remove-output"]
    assert faults_after_run("a.ipynb", page) == []


def test_a_stop_is_at_the_first_cell_without_a_result():
    cells = [new_code_cell("1", execution_count=1), new_code_cell(""), new_code_cell("2")]
    notebook = new_notebook(cells=[new_markdown_cell("# P"), *cells])
    assert fault_of_stop("p.ipynb", notebook, "too slow") == "p.ipynb, cell 4: too slow"
    notebook.cells.insert(1, new_code_cell("0", metadata={"tags": ["skip-execution"]}))
    assert fault_of_stop("p.ipynb", notebook, "too slow") == "p.ipynb, cell 5: too slow"
    assert faults_after_run("p.ipynb", notebook) == []
