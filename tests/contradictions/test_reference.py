"""Sources, states, places, figures, claims: each rule on a table that breaks it and one not."""

import numpy as np
import pandas as pd
import pytest
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import reference


def source(key="tass20181001x", published="2018-10-01", **changes):
    columns = "key kind language published independence_group"
    return table(columns, (key, "press", "en", published, "tass")).assign(**changes)


REFERENCES = table("key published url", ("tass20181001x", "2018-10-01", "https://tass.com/1"))
PACKAGE = table("version created", ("2026.11", "2026-11-23"))


def dated(rows):
    return refused("source_date_fits", sources=rows, references=REFERENCES, package=PACKAGE)


def test_a_source_was_published_when_the_bibliography_and_its_key_say():
    assert dated(source()) == dated(source("x", None)) == set()
    assert dated(source(published="2018-10-02")) == {("sources.published", 0)}
    assert dated(source("ria20181001x", "2018-10-03")) == set()
    assert dated(source("ria20181001x", "2019-10-01")) == {("sources.published", 0)}


def test_no_source_is_younger_than_the_package():
    assert dated(source("x", "2062-10-01")) == {("sources.published", 0)}


def test_the_language_of_a_source_is_one():
    assert dated(source(language="xx")) == {("sources.language", 0)}


def test_a_newsroom_is_one_group_under_one_spelling():
    rows = together(source("a"), source("b"), source("c", independence_group="ta-ss"))
    assert refused("group_has_one_name", sources=rows) == {("sources.independence_group", 2)}
    assert refused("group_has_one_name", sources=rows[:2]) == set()


def test_texts_of_one_body_are_of_one_kind():
    rows = table(
        "key kind independence_group",
        ("a", "primary", "kaz-mod"),
        ("b", "primary", "kaz-mod"),
        ("c", "press", "kaz-mod"),
        ("d", "press", "24kg"),
    )
    assert refused("group_is_of_one_kind", sources=rows) == {("sources.kind", 2)}


def test_a_page_is_cited_under_one_key():
    pages = table(
        "key url",
        ("a", "https://tass.com/1"),
        ("b", "https://tass.com/1"),
        ("c", None),
        ("d", None),
    )
    rows = together(*map(source, "acd"))
    assert refused("page_is_cited_once", sources=rows, references=pages) == set()
    rows = together(*map(source, "ab"))
    assert refused("page_is_cited_once", sources=rows, references=pages) == {("sources.key", 1)}


def test_the_confidence_dataset_rests_on_a_data_set():
    kinds = together(source("press"), source("set", kind="dataset"))
    rows = table(
        "source confidence", ("press;set", "dataset"), ("press", "low"), ("press", "dataset")
    )
    assert refused("confidence_fits_sources", clashes=rows, sources=kinds) == {
        ("clashes.confidence", 2)
    }


def state(code, name, group="outside", nato=None, supplier="Other"):
    columns = "iso3 name group nato_since supplier_group"
    rows = table(columns, (code, name, group, nato, supplier))
    return refused("state_is_described_rightly", states=rows.astype({"nato_since": "Int64"}))


@pytest.mark.parametrize(
    "row",
    [
        ("KAZ", "Kazakhstan", "five"),
        ("AZE", "Azerbaijan", "azerbaijan"),
        ("DEU", "Germany", "outside", 1955, "Europe"),
        ("BIH", "Bosnia and Herzegovina", "outside", None, "Europe"),
        ("TUR", "Türkiye", "outside", 1952, "Türkiye"),
        ("XXX", "Unknown supplier"),
    ],
)
def test_a_state_described_rightly_passes(row):
    assert state(*row) == set()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("KZT", "Kazakhstan"), "iso3"),
        (("KAZ", "Kyrgyzstan", "five"), "name"),
        (("KAZ", "Kazakhstan"), "group"),
        (("AZE", "Azerbaijan", "five"), "group"),
        (("KAZ", "Kazakhstan", "five", 2004), "nato_since"),
        (("FRA", "France", "outside", 1949, "Russia"), "supplier_group"),
        (("FRA", "France", "outside", 1949, "Other"), "supplier_group"),
        (("RUS", "Russia", "outside", None, "Other"), "supplier_group"),
        (("KAZ", "Kazakhstan", "five", None, "Europe"), "supplier_group"),
    ],
)
def test_code_name_and_groups_of_a_state_belong_together(row, column):
    assert state(*row) == {(f"states.{column}", 0)}


SQUARE = table(
    "state ring point lon lat",
    *[
        ("KAZ", 1, n, lon, lat)
        for n, (lon, lat) in enumerate([(60, 45), (65, 45), (65, 50), (60, 50)], 1)
    ],
)


