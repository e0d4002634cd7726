import pandas as pd
import pytest

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
    columns = ["recipient", "supplier", "delivery_year", "tiv_millions"]
    states = pd.DataFrame(
        {"iso3": ["RUS", "FRA", "CHN"], "supplier_group": ["Russia", "Europe", "China"]}
    )
    return suppliers.with_groups(pd.DataFrame(rows, columns=columns), states)


def test_windows_are_counted_back_from_the_last_year():
    assert suppliers.window(2025) == "2021–2025"
    assert suppliers.window(2021) == "2021–2025"
    assert suppliers.window(2020) == "2016–2020"
    assert suppliers.window(1995) == "1991–1995"


def test_with_groups(transfers):
    assert transfers.loc[1, ["supplier_group", "window"]].tolist() == ["Europe", "2021–2025"]


def test_volumes_and_shares_add_up(transfers):
    table = suppliers.volumes(transfers, "window", "supplier_group")
    assert table.loc["2021–2025"].to_dict() == {"China": 75.0, "Europe": 20.0, "Russia": 105.0}
    assert suppliers.shares(table).sum(axis=1).tolist() == [1.0, 1.0]


def test_a_state_without_deliveries_has_no_shares():
    table = pd.DataFrame({"RUS": [0.0, 1.0]}, index=["TKM", "KAZ"])
    assert suppliers.shares(table).loc["TKM"].isna().all()


def test_herfindahl_hirschman_of_one_and_of_four_equal_suppliers():
    assert suppliers.herfindahl_hirschman(pd.Series([1.0])) == 1.0
    assert suppliers.herfindahl_hirschman(pd.Series([0.25] * 4)) == 0.25
    assert pd.isna(suppliers.herfindahl_hirschman(pd.Series([0.5, None])))


def test_mix_similarity_by_hand():
    """Common volume: 0.2 from Russia, nothing from China or France."""
    first = pd.Series({"RUS": 0.8, "FRA": 0.2, "CHN": 0.0})
    second = pd.Series({"RUS": 0.2, "FRA": 0.0, "CHN": 0.8})
    assert suppliers.mix_similarity(first, second) == pytest.approx(0.2)
    assert suppliers.mix_similarity(first, first) == pytest.approx(1.0)


def test_similarities_leave_out_states_that_received_nothing():
    mixes = pd.DataFrame({"RUS": [1.0, 0.5, None], "CHN": [0.0, 0.5, None]}, index=["A", "B", "C"])
    assert suppliers.similarities(mixes).values.tolist() == [["A", "B", 0.5]]


def test_similarity_by_window(transfers):
    table = suppliers.similarity_by_window(transfers)
    assert table.loc["2021–2025", "similarity"] == pytest.approx(0.25)
    assert table.loc["2021–2025", "without_largest"] == pytest.approx(0.0)
    assert table.loc["2016–2020", "similarity"] == pytest.approx(1.0)


def test_concentration(transfers):
    table = suppliers.concentration(transfers).set_index(["recipient", "window"])
    row = table.loc[("KAZ", "2021–2025")]
    assert (row["largest"], row["largest_share"], row["index"]) == ("RUS", 0.8, 0.68)


def test_before_and_after_splits_orders_and_counts_gifts():
    deals = pd.DataFrame(
        {
            "deal": ["a", "b", "c", "d"],
            "recipient": ["TJK", "TJK", "TJK", "KGZ"],
            "supplier": ["RUS", "CHN", "CHN", "TUR"],
            "order_year": [2019, 2018, 2024, 2021],
            "tiv_millions": [1.0, 2.0, 50.0, 9.0],
            "note": ["a gift or aid", "possibly a gift", None, None],
        }
    )
    table = suppliers.before_and_after(deals, ["TJK"], 2021).set_index("ordered")
    numbers = ["deals", "suppliers", "tiv_millions", "given"]
    assert table.loc["before 2021", numbers].tolist() == [2, 2, 3.0, 0.5]
    assert table.loc["2021 and after", numbers].tolist() == [1, 1, 50.0, 0.0]


def test_by_year_fills_years_without_deliveries(transfers):
    table = suppliers.by_year(transfers, 2015)
    assert table.index.tolist() == list(range(2015, 2026))
    assert table.loc[2015].sum() == 0.0
    assert table.loc[2025, "TJK"] == 75.0


def test_change_of_top():
    concentrations = pd.DataFrame(
        {
            "recipient": ["TJK", "TJK"],
            "window": ["a", "b"],
            "largest": ["RUS", "CHN"],
            "index": [0.8, 0.9],
        }
    )
    row = suppliers.change_of_top(concentrations, "a", "b").loc["TJK"]
    assert (row["before"], row["after"], row["index"]) == ("RUS", "CHN", 0.9)


def test_swings_name_the_last_three_windows():
    alike = pd.DataFrame(
        {"similarity": [0.9, 0.2, 0.5, 0.1], "without_largest": [0.8, 0.3, 0.4, 0.0]}
    )
    facts = suppliers.swings(alike)
    assert (facts["alike_earlier"], facts["alike_then"], facts["alike"]) == (0.2, 0.5, 0.1)
    assert (facts["alike_highest"], facts["trimmed"]) == (0.9, 0.0)


def test_drone_reports_leave_out_other_arms_and_suppliers():
    reports = pd.DataFrame(
        {
            "recipient": ["TJK", "KAZ", "KGZ"],
            "supplier": ["IRN", "TUR", "BLR"],
            "item": ["Ababil-2", "Arma vehicle", "drone"],
            "kind": ["joint_production"] * 3,
            "date": pd.to_datetime(["2022-05-17"] * 3),
            "date_precision": ["day"] * 3,
        }
    )
    [row] = suppliers.drone_reports(reports).to_dict("records")
    assert (row["item"], row["kind"], row["when"]) == (
        "Ababil-2",
        "joint production",
        "17\u00a0May\u00a02022",
    )


# The record itself.


def test_headline_of_the_real_register():
    facts = suppliers.headline(suppliers.with_groups(load("arms_transfers"), load("states")))
    assert facts["now"] == "2021–2025"
    assert facts["russia"] == pytest.approx(0.525, abs=0.001)
    assert facts["russia_rest"] == pytest.approx(0.032, abs=0.001)
    assert facts["pair_volume"] == pytest.approx(72.75 + 78.32, abs=0.01)
