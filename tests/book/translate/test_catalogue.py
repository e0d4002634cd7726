from casi.book.translate import catalogue
from casi.book.translate.blocks import Block


def translate(path, text, russian):
    old = f'msgid "{text}"\nmsgstr ""'
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, f'msgid "{text}"\nmsgstr "{russian}"'), "utf-8")


def test_a_changed_sentence_is_fuzzy_and_others_keep_their_translation(tmp_path):
    path = catalogue.path_of(tmp_path, "ru", "page")
    first, second = Block("The states met in Tashkent.", "paragraph"), Block("Limits", "heading")
    catalogue.update(path, "ru", [first, second])
    translate(path, first.text, "Государства встретились в Ташкенте.")
    translate(path, second.text, "Ограничения")
    catalogue.update(path, "ru", [Block("The states met in Astana.", "paragraph"), second])
    assert catalogue.translations(path) == {"Limits": "Ограничения"}
    assert "#, fuzzy" in path.read_text("utf-8")


def test_an_update_without_changes_writes_the_same_bytes(tmp_path):
    path = catalogue.path_of(tmp_path, "ru", "page")
    for _ in range(2):
        catalogue.update(path, "ru", [Block("47% of {n}", "paragraph")])
        written = path.read_bytes()
    catalogue.update(path, "ru", [Block("47% of {n}", "paragraph")])
    assert path.read_bytes() == written
