"""The words in every chart of the book, measured in a browser: none over another, none cut off."""

from itertools import combinations

import pytest
from playwright.sync_api import sync_playwright

WORDS = """() => {
  const svg = document.querySelector("svg");
  const box = (thing) => { const { left, top, right, bottom } = thing.getBoundingClientRect();
    return [left, top, right, bottom]; };
  const words = (text) => { const range = document.createRange(); range.selectNodeContents(text);
    return range; };
  const lines = (text) => { const own = [...text.querySelectorAll("tspan.line")];
    return own.length ? own : [text]; };
  const texts = [...svg.querySelectorAll("text")].filter((text) =>
    text.textContent.trim() && getComputedStyle(text).display !== "none");
  return [box(svg), texts.flatMap((text, index) =>
    lines(text).map((line) => [index, line.textContent, box(words(line))]))];
}"""
TOUCH = 1.5  # pixels by which boxes may overlap sideways
LEADING = 4  # pixels by which they may overlap in height: letters do not fill their boxes


@pytest.fixture(scope="module")
def page(browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def overlap(one, other):
    (left, top, right, bottom), (from_left, from_top, to_right, to_bottom) = one, other
    wide = min(right, to_right) - max(left, from_left)
    high = min(bottom, to_bottom) - max(top, from_top)
    return wide > TOUCH and high > LEADING


def faults(page, svg):
    """Return the words over each other and those cut off, of one picture."""
    page.set_content(f'<body style="margin: 40px">{svg}')
    page.evaluate("document.fonts.ready")
    (left, top, right, bottom), words = page.evaluate(WORDS)
    over = [
        f"{said!r} over {other!r}"
        for (text, said, box), (text_b, other, box_b) in combinations(words, 2)
        if text != text_b and overlap(box, box_b)
    ]
    cut = [
        f"{said!r} is cut off"
        for _, said, box in words
        if box[0] < left - 1 or box[1] < top - 1 or box[2] > right + 1 or box[3] > bottom + 1
    ]
    return over + cut


def test_no_words_overlap_and_none_are_cut_off_in_any_chart(page, book):
    """The narrow picture is drawn for a phone, which shows it smaller as a whole."""
    pictures = sorted(
        path for view in ("wide", "narrow") for path in (book / "charts").glob(f"*-{view}.svg")
    )
    assert len(pictures) > 60
    found = {path.name: faults(page, path.read_text(encoding="utf-8")) for path in pictures}
    assert {name: these for name, these in found.items() if these} == {}


TEXT = '<text x="{}" y="20" style="font: 15px sans-serif">{}</text>'


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((5, 120), []),
        ((5, 20), ["'Aral Sea' over 'Tashkent'"]),
        ((5, 270), ["'Tashkent' is cut off"]),
    ],
)
def test_the_measure_finds_words_over_each_other_and_words_cut_off(page, places, expected):
    words = "".join(
        TEXT.format(*each) for each in zip(places, ("Aral Sea", "Tashkent"), strict=True)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">{words}</svg>'
    assert faults(page, svg) == expected
