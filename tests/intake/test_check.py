"""Checking drafts: in a copy, all or nothing, with what is meant recorded."""

import csv
import shutil

import pytest
from drafts import EXERCISE

from casi import checks
from casi.intake import check as module
from casi.intake.check import EXCEPTIONS, STAMPED, check_drafts
from casi.intake.draft import DraftError
from casi.tables import ROOT

FAULT = "{table}: row {row}, column date_end, value '2026-05-10': too long (rule lasts_too_long)"


@pytest.fixture
def root(tmp_path):
    """A copy of the record that a test may change."""
    folder = tmp_path / "record"
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "references.bib", folder)
    shutil.copytree(ROOT / "casi/contradictions", folder / "casi/contradictions")
    return folder


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "exercise.yaml"
    path.write_text(EXERCISE, encoding="utf-8")
    return path


def sound(copy):
    (copy / STAMPED).write_text("stamped")
    return []


def line_of(copy, key="otar-rescue-2026"):
    lines = (copy / "data/exercises.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(key))


def too_long(copy):
    """Find a fault unless it is excepted."""
    if "otar-rescue-2026" in (copy / EXCEPTIONS).read_text(encoding="utf-8"):
        return sound(copy)
    return [FAULT.format(table="data/exercises.csv", row=line_of(copy))]


def content(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def refused(paths, root, check, apply=True):
    before = content(root)
    with pytest.raises(DraftError) as error:
        check_drafts(paths, apply, root, check)
    assert content(root) == before
    return error.value.faults


def test_a_check_writes_nothing_and_names_the_files_that_apply_would(root, draft):
    before = content(root)
    changed = check_drafts([draft], False, root, sound)
    assert content(root) == before
    assert changed == [
        *("data/datapackage.json", "data/exercises.csv", "data/participation.csv"),
        *("data/sources.csv", "references.bib"),
    ]


def test_apply_writes_tables_stamp_and_sources(root, draft):
    check_drafts([draft], True, root, sound)
    assert line_of(root)
    assert (root / STAMPED).read_text() == "stamped"
    assert "testnews20260510" in (root / "references.bib").read_text(encoding="utf-8")


def test_a_fault_is_told_in_the_words_of_the_draft(root, draft):
    [fault] = refused([draft], root, too_long)
    assert fault == f"{draft}: {FAULT.format(table='', row='')[6:]}".replace(
        ", column", "exercises, column", 1
    )


def test_if_one_of_several_drafts_is_refused_none_is_written(root, draft, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("foo: 1", encoding="utf-8")
    [fault] = refused(
        [
            draft,
            bad,
        ],
        root,
        sound,
    )
    assert fault.startswith(f"{bad}: ")
    assert "cannot be read" in refused([tmp_path / "none.yaml"], root, sound)[0]


def test_what_is_meant_is_recorded_with_its_reason(root, draft):
    draft.write_text(f"{EXERCISE}meant:\n  lasts_too_long: In stages.\n", encoding="utf-8")
    assert EXCEPTIONS in check_drafts([draft], True, root, too_long)
    with (root / EXCEPTIONS).open(encoding="utf-8", newline="") as file:
        *_, last = csv.reader(file)
    rule, key, day = "lasts_too_long", "otar-rescue-2026", "2026-05-10"
    assert last == [rule, "exercises", key, day, "In stages."]


def test_what_is_meant_and_not_refused_is_a_fault(root, draft):
    draft.write_text(f"{EXERCISE}meant:\n  other_rule: So it is.\n", encoding="utf-8")
    assert refused([draft], root, sound)[0].endswith(
        "other_rule: refuses nothing in this draft; take it out"
    )


def test_a_rule_that_refuses_another_row_is_not_excepted(root, draft):
    draft.write_text(f"{EXERCISE}meant:\n  lasts_too_long: In stages.\n", encoding="utf-8")
    faults = refused([draft], root, lambda copy: [FAULT.format(table="data/exercises.csv", row=2)])
    assert any("data/exercises.csv: row 2" in fault for fault in faults)


def test_a_disk_that_fills_up_leaves_all_files_as_they_were(root, draft, monkeypatch):
    before, write = content(root), module._write

    def fails(folder, contents):
        if folder == root and b"otar-rescue" in contents.get("data/participation.csv", b""):
            write(folder, dict(list(contents.items())[:2]))
            raise OSError("No space left on device")
        write(folder, contents)

    monkeypatch.setattr(module, "_write", fails)
    with pytest.raises(OSError, match="No space"):
        check_drafts([draft], True, root, sound)
    assert content(root) == before


def test_the_checks_run_on_a_copy_with_its_own_tables(draft, capsys):
    text = EXERCISE.replace("confidence: high", "confidence: low")
    draft.write_text(text, encoding="utf-8")
    assert checks.main([str(draft)]) == 0
    assert capsys.readouterr().out.startswith("Sound. With --apply it goes to data/datapackage")
    draft.write_text(text.replace("host: KAZ", "host: KGZ"), encoding="utf-8")
    assert checks.main([str(draft)]) == 1
    said = capsys.readouterr().err.splitlines()
    rule = "otar-kaz lies in KAZ: correct host or location (rule host_and_place_agree)"
    assert f"{draft}: exercises, column host, value 'KGZ': {rule}" in said
    assert said[-1] == "Nothing was written"
