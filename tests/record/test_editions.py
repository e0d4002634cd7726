import shutil
import zipfile
from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from casi import tables
from casi.record import editions
from casi.record.editions import Package, in_archive, in_folder, present, previous


def packed(folder, path):
    with zipfile.ZipFile(path, "w") as archive:
        for file in [*folder.glob("*.csv"), folder / "datapackage.json"]:
            archive.write(file, file.name)
    return path


def test_present_reads_every_table_as_text_and_typed():
    now = present()
    assert isinstance(now, Package) and now.version == tables.descriptor()["version"]
    assert [*now.texts] == [*now.typed] == tables.names()
    assert now.texts["participation"].index[0].count(" / ") == 1
    pd.testing.assert_frame_equal(now.typed["states"], tables.load("states"))


def test_a_package_that_was_taken_along_is_the_same(three_tables, tmp_path):
    path = packed(three_tables, tmp_path / "a.zip")
    taken, there = in_archive(path), in_folder(three_tables)
    assert [*taken.texts] == ["states", "organisations", "memberships"]
    assert all(taken.texts[name].equals(there.texts[name]) for name in taken.texts)
    assert previous(path).version == tables.descriptor()["version"]


def test_before_the_first_edition_there_is_none(tmp_path):
    assert previous(tmp_path / "none.zip") == Package()


def test_what_is_no_package_is_refused(tmp_path):
    (tmp_path / "a.zip").write_text("no archive")
    with pytest.raises(tables.TableError, match="not the data package"):
        in_archive(tmp_path / "a.zip")


def test_main_lists_what_changed(three_tables, tmp_path, capsys):
    old = packed(three_tables, tmp_path / "old.zip")
    states = three_tables / "states.csv"
    states.write_text(states.read_text("utf-8").replace("Kazakhstan", "Qazaqstan"), "utf-8")
    new = packed(three_tables, tmp_path / "new.zip")
    assert editions.main([str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "table,row,change,column,was,now",
        "states,KAZ,corrected,name,Kazakhstan,Qazaqstan",
    ]
    assert editions.main([str(old)]) == 2
    shutil.copy(states, old)
    assert editions.main([str(old), str(new)]) == 1


def test_texts_are_as_in_the_file_and_an_edition_is_not_changed(three_tables):
    states = three_tables / "states.csv"
    states.write_text(states.read_text("utf-8").replace("Kazakhstan", "NA"), "utf-8")
    package = in_folder(three_tables)
    texts = package.texts["states"]
    assert texts.loc["KAZ", "name"] == "NA" and texts.loc["KAZ", "nato_since"] == ""
    with pytest.raises(FrozenInstanceError):
        package.version = "2031.01"


def test_another_number_of_archives_is_an_error_of_use(tmp_path, capsys):
    assert editions.main([]) == editions.main(["a", "b", "c"]) == 2
    assert capsys.readouterr().err.startswith("Usage: ")


def test_a_package_until_a_day_lacks_what_began_later_in_some_tables():
    now = editions.present()
    earlier = editions.until(now, "2020-12-31", ["meetings"])
    assert 0 < len(earlier.texts["meetings"]) < len(now.texts["meetings"])
    assert earlier.texts["meetings"]["date_start"].max() <= "2020-12-31"
    assert len(earlier.typed["meetings"]) == len(earlier.texts["meetings"])
    assert len(earlier.texts["exercises"]) == len(now.texts["exercises"])
