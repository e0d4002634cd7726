"""What holds of the translations: complete, with the values and numbers of the English."""

import csv

import pytest

from casi.book.run.fingerprint import ROOT
from casi.book.translate import catalogue, pages, tree
from casi.book.translate.__main__ import check, known
from casi.languages import ru

LANGUAGES = sorted(tree.languages(ROOT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_show_the_values_references_and_numbers_of_the_english(language):
    assert check(ROOT, language, []) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_declared_pages_are_translated_and_no_message_is_fuzzy(language):
    names = [name.rpartition("/")[2] for name in tree.languages(ROOT)[language]]
    for page in [*names, pages.FINDINGS]:
        texts = [block.text for block in pages.messages(pages.path_of(ROOT, page))]
        path = catalogue.path_of(ROOT, language, page)
        assert catalogue.untranslated(path, texts) == [], f"run `make messages`, then see {path}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_catalogue(language):
    assert pages.FINDINGS in known(ROOT, language)


def test_names_have_a_form_for_every_case():
    with (ROOT / "locale/ru/names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["english", *ru.CASES]
    assert [row["english"] for row in rows if not all(row.values())] == []
    assert len({row["english"] for row in rows}) == len(rows)
