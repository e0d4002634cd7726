"""Readers see plain English: short sentences, few passives, no private idiom, no hard words."""

import plain_english
import pytest
import readers_text

PAGES = readers_text.pages()
FEWEST_WORDS = 4  # of a sentence; less is a label


def sentences(page):
    found = [part for text in PAGES[page] for part in plain_english.sentences(text)]
    return [part for part in found if len(plain_english.words(part)) >= FEWEST_WORDS]


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_is_too_long(page):
    lengths = {each: len(plain_english.words(each)) for each in sentences(page)}
    assert [each for each, n in lengths.items() if n > plain_english.MOST_WORDS] == []


@pytest.mark.parametrize("page", PAGES)
def test_sentences_are_short_on_average(page):
    lengths = [len(plain_english.words(each)) for each in sentences(page)]
    assert sum(lengths) / len(lengths) <= plain_english.MOST_WORDS_ON_AVERAGE


@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_a_private_idiom(page):
    found = {each: plain_english.idioms(each) for each in sentences(page)}
    assert {each: idioms for each, idioms in found.items() if idioms} == {}


@pytest.mark.parametrize("page", PAGES)
def test_few_sentences_are_passive(page):
    assert plain_english.passive_share(sentences(page)) <= plain_english.MOST_PASSIVE


@pytest.mark.parametrize("page", PAGES)
def test_pages_can_be_read_after_eleven_years_of_school(page):
    assert plain_english.grade(sentences(page)) <= plain_english.MOST_GRADE


def test_every_page_has_text():
    assert min(len(sentences(page)) for page in PAGES) >= 15


# The rules, by hand.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("It rose to 4.1 in 2025. It then fell.", ["It rose to 4.1 in 2025.", "It then fell."]),
        ("See Strona et al. (2014) for it.", ["See Strona et al. (2014) for it."]),
        ("How far? “Far.” Then we stop.", ["How far?", "“Far.", "Then we stop."]),
        ("One reason: Russia left; China came.", ["One reason: Russia left; China came."]),
        ("", []),
    ],
)
def test_sentences_end_at_a_full_stop_before_a_capital(text, expected):
    assert plain_english.sentences(text) == expected


def test_words_are_counted_as_a_reader_would():
    assert len(plain_english.words("Kyrgyz-Tajik ties rose (by 4.1%) in 2021–2025 – a lot")) == 9


@pytest.mark.parametrize(
    ("word", "number"),
    [("state", 1), ("trained", 1), ("needed", 2), ("table", 2), ("region", 2), ("exercises", 4),
     ("integration", 4), ("armies", 2), ("Kyrgyz-Tajik", 4), ("2025", 1), ("CSTO", 1)],
)  # fmt: skip
def test_syllables_are_groups_of_vowels(word, number):
    assert plain_english.syllables(word) == number


def test_grade_rises_with_long_sentences_and_long_words():
    # 6 words in 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    short = ["The cat sat on the mat."]
    assert plain_english.grade(short) == pytest.approx(-1.45)
    long_words = ["International organisations necessitate unanimous ratification."]
    assert plain_english.grade(long_words) > plain_english.MOST_GRADE > plain_english.grade(short)


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The treaty was signed in 2022.", True),
        ("The treaty has not yet been widely ratified.", True),
        ("The line is still not drawn.", True),
        ("Four states signed the treaty.", False),
        ("It is a red line.", False),
        ("The need is there.", False),
    ],
)
def test_passive_is_a_form_of_be_and_a_participle(sentence, passive):
    assert plain_english.passive_share([sentence]) == passive
    assert plain_english.passive_share([sentence, "They met."]) == passive / 2


def test_idioms_name_what_to_write():
    assert plain_english.idioms("Those below them hardly meet.") == [
        "'hardly': write 'rarely, little'"
    ]
    assert plain_english.idioms("What can I take along?") == ["'take along': write 'download'"]
    assert plain_english.idioms("Security officials rarely meet.") == []


MARKDOWN = """---
file_format: mystnb
---

# A heading that is no sentence

Kazakhstan met {eval}`words(n, "time")` in {numref}`fig-x` {cite}`key`,
see [here](https://example.org/a). See `a.csv`.

- **One** thing.
- Another.

| A | table |
| - | ----- |

```{code-cell} ipython3
say("not this")
```

```python
nor.this()
```

:::{note}
:class: tip
A note of {days:number} days.
:::

```{glossary}
Treaty
  A written agreement.
```
"""


def test_paragraphs_are_what_a_page_shows():
    assert readers_text.paragraphs(MARKDOWN) == [
        "Kazakhstan met 7 in Table 7 , see here. See Code.",
        "One thing.",
        "Another.",
        "A note of 7 days.",
        "Treaty",
        "A written agreement.",
    ]


def test_templates_are_the_texts_of_tables():
    code = """
table(rows, {"a": "Not this one here"}, caption=f"Since {year}, all", label="tab-x", note="A note")
"""
    assert sorted(readers_text.templates(code)) == ["A note", "Since 7, all"]
