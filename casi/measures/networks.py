"""The five and the outside powers as a network of who sat, trained, signed or belonged together.

Two states of one event are joined by 1 / (n - 1), n being the states in it, so that each state
shares out one unit an event and a mass exercise does not swamp a meeting of two (Newman 2001,
*Scientific collaboration networks II*, Physical Review E 64, 016132, eq. 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import pandas as pd

from casi.measures import null_model
from casi.measures.shared_events import LAYERS
from casi.states import FIVE

WINDOWS = {f"{start}–{start + 4}": range(start, start + 5) for start in range(1991, 2026, 5)}


def edges(events: pd.DataFrame) -> pd.DataFrame:
    """Join the states of each event, by layer and year; only pairs with one of the five.

    Args:
        events: what `encounters.all_events` returns, or some rows of it.

    Returns:
        Columns `layer`, `year`, `first`, `second` (codes in order of the alphabet), `weight` (sum
        of 1 / (n - 1), n counting every state of the event) and `events` (their number).
    """
    rows = [
        (event.layer, event.year, first, second, 1 / (len(event.states) - 1))
        for event in events.itertuples()
        for first, second in combinations(sorted(event.states), 2)
        if first in FIVE or second in FIVE
    ]
    keys = ["layer", "year", "first", "second"]
    grouped = pd.DataFrame(rows, columns=[*keys, "weight"]).groupby(keys)["weight"]
    return grouped.agg(weight="sum", events="size").reset_index()


def graph(ties: pd.DataFrame, years: range, layers: list[str] = LAYERS) -> nx.Graph:
    """Return the network of a window of years.

    Args:
        ties: what `edges` returns.
        years: the years of the window.
        layers: which of `LAYERS` count.

    Returns:
        The five, whether joined or not, and every state joined to one of them; edges with `weight`
        (mean of the yearly sums over the years of the window) and `events` (number in the window; a
        body counts once a year).
    """
    chosen = ties[ties["year"].isin(years) & ties["layer"].isin(layers)]
    sums = chosen.groupby(["first", "second"])[["weight", "events"]].sum().reset_index()
    net = nx.Graph()
    net.add_nodes_from(FIVE)
    for row in sums.itertuples():
        net.add_edge(row.first, row.second, weight=row.weight / len(years), events=row.events)
    return net


def outside_powers(ties: pd.DataFrame, share: float = 0.02) -> list[str]:
    """Return the outsiders that hold at least a share of the five's weight with all outsiders.

    Weight, not presence, is the rule: else every member of NATO in a mass exercise would qualify.

    Args:
        ties: what `edges` returns.
        share: between 0 and 1.

    Returns:
        Codes, the weightiest first.
    """
    outside = ties[~(ties["first"].isin(FIVE) & ties["second"].isin(FIVE))]
    power = outside["first"].where(~outside["first"].isin(FIVE), outside["second"])
    shares = outside["weight"].groupby(power).sum() / outside["weight"].sum()
    return shares[shares >= share].sort_values(ascending=False, kind="stable").index.tolist()


def density(net: nx.Graph) -> float:
    """Return the share of the ten pairs of the five that are joined, between 0 and 1."""
    return nx.density(net.subgraph(FIVE))


def strengths(net: nx.Graph) -> pd.DataFrame:
    """Return how much weight each of the five has with the other four and with outsiders.

    Strength is the sum of the weights of a state's edges (Barrat et al. 2004, PNAS 101, 3747).

    Returns:
        Index `state`, the five; `five` and `outside` (weight a year) and `share` (of the five in
        the whole, between 0 and 1; missing for a state without ties).
    """
    rows = []
    for state in FIVE:
        ties = [(other, edge["weight"]) for other, edge in net[state].items()]
        inside = sum((weight for other, weight in ties if other in FIVE), 0.0)
        rows.append((inside, sum((weight for _, weight in ties), 0.0) - inside))
    index = pd.Index(FIVE, name="state")
    table = pd.DataFrame(rows, index=index, columns=["five", "outside"])
    table["share"] = table["five"] / table.sum(axis=1)  # 0 / 0 is missing
    return table


def cohesion(ties: pd.DataFrame, windows: Mapping[str, range] = WINDOWS) -> pd.DataFrame:
    """Follow the five's ties with each other by window, for each layer and for all.

    Returns:
        Columns `window`, `layer` (one of `LAYERS` or `all`), `density` (share of pairs joined),
        `weight` (mean of the ten pairs, a year) and `share` (of the five in their whole weight).
    """
    rows = []
    for name, years in windows.items():
        for layer in [*LAYERS, "all"]:
            net = graph(ties, years, LAYERS if layer == "all" else [layer])
            own = strengths(net)
            whole = own[["five", "outside"]].to_numpy().sum()
            share = own["five"].sum() / whole if whole else float("nan")
            rows.append((name, layer, density(net), own["five"].sum() / 20, share))
    return pd.DataFrame(rows, columns=["window", "layer", "density", "weight", "share"])


def brokers(events: pd.DataFrame, powers: list[str]) -> pd.DataFrame:
    """Tell which outside power the five met through.

    Shortest paths say little where every event is a clique, so betweenness is not used. What is
    asked instead: in whose presence did two of the five come together, and would they have without?

    Args:
        events: rows of what `encounters.all_events` returns; those with two or more of the five
            count.
        powers: codes, one row each.

    Returns:
        Index `power`; `events` (with it and two of the five), `pairs` (of the ten pairs that came
        together with it there), `pairs_only` (that came together only with it there), `share` (of
        the five's weight with each other that arose with it there) and `share_sole` (with it as
        the only outsider). Shares between 0 and 1, missing if the five never came together.
    """
    met = [event for event in events["states"] if len(event & set(FIVE)) > 1]
    whole = sum(null_model.weight_within(event, FIVE) for event in met)
    rows = []
    for power in powers:
        there = [event for event in met if power in event]
        sole = [event for event in there if len(event - set(FIVE)) == 1]
        pairs = _pairs_of_five(there)
        without = _pairs_of_five(event for event in met if power not in event)
        parts = [
            sum(null_model.weight_within(event, FIVE) for event in some) for some in (there, sole)
        ]
        shares = [part / whole if whole else float("nan") for part in parts]
        rows.append((len(there), len(pairs), len(pairs - without), *shares))
    columns = ["events", "pairs", "pairs_only", "share", "share_sole"]
    return pd.DataFrame(rows, index=pd.Index(powers, name="power"), columns=columns)


def by_themselves(events: pd.DataFrame) -> float:
    """Return the share of the five's weight with each other that arose with no outsider there.

    Azerbaijan counts as an outsider. Between 0 and 1; missing if the five never came together.
    """
    weights = [null_model.weight_within(states, FIVE) for states in events["states"]]
    alone = [states <= set(FIVE) for states in events["states"]]
    whole = sum(weights)
    own = sum(weight for weight, by_self in zip(weights, alone, strict=True) if by_self)
    return own / whole if whole else float("nan")


def presence(
    events: pd.DataFrame, powers: list[str], windows: Mapping[str, range] = WINDOWS
) -> pd.DataFrame:
    """Follow in whose presence the five came together.

    Args:
        events: rows of what `encounters.all_events` returns.
        powers: codes.
        windows: years by name.

    Returns:
        Index `window`; a column a power and `alone`, each the share of the five's weight with each
        other that arose with it there, or with no outsider. They overlap where two powers were
        there at once. Missing where the five never came together.
    """
    rows = {}
    for name, years in windows.items():
        now = events[events["year"].isin(years)]
        rows[name] = brokers(now, powers)["share"].to_dict() | {"alone": by_themselves(now)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("window")


def by_acts(events: pd.DataFrame) -> dict[str, object]:
    """Return how close the five are by what they do, and through whom, then and now.

    Complete rows only, but for the names that end in `_all_rows`. `first` and `last` are windows,
    the second and the last of `WINDOWS`; few exercises are on record before. A name with `drills`
    is of exercises alone, one with `acts` of meetings, exercises and treaties; `alone` is what
    `by_themselves` returns, `russia` a share of `brokers`, and `weight` that of a pair, a year.

    Args:
        events: what `encounters.act_events` or `all_events` returns.
    """
    facts: dict[str, object] = {"first": list(WINDOWS)[1], "last": list(WINDOWS)[-1]}
    acts = events[events["layer"] != "organisations"]
    for ending, rows in (("", acts[acts["complete"]]), ("_all_rows", acts)):
        for when in ("first", "last"):
            years = WINDOWS[facts[when]]
            now = rows[rows["year"].isin(years)]
            for name, some in (("drills", now[now["layer"] == "exercises"]), ("acts", now)):
                net = graph(edges(some), years)
                facts[f"{name}_alone_{when}{ending}"] = by_themselves(some)
                facts[f"{name}_russia_{when}{ending}"] = brokers(some, ["RUS"])["share"].iloc[0]
                facts[f"{name}_weight_{when}{ending}"] = strengths(net)["five"].sum() / 20
    return facts


def headline(events: pd.DataFrame) -> dict[str, object]:
    """Return the numbers on the network that the text quotes, by name.

    Args:
        events: what `encounters.all_events` returns.

    Returns:
        What `by_acts` does; of the complete rows, `powers` (the `outside_powers`), the share of the
        five by layer, and `most_pairs_only` (the most pairs that one power alone brought together);
        `events` and `events_all_rows` (their number).
    """
    facts = by_acts(events)
    known = events[events["complete"]]
    ties = edges(known)
    facts |= {"events": len(known), "events_all_rows": len(events), "powers": outside_powers(ties)}
    own = cohesion(ties).set_index(["layer", "window"])
    for when in ("first", "last"):
        facts |= {
            f"{layer}_share_{when}": own.loc[(layer, facts[when]), "share"] for layer in LAYERS
        }
        now = known[known["year"].isin(WINDOWS[facts[when]])]
        parts = {"drills": now["layer"] == "exercises", "acts": now["layer"] != "organisations"}
        for name, rows in parts.items():
            through = brokers(now[rows], facts["powers"])
            facts[f"{name}_most_pairs_only_{when}"] = int(through["pairs_only"].max())
    return facts


def _pairs_of_five(events) -> set[tuple[str, str]]:
    return {pair for states in events for pair in combinations(sorted(states & set(FIVE)), 2)}
