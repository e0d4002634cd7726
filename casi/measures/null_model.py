"""Null model of participation: random tables with the same event sizes and state totals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from casi.language import translated
from casi.states import FIVE
from casi.text import number

VARIANTS: dict[str, dict[str, Any]] = {  # a finding that holds in only one of them is weak
    "shared out": {},
    "shared out, up to twelve states": {"largest": 12},
    "a pair counted once": {"shared": False},
}
TRADES = 5  # for each event between two draws; Strona et al. find tables mixed after five a row
SEED = 2026


def weight_within(event: Collection[str], group: Collection[str], *, shared: bool = True) -> float:
    """Return the weight that one event gives the pairs of a group: pairs / (size - 1).

    Args:
        event: the states in it, two or more.
        group: the states whose pairs count.
        shared: whether the size of the event divides the weight; if not, each pair counts one.

    Examples:
        >>> weight_within(["KAZ", "UZB", "RUS"], ["KAZ", "UZB", "TJK"])  # one pair, two others each
        0.5
    """
    inside = len(set(event) & set(group))
    return inside * (inside - 1) / 2 / (len(event) - 1 if shared else 1)


def random_tables(
    events: list[frozenset[str]],
    group: Collection[str],
    *,
    draws: int = 500,
    seed: int = SEED,
    least: int = 1,
    trades: int = TRADES,
) -> Iterator[list[frozenset[str]]]:
    """Draw random tables with the curveball algorithm.

    In a trade, two events are drawn and the states that only one of them has are distributed
    between them at random, each event keeping its size (Strona et al. 2014, *A fast and unbiased
    procedure to randomize ecological binary matrices with fixed row and column totals*, Nature
    Communications 5, 4114). Trades that leave an event with too few of the group are undone; a
    trade and its reverse are equally likely, so the remaining tables stay equally likely.

    Args:
        events: the states of each event.
        group: the states of which each event keeps some.
        draws: number of tables.
        seed: of the random numbers.
        least: number of states of the group that each event keeps; 0 for no such limit.
        trades: number of trades for each event between two draws.

    Yields:
        The events in the same order, each of the same size; each state in as many events as before.

    Raises:
        ValueError: if there are fewer than two events or one has too few of the group.
    """
    members = frozenset(group)
    if len(events) < 2:
        raise ValueError(f"a random table needs two or more events, not {len(events)}")
    short = [sorted(event) for event in events if len(event & members) < least]
    if short:
        raise ValueError(f"events with fewer than {least} of the group: {short}")
    rng = np.random.default_rng(seed)
    table = list(events)
    size = trades * len(table)
    for _ in range(draws):
        firsts = rng.integers(len(table), size=size)
        seconds = (firsts + rng.integers(1, len(table), size=size)) % len(table)
        for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True):
            pair = _traded(table[first], table[second], rng)
            if all(len(event & members) >= least for event in pair):
                table[first], table[second] = pair
        yield list(table)


def compare(
    events: list[frozenset[str]],
    group: Collection[str],
    *,
    draws: int = 500,
    seed: int = SEED,
    least: int = 1,
    shared: bool = True,
) -> dict[str, float]:
    """Compare the weight within a group with that in random tables.

    Args are those of `random_tables`, and `shared` that of `weight_within`.

    Returns:
        `observed`, `mean`, `low` and `high` (2.5 and 97.5 per cent of the draws), `z` (missing if
        all draws are equal) and `p` (two-sided, twice the smaller tail, each counted with the
        observed table: Phipson and Smyth 2010, *Statistical Applications in Genetics and Molecular
        Biology* 9, 39).
    """
    observed = sum(weight_within(event, group, shared=shared) for event in events)
    tables = random_tables(events, group, draws=draws, seed=seed, least=least)
    drawn = np.array(
        [sum(weight_within(event, group, shared=shared) for event in table) for table in tables]
    )
    spread = drawn.std(ddof=1)
    tolerance = 1e-9  # sums of the same fractions in another order
    tails = [(drawn <= observed + tolerance).sum(), (drawn >= observed - tolerance).sum()]
    return {
        "observed": observed,
        "mean": float(drawn.mean()),
        "low": float(np.quantile(drawn, 0.025)),
        "high": float(np.quantile(drawn, 0.975)),
        "z": float((observed - drawn.mean()) / spread) if spread > tolerance else float("nan"),
        "p": min(1.0, 2 * float(min(tails) + 1) / (draws + 1)),
    }


def by_window(
    events: pd.DataFrame,
    windows: Mapping[str, range],
    *,
    draws: int = 500,
    seed: int = SEED,
    largest: int | None = None,
    shared: bool = True,
) -> pd.DataFrame:
    """Compare the five's weight with each other in each window with that in random tables.

    Each random table keeps the size of each event, the number of events of each state, and at
    least one of the five in each event, since no other events are on record. A body counts once
    in a window, with its latest members.

    Args:
        events: rows of what `shared_events.all_events` returns. Meetings and treaties are on record
            because they are the five's own, so only exercises can be compared with random tables.
        windows: years by name.
        draws: number of random tables.
        seed: of the random numbers.
        largest: leave out events of more states: in large exercises most states take part once and
            never with the others, which a random table cannot reproduce.
        shared: as for `weight_within`.

    Returns:
        One row a window with two or more events: `window`, `events`, and what `compare` returns.
    """
    rows = []
    for name, years in windows.items():
        chosen = events[events["year"].isin(years)]
        chosen = chosen.sort_values("year").drop_duplicates(["layer", "event"], keep="last")
        states = [event for event in chosen["states"] if largest is None or len(event) <= largest]
        if len(states) > 1:
            found = compare(states, FIVE, draws=draws, seed=seed, shared=shared)
            rows.append({"window": name, "events": len(states), **found})
    return pd.DataFrame(rows)


def compare_exercises(
    events: pd.DataFrame, windows: Mapping[str, range], *, draws: int = 100, seed: int = SEED
) -> pd.DataFrame:
    """Compare exercises with random tables in each of the `VARIANTS`.

    Args:
        events: rows of what `shared_events.all_events` returns; only exercises count.
        windows: years by name.
        draws: number of random tables.
        seed: of the random numbers.

    Returns:
        The columns of `by_window` and `variant`, with `verdict`: `above` or `below` where the
        observed weight is outside the range of 95 per cent of the draws, else `within`.
    """
    drills = events[events["layer"] == "exercises"]
    tables = [
        by_window(drills, windows, draws=draws, seed=seed, **options).assign(variant=name)
        for name, options in VARIANTS.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    above, below = table["observed"] > table["high"], table["observed"] < table["low"]
    table["verdict"] = above.map({True: "above", False: "within"}).mask(below, "below")
    return table


def in_words(compared: pd.DataFrame) -> pd.DataFrame:
    """Write what `compare_exercises` returns for a table: a row a window, a column a variant."""
    found = [
        f"{number(row.observed, 1)}, {translated(row.verdict)} "
        f"{number(row.low, 1)}–{number(row.high, 1)}"
        for row in compared.itertuples()
    ]
    table = compared.assign(found=found).pivot(index="window", columns="variant", values="found")
    return table[[*VARIANTS]].rename(columns=str.capitalize)


def _traded(
    first: frozenset[str], second: frozenset[str], rng: np.random.Generator
) -> tuple[frozenset[str], frozenset[str]]:
    """Return two events after the states that only one of them has are distributed at random."""
    size = len(first - second)
    pool = sorted(first ^ second)  # sorted: the order of strings in a set differs between runs
    if size in (0, len(pool)):
        return first, second
    order = [pool[position] for position in rng.permutation(len(pool)).tolist()]
    both = first & second
    return both.union(order[:size]), both.union(order[size:])
