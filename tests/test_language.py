from casi import language


def test_an_english_edition_translates_nothing():
    assert language.translated("Russia") == "Russia"
    assert language.phrase("Russia, 2021") == "Russia, 2021"


def test_words_are_those_of_the_catalogue_and_the_names(monkeypatch):
    monkeypatch.setattr(language, "LANGUAGE", "ru")
    language.catalogue.cache_clear()
    language.names.cache_clear()
    try:
        assert language.phrase("Meetings (n = 3)") == "Встречи (n = 3)"
        assert language.phrase("Kazakhstan–Russia: demarcated") == "Казахстан–Россия: демаркирована"
        assert language.name_in("Russia", "gen") == "России"
        assert language.translated("") == ""  # in PO that is the header
        assert language.translated("no such word") == "no such word"
    finally:
        language.catalogue.cache_clear()
        language.names.cache_clear()


def test_numbers_that_are_text_have_the_signs_of_the_language(monkeypatch):
    monkeypatch.setattr(language, "LANGUAGE", "ru")
    monkeypatch.setattr(language, "names", dict)
    monkeypatch.setattr(language, "catalogue", lambda name: {"{0} to {1}": "от {0} до {1}"})
    assert language.phrase("54%") == "54\u00a0%"
    assert language.phrase("1,234.5 (0.3–0.5%)") == "1\u00a0234,5 (0,3–0,5\u00a0%)"
    assert language.phrase("-0.53 to +0.27") == "от -0,53 до +0,27"
    assert language.phrase("2021") == "2021"


def test_a_name_keeps_its_number(monkeypatch):
    monkeypatch.setattr(language, "LANGUAGE", "ru")
    monkeypatch.setattr(language, "names", dict)
    monkeypatch.setattr(language, "catalogue", lambda name: {"Oct": "октябрь", "Osh": "Ош"})
    assert language.phrase("Osh 12, Oct 2005") == "Ош 12, октябрь 2005"
    assert language.phrase("Version 1.2") == "Version 1.2"
