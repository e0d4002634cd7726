"""Numbers in the text are computed: no digit is typed except in dates and names."""

import ast
import csv
import re

import nbformat
import pytest

from casi.tables import DATA, ROOT

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
CODE = [r"(?:^|\n)\d+\. ", r"```.*?```", r"`[^`]*`", r"\{[^{}]*\}", r"\]\([^)]*\)", r"https?://\S+"]
DATES = [
    rf"\b\d{{1,2}}(?:(?:–| to | and )\d{{1,2}})? (?:{MONTH})\b",
    r"\b(?:19|20)\d\d(?:[–-](?:(?:19|20)?\d\d))?s?\b",
]
NAMES = [
    r"C5\+\w+",
    "21st Century",  # in the name of a treaty
    "SHA-256",
    "CC BY 4.0",
    "Python 3.11",
    r"1 is the same bodies, 0 none",  # ends of a scale, given once where the scale is explained
    r"1 is one supplier, 0\.25 as concentrated as four",
]
ALLOWED = re.compile("|".join([*CODE, *DATES, *NAMES]), re.DOTALL)
PAGES = [*sorted((ROOT / "chapters").glob("*.ipynb")), ROOT / "index.md"]
WORDS = 4  # a string of so many is prose; a shorter string is a name or a heading


def typed(text):
    """Return the digits typed into a text, each with the text around it."""
    rest = ALLOWED.sub(" ", text)
    return [
        rest[max(0, digits.start() - 30) : digits.end() + 10]
        for digits in re.finditer(r"\d+", rest)
    ]


def strings(code):
    for node in ast.walk(ast.parse(code)):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and len(text.split()) >= WORDS:
            yield text


def prose(path):
    """Return the texts of a page: those it shows as they are, and those it fills in."""
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8").split("---", 2)[2]
        cells = re.findall(r"```\{code-cell\} ipython3\n:tags: .*?\n(.*?)```", text, re.DOTALL)
        return [text, *(text for cell in cells for text in strings(cell))]
    cells = nbformat.read(path, as_version=4).cells
    shown = [cell.source for cell in cells if cell.cell_type == "markdown"]
    filled = [cell.source for cell in cells if cell.cell_type == "code"]
    return [*shown, *(text for code in filled for text in strings(code))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_number_is_typed_into_the_text(path):
    assert [number for text in prose(path) for number in typed(text)] == []


@pytest.mark.parametrize("column", ["correct", "since"])
def test_no_number_is_typed_into_the_texts_on_a_claim(column):
    with (DATA / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert [number for row in csv.DictReader(file) for number in typed(row[column])] == []


@pytest.mark.parametrize(
    "text", ["It held 38 drills.", "A share of 0.4.", "By 49% of them.", "Some 2,100 men."]
)
def test_a_typed_number_is_found(text):
    assert typed(text)


@pytest.mark.parametrize(
    "text",
    [
        "On 15 March 2018 and from 9 to 17 July.",
        "Birlestik-2024 of 2024–2025, in the 1990s.",
        "It has {share:percent} in {numref}`fig-2`.",
        "The C5+1 met.",
    ],
)
def test_dates_names_and_fields_are_no_typed_numbers(text):
    assert typed(text) == []
