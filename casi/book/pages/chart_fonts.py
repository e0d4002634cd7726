"""Give pictures of charts the letters of the book: to the browser that draws, and in the files.

A page's own fonts do not reach a picture that it shows, so each picture carries the letters that
it uses.
"""

from __future__ import annotations

import base64
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from fontTools import subset
from fontTools.ttLib import TTFont

from casi.charts.palette import TYPEFACE

FONTS = Path(__file__).parents[1] / "paper" / "templates" / "fonts"
FILES = {  # weight and style, as in CSS: file
    (400, "normal"): "SourceSans3-Regular.woff",
    (400, "italic"): "SourceSans3-It.woff",
    (600, "normal"): "SourceSans3-Semibold.woff",
}
BOLD = re.compile(r"font-weight: *(?:bold|[6-9]00)")
ITALIC = re.compile(r"font-style: *italic")
FEATURES = ["kern", "mark", "ccmp"]
CONFIG = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{folder}</cachedir>
</fontconfig>
"""


@contextmanager
def installed() -> Iterator[None]:
    """Let programs that start meanwhile find the fonts, where they ask fontconfig."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES.values():
            font = TTFont(FONTS / name)
            font.flavor = None  # browsers take no compressed font from the system
            font.save(Path(folder, name).with_suffix(".otf"))
        config = Path(folder, "fonts.conf")
        config.write_text(CONFIG.format(folder=folder), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def embed(svg: str) -> str:
    """Return a picture with a style sheet that holds the letters it uses.

    Args:
        svg: the picture as Plotly writes it: style and weight of a text in its `style`.
    """
    faces = "".join(
        f"@font-face{{font-family:'{TYPEFACE}';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/woff2;base64,{_letters(weight, style, letters)})}}"
        for (weight, style), letters in sorted(_used(svg).items())
    )
    head, body = svg.split(">", 1)
    return f"{head}><style>{faces}</style>{body}" if faces else svg


def _used(svg: str) -> dict[tuple[int, str], str]:
    """Return the letters in each weight and style, sorted."""
    used: dict[tuple[int, str], set[str]] = {}

    def collect(element: ElementTree.Element, weight: int, style: str) -> None:
        look = element.get("style", "")
        weight, style = (
            600 if BOLD.search(look) else weight,
            "italic" if ITALIC.search(look) else style,
        )
        key = (weight, style) if (weight, style) in FILES else (400, style)
        used.setdefault(key, set()).update(element.text or "")
        for part in element:
            collect(part, weight, style)
            used[key].update(part.tail or "")

    for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        collect(text, 400, "normal")
    return {key: "".join(sorted(letters)) for key, letters in used.items() if letters}


@cache
def _letters(weight: int, style: str, letters: str) -> str:
    """Return a font that holds some letters, as WOFF 2 in base64."""
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=True, layout_features=FEATURES
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    made = io.BytesIO()
    with subset.load_font(FONTS / FILES[weight, style], options) as font:
        cutter.subset(font)
        subset.save_font(font, made, options)
    return base64.b64encode(made.getvalue()).decode()
