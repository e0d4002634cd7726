from casi.book.run.fingerprint import fingerprint


def test_fingerprint_sees_names_and_contents(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    first = fingerprint(tmp_path)
    (tmp_path / "data" / "a.csv").write_text("2")
    second = fingerprint(tmp_path)
    (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b.csv")
    assert len({first, second, fingerprint(tmp_path)}) == 3
