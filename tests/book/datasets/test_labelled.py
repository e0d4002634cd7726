"""The files for Stata and SPSS, read again."""

import re
from datetime import UTC, datetime

import pyreadstat
import pytest

from casi import tables
from casi.book.datasets import labelled

MADE = datetime(2026, 11, 3, 4, 5, 6, tzinfo=UTC)
READ = {".dta": pyreadstat.read_dta, ".sav": pyreadstat.read_sav}
WORDS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
WORDS |= {"end", "if", "in", "using", "byte", "double", "float", "int", "long", "strl"}  # of Stata
both = pytest.mark.parametrize("ending", READ)


def made():
    return labelled.stata_files(MADE) | labelled.spss_files(MADE)


@pytest.fixture(scope="module")
def files():
    return made()


@pytest.fixture
def read(files, tmp_path):
    """Return rows and labels of a file, values as numbers."""

    def read_file(name):
        path = tmp_path / name
        path.write_bytes(files[name])
        return READ[path.suffix](path)

    return read_file


@both
@pytest.mark.parametrize("name", ["exercises", "corrections", "memberships", "outlines"])
def test_a_table_has_all_its_rows_and_columns(read, name, ending):
    frame, labels = read(name + ending)
    expected = tables.read(name)
    assert labels.column_names == [*expected.rename(columns=labelled.RENAMED)]
    assert len(frame) == len(expected)


@both
def test_variables_and_values_have_labels(read, ending):
    frame, labels = read("exercises" + ending)
    fields = {field["name"]: field for field in tables.describe("exercises")["schema"]["fields"]}
    meaning = labels.column_names_to_labels["status"].removesuffix(" …")
    assert meaning and fields["status"]["description"].startswith(meaning)
    texts = labels.variable_value_labels
    assert texts["participants_complete"] == {0: "no", 1: "yes"}
    expected = tables.read("exercises")["status"]
    assert frame["status"].map(texts["status"]).tolist() == expected.tolist()


@both
def test_dates_are_dates_and_text_is_whole(read, ending):
    frame, _ = read("exercises" + ending)
    expected = tables.read("exercises")
    days = expected["date_start"].dt.date.tolist()
    assert frame["date_start"].tolist() == days
    assert frame["note"].tolist() == expected["note"].fillna("").tolist()


@both
def test_a_number_that_is_unknown_is_missing(read, ending):
    frame, _ = read("clash_figures" + ending)
    unknown = tables.read("clash_figures")["best"].isna()
    assert frame["best"].isna().tolist() == unknown.tolist() and unknown.any()


def test_names_fit_both_programs():
    names = {
        field["name"]
        for name in tables.names()
        for field in tables.describe(name)["schema"]["fields"]
    }
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name)] == []
    assert names & WORDS == set(labelled.RENAMED)


def test_the_same_tables_give_the_same_bytes_at_any_time(files):
    assert made() == files  # a second or more later, which is what both formats note
    assert b"03 Nov 2604:05:06" in files["states.sav"][:120]
    assert b"03 Nov 2026 04:05" in files["states.dta"]
