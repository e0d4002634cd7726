"""Borders and clashes: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import borders

TREATIES = table(
    "treaty kind date_opened",
    ("border-kaz-kgz-2001", "border", "2001-12-15"),
    ("border-kaz-kgz-2017", "border", "2017-12-25"),
)


def border(**changes):
    columns = (
        "border state_a state_b border_km delimited delimited_date demarcated demarcated_date "
        "demarcated_precision treaties"
    )
    keys = "border-kaz-kgz-2001;border-kaz-kgz-2017"
    row = (
        "kaz-kgz",
        "KAZ",
        "KGZ",
        1257.07,
        "full",
        "2001-12-15",
        "full",
        "2017-12-25",
        "day",
        keys,
    )
    frame = table(columns, row)
    return frame.assign(**changes).astype({"delimited_date": "M8[ns]", "demarcated_date": "M8[ns]"})


def test_a_border_is_of_two_neighbours_and_has_their_key():
    def found(**changes):
        return refused("border_is_of_neighbours", border_segments=border(**changes))

    assert found() == set()
    wrong = {("border_segments.border", 0)}
    assert found(state_b="UZB") == found(border="kaz-tjk", state_b="TJK") == wrong


def stages(**changes):
    return refused("border_stages_in_order", border_segments=border(**changes), treaties=TREATIES)


def test_a_border_is_delimited_before_it_is_demarcated():
    assert stages() == set()
    assert stages(delimited="partial") == {
        ("border_segments.delimited", 0),
        ("border_segments.demarcated", 0),
    }
    assert ("border_segments.demarcated_date", 0) in stages(demarcated_date="1999-12-25")
    assert stages(delimited="none", delimited_date=None, demarcated=None, demarcated_date=None) == {
        ("border_segments.delimited", 0)
    }


def test_the_order_of_stages_counts_where_no_treaty_is_listed():
    early = stages(demarcated_date="1999-12-25", treaties=None)
    assert early == {("border_segments.demarcated_date", 0)}


def test_the_dates_of_a_border_are_those_of_its_treaties():
    assert stages(delimited_date="2001-12-16") == {("border_segments.delimited_date", 0)}


def test_the_treaties_of_a_border_are_those_of_its_states():
    def found(keys):
        rows = border(treaties=keys)
        return refused("border_treaties_are_of_its_states", border_segments=rows, treaties=TREATIES)

    assert found("border-kaz-kgz-2001;border-kaz-kgz-2017") == set()
    assert found("border-kaz-kgz-2001;border-kaz-kgz-2017;border-kaz-uzb-2001") == {
        ("border_segments.treaties", 0)
    }
    assert found("border-kaz-kgz-2001") == {("treaties.treaty", 1)}


def statements(*rows):
    columns = "statement border date stage of_what percent km whole_km"
    return table(columns, *rows)


def lengths(*rows, **changes):
    given = {"border_progress": statements(*rows), "border_segments": border(**changes)}
    return refused("lengths_agree", **given)


LENGTH = ("kaz-kgz-2017", "kaz-kgz", "2017-12-22", "length", "whole_line", None, 1241, 1241)


def test_the_lengths_of_a_border_agree():
    assert lengths(LENGTH) == set()
    assert lengths(LENGTH, border_km=12570.7) == {("border_segments.border_km", 0)}


def test_a_part_is_not_longer_than_the_whole_and_its_share_fits():
    def agreed(percent, km, whole=1241):
        return lengths(
            LENGTH, ("kaz-kgz-2018", "kaz-kgz", None, "agreed", "whole_line", percent, km, whole)
        )

    assert agreed(50, 620) == agreed(None, 620, None) == set()
    assert agreed(None, 1300) == {("border_progress.km", 1)}
    assert agreed(80, 620) == {("border_progress.percent", 1)}


def test_a_length_has_no_share():
    row = (*LENGTH[:5], 100, 1241, 1241)
    assert lengths(row) == {("border_progress.stage", 0)}


def test_nothing_is_demarcated_before_the_first_treaty():
    def found(key, day):
        row = (key, "kaz-kgz", day, "demarcated", "whole_line", None, 100, 1241)
        given = {"border_segments": border(), "treaties": TREATIES}
        return refused("progress_fits_border", border_progress=statements(row), **given)

    assert found("kaz-kgz-2012", "2012-01-01") == set()
    assert found("kaz-kgz-2000", "2000-01-01") == {("border_progress.stage", 0)}
    assert found("kaz-uzb-2012", "2012-01-01") == {("border_progress.border", 0)}


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


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(borders) == []


def test_a_length_is_up_to_a_quarter_off_the_usual_one():
    assert lengths(LENGTH, border_km=1551.25) == lengths(LENGTH, border_km=930.75) == set()
    wrong = {("border_segments.border_km", 0)}
    assert lengths(LENGTH, border_km=1552) == lengths(LENGTH, border_km=930) == wrong


def part(percent, km, whole=1241, of_what="whole_line", stage="agreed"):
    return lengths(LENGTH, ("kaz-kgz-2018", "kaz-kgz", None, stage, of_what, percent, km, whole))


def test_only_the_whole_line_has_its_usual_length():
    assert part(None, 100, 200, of_what="disputed_part") == set()
    short = ("kaz-kgz-2018", "kaz-kgz", None, "agreed", "whole_line", None, 100, 200)
    assert lengths(LENGTH, LENGTH, short) == {("border_progress.whole_km", 2)}
    assert part(None, 1600, 5000, of_what="disputed_part") == {("border_progress.km", 1)}


def test_a_part_is_a_thousandth_above_the_whole_and_a_share_two_points_off_at_most():
    assert part(None, 1242) == set() and part(None, 1243) == {("border_progress.km", 1)}
    assert part(52, 620.5) == part(48, 620.5) == set()
    percent = {("border_progress.percent", 1)}
    assert part(52.1, 620.5) == part(47.9, 620.5) == percent


def test_a_length_is_of_the_whole_line():
    found = part(None, 1241, of_what="disputed_part", stage="length")
    assert found == {("border_progress.stage", 1)}


def test_a_first_kilometre_or_per_cent_is_not_demarcated_before_the_treaty():
    def found(percent, km, day="2000-01-01"):
        row = ("kaz-kgz-2000", "kaz-kgz", day, "demarcated", "whole_line", percent, km, 1241)
        rows = statements(row).astype({"percent": "float64", "km": "float64"})
        given = {"border_segments": border(), "treaties": TREATIES}
        return refused("progress_fits_border", border_progress=rows, **given)

    stage = {("border_progress.stage", 0)}
    assert found(0, 0) == found(None, 0.5, "2001-12-15") == set()
    assert found(0.5, None) == found(None, 0.5) == stage


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


def test_the_share_of_a_line_that_is_marked_does_not_fall_by_half():
    def found(percent, stage="demarcated", date="2020-01-01"):
        columns = "border date stage of_what percent"
        first = ("kaz-rus", "2019-01-01", "demarcated", "whole_line", 86.0)
        rows = table(columns, first, ("kaz-rus", date, stage, "whole_line", percent))
        return refused("share_does_not_fall", border_progress=rows)

    assert found(8.9) == {("border_progress.percent", 1)}
    assert found(43.0) == found(8.9, stage="delimited") == found(8.9, date="2018-01-01") == set()


def test_soldiers_are_not_among_the_displaced():
    def found(measure, who):
        rows = figures(("KGZ", measure, who, 2, "2021-05-01", True))
        return refused("figure_is_of_clash", clash_figures=rows, clashes=clash())

    assert found("displaced", "civilian") == found("dead", "military") == set()
    assert found("displaced", "military") == {("clash_figures.who", 0)}
