import numpy as np
import pandas as pd
import pytest

from casi.measures import suppliers
from casi.record.lookup import MissingRow
from casi.tables import load

GROUPS = {
    "RUS": "Russia",
    "CHN": "China",
    "TUR": "Türkiye",
    "FRA": "Europe",
    "UKR": "Belarus and Ukraine",
    "BLR": "Belarus and Ukraine",
    "USA": "United States",
    "IRN": "Iran",
}
STATES = pd.DataFrame(GROUPS.items(), columns=["iso3", "supplier_group"])
COLUMNS = ["recipient", "supplier", "delivery_year", "tiv_millions"]


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
    return suppliers.with_groups(pd.DataFrame(rows, columns=COLUMNS), STATES)


def test_windows_of_five_years_are_counted_back_from_the_last_year():
    years = [2025, 2021, 2020, 1995]
    windows = ["2021–2025", "2021–2025", "2016–2020", "1991–1995"]
    assert [suppliers.window(year, 2025) for year in years] == windows
    assert suppliers.window(2025, 2027) == "2023–2027"


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
        "suppliers": 2,
        "largest": "RUS",
        "largest_share": 0.8,
        "index": 0.68,  # 0.8 squared and 0.2 squared
    }
    assert len(table) == 4


def test_concentration_is_rounded():
    rows = [("KAZ", "RUS", 2025, 2.22), ("KAZ", "CHN", 2025, 1.11)]
    transfers = suppliers.with_groups(pd.DataFrame(rows, columns=COLUMNS), STATES)
    [row] = suppliers.concentration(transfers).to_dict("records")
    assert (row["tiv_millions"], row["largest_share"], row["index"]) == (3.3, 0.67, 0.56)


def test_before_and_after_splits_orders_and_counts_gifts():
    deals = pd.DataFrame(
        {
            "deal": ["a", "b", "c", "d", "e", "f"],
            "recipient": ["TJK"] * 5 + ["KGZ"],
            "supplier": ["RUS", "CHN", "CHN", "CHN", "RUS", "TUR"],
            "order_year": [2019, 2018, 2017, 2024, 2020, 2021],
            "tiv_millions": [1.0, 2.0, 0.5, 50.0, 7.0, 9.0],
            "note": ["a gift or aid", "possibly a gift", None, None, "used; a gift", None],
        }
    )
    table = suppliers.before_and_after(deals, ["TJK"], 2019).set_index("ordered")
    numbers = ["deals", "suppliers", "tiv_millions", "given"]
    assert table.loc["before 2019", numbers].tolist() == [2, 1, 2.5, 0.0]
    assert table.loc["2019 and after", numbers].tolist() == [3, 2, 58.0, 2 / 3]
    assert table.index.tolist() == ["before 2019", "2019 and after"]


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
            "index": [0.8, 0.9],
        }
    )
    row = suppliers.largest_suppliers(concentrations, "a", "b").loc["TJK"]
    assert row.to_dict() == {"before": "RUS", "after": "CHN", "index": 0.9}


def test_similarity_headline_gives_the_last_three_windows():
    alike = pd.DataFrame(
        {"similarity": [0.9, 0.8, 0.2, 0.5, 0.1], "without_largest": [0.7, 0.6, 0.3, 0.4, 0.0]}
    )
    assert suppliers.similarity_headline(alike) == {
        "alike": 0.1,
        "alike_then": 0.5,
        "alike_earlier": 0.2,
        "trimmed": 0.0,
        "trimmed_then": 0.4,
    }


def test_drone_reports_leave_out_other_arms_and_suppliers():
    rows = [
        ("TJK", "IRN", "Ababil-2", "2022-05-17"),
        ("KGZ", "TUR", "Bayraktar TB2", "2021-12-18"),
        ("KGZ", "TUR", "Akinci drone", "2021-10-21"),
        ("KAZ", "TUR", "ANKA", "2022-05-13"),
        ("KAZ", "TUR", "Arma vehicle", "2022-05-17"),
        ("KGZ", "BLR", "drone", "2022-05-17"),
    ]
    reports = pd.DataFrame(rows, columns=["recipient", "supplier", "item", "date"])
    reports = reports.assign(
        kind="joint_production", date=pd.to_datetime(reports["date"]), date_precision="day"
    )
    table = suppliers.drone_reports(reports)
    assert table["item"].tolist() == ["ANKA", "Akinci drone", "Bayraktar TB2", "Ababil-2"]
    assert set(table["kind"]) == {"joint production"}
    assert table["when"].iloc[-1] == "17\u00a0May\u00a02022"


