import pandas as pd
import pytest

from casi.importers import sipri_splits
from casi.importers.base import ImportFault
from casi.importers.sipri_splits import HAND, Deal, Split

DEAL = Deal("UZB", "RUS", "Mi-35M", "2018")


def split(years, delivered, deliveries):
    return sipri_splits.split(DEAL, years, delivered, deliveries)


def test_a_deal_of_one_year_needs_no_split():
    assert split([2019], 5, {}) == Split({2019: 1.0})


def test_the_export_by_delivery_splits_a_deal():
    assert split([2019, 2020], 4, {2019: 1, 2020: 3}).shares == {2019: 0.25, 2020: 0.75}


def test_a_year_no_longer_listed_moves_to_the_nearest_and_is_remembered():
    found = split([2019, 2020], 12, {2019: 4, 2020: 4, 2021: 4})
    assert found.shares == {2019: 4 / 12, 2020: 8 / 12}
    assert found.later == {2020: 4 / 12}


def test_what_the_older_edition_lacks_falls_in_the_years_it_lacks():
    assert split([2023, 2024, 2025], 4, {2023: 2}).shares == {2023: 0.5, 2024: 0.25, 2025: 0.25}


@pytest.mark.parametrize("deliveries", [{}, {2024: 8}])
def test_what_no_source_splits_is_unknown_in_equal_parts(deliveries):
    assert split([2023, 2024], 8, deliveries) == Split({2023: 0.5, 2024: 0.5}, known=False)


def test_a_split_by_hand_must_fit_the_deal_and_gives_way_to_the_publisher():
    deal, numbers = next(iter(HAND.items()))
    years, delivered = list(numbers), sum(numbers.values())
    assert sipri_splits.split(deal, years, delivered, {}).shares == {
        year: n / delivered for year, n in numbers.items()
    }
    published = {years[0]: delivered - 1, years[1]: 1}
    first = sipri_splits.split(deal, years, delivered, published).shares[years[0]]
    assert first == (delivered - 1) / delivered
    with pytest.raises(ImportFault, match="no longer fit HAND"):
        sipri_splits.split(deal, years, delivered + 1, {})


def test_a_deal_is_found_under_another_name_but_not_under_other_states():
    columns = ["id", "recipient", "supplier", "order_year", "category", "year", "item"]
    rows = [
        ("1", "UZB", "RUS", "2018", "Aircraft", "2019", "Mi-35 helicopter", "3"),
        ("1", "UZB", "RUS", "2018", "Aircraft", "2020", "Mi-35 helicopter", "1"),
        ("2", "UZB", "RUS", "2018", "Aircraft", "2019", "An-2", "9"),
        ("3", "UZB", "CHN", "2018", "Aircraft", "2019", "Mi-35M", "9"),
        ("4", "UZB", "RUS", "2017", "Aircraft", "2019", "Mi-35M", "9"),
    ]
    table = pd.DataFrame(rows, columns=[*columns, "number_delivered"])
    found = sipri_splits.deliveries_of(DEAL, "Aircraft", [2019, 2020], table)
    assert found == {2019: 3.0, 2020: 1.0}
    assert sipri_splits.deliveries_of(DEAL, "Ships", [2019, 2020], table) == {}


def test_a_kind_of_weapon_without_category_is_named():
    given = pd.DataFrame({"description": ["laser"], "category": ["Sensors"]})
    assert sipri_splits.kinds(["tank", "laser"], given) == {
        "tank": "Armoured vehicles",
        "laser": "Sensors",
    }
    with pytest.raises(ImportFault, match="no category for 'laser'"):
        sipri_splits.kinds(["tank", "laser"], None)
