"""The maps as pictures: land, borders and bubbles lie on each other, and no name on a bubble."""

import pytest
from playwright.sync_api import sync_playwright

MAPS = ["fig-borders", "fig-front", "fig-map"]
VIEWS = ["-wide.svg", "-narrow.svg", ".svg"]
NEAR = 2  # pixels between an outline and the line of a border along it
AIR = 4  # pixels of the box of a word, above and below, that its letters do not fill

MEASURED = """() => {
  const box = (things) => {
    const boxes = things.map((thing) => thing.getBoundingClientRect());
    return [Math.min(...boxes.map((one) => one.left)), Math.min(...boxes.map((one) => one.top)),
      Math.max(...boxes.map((one) => one.right)), Math.max(...boxes.map((one) => one.bottom))];
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const middle = (thing) => { const { left, top, width, height } = thing.getBoundingClientRect();
    return [left + width / 2, top + height / 2]; };
  const round = all(".scatterlayer .points path").filter((path) =>
    path.getBoundingClientRect().width > 6 && getComputedStyle(path).fill !== "rgba(0, 0, 0, 0)");
  const edges = (thing) => { const { left, top, right, bottom } = thing.getBoundingClientRect();
    return [left, top, right, bottom]; };
  const letters = (text) => { // the hard spaces that keep a name clear of its point are no letters
    const said = text.textContent;
    const range = document.createRange();
    range.setStart(text.firstChild, said.search(/\\S/));
    range.setEnd(text.firstChild, said.trimEnd().length);
    return edges(range);
  };
  const seen = all(".scatterlayer .points path").filter((path) =>
    path.getBoundingClientRect().width > 6 && getComputedStyle(path).opacity > 0);
  return {
    words: all(".scatterlayer .text text").map((text) => [text.textContent.trim(), letters(text)]),
    bubbles: seen.map(edges),
    picture: box(all("svg")), land: box(all(".shapelayer path")),
    lines: all(".scatterlayer path.js-line").map((line) => box([line])),
    marks: round.map(middle),
  };
}"""


@pytest.fixture(scope="module")
def page(browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def faults(page, svg):
    """Return what of a map does not lie on its land, and what of the land is cut off."""
    page.set_content(f'<body style="margin: 40px">{svg}')
    found = page.evaluate(MEASURED)
    left, top, right, bottom = found["land"]
    picture = found["picture"]
    wrong = [] if found["lines"] or found["marks"] else ["nothing lies on the land"]
    if left < picture[0] or top < picture[1] or right > picture[2] or bottom > picture[3]:
        wrong.append("land is cut off")
    for line in found["lines"]:
        if min(line[0] - left, line[1] - top, right - line[2], bottom - line[3]) < -NEAR:
            wrong.append("a border leaves the land")
    wrong += [
        "a mark lies off the land"
        for x, y in found["marks"]
        if not left <= x <= right or not top <= y <= bottom
    ]
    return wrong


def covered(page, svg):
    """Return the names that lie on a bubble of the map, which the letters would hide."""
    page.set_content(f'<body style="margin: 40px">{svg}')
    page.evaluate("document.fonts.ready")
    found = page.evaluate(MEASURED)
    return {
        word
        for word, (left, top, right, bottom) in found["words"]
        for near_left, near_top, near_right, near_bottom in found["bubbles"]
        if min(right, near_right) - max(left, near_left) > 1
        and min(bottom - AIR, near_bottom) - max(top + AIR, near_top) > 1
    }


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", MAPS)
def test_no_name_lies_on_a_bubble(page, book, name, view):
    assert covered(page, (book / "charts" / f"{name}{view}").read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", MAPS)
def test_borders_and_bubbles_lie_on_the_land(page, book, name, view):
    assert faults(page, (book / "charts" / f"{name}{view}").read_text(encoding="utf-8")) == []


MAP = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<g class="shapelayer"><path d="M{land},10h80v60h-80z"/></g>
<g class="scatterlayer"><path class="js-line" d="M40,20h20" stroke="#000"/>
<g class="points"><path d="M50,40h10v10h-10z"/></g></g></svg>"""


@pytest.mark.parametrize(
    ("land", "expected"),
    [
        (20, []),
        (90, ["a border leaves the land", "a mark lies off the land"]),
        (-50, ["land is cut off", "a border leaves the land", "a mark lies off the land"]),
    ],
)
def test_the_measure_finds_land_that_moved(page, land, expected):
    assert faults(page, MAP.format(land=land)) == expected


NAMED = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><g class="scatterlayer">
<path class="js-line" d="M40,20h20" stroke="#000"/><g class="shapelayer"><path d="M0,0h9v9z"/></g>
<g class="text"><text x="20" y="50" style="font: 14px sans-serif">Bishkek</text></g>
<g class="points"><path d="M{x},40h10v10h-10z" fill="#000"/></g></g></svg>"""


@pytest.mark.parametrize(("x", "expected"), [(120, set()), (30, {"Bishkek"})])
def test_the_measure_finds_a_name_on_a_bubble(page, x, expected):
    assert covered(page, NAMED.format(x=x)) == expected
