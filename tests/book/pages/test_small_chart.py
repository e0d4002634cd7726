import re
from types import SimpleNamespace

import pytest
from docutils import nodes

from casi.book.pages import small_chart


class Inliner:
    """What docutils gives a role."""

    reporter = SimpleNamespace(error=lambda message, line: f"line {line}: {message}")


def read(text):
    return small_chart.role("small-chart", "", text, 7, Inliner())


def shapes(drawn, name):
    svg = small_chart.svg(drawn, "words")
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in re.findall(f"<{name} [^>]+>", svg)
    ]


def test_k_of_n_are_dots_of_which_k_are_filled():
    dots = shapes("3 of 5", "circle")
    assert [dot.get("opacity") for dot in dots] == [None] * 3 + ["0.35"] * 2
    right = [float(dot["cx"]) + float(dot["r"]) for dot in shapes("1 of 18", "circle")]
    assert right == sorted(right) and right[-1] <= small_chart.WIDTH


def test_each_number_is_a_bar_from_zero_and_the_marked_one_stands_out():
    bars = shapes("10 5 0 20!", "rect")
    assert [float(bar["height"]) for bar in bars] == [15, 7.5, 1, 30]
    assert [bar.get("opacity") for bar in bars] == ["0.35"] * 3 + [None]
    assert [float(bar["y"]) for bar in bars] == [15, 22.5, 29, 0]


def test_a_range_has_a_fainter_end_and_a_dash_leaves_a_gap():
    low, high = shapes("- 0.25:0.5!", "rect")
    assert (low["x"], low["y"], low["height"]) == ("70.0", "15.0", "15.0")
    assert (high["y"], high["height"], high["opacity"]) == ("0.0", "15.0", "0.35")


def test_words_are_the_text_alternative():
    assert 'aria-label="Five &amp; ten"' in small_chart.svg("5 10", "Five & ten")
    assert read("5 10 | Five and ten")[0][0]["words"] == "Five and ten"


@pytest.mark.parametrize("text", ["5 10", "five | Five", "5 x | Five", "- - | Nothing"])
def test_text_that_cannot_be_drawn_is_named(text):
    drawn, errors = read(text)
    assert drawn == []
    assert errors[0].startswith(f"line 7: {{small-chart}}`{text}`: write numbers")


@pytest.mark.parametrize(("builder", "written"), [("html", 1), ("epub", 0)])
def test_only_the_web_edition_draws_it(builder, written):
    translator = SimpleNamespace(builder=SimpleNamespace(name=builder), body=[])
    [node] = read("3 of 5 | Three of five")[0]
    with pytest.raises(nodes.SkipNode):
        small_chart.visit(translator, node)
    assert len(translator.body) == written
