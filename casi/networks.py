"""Who sat, trained, signed or belonged together: the five and the outside powers as a network.

A row of *events* is a meeting, an exercise, a treaty or a year of a body, with the set of states in
it. Two states of one event are joined by 1 / (n - 1), n being the states in it, so that each state
shares out one unit an event and a mass exercise does not swamp a meeting of two (Newman 2001,
*Scientific collaboration networks II*, Physical Review E 64, 016132, eq. 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import pandas as pd

from casi import chance
from casi.institutions import NATO_BODIES, UNIVERSAL, effective_ends, members_on
from casi.participation import FIVE, held

LAYERS = ["meetings", "exercises", "treaties", "organisations"]
WINDOWS = {f"{start}–{start + 4}": range(start, start + 5) for start in range(1991, 2026, 5)}
SEATS = {  # formats with one outside power, whose seat the table `participation` leaves unsaid
    "c5_russia": "RUS",
    "c5_china": "CHN",
    "c5_usa": "USA",
    "c5_india": "IND",
    "c5_eu": "EU",
    "c5_gcc": "GCC",
    "c5_un": "UN",
}
BODIES_OF_STATES = {"EU": "European Union", "GCC": "Gulf states", "UN": "United Nations"}
OPEN_SERIES = {"cau_caec_caco", "interior_ministers", "other_five"}  # not always meant for all five
# of these the tables list some outside signatories or members and lack others
PARTIAL_TREATIES = {
    "cst-1992",
    "cst-extension-1999",
    "csto-forces-2010",
    "csto-rapid-reaction-2009",
    "nakhchivan-2009",
}
PARTIAL_BODIES = {"caricc", "cica", "cis", "guam"}
COLUMNS = ["layer", "event", "year", "states", "complete"]


def meeting_events(meetings: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings held, with who sat there; observers and the absent are left out.

    The outside power of a format such as `c5_usa` is added: the table lists only the five. A row
    is complete when each of the five is known to have come or to have stayed away; series that are
    not always meant for all five are taken as recorded.

    Args:
        meetings: the table `meetings`.
        participation: the table `participation`.

    Returns:
        Columns `layer`, `event` (key), `year`, `states` (frozenset of codes), `complete` (bool); a
        meeting with fewer than two known states is left out.
    """
    rows = held(meetings)
    sat = _present(participation)
    known = participation.groupby("event")["state"].agg(set)
    states, complete = [], []
    for row in rows.itertuples():
        seat = SEATS.get(row.series)
        if row.series == "c5_other":  # keys begin with c5 and the code of the power
            seat = row.meeting[2:5].upper()
        there = sat.get(row.meeting, frozenset())
        states.append(there | {seat} if seat and there else there)
        complete.append(row.series in OPEN_SERIES or set(FIVE) <= known.get(row.meeting, set()))
    return _events("meetings", rows["meeting"], rows["date_start"].dt.year, states, complete)


