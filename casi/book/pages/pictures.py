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
RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")


@dataclass(frozen=True)
class Picture:
    """A figure to be drawn: `{"data", "layout"}`, width in pixels, `svg` or `png`."""

    figure: dict
    width: int
    kind: str = "svg"

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
        RuntimeError: naming every picture that could not be drawn.
    """
    pictures = list(pictures)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / picture.name() for picture in pictures]
    missing = {
        path: picture for path, picture in zip(paths, pictures, strict=True) if not path.is_file()
    }
    for bundle in PLOTLY_JS:
        if wanted := {path: each for path, each in missing.items() if each.bundle == bundle}:
            _draw(wanted, PLOTLY_JS[bundle])
    return paths


def _draw(missing: dict[Path, Picture], plotly_js: Path) -> None:
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
    if errors:
        raise RuntimeError(f"could not draw {len(errors)} of {len(jobs)} pictures: {errors[0]}")
    for path, draft in drafts.items():
        if path.suffix == ".svg":
            svg = _without_random_ids(draft.read_text(encoding="utf-8"))
            draft.write_text(svg, encoding="utf-8")
        draft.rename(path)


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
    return hashlib.sha256(PLOTLY_JS[bundle].read_bytes() + Path(__file__).read_bytes()).hexdigest()
