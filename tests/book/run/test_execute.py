from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from casi.book.run.dependencies import hold, reasons
from casi.book.run.execute import (
    QUICK,
    RECEIPT,
    QuickClient,
    cache_for,
    execute_notebooks,
    keep,
    outputs,
    read,
    run,
    sound_cache,
)
from casi.book.run.warm import warm_kernels


def kept(root):
    return [record.uri for record in sound_cache(root).list_cache_records()]


def add(root, uri, known, code=""):
    keep(sound_cache(root), Path(uri), new_notebook(cells=[new_code_cell(code or uri)]), known)


def test_keep_leaves_one_set_of_outputs_a_page(tmp_path):
    known = reasons(tmp_path, [])
    add(tmp_path, "one.ipynb", known, code="1")
    first = outputs(tmp_path)
    add(tmp_path, "one.ipynb", known, code="2")
    assert kept(tmp_path) == ["one.ipynb"]
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
    add(tmp_path, "one.ipynb", reasons(tmp_path, []))
    [receipt] = cache_for(tmp_path).rglob(RECEIPT)
    receipt.unlink()
    assert kept(tmp_path) == []


def test_read_returns_what_can_be_run(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Text\n")
    assert read(page) is None
    page.write_text("---\nfile_format: mystnb\n---\n# Text\n\n```{code-cell}\n1 + 1\n```\n")
    assert read(page).cells[1].source == "1 + 1"
    write(new_notebook(cells=[new_code_cell("2")]), tmp_path / "two.ipynb")
    assert read(tmp_path / "two.ipynb").cells[0].source == "2"


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("{")])
def test_outputs_tells_those_that_are_whole_by_a_hash(tmp_path, spoil):
    add(tmp_path, "one.ipynb", reasons(tmp_path, []))
    add(tmp_path, "two.ipynb", reasons(tmp_path, []))
    found = outputs(tmp_path)
    assert sorted(found) == ["one.ipynb", "two.ipynb"] and len(set(found.values())) == 2
    spoil(next(cache_for(tmp_path).rglob(RECEIPT)))
    assert len(outputs(tmp_path)) == 1


@pytest.mark.parametrize("command", ["print(1)", "1"])
def test_quick_client_misses_nothing_that_is_said_at_once(tmp_path, command):
    write(new_notebook(cells=[new_code_cell(command)]), tmp_path / "one.ipynb")
    with warm_kernels():
        for _ in range(8):
            done, _ = run(tmp_path / "one.ipynb", tmp_path)
            assert len(done.cells[0].outputs) == 1
    assert QUICK.KernelManager.client_factory is QuickClient


def test_notebooks_run_once_for_each_state_of_the_inputs(tmp_path, write_chapter):
    write_chapter(tmp_path, "'done'")
    assert len(execute_notebooks(tmp_path)) == 1
    assert execute_notebooks(tmp_path) == []
    (tmp_path / "requirements.txt").write_text("pandas==1\n")
    assert len(execute_notebooks(tmp_path)) == 1


def test_run_returns_a_notebook_only_if_it_succeeds(tmp_path, write_chapter):
    write_chapter(tmp_path, "'done'")
    done, known = run(tmp_path / "chapters" / "one.ipynb", tmp_path)
    assert hold(tmp_path, known)
    assert "done" in str([cell.get("outputs") for cell in done.cells])
    write_chapter(tmp_path, "1 / 0")
    assert run(tmp_path / "chapters" / "one.ipynb", tmp_path) is None
