import numpy as np
import pandas as pd
import pytest
from deliveries import COLUMNS, STATES

from casi.measures import suppliers
from casi.tables import load


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


def test_each_transfer_gets_its_suppliers_group_and_window(transfers):
    assert transfers.loc[1, ["supplier_group", "window"]].tolist() == ["Europe", "2021–2025"]


def test_the_last_window_ends_with_the_registers_last_year(transfers):
    older = transfers[transfers["delivery_year"] < 2025]
    windows = suppliers.with_groups(older, STATES)["window"]
    assert windows.tolist() == ["2018–2022", "2018–2022", "2018–2022", "2013–2017"]


def test_volumes_and_shares_add_up(transfers):
    table = suppliers.volumes(transfers, "window", "supplier_group")
    assert table.loc["2021–2025"].to_dict() == {"China": 75.0, "Europe": 20.0, "Russia": 105.0}
    assert suppliers.shares(table).sum(axis=1).tolist() == [1.0, 1.0]


def test_a_state_without_deliveries_has_no_shares():
    table = pd.DataFrame({"RUS": [0.0, 1.0], "CHN": [0.0, 3.0]}, index=["TKM", "KAZ"])
    assert suppliers.shares(table).loc["TKM"].isna().all()
    assert suppliers.shares(table).loc["KAZ"].tolist() == [0.25, 0.75]


def test_volumes_sum_rows_and_nothing_delivered_is_zero(transfers):
    table = suppliers.volumes(transfers, "recipient", "supplier")
    assert table.loc["TJK"].to_dict() == {"CHN": 75.0, "FRA": 0.0, "RUS": 30.0}


def test_herfindahl_hirschman_of_one_supplier_of_four_equal_ones_and_of_none():
    mixes = np.array([[1, 0, 0, 0], [0.25] * 4, [np.nan] * 4])
    assert suppliers.herfindahl_hirschman(mixes) == pytest.approx([1, 0.25, np.nan], nan_ok=True)


def test_similarity_is_the_mean_over_pairs_of_the_smaller_shares():
    """Rows are states, columns Russia, France and China."""
    mixes = np.array([[0.8, 0.2, 0.0], [0.2, 0.3, 0.5], [0.5, 0.0, 0.5]])
    pairs = [0.2 + 0.2, 0.5, 0.2 + 0.5]
    assert suppliers.mean_similarity(mixes) == pytest.approx(sum(pairs) / 3)
    assert suppliers.mean_similarity(mixes[[0, 0]]) == pytest.approx(1.0)


def test_similarity_leaves_out_states_that_received_nothing():
    mixes = np.array([[1.0, 0.0], [0.5, 0.5], [np.nan, np.nan]])
    assert suppliers.mean_similarity(mixes) == pytest.approx(0.5)
    assert np.isnan(suppliers.mean_similarity(mixes[1:]))


def test_similarity_by_window(transfers):
    """In 2021–2025 Kazakhstan has 0.8 of Russia, Tajikistan 0.25; in 2016–2020 both have all."""
    table = suppliers.similarity_by_window(transfers)
    assert table["similarity"].to_dict() == {"2016–2020": 1.0, "2021–2025": 0.25}
    assert table.index.name == "window"


def test_similarity_without_the_largest_transfer_of_each_recipient(transfers):
    """Without 80 and 75 France alone supplies Kazakhstan and Russia alone Tajikistan."""
    table = suppliers.similarity_by_window(transfers)
    assert table.loc["2021–2025", "without_largest"] == 0.0
    assert np.isnan(table.loc["2016–2020", "without_largest"])


def test_a_window_in_which_one_state_received_arms_has_no_similarity(transfers):
    alone = transfers[transfers["recipient"] != "KGZ"]
    assert suppliers.similarity_by_window(alone).index.tolist() == ["2021–2025"]


def test_concentration_of_each_state_and_window(transfers):
    table = suppliers.concentration(transfers).set_index(["recipient", "window"])
    assert table.loc[("KAZ", "2021–2025")].to_dict() == {
        "tiv_millions": 100.0,
        "deals": 4,
        "suppliers": 2,
        "largest": "RUS",
        "largest_share": 0.8,
        "index": 0.68,  # 0.8 squared and 0.2 squared
    }
    assert len(table) == 4


