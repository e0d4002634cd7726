import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from casi.book.run import runner
from casi.book.run.checked_run import run_checked
from casi.book.run.errors import FaultyNotebooks


def notebook(*sources):
    return new_notebook(cells=[new_markdown_cell("# P"), *map(new_code_cell, sources)])


def refusal(folder, *sources):
    with pytest.raises(FaultyNotebooks) as raised:
        run_checked("p.ipynb", notebook(*sources), folder)
    return str(raised.value)


def test_a_notebook_without_faults_is_run(tmp_path):
    page = notebook("1 + 1")
    run_checked("p.ipynb", page, tmp_path)
    assert page.cells[1].outputs[0].data == {"text/plain": "2"}


def test_a_kernel_of_another_name_is_not_asked_for(tmp_path, monkeypatch):
    for forked in {False, runner.CAN_FORK}:
        monkeypatch.setattr(runner, "CAN_FORK", forked)
        page = notebook("1 + 1")
        page.metadata["kernelspec"] = {"name": "casi", "display_name": "casi"}
        run_checked("p.ipynb", page, tmp_path)
        assert page.cells[1].outputs[0].data == {"text/plain": "2"}


def test_an_error_is_named_by_page_cell_and_last_line(tmp_path):
    line = "p.ipynb, cell 3: ZeroDivisionError: division by zero. Correct the cell"
    assert refusal(tmp_path, "1", "1/0", "2").startswith(line)


def test_a_warning_is_quoted_with_page_and_cell(tmp_path):
    found = refusal(tmp_path, "import warnings; warnings.warn('scale is missing')")
    assert found.startswith("p.ipynb, cell 2: warning ") and "scale is missing" in found


def test_an_output_that_a_semicolon_hides_is_not_judged(tmp_path):
    shown = "import IPython\nIPython.display.HTML('<i>a</i>')"
    assert "cell 2: HTML" in refusal(tmp_path, shown)
    run_checked("p.ipynb", notebook(shown + ";"), tmp_path)


def test_the_end_of_python_is_named_by_page_and_cell(tmp_path):
    assert refusal(tmp_path, "1", "import os; os._exit(1)").startswith("p.ipynb, cell 3: Python")


def test_a_cell_that_takes_too_long_is_named(tmp_path, monkeypatch):
    def stop(page, folder):
        raise CellTimeoutError("too long")

    monkeypatch.setattr(runner, "run", stop)
    assert refusal(tmp_path, "1") == "p.ipynb, cell 2: no result after 300 s. Make it faster"


def test_faults_of_text_and_of_outputs_are_listed_together(tmp_path):
    page = notebook("1/0")
    page.cells.append(new_markdown_cell("![a](attachment:a.png)"))
    with pytest.raises(FaultyNotebooks) as raised:
        run_checked("p.ipynb", page, tmp_path)
    assert "cell 3: pasted" in str(raised.value) and "cell 2: Zero" in str(raised.value)


def test_widgets_that_no_cell_shows_leave_nothing_in_the_notebook(tmp_path, monkeypatch):
    def run(page, folder):
        page.metadata["widgets"] = NotebookNode()

    monkeypatch.setattr(runner, "run", run)
    page = notebook("1")
    run_checked("p.ipynb", page, tmp_path)
    assert "widgets" not in page.metadata


def test_figures_of_matplotlib_become_outputs_as_in_other_kernels(tmp_path):
    page = notebook("import os; os.environ['MPLBACKEND']")
    run_checked("p.ipynb", page, tmp_path)
    assert "matplotlib_inline" in page.cells[1].outputs[0].data["text/plain"]
