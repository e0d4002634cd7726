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
