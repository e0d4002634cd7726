"""Sentences with their values: parts of small numbers read as people would write them."""

import re

import nbformat
import pytest
import readers_text

NUMBERS = "no|none|one|two|three|four|five|six|seven|eight|nine|ten|\\d+"
ODD = {
    "a whole is all, both or the one": re.compile(
        rf"\b({NUMBERS}) of (?:(?:the|its|these|those|them) )*\1\b(?! (?:or|to)\b)", re.I
    ),
    "things just named are all or both of them": re.compile(
        r"\b(two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.,;]*[,;] \1 of (?:them|these)\b"
    ),
    "one thing has no part": re.compile(r"\b[Oo]f the one\b|\b[Oo]ne \w+, (?:one|none) of them\b"),
    "nothing has no part": re.compile(r"\bno \w+[^.]*\. \w+ \w+ none of them\b"),
    "a sum is no range of years": re.compile(r"\bsince \d{4} and \w+ \w+ since \d{4}\b"),
}


def filled(path):
    """Return the Markdown of a stored chapter with its values."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        text = cell.source if cell.cell_type == "markdown" else ""
        for each in cell.metadata.get("user_expressions", []):
            value = each["result"].get("data", {})
            value = value.get("text/markdown") or value.get("text/plain", "").strip("'\"")
            text = text.replace(f"{{eval}}`{each['expression']}`", value)
        found.append(text)
    return "\n\n".join(found)


def odd(text):
    """Return the passages that break a rule of `ODD`."""
    return [match[0] for rule in ODD.values() for match in rule.finditer(text)]


@pytest.mark.parametrize("path", readers_text.CHAPTERS, ids=lambda path: path.stem)
def test_parts_of_small_numbers_read_well(path):
    assert odd(filled(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "in 26 of 26 steps",
        "At two of the two meetings",
        "in 17 of its 17 exercises",
        "eight incidents on the border, eight of them in the west",
        "all are known for eight; eight of these had neither",
        "Of the one since 2020, all participants are known",
        "one treaty, one of them without a date",
        "The record has no treaties of the two. Sources call none of them in force.",
        "23 exercises since 2011 and eight exercises since 2020",
    ],
)
def test_odd_finds_what_a_template_gives_at_its_ends(text):
    assert odd(text)


@pytest.mark.parametrize(
    "text",
    [
        "both of them",
        "none of the seven meetings",
        "two of the seven meetings",
        "6 of 12 or 2 to 2",
    ],
)
def test_other_parts_are_left_alone(text):
    assert odd(text) == []
