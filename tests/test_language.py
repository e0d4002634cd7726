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
