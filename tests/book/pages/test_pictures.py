import re
import struct
from xml.etree import ElementTree

import pytest

from casi.book.pages import pictures
from casi.book.pages.browser import NoBrowser

FIGURE = {
    "data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2], "marker": {"color": "#1549AC"}}],
    "layout": {"height": 200, "font": {"color": "#4D4D4D"}, "paper_bgcolor": "#FFFFFF"},
}


def picture(kind="svg", **layout):
    return pictures.Picture(FIGURE | {"layout": FIGURE["layout"] | layout}, 300, kind)


def test_a_picture_is_named_by_its_content():
    assert picture().name() == picture().name()
    assert picture().name() != picture(height=201).name()
    assert picture().name() != picture("png").name()


def test_draw_writes_svg_and_png_in_the_size_asked_for(tmp_path, browser_path):
    svg, png = pictures.draw([picture(), picture("png")], tmp_path)
    root = ElementTree.parse(svg).getroot()
    assert (root.get("width"), root.get("height")) == ("300", "200")
    assert "rgb(21, 73, 172)" in svg.read_text()
    assert struct.unpack(">II", png.read_bytes()[16:24]) == (600, 400)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([svg.name, png.name])


def test_drawing_again_gives_the_same_bytes(tmp_path, browser_path):
    once = pictures.draw([picture()], tmp_path / "once")[0].read_bytes()
    assert pictures.draw([picture()], tmp_path / "again")[0].read_bytes() == once


def test_what_is_drawn_is_not_drawn_again(tmp_path, monkeypatch):
    kept = tmp_path / picture().name()
    kept.write_text("<svg/>")
    monkeypatch.setattr(pictures, "find_browser", lambda: pytest.fail("the browser was asked for"))
    assert pictures.draw([picture()], tmp_path) == [kept]


def test_draw_needs_a_browser_and_leaves_nothing_half_done(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(NoBrowser):
        pictures.draw([picture()], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_plotly_cannot_draw_is_named_and_the_others_are_kept(tmp_path, browser_path):
    title = {"text": "a", "automargin": True, "yref": "container", "y": 1, "pad": {"t": 1200}}
    layout = FIGURE["layout"] | {"title": title | {"yanchor": "top"}}
    wrong = pictures.Picture(FIGURE | {"layout": layout}, 300, chart="chapters/one: chart fig-x")
    with pytest.raises(pictures.NotDrawn) as raised:
        pictures.draw([wrong, picture()], tmp_path)
    [line] = str(raised.value).splitlines()
    assert line.startswith("chapters/one: chart fig-x: Plotly cannot draw it (")
    assert "axis scaling" in line and line.endswith("room for the chart")
    assert [path.name for path in tmp_path.iterdir()] == [picture().name()]


def test_themed_pictures_switch_their_colours_with_the_page():
    svg = '<svg width="1"><rect style="fill: rgb(21, 73, 172)"/><text fill="rgb(1, 2, 3)"/></svg>'
    themed = pictures.themed(svg, {"#1549AC": "#8DB4FF"})
    assert "--c0:#1549AC" in themed and "--c0:#8DB4FF" in themed
    assert 'style="fill: var(--c0)"' in themed
    assert 'fill="rgb(1, 2, 3)"' in themed
    assert re.search(r"prefers-color-scheme:dark", themed)
    ElementTree.fromstring(themed)
