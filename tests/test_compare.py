import pytest

from casi.compare import compared, how_often, portion, trend

WORDS = ("more", "less", "as much")


@pytest.mark.parametrize(
    ("now", "then", "word"),
    [
        (0.5, 0.4, "more"),
        (0.3, 0.4, "less"),
        (0.4, 0.4, "as much"),
        ((0.39, 0.5), 0.26, "more"),
        ((0.39, 0.5), 0.42, "as much"),  # one count says more, the other less
        ((0.46, 0.51), (0.74, 0.9), "less"),
        ((0.46, 0.51), (0.51, 0.9), "as much"),
    ],
)
def test_a_range_is_higher_or_lower_only_as_a_whole(now, then, word):
    assert compared(now, then, *WORDS) == word


@pytest.mark.parametrize(
    ("shares", "word"),
    [((0.83,), "most"), ((0.5,), "most"), ((0.03, 0.09), "little"), ((0.03, 0.1), "part")],
)
def test_a_portion_holds_for_every_count_of_it(shares, word):
    assert portion(*shares) == word


@pytest.mark.parametrize(
    ("share", "word"), [(7 / 79, "rarely"), (0.2, "sometimes"), (0.5, "mostly")]
)
def test_a_share_of_cases_has_a_word(share, word):
    assert how_often(share) == word


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0.2, 0.3, 0.5], "rises steadily"),
        ([0.5, 0.3, 0.2], "falls steadily"),
        ([0.2, 0.5, 0.3], "shows no steady trend"),
        ([0.2, 0.2, 0.3], "shows no steady trend"),
    ],
)
def test_a_trend_has_no_turn(values, words):
    assert trend(values) == words
