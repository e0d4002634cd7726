from casi.book.translate import page_words

WORDS = {"Download": "Скачать", "no figure": "нет данных"}


def test_texts_and_attributes_are_translated_and_code_is_not():
    page = '<p title="Download">\n Download </p><code>Download</code><script>"Download"</script>'
    assert page_words.in_page(page, WORDS) == (
        '<p title="Скачать">\n Скачать </p><code>Download</code><script>"Download"</script>'
    )


def test_strings_of_a_script_are_translated():
    assert page_words.in_script('x || "no figure";', WORDS) == 'x || "нет данных";'
    assert page_words.in_script('file == "Download"', WORDS) == 'file == "Download"'