DELIVERIES = [  # the last two columns: order year estimated, number estimated
    ("KAZ", "TUR", 2003, 1.0, False, False),
    # 2006–2010, the second window on record: 100
    ("KAZ", "RUS", 2008, 90.0, True, False),
    ("UZB", "UKR", 2008, 10.0, False, False),
    # 2011–2015: 100
    ("KAZ", "RUS", 2013, 70.0, False, False),
    ("KAZ", "CHN", 2013, 10.0, False, False),
    ("TJK", "TUR", 2013, 20.0, False, False),
    # 2016–2020: 100, of which 50 to others than Kazakhstan
    ("KAZ", "RUS", 2018, 50.0, False, False),
    ("KGZ", "RUS", 2018, 20.0, False, False),
    ("TJK", "CHN", 2018, 20.0, False, True),
    ("UZB", "TUR", 2018, 10.0, False, False),
    # 2021–2025: 112 to Kazakhstan, 32 to Kyrgyzstan, 32 to Tajikistan, 24 to Uzbekistan
    ("KAZ", "RUS", 2021, 60.0, False, False),
    ("KAZ", "RUS", 2024, 12.0, False, False),
    ("KAZ", "FRA", 2022, 40.0, True, True),
    ("KGZ", "RUS", 2023, 8.0, False, False),
    ("KGZ", "TUR", 2023, 24.0, False, False),
    ("TJK", "CHN", 2023, 10.0, False, False),
    ("TJK", "CHN", 2024, 20.0, False, False),
    ("TJK", "IRN", 2022, 0.5, False, False),
    ("TJK", "IRN", 2024, 1.5, False, False),
    ("UZB", "RUS", 2021, 4.0, False, False),
    ("UZB", "BLR", 2021, 6.0, False, False),
    ("UZB", "USA", 2025, 8.0, False, False),
    ("UZB", "TUR", 2022, 6.0, False, False),
]
HEADLINE = {
    "now": "2021–2025",
    "then": "2016–2020",
    "earlier": "2011–2015",
    "first": "2006–2010",
    "russia_first": 90 / 100,
    "russia": (72 + 8 + 4) / 200,
    "russia_to_kaz": 72 / (72 + 8 + 4),
    "russia_rest": (8 + 4) / (32 + 32 + 24),
    "russia_rest_then": 20 / 50,
    "china": 30 / 200,
    "china_then": 20 / 100,
    "china_earlier": 10 / 100,
    "turkiye_low": 10 / 100,  # of 20, 10 and 15 per cent in the last three windows
    "turkiye_high": 20 / 100,
    "turkiye_reach": 2,  # Kyrgyzstan, Uzbekistan
    "russia_reach": 3,  # all but Tajikistan
    "europe": 40 / 200,
    "small": (6 + 8 + 2) / 200,
    "kgz_turkiye": 24 / 32,
    "tjk_china": 30 / 32,
    "tjk_china_year": 2024,
    "pair_volume": 32 + 32,
    "largest_to_smallest": 112 / 24,
    "iran": 0.5 + 1.5,
    "iran_from": 2022,
    "iran_to": 2024,
    "doubtful": (90 + 20 + 40) / (1 + 100 + 100 + 100 + 200),
}


@pytest.fixture(scope="module")
def headline():
    deliveries = pd.DataFrame(DELIVERIES, columns=[*COLUMNS, *suppliers.UNCERTAIN])
    return suppliers.headline(suppliers.with_groups(deliveries, STATES))


@pytest.mark.parametrize("key", HEADLINE)
def test_headline_by_hand(headline, key):
    assert headline[key] == pytest.approx(HEADLINE[key])


def test_headline_has_no_other_number(headline):
    assert headline.keys() == HEADLINE.keys()


def test_numbers_of_three_windows_need_three_windows():
    two = suppliers.with_groups(pd.DataFrame(DELIVERIES[-2:], columns=[*COLUMNS, "a", "b"]), STATES)
    with pytest.raises(MissingRow, match="windows with deliveries of arms: needs 3"):
        suppliers.headline(two)
    with pytest.raises(MissingRow, match="windows in which two states received arms: needs 3"):
        suppliers.similarity_headline(suppliers.similarity_by_window(two))


# The record itself.


def test_headline_of_the_real_register():
    facts = suppliers.headline(suppliers.with_groups(load("arms_transfers"), load("states")))
    assert facts["now"] == "2021–2025"
    assert facts["russia"] == pytest.approx(0.525, abs=0.001)
    assert facts["russia_rest"] == pytest.approx(0.032, abs=0.001)
    assert facts["pair_volume"] == pytest.approx(72.75 + 78.32, abs=0.01)


def test_iran_delivered_less_than_a_thousandth_of_the_last_window():
    transfers = suppliers.with_groups(load("arms_transfers"), load("states"))
    recent = transfers[transfers["window"] == "2021–2025"]
    assert suppliers.headline(transfers)["iran"] < recent["tiv_millions"].sum() / 1000
