"""Numbers that cannot be: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import refused, table


def figures(unit, low, best, high):
    return table("figure unit low best high", (1, unit, low, best, high))


@pytest.mark.parametrize("unit", ["persons", "items", "units"])
def test_persons_and_items_have_no_fractions(unit):
    assert refused("counts_are_whole", reported_figures=figures(unit, None, 15.0, 16.0)) == set()
    wrong = refused("counts_are_whole", reported_figures=figures(unit, 14.5, 15.0, 16.5))
    assert wrong == {("reported_figures.low", 0), ("reported_figures.high", 0)}


def test_dollars_may_have_fractions():
    assert refused("counts_are_whole", reported_figures=figures("usd", None, 1.5, None)) == set()


def test_the_dead_of_a_clash_are_whole_persons():
    rows = table("figure low best high", (1, None, 1.5, None), (2, None, 1.0, None))
    assert refused("counts_are_whole", clash_figures=rows) == {("clash_figures.best", 0)}


def test_a_part_of_a_volume_is_not_above_it():
    columns = "tiv_millions multi_year_tiv_millions year_later_tiv_millions"
    rows = table(columns, (10.0, 10.0, 10.0), (10.0, 11.0, None), (10.0, 5.0, 6.0))
    assert refused("parts_of_volume_fit", arms_transfers=rows) == {
        ("arms_transfers.multi_year_tiv_millions", 1),
        ("arms_transfers.year_later_tiv_millions", 2),
    }


def test_one_state_sends_no_more_than_all_together():
    columns = "subject measure low best high"
    whole = ("e", "personnel", None, 3000.0, 3500.0)
    rows = table(
        columns,
        whole,
        ("e", "personnel_KAZ", None, 3500.0, None),
        ("e", "personnel_KGZ", 3400.0, None, 4000.0),
        ("e", "personnel_RUS", None, 3501.0, None),
        ("other", "personnel_RUS", None, 9000.0, None),
        ("e", "personnel_umbrella_stage", None, 9000.0, None),
    )
    wrong = {("reported_figures.best", 3)}
    assert refused("troops_of_one_state_fit", reported_figures=rows) == wrong


SPENDING = "year spending_usd_2023_millions spending_usd_current_millions spending_gdp_percent note"


def test_constant_and_current_dollars_are_equal_in_the_base_year():
    rows = table(
        SPENDING,
        (2023, 100.0, 100.5, 1.0, None),
        (2023, 100.0, 103.0, 1.0, None),
        (2022, 100.0, 150.0, 1.0, None),
        (2023, 100.0, None, 1.0, None),
    )
    assert refused("dollars_agree_in_base_year", military_spending=rows) == {
        ("military_spending.spending_usd_2023_millions", 1)
    }


def test_a_year_without_amounts_says_why():
    gap = (2022, None, None, None)
    rows = table(SPENDING, (*gap, "not published"), (*gap, None), (2022, None, None, 1.0, None))
    assert refused("gap_has_a_reason", military_spending=rows) == {("military_spending.note", 1)}


def test_a_figure_says_some_number():
    empty = figures("persons", None, None, None)
    full = table(SPENDING, (2022, 1.0, 1.0, 1.0, None))
    some = {"military_spending": full, "reported_figures": figures("persons", 1.0, None, None)}
    assert refused("gap_has_a_reason", **some) == set()
    assert refused("gap_has_a_reason", **some | {"clash_figures": empty}) == {
        ("clash_figures.figure", 0)
    }


def test_a_row_of_deaths_is_of_a_year_in_which_somebody_died():
    rows = table("low best high", (0, 0, 1), (0, 0, 0))
    assert refused("deaths_are_of_someone", conflict_deaths=rows) == {("conflict_deaths.high", 1)}


@pytest.mark.parametrize(("marked", "wrong"), [(True, set()), (False, {0})])
def test_a_volume_is_as_uncertain_as_its_deals(marked, wrong):
    line, names = ("KGZ", "RUS", "Aircraft"), "recipient supplier category"
    deals = table(
        f"{names} delivered_from delivered_to order_year_estimated number_delivered_estimated",
        (*line, 2018, 2019, False, True),
        (*line, 2020, 2021, False, False),
    )
    rows = table(
        f"{names} delivery_year order_year_estimated number_estimated",
        (*line, 2019, False, marked),
        (*line, 2020, False, False),
        ("KAZ", *line[1:], 2019, False, not marked),
    )
    found = refused("uncertain_as_the_deals_are", arms_deals=deals, arms_transfers=rows)
    assert found == {("arms_transfers.number_estimated", row) for row in wrong}


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("KAZ", 2.5), ("KAZ", None), ("UZB", 1.0)], False),
        ([("KAZ", 2.6), ("UZB", 1.0)], True),
        ([("UZB", 2.5), ("UZB", 1.0)], True),
    ],
)
def test_rows_add_up_to_what_the_file_of_the_publisher_did(rows, wrong):
    sums = table(
        "table column state total",
        *[("deaths", "low", *row) for row in (("KAZ", 2.5), ("UZB", 1.0))],
    )
    found = refused("sums_are_those_of_the_import", sums=sums, deaths=table("state low", *rows))
    assert bool(found) == wrong


def test_a_state_has_one_basis_of_its_spending():
    def found(*bases):
        rows = table("state basis", *[("KAZ", basis) for basis in bases], ("UZB", "budget"))
        return refused("basis_is_that_of_the_state", military_spending=rows)

    assert found("actual", "actual") == set()
    assert found("actual", "actual", "budget") == {("military_spending.basis", 2)}
