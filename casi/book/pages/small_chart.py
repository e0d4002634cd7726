"""Draw a chart as small as a word from numbers in the text: the role `small-chart`.

{small-chart}`0.31 0.13 0.38:0.49! | By period: 31%, 13%, 38–49%` draws a bar for each number, from
zero; a range has a fainter end; a number with an exclamation mark stands out; a dash leaves a gap.
{small-chart}`3 of 5 | Three of five` draws five dots, three of them filled. The words after the bar
are its text alternative. Only the web edition shows it.
"""

from __future__ import annotations

import html
import re

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.writers.html import HTMLTranslator

WIDTH, HEIGHT, GAP = 140, 30, 3  # pixels
DOT = 9  # pixels, the most across a dot
FAINT = 0.35  # opacity of what does not stand out
TEXT = re.compile(r"(?P<drawn>[\d.:! of-]+?) \| (?P<words>.+)")
COUNT = re.compile(r"(\d+) of (\d+)")
BAR = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?::(?P<high>\d+(?:\.\d+)?))?(?P<mark>!?)|-")


class small_chart(nodes.Inline, nodes.Element):
    """A small chart; its attributes `drawn` and `words` are the two parts of its text."""


def role(
    name: str, rawtext: str, text: str, line: int, inliner: Inliner, *_: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return the node of the role, or an error that names the text."""
    found = TEXT.fullmatch(text)
    if found is None or not (COUNT.fullmatch(found["drawn"]) or _bars(found["drawn"])):
        message = f"{{{name}}}`{text}`: write numbers, or k of n, then ' | ' and words for them"
        return [], [inliner.reporter.error(message, line=line)]
    return [small_chart("", drawn=found["drawn"], words=found["words"])], []


def visit(translator: HTMLTranslator, node: small_chart) -> None:
    """Write the chart into a page of the web edition."""
    if translator.builder.name == "html":
        translator.body.append(svg(node["drawn"], node["words"]))
    raise nodes.SkipNode


def svg(drawn: str, words: str) -> str:
    """Return the chart as SVG in the colour of the text around it.

    Args:
        drawn: numbers or `k of n`, as the role takes them.
        words: the text alternative.
    """
    counted = COUNT.fullmatch(drawn)
    shapes = _dots(*map(int, counted.groups())) if counted else _columns(drawn)
    return (
        f'<svg class="casi-small-chart" role="img" aria-label="{html.escape(words)}" '
        f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'fill="currentColor">{"".join(shapes)}</svg>'
    )


def _dots(filled: int, number: int) -> list[str]:
    step = min(WIDTH / number, DOT + GAP)
    radius = min(DOT, step - 1) / 2
    return [
        f'<circle cx="{radius + 1 + step * place:.1f}" cy="{HEIGHT - DOT:.1f}" r="{radius:.1f}"'
        f"{_opacity(place < filled)}/>"
        for place in range(number)
    ]


def _columns(drawn: str) -> list[str]:
    bars = _bars(drawn)
    known = [bar for bar in bars if bar]
    most = max(high for _, high, _ in known) or 1
    marked = any(mark for *_, mark in known)
    step = WIDTH / len(bars)
    shapes = []
    for place, bar in enumerate(bars):
        if bar is None:
            continue
        low, high, mark = bar
        across = f'x="{step * place:.1f}" width="{max(1, step - GAP):.1f}"'
        strong = mark or not marked
        shapes.append(_column(across, 0, low / most, _opacity(strong)))
        if high > low:
            shapes.append(_column(across, low / most, high / most, _opacity(False)))
    return shapes


def _column(across: str, start: float, end: float, look: str) -> str:
    """Return a bar between two shares of the height; one of zero is a line."""
    tall = max(1, (end - start) * HEIGHT)
    return (
        f'<rect {across} y="{min(HEIGHT - 1, HEIGHT * (1 - end)):.1f}" height="{tall:.1f}"{look}/>'
    )


def _opacity(strong: bool) -> str:
    return "" if strong else f' opacity="{FAINT}"'


def _bars(drawn: str) -> list[tuple[float, float, bool] | None]:
    """Return low and high end of each number and whether it stands out; [] if one is no number."""
    found = [BAR.fullmatch(part) for part in drawn.split()]
    if None in found or not any(each["low"] for each in found if each):
        return []
    return [
        (float(each["low"]), float(each["high"] or each["low"]), bool(each["mark"]))
        if each and each["low"]
        else None
        for each in found
    ]
