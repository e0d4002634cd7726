import pandas as pd
import pytest

from casi import language
from casi.languages import ru

DAY = pd.Timestamp(2024, 8, 9)


def test_nouns_agree_with_their_number():
    border = ("граница", "границы", "границ")
    assert [ru.plural(n, *border) for n in (0, 1, 3, 5, 11, 21)] == [
        "границ", "граница", "границы", "границ", "границ", "граница",
    ]  # fmt: skip
    assert ru.plural(1.5, "пункт", "пункта", "пунктов") == "пункта"
    assert ru.plural(7, "границы", "границ") == "границ"


def test_numbers_are_words_to_ten_in_every_case():
    assert (ru.word(7, "gen"), ru.word(2, gender="f"), ru.word(12)) == ("семи", "две", "12")


def test_how_often():
    assert [ru.times(n) for n in (0, 1, 3, 12)] == ["ни разу", "один раз", "три раза", "12 раз"]


def test_parts_of_a_whole():
    assert ru.part_of(2, 21, "встречи", "встреч") == "2 из 21\u00a0встречи"
    assert [ru.of_them(n, 7, "f") for n in (0, 2, 7)] == ["ни одна из них", "две из них", "все"]
    with pytest.raises(ValueError, match="8 is no part of 7"):
        ru.of_them(8, 7)


def test_dates_are_in_the_case_asked_for():
    assert ru.date(DAY, "year") == "2024"
    months = [ru.date(DAY, "month", case) for case in ("nom", "gen", "prep")]
    assert months == ["август 2024 года", "августа 2024 года", "августе 2024 года"]


def test_an_english_value_without_a_form_is_refused():
    assert ru.choose("most", {"most": "большинство"}) == "большинство"
    with pytest.raises(KeyError, match="no Russian for 'part'"):
        ru.choose("part", {"most": "большинство"})


def test_names_of_a_list_are_each_in_the_case(monkeypatch):
    forms = {"China": {"gen": "Китая"}, "Iran": {"gen": "Ирана"}}
    monkeypatch.setattr(language, "names", lambda: forms)
    assert ru.case("gen", "China") == "Китая"
    assert ru.case("gen", ["China", "Iran"]).startswith("Китая")
