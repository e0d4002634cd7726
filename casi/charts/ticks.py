"""Where ticks stand, how their names are broken to fit side by side, and the axes of a grid."""

from __future__ import annotations

import textwrap
from math import ceil, floor, log10

WIDTH = 640  # pixels, about the width of the axes of a chart without names beside it
LETTER = 7.6  # pixels, the width of a letter of a name, and its part of the gap to the next name
SIZE = 13  # pixels, of the letters of names, which stand close
BREAK = "\v"  # where a name may break without a space
ROW = 30  # pixels, of a row of a grid of marks
HEADS = 110  # pixels, of the names of its columns and its key


FEWEST = 4  # ticks of an axis above zero


def numbers(highest: float, whole: bool = False) -> tuple[float, float]:
    """Return the distance of the ticks from zero on, and the last, at or above a number.

    There are four to ten; their distance is 1, 2 or 5 times a power of ten.

    Args:
        highest: the highest number drawn.
        whole: the numbers count something, so that no tick stands between two whole numbers.
    """
    if whole:
        highest = max(highest, FEWEST)
    power = 10.0 ** floor(log10(highest / FEWEST))
    step = max(factor * power for factor in (1, 2, 5) if factor * power <= highest / FEWEST)
    return step, round(step * ceil(round(highest / step, 6)), 10)


def names(labels: list, beside: float = 0) -> dict:
    """Return the settings of a horizontal axis whose names fit side by side.

    Args:
        labels: what stands on the axis; numbers are left to Plotly.
        beside: pixels that something beside the axes takes.
    """
    settings: dict = {"tickfont": {"size": SIZE}}
    written = [label for label in labels if isinstance(label, str)]
    letters = int((WIDTH - beside) / max(1, len(labels)) / LETTER)
    if not written or max(map(len, written)) <= letters:
        return settings
    lines = ["\n".join(_wrap(label, max(letters, 5))) for label in written]
    return settings | {"tickmode": "array", "tickvals": written, "ticktext": lines, "tickangle": 0}


def years(labels: list) -> list[float] | None:
    """Return the range of a horizontal axis of years, half a year wider than they are, if any."""
    known = [label for label in labels if isinstance(label, int)]
    return [min(known) - 0.5, max(known) + 0.5] if known else None


def grid(columns: list[str], rows: list[str], right: float = 0.5) -> dict:
    """Return the layout of a grid of marks: names of columns above, rows from the top, key below.

    Args:
        columns: their names, from the left.
        rows: their names, from the top.
        right: room behind the marks of the last column, as a part of a column.
    """
    across = {
        "side": "top",
        "showgrid": False,
        "categoryorder": "array",
        "categoryarray": columns,
        "range": [-0.5, len(columns) - 1 + right],
    }
    down = {
        "categoryorder": "array",
        "categoryarray": rows[::-1],
        "range": [-0.6, len(rows) - 0.4],
        "dtick": 1,
    }
    return {
        "xaxis": names(columns, 8 * max(map(len, rows))) | across,
        "yaxis": down,
        "height": ROW * len(rows) + HEADS,
        "legend": {"y": -0.02, "yanchor": "top"},
    }


def _wrap(label: str, width: int) -> list[str]:
    parts = textwrap.wrap(
        label.replace("–", f"–{BREAK}"),
        width,
        break_long_words=False,
        replace_whitespace=False,
        expand_tabs=False,
    )
    return [part.replace(BREAK, "") for part in parts]
