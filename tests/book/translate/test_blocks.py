from casi.book.translate import blocks

PAGE = """---
file_format: mystnb
---

# A title

A paragraph of
two lines.

- One {eval}`word(n)`
- Two

```bash
make book
```

:::{figure} #fig-a
:tables: states
:method: How.

Title

Measure (unit)

Note.
:::

```{glossary}
Term
  What it means.
```

<div>as it is</div>"""


def test_blocks_are_what_a_translator_translates():
    found = [(each.kind, each.text) for each in blocks.split(PAGE) if not isinstance(each, str)]
    assert found == [
        ("heading", "A title"),
        ("paragraph", "A paragraph of two lines."),
        ("list item", "One {eval}`word(n)`"),
        ("list item", "Two"),
        ("how the chart was made", "How."),
        ("chart title", "Title"),
        ("chart measure, with (unit) at its end", "Measure (unit)"),
        ("chart note", "Note."),
        ("paragraph", "Term"),
        ("paragraph", "What it means."),
    ]


def test_what_replaces_a_block_stands_in_its_place():
    replaced = blocks.replace(PAGE, lambda block: block.text.upper())
    assert "\n- ONE {EVAL}`WORD(N)`\n- TWO\n" in replaced
    assert "\n:method: HOW.\n" in replaced
    assert "\nTERM\n  WHAT IT MEANS.\n" in replaced
    assert "\nmake book\n" in replaced


def test_blocks_that_are_replaced_by_themselves_change_nothing():
    whole = PAGE.replace("of\ntwo", "of two")
    assert blocks.replace(whole, lambda block: block.text) == whole
