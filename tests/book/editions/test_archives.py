import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casi.book.editions import archives, edition
from casi.tables import ROOT, names

MADE = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text("b")
    (tmp_path / "in" / "deep" / "a.txt").write_text("a")
    return tmp_path / "in"


def test_pack_gives_the_same_bytes_whenever_files_were_written(folder, tmp_path):
    files = archives.files_below(folder)
    first = archives.pack(tmp_path / "one.zip", files, MADE).read_bytes()
    (folder / "b.txt").write_text("b")
    (folder / "b.txt").chmod(0o700)
    assert archives.pack(tmp_path / "two.zip", files, MADE).read_bytes() == first
    assert not list(tmp_path.glob("*.new"))


def test_pack_keeps_the_order_and_stores_the_mimetype_plain(tmp_path):
    target = archives.pack(tmp_path / "a.epub", {"mimetype": b"x" * 90, "a": b"y" * 90}, MADE)
    with zipfile.ZipFile(target) as archive:
        kinds = [(each.filename, each.compress_type) for each in archive.infolist()]
        assert kinds == [("mimetype", zipfile.ZIP_STORED), ("a", zipfile.ZIP_DEFLATED)]
        assert archive.getinfo("a").date_time == (2026, 11, 25, 18, 30, 0)


def test_an_archive_that_cannot_be_finished_leaves_the_old_one(folder, tmp_path):
    target = archives.pack(tmp_path / "a.zip", archives.files_below(folder), MADE)
    before = target.read_bytes()
    with pytest.raises(FileNotFoundError):
        archives.pack(target, {"gone": folder / "gone"}, MADE)
    assert target.read_bytes() == before


def test_files_below_are_named_from_the_folder(folder):
    assert list(archives.files_below(folder)) == ["b.txt", "deep/a.txt"]


def test_the_list_of_checksums_is_one_that_sha256sum_reads(folder):
    (folder.parent / archives.SUMS).write_text(archives.sums(archives.files_below(folder)))
    check = ["sha256sum", "--check", "--strict", f"../{archives.SUMS}"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
    (folder / "b.txt").write_text("c")
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / "b.txt").write_text("")
    assert archives.digest(folder / "b.txt") == empty  # published with the standard's examples


def test_data_package_holds_descriptor_tables_and_terms(tmp_path):
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "LICENSE-DATA.md").write_text("terms")
    (tmp_path / "references.bib").write_text("sources")
    ours = replace(edition.edition(ROOT), version="1999.1")
    path = archives.data_package(tmp_path, ours)
    assert path.name == archives.data_name(ours) == f"{ours.stem}-data.zip"
    assert "1999.1" in path.name
    with zipfile.ZipFile(path) as archive:
        tables = {f"{name}.csv" for name in names()}
        others = {"datapackage.json", "LICENSE-DATA.md", "README.md", "references.bib"}
        assert {*archive.namelist()} == others | tables


def test_a_table_that_nothing_describes_is_not_shipped(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for name in ("LICENSE-DATA.md", "references.bib"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "data" / "new.csv").write_text("a\n1\n")
    with zipfile.ZipFile(archives.data_package(tmp_path, edition.edition(ROOT))) as archive:
        assert "new.csv" not in archive.namelist()
        assert "claims.csv" in archive.namelist()
