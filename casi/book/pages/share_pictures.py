"""Make the picture that a link to a chart or chapter shows where it is shared (Open Graph)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from casi.charts.palette import PAPER

WIDTH, HEIGHT = 1200, 630  # pixels, as Open Graph wants them
MARGIN = 15
ENDING = "-share.jpg"
QUALITY = 85  # of a JPEG, at which letters stay clear


def write(poster: Path, target: Path) -> None:
    """Put the separate picture of a chart, title and credit included, on a canvas for links.

    Args:
        poster: the picture, a PNG.
        target: the JPEG to write.
    """
    with Image.open(poster) as picture:
        drawn = picture.convert("RGB")
    share = min((WIDTH - 2 * MARGIN) / drawn.width, (HEIGHT - 2 * MARGIN) / drawn.height)
    size = (round(drawn.width * share), round(drawn.height * share))
    drawn = drawn.resize(size, Image.Resampling.BICUBIC, reducing_gap=2)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas.paste(drawn, ((WIDTH - drawn.width) // 2, (HEIGHT - drawn.height) // 2))
    canvas.save(target, quality=QUALITY)
