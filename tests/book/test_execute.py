import pytest
from nbformat.v4 import new_code_cell, new_notebook

from casi.book.execute import RECEIPT, cache_for, keep, outputs, sound_cache
from casi.book.reasons import reasons


def kept(root):
    return [record.uri for record in sound_cache(root).list_cache_records()]


def add(root, uri, known):
    keep(sound_cache(root), new_notebook(cells=[new_code_cell(uri)]), uri, known)


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


def test_sound_cache_keeps_pages_in_markdown_for_one_state_of_the_inputs(tmp_path):
    add(tmp_path, "page.md", {})  # myst-nb keeps them, and writes no receipt
    assert kept(tmp_path) == ["page.md"]
    (tmp_path / "requirements.txt").write_text("")
    assert kept(tmp_path) == []


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("{")])
def test_outputs_tells_those_that_are_whole_by_a_hash(tmp_path, spoil):
    add(tmp_path, "one.ipynb", reasons(tmp_path, []))
    add(tmp_path, "two.ipynb", reasons(tmp_path, []))
    found = outputs(tmp_path)
    assert sorted(found) == ["one.ipynb", "two.ipynb"] and len(set(found.values())) == 2
    spoil(next(cache_for(tmp_path).rglob(RECEIPT)))
    assert len(outputs(tmp_path)) == 1
