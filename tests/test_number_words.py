"""Whole numbers in words."""

import pytest

from casi.number_words import of_them, part_of


@pytest.mark.parametrize(
    ("value", "whole", "words"),
    [
        (0, 0, "no meetings"),
        (0, 1, "not the one meeting"),
        (1, 1, "the one meeting"),
        (0, 2, "none of the two meetings"),
        (1, 2, "one of the two meetings"),
        (2, 2, "both meetings"),
        (2, 7, "two of the seven meetings"),
        (7, 7, "all seven meetings"),
        (26, 26, "all 26 meetings"),
        (3, 26, "three of the 26 meetings"),
    ],
)
def test_a_part_of_a_whole_with_its_noun(value, whole, words):
    assert part_of(value, whole, "meeting") == words


def test_a_part_of_a_whole_takes_the_plural_given():
    assert part_of(2, 2, "clash", "clashes") == "both clashes"
    assert part_of(1, 3, "clash", "clashes") == "one of the three clashes"


@pytest.mark.parametrize(
    ("value", "whole", "words"),
    [
        (0, 0, "none of them"),
        (0, 1, "that one not"),
        (1, 1, "that one"),
        (2, 2, "both of them"),
        (0, 8, "none of them"),
        (1, 8, "one of them"),
        (8, 8, "all of them"),
        (12, 20, "12 of them"),
    ],
)
def test_a_part_of_things_just_named(value, whole, words):
    assert of_them(value, whole) == words


def test_the_things_just_named_may_be_these():
    assert of_them(8, 8, "these") == "all of these"


@pytest.mark.parametrize("write", [lambda: part_of(3, 2, "meeting"), lambda: of_them(3, 2)])
def test_a_part_exceeds_no_whole(write):
    with pytest.raises(ValueError, match="3 is no part of 2"):
        write()
