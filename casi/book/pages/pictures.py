"""Draw figures as pictures, once: Plotly in a browser, all in one batch, kept by their content.

A picture for the page follows the page from light to dark by itself: its colours are CSS variables
that switch with the colour scheme the page gives the image.
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
RANDOM = re.compile(r'id="(?:top)?defs-([0-9a-f]{6})"')  # what Plotly puts into every id
SPOKEN = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")


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
        """Return a file name that stands for the content of the picture and the way it is drawn."""
        drawn_by = _renderer(self.bundle)
        content = json.dumps([self.figure, self.width, self.kind, drawn_by], sort_keys=True)
        return f"{hashlib.sha256(content.encode()).hexdigest()[:16]}.{self.kind}"


def draw(pictures: Iterable[Picture], folder: Path) -> list[Path]:
    """Draw the pictures that the folder lacks, with one start of the browser.

    Returns:
        Where each picture is, in the order given.

    Raises:
        browser.NoBrowser: if something must be drawn and no browser is found.
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
            "fig": _steady(picture.figure),
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
    faults = draw_files(jobs, options | {"path": find_browser()})
    if faults:
        raise RuntimeError(f"could not draw {len(faults)} of {len(jobs)} pictures: {faults[0]}")
    for path, draft in drafts.items():
        if path.suffix == ".svg":
            draft.write_text(_same_every_time(draft.read_text(encoding="utf-8")), encoding="utf-8")
        draft.rename(path)


def themed(svg: str, dark: dict[str, str]) -> str:
    """Make a picture follow the page: each colour becomes a CSS variable with a dark value.

    Args:
        svg: the picture in the colours of a light page.
        dark: colours as `#RRGGBB`, each with the one that stands for it on a dark page.
    """
    names = {colour.upper(): f"--c{at}" for at, colour in enumerate(dark)}

    def variable(found: re.Match) -> str:
        colour = "#" + "".join(f"{int(part):02X}" for part in found.groups())
        return f"var({names[colour]})" if colour in names else found[0]

    light = "".join(f"{name}:{colour};" for colour, name in zip(dark, names.values(), strict=True))
    night = "".join(f"{name}:{on};" for on, name in zip(dark.values(), names.values(), strict=True))
    style = f"<style>:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}</style>"
    head, body = SPOKEN.sub(variable, svg).split(">", 1)
    return f"{head}>{style}{body}"


def _steady(figure: dict) -> dict:
    traces = [trace | {"uid": f"t{at}"} for at, trace in enumerate(figure["data"])]
    return {"data": traces, "layout": figure["layout"]}


def _same_every_time(svg: str) -> str:
    found = RANDOM.search(svg)
    return svg.replace(found[1], "chart") if found else svg


@cache
def _renderer(bundle: str) -> str:
    return hashlib.sha256(PLOTLY_JS[bundle].read_bytes() + Path(__file__).read_bytes()).hexdigest()
