"""The five and the outside powers as a network of who met, trained, signed or belonged together.

Each event of n states adds 1 / (n - 1) to the weight of each of its pairs, so that a state gains a
weight of one from each event and a large exercise does not outweigh many small meetings (Newman
2001, *Scientific collaboration networks II*, Physical Review E 64, 016132, eq. 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd
from networkx.algorithms import bipartite

from casi.measures import null_model
from casi.measures.shared_events import LAYERS
from casi.states import FIVE

WINDOWS = {f"{start}–{start + 4}": range(start, start + 5) for start in range(1991, 2026, 5)}
ACTS = ["meetings", "exercises", "treaties"]  # what states do, unlike belonging to a body
FIRST, LAST = list(WINDOWS)[1], list(WINDOWS)[-1]  # few exercises are on record before 1996
STRENGTH_LABELS = {
    "state": "State",
    "five_then": f"With the other four, {FIRST}",
    "outside_then": f"With outside states, {FIRST}",
    "five_now": f"With the other four, {LAST}",
    "outside_now": f"With outside states, {LAST}",
}
BROKER_LABELS = {
    "power": "Power",
    "events_then": f"Exercises, {FIRST}",
    "share_then": f"Share, {FIRST}",
    "pairs_only_then": f"Pairs only with it, {FIRST}",
    "events_now": f"Exercises, {LAST}",
    "share_now": f"Share, {LAST}",
    "pairs_only_now": f"Pairs only with it, {LAST}",
}


def edges(events: pd.DataFrame) -> pd.DataFrame:
    """Join the states of each event, by layer and year; only pairs with one of the five.

    Args:
        events: what `shared_events.all_events` returns, or rows of it.

    Returns:
        Columns `layer`, `year`, `first`, `second` (codes in alphabetical order) and `weight` (sum
        of 1 / (n - 1), n counting every state of the event).
    """
    rows = []
    for (layer, year), group in events.groupby(["layer", "year"]):
        # events are numbers, whose order in a set is fixed: sums are the same in every run
        ties = [
            (state, number) for number, states in enumerate(group["states"]) for state in states
        ]
        states = sorted({state for state, _ in ties})
        net = bipartite.collaboration_weighted_projected_graph(nx.Graph(ties), states)
        for first, second, weight in net.edges(data="weight"):
            if first in FIVE or second in FIVE:
                rows.append((layer, year, *sorted((first, second)), weight))
    columns = ["layer", "year", "first", "second"]
    table = pd.DataFrame(rows, columns=[*columns, "weight"])
    return table.sort_values(columns, ignore_index=True)


def graph(ties: pd.DataFrame, years: range, layers: list[str] = LAYERS) -> nx.Graph:
    """Return the network of a window of years.

    Args:
        ties: what `edges` returns.
        years: the years of the window.
        layers: which of `LAYERS` count.

    Returns:
        The five, whether joined or not, and every state joined to one of them; the `weight` of an
        edge is the mean of its yearly weights over all years of the window.
    """
    chosen = ties[ties["year"].isin(years) & ties["layer"].isin(layers)]
    weights = chosen.groupby(["first", "second"])["weight"].sum() / len(years)
    net = nx.Graph()
    net.add_nodes_from(FIVE)
    net.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    return net


def events_by_window(events: pd.DataFrame) -> pd.DataFrame:
    """Count events: one row a window, one column a layer of `LAYERS`."""
    window_of = {year: name for name, years in WINDOWS.items() for year in years}
    table = pd.crosstab(events["year"].map(window_of), events["layer"])
    return table.reindex(index=[*WINDOWS], columns=LAYERS, fill_value=0)


def outside_powers(ties: pd.DataFrame, share: float = 0.02) -> list[str]:
    """Return the outside states that hold at least a share of the five's weight with all of them.

    The rule uses weight, not the number of events: otherwise every member of NATO that took part
    in one large exercise would qualify.

    Args:
        ties: what `edges` returns.
        share: between 0 and 1.

    Returns:
        Codes, the largest weight first.
    """
    outside = ties[~(ties["first"].isin(FIVE) & ties["second"].isin(FIVE))]
    power = outside["first"].where(~outside["first"].isin(FIVE), outside["second"])
    shares = outside["weight"].groupby(power).sum() / outside["weight"].sum()
    return shares[shares >= share].sort_values(ascending=False, kind="stable").index.tolist()


def density(net: nx.Graph) -> float:
    """Return the share of the ten pairs of the five that are joined, between 0 and 1.

    Examples:
        >>> import networkx as nx
        >>> net = nx.Graph([("KAZ", "UZB"), ("KAZ", "KGZ"), ("KAZ", "RUS")])
        >>> net.add_nodes_from(["TJK", "TKM"])
        >>> density(net)
        0.2
    """
    return nx.density(net.subgraph(FIVE))


def strengths(net: nx.Graph) -> pd.DataFrame:
    """Return how much weight each of the five has with the other four and with outside states.

    Strength is the sum of the weights of a state's edges (Barrat et al. 2004, PNAS 101, 3747).

    Returns:
        Index `state`, the five; `five` and `outside` (weight a year).
    """
    rows = []
    for state in FIVE:
        weights = {other: edge["weight"] for other, edge in net[state].items()}
        with_five = sum((weight for other, weight in weights.items() if other in FIVE), 0.0)
        rows.append((with_five, sum(weights.values(), 0.0) - with_five))
    return pd.DataFrame(rows, index=pd.Index(FIVE, name="state"), columns=["five", "outside"])


def pair_weight(net: nx.Graph) -> float:
    """Return the mean weight of the ten pairs of the five, a year; 0 for pairs not joined."""
    return strengths(net)["five"].sum() / (len(FIVE) * (len(FIVE) - 1))


def pair_weights(
    ties: pd.DataFrame, windows: Mapping[str, range] = WINDOWS, layers: list[str] = ACTS
) -> pd.Series:
    """Return the mean weight of the ten pairs of the five, a year, in each window of years.

    Args:
        ties: what `edges` returns.
        windows: years by name.
        layers: which of `LAYERS` count.

    Returns:
        Index `window`.
    """
    weights = {name: pair_weight(graph(ties, years, layers)) for name, years in windows.items()}
    return pd.Series(weights).rename_axis("window")


def pair_table(
    nets: Mapping[str, nx.Graph], powers: list[str], names: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the weight of each pair of the five, and each power's mean weight with one of them.

    Args:
        nets: what `graph` returns, by the name of its window.
        powers: codes.
        names: names by code.

    Returns:
        Two tables, index `Pair` (in words), a column a window (weight a year, 0 for pairs not
        joined), the highest in the last window first.
    """
    own = {f"{names[a]} – {names[b]}": [(a, b)] for a, b in combinations(FIVE, 2)}
    outside = {f"Each with {names[power]}": [(state, power) for state in FIVE] for power in powers}
    tables = []
    for rows in (own, outside):
        weights = {
            row: [sum(_tie(net, *pair) for pair in pairs) / len(pairs) for net in nets.values()]
            for row, pairs in rows.items()
        }
        table = pd.DataFrame.from_dict(weights, orient="index", columns=list(nets))
        last = table.columns[-1]
        tables.append(table.sort_values(last, ascending=False).rename_axis("Pair"))
    return tables[0], tables[1]