def place(key="a-kaz", name="A", lat=47.0, lon=62.0, precision="town", state="KAZ"):
    return table("place name state lat lon precision", (key, name, state, lat, lon, precision))


def places(*rows):
    return refused("place_lies_in_state", places=together(*rows), outlines=SQUARE)


def test_a_place_lies_in_its_state():
    assert places(place()) == places(place(lat=50.1)) == set()
    assert places(place(lat=52.0)) == {("places.lat", 0)}
    assert places(place("b-rus", lat=55.7, lon=37.6, state="RUS")) == set()
    assert places(place("b-rus", lat=37.6, lon=55.7, state="RUS")) == {("places.lat", 0)}
    inside_another = place("b-rus", lat=47.0, lon=62.0, state="RUS")
    assert places(inside_another) == {("places.lat", 0)}


def test_the_key_of_a_place_holds_its_state_and_stands_once():
    assert places(place("a-uzb")) == {("places.state", 0)}
    assert places(place(), place("again-kaz")) == {("places.place", 1)}


def test_a_place_has_a_point_or_the_precision_none():
    assert places(place(lat=None, lon=None, precision="none")) == set()
    assert places(place(precision="none")) == {("places.precision", 0)}
    assert places(place(lon=None)) == {("places.lat", 0)}


def test_an_outline_is_a_ring_of_near_points_in_the_region():
    assert refused("outline_is_a_ring", outlines=SQUARE) == set()
    swapped = SQUARE.rename(columns={"lon": "lat", "lat": "lon"})
    assert ("outlines.lon", 0) in refused("outline_is_a_ring", outlines=swapped)
    gap = SQUARE.assign(point=[1, 2, 4, 5])
    assert refused("outline_is_a_ring", outlines=gap) == {("outlines.point", 2)}
    far = SQUARE.assign(lon=[60.0, 65, 75, 60])
    assert ("outlines.lon", 2) in refused("outline_is_a_ring", outlines=far)


def figures(*rows, **changes):
    columns = "figure subject measure unit low best high as_of as_of_precision preferred source"
    made = table(columns, *[(n, *row) for n, row in enumerate(rows)]).assign(**changes)
    numbers = dict.fromkeys(["low", "best", "high"], "float64")
    events = table("exercise date_start series", *[(f"e-{n}", "2020-05-02", "s") for n in range(4)])
    return refused(
        "figure_fits_event",
        reported_figures=made.astype(numbers),
        exercises=events,
        meetings=table("meeting date_start"),
        clashes=table("clash date_start"),
        border_segments=table("border", ("kaz-kgz",)),
        milestones=table("milestone", ("railway",)),
        participation=table("event state level role", ("e-0", "KAZ", "contingent", None)),
    )


def troops(best, subject="e-0", measure="personnel", unit="persons", day="2020-05-03", chosen=True):
    return (subject, measure, unit, None, best, None, day, "day", chosen, f"x{best}")


def test_a_figure_is_of_an_event_or_topic_and_of_its_days():
    assert figures(troops(100), troops(9, "mil-spending-kgz", "spending_usd", "usd")) == set()
    assert figures(troops(17, "afg-tjk-clashes-2025", "clashes", "clashes")) == set()
    assert figures(troops(4.7e9, "railway", "cost_usd", "usd")) == set()
    assert figures(troops(100, "e-9")) == {("reported_figures.subject", 0)}
    assert figures(troops(100, day="2019-05-03")) == {("reported_figures.as_of", 0)}


def test_a_figure_has_the_unit_of_its_measure():
    two = troops(100), troops(110, "e-1")
    assert figures(*two, troops(90, "e-2", unit="usd")) == {("reported_figures.unit", 2)}
    for money in (("mil-spending-kgz", "spending_usd", "kgs"), ("railway", "cost_usd", "cny")):
        assert figures(troops(9, *money)) == {("reported_figures.unit", 0)}


def test_a_figure_is_of_a_magnitude_there_is():
    assert figures(troops(-1)) == {("reported_figures.measure", 0)}
    assert figures(troops(900_000)) == {("reported_figures.measure", 0)}
    off = figures(troops(100), troops(1000, chosen=False))
    assert off == {("reported_figures.best", 1)}
    others = [troops(n, f"e-{n % 3 + 1}") for n in (90, 100, 110)]
    assert figures(*others, troops(1000)) == {("reported_figures.best", 3)}


def test_a_figure_counts_a_state_that_took_part_and_stands_once():
    assert figures(troops(100, measure="personnel_KAZ")) == set()
    assert figures(troops(100, measure="personnel_FRA")) == {("reported_figures.measure", 0)}
    assert figures(troops(100), troops(100)) == {("reported_figures.figure", 1)}


