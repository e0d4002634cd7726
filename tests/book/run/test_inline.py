"""Inline expressions of Markdown are found, evaluated where they stand, stored and written."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from casi.book.run import inline, inline_values, runner
from casi.book.run.checked_run import run_checked
from casi.book.run.errors import FaultyNotebooks


def result(value):
    return {"status": "ok", "data": {"text/plain": repr(value)}, "metadata": {}}


def markdown(text):
    data = {"text/plain": repr(text), "text/markdown": text}
    return {"status": "ok", "data": data, "metadata": {}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{eval}`a` and {eval}`b('c')`", ["a", "b('c')"]),
        ('{eval}``f"`{x}`"``', ['f"`{x}`"']),
        ("write `{eval}` so: `` {eval}`a` ``", []),
        ("```python\n{eval}`a`\n```\n{eval}`b`", ["b"]),
        ("```{note}\n{eval}`a`\n```", ["a"]),
        ("```{code-cell}\n{eval}`a`\n```", []),
        (
            "```{a}\n{eval}`a`\n```\n{eval}`b`\n\n```bash\n{eval}`c`\n```\n{eval}`d`",
            ["a", "b", "d"],
        ),
        ("````{a}\n```{b}\n{eval}`a`\n```\n{eval}`b`\n````", ["a", "b"]),
        ("~~~\n```\n{eval}`a`\n~~~\n{eval}`b`", ["b"]),
        ("{eval}`f(\n1)`", ["f(\n1)"]),
        (":::{figure} #fig-a\n{eval}`a`\n:::", ["a"]),
        ("see {numref}`fig-a`, {eval}`a`, `code` and {cite}`key`", ["a"]),
    ],
)
def test_expressions_are_those_outside_code(text, found):
    assert inline.expressions(text) == found


def test_a_cell_is_evaluated_where_it_stands(tmp_path):
    cells = [new_code_cell("n = 1"), new_markdown_cell("{eval}`n`"), new_code_cell("n = 2"),
             new_markdown_cell("{eval}`n` {eval}`m`"), new_markdown_cell("none")]  # fmt: skip
    for forked in {runner.CAN_FORK, False}:
        notebook = new_notebook(cells=cells)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runner, "CAN_FORK", forked)
            runner.run(notebook, tmp_path)
        first, second, last = notebook.cells[1], notebook.cells[3], notebook.cells[4]
        assert first.metadata["user_expressions"] == [{"expression": "n", "result": result(1)}]
        known, unknown = second.metadata["user_expressions"]
        assert known["result"] == result(2)
        assert unknown["result"]["evalue"] == "name 'm' is not defined"
        assert "user_expressions" not in last.metadata
        assert inline.places(notebook) == [[1, "n"], [2, "n"], [2, "m"]]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (result("94%"), "94%"),
        (result(7), "7"),
        (result("a *b* [c]"), r"a \*b\* \[c\]"),
        (markdown("{cite}`key`"), "{cite}`key`"),
    ],
)
def test_text_is_shown_as_it_is_and_markdown_is_markdown(value, written):
    assert inline_values.fill("<{eval}`x`>", iter([value])) == f"<{written}>"


def test_plain_text_is_not_escaped():
    values = iter([result("a *b*")])
    assert inline_values.fill("{eval}`x`", values, as_plain_text=True) == "a *b*"


def test_values_fill_several_texts_in_order():
    values = iter([result(1), result(2), result(3)])
    texts = [inline_values.fill(text, values) for text in ("{eval}`a`{eval}`b`", "{eval}`c`")]
    assert texts == ["12", "3"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (result(0.5), "the value 0.5 is no text. Format it"),
        (result(None), "the value None is no text"),
        (result(True), "the value True is no text"),
        ({"status": "ok", "data": {"text/plain": "np.int64(7)"}}, r"np.int64\(7\) is no text"),
        (result("–"), "the value is missing"),
        (result(" "), "the value is missing"),
        ({"status": "error", "ename": "NameError", "evalue": "name 'm'"}, "NameError: name 'm'"),
    ],
)
def test_a_value_that_cannot_be_written_is_refused(value, reason):
    with pytest.raises(ValueError, match=reason):
        inline_values.written(value)


def test_a_fault_names_page_cell_and_expression(tmp_path):
    page = new_notebook(cells=[new_code_cell("n = 0.5"), new_markdown_cell("{eval}`n` {eval}`m`")])
    with pytest.raises(FaultyNotebooks) as raised:
        run_checked("p.ipynb", page, tmp_path)
    first, second = str(raised.value).splitlines()
    assert first.startswith("p.ipynb, cell 2: {eval}`n`: the value 0.5 is no text")
    assert second == "p.ipynb, cell 2: {eval}`m`: NameError: name 'm' is not defined"