def _tie(net: nx.Graph, first: str, second: str) -> float:
    return net[first][second]["weight"] if net.has_edge(first, second) else 0.0


def internal_shares(
    ties: pd.DataFrame, windows: Mapping[str, range] = WINDOWS, layers: list[str] = LAYERS
) -> pd.DataFrame:
    """Return the share of the five's ties with each other in the strength of all five.

    Args:
        ties: what `edges` returns.
        windows: years by name.
        layers: which of `LAYERS` to report.

    Returns:
        Index `window`; a column a layer, between 0 and 1, missing where the five have no ties.
    """
    strength = {
        (name, layer): strengths(graph(ties, years, [layer])).sum()
        for name, years in windows.items()
        for layer in layers
    }
    table = pd.DataFrame(strength).T
    shares = table["five"] / (table["five"] + table["outside"])  # 0 / 0 is missing
    return shares.unstack()[layers].rename_axis(index="window", columns=None)


def brokers(events: pd.DataFrame, powers: list[str]) -> pd.DataFrame:
    """Measure how far the five depend on each outside power to meet each other.

    Every event joins all its states, so shortest paths say little and betweenness is not used.

    Args:
        events: rows of what `shared_events.all_events` returns; those with two or more of the five
            count.
        powers: codes, one row each.

    Returns:
        Index `power`; `events` (with the power and two or more of the five), `pairs_only` (of the
        ten pairs, those that met only in events with the power) and `share` (of the five's weight
        with each other that comes from events with the power: between 0 and 1, missing if the five
        never met).
    """
    joint = [states for states in events["states"] if len(states & set(FIVE)) > 1]
    total = _weight(joint)
    rows = []
    for power in powers:
        with_power = [states for states in joint if power in states]
        without = [states for states in joint if power not in states]
        pairs_only = _pairs_of_five(with_power) - _pairs_of_five(without)
        share = _weight(with_power) / total if total else float("nan")
        rows.append((len(with_power), len(pairs_only), share))
    columns = ["events", "pairs_only", "share"]
    return pd.DataFrame(rows, index=pd.Index(powers, name="power"), columns=columns)


