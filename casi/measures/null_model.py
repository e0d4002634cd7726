"""How a table of who took part in what would look by chance, its margins kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from casi.states import FIVE

READINGS = {  # how exercises are held against chance: findings that hold in one alone are weak
    "shared out": {},
    "shared out, up to twelve states": {"largest": 12},
    "a pair counted once": {"shared": False},
}
TRADES = 5  # an event and a draw; Strona et al. find the table mixed after five a row


def weight_within(event: Collection[str], group: Collection[str], *, shared: bool = True) -> float:
    """Return the weight that one event gives the pairs of a group: pairs / (size - 1).

    Args:
        event: the states in it, two or more.
        group: the states whose pairs count.
        shared: whether the weight is shared out; if not, each pair counts one, whatever the size.
    """
    inside = len(set(event) & set(group))
    return inside * (inside - 1) / 2 / (len(event) - 1 if shared else 1)


def shuffled(
    events: list[frozenset[str]],
    group: Collection[str],
    *,
    draws: int = 500,
    seed: int = 2026,
    least: int = 1,
    trades: int = TRADES,
) -> Iterator[list[frozenset[str]]]:
    """Draw tables of chance with the curveball algorithm.

    Two events are taken at random, and the states that only one of them has are dealt out anew,
    each event keeping its size (Strona et al. 2014, *A fast and unbiased procedure to randomize
    ecological binary matrices with fixed row and column totals*, Nature Communications 5, 4114).
    Deals that leave an event with too few of the group are taken back; a deal and its reverse
    are equally likely, so the tables that remain stay equally likely to be drawn.

    Args:
        events: the states of each event.
        group: the states of which each event keeps some.
        draws: how many tables.
        seed: of the random numbers.
        least: how many of the group each event keeps; 0 for the free draw.
        trades: how many deals an event between two draws.

    Yields:
        The events in the same order, each of the same size; each state in as many events as before.

    Raises:
        ValueError: if there are fewer than two events or one has too few of the group.
    """
    kin = frozenset(group)
    if len(events) < 2:
        raise ValueError(f"{len(events)} events: nothing can be dealt out between fewer than two")
    poor = [sorted(event) for event in events if len(event & kin) < least]
    if poor:
        raise ValueError(f"events with fewer than {least} of the group: {poor}")
    rng = np.random.default_rng(seed)
    table = list(events)
    deals = trades * len(table)
    for _ in range(draws):
        firsts = rng.integers(len(table), size=deals)
        seconds = (firsts + rng.integers(1, len(table), size=deals)) % len(table)
        for one, other in zip(firsts.tolist(), seconds.tolist(), strict=True):
            table[one], table[other] = _dealt(table[one], table[other], kin, least, rng)
        yield list(table)


def compare(
    events: list[frozenset[str]],
    group: Collection[str],
    *,
    draws: int = 500,
    seed: int = 2026,
    least: int = 1,
    shared: bool = True,
) -> dict[str, float]:
    """Compare the weight within a group with that of tables of chance.

    Args are those of `shuffled`, and `shared` that of `weight_within`.

    Returns:
        `observed`, `mean`, `low` and `high` (2.5 and 97.5 per cent of the draws), `z` (missing if
        all draws are equal) and `p` (two-sided, twice the smaller tail, each counted with the
        observed table: Phipson and Smyth 2010, *Statistical Applications in Genetics and Molecular
        Biology* 9, 39).
    """
    observed = sum(weight_within(event, group, shared=shared) for event in events)
    tables = shuffled(events, group, draws=draws, seed=seed, least=least)
    drawn = np.array(
        [sum(weight_within(event, group, shared=shared) for event in table) for table in tables]
    )
    spread = drawn.std(ddof=1)
    close = 1e-9  # sums of the same fractions in another order
    tails = [(drawn <= observed + close).sum(), (drawn >= observed - close).sum()]
    return {
        "observed": observed,
        "mean": float(drawn.mean()),
        "low": float(np.quantile(drawn, 0.025)),
        "high": float(np.quantile(drawn, 0.975)),
        "z": float((observed - drawn.mean()) / spread) if spread > close else float("nan"),
        "p": min(1.0, 2 * float(min(tails) + 1) / (draws + 1)),
    }


def by_window(
    events: pd.DataFrame,
    windows: Mapping[str, range],
    *,
    draws: int = 500,
    seed: int = 2026,
    largest: int | None = None,
    shared: bool = True,
) -> pd.DataFrame:
    """Compare the five's weight with each other in each window with that of tables of chance.

    In a draw each event keeps its size, each state its number of events, and each event at least
    one of the five, since no other is on record. A body counts once in a window, with its latest
    members.

    Args:
        events: rows of what `encounters.all_events` returns. Meetings and treaties are on record
            for being the five's own, so that only exercises can be compared with chance.
        windows: years by name.
        draws: how many tables of chance.
        seed: of the random numbers.
        largest: leave out events of more states than that; in mass exercises most states are there
            once and never with the others, which chance alone cannot know.
        shared: as for `weight_within`.

    Returns:
        One row a window with two or more events: `window`, `events`, and what `compare` returns.
    """
    rows = []
    for name, years in windows.items():
        chosen = events[events["year"].isin(years)]
        chosen = chosen.sort_values("year").drop_duplicates(["layer", "event"], keep="last")
        states = [some for some in chosen["states"] if largest is None or len(some) <= largest]
        if len(states) > 1:
            found = compare(states, FIVE, draws=draws, seed=seed, shared=shared)
            rows.append({"window": name, "events": len(states), **found})
    return pd.DataFrame(rows)


def against_chance(
    events: pd.DataFrame, windows: Mapping[str, range], *, draws: int = 100, seed: int = 2026
) -> pd.DataFrame:
    """Hold the exercises against tables of chance, in each of the `READINGS`.

    Args:
        events: rows of what `encounters.all_events` returns; those of exercises are taken.
        windows: years by name.
        draws: how many tables of chance.
        seed: of the random numbers.

    Returns:
        Column `reading` and those of `by_window`, with `verdict`: `above` or `below` where
        the record lies outside the range of 95 per cent of the draws, else `within`.
    """
    drills = events[events["layer"] == "exercises"]
    tables = [
        by_window(drills, windows, draws=draws, seed=seed, **how).assign(reading=name)
        for name, how in READINGS.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    above, below = table["observed"] > table["high"], table["observed"] < table["low"]
    table["verdict"] = above.map({True: "above", False: "within"}).mask(below, "below")
    return table


def _dealt(
    one: frozenset[str],
    other: frozenset[str],
    kin: frozenset[str],
    least: int,
    rng: np.random.Generator,
) -> tuple[frozenset[str], frozenset[str]]:
    """Deal out anew what only one of two events has; return them as they were if that fails."""
    only = len(one - other)
    pool = sorted(one ^ other)  # sorted: sets of strings come in another order in each run
    if only in (0, len(pool)):
        return one, other
    order = rng.permutation(len(pool)).tolist()
    both = one & other
    dealt = both.union(pool[at] for at in order[:only])
    rest = both.union(pool[at] for at in order[only:])
    if len(dealt & kin) < least or len(rest & kin) < least:
        return one, other
    return dealt, rest
