import numpy as np
import pandas as pd
import pytest

from casi.measures import suppliers, supply_breaks
from casi.tables import load

WINDOWS = {2022: (range(2020, 2022), range(2022, 2024))}


@pytest.fixture
def transfers():
    rows = [
        ("KAZ", "RUS", 2020, "Aircraft", 80.0, False),
        ("KAZ", "TUR", 2021, "Aircraft", 20.0, False),
        ("KGZ", "RUS", 2021, "Aircraft", 10.0, True),
        ("KAZ", "RUS", 2022, "Aircraft", 30.0, False),
        ("KAZ", "RUS", 2023, "Aircraft", 10.0, False),
        ("KAZ", "TUR", 2023, "Missiles", 40.0, False),
        ("KGZ", "TUR", 2023, "Missiles", 20.0, False),
    ]
    columns = ["recipient", "supplier", "delivery_year", "category", "tiv_millions"]
    table = pd.DataFrame(rows, columns=[*columns, "order_year_estimated"])
    return table.assign(number_estimated=False)


def test_spans_are_five_years_or_reach_to_the_registers_end(transfers):
    assert supply_breaks.spans(transfers) == {
        2014: (range(2009, 2014), range(2014, 2019)),
        2022: (range(2017, 2022), range(2022, 2024)),
    }


VOLUMES = np.array([[[80.0, 20.0], [10.0, 0.0], [0.0, 0.0]]])


def test_russian_share_by_hand():
    assert supply_breaks.russian_share(VOLUMES, ["RUS", "TUR"])[0] == pytest.approx(90 / 110)
    assert np.isnan(supply_breaks.russian_share(VOLUMES * 0, ["RUS", "TUR"])[0])


def test_concentration_leaves_out_who_received_nothing():
    # 0.8 squared and 0.2 squared for the first state, 1 for the second
    assert supply_breaks.concentration(VOLUMES, ["RUS", "TUR"])[0] == pytest.approx((0.68 + 1) / 2)


def test_similarity_of_two_states_that_received_arms():
    assert supply_breaks.similarity(VOLUMES, ["RUS", "TUR"])[0] == pytest.approx(0.8)
    assert np.isnan(supply_breaks.similarity(VOLUMES[:, :1], ["RUS", "TUR"])[0])


def test_every_measure_is_read_over_every_break(transfers):
    earlier = transfers.assign(delivery_year=transfers["delivery_year"] - 8)
    found = supply_breaks.changes(pd.concat([transfers, earlier], ignore_index=True), draws=2)
    rows = [(measure, year) for year in (2014, 2022) for measure in supply_breaks.MEASURES]
    assert list(zip(found["measure"], found["year"], strict=True)) == rows


def test_lines_of_supply_sum_years(transfers):
    lines = supply_breaks.lines_of_supply(transfers, range(2022, 2024))
    assert lines["tiv_millions"].tolist() == [40, 40, 20]


def test_changes_by_hand(transfers):
    found = supply_breaks.changes(transfers, WINDOWS, draws=200).set_index("measure")
    share = found.loc["Russia's share"]
    assert (share["before"], share["after"]) == pytest.approx((90 / 110, 0.4))
    assert share["low"] <= share["change"] <= share["high"]
    # without the flagged delivery to Kyrgyzstan
    assert (share["sure_before"], share["sure_after"]) == pytest.approx((0.8, 0.4))
    # without the 80 from Russia its share before was 10 of 30
    assert share["furthest"] == pytest.approx(0.4 - 10 / 30)
    assert share[supply_breaks.LINE].tolist() == ["KAZ", "RUS", "Aircraft"]


def test_the_spread_is_the_same_in_every_run(transfers):
    first, second = (supply_breaks.changes(transfers, WINDOWS, draws=50) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_means_are_over_the_states_that_received_anything_in_both_windows(transfers):
    early = transfers.iloc[[0]].assign(recipient="TKM", supplier="USA", delivery_year=2020)
    more = pd.concat([transfers, early], ignore_index=True)
    both = [
        supply_breaks.changes(table, WINDOWS, draws=20).set_index("measure")["before"]
        for table in (transfers, more)
    ]
    assert [before["Similarity of mixes"] for before in both] == pytest.approx([0.8, 0.8])
    assert [before["Russia's share"] for before in both] == pytest.approx([90 / 110, 90 / 190])


def test_the_similarity_of_one_state_alone_is_missing(transfers):
    alone = transfers[transfers["recipient"] == "KAZ"]
    found = supply_breaks.changes(alone, WINDOWS, draws=5).set_index("measure")
    assert found.loc["Similarity of mixes", ["before", "after", "low", "high"]].isna().all()


def test_one_line_alone_has_no_range(transfers):
    alone = transfers[transfers["supplier"] == "RUS"].query("recipient == 'KAZ'")
    found = (
        supply_breaks.changes(alone, WINDOWS, draws=50).set_index("measure").loc["Russia's share"]
    )
    assert found[["before", "after", "low", "high"]].tolist() == [1, 1, 0, 0]


def test_it_measures_as_the_chapter_on_suppliers_does():
    transfers = suppliers.with_groups(load("arms_transfers"), load("states"))
    windows = {2021: (range(2016, 2021), range(2021, 2026))}
    found = supply_breaks.changes(transfers, windows, draws=2).set_index("measure")
    similar = suppliers.similarity_by_window(transfers)["similarity"]
    assert found.loc["Similarity of mixes", ["before", "after"]].tolist() == pytest.approx(
        similar.iloc[-2:].tolist()
    )
    facts = suppliers.headline(transfers)
    assert found.loc["Russia's share", "after"] == pytest.approx(facts["russia_low"])


NAMES = {"KAZ": "Kazakhstan", "RUS": "Russia", "TUR": "Türkiye"}
CHANGES = pd.DataFrame(
    [
        ("Russia's share", 2014, 0.9, 0.8, -0.1, -0.2, 0.004, 0.9, np.nan, -0.2, "RUS"),
        ("Russia's share", 2022, 0.64, 0.62, -0.02, -0.3, 0.2, 0.5, 0.4, -0.37, "RUS"),
        ("Similarity of mixes", 2022, 0.5, 0.2, -0.3, -0.4, -0.006, 0.4, 0.3, -0.2, "TUR"),
        ("Concentration", 2022, 0.5, 0.499, -0.001, -0.4, -0.004, 0.4, 0.3, 0.1, "TUR"),
    ],
    columns=[
        *("measure", "year", "before", "after", "change", "low", "high"),
        *("sure_before", "sure_after", "furthest", "supplier"),
    ],
).assign(recipient="KAZ", category="Aircraft")


def test_changes_in_words():
    breaks = {2014: (range(2009, 2014), range(2014, 2019)), **WINDOWS}
    table = supply_breaks.in_words(CHANGES, breaks, NAMES)
    texts = ["years", "change", "range", "sure", "without"]
    assert table.loc[0, texts].tolist() == [
        "2009–2013, 2014–2018",
        "-0.10",
        "-0.20 to 0.00",
        "0.90, –",
        "-0.20, Russia to Kazakhstan, aircraft",
    ]
    assert table.loc[3, "change"] == "0.00"


def test_headline_counts_ranges_that_include_zero_once_rounded():
    found = supply_breaks.headline(CHANGES, NAMES)
    assert found == {
        "changes": 4,
        "changes_unclear": 3,
        "changes_clear": ["the similarity of mixes over 2022"],
        "russia_before_break": 0.64,
        "russia_after_break": 0.62,
        "russia_fall_without_line": 0.37,
        "russia_line": "Russia to Kazakhstan, aircraft",
    }