def test_concentration_is_rounded():
    rows = [("KAZ", "RUS", 2025, 2.22), ("KAZ", "CHN", 2025, 1.11)]
    transfers = suppliers.with_groups(pd.DataFrame(rows, columns=COLUMNS), STATES)
    [row] = suppliers.concentration(transfers.assign(deals=1)).to_dict("records")
    assert (row["tiv_millions"], row["largest_share"], row["index"]) == (3.3, 0.67, 0.56)


def test_a_range_runs_from_the_low_to_the_high_value_of_a_name():
    values = {"russia_low": 0.03, "russia_high": 0.09, "alone_low": 0.5, "now": "2021–2025"}
    assert suppliers.ranges(values) == {"russia_range": "3–9%"}


def test_by_year_fills_years_without_deliveries(transfers):
    table = suppliers.by_year(transfers, 2015)
    assert table.index.tolist() == list(range(2015, 2026))
    assert table.loc[2015].sum() == 0.0
    assert table.loc[2025, "TJK"] == 75.0


def test_largest_suppliers_of_two_windows_side_by_side():
    concentrations = pd.DataFrame(
        {
            "recipient": ["TJK", "TJK"],
            "window": ["a", "b"],
            "largest": ["RUS", "CHN"],
            "largest_share": [0.9, 0.95],
            "index": [0.8, 0.9],
        }
    )
    row = suppliers.largest_suppliers(concentrations, "a", "b").loc["TJK"]
    assert row.to_dict() == {"before": "RUS", "after": "CHN", "share": 0.95, "index": 0.9}


def test_what_russia_lost_by_both_datings_or_by_one():
    """Kyrgyzstan left Russia by both. Uzbekistan did by one: 3 of its 6 may be of 2021."""
    rows = [
        ("KGZ", "RUS", 2018, 9.0, None),
        ("KGZ", "TUR", 2021, 9.0, None),
        ("UZB", "RUS", 2020, 6.0, 3.0),
        ("UZB", "CHN", 2021, 2.0, None),
        ("TJK", "CHN", 2018, 5.0, None),
        ("TJK", "TUR", 2025, 5.0, None),
        ("KAZ", "RUS", 2018, 5.0, None),
        ("KAZ", "RUS", 2025, 5.0, None),
    ]
    rows = pd.DataFrame(rows, columns=[*COLUMNS, "year_later_tiv_millions"]).assign(deals=1)
    rows = suppliers.with_groups(rows, STATES)
    assert suppliers.lost_by_russia(rows, "2016–2020", "2021–2025") == (["KGZ"], ["UZB"])


def test_smallest_fall_of_russias_share_without_any_one_row():
    """All rows: 50 of 100, then 10 of 50.

    Without the earlier 30 it is 20 of 70, a fall by 2/7 - 0.2; without the later 30 it is 10 of
    20, which is no fall at all.
    """
    rows = [
        ("UZB", "RUS", 2018, 30.0),
        ("UZB", "RUS", 2019, 20.0),
        ("UZB", "CHN", 2018, 50.0),
        ("UZB", "RUS", 2021, 10.0),
        ("UZB", "CHN", 2021, 30.0),
        ("UZB", "CHN", 2025, 10.0),
    ]
    rows = suppliers.with_groups(pd.DataFrame(rows, columns=COLUMNS), STATES)
    assert suppliers.smallest_fall(rows, "2016–2020", "2021–2025") == pytest.approx(0.0)
    spread = rows.assign(tiv_millions=[30.0, 20.0, 50.0, 10.0, 20.0, 20.0])
    found = suppliers.smallest_fall(spread, "2016–2020", "2021–2025")
    assert found == pytest.approx(2 / 7 - 0.2)


def test_deals_of_several_years_make_up_the_volume_their_deals_sum_to():
    """74 of the 246 deals of the register, 3,999.13 million TIV."""
    transfers = load("arms_transfers")
    part = transfers["multi_year_tiv_millions"]
    assert part.sum() == pytest.approx(3999.13)
    assert (part <= transfers["tiv_millions"]).all()
    later = transfers["year_later_tiv_millions"].dropna()
    assert (later <= part[later.index]).all()
