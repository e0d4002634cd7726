"""Numbers beside others of their kind: each rule on one that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table

from casi.contradictions import totals


@pytest.mark.parametrize(
    ("note", "numbers"),
    [
        ("1,200 of them, 30.5 from one", {1200.0, 30.5}),
        ("on 12 May 2020, in 2021", set()),
        (None, set()),
    ],
)
def test_numbers_of_a_note_are_neither_days_nor_years(note, numbers):
    assert totals.numbers_in(note) == numbers


@pytest.mark.parametrize(
    ("best", "note", "wrong"),
    [
        (100.0, "100 came", False),
        (110.0, "100 came", True),
        (110.0, "100 came, 10 more later", False),
        (200.0, "100 came", False),
        (110.0, None, False),
        (None, "100 came", False),
    ],
)
def test_a_figure_is_not_a_little_off_the_number_of_its_note(best, note, wrong):
    rows = table("subject measure low best high note", ("s", "dead", None, best, None, note))
    found = refused("figure_is_that_of_its_note", reported_figures=rows)
    assert found == ({("reported_figures.best", 0)} if wrong else set())


@pytest.mark.parametrize(
    ("best", "others", "wrong"), [(500, 3, 0), (5000, 3, 1), (10, 3, 1), (5000, 2, 0)]
)
def test_troops_are_not_many_times_those_of_the_series(best, others, wrong):
    sizes = [best, *[200, 220, 240][:others]]
    exercises = table("exercise series", *[(str(n), "s") for n in range(len(sizes))])
    figures = [(str(n), "personnel", None, size, None) for n, size in enumerate(sizes)]
    rows = table("subject measure low best high", *figures)
    found = refused("figure_is_near_its_series", reported_figures=rows, exercises=exercises)
    assert found == ({("reported_figures.best", 0)} if wrong else set())


@pytest.mark.parametrize(
    ("ordered", "delivered", "note", "wrong"),
    [(4, 4, None, 0), (5, 4, None, 1), (4, 5, None, 1), (5, 4, "One was lost.", 0)],
)
def test_what_was_ordered_was_delivered_or_the_note_says_why_not(ordered, delivered, note, wrong):
    columns = "deal number_ordered number_delivered note"
    rows = table(columns, ("d", ordered, delivered, note))
    assert len(refused("deal_is_delivered_or_explained", arms_deals=rows)) == wrong


def test_the_length_of_a_border_is_one_that_a_statement_gives():
    stated = table("border km whole_km", ("kaz-uzb", 100.0, 2350.0), ("kaz-kgz", 1.0, 1200.0))

    def found(km):
        rows = table("border border_km", ("kaz-uzb", km))
        return refused("length_is_one_stated", border_segments=rows, border_progress=stated)

    assert found(2350.0) == found(None) == set()
    assert found(2351.0) == found(1200.0) == {("border_segments.border_km", 0)}


def test_a_number_of_an_incident_is_that_of_its_note():
    columns = [f"{harm}_{which}" for harm in ("killed", "wounded") for which in totals.RANGE]

    def found(wounded):
        row = (None, 3, None, None, wounded, None, "30 were hurt")
        rows = table(" ".join([*columns, "note"]), row)
        return refused("figure_is_that_of_its_note", incidents=rows)

    assert found(30) == set()
    assert found(33) == {("incidents.wounded_best", 0)}


@pytest.mark.parametrize(
    ("early", "late", "wrong"),
    [((4, 0), (0, 4), set()), ((5, 0), (0, 4), {"early"}), ((4, 0), (1, 4), {"late"})],
)
def test_a_volume_is_the_same_delivered_early_or_late(early, late, wrong):
    columns = "recipient supplier category tiv_millions early_tiv_millions late_tiv_millions"
    line = ("TJK", "IRN", "Aircraft", 2.0)
    rows = table(columns, *[(*line, *bounds) for bounds in zip(early, late, strict=True)])
    rows.loc[2] = ["TJK", "IRN", "Aircraft", 9.0, None, None]  # of known years
    found = refused("bounds_hold_the_volume", arms_transfers=rows)
    assert found == {(f"arms_transfers.{name}_tiv_millions", n) for name in wrong for n in (0, 1)}


def test_a_council_that_meets_every_year_is_numbered_by_the_years():
    def found(*numbers):
        rows = [("sco", "heads", f"{2001 + n}-06-01", number) for n, number in enumerate(numbers)]
        rows = table("body council date_start number", *rows)
        return refused("yearly_number_counts_years", body_meetings=rows)

    assert found(1, 2, 3, 4) == found(1, None, 3, 4) == set()
    assert found(1, 2, 3, 5) == {("body_meetings.number", 3)}
    assert found(1, 2, 4) == found(1, 3, 4, 7) == set()  # too few, and no rule of years


def test_a_figure_without_a_preferred_one_says_why():
    def found(preferred, note=None, other=False):
        columns = "clash side measure who preferred note"
        rows = [("c", None, "dead", "all", preferred, note)]
        rows += [("c", None, "dead", "all", True, None)] if other else []
        return refused(
            "other_figure_is_preferred_or_explained", clash_figures=table(columns, *rows)
        )

    assert found(True) == found(False, "A claim.") == found(False, other=True) == set()
    assert found(False) == {("clash_figures.preferred", 0)}


def test_the_record_has_no_fault_of_totals():
    assert faults_of_the_record(totals) == []
