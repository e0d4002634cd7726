import pandas as pd
import pytest

from casi.measures import rearmament
from casi.tables import load


@pytest.fixture
def deals():
    rows = [
        ("KGZ", "RUS", 2020, 2020, 40.0),
        ("KGZ", "TUR", 2021, 2022, 30.0),
        ("KGZ", "BLR", 2022, 2023, 20.0),
        ("TJK", "IRN", 2022, 2025, 0.5),
        ("TJK", "USA", 2021, 2021, 1.5),
        ("TJK", "CHN", 2024, 2025, 70.0),
        ("KAZ", "CHN", 2021, 2022, 90.0),
    ]
    columns = ["recipient", "supplier", "order_year", "delivered_to", "tiv_millions"]
    return pd.DataFrame(rows, columns=columns)


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
    table = rearmament.before_and_after(deals, ["TJK"], 2019).set_index("ordered")
    numbers = ["deals", "suppliers", "tiv_millions", "given"]
    assert table.loc["before 2019", numbers].tolist() == [2, 1, 2.5, 0.0]
    assert table.loc["2019 and after", numbers].tolist() == [3, 2, 58.0, 2 / 3]
    assert table.index.tolist() == ["before 2019", "2019 and after"]


def test_orders_are_those_of_the_two_states_since_the_first_clash(deals):
    assert rearmament.orders(deals)["tiv_millions"].tolist() == [30.0, 20.0, 0.5, 1.5, 70.0]


def test_headline_by_hand(deals, monkeypatch):
    sides = [(clash, side) for clash in rearmament.CLASHES.values() for side in ("KGZ", "TJK")]
    dead = pd.DataFrame({"best": [36.0, 19.0, 63.0, 41.0]}, index=pd.MultiIndex.from_tuples(sides))
    monkeypatch.setattr(rearmament.borders, "casualties", lambda clashes, figures: dead)
    assert rearmament.headline(deals, None, None) == {
        "kgz_dead_2021": 36,
        "tjk_dead_2021": 19,
        "kgz_dead_2022": 63,
        "tjk_dead_2022": 41,
        "kgz_tiv": 50.0,
        "tjk_tiv": 72.0,
        "kgz_ordered": 2021,
        "kgz_arrived": 2023,
        "china_ordered": 2024,
        "china_arrived": 2025,
        "tjk_before_china_deals": 2,
        "tjk_before_china_tiv": 2.0,
    }


# The record itself.


def test_both_clashes_have_a_count_of_each_side():
    tables = map(load, ("arms_deals", "clashes", "clash_figures"))
    found = rearmament.headline(*tables)
    assert (found["kgz_dead_2022"], found["tjk_dead_2022"]) == (63, 41)