def share_without_outsiders(events: pd.DataFrame) -> float:
    """Return the share of the five's weight with each other from events of the five alone.

    Azerbaijan counts as an outsider. Between 0 and 1; missing if the five never met.
    """
    total = _weight(events["states"])
    alone = _weight(states for states in events["states"] if states <= set(FIVE))
    return alone / total if total else float("nan")


def with_outsiders(events: pd.DataFrame) -> tuple[float, float]:
    """Return the range of the share of the five's weight with each other from events with others.

    Args:
        events: rows of what `shared_events.all_events` returns.

    Returns:
        The lowest and the highest of four shares: by complete rows and by all of them, and with
        and without Azerbaijan as an outsider.
    """
    found = []
    for rows in (events[events["complete"]], events):
        without = rows.assign(states=[states - {"AZE"} for states in rows["states"]])
        for each in (rows, without[without["states"].map(len) > 1]):
            found.append(1 - share_without_outsiders(each))
    return min(found), max(found)


def presence(
    events: pd.DataFrame, powers: list[str], windows: Mapping[str, range] = WINDOWS
) -> pd.DataFrame:
    """Return the share of the five's weight with each other from events with each power.

    Args:
        events: rows of what `shared_events.all_events` returns.
        powers: codes.
        windows: years by name.

    Returns:
        Index `window`; a column a power and `alone` (from events without any outside state),
        between 0 and 1. Shares overlap where two powers took part in one event. Missing where the
        five never met.
    """
    rows = {}
    for name, years in windows.items():
        chosen = events[events["year"].isin(years)]
        shares = brokers(chosen, powers)["share"].to_dict()
        rows[name] = shares | {"alone": share_without_outsiders(chosen)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("window")


def presence_range(events: pd.DataFrame, power: str) -> pd.DataFrame:
    """Return the share of one power by complete lists of participants and by all rows.

    Args:
        events: what `shared_events.all_events` returns, or rows of it.
        power: a code.

    Returns:
        Index `window`; the lower (`low`) and the higher (`high`) of both shares.
    """
    both = [presence(rows, [power])[power] for rows in (events[events["complete"]], events)]
    table = pd.concat(both, axis=1)
    return pd.DataFrame({"low": table.min(axis=1), "high": table.max(axis=1)})


def acts_headline(events: pd.DataFrame) -> dict[str, Any]:
    """Return how close the five are by what they do, and with whom, in the first and last window.

    Only events with all participants on record count, except in names that end in `_all_rows`.

    Args:
        events: what `shared_events.act_events` or `all_events` returns; bodies are left out.

    Returns:
        `first` and `last` (windows). With the ending `_first` or `_last`: `acts_weight` (see
        `pair_weight`); for exercises alone (`drills`) and for meetings, exercises and treaties
        together (`acts`), `drills_alone` and `acts_alone` (see `share_without_outsiders`); and
        `drills_russia` (Russia's share, see `brokers`). Of the last window, `outside_low` and
        `outside_high` (see `with_outsiders`).
    """
    facts: dict[str, Any] = {"first": FIRST, "last": LAST}
    acts = events[events["layer"] != "organisations"]
    complete = acts[acts["complete"]]
    for when, window in (("first", FIRST), ("last", LAST)):
        years = WINDOWS[window]
        for ending, rows in (("", complete), ("_all_rows", acts)):
            chosen = rows[rows["year"].isin(years)]
            drills = chosen[chosen["layer"] == "exercises"]
            facts[f"acts_alone_{when}{ending}"] = share_without_outsiders(chosen)
            facts[f"drills_alone_{when}{ending}"] = share_without_outsiders(drills)
            facts[f"drills_russia_{when}{ending}"] = brokers(drills, ["RUS"])["share"].iloc[0]
        net = graph(edges(complete[complete["year"].isin(years)]), years)
        facts[f"acts_weight_{when}"] = pair_weight(net)
    outside = with_outsiders(acts[acts["year"].isin(WINDOWS[LAST])])
    return facts | dict(zip(("outside_low", "outside_high"), outside, strict=True))


def headline(events: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers on the network that the text quotes, by name.

    Args:
        events: what `shared_events.all_events` returns.

    Returns:
        What `acts_headline` does; `events` (complete ones) and `events_all_rows` (their number);
        of the complete ones, `powers` (the `outside_powers`). With the ending `_first` or `_last`:
        `drills` (number of exercises of two or more of the five), `drills_most_pairs_only` and
        `acts_most_pairs_only` (the most pairs that met only in events with one and the same power).
    """
    complete = events[events["complete"]]
    powers = outside_powers(edges(complete))
    facts = acts_headline(events)
    facts |= {"events": len(complete), "events_all_rows": len(events), "powers": powers}
    acts = complete[complete["layer"] != "organisations"]
    for when, window in (("first", FIRST), ("last", LAST)):
        chosen = acts[acts["year"].isin(WINDOWS[window])]
        drills = chosen[chosen["layer"] == "exercises"]
        joint = [len(states & set(FIVE)) > 1 for states in drills["states"]]
        facts[f"drills_{when}"] = sum(joint)
        for name, rows in (("drills", drills), ("acts", chosen)):
            most = brokers(rows, powers)["pairs_only"].max()
            facts[f"{name}_most_pairs_only_{when}"] = int(most)
    return facts


def bounds(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, float]:
    """Return the range of shares over complete lists of participants and over all rows.

    Args:
        facts: what `acts_headline` or `headline` returns.
        names: such as `drills_russia`.

    Returns:
        For each name, with `_first` or `_last`: the lower (`_low`) and the higher (`_high`) share.
    """
    found: dict[str, float] = {}
    for name in (f"{name}_{when}" for name in names for when in ("first", "last")):
        shares = facts[name], facts[f"{name}_all_rows"]
        found |= {f"{name}_low": min(shares), f"{name}_high": max(shares)}
    return found


def _weight(events: Iterable[frozenset[str]]) -> float:
    """Return the weight that some events give the pairs of the five."""
    return sum(null_model.weight_within(states, FIVE) for states in events)


def _pairs_of_five(events: Iterable[frozenset[str]]) -> set[tuple[str, str]]:
    """Return the pairs of the five, in alphabetical order, that met in some events."""
    return {pair for states in events for pair in combinations(sorted(states & set(FIVE)), 2)}
