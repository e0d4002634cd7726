"""The caption of a chart is read from Markdown, and belongs to a chart of the page."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from casi.book.run import captions

CAPTION = """\
:::{figure} #fig-x
:tables: meetings, treaties
:sources: {eval}`cite(keys)` and {cite}`c`

Title with {eval}`n`
on two lines

Meetings a year (per {eval}`unit`)

What is left out.
:::
"""
VALUES = {"cite(keys)": "{cite}`a,b`", "n": "<7>", "unit": "cent", "m": "an *m*"}


def values(*expressions):
    """Return the results of expressions, of which one is Markdown."""
    data = [{"text/plain": repr(VALUES[expression])} for expression in expressions]
    for each, expression in zip(data, expressions, strict=True):
        if expression == "cite(keys)":
            each["text/markdown"] = VALUES[expression]
    return iter([{"status": "ok", "data": each} for each in data])


IN_CAPTION = ("cite(keys)", "n", "unit")


def test_a_caption_is_taken_out_of_the_text_with_its_words():
    text, words = captions.take_out(
        f"Before {{eval}}`m`.\n\n{CAPTION}\nAfter {{eval}}`m`.", values("m", *IN_CAPTION, "m")
    )
    assert text == "Before an \\*m\\*.\n\n\nAfter an \\*m\\*."
    assert words == {
        "fig-x": {
            "title": "Title with <7> on two lines",
            "measure": "Meetings a year",
            "unit": "per cent",
            "coverage": "What is left out.",
            "tables": ["meetings", "treaties"],
            "source": ["a", "b", "c"],
        }
    }


def test_a_caption_may_say_how_the_chart_was_made():
    more = ":tables: meetings\n:method: We count {eval}`n`.\n:function: casi.measures.x.y\n"
    text = CAPTION.replace(":tables: meetings, treaties\n", more)
    [words] = captions.take_out(text, values("n", *IN_CAPTION))[1].values()
    assert (words["method"], words["function"]) == ("We count <7>.", "casi.measures.x.y")


def test_other_figures_stay_in_the_text():
    picture = ":::{figure} images/a.png\n:name: fig-a\nA picture\n:::\n"
    assert captions.take_out(picture, iter([])) == (picture, {})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (":tables: meetings, treaties\n", "", "needs :tables: and :sources:; see tables"),
        ("\nWhat is left out.\n", "", "needs three paragraphs"),
        (" (per {eval}`unit`)", "", "needs three paragraphs"),
        ("left out", "{numref}`fig-y`", "the coverage of 'fig-x' is plain text"),
        ("Title", "`Title`", "the title of 'fig-x' is plain text"),
        ("{eval}`cite(keys)` and {cite}`c`", "none", "'fig-x' cites nothing"),
    ],
)
def test_an_incomplete_caption_is_refused(old, new, fault):
    text = CAPTION.replace(old, new)
    with pytest.raises(ValueError, match=fault):
        captions.take_out(text, values(*(name for name in IN_CAPTION if f"`{name}`" in text)))


def notebook(label, *texts):
    figure = {"data": [], "layout": {"meta": {"label": label}}}
    chart = new_output("display_data", {captions.PLOTLY_MIME: figure})
    cells = [new_code_cell("", outputs=[chart])]
    for text in texts:
        cells.append(new_markdown_cell(text))
        found = [{"expression": name, "result": next(values(name))} for name in IN_CAPTION]
        cells[-1].metadata["user_expressions"] = found
    return new_notebook(cells=cells)


def test_a_caption_stands_below_its_chart():
    words, found = captions.read(notebook("fig-x", CAPTION))
    assert (list(words), found) == (["fig-x"], [])
    _, found = captions.read(notebook("fig-y", CAPTION))
    assert found == [(2, "caption of 'fig-x', which no cell above draws")]


def test_an_incomplete_caption_is_named_by_its_cell():
    _, [(number, fault)] = captions.read(notebook("fig-x", CAPTION.replace("What", "`What`")))
    assert number == 2
    assert fault == "the coverage of 'fig-x' is plain text, it goes into pictures too"


def test_captions_below_an_error_are_not_read():
    stopped = notebook("fig-y", CAPTION)
    stopped.cells[0].outputs.append(new_output("error", ename="E", evalue="", traceback=[]))
    del stopped.cells[1].metadata["user_expressions"]
    assert captions.read(stopped) == ({}, [])
