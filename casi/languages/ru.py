"""Russian: what the inline expressions of its edition call for numbers, dates and names.

A Russian chapter imports all of this over the functions of `casi.text` with the same names. Cases
are `nom`, `gen`, `dat`, `acc`, `ins` and `prep`; genders `m`, `f` and `n`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd
from babel import Locale
from babel.dates import format_date
from num2words import num2words

from casi import number_words, text
from casi.language import name_in
from casi.text import listing, number

__all__ = [  # what a chapter imports
    "case",
    "choose",
    "count",
    "date",
    "of_them",
    "part_of",
    "plural",
    "quantity",
    "times",
    "word",
]

LANGUAGE = "ru"
CASES = {"nom": "n", "gen": "g", "dat": "d", "acc": "a", "ins": "i", "prep": "p"}
IN_WORDS = 10  # the largest number written as a word
RULE = Locale(LANGUAGE).plural_form
NONE = {"m": "ни один", "f": "ни одна", "n": "ни одно"}


def word(value: int, case: str = "nom", gender: str = "m") -> str:
    """Write a whole number to ten as a word in a case, a larger one in digits: `(7, "gen")` "семи".

    Raises:
        KeyError: if there is no such case.
    """
    if not 0 <= value <= IN_WORDS:
        return number(value)
    return num2words(int(value), lang=LANGUAGE, case=CASES[case], gender=gender, animate=False)


def small_numbers() -> dict[str, int]:
    """Return the whole numbers to ten by their words in every case and gender, and centuries."""
    forms = [(case, gender) for case in CASES for gender in "mfn"]
    found = {word(n, *form): n for n in range(IN_WORDS + 1) for form in forms}
    found |= {"xx": 20, "xxi": 21}
    return found | dict.fromkeys(("ни", "никто", "нет"), 0) | {"оба": 2, "обе": 2, "обоих": 2}


def plural(value: float, one: str, few: str, many: str | None = None) -> str:
    """Return the form of a word that agrees with a number, without the number.

    Args:
        value: the number; with a fraction it takes the form `few`, as in "1,5 пункта".
        one: after 1, 21: "граница".
        few: after 2 to 4: "границы".
        many: after 0 and 5 to 20: "границ"; that of `few` if not given, as the oblique cases have.
    """
    forms = {"one": one, "few": few, "many": few if many is None else many, "other": few}
    return forms[RULE(int(value) if value == int(value) else value)]


def count(value: int, one: str, few: str | None = None, many: str | None = None) -> str:
    """Write a number in digits and its noun: `(3, "граница", "границы", "границ")` "3 границы".

    Code that passes one form writes English.
    """
    if few is None:
        return number_words.count(value, one)
    return f"{number(value)}\u00a0{plural(value, one, few, many)}"


def quantity(value: float, one: str, few: str = "", many: str = "", decimals: int = 0) -> str:
    """Write a number, rounded, and its unit: `(1.5, "пункт", "пункта", "пунктов", 1)`.

    Code that passes one form writes English.
    """
    if not many:
        return text.quantity(value, one, decimals)
    return f"{number(value, decimals)}\u00a0{plural(round(value, decimals), one, few, many)}"


def times(value: int) -> str:
    """Write how often: "ни разу", "один раз", "два раза", "пять раз", "12 раз"."""
    return f"{word(value)} {plural(value, 'раз', 'раза', 'раз')}" if value else "ни разу"


def part_of(value: int, whole: int, one: str, many: str | None = None) -> str:
    """Write a part of a whole, the noun in the genitive: `(2, 7, "встречи", "встреч")`.

    Returns:
        "2 из 7 встреч"; after 1 and 21 the noun is singular: "1 из 21 встречи". Code that passes
        one form writes English.

    Raises:
        ValueError: if the part exceeds the whole.
    """
    if many is None:
        return number_words.part_of(value, whole, one)
    _check(value, whole)
    return f"{number(value)} из {number(whole)}\u00a0{plural(whole, one, many)}"


def of_them(value: int, whole: int, gender: str = "m", case: str = "nom") -> str:
    """Write a part of things just named: "все", "ни одна из них", "две из них", "12 из них".

    Raises:
        ValueError: if the part exceeds the whole.
    """
    _check(value, whole)
    if value and value == whole and case == "nom" and whole > 1:
        return "все"
    return f"{word(value, case, gender) if value else NONE.get(gender, NONE['m'])} из них"


def date(value: pd.Timestamp, precision: str = "day", case: str = "gen") -> str:
    """Write a date no more exactly than it is known, with "года" after the year.

    Args:
        value: the day.
        precision: `day` ("9 августа 2024 года"), `month` or `year` ("2024", without "год").
        case: that of a month, `gen` ("августа 2024 года"), `nom` ("август 2024 года") or `prep`
            ("августе 2024 года"); a day has one form.
    """
    if pd.isna(value) or precision != "month":
        return text.date(value, precision)
    written = format_date(value, "LLLL" if case == "nom" else "MMMM", LANGUAGE)
    month = written[:-1] + "е" if case == "prep" else written
    return f"{month} {value.year} года"


def case(which: str, names: str | Iterable[str]) -> str:
    """Write a name in a case, or names as a list: `("gen", facts.largest)` "Турции".

    Args:
        which: the case; a name that `locale/ru/names.csv` lacks stays as it is.
        names: names as the English edition writes them.
    """
    if isinstance(names, str):
        return name_in(names, which)
    return listing(case(which, name) for name in names)


def choose(value: object, forms: Mapping[object, str]) -> str:
    """Return the Russian of one of few English values: `(facts.trend, {"rises": "растёт"})`.

    Raises:
        KeyError: naming a value without a form.
    """
    if value not in forms:
        raise KeyError(f"choose: no Russian for {value!r}; there is one for {list(forms)}")
    return forms[value]


FORMATS: dict[str, Callable] = {  # of `casi.text.fill`, such as {day:month prep}
    "word": word,
    "count": count,
    "plural": plural,
    "quantity": lambda value, one, few, many: quantity(value, one, few, many),
    "times": times,
    "date": date,
    "month": lambda day, which="gen": date(day, "month", which),
    **{which: partial(case, which) for which in CASES},
}


def _check(value: int, whole: int) -> None:
    if not 0 <= value <= whole:
        raise ValueError(f"{value} is no part of {whole}")