def test_coverage_speaks_of_tables_there_are_and_of_years_that_run_forward():
    rows = table(
        "table year_from year_to closed",
        ("clashes", 1999, 2026, pd.Timestamp("2026-02-27")),
        ("none", 1999, 2026, pd.Timestamp("2026-02-27")),
        ("clashes", 1999, 1998, pd.Timestamp("1998-12-31")),
        ("clashes", 1999, 2026, pd.Timestamp("2026-02-28")),
        ("clashes", 1999, 2025, pd.Timestamp("2026-01-01")),
        ("clashes", 1999, 2026, pd.Timestamp("1998-12-31")),
        ("clashes", 1999, 2026, pd.Timestamp("1999-01-01")),
    )
    sources = pd.DataFrame({"published": [pd.Timestamp("2026-02-27"), pd.NaT]})
    found = refused("coverage_names_tables", coverage=rows, clashes=table("clash"), sources=sources)
    assert found == {
        ("coverage.table", 1),
        ("coverage.year_to", 2),
        ("coverage.closed", 2),  # in the last year, and before the first
        ("coverage.closed", 3),
        ("coverage.closed", 4),
        ("coverage.closed", 5),
    }


def claims(*rows):
    made = [(paragraph, statement, since, cited) for paragraph, statement, since, cited in rows]
    return refused("claim_fits_article", claims=table("paragraph statement since source", *made))


def test_claims_stand_in_the_order_of_the_article_and_rest_on_it():
    one = (1, "In 2004 Russia joined.", "In 2025 it did.", "article;x")
    assert claims(one, (3, "Central Asia 2040 is a strategy.", None, "article")) == set()
    assert claims(one, (1, "a", None, "article"), (2, "b", None, "x;y")) == {("claims.source", 2)}
    assert claims((2, "a", None, "article"), (1, "b", None, "article")) == {("claims.paragraph", 1)}
    assert claims(one, (9, "b", None, "article")) == {("claims.paragraph", 1)}


def test_claims_speak_of_the_time_before_the_article_and_since_of_the_time_after():
    assert claims((1, "In 2034 it did.", None, "article")) == {("claims.statement", 0)}
    assert claims((1, "It did.", "In 2015 it ended.", "article")) == {("claims.since", 0)}


def test_states_join_nato_in_a_year_of_its_enlargement():
    states = table("iso3 nato_since", ("TUR", 1952), ("KAZ", None), ("FIN", 2023), ("SWE", 2022))
    assert refused("states_joined_nato_together", states=states) == {("states.nato_since", 3)}


def test_values_of_a_claim_stand_in_both_braces():
    def found(text):
        rows = table("statement correct since", ("Plain.", text, None))
        return refused("places_of_values_are_whole", claims=rows)

    assert found("{a} of {b:word} in {c_d:list}.") == found(None) == set()
    for wrong in ("{a of five", "a} of five", "{} of five", "{a:} of five", "{a b} of five"):
        assert found(wrong) == {("claims.correct", 0)}


def test_a_correction_names_a_row_there_is_and_an_edition_published():
    def found(edition="2026.11", name="meetings", row="m", column="number"):
        rows = table("edition table row column", (edition, name, row, column))
        meetings = table("meeting number", ("m", 1))
        return refused("correction_matches", corrections=rows, meetings=meetings, package=PACKAGE)

    assert found() == found(row="*", column="*") == found(row="gone", column=None) == set()
    assert found(name="parties") == {("corrections.table", 0)}
    assert found(column="size") == {("corrections.column", 0)}
    assert found(row="gone") == {("corrections.row", 0)}
    assert found(edition="2031.01") == {("corrections.edition", 0)}


def test_statements_and_spells_are_not_repeated():
    columns = "statement border date stage of_what percent km whole_km speaker"
    row = ("kaz-kgz", "2001-01-01", "agreed", "whole_line", None, 5, 9, "X")
    spells = table(
        "organisation state status start end",
        ("un", "KAZ", "member", "1992-03-02", "1999-01-01"),
        ("un", "KAZ", "member", "1999-01-01", None),
    )
    rows = table(columns, ("a", *row), ("b", *row))
    assert refused("rows_are_not_repeated", border_progress=rows, memberships=spells) == {
        ("border_progress.statement", 1),
        ("memberships.start", 1),
    }
    spells.loc[1, "start"] = pd.Timestamp("2000-01-01")
    assert refused("rows_are_not_repeated", border_progress=rows[:1], memberships=spells) == set()


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(reference) == []


