import pandas as pd
import pytest
from deliveries import COLUMNS, STATES

from casi.measures import supplier_windows, suppliers


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


def test_kazakhstan_and_the_other_four_stand_apart_with_their_deliveries(transfers):
    table = supplier_windows.kazakhstan_and_others(transfers)
    assert table.index[0] == "Kazakhstan, 2016–2020 (0)"  # a window without a delivery
    assert table.iloc[0].isna().all()
    assert table.iloc[1:].round(2).to_dict("index") == {
        "Kazakhstan, 2021–2025 (4)": {"China": 0.0, "Europe": 0.2, "Russia": 0.8},
        "Other four, 2016–2020 (5)": {"China": 0.0, "Europe": 0.0, "Russia": 1.0},
        "Other four, 2021–2025 (3)": {"China": 0.75, "Europe": 0.0, "Russia": 0.25},
    }


def test_a_row_by_the_other_dating_follows_where_it_moves_russias_share():
    """Of the 10 that Russia delivered to Uzbekistan in 2020, the other dating has 4 in 2021."""
    rows = [
        ("KAZ", "RUS", 2018, 5.0, None),
        ("KAZ", "RUS", 2025, 5.0, None),
        ("UZB", "RUS", 2012, 1.0, None),
        ("UZB", "RUS", 2020, 10.0, 4.0),
        ("UZB", "CHN", 2020, 10.0, None),
        ("UZB", "CHN", 2025, 4.0, None),
    ]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "year_later_tiv_millions"]).assign(deals=1)
    table = suppliers.with_groups(table, STATES)
    found = supplier_windows.by_both_datings(table, "2016–2020")["Russia"]
    assert found.to_dict() == {
        "Kazakhstan, 2016–2020 (1)": 1,
        "Kazakhstan, 2021–2025 (1)": 1,
        "Other four, 2016–2020 (2)": 0.5,
        "Other four, 2016–2020 (other dating)": pytest.approx(6 / 16),
        "Other four, 2021–2025 (1)": 0,
        "Other four, 2021–2025 (other dating)": 0.5,
    }
    # no row of the first window, nor of one without deliveries
    assert len(supplier_windows.by_both_datings(table, "2011–2015")) == 7
