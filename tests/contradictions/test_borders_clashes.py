"""Clashes and their victims: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import refused, table, together


def clash(key="kgz-tjk-2021-04-28", start="2021-04-28", end="2021-05-01", **changes):
    columns = "clash border state_a state_b date_start date_end date_precision kind shots"
    row = (key, "kgz-tjk", "KGZ", "TJK", start, end, "day", "army", True)
    return table(columns, row).assign(**changes)


def test_a_clash_is_between_the_states_of_its_border():
    def found(*rows):
        return refused("clash_is_of_border", clashes=together(*rows))

    assert found(clash()) == set()
    assert found(clash(state_b="UZB")) == {("clashes.state_a", 0)}
    assert found(clash("kgz-uzb-2021-04-28")) == {("clashes.border", 0)}
    assert found(clash(kind="mines")) == {("clashes.shots", 0)}
    outside = clash("chn-tjk-2021-04-28", border="chn-tjk", state_a="CHN")
    assert found(outside) == {("clashes.border", 0)}


def test_a_clash_is_not_entered_twice():
    later, during = (
        clash("kgz-tjk-2021-07-01", "2021-07-01", "2021-07-01"),
        clash("kgz-tjk-2021-04-30", "2021-04-30"),
    )
    assert refused("clash_is_of_border", clashes=together(clash(), later)) == set()
    assert refused("clash_is_of_border", clashes=together(clash(), during)) == {
        ("clashes.clash", 1)
    }


def figures(*rows):
    columns = "figure clash side measure who low best high as_of as_of_precision reported_by"
    given = [
        (n, "kgz-tjk-2021-04-28", side, measure, who, None, best, None, day, "day", "X", preferred)
        for n, (side, measure, who, best, day, preferred) in enumerate(rows)
    ]
    return table(f"{columns} preferred", *given).astype(
        dict.fromkeys(["low", "best", "high"], "float64")
    )


def test_a_figure_is_of_a_side_of_the_clash_and_of_its_first_day_or_later():
    def found(side, day):
        rows = figures((side, "dead", "all", 2, day, True))
        return refused("figure_is_of_clash", clash_figures=rows, clashes=clash())

    assert found("KGZ", "2021-04-28") == found(None, "2021-05-28") == set()
    assert found("UZB", "2021-04-28") == {("clash_figures.side", 0)}
    assert found("KGZ", "2021-04-27") == {("clash_figures.as_of", 0)}


def test_a_statement_of_victims_stands_once():
    row = ("KGZ", "dead", "all", 2, "2021-05-01", False)
    assert refused("figure_is_of_clash", clash_figures=figures(row, row), clashes=clash()) == {
        ("clash_figures.figure", 1)
    }


def agree(*rows):
    return refused("figures_agree", clash_figures=figures(*rows))


def test_figures_of_one_clash_are_of_one_magnitude():
    day = "2021-05-01"
    assert (
        agree(("KGZ", "dead", "all", 36, day, True), ("KGZ", "dead", "all", 31, day, False))
        == set()
    )
    tenfold = {("clash_figures.best", 0)}
    assert (
        agree(("KGZ", "dead", "all", 360, day, True), ("KGZ", "dead", "all", 31, day, False))
        == tenfold
    )
    assert (
        agree(("KGZ", "dead", "all", 310, day, False), ("KGZ", "dead", "all", 36, day, True))
        == tenfold
    )
    assert agree(("KGZ", "dead", "all", 5000, day, True)) == {("clash_figures.measure", 0)}


def test_soldiers_are_not_more_than_all_and_one_side_not_more_than_both():
    day = "2021-05-01"
    whole = ("KGZ", "dead", "all", 36, day, True)
    assert (
        agree(
            whole, ("KGZ", "dead", "military", 30, day, True), (None, "dead", "all", 55, day, True)
        )
        == set()
    )
    assert agree(whole, ("KGZ", "dead", "military", 40, day, True)) == {("clash_figures.best", 1)}
    assert agree(whole, (None, "dead", "all", 35, day, True)) == {("clash_figures.best", 0)}


def deaths(best, year=2021):
    columns = "state year type dyads low best high"
    dyads = "Government of Kyrgyzstan - Government of Tajikistan"
    return table(columns, ("KGZ", year, "state_based_interstate", dyads, best, best, best))


def ucdp(dead, best, kind="army", year=2021):
    rows = figures((None, "dead", "all", dead, "2021-05-01", True))
    given = {"clash_figures": rows, "clashes": clash(kind=kind)}
    return refused("dead_agree_with_ucdp", conflict_deaths=deaths(best, year), **given)


def test_the_dead_of_a_year_agree_with_those_of_ucdp():
    assert ucdp(55, 56) == ucdp(3, 1, kind="guards") == set()
    assert ucdp(550, 56) == {("clash_figures.best", 0)}
    assert ucdp(55, 560) == {("conflict_deaths.best", 0)}


def test_ten_dead_in_a_clash_without_the_army_are_not_believed_unnamed():
    assert ucdp(9, 9, kind="guards") == set()
    assert ucdp(10, 9, kind="guards") == {("clash_figures.best", 0)}


STATES = table(
    "iso3 name",
    ("KGZ", "Kyrgyzstan"),
    ("TJK", "Tajikistan"),
    ("UZB", "Uzbekistan"),
    ("RUS", "Russia"),
)


def test_the_parties_fit_the_type_of_violence_and_the_place():
    def found(**changes):
        rows = deaths(40).assign(**changes)
        return refused("dyads_fit_type", conflict_deaths=rows, states=STATES)

    assert found() == set()
    assert found(type="non_state") == found(type="one_sided") == {("conflict_deaths.type", 0)}
    assert found(state="UZB") == {("conflict_deaths.state", 0)}
    assert found(state="RUS", type="state_based_intrastate", dyads="Government of Russia - X") == {
        ("conflict_deaths.state", 0)
    }
    assert found(high=1000) == {("conflict_deaths.high", 0)}
    assert ("conflict_deaths.high", 0) in found(low=90_000, best=90_000, high=90_000)


def test_a_clash_that_begins_as_another_ends_is_the_same():
    rows = together(clash(), clash("kgz-tjk-2021-05-01", "2021-05-01"))
    assert refused("clash_is_of_border", clashes=rows) == {("clashes.clash", 1)}


@pytest.mark.parametrize(
    ("measure", "most"),
    [("dead", 1000), ("wounded", 2000), ("hostages", 500), ("displaced", 500_000)],
)
def test_a_clash_has_so_many_victims_at_most(measure, most):
    assert agree(("KGZ", measure, "all", most, "2021-05-01", True)) == set()
    assert agree(("KGZ", measure, "all", most + 1, "2021-05-01", True)) == {
        ("clash_figures.measure", 0)
    }


@pytest.mark.parametrize(
    ("preferred", "other", "faulty"),
    [
        (4, 12, None),  # three times the preferred figure
        (4, 13, 1),
        (3, 10, None),  # up to ten, no figure is far from another
        (3, 11, 1),
        (25, 3, None),  # up to 25, no preferred figure is far from the others
        (26, 3, 0),
        (93, 31, None),
        (94, 31, 0),
    ],
)
def test_a_figure_is_three_times_another_at_most(preferred, other, faulty):
    day = "2021-05-01"
    rows = [("KGZ", "dead", "all", preferred, day, True), ("KGZ", "dead", "all", other, day, False)]
    assert agree(*rows) == (set() if faulty is None else {("clash_figures.best", faulty)})


def test_a_part_may_be_the_whole():
    kinds = [("KGZ", "all"), ("KGZ", "military"), (None, "all")]
    rows = [(side, "dead", who, 36, "2021-05-01", True) for side, who in kinds]
    assert agree(*rows) == set()


def test_ucdp_lists_25_dead_and_at_most_three_times_ours():
    clash_figure, conflict = {("clash_figures.best", 0)}, {("conflict_deaths.best", 0)}
    assert ucdp(24, 6) == set() and ucdp(25, 6) == clash_figure
    assert ucdp(55, 28) == set() and ucdp(56, 28) == clash_figure
    assert ucdp(10, 30) == set() and ucdp(10, 31) == conflict
    assert ucdp(1, 6) == set() and ucdp(1, 7) == conflict


def test_a_year_that_ucdp_has_not_counted_yet_is_not_compared():
    assert ucdp(36, 6, year=2020) == set()
    assert ucdp(36, 7, year=2020) == {("conflict_deaths.best", 0)}


KYRGYZSTAN = "Government of Kyrgyzstan"


@pytest.mark.parametrize(
    ("kind", "dyads"),
    [
        (
            "state_based_interstate",
            f"{KYRGYZSTAN} - Government of Tajikistan;{KYRGYZSTAN} - Government of Uzbekistan",
        ),
        ("state_based_intrastate", f"{KYRGYZSTAN} - X"),
        ("non_state", "X - Y"),
        ("one_sided", f"{KYRGYZSTAN} - Civilians"),
    ],
)
def test_governments_are_two_a_dyad_between_states_one_within_and_none_otherwise(kind, dyads):
    rows = deaths(40).assign(type=kind, dyads=dyads)
    assert refused("dyads_fit_type", conflict_deaths=rows, states=STATES) == set()


@pytest.mark.parametrize(
    ("low", "best", "high", "sound"),
    [
        (40, 40, 600, True),  # fifteen times
        (40, 40, 601, False),
        (3, 45, 45, True),
        (2.9, 45, 45, False),
        (20_000, 20_000, 20_000, True),  # as many as in the civil war of Tajikistan
        (20_000, 20_000, 20_001, False),
    ],
)
def test_low_best_and_high_are_within_fifteen_times_and_20000(low, best, high, sound):
    rows = deaths(40).assign(low=low, best=best, high=high)
    found = refused("dyads_fit_type", conflict_deaths=rows, states=STATES)
    assert found == (set() if sound else {("conflict_deaths.high", 0)})


def test_soldiers_are_not_among_the_displaced():
    def found(measure, who):
        rows = figures(("KGZ", measure, who, 2, "2021-05-01", True))
        return refused("figure_is_of_clash", clash_figures=rows, clashes=clash())

    assert found("displaced", "civilian") == found("dead", "military") == set()
    assert found("displaced", "military") == {("clash_figures.who", 0)}
