from nbformat.v4 import new_code_cell, new_notebook

from casi.book.execute import RECEIPT, keep, sound_cache, take_over
from casi.book.reasons import reasons


def hashes(cache):
    return [kept.hashkey for kept in cache.list_cache_records()]


def test_keep_and_take_over_what_still_holds(tmp_path):
    (tmp_path / "a").write_text("1")
    old = sound_cache(tmp_path / "old")
    keep(old, new_notebook(cells=[new_code_cell("1")]), "one", reasons(tmp_path, ["a"]))
    keep(old, new_notebook(cells=[new_code_cell("2")]), "two", {})  # nothing is known of it
    new = sound_cache(tmp_path / "new")
    take_over(tmp_path, tmp_path / "old", new)
    assert hashes(new) == hashes(old)[:1]
    (tmp_path / "a").write_text("2")
    newer = sound_cache(tmp_path / "newer")
    take_over(tmp_path, tmp_path / "new", newer)
    assert hashes(newer) == []


def test_sound_cache_drops_what_was_half_written(tmp_path):
    one, page = (new_notebook(cells=[new_code_cell(code)]) for code in "12")
    cache = sound_cache(tmp_path)
    keep(cache, one, "one.ipynb", {})
    keep(cache, page, "page.md", {})
    assert len(hashes(sound_cache(tmp_path))) == 2
    for receipt in tmp_path.rglob(RECEIPT):
        receipt.unlink()
    [left] = sound_cache(tmp_path).list_cache_records()
    assert left.uri == "page.md"  # which myst-nb runs and keeps, without a receipt
