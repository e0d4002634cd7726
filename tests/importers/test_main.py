import re

import pytest
from publisher_files import EDITION, deals, event, events, table

from casi.importers.__main__ import NO_TABLE, is_new, main
from casi.importers.base import Draft
from casi.tables import load

EDITION_OF_TABLE = int(re.findall(r"\d{4}", load("arms_transfers").at[0, "source"])[0])


def register(folder, year):
    """Write an export of the register by deal as of an edition, and return its path."""
    path = deals(folder, generated=f"18 May {year}")
    path.write_text(path.read_text().replace(",2025,New", f",{year - 1},New"))
    return path


def stopped(capsys, *arguments):
    assert main(arguments) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize("source", NO_TABLE)
def test_a_source_of_which_no_table_is_made_is_refused_with_the_reason(source, capsys):
    assert NO_TABLE[source] in stopped(capsys, source, "x")


def test_missing_files_are_all_named(capsys):
    said = stopped(capsys, "ucdp", "one.csv", "two.csv")
    assert "one.csv: no such file" in said and "two.csv: no such file" in said
    assert "FILE=" in stopped(capsys, "ucdp")


def test_what_a_file_changes_is_printed_and_not_written(tmp_path, capsys):
    held = load("arms_transfers").set_index(["recipient", "supplier", "delivery_year", "category"])
    volume = held.at[("KAZ", "RUS", 1995, "Aircraft"), "tiv_millions"]
    assert main(["sipri-transfers", str(register(tmp_path, EDITION_OF_TABLE + 1))]) == 0
    said = capsys.readouterr().out
    assert f"+ KAZ / RUS / {EDITION_OF_TABLE} / Aircraft: tiv_millions 10.0" in said
    assert f"- KAZ / RUS / 1995 / Aircraft: tiv_millions {volume}" in said
    assert "Nothing was written" in said


def test_an_edition_older_than_that_of_the_table_is_refused(tmp_path, capsys):
    older = EDITION_OF_TABLE - 1
    said = stopped(capsys, "sipri-transfers", str(register(tmp_path, older)))
    held = f"arms_transfers: holds the edition of {EDITION_OF_TABLE}"
    assert f"{held}, the file that of {older}" in said


def test_a_new_edition_is_news_even_if_no_row_changes():
    def rows(source):
        return table("state source", ("KAZ", source))

    draft = Draft("arms", rows(EDITION.key), (EDITION,), EDITION.name)
    assert is_new(draft, rows("pub2025arms"), "")
    assert not is_new(draft, rows(f"{EDITION.key};pub2025arms"), "")


def test_a_table_without_sources_names_its_edition_in_its_description():
    draft = Draft("lines", table("state", ("KAZ",)), (EDITION,), EDITION.name)
    assert is_new(draft, draft.rows, "edition of 2025")
    assert not is_new(draft, draft.rows, EDITION.name)


def test_cells_that_stay_as_they_are_make_no_news_in_a_table_of_ours():
    rows = table("state source", ("KAZ", "press"))
    assert not is_new(Draft("places", rows, (EDITION,), EDITION.name, partial=True), rows, "")


def test_a_file_of_which_no_table_is_made_writes_nothing(tmp_path, capsys):
    assert main(["ucdp", str(events(tmp_path, event(date_start="1991-01-01 00:00:00.000")))]) == 0
    said = capsys.readouterr().out
    assert "Remark: clashes has no row of kgz-tjk, 1 January 1991" in said
    assert "nothing was written" in said
