import pytest

from casi.charts import ticks


@pytest.mark.parametrize(
    ("highest", "step", "top"),
    [
        (1.0, 0.2, 1.0),
        (9, 2, 10),
        (10, 2, 10),
        (26, 5, 30),
        (75.2, 10, 80),
        (757, 100, 800),
        (4, 1, 4),
    ],
)
def test_the_last_tick_is_at_or_above_the_data(highest, step, top):
    assert ticks.numbers(highest) == pytest.approx((step, top))


@pytest.mark.parametrize(("highest", "step", "top"), [(1, 1, 4), (3, 1, 4), (9, 2, 10)])
def test_no_tick_stands_between_whole_numbers(highest, step, top):
    assert ticks.numbers(highest, whole=True) == (step, top)


def test_names_break_where_they_would_touch():
    """Of 640 pixels six names have 14 letters each, ten have 8."""
    assert ticks.names(["2001–2005"] * 6) == {"tickfont": {"size": 13}}
    assert ticks.names(["2001–2005"] * 10)["ticktext"][0] == "2001–\n2005"
    long = ticks.names(["2001–2005 (n\u00a0=\u00a023)"] * 6)
    assert long["ticktext"][0] == "2001–2005\n(n\u00a0=\u00a023)"
    assert long["tickangle"] == 0


def test_names_beside_the_axes_take_room():
    assert "ticktext" in ticks.names(["2001–2005"] * 6, beside=240)


def test_a_grid_reads_from_the_top_and_has_room_for_its_marks():
    layout = ticks.grid(["Aid", "Talks"], ["Ours", "Theirs", "All"], right=0.65)
    assert layout["yaxis"]["categoryarray"] == ["All", "Theirs", "Ours"]
    assert layout["yaxis"]["range"] == [-0.6, 2.6]
    assert (layout["xaxis"]["range"], layout["xaxis"]["side"]) == ([-0.5, 1.65], "top")
    assert layout["height"] == 3 * 30 + 110


def test_a_range_of_years_is_half_a_year_wider_and_names_have_none():
    assert ticks.years([1992, 2000, 2026]) == [1991.5, 2026.5]
    assert ticks.years(["2001–2005"]) is None


def test_years_are_left_to_plotly():
    assert "ticktext" not in ticks.names(list(range(1991, 2026)))
