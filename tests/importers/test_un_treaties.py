import pytest
from publisher_files import table

from casi.importers import un_treaties
from casi.importers.base import ImportFault

FORM = """<?xml version="1.0" encoding="UTF-8"?>
<MTDSG>{as_at}<Treaty><Participants><Table><TGroup>
<Thead><Row>{head}</Row></Thead><Tbody><Rows>{rows}</Rows></Tbody>
</TGroup></Table></Participants></Treaty></MTDSG>"""
HEAD = ("Participant", "Signature", "Ratification, Acceptance(A), Accession(a)")
AS_AT = "<Header>Status as at : 28-11-2026 05:00:30 EDT</Header>"
ACTIONS = table(
    "treaty state action date date_precision note source confidence",
    ("aaa-1990", "KAZ", "signed", "1990-01-01", "year", "", "a", "low"),
    ("ctbt-1996", "KAZ", "signed", "1996-09-30", "day", "By the minister.", "a", "high"),
    ("ctbt-1996", "KGZ", "signed", "1996-01-01", "year", "Day not found.", "a", "low"),
    ("ctbt-1996", "TJK", "signed", "1996-10-08", "day", "", "a", "low"),
    ("zzz-1990", "KAZ", "signed", "1990-01-01", "year", "", "a", "low"),
    key=3,
)
KNOWN, VAGUE, OTHER = (row[1:] for row in ACTIONS.to_numpy().tolist()[1:4])
KEY = "untcxxvi4status"


def written(folder, *rows, head=HEAD, as_at=AS_AT, name="XXVI-4.en.xml"):
    """Write the status of a treaty in the form of the collection."""

    def row(cells):
        return "".join(f"<Entry>{cell}</Entry>" for cell in cells)

    body = "".join(f"<Row>{row(cells)}</Row>" for cells in (("Chad", "8 Oct\t1996", ""), *rows))
    path = folder / name
    path.write_text(FORM.format(as_at=as_at, head=row(head), rows=body))
    return path


def made(*paths):
    return un_treaties.make(paths, {"treaty_actions": ACTIONS}).drafts[0]


def actions(*paths):
    rows = made(*paths).rows
    return rows[rows["treaty"] == "ctbt-1996"].drop(columns="treaty").to_numpy().tolist()


def refused(*paths):
    with pytest.raises(ImportFault) as fault:
        made(*paths)
    return fault.value.faults[0]


def test_a_day_replaces_a_year_and_keeps_the_source_that_agrees(tmp_path):
    found = actions(written(tmp_path, ("Kyrgyzstan", "8 Oct\t 1996 ", "")))
    day = ["KGZ", "signed", "1996-10-08", "day", "", f"{KEY};a", "high"]
    assert found == [KNOWN, day, OTHER]


def test_a_known_day_gets_the_depositary_as_source_and_keeps_its_note(tmp_path):
    name = "Kazakhstan&lt;superscript&gt;3&lt;/superscript&gt;"
    found = actions(written(tmp_path, (name, "30 Sep 1996", "")))
    assert found[0] == [*KNOWN[:5], f"{KEY};a", "high"]


def test_another_day_is_revised_and_the_note_keeps_the_old_one(tmp_path):
    found = actions(written(tmp_path, ("Tajikistan", "7 Oct 1996", "")))
    note = "Day of the depositary; a has 1996-10-08."
    assert found[2] == ["TJK", "signed", "1996-10-07", "day", note, KEY, "high"]


def test_instruments_are_deposits_and_accessions_and_stand_with_their_state(tmp_path):
    rows = [("Kazakhstan", "", "14 May 2002"), ("Uzbekistan", "", "29 May 1997 a")]
    found = [row[:3] for row in actions(written(tmp_path, *rows))]
    assert found[1] == ["KAZ", "deposited", "2002-05-14"]
    assert found[-1] == ["UZB", "acceded", "1997-05-29"]


def test_other_treaties_stay_in_their_place(tmp_path):
    rows = made(written(tmp_path, ("Uzbekistan", "3 Oct 1996", ""))).rows
    assert rows["treaty"].tolist() == ["aaa-1990", *["ctbt-1996"] * 4, "zzz-1990"]


def test_the_edition_is_a_primary_source_of_the_day_of_the_status(tmp_path):
    draft = made(written(tmp_path))
    edition = draft.editions[0]
    assert (edition.kind, edition.extracted.isoformat()) == ("primary", "2026-11-28")
    assert draft.partial
    assert made(written(tmp_path, as_at="")).editions[0].extracted is None


def test_two_states_of_one_treaty_never_mix(tmp_path):
    (tmp_path / "old").mkdir()
    assert "two editions never mix" in refused(written(tmp_path), written(tmp_path / "old"))


def test_an_unknown_treaty_column_or_kind_is_refused(tmp_path):
    assert "no treaty of the record" in refused(written(tmp_path, name="XXVII-7.en.xml"))
    head = (*HEAD[:2], "Provisional application")
    assert "unknown column 'Provisional application'" in refused(written(tmp_path, head=head))
    strange = written(tmp_path, ("Uzbekistan", "", "29 May 1997 x"))
    assert "'29 May 1997 x' is no day of a known kind" in refused(strange)
    gone = written(tmp_path, ("Uzbekistan", "", "[29 May 1997]"))
    assert "withdrawn" in refused(gone)


def test_what_is_no_table_of_participants_is_refused(tmp_path):
    path = written(tmp_path)
    path.write_text("<MTDSG/>")
    assert "no table of participants" in refused(path)
    path.write_text("no")
    assert "no XML" in refused(path)
