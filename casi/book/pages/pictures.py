"""Draw figures as pictures with Plotly in a browser, in one batch, cached by content.

A picture on a page follows its light or dark theme: its colours are CSS variables that change with
the colour scheme that the page sets on the image.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly

from casi import plotly_rules
from casi.book.pages import chart_fonts
from casi.book.pages.browser import find_browser
from casi.book.pages.kaleido_process import draw_files

PLOTLY_JS = {  # by the name of the bundle
    "basic": Path(__file__).parent / "static" / "plotly-basic.min.js",
    "cartesian": Path(__file__).parent / "plotly" / "plotly-cartesian.min.js",
    "full": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
}
TABS = 2  # pages of the browser that draw side by side
SECONDS = 90  # to draw one picture
RANDOM = re.compile(r'id="(?:top)?defs-([0-9a-f]{6})"')  # random part of the ids of Plotly
REMEDY = "Shorten its title and names, or show fewer, so that they leave room for the chart"
RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")


class NotDrawn(RuntimeError):
    """Charts could not be drawn; the message has a line for each."""


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn: `{"data", "layout"}`, width in pixels, `svg` or `png`.

    `chart` names page and chart in messages.
    """

    figure: dict
    width: int
    kind: str = "svg"
    chart: str = "a chart"

    @property
    def height(self) -> int:
        """Height in pixels, that of the figure."""
        return self.figure["layout"]["height"]

    @property
    def bundle(self) -> str:
        """Name of the bundle of Plotly that draws it."""
        return plotly_rules.bundle(self.figure)

    def name(self) -> str:
        """Return a file name with a hash of the figure and of the code that draws it."""
        drawn_by = _renderer(self.bundle)
        content = json.dumps([self.figure, self.width, self.kind, drawn_by], sort_keys=True)
        return f"{hashlib.sha256(content.encode()).hexdigest()[:16]}.{self.kind}"


def draw(pictures: Iterable[Picture], folder: Path) -> list[Path]:
    """Draw the pictures that are missing in the folder, with one start of the browser.

    Returns:
        The path of each picture, in the order given.

    Raises:
        browser.NoBrowser: if a picture is missing and no browser is found.
        NotDrawn: naming every chart that could not be drawn; the pictures of the others are kept.
    """
    pictures = list(pictures)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / picture.name() for picture in pictures]
    missing = {
        path: picture for path, picture in zip(paths, pictures, strict=True) if not path.is_file()
    }
    faults = []
    for bundle in PLOTLY_JS:
        if wanted := {path: each for path, each in missing.items() if each.bundle == bundle}:
            faults += _draw(wanted, PLOTLY_JS[bundle])
    if faults:
        raise NotDrawn("\n".join(dict.fromkeys(faults)))
    return paths


def _draw(missing: dict[Path, Picture], plotly_js: Path) -> list[str]:
    """Draw pictures with one bundle of Plotly; return what could not be drawn, by its chart."""
    drafts = {path: path.with_stem(f"draft-{path.stem}") for path in missing}
    jobs = [
        {
            "fig": _with_fixed_ids(picture.figure),
            "path": str(drafts[path]),
            "opts": {
                "width": picture.width,
                "height": picture.height,
                "format": picture.kind,
                "scale": 2 if picture.kind == "png" else 1,
            },
        }
        for path, picture in missing.items()
    ]
    options = {"n": TABS, "timeout": SECONDS, "plotlyjs": str(plotly_js), "mathjax": False}
    errors = draw_files(jobs, options | {"path": find_browser()})
    reasons = "; ".join(dict.fromkeys(" ".join(error.split()) for error in errors))
    faults = []
    for path, draft in drafts.items():
        if not draft.exists():
            faults.append(f"{missing[path].chart}: Plotly cannot draw it ({reasons}). {REMEDY}")
            continue
        if path.suffix == ".svg":
            svg = _without_random_ids(draft.read_text(encoding="utf-8"))
            draft.write_text(chart_fonts.embed(svg), encoding="utf-8")
        draft.rename(path)
    return faults


def themed(svg: str, dark: dict[str, str]) -> str:
    """Return a picture whose colours are CSS variables with a value for dark pages.

    Args:
        svg: the picture in the colours of a light page.
        dark: the replacement of each colour, as `#RRGGBB`, on a dark page.
    """
    names = {colour.upper(): f"--c{index}" for index, colour in enumerate(dark)}

    def variable(found: re.Match) -> str:
        colour = "#" + "".join(f"{int(part):02X}" for part in found.groups())
        return f"var({names[colour]})" if colour in names else found[0]

    light = "".join(f"{name}:{colour};" for colour, name in zip(dark, names.values(), strict=True))
    night = "".join(f"{name}:{on};" for on, name in zip(dark.values(), names.values(), strict=True))
    style = f"<style>:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}</style>"
    head, body = RGB.sub(variable, svg).split(">", 1)
    return f"{head}>{style}{body}"


def _with_fixed_ids(figure: dict) -> dict:
    traces = [trace | {"uid": f"t{index}"} for index, trace in enumerate(figure["data"])]
    return {"data": traces, "layout": figure["layout"]}


def _without_random_ids(svg: str) -> str:
    found = RANDOM.search(svg)
    return svg.replace(found[1], "chart") if found else svg


@cache
def _renderer(bundle: str) -> str:
    code = (PLOTLY_JS[bundle], Path(__file__), Path(chart_fonts.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()
