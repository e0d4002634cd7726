"""Borders and clashes: each rule on a table that breaks it and one that does not."""

from hand_made import faults_of_the_record, refused, table

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


def test_the_share_of_a_line_that_is_marked_does_not_fall_by_half():
    def found(percent, stage="demarcated", date="2020-01-01", first="demarcated"):
        columns = "border date stage of_what percent"
        before = ("kaz-rus", "2019-01-01", first, "whole_line", 86.0)
        rows = table(columns, before, ("kaz-rus", date, stage, "whole_line", percent))
        return refused("share_does_not_fall", border_progress=rows)

    assert found(8.9) == {("border_progress.percent", 1)}
    assert found(8.9, first="agreed", stage="agreed") == {("border_progress.percent", 1)}
    assert found(43.0) == found(8.9, stage="delimited") == found(8.9, date="2018-01-01") == set()
