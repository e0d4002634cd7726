"""Whole numbers in words: how many, how often, and how many of a whole."""

from __future__ import annotations

SMALL_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]


def word(value: int) -> str:
    """Write a small whole number as a word, a larger one in digits: `7` gives `"seven"`."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else f"{value:,}"


def count(value: int, noun: str, plural: str | None = None) -> str:
    """Write a count and its noun: `(3, "meeting")` gives `"three meetings"`."""
    return f"{word(value)} {noun if value == 1 else plural or noun + 's'}"


def times(value: int) -> str:
    """Write how often: `"never"`, `"once"`, `"twice"`, `"three times"`."""
    return {0: "never", 1: "once", 2: "twice"}.get(value) or count(value, "time")


def part_of(value: int, whole: int, noun: str, plural: str | None = None) -> str:
    """Write a part of a whole: `(2, 7, "meeting")` gives `"two of the seven meetings"`.

    If the part is the whole, it gives `"all seven meetings"`, `"both meetings"` or
    `"the one meeting"`; if it is nothing, `"none of the seven meetings"`.

    Raises:
        ValueError: if the part exceeds the whole.
    """
    _check(value, whole)
    if whole == 0:
        return count(0, noun, plural)
    if whole == 1:
        return f"{'' if value else 'not '}the one {noun}"
    nouns = plural or noun + "s"
    if value == whole:
        return f"both {nouns}" if whole == 2 else f"all {word(whole)} {nouns}"
    return f"{word(value) if value else 'none'} of the {word(whole)} {nouns}"


def of_them(value: int, whole: int, pronoun: str = "them") -> str:
    """Write a part of things just named: `(2, 7)` gives `"two of them"`, `(7, 7)` `"all of them"`.

    Two of two gives `"both of them"`, nothing `"none of them"`, one of one `"that one"`.

    Raises:
        ValueError: if the part exceeds the whole.
    """
    _check(value, whole)
    if whole == 1:
        return "that one" if value else "that one not"
    if value and value == whole:
        return f"{'both' if whole == 2 else 'all'} of {pronoun}"
    return f"{word(value) if value else 'none'} of {pronoun}"


def _check(value: int, whole: int) -> None:
    if not 0 <= value <= whole:
        raise ValueError(f"{value} is no part of {whole}")
