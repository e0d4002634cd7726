"""Files that cannot be read as the schema says give one line a fault, and never a traceback."""

import pytest

from casi import file_checks

FIELDS = [
    {"name": "name", "type": "string"},
    {"name": "count", "type": "integer"},
    {"name": "day", "type": "date"},
    {"name": "share", "type": "number"},
    {"name": "held", "type": "boolean"},
]
SOUND = "name,count,day,share,held\nAstana,3,2024-08-09,0.5,true\n,,,,\n"
BOOK = """@misc{first2024,
  author = {First},
  title = {One},
}

@misc{second2025,
  author = {Second},
  title = {Two {nested}},
}
"""


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a table and returns where it is."""

    def write(content):
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_sound_table_has_no_fault(written):
    path = written(SOUND)
    assert file_checks.form_faults(path, FIELDS) == file_checks.cell_faults(path, FIELDS) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty; restore it with git"),
        (b"\n\n", "is empty; restore it with git"),
        (SOUND.encode("utf-16"), "row 1, value b'\\xff': not UTF-8"),
        (SOUND.replace("Astana", "Ağrı").encode("iso8859-9"), "row 2, value b'\\xf0': not UTF-8"),
        (b"\xef\xbb\xbf" + SOUND.encode(), "row 1: starts with a byte-order mark"),
        (SOUND.replace("\n", "\r\n"), "row 1: holds a carriage return"),
        (SOUND.replace("\n", "\r"), "row 1: holds a carriage return"),
        (SOUND.replace("count,day", "day,count"), "row 1: the header must be name,count,day"),
        (SOUND.replace(",held", ""), "row 1: the header must be"),
        (SOUND.replace(",", ";"), "row 1: the header must be"),
        (SOUND.replace("Astana", "Astana,1"), "row 2: has 6 cells, the header 5"),
        (SOUND.replace("Astana,", ""), "row 2: has 4 cells, the header 5"),
        (SOUND.replace("\nAstana", "\n\nAstana"), "row 2: has 0 cells, the header 5"),
        (SOUND.replace("Astana", '"Astana'), "row 2: its quotes are not in pairs"),
        (SOUND.replace("Astana", '"Astana"x'), "row 2: its quotes are not in pairs"),
        (SOUND.replace("Astana", 'Asta"na'), "row 2: its quotes are not in pairs"),
        (SOUND.replace("Astana", '"Asta\nna"'), "row 2: its quotes are not in pairs"),
        (SOUND.removesuffix("\n"), "the last line has no end; part of it may be missing"),
    ],
)
def test_a_table_of_another_form_is_named_with_its_row(written, content, fault):
    found = file_checks.form_faults(written(content), FIELDS)
    assert len(found) == 1 and found[0].startswith(f"data/t.csv: {fault}")


def test_rows_of_other_length_are_all_named(written):
    content = SOUND + "a,1\nb,2\n"
    rows = [fault.split(":")[1] for fault in file_checks.form_faults(written(content), FIELDS)]
    assert rows == [" row 4", " row 5"]


def test_a_missing_file_a_folder_and_a_huge_file_are_no_tables(tmp_path, monkeypatch):
    assert "is missing" in file_checks.unreadable(tmp_path / "none.csv")
    assert "not a file" in file_checks.unreadable(tmp_path)
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "is missing" in file_checks.unreadable(tmp_path / "loop.csv")
    monkeypatch.setattr(file_checks, "LARGEST", 3)
    (tmp_path / "large.csv").write_text("four")
    assert "larger than" in file_checks.unreadable(tmp_path / "large.csv")


@pytest.mark.parametrize(
    ("kind", "sound", "unsound"),
    [
        (
            "integer",
            "0 -5 999999999999999",
            "1.0 1e3 +5 007 1_000 1,000 ٣ ３ -0x1 1180591620717411303424 inf -",
        ),
        ("number", "0 -5 2.50 1234.123456", "inf nan NaN 1e5 .5 5. 1,5 -inf 0x1F + ½"),
        ("boolean", "true false", "True TRUE 1 0 yes t"),
        (
            "date",
            "2024-02-29 1991-12-26",
            "2023-02-29 2024-02-31 2024-13-01 2024-2-3 20240203 2024/02/03 09.08.2024 2024-08 "
            "2024-08-09T10:00 0001-01-01 9999-12-31 1700-01-01 2024-W05-1 ２024-01-01",
        ),
        ("string", "Астана O’zbekiston -5 none NA", "n/a NaN #REF! Aстана Ташкeнт =1 a\u202eb"),
    ],
)
def test_a_cell_is_written_as_its_type_says(kind, sound, unsound):
    assert [cell for cell in sound.split() if file_checks.cell_fault(cell, kind)] == []
    assert [cell for cell in unsound.split() if not file_checks.cell_fault(cell, kind)] == []
    assert file_checks.cell_fault("", kind) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a\ufffdb", "character that was lost"),
        ("e\u0301", "normalise it to NFC"),
        ("x" * 2001, "longer than 2000 characters"),
        ("Тaшкент", "mixes Latin and Cyrillic letters in the word 'Тaшкент'"),
        ("#N/A", "leave the cell empty"),
    ],
)
def test_a_text_is_whole_and_in_one_script_a_word(text, rule):
    assert rule in file_checks.text_fault(text)


def test_a_fault_of_a_cell_names_row_column_and_value(written):
    content = SOUND.replace("0.5", "inf").replace("Astana", "Ast\xa0ana")
    assert file_checks.cell_faults(written(content), FIELDS) == [
        "data/t.csv: row 2, column name, value 'Ast\\xa0ana': "
        "invisible character U+00A0 NO-BREAK SPACE",
        "data/t.csv: row 2, column share, value 'inf': must be a decimal number",
    ]


def test_a_long_value_is_cut(written):
    [fault] = file_checks.cell_faults(written(SOUND.replace("Astana", "x" * 3000)), FIELDS)
    assert len(fault) < 160


def test_a_sound_bibliography_has_no_fault(tmp_path):
    (tmp_path / "r.bib").write_text(BOOK)
    assert file_checks.bibliography_faults(tmp_path / "r.bib") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("\n}\n\n@", "\n\n@", "row 1, value 'first2024': its closing brace is missing"),
        ("second2025", "First2024", "row 6, value 'First2024': the key of row 1 too"),
        ("{first2024,", "{,", "row 1: an entry must start as @type{key,"),
        ("{first2024,", "{first 2024,", "row 1: an entry must start as @type{key,"),
        ("title = {One},", "url = {x},", "row 1, value 'first2024': has no title"),
        ("author = {First},", "url = {x},", "row 1, value 'first2024': has no author"),
        (
            "  title = {One},",
            "  title = {One},\n  title = {Other},",
            "field title stands there twice",
        ),
        ("},\n}\n\n", "},\n}\nnote\n\n", "row 1, value 'first2024': text after its closing brace"),
        ("@misc{first", "text\n@misc{first", "row 1: text outside an entry"),
        ("@misc{first", "\n\ntext\n@misc{first", "row 3: text outside an entry"),
        ("One", "Оne", "row 3, value '  title = {Оne},': mixes Latin and Cyrillic"),
        ("@misc{first", "@webpage{first", "row 1, value 'webpage': types of entries are article"),
        ("One},", "One},\n  autor = {Two},", "field autor is none of author, editor, title"),
        ("{One},", "{One}", "must be a field on one line, name = {value}, with its comma"),
        ("{One},", '"One,', "must be a field on one line"),
        ("{One},", "{{}},", "field title is empty"),
        ("One},", "One} note = {Two},", "no comma after field title"),
        ("One},", "One},\n  year = {two},", "year 'two' must be one from 1850 to 2100"),
        ("One},", "One},\n  year = {1492},", "year '1492' must be one from 1850"),
        ("One},", "One},\n  month = {May},", "month 'May' stands there without a year"),
        (
            "One},",
            "One},\n  month = {Mai},\n  year = {2024},",
            "month 'Mai' must be as August or 9",
        ),
        ("One},", "One},\n  month = {0 May},\n  year = {2024},", "month '0 May' must be as"),
        (
            "One},",
            "One},\n  year = {2023},\n  month = {29 February},",
            "29 February 2023 is no day of the calendar",
        ),
        (BOOK, "no entry", "row 1: text outside an entry"),
        (BOOK, "", "is empty"),
    ],
)
def test_a_broken_bibliography_is_named_with_row_and_key(tmp_path, old, new, fault):
    assert old in BOOK
    (tmp_path / "r.bib").write_text(BOOK.replace(old, new, 1), encoding="utf-8")
    found = file_checks.bibliography_faults(tmp_path / "r.bib")
    assert fault in found[0]


@pytest.mark.parametrize("month", ["August", "9 August", "31 August"])
def test_an_entry_is_dated_by_year_month_and_day(tmp_path, month):
    dated = BOOK.replace("One},", f"One}},\n  year = {{2024}},\n  month = {{{month}}},")
    (tmp_path / "r.bib").write_text(dated)
    assert file_checks.bibliography_faults(tmp_path / "r.bib") == []


def test_a_bibliography_has_unix_line_ends(tmp_path):
    (tmp_path / "r.bib").write_bytes(BOOK.replace("\n", "\r\n").encode())
    [fault] = file_checks.bibliography_faults(tmp_path / "r.bib")
    assert fault.startswith("r.bib: holds a carriage return")


def test_a_missing_bibliography_and_one_in_another_encoding_are_faults(tmp_path):
    assert "is missing" in file_checks.bibliography_faults(tmp_path / "r.bib")[0]
    (tmp_path / "r.bib").write_bytes(BOOK.replace("One", "Één").encode("latin-1"))
    assert "not UTF-8" in file_checks.bibliography_faults(tmp_path / "r.bib")[0]


def test_a_text_of_2000_characters_may_stand():
    assert file_checks.text_fault("x" * 2000) is None


def test_a_message_names_the_years_and_closes_the_quotes_of_a_value_that_is_cut():
    assert file_checks.cell_fault("2101-01-01", "date") == "lies outside the years 1850 to 2100"
    assert file_checks.cell_fault("1850-01-01", "date") is None
    assert file_checks.cell_fault("2100-12-31", "date") is None
    assert file_checks.short("x" * 58) == "'" + "x" * 58 + "'"
    assert file_checks.short("x" * 59) == "'" + "x" * 59 + " …'"
    assert file_checks.short([1] * 40).endswith(" …")
