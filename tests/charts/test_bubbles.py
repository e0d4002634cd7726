import pandas as pd
import pytest

from casi.charts import bubbles
from casi.charts.palette import OUTLINE, SERIES_COLOURS


def meta(figure):
    return figure.layout.meta


@pytest.fixture
def dated():
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2024-07-30", "2024-07-26", "2023-12-12"]),
            "value": [94.0, 94.0, 90.0],
            "group": ["Of the disputed sections", "Of the whole line", "Of the whole line"],
            "who": ["newsroom", "governor", "both chiefs"],
        }
    )


def test_statements_keep_the_kinds_of_whole_apart(dated):
    figure = bubbles.statements(dated, SERIES_COLOURS)
    line, disputed = figure.data
    assert (line.name, list(line.x)) == ("Of the whole line", ["2023-12-12", "2024-07-26"])
    assert list(disputed.customdata) == ["94%, newsroom"]
    assert line.marker.symbol != disputed.marker.symbol
    assert "90% on 12 December 2023 (both chiefs)" in meta(figure)["alt"]
    assert meta(figure)["table"]["rows"][0] == [
        "2023-12-12",
        90.0,
        "Of the whole line",
        "both chiefs",
    ]


def test_bubbles_stand_for_counts_by_their_area():
    assert bubbles.bubble(4, 4) == bubbles.BIGGEST
    assert bubbles.bubble(1, 4) == bubbles.BIGGEST / 2


@pytest.fixture
def labels():
    row = ("state", "Uzbekistan", "UZB", 60.5, 40.5, "centre")
    return pd.DataFrame([row], columns=["kind", "name", "state", "lon", "lat", "side"])


def test_place_map_draws_outlines_and_the_largest_first(labels):
    places = pd.DataFrame(
        {
            "lat": [43.2, 37.3],
            "lon": [76.9, 67.3],
            "All exercises": [2, 8],
            "Without Russia and China": [0, 5],
        },
        index=["Almaty", "Termez"],
    )
    square = [(60, 40), (61, 40), (61, 41), (60, 41)]
    outlines = pd.DataFrame(square, columns=["lon", "lat"]).assign(state="UZB", ring=1)
    figure = bubbles.place_map(places, outlines, labels, SERIES_COLOURS)
    assert [trace.name for trace in figure.data[:2]] == [
        "All exercises",
        "Without Russia and China",
    ]
    assert list(figure.data[2].text) == ["Uzbekistan"]
    assert list(figure.data[0].customdata) == ["Termez 8", "Almaty 2"]
    assert list(figure.data[1].x) == [67.3]
    [shape] = figure.layout.shapes
    assert shape.path == "M60,40L61,40L61,41L60,41Z"
    assert shape.line.color == OUTLINE
    assert (
        figure.layout.yaxis.scaleratio > 1
    )  # a degree of latitude is longer than one of longitude
    assert meta(figure)["table"]["rows"][0] == ["Termez", 8, 5, 37.3, 67.3]


def test_statements_are_in_the_order_of_their_days(dated):
    meta = bubbles.statements(dated, SERIES_COLOURS).layout.meta
    assert meta["alt"].index("Of the whole line: ") < meta["alt"].index(
        "Of the disputed sections: "
    )
    table = meta["table"]
    assert [row[0] for row in table["rows"]] == ["2023-12-12", "2024-07-26", "2024-07-30"]


def test_a_legend_stands_only_where_there_are_two_kinds(dated):
    whole = dated[dated["group"] == "Of the whole line"]
    assert bubbles.statements(dated, SERIES_COLOURS).layout.showlegend is True
    assert bubbles.statements(whole, SERIES_COLOURS).layout.showlegend is False


def test_a_map_has_a_degree_of_margin_and_true_proportions(labels):
    """At 44 degrees north a degree of longitude is 0.72 as long as one of latitude: 1 / 1.39."""
    places = pd.DataFrame({"lat": [41.0], "lon": [60.5], "All exercises": [2]}, index=["Nukus"])
    outlines = pd.DataFrame({"lon": [60, 61, 61], "lat": [40, 40, 41], "state": "UZB", "ring": 1})
    layout = bubbles.place_map(places, outlines, labels, SERIES_COLOURS).layout
    assert (layout.xaxis.range, layout.yaxis.range) == ((59, 62), (39, 42))
    assert layout.yaxis.scaleratio == pytest.approx(1.390, abs=0.001)
    assert layout.yaxis.scaleanchor == "x"
    assert (layout.xaxis.showgrid, layout.xaxis.showticklabels, layout.height) == (
        False,
        False,
        500,
    )
    assert layout.shapes[0].layer == "below"
    assert layout.meta["alt"] == "Bubbles on a map of 1 places. Largest, all exercises: Nukus 2."


def test_a_map_has_a_key_of_sizes_in_its_corner(labels):
    places = pd.DataFrame({"lat": [41.0], "lon": [60.5], "All exercises": [9]}, index=["Nukus"])
    outlines = pd.DataFrame({"lon": [60, 80, 80], "lat": [40, 40, 50], "state": "UZB", "ring": 1})
    *_, key, numbers = bubbles.place_map(places, outlines, labels, SERIES_COLOURS).data
    assert list(numbers.text) == ["1", "4", "9"]
    assert list(key.marker.size) == [10, 20, 30]
    assert list(key.x) == list(numbers.x) == pytest.approx([73.0, 76.2, 79.4])
    assert (set(key.y), set(numbers.y)) == ({49.6}, {48.2})
    assert not key.showlegend and not numbers.showlegend


@pytest.mark.parametrize(
    ("most", "sizes"), [(1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (10, [1, 5, 10])]
)
def test_a_key_shows_one_about_half_and_the_most(most, sizes):
    assert bubbles.key_sizes(most) == sizes


def test_the_size_of_a_bubble_has_one_decimal():
    """A third of the largest count: 30 pixels by the root of a third is 17.32."""
    assert bubbles.bubble(1, 3) == 17.3
