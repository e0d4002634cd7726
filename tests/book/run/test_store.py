import errno

import nbformat
from nbformat import v4

from casi.book.run import store


def test_store_writes_outputs_and_nothing_that_changes(tmp_path, write_chapter):
    write_chapter(tmp_path, "'done'")
    path = tmp_path / "chapters" / "one.ipynb"
    store.store(path)
    first = path.read_bytes()
    store.store(path)
    assert path.read_bytes() == first
    assert b"done" in first


def test_store_leaves_a_failing_notebook_as_it_was(tmp_path, write_chapter, capsys):
    write_chapter(tmp_path, "1 / 0")
    path = tmp_path / "chapters" / "one.ipynb"
    before = path.read_bytes()
    assert store.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_store_refuses_what_the_book_cannot_show(tmp_path, write_chapter, capsys):
    write_chapter(tmp_path, "import IPython\nIPython.display.HTML('<i>a</i>')")
    path = tmp_path / "chapters" / "one.ipynb"
    before = path.read_bytes()
    assert store.main([str(path)]) == 1
    assert path.read_bytes() == before
    message = capsys.readouterr().err
    assert f"{path}, cell 2: HTML" in message and "not stored, the file is as it was" in message


def test_store_keeps_the_values_of_prose_and_renews_them(tmp_path):
    notebook = v4.new_notebook(cells=[v4.new_code_cell("n = 2"), v4.new_markdown_cell("{eval}`n`")])
    old = {"expression": "m", "result": {"status": "ok", "data": {"text/plain": "1"}}}
    notebook.cells[1].metadata["user_expressions"] = [old]
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook, path)
    store.store(path)
    [value] = nbformat.read(path, 4).cells[1].metadata["user_expressions"]
    assert (value["expression"], value["result"]["data"]) == ("n", {"text/plain": "2"})


def test_store_removes_what_editors_add(tmp_path):
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"a": {}}}}
    notebook = v4.new_notebook(
        cells=[
            v4.new_code_cell("1", metadata={"collapsed": False, "vscode": {}, "tags": ["a"]}),
            v4.new_code_cell("2", metadata={"mystnb": {"image": {"alt": "A"}}, "colab": {}}),
            v4.new_markdown_cell("# A", metadata={"id": "x", "jp-MarkdownHeadingCollapsed": True}),
        ],
        metadata={
            "kernelspec": {"name": "casi", "display_name": "casi"},
            "language_info": {"name": "python", "version": "3.12.1"},
            "vscode": {"interpreter": {"hash": "abc"}},
            "widgets": widgets,
            "colab": {"provenance": []},
        },
    )
    notebook.nbformat_minor = 4  # as VS Code writes it, without ids
    for cell in notebook.cells:
        del cell["id"]
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook, path)
    store.store(path)
    stored = nbformat.read(path, 4)
    assert stored.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    kept = [cell.metadata for cell in stored.cells]
    assert kept == [{"tags": ["a"]}, {"mystnb": {"image": {"alt": "A"}}}, {}]
    assert stored.nbformat_minor == 5 and all(cell.id for cell in stored.cells)
    first = path.read_bytes()
    store.store(path)
    assert path.read_bytes() == first


def test_a_full_disk_leaves_a_notebook_as_it_was(tmp_path, write_chapter, monkeypatch, capsys):
    def fill(notebook, path):
        path.write_text("{")
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    write_chapter(tmp_path, "'done'")
    path = tmp_path / "chapters" / "one.ipynb"
    before = path.read_bytes()
    monkeypatch.setattr(store.nbformat, "write", fill)
    assert store.main([str(path)]) == 1
    assert path.read_bytes() == before and [*path.parent.iterdir()] == [path]
    message = capsys.readouterr().err
    assert "No space left" in message and f"{path}: not stored, the file is as it was" in message
