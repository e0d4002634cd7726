"""Make the contact sheet: every chart as on a light page, a dark page, a phone and in grey print.

`make sheet` writes `_build/sheet/index.html` from the pictures of the last build, and photographs
it as `sheet-1.png` and so on, for a reviewer to look through before an edition.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from casi.book.pages.browser import find_browser

BUILD = Path("_build")
VIEWS = {  # heading: ending of the picture, width in pixels, style
    "Light": ("wide", 560, "color-scheme: light"),
    "Dark": ("wide", 560, "color-scheme: dark; background: #121212"),
    "Phone": ("narrow", 328, "color-scheme: light"),
    "Grey print": ("wide", 560, "color-scheme: light; filter: grayscale(1)"),
}
CHARTS_ON_A_PICTURE = 5
PADDING = 13  # pixels, above and below a picture and its line
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Charts</title>'
STYLE = (
    "body{margin:16px;background:#fff;color:#222;font:14px system-ui,sans-serif}"
    "table{border-collapse:collapse}td,th{padding:6px;vertical-align:top;text-align:left}"
    "tr{border-top:1px solid #ccc}img{display:block}"
)


def names(charts: Path) -> list[str]:
    """Return the names of the charts that a build left in a folder, in order.

    Raises:
        FileNotFoundError: if there are none.
    """
    found = sorted(path.name.removesuffix("-wide.svg") for path in charts.glob("*-wide.svg"))
    if not found:
        raise FileNotFoundError(f"no charts in {charts}: run make book first")
    return found


def page(charts: list[str], folder: str) -> str:
    """Return the sheet as HTML: one row a chart, one column a view.

    Args:
        charts: their names, such as `fig-company`.
        folder: where their pictures are, as the page addresses it.
    """
    heads = "".join(f"<th>{view}</th>" for view in VIEWS)
    rows = "".join(_row(html.escape(name), html.escape(folder)) for name in charts)
    table = f"<table><tr><th>Chart</th>{heads}</tr>{rows}</table>"
    return f"{HEAD}<style>{STYLE}</style>{table}</html>\n"


def _row(name: str, folder: str) -> str:
    cells = "".join(
        f'<td><img src="{folder}/{name}-{ending}.svg" width="{width}" style="{style}" '
        f'alt="{name}, {view.lower()}"></td>'
        for view, (ending, width, style) in VIEWS.items()
    )
    return f"<tr><th>{name}</th>{cells}</tr>"


def height(name: str, charts: Path) -> int:
    """Return the height in pixels of the row of a chart: that of its tallest view."""
    tallest = 0.0
    for ending, shown, _ in VIEWS.values():
        found = SIZE.search((charts / f"{name}-{ending}.svg").read_text(encoding="utf-8"))
        if found is None:
            raise ValueError(f"{name}-{ending}.svg names no width and height")
        tallest = max(tallest, shown * float(found[2]) / float(found[1]))
    return round(tallest) + PADDING


def photograph(source: Path, picture: Path, height: int) -> None:
    """Write a page as a PNG picture with the browser that draws the charts.

    Raises:
        RuntimeError: if the browser wrote no picture.
    """
    width = sum(view[1] + 12 for view in VIEWS.values()) + 160
    with tempfile.TemporaryDirectory() as profile:
        command = [
            *(find_browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={profile}", f"--window-size={width},{height}"),
            *(f"--screenshot={picture.resolve()}", source.resolve().as_uri()),
        ]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not picture.is_file():
        raise RuntimeError(f"Chromium did not photograph {source}: {run.stderr[-300:]}")


def make(build: Path = BUILD) -> list[Path]:
    """Write the sheet of a build and its pictures; return the paths of the pictures."""
    drawn, folder = build / "html" / "charts", build / "sheet"
    charts = names(drawn)
    folder.mkdir(exist_ok=True)
    for old in folder.glob("sheet-*.png"):
        old.unlink()
    (folder / "index.html").write_text(page(charts, "../html/charts"), encoding="utf-8")
    pictures = []
    for start in range(0, len(charts), CHARTS_ON_A_PICTURE):
        part = charts[start : start + CHARTS_ON_A_PICTURE]
        picture = folder / f"sheet-{start // CHARTS_ON_A_PICTURE + 1}.png"
        source = picture.with_suffix(".html")
        source.write_text(page(part, "../html/charts"), encoding="utf-8")
        photograph(
            source, picture, 60 + sum(height(name, build / "html" / "charts") for name in part)
        )
        source.unlink()
        pictures.append(picture)
    return pictures


def main() -> int:
    """Make the sheet and name its files."""
    try:
        pictures = make()
    except FileNotFoundError as fault:
        print(f"No contact sheet: {fault}")
        return 1
    print(
        f"The contact sheet is at {pictures[0].parent / 'index.html'}, in {len(pictures)} pictures"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
