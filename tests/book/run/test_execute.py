from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from casi.book.run.dependencies import hold, reasons
from casi.book.run.errors import FaultyNotebooks
from casi.book.run.execute import (
    RECEIPT,
    cache_for,
    execute_notebooks,
    keep,
    outputs,
    read,
    run,
    sound_cache,
    values,
)


def kept(root):
    return [record.uri for record in sound_cache(root).list_cache_records()]


def add(root, uri, known, code=""):
    keep(sound_cache(root), Path(uri), new_notebook(cells=[new_code_cell(code or uri)]), known)


def test_keep_leaves_one_set_of_outputs_a_page(tmp_path):
    known = reasons(tmp_path, [])
    add(tmp_path, "first.ipynb", known, code="1")
    first = outputs(tmp_path)
    add(tmp_path, "first.ipynb", known, code="2")
    assert kept(tmp_path) == ["first.ipynb"]
    assert outputs(tmp_path) != first


def test_sound_cache_keeps_what_still_holds(tmp_path):
    for name in "ab":
        (tmp_path / name).write_text("1")
        add(tmp_path, f"{name}.ipynb", reasons(tmp_path, [name]))
    add(tmp_path, "unknown.ipynb", {})
    assert kept(tmp_path) == ["a.ipynb", "b.ipynb"]
    (tmp_path / "b").write_text("2")
    assert kept(tmp_path) == ["a.ipynb"]


def test_sound_cache_drops_what_was_half_written(tmp_path):
    add(tmp_path, "first.ipynb", reasons(tmp_path, []))
    [receipt] = cache_for(tmp_path).rglob(RECEIPT)
    receipt.unlink()
    assert kept(tmp_path) == []


def test_read_returns_what_can_be_run(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Text\n")
    assert read(page) is None
    page.write_text("---\nfile_format: mystnb\n---\n# Text\n\n```{code-cell}\n1 + 1\n```\n")
    assert read(page).cells[1].source == "1 + 1"
    write(new_notebook(cells=[new_code_cell("2")]), tmp_path / "second.ipynb")
    assert read(tmp_path / "second.ipynb").cells[0].source == "2"


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("{")])
def test_outputs_tells_those_that_are_whole_by_a_hash(tmp_path, spoil):
    add(tmp_path, "first.ipynb", reasons(tmp_path, []))
    add(tmp_path, "second.ipynb", reasons(tmp_path, []))
    found = outputs(tmp_path)
    assert sorted(found) == ["first.ipynb", "second.ipynb"] and len(set(found.values())) == 2
    spoil(next(cache_for(tmp_path).rglob(RECEIPT)))
    assert len(outputs(tmp_path)) == 1


def test_notebooks_run_once_for_each_state_of_the_inputs(tmp_path, write_chapter):
    write_chapter(tmp_path, "'done'")
    assert len(execute_notebooks(tmp_path)) == 1
    assert execute_notebooks(tmp_path) == []
    (tmp_path / "requirements.txt").write_text("pandas==1\n")
    assert len(execute_notebooks(tmp_path)) == 1


def test_run_returns_what_outputs_depend_on_unless_a_cell_fails(tmp_path, write_chapter):
    page = tmp_path / "chapters" / "one.ipynb"
    write_chapter(tmp_path, "'done'")
    notebook = read(page)
    assert hold(tmp_path, run(notebook, page, tmp_path))
    assert "done" in str(notebook.cells[1].outputs)
    write_chapter(tmp_path, "1 / 0")
    with pytest.raises(FaultyNotebooks, match=r"chapters/one\.ipynb, cell 2: ZeroDivisionError"):
        run(read(page), page, tmp_path)


def test_every_page_with_faults_is_named_and_the_others_are_cached(tmp_path, write_chapter):
    for name, source in {"one": "1 / 0", "two": "'done'", "three": "undefined"}.items():
        write_chapter(tmp_path, source, name=name)
    for _ in range(2):
        with pytest.raises(FaultyNotebooks) as raised:
            execute_notebooks(tmp_path)
        starts = [line.partition(":")[0] for line in str(raised.value).splitlines()]
        assert starts == ["chapters/one.ipynb, cell 2", "chapters/three.ipynb, cell 2"]
        assert [Path(uri).stem for uri in kept(tmp_path)] == ["two"]


def test_faults_of_text_are_found_though_the_outputs_are_cached(tmp_path, write_chapter):
    write_chapter(tmp_path, "'done'")
    execute_notebooks(tmp_path)
    page = tmp_path / "chapters" / "one.ipynb"
    notebook = read(page)
    notebook.cells[0].source = "![a](attachment:a.png)"
    write(notebook, page)
    with pytest.raises(FaultyNotebooks, match=r"chapters/one\.ipynb, cell 1: pasted"):
        execute_notebooks(tmp_path)


def test_read_takes_the_projects_python_for_a_kernel_of_another_name(tmp_path):
    notebook = new_notebook(metadata={"kernelspec": {"name": "casi", "display_name": "casi"}})
    write(notebook, tmp_path / "one.ipynb")
    assert read(tmp_path / "one.ipynb").metadata.kernelspec.name == "python3"


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "one.ipynb").write_text("<<<<<<< HEAD\n{}")
    with pytest.raises(FaultyNotebooks, match=r"one\.ipynb: no notebook .*conflict"):
        read(tmp_path / "one.ipynb")


LABELLED = """
from casi.text import Table
Table("| a |\\n| --- |\\n| b |", "tab-x")"""


def test_two_pages_share_no_label_even_if_one_is_cached(tmp_path, write_chapter):
    write_chapter(tmp_path, LABELLED)
    execute_notebooks(tmp_path)
    write_chapter(tmp_path, LABELLED + " ", name="two")
    for _ in range(2):
        with pytest.raises(FaultyNotebooks) as raised:
            execute_notebooks(tmp_path)
        place = "chapters/one.ipynb, cell 2"
        expected = (
            f"chapters/two.ipynb, cell 2: tab-x is the label of {place} too. Give each its own"
        )
        assert str(raised.value) == expected


def test_outputs_are_those_of_a_page_whose_inline_expressions_are_the_same(tmp_path):
    """jupyter-cache looks at code cells alone."""
    (tmp_path / "chapters").mkdir()
    path = tmp_path / "chapters" / "one.ipynb"

    def write_page(text):
        cells = [new_code_cell("n = 2", id="a"), new_markdown_cell(text, id="b")]
        write(new_notebook(cells=cells), path)

    write_page("{eval}`n`")
    assert execute_notebooks(tmp_path) == [path]
    assert [found["data"] for found in values(tmp_path)["chapters/one.ipynb"]] == [
        {"text/plain": "2"}
    ]
    before = outputs(tmp_path)
    write_page("Other words, {eval}`n`")
    assert execute_notebooks(tmp_path) == []
    write_page("{eval}`n + 1`")
    assert execute_notebooks(tmp_path) == [path]
    assert outputs(tmp_path) != before
