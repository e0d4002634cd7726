from itertools import pairwise

import networkx as nx
import pytest

from casi.charts import network
from casi.charts.palette import STATE_COLOURS

NAMES = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "TKM": "Turkmenistan"}
NAMES |= {"UZB": "Uzbekistan", "RUS": "Russia", "CHN": "China"}


@pytest.fixture
def figure():
    earlier, later = nx.Graph(), nx.Graph()
    earlier.add_edge("KAZ", "KGZ", weight=0.6)
    earlier.add_edge("KAZ", "RUS", weight=3.0)
    later.add_edge("KAZ", "UZB", weight=2.6)
    later.add_edge("KAZ", "KGZ", weight=0.01)
    nets = {"1996–2000": earlier, "2021–2025": later}
    return network.networks_at(nets, ["RUS", "CHN"], NAMES)


def test_thickness_grows_with_weight():
    steps, widths = network.STEPS, network.WIDTHS
    assert [network.thickness(step) for step in steps] == widths
    assert network.thickness(steps[0] - 0.001) == 0
    assert network.thickness(99) == widths[-1]


def test_networks_at_draws_a_line_for_each_tie_heavy_enough(figure):
    drawn = {
        (shape.line.color, shape.line.width): shape.path.count("M")
        for shape in figure.layout.shapes
    }
    assert drawn == {
        (network.OTHERS_COLOUR, 8.0): 1,
        (network.FIVE_COLOUR, 1.8): 1,
        (network.FIVE_COLOUR, 8.0): 1,
    }


def test_lines_of_the_five_lie_on_top_and_panels_have_their_names(figure):
    colours = [shape.line.color for shape in figure.layout.shapes]
    assert colours == sorted(colours, key=[network.OTHERS_COLOUR, colours[-1]].index)
    assert [title.text for title in figure.layout.annotations] == ["1996–2000", "2021–2025"]
    assert network.widths_in_words() == "0.1, 0.5, 1 and 2.5"


def test_states_keep_their_place_and_colour_in_every_panel(figure):
    kaz = next(trace for trace in figure.data if trace.name == "KAZ")
    assert kaz.marker.color == STATE_COLOURS["KAZ"]
    assert kaz.x[1] - kaz.x[0] == pytest.approx(network.ACROSS)
    assert kaz.y[1] == kaz.y[0]
    assert list(kaz.text) == ["KAZ", "KAZ"]


def test_the_description_and_the_numbers_tell_the_same(figure):
    meta = figure.layout.meta
    assert "1996–2000: 1 of the ten pairs" in meta["alt"]
    assert "between Kazakhstan and Uzbekistan, 2.60" in meta["alt"]
    assert "no power with a tie" in meta["alt"]
    assert meta["table"]["columns"] == ["Pair", "1996–2000", "2021–2025"]
    rows = {row[0]: row[1:] for row in meta["table"]["rows"]}
    assert rows["Kazakhstan – Kyrgyzstan"] == [0.6, 0.01]
    assert rows["Kazakhstan – Russia"] == [3.0, 0]
    assert "Kazakhstan – China" not in rows


def test_rings_start_at_the_top_and_the_outer_one_is_turned_by_half_a_step(figure):
    """Two powers half a step, a quarter of the ring, from the top: right and left, as squares."""
    kaz = next(trace for trace in figure.data if trace.name == "KAZ")
    powers = next(trace for trace in figure.data if trace.name == "Powers")
    assert (kaz.x[0], kaz.y[0]) == (0, network.INNER)
    assert [tuple(spot) for spot in zip(powers.x[:2], powers.y[:2], strict=True)] == [
        (1, 0),
        (-1, 0),
    ]
    assert (powers.marker.symbol, kaz.marker.symbol) == ("square", None)
    kgz = next(trace for trace in figure.data if trace.name == "KGZ")
    assert (kgz.x[0], kgz.y[0]) == pytest.approx((0.4945, 0.1607), abs=1e-4)  # 72 degrees on


def test_panels_are_two_to_a_line_and_250_pixels_high():
    nets = {str(year): nx.Graph([("KAZ", "KGZ", {"weight": 1.0})]) for year in (2000, 2001, 2002)}
    layout = network.networks_at(nets, ["RUS"], NAMES).layout
    assert layout.height == 570
    assert [(title.x, round(title.y, 2)) for title in layout.annotations] == [
        (0, 1.32),
        (network.ACROSS, 1.32),
        (0, round(1.32 - network.DOWN, 2)),
    ]
    assert layout.xaxis.range == pytest.approx((-1.2, 3.7))
    assert layout.yaxis.range == pytest.approx((-3.95, 1.55))


def test_touching_a_state_tells_its_weight_with_the_five(figure):
    """Kazakhstan in the first panel: 0.6 with Kyrgyzstan; 3.0 with Russia does not count."""
    kaz = next(trace for trace in figure.data if trace.name == "KAZ")
    assert list(kaz.customdata) == ["0.60 a year with the five", "2.61 a year with the five"]
    powers = next(trace for trace in figure.data if trace.name == "Powers")
    assert powers.customdata[0] == "3.00 a year with the five"


def test_the_three_heaviest_powers_are_named_in_their_order():
    net = nx.Graph()
    for power, weight in (("RUS", 1.0), ("CHN", 3.0), ("USA", 0.5), ("TUR", 2.0)):
        net.add_edge("KAZ", power, weight=weight)
    names = NAMES | {"USA": "United States", "TUR": "Türkiye"}
    figure = network.networks_at({"2000": net}, ["RUS", "CHN", "USA", "TUR"], names)
    text = figure.layout.meta["alt"]
    assert "weightiest powers China 3.00, Türkiye 2.00 and Russia 1.00." in text


def test_lines_between_two_powers_and_to_other_states_are_left_out():
    net = nx.Graph()
    net.add_edge("RUS", "CHN", weight=3.0)
    net.add_edge("KAZ", "IND", weight=3.0)
    assert network.networks_at({"2000": net}, ["RUS", "CHN"], NAMES).layout.shapes == ()


def test_without_any_tie_two_different_states_are_named():
    text = network.networks_at({"2000": nx.Graph()}, ["RUS"], NAMES).layout.meta["alt"]
    assert "0 of the ten pairs of the five joined" in text
    assert "between Kazakhstan and Kyrgyzstan, 0.00; no power with a tie" in text


def test_a_pair_is_joined_from_the_weight_at_which_its_line_is_drawn():
    """Of three pairs one is a hair too light; the two others have lines of 0.8 and of 8 pixels."""
    net = nx.Graph()
    for state, weight in (("KGZ", 0.1), ("TJK", 0.099), ("UZB", 2.5)):
        net.add_edge("KAZ", state, weight=weight)
    text = network.networks_at({"2000": net}, ["RUS"], NAMES).layout.meta["alt"]
    assert "2000: 2 of the ten pairs of the five joined" in text


def test_lines_join_the_places_of_their_states_in_each_panel():
    nets = {str(year): nx.Graph([("KAZ", "KGZ", {"weight": 1.0})]) for year in (2000, 2001, 2002)}
    [line] = network.networks_at(nets, ["RUS"], NAMES).layout.shapes
    first, right, below = "M0.000,0.520L0.495,0.161", "M2.500,0.520L2.995,0.161", "M0.000,-2.230"
    assert line.path == f"{first}{right}{below}L0.495,-2.589"


def test_each_line_is_about_twice_as_thick_as_the_one_before():
    ratios = [after / before for before, after in pairwise(network.WIDTHS)]
    assert all(2 <= ratio < 2.3 for ratio in ratios) and network.WIDTHS[-1] == 8
