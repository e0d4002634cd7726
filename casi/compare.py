"""Words of headlines that compare numbers, so that a title changes when its numbers do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MOST, LITTLE, RARELY = 0.5, 0.1, 0.2  # shares of 1


def compared(
    now: float | Sequence[float],
    then: float | Sequence[float],
    higher: str,
    lower: str,
    alike: str,
) -> str:
    """Return the word for how one number, or all values of a range, lie to another.

    Args:
        now: the number or range spoken of.
        then: what it is compared with.
        higher: the word if all of `now` is above all of `then`.
        lower: the word if all of it is below.
        alike: the word if the numbers are equal or the ranges meet.
    """
    first, second = _range(now), _range(then)
    if min(first) > max(second):
        return higher
    return lower if max(first) < min(second) else alike


def portion(*shares: float) -> str:
    """Return "most", "little" or "part" for a share, or for all counts of it."""
    if min(shares) >= MOST:
        return "most"
    return "little" if max(shares) < LITTLE else "part"


def how_often(share: float) -> str:
    """Return "rarely", "sometimes" or "mostly" for a share of cases."""
    if share >= MOST:
        return "mostly"
    return "rarely" if share < RARELY else "sometimes"


def trend(values: Sequence[float]) -> str:
    """Return "rises steadily", "falls steadily" or "shows no steady trend" for a series."""
    steps = [later - earlier for earlier, later in pairwise(values)]
    if all(step > 0 for step in steps):
        return "rises steadily"
    return "falls steadily" if all(step < 0 for step in steps) else "shows no steady trend"


def _range(value: float | Sequence[float]) -> Sequence[float]:
    return value if isinstance(value, Sequence) else [value]
