import base64
import io
import os
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from casi.book.pages import chart_fonts

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9"><g style="font-weight: bold">'
    '<text style="fill: red">Aral</text></g><text style="font-weight: 600">Ob<tspan '
    'style="font-style: italic">x</tspan></text></svg>'
)
FACE = re.compile(r"font-weight:(\d+);font-style:(\w+);src:url\(data:font/woff2;base64,([^)]+)\)")


def letters(face):
    font = TTFont(io.BytesIO(base64.b64decode(face)))
    return "".join(map(chr, sorted(font.getBestCmap())))


def test_a_picture_holds_the_letters_that_it_uses_in_each_weight_and_style():
    svg = chart_fonts.embed(SVG)
    found = {(weight, style): letters(face) for weight, style, face in FACE.findall(svg)}
    assert found == {("400", "normal"): "Aalr", ("400", "italic"): "x", ("600", "normal"): "Ob"}
    assert re.sub("<style>.*</style>", "", svg) == SVG


def test_a_picture_without_words_stays_as_it_is():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>'
    assert chart_fonts.embed(svg) == svg


@pytest.mark.parametrize("before", [None, "/own.conf"])
def test_programs_find_the_fonts_while_they_are_installed(monkeypatch, before):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with chart_fonts.installed():
        config = Path(os.environ["FONTCONFIG_FILE"])
        assert f"<dir>{config.parent}</dir>" in config.read_text(encoding="utf-8")
        fonts = [TTFont(path) for path in config.parent.glob("*.otf")]
        assert {font["name"].getBestFamilyName() for font in fonts} == {"Source Sans 3"}
        assert [font.flavor for font in fonts] == [None] * 3
    assert os.environ.get("FONTCONFIG_FILE") == before
    assert not config.exists()
