import csv
import re

import pytest
from fontTools.ttLib import TTFont

from casi import checks, tables, text_rules

FONTS = tables.ROOT / "casi" / "book" / "paper" / "templates" / "fonts"
RULES = {
    "=HYPERLINK(1)": "a spreadsheet takes a text that begins with '=' for a formula",
    "@SUM(1)": "a spreadsheet takes a text that begins with '@' for a formula",
    "+7 712": "a spreadsheet takes a text that begins with '+' for a formula",
    "-1+1": "a spreadsheet takes a text that begins with '-' for a formula",
    "\tOsh": "invisible character U+0009",
    "O\u0000sh": "invisible character U+0000",
    "Osh\nBatken": "invisible character U+000A",
    "\u202ehsO": "invisible character U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2066Osh": "invisible character U+2066 LEFT-TO-RIGHT ISOLATE",
    "O\u200bsh": "invisible character U+200B ZERO WIDTH SPACE",
    "O\u00adsh": "invisible character U+00AD SOFT HYPHEN",
    "\ufeffOsh": "invisible character U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "Osh\u00a0city": "invisible character U+00A0 NO-BREAK SPACE",
    "奥什": "not in the print fonts: U+5965 CJK UNIFIED IDEOGRAPH-5965",
    "Osh 🙂": "not in the print fonts: U+1F642 SLIGHTLY SMILING FACE",
    "Osh  city": "has two spaces in a row",
    "<b>Osh</b>": "holds the tag <b> of HTML: cells are plain text",
    "Osh<br/>city": "holds the tag <br/> of HTML: cells are plain text",
    "Osh <!-- city": "holds the tag <!-- of HTML: cells are plain text",
    " Osh": "begins or ends with a space",
}
NAMES = [
    "Osh",
    "Oʻzbekiston",
    "Kış-2023",
    "Қазақстан",
    "Ərdəbil",
    "-5",
    "+0.5",
    "a = b",
    "1 < 2 > 0",
    "“R&D” – 5 €",
]


@pytest.mark.parametrize("cell", RULES)
def test_what_no_name_needs_is_refused(cell):
    assert text_rules.broken_rule(cell) == RULES[cell]


@pytest.mark.parametrize("cell", NAMES)
def test_names_numbers_and_signs_may_stand(cell):
    assert text_rules.broken_rule(cell) is None


def test_every_font_of_the_print_edition_has_the_characters_that_may_stand():
    fonts = [set(TTFont(path).getBestCmap()) for path in FONTS.glob("Source*.woff")]
    assert len(fonts) == 6
    may_stand = {sign for sign in map(chr, range(0x11000)) if text_rules.PRINTED.fullmatch(sign)}
    assert len(may_stand) > 500
    assert may_stand <= set(map(chr, set.intersection(*fonts)))


def test_the_check_of_a_table_names_file_row_column_value_and_rule(data):
    path = data / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[2][rows[0].index("name")] = "O\u202esh"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    tables.descriptor.cache_clear()
    checks.stamp(data)
    tables.descriptor.cache_clear()
    assert checks.check("places", data) == [
        "data/places.csv: row 3, column name, value 'O\\u202esh': "
        "invisible character U+202E RIGHT-TO-LEFT OVERRIDE"
    ]


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("url = {javascript:run()},", "field url, value 'javascript:run()': an address begins"),
        ("url={ftp://example.org}", "field url, value 'ftp://example.org': an address begins"),
        ("url = {https:///a}", "field url, value 'https:///a': an address begins"),
        ('URL = "https://a b"', "field url, value 'https://a b': an address begins"),
        ("doi = {x}", "field doi, value 'x': an address begins"),
        ("title = {O\u202esh}", ": invisible character U+202E"),
    ],
)
def test_the_bibliography_holds_web_addresses_and_visible_signs(tmp_path, field, fault):
    path = tmp_path / "references.bib"
    path.write_text(f"@misc{{a2020b,\n  {field}\n}}\n", encoding="utf-8")
    [found] = text_rules.bibliography_faults(path)
    assert re.match(
        re.escape("references.bib: row 2, entry a2020b") + ",? ?" + re.escape(fault), found
    )


def test_addresses_of_the_web_and_titles_in_any_script_may_stand(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(
        "@misc{a, title = {奥什\u3000Օշ}, url = {https://example.org/a?b=c#d}, doi = {10.1000/1}}"
    )
    assert text_rules.bibliography_faults(path) == []


def test_the_bibliography_of_the_report_is_sound():
    assert text_rules.bibliography_faults(tables.BIBLIOGRAPHY) == []