def test_a_key_is_seven_days_off_and_the_package_as_young_as_a_source_at_most():
    assert dated(source("ria20181001x", "2018-10-08")) == set()
    assert dated(source("ria20181001x", "2018-10-09")) == {("sources.published", 0)}
    assert dated(source("x", "2026-11-23")) == set()
    assert dated(source("x", "2026-11-24")) == {("sources.published", 0)}


def test_a_place_lies_up_to_a_quarter_of_a_degree_outside_the_outline():
    near = [{"lat": 44.8}, {"lat": 50.2}, {"lon": 59.8}, {"lon": 65.2}]
    far = [{"lat": 44.7}, {"lat": 50.3}, {"lon": 59.7}, {"lon": 65.3}]
    assert [places(place(**point)) for point in near] == [set()] * 4
    assert [places(place(**point)) for point in far] == [{("places.lat", 0)}] * 4


def test_a_place_lies_in_a_state_smaller_than_that():
    small = SQUARE.assign(lon=[62, 62.2, 62.2, 62], lat=[47, 47, 47.2, 47.2])
    rows = place(lon=62.1, lat=47.1)
    assert refused("place_lies_in_state", places=rows, outlines=small) == set()


def test_a_place_of_any_other_state_lies_on_the_globe():
    def found(lat, lon):
        return places(place("x-fra", lat=lat, lon=lon, state="FRA"))

    assert found(90.0, 180.0) == found(-90.0, -180.0) == set()
    for point in ((90.1, 2.0), (-90.1, 2.0), (48.0, 180.1), (48.0, -180.1)):
        assert found(*point) == {("places.lat", 0)}


def test_outlines_lie_in_the_region():
    def found(lon, lat):
        rows = table("state ring point lon lat", ("KAZ", 1, 1, lon, lat))
        return refused("outline_is_a_ring", outlines=rows)

    assert found(44.0, 34.0) == found(90.0, 57.0) == set()
    for point in ((43.9, 40.0), (90.1, 40.0), (60.0, 33.9), (60.0, 57.1)):
        assert found(*point) == {("outlines.lon", 0)}


def test_points_of_an_outline_are_six_degrees_apart_at_most():
    def found(lon):
        rows = [("KAZ", 1, 1, 60.0, 45.0), ("KAZ", 1, 2, lon, 45.0)]
        return refused("outline_is_a_ring", outlines=table("state ring point lon lat", *rows))

    assert found(66.0) == set() and found(66.1) == {("outlines.lon", 1)}


def test_a_figure_is_of_four_months_before_its_event_at_the_earliest():
    assert figures(troops(100, day="2020-01-03")) == set()
    assert figures(troops(100, day="2020-01-02")) == {("reported_figures.as_of", 0)}


@pytest.mark.parametrize(("unit", "most"), [("persons", 300_000), ("usd", 1e10), ("percent", 1000)])
def test_so_many_are_the_most_and_zero_the_least(unit, most):
    def found(best):
        measure = "spending_usd" if unit == "usd" else unit
        return figures(troops(best, "mil-spending-kgz", measure, unit))

    wrong = {("reported_figures.measure", 0)}
    assert found(most) == found(0) == set()
    assert found(most + 1) == found(-0.5) == wrong


def test_a_figure_is_eight_times_another_at_most():
    def beside(number):
        return figures(troops(100), troops(number, chosen=False))

    wrong = {("reported_figures.best", 1)}
    assert beside(800) == beside(12.5) == set()
    assert beside(801) == beside(12) == wrong


def test_an_exercise_is_eight_times_the_usual_one_of_three_of_its_series_at_most():
    usual = [troops(100, f"e-{number}") for number in range(2)]
    assert figures(*usual, troops(800, "e-2")) == set()
    assert figures(*usual, troops(801, "e-2")) == {("reported_figures.best", 2)}


def test_claims_skip_two_paragraphs_at_most_and_the_year_of_the_article_is_of_both():
    first = (1, "In 2024 it did.", "In 2024 it ended.", "article")
    assert claims(first, (4, "a", None, "article")) == set()
    assert claims(first, (5, "a", None, "article")) == {("claims.paragraph", 1)}
    assert claims((1, "In 2025 it did.", "In 2023 it ended.", "article")) == {
        ("claims.statement", 0),
        ("claims.since", 0),
    }


def test_a_point_level_with_two_corners_lies_inside_them():
    diamond = np.array([[0, -1], [1, 0], [0, 1], [-1, 0]])
    assert reference.inside(0, 0, diamond)
    assert not reference.inside(2, 0, diamond) and not reference.inside(-2, 0, diamond)
