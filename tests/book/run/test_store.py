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
