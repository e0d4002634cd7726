import pytest

from casi.book.run.fingerprint import INPUTS, ROOT, TABLES, fingerprint

UNREAD = {"py.typed"}  # and templates of profiles, of which the notebooks are made before


def test_fingerprint_sees_names_and_contents(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    first = fingerprint(tmp_path)
    (tmp_path / "data" / "a.csv").write_text("2")
    second = fingerprint(tmp_path)
    (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b.csv")
    assert len({first, second, fingerprint(tmp_path)}) == 3


def test_each_file_that_the_code_reads_is_an_input():
    files = {
        path
        for path in (ROOT / "casi").rglob("*")
        if path.is_file() and not {"book", "templates", "__pycache__"} & {*path.parts}
    }
    inputs = {path for pattern in INPUTS for path in ROOT.glob(pattern)}
    assert {path.name for path in files - inputs} == UNREAD


@pytest.mark.parametrize(
    "name", ["casi/datapackage.schema.json", "casi/contradictions/exceptions.csv"]
)
def test_tables_are_checked_again_if_what_a_check_reads_changes(tmp_path, name):
    before = fingerprint(tmp_path, TABLES)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert fingerprint(tmp_path, TABLES) != before