def exercise_events(exercises: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises held, with whose forces took part; observers are left out.

    Exercises held on the same days by the same states count once, as in `exercises.classify`.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.

    Returns:
        Columns as of `meeting_events`; `complete` is the table's `participants_complete`.
    """
    rows = exercises[exercises["status"] == "held"].copy()
    sat = _present(participation)
    rows["states"] = [sat.get(exercise, frozenset()) for exercise in rows["exercise"]]
    exact = rows["date_precision"] == "day"
    rows = rows[~(exact & rows.duplicated(["date_start", "date_end", "states"]))]
    complete = rows["participants_complete"].astype(bool)
    years = rows["date_start"].dt.year
    return _events("exercises", rows["exercise"], years, rows["states"], complete)


def treaty_events(treaties: pd.DataFrame, treaty_actions: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties two or more states signed, dated by the year they were opened.

    Arms-control treaties open to every state are left out: to sign one is no tie. Later accessions
    are too.

    Args:
        treaties: the table `treaties`.
        treaty_actions: the table `treaty_actions`.

    Returns:
        Columns as of `meeting_events`; `complete` is False for `PARTIAL_TREATIES`.
    """
    rows = treaties[treaties["kind"] != "arms_control"]
    signed = treaty_actions[treaty_actions["action"] == "signed"]
    parties = signed.groupby("treaty")["state"].agg(frozenset)
    states = [parties.get(treaty, frozenset()) for treaty in rows["treaty"]]
    complete = ~rows["treaty"].isin(PARTIAL_TREATIES)
    return _events("treaties", rows["treaty"], rows["date_opened"].dt.year, states, complete)


def organisation_events(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> pd.DataFrame:
    """Return a row for each year of each body: its full members on the last day of the year.

    Universal bodies are left out, NATO's, whose other members the table does not list, and those of
    unknown end, as in `institutions.bodies_on`.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the day the record closes; the last year is taken on it.

    Returns:
        Columns as of `meeting_events`; `complete` is False for `PARTIAL_BODIES`.
    """
    ends = effective_ends(organisations, memberships)
    found = []
    for year in range(1991, until.year + 1):
        day = min(pd.Timestamp(year, 12, 31), until)
        gone = set(ends.index[ends <= day]) | UNIVERSAL | NATO_BODIES
        spells = members_on(memberships, day)
        states = spells[~spells["organisation"].isin(gone)].groupby("organisation")["state"]
        states = states.agg(frozenset)
        complete = ~states.index.isin(PARTIAL_BODIES)
        found.append(_events("organisations", states.index, year, states, complete))
    return pd.concat(found, ignore_index=True)


def all_events(tables: Mapping[str, pd.DataFrame], until: pd.Timestamp) -> pd.DataFrame:
    """Return the events of all four layers.

    Args:
        tables: the tables of `data/` by name: `meetings`, `exercises`, `participation`, `treaties`,
            `treaty_actions`, `organisations` and `memberships`.
        until: the day the record closes.

    Returns:
        Columns as of `meeting_events`, a layer after another in the order of `LAYERS`.
    """
    layers = [
        meeting_events(tables["meetings"], tables["participation"]),
        exercise_events(tables["exercises"], tables["participation"]),
        treaty_events(tables["treaties"], tables["treaty_actions"]),
        organisation_events(tables["organisations"], tables["memberships"], until),
    ]
    return pd.concat(layers, ignore_index=True)


def edges(events: pd.DataFrame) -> pd.DataFrame:
    """Join the states of each event, by layer and year; only pairs with one of the five.

    Args:
        events: what `all_events` returns, or some rows of it.

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
        events: rows of what `all_events` returns; those with two or more of the five count.
        powers: codes, one row each.

    Returns:
        Index `power`; `events` (with it and two of the five), `pairs` (of the ten pairs that came
        together with it there), `pairs_only` (that came together only with it there), `share` (of
        the five's weight with each other that arose with it there) and `share_sole` (with it as
        the only outsider). Shares between 0 and 1, missing if the five never came together.
    """
    met = [event for event in events["states"] if len(event & set(FIVE)) > 1]
    whole = sum(chance.weight_within(event, FIVE) for event in met)
    rows = []
    for power in powers:
        there = [event for event in met if power in event]
        sole = [event for event in there if len(event - set(FIVE)) == 1]
        pairs = _pairs_of_five(there)
        without = _pairs_of_five(event for event in met if power not in event)
        parts = [sum(chance.weight_within(event, FIVE) for event in some) for some in (there, sole)]
        shares = [part / whole if whole else float("nan") for part in parts]
        rows.append((len(there), len(pairs), len(pairs - without), *shares))
    columns = ["events", "pairs", "pairs_only", "share", "share_sole"]
    return pd.DataFrame(rows, index=pd.Index(powers, name="power"), columns=columns)


def by_themselves(events: pd.DataFrame) -> float:
    """Return the share of the five's weight with each other that arose with no outsider there.

    Azerbaijan counts as an outsider. Between 0 and 1; missing if the five never came together.
    """
    weights = [chance.weight_within(states, FIVE) for states in events["states"]]
    alone = [states <= set(FIVE) for states in events["states"]]
    whole = sum(weights)
    own = sum(weight for weight, by_self in zip(weights, alone, strict=True) if by_self)
    return own / whole if whole else float("nan")


def presence(
    events: pd.DataFrame, powers: list[str], windows: Mapping[str, range] = WINDOWS
) -> pd.DataFrame:
    """Follow in whose presence the five came together.

    Args:
        events: rows of what `all_events` returns.
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


def headline(events: pd.DataFrame) -> dict[str, object]:
    """Return the numbers on the network that the text quotes, by name.

    Complete rows only, but for the names that end in `_all_rows`. `first` and `last` are windows,
    the second and the last of `WINDOWS`; few exercises are on record before. A name with `drills`
    is of exercises alone, one with `acts` of meetings, exercises and treaties.

    Args:
        events: what `all_events` returns.
    """
    first, last = list(WINDOWS)[1], list(WINDOWS)[-1]
    facts: dict[str, object] = {"first": first, "last": last}
    for ending, rows in (("", events[events["complete"]]), ("_all_rows", events)):
        ties = edges(rows)
        own = cohesion(ties).set_index(["layer", "window"])
        found: dict[str, object] = {"events": len(rows), "powers": outside_powers(ties)}
        parts = {
            "drills": rows[rows["layer"] == "exercises"],
            "acts": rows[rows["layer"] != "organisations"],
        }
        for when, window in (("first", first), ("last", last)):
            found |= {
                f"{layer}_share_{when}": own.loc[(layer, window), "share"] for layer in LAYERS
            }
            for name, some in parts.items():
                now = some[some["year"].isin(WINDOWS[window])]
                through = brokers(now, found["powers"])
                found[f"{name}_alone_{when}"] = by_themselves(now)
                found[f"{name}_broker_{when}"] = through["share"].idxmax()
                found[f"{name}_broker_share_{when}"] = through["share"].max()
                found[f"{name}_russia_share_{when}"] = brokers(now, ["RUS"])["share"].iloc[0]
                found[f"{name}_most_pairs_only_{when}"] = int(through["pairs_only"].max())
                net = graph(edges(now), WINDOWS[window])
                found[f"{name}_weight_{when}"] = strengths(net)["five"].sum() / 20
        facts |= {f"{name}{ending}": value for name, value in found.items()}
    return facts


def _present(participation: pd.DataFrame) -> pd.Series:
    away = participation["level"].isin(["absent", "observer"]) | (
        participation["role"] == "observer"
    )
    return participation[~away].groupby("event")["state"].agg(frozenset)


def _events(layer: str, keys, years, states, complete) -> pd.DataFrame:
    """Return the rows of a layer with two or more states, one of the five among them."""
    table = pd.DataFrame({"event": list(keys)})
    table["layer"], table["year"] = layer, list(years) if hasattr(years, "__iter__") else years
    table["states"], table["complete"] = list(states), list(complete)
    wanted = [len(some) > 1 and bool(some & set(FIVE)) for some in table["states"]]
    return table.loc[wanted, COLUMNS].reset_index(drop=True)


def _pairs_of_five(events) -> set[tuple[str, str]]:
    return {pair for states in events for pair in combinations(sorted(states & set(FIVE)), 2)}
