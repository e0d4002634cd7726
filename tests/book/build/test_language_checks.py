import json

import pytest

from casi.book.build import language_checks
from casi.languages import ru

WORDS = ru.small_numbers()


def page(body):
    return f"<html><body><article>{body}</article></body></html>"


def faults(english, russian, allowed=()):
    return list(language_checks.faults(page(english), page(russian), WORDS, allowed))


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("1,234.5 km, 54% on 9 August 2024", "1\u00a0234,5 км, 54\u00a0% на 9 августа 2024 года"),
        ("three borders, met twice", "3 границы, встречались два раза"),
        ("one of 7", "одна из семи"),
        ("the 21st century, 68.779", "XXI век, 68,779"),
        ("Edition 2026.11", "Выпуск 2026.11"),
    ],
)
def test_the_same_numbers_in_digits_or_words_are_no_fault(english, russian):
    assert faults(f"<p>{english}</p>", f"<p>{russian}</p>") == []


@pytest.mark.parametrize(
    ("english", "russian", "odd"),
    [
        ("54% of 22", "55\u00a0% из 22", [54, 55]),
        ("12 meetings", "Встречи", [12]),
        ("Meetings", "12 встреч", [12]),
        ("three borders", "4 границы", [4]),
        ("1,234", "1\u00a0243", [1234, 1243]),
        ("1,234", "1,234", [1, 234, 1234]),  # in Russian a fraction
    ],
)
def test_another_number_is_a_fault(english, russian, odd):
    [fault] = faults(f"<p>{english}</p>", f"<p>{russian}</p>")
    assert fault.startswith(f"text: numbers {odd} ")


def test_pages_of_other_parts_are_not_compared():
    [fault] = faults("<p>a</p>", "<p>а</p><table><tr><td>б</td></tr></table>")
    assert "2 texts, the English page 1" in fault


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<h2>Summit</h2>", "heading"),
        ("<table><tr><th><p>Summit</p></th></tr></table>", "table head"),
        ("<figure><figcaption><p>Summit</p></figcaption></figure>", "chart caption"),
        ("<details><summary>Summit</summary></details>", "button"),
    ],
)
def test_a_label_in_latin_letters_is_a_fault_unless_it_is_allowed(body, kind):
    assert faults(body, body) == [f"{kind}: Summit in Latin letters: Summit"]
    assert faults(body, body, {"Summit"}) == []


def test_text_and_code_may_be_in_latin_letters():
    body = "<p>The Times</p><h2><code>casi.text</code></h2><table><tr><td>JCET</td></tr></table>"
    assert faults(body, body) == []


def test_labels_of_charts_are_read_without_addresses_and_places_of_values():
    figure = {"data": [{"name": "Russia", "hovertemplate": "%{y}<extra></extra>", "type": "bar"}]}
    chart = f'<div class="casi-chart"><script>{json.dumps(figure)}</script></div>'
    assert faults(chart, chart) == ["chart: Russia in Latin letters: Russia"]


def test_the_list_of_allowed_words_has_remarks(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_text("# Units\nTIV km\n\nCSV\n", "utf-8")
    assert language_checks.latin_words(path) == {"TIV", "km", "CSV"}
    assert language_checks.latin_words(tmp_path / "none.txt") == set()
