"""Small charts of the cards of the findings: the numbers behind the one that a card shows.

Each is text for the role `small-chart` of the book, which draws it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from casi.language import translated
from casi.measures import (
    dimensions,
    exercises,
    networks,
    participation,
    scorecard,
    shared_events,
    supplier_windows,
    suppliers,
)
from casi.record.lookup import Record
from casi.text import PERCENT, Markdown, fill, listing, percents

COUNT = re.compile(r"(\d+) (?:of|из) (\d+)")
LEVELS = {
    "summits": "{n} Consultative Meetings",
    "foreign": "{n} meetings of foreign ministers",
    "defence": "{n} of defence ministers",
    "secretaries": "{n} of security-council secretaries",
}
DRAWN: dict[str, Callable[[Record], str]] = {}


def draws(key: str) -> Callable[[Callable[[Record], str]], Callable[[Record], str]]:
    """Register a function as what draws the chart of the finding with this key."""

    def register(draw: Callable[[Record], str]) -> Callable[[Record], str]:
        DRAWN[key] = draw
        return draw

    return register


def small_chart(key: str, number: str, record: Record) -> Markdown:
    """Return the small chart of a card; empty if there is nothing to draw.

    Args:
        key: of the finding.
        number: the number on its card; `5 of 7` alone is drawn as dots.
        record: the tables of `data/` by name.
    """
    if counted := COUNT.fullmatch(number):
        text = f"{counted[1]} of {counted[2]} | {number}"
    elif key in DRAWN:
        text = DRAWN[key](record)
    else:
        return Markdown("")
    return Markdown(f"{{small-chart}}`{text}`")


@draws("meetings")
def _meetings(record: Record) -> str:
    counts = participation.meetings_by_level(record["meetings"])
    said = listing(fill(translated(words), n=counts[level]) for level, words in LEVELS.items())
    first, *others = (str(counts[level]) for level in LEVELS)
    return f"{' '.join([f'{first}!', *others])} | {said}"


@draws("free")
def _free(record: Record) -> str:
    tables = (record[name] for name in ("exercises", "participation", "states"))
    return _ranges(exercises.shares_by_count(*tables), "Share by period")


@draws("broker")
def _broker(record: Record) -> str:
    tables = [record[name] for name in ("exercises", "participation", "states")]
    shares = {}
    for name, merge in (("low", True), ("high", False)):
        classified = exercises.classify(*tables, merge=merge).query("of_five > 1")
        partners = exercises.partners(classified)
        shares[name] = partners["Russia"] / partners["All exercises"]
    return _ranges(pd.DataFrame(shares), "Russia's share by period")


@draws("company")
def _company(record: Record) -> str:
    events = shared_events.act_events(record)
    outside = 1 - networks.presence(events[events["complete"]], [])["alone"]
    return _ranges(outside.to_frame(), "Share with an outside state by period")


@draws("arms")
def _arms(record: Record) -> str:
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    others = supplier_windows.kazakhstan_and_others(transfers).filter(
        like="Other four", axis="index"
    )
    return _ranges(others[["Russia"]], "Russia's share outside Kazakhstan by period")


@draws("score")
def _score(record: Record) -> str:
    years = scorecard.band(dimensions.scores(record)).iloc[::-5].iloc[::-1]
    words = "Score by the weights alone, of 100 points, {first} to {last}"
    said = fill(translated(words), first=years.index[0], last=years.index[-1])
    return _ranges(years[["low", "high"]] / 100, said).replace(PERCENT, "")


def _ranges(shares: pd.DataFrame, words: str) -> str:
    """Return bars from the lowest to the highest number of each row, the last standing out."""
    low, high = shares.min(axis="columns"), shares.max(axis="columns")
    ends = list(zip(low, high, strict=True))
    said = [translated("no number") if pd.isna(end) else percents(end, top) for end, top in ends]
    return f"{' '.join(_bar(*each) for each in ends)}! | {translated(words)}: {', '.join(said)}"


def _bar(low: float, high: float) -> str:
    if pd.isna(low):
        return "-"
    return f"{low:.3f}" if low == high else f"{low:.3f}:{high:.3f}"
