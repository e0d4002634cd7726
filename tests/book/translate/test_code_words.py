from casi.book.translate import code_words

CELL = """table(
    rows,
    {"day": "Day", "x": f"By {date(now)}"},
    label="tab-a",
    caption="What was held",
    note=f"Up to {newest}.",
)
rows.query("status == 'held'")"""


def test_words_are_captions_notes_and_headings():
    found = [(each.kind, each.text) for each in code_words.words(CELL)]
    assert found == [
        ("column heading", "Day"),
        ("column heading", "By {date(now)}"),
        ("table caption", "What was held"),
        ("table note, Markdown", "Up to {newest}."),
    ]


def test_words_are_replaced_and_code_is_not():
    russian = {"What was held": "Что «состоялось»", "Up to {newest}.": "До {newest}."}
    replaced = code_words.replace(CELL, lambda each: russian.get(each.text, each.text))
    assert "caption='Что «состоялось»'" in replaced
    assert 'note=f"До {newest}."' in replaced
    assert replaced.endswith("rows.query(\"status == 'held'\")")


def test_a_fence_keeps_its_options():
    fence = "```{code-cell} ipython3\n:tags: [remove-input]\n\ntable(a, caption='Held')\n```"
    replaced = code_words.replace_in_fence(fence, lambda each: "Было")
    assert replaced == fence.replace("Held", "Было")
