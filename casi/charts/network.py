"""Charts of networks: the five and the outside powers on two rings, one panel a window of years.

The figure returned carries its numbers and a description (`chart.carry`).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

import networkx as nx
import plotly.graph_objects as go

from casi.charts.chart import carry
from casi.charts.palette import INK, OUTLINE, PARTNER_COLOURS, STATE_COLOURS, text_on
from casi.states import FIVE
from casi.text import listing

STEPS = [0.1, 0.5, 1.0, 2.5]  # weight a year from which a line is drawn and grows thicker
WIDTHS = [0.8, 1.8, 4.0, 8.0]  # pixels, one a step
INNER, OUTER = 0.52, 1.0  # radius of the ring of the five and of the ring of the others
SIZE = 27  # pixels, the diameter of a node, wide enough for its code
ACROSS, DOWN = 2.5, 2.75  # distance between the middles of two panels, in radii of the outer ring
COLUMNS = 2
PANEL = 250  # pixels, the height of a panel
FIVE_COLOUR = PARTNER_COLOURS["Central Asians alone"]
OTHERS_COLOUR = PARTNER_COLOURS["Other states"]


def networks_at(
    nets: Mapping[str, nx.Graph], powers: list[str], names: Mapping[str, str]
) -> go.Figure:
    """Draw the same states in each window: the five on an inner ring, the powers on an outer one.

    Lines between two powers are left out, and those lighter than the first of `STEPS`. Lines of the
    five with each other are dark and lie on top, those with a power are grey.

    Args:
        nets: a graph by the name of its window, edges with `weight` (a year), as `networks.graph`
            returns.
        powers: codes of the powers, in their order on the ring.
        names: names by code, for the description and the table.
    """
    figure = go.Figure()
    middles = {name: _middle(panel) for panel, name in enumerate(nets)}
    places = _places(powers)
    _add_nodes(figure, nets, middles, places)
    rows = -(-len(nets) // COLUMNS)
    hidden = {"showgrid": False, "showticklabels": False, "fixedrange": True, "ticks": ""}
    figure.update_xaxes(**hidden, range=[-1.2, (COLUMNS - 1) * ACROSS + 1.2])
    figure.update_yaxes(**hidden, range=[-(rows - 1) * DOWN - 1.2, 1.55], scaleanchor="x")
    figure.update_layout(
        height=PANEL * rows + 70,
        showlegend=False,
        shapes=_lines(nets, middles, places),
        annotations=[_title(name, *middle) for name, middle in middles.items()],
    )
    return carry(figure, _seen(nets, powers, names), _listed(nets, powers, names))


def widths_in_words() -> str:
    """Return where the widths of lines begin, for the words under the chart."""
    return listing(f"{step:g}" for step in STEPS)


def thickness(weight: float) -> float:
    """Return the width in pixels of a line of this weight a year; 0 for one that is not drawn."""
    return max([0.0, *(w for w, start in zip(WIDTHS, STEPS, strict=True) if weight >= start)])


def _middle(panel: int) -> tuple[float, float]:
    return panel % COLUMNS * ACROSS, -(panel // COLUMNS) * DOWN


def _places(powers: list[str]) -> dict[str, tuple[float, float]]:
    """Return where each state stands in its panel, both rings clockwise from the top.

    The outer ring is turned by half a step, so that fewer lines cross other nodes.
    """
    places = {}
    for states, radius, turned in ((FIVE, INNER, 0), (powers, OUTER, 0.5)):
        for position, state in enumerate(states):
            turn = 2 * pi * (position + turned) / len(states)
            places[state] = (radius * sin(turn), radius * cos(turn))
    return places


def _lines(nets, middles, places) -> list[dict]:
    """Return all lines of one width and kind as one path, grey below dark, thin below thick."""
    shapes = []
    for members, colour in ((1, OTHERS_COLOUR), (2, FIVE_COLOUR)):  # of the five, of the two ends
        for width in WIDTHS:
            ways = []
            for panel, net in nets.items():
                across, up = middles[panel]
                for first, second, weight in sorted(net.edges(data="weight")):
                    if {first, second} - set(places) or thickness(weight) != width:
                        continue
                    if len({first, second} & set(FIVE)) == members:
                        ends = [(across + x, up + y) for x, y in (places[first], places[second])]
                        ways.append("M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in ends))
            look = {"type": "path", "layer": "below", "line": {"color": colour, "width": width}}
            shapes += [look | {"path": "".join(ways)}] if ways else []
    return shapes


def _add_nodes(figure, nets, middles, places) -> None:
    """Add the states, one trace for each of the five and one for the powers."""
    groups = {state: ([state], STATE_COLOURS[state]) for state in FIVE}
    others = [state for state in places if state not in FIVE]
    for name, (states, colour) in (groups | {"Powers": (others, OUTLINE)}).items():
        spots = [
            (
                state,
                panel,
                middles[panel][0] + places[state][0],
                middles[panel][1] + places[state][1],
            )
            for panel in nets
            for state in states
        ]
        figure.add_scatter(
            name=name,
            x=[round(x, 4) for _, _, x, _ in spots],
            y=[round(y, 4) for _, _, _, y in spots],
            mode="markers+text",
            marker={
                "color": colour,
                "size": SIZE,
                **({"symbol": "square"} if name == "Powers" else {}),
            },
            text=[state for state, *_ in spots],
            textfont={"color": text_on(colour), "size": 10},
            customdata=[_hover(nets[panel], state) for state, panel, *_ in spots],
            hovertemplate="%{text}: %{customdata}<extra></extra>",
        )


def _title(name: str, across: float, up: float) -> dict:
    font = {"color": INK, "size": 13, "weight": 700}
    where = {"x": across, "xref": "x", "y": up + 1.32, "yref": "y"}
    return {"text": name, "showarrow": False, "font": font} | where


def _hover(net: nx.Graph, state: str) -> str:
    ties = net[state].items() if state in net else []
    inside = sum(edge["weight"] for other, edge in ties if other in FIVE)
    return f"{inside:.2f} a year with the five"


def _weight(net: nx.Graph, first: str, second: str) -> float:
    return net[first][second]["weight"] if net.has_edge(first, second) else 0.0


def _seen(nets, powers: list[str], names: Mapping[str, str]) -> str:
    """Describe each panel: the closest pair of the five and the powers with the highest weights."""
    sentences = []
    for window, net in nets.items():
        pairs = [(first, second) for first in FIVE for second in FIVE if first < second]
        first, second = max(pairs, key=lambda pair: _weight(net, *pair))
        drawn = sum(thickness(_weight(net, *pair)) > 0 for pair in pairs)
        sums = {power: sum(_weight(net, power, state) for state in FIVE) for power in powers}
        top = sorted((power for power in sums if sums[power]), key=lambda power: -sums[power])[:3]
        outside = listing(f"{names[power]} {sums[power]:.2f}" for power in top)
        sentences.append(
            f"{window}: {drawn} of the ten pairs of the five joined, the thickest line between "
            f"{names[first]} and {names[second]}, {_weight(net, first, second):.2f}"
            + (f"; weightiest powers {outside}" if top else "; no power with a tie")
        )
    return f"Networks on two rings, one panel a window. {'. '.join(sentences)}."


def _listed(nets, powers: list[str], names: Mapping[str, str]) -> dict:
    """Return the weight of each pair by window, pairs that never have any left out."""
    states = [*FIVE, *powers]
    pairs = [(state, other) for place, state in enumerate(FIVE) for other in states[place + 1 :]]
    rows = []
    for state, other in pairs:
        weights = [round(_weight(net, state, other), 10) for net in nets.values()]
        if any(weights):
            rows.append([f"{names[state]} – {names[other]}", *weights])
    return {"columns": ["Pair", *nets], "format": ",.2f", "rows": rows}
