import pandas as pd
import pytest
from deliveries import COLUMNS, STATES

from casi.measures import delivery_dates, suppliers


@pytest.fixture
def transfers():
    rows = [
        ("KAZ", "RUS", 2021, 80.0),
        ("KAZ", "FRA", 2025, 20.0),
        ("TJK", "CHN", 2025, 75.0),
        ("TJK", "RUS", 2022, 25.0),
        ("KGZ", "RUS", 2020, 10.0),
        ("TJK", "RUS", 2016, 5.0),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).assign(deals=[3, 1, 2, 1, 4, 1])
    return suppliers.with_groups(table.assign(year_later_tiv_millions=float("nan")), STATES)


def test_windows_of_five_years_are_counted_back_from_the_last_year():
    years = [2025, 2021, 2020, 1995]
    windows = ["2021–2025", "2021–2025", "2016–2020", "1991–1995"]
    assert [delivery_dates.window(year, 2025) for year in years] == windows
    assert delivery_dates.window(2025, 2027) == "2023–2027"


def test_the_edition_of_2025_dates_part_of_a_volume_a_year_later(transfers):
    """Of the 10 of 2020, it has 4 in 2021: in the next window."""
    later = transfers.assign(year_later_tiv_millions=[None, None, None, None, 4.0, None])
    kyrgyz = delivery_dates.year_later(later).query("recipient == 'KGZ'")
    rows = kyrgyz[["delivery_year", "window", "tiv_millions"]].to_numpy().tolist()
    assert rows == [[2020, "2016–2020", 6.0], [2021, "2021–2025", 4.0]]
    assert delivery_dates.year_later(later)["tiv_millions"].sum() == transfers["tiv_millions"].sum()
    pd.testing.assert_frame_equal(
        delivery_dates.year_later(transfers), transfers, check_dtype=False
    )


def test_volume_that_no_edition_splits_is_dated_early_and_late_too(transfers):
    """Of a deal of 2022 and 2025, no edition says how its 100 split."""
    bounds = {"early_tiv_millions": [None, None, 0.0, 100.0, None, None]}
    bounds |= {"late_tiv_millions": [None, None, 100.0, 0.0, None, None]}
    as_is, later, early, late = delivery_dates.datings(transfers.assign(**bounds))
    pd.testing.assert_series_equal(as_is["tiv_millions"], later["tiv_millions"])
    assert early["tiv_millions"].tolist() == [80.0, 20.0, 0.0, 100.0, 10.0, 5.0]
    assert late["tiv_millions"].tolist() == [80.0, 20.0, 100.0, 0.0, 10.0, 5.0]


def test_ranges_cover_the_early_and_the_late_dating(transfers):
    """Tajikistan's largest supplier is China, Russia or either, by how a deal is dated."""
    bounds = {"early_tiv_millions": [None, None, 0.0, 100.0, None, None]}
    bounds |= {"late_tiv_millions": [None, None, 100.0, 0.0, None, None]}
    lost = [
        suppliers.lost_by_russia(rows, "2016–2020", "2021–2025")
        for rows in (transfers, transfers.assign(**bounds))
    ]
    assert lost == [(["TJK"], []), ([], ["TJK"])]


def test_what_is_dated_a_year_later_is_told_with_the_largest_part_first(transfers):
    names = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "RUS": "Russia"}
    later = transfers.assign(
        category=["Aircraft", "Ships", "Missiles", "Missiles", "Sensors", "Missiles"],
        year_later_tiv_millions=[4.0, None, None, None, 6.0, None],
    )
    assert delivery_dates.deliveries_a_year_later(later, names) == [
        ("sensors", "Russia", "Kyrgyzstan", 2020),
        ("aircraft", "Russia", "Kazakhstan", 2021),
    ]


def test_an_edition_that_dates_all_alike_has_nothing_a_year_later(transfers):
    assert delivery_dates.deliveries_a_year_later(transfers, {}) == []
