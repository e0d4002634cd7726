import pandas as pd
import pytest
from made_exercises import exercise, tables

from casi.measures import exercises
from casi.record import lookup
from casi.tables import load


@pytest.fixture
def record():
    made = [
        exercise("pair", "2022-08-03", "TJK UZB"),
        exercise("caspian", "2024-07-08", "KAZ KGZ TJK UZB AZE"),
        exercise("search", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("echelon", "2024-09-03", "KAZ KGZ RUS TJK"),
        exercise("mission", "2021-09-20", "KAZ KGZ RUS CHN"),
        exercise("eagle", "2012-09-06", "KAZ TJK GBR"),
        exercise("efes", "2018-05-07", "KAZ UZB TUR"),
        exercise("unknown", "2019-01-01", "KAZ UZB", complete=False),
        exercise("plan", "2026-01-01", "KAZ UZB", status="planned"),
        exercise("old", "2000-09-10", "KAZ KGZ", confidence="dataset"),
    ]
    table, seats = tables(made)
    watched = pd.DataFrame([{"event": "pair", "state": "RUS", "level": "observer"}])
    return table, pd.concat([seats, watched], ignore_index=True)


@pytest.fixture
def states():
    return pd.DataFrame({"iso3": ["GBR", "TUR", "KAZ"], "nato_since": [1949, 1952, None]})


@pytest.fixture
def classified(record, states):
    return exercises.classify(*record, states).set_index("exercise")


def test_observers_did_not_take_part(record):
    assert lookup.took_part(record[1])["pair"] == {"TJK", "UZB"}


def test_company_is_named_by_the_greatest_power_present(classified):
    assert classified["company"].drop("search", errors="ignore").to_dict() == {
        "old": "Central Asians alone",
        "eagle": "NATO or US",
        "efes": "Türkiye",
        "mission": "Russia and China",
        "pair": "Central Asians alone",
        "caspian": "With Azerbaijan",
    }


def test_plans_and_rows_of_unknown_company_are_left_out(classified):
    assert not {"plan", "unknown"} & set(classified.index)


def test_what_azerbaijan_held_with_others_alone_counts_only_if_asked(record, states):
    """Its year does not end the last period."""
    row, seats = exercise("eagle-2030", "2030-09-01", "AZE TUR")
    rows = pd.concat([record[0], pd.DataFrame([row])], ignore_index=True)
    present = pd.concat([record[1], pd.DataFrame(seats)], ignore_index=True)
    pd.testing.assert_frame_equal(
        exercises.classify(rows, present, states), exercises.classify(*record, states)
    )
    asked = exercises.classify(rows, present, states, of_five=0).set_index("exercise")
    assert asked["company"]["eagle-2030"] == "Türkiye"


def test_parallel_exercises_count_once_unless_asked(record, states):
    assert "echelon" not in set(exercises.classify(*record, states)["exercise"])
    assert "echelon" in set(exercises.classify(*record, states, merge=False)["exercise"])


def test_nato_counts_members_of_the_time_only(record, states):
    later = states.assign(nato_since=[2020, 1952, None])
    table = exercises.classify(*record, later).set_index("exercise")
    assert table.loc["eagle", "company"] == "Other states"


def test_a_state_is_a_member_of_nato_from_the_year_it_joined(record, states):
    joined = states.assign(nato_since=[2012, 1952, None])
    table = exercises.classify(*record, joined).set_index("exercise")
    assert table.loc["eagle", "company"] == "NATO or US"


def test_periods():
    assert exercises.period(1994, 2026) == "1994–2000"
    assert exercises.period(2005, 2026) == "2001–2005"
    assert exercises.period(2021, 2025) == "2021–2025"


def test_counts(classified):
    table = exercises.counts(classified)
    assert table.columns.tolist() == exercises.COMPANY
    assert table.loc["2021–2024"].sum() == 4
    assert table.loc["2021–2024", "Russia"] == 1


def test_partners_count_an_exercise_once_for_each(classified):
    table = exercises.partners(classified)
    assert table.loc["2021–2024", ["All exercises", "Russia", "China", "No one else"]].tolist() == [
        4,
        2,
        1,
        1,
    ]


def test_shares_without_russia_and_china(classified):
    table = exercises.without_russia_and_china(classified.reset_index())
    assert table.loc["2021–2024", "exercises_share"] == pytest.approx(2 / 4)
    assert table.loc["2021–2024", "exercises"] == 4


def test_by_origin(record):
    table = exercises.by_origin(record[0])
    assert table.loc[2000].to_dict() == {"Data set": 1, "Own record": 0}
    assert table.loc[2001].sum() == 0
    assert table.index.tolist() == list(range(2000, 2025))
    own = exercises.by_origin(record[0].query("confidence != 'dataset'"))
    assert own["Data set"].sum() == 0


def test_without_powers_leaves_out_russia_china_and_nato_with_turkiye(classified, record):
    table = exercises.without_powers(classified.reset_index(), record[0])
    assert table["exercise"].tolist() == ["old", "pair", "caspian"]
    assert table["when"].iloc[1] == "3\u00a0August\u00a02022"


def test_together_counts_pairs_and_leaves_out_plans_and_unknown_company(record):
    names = pd.DataFrame({"iso3": exercises.PARTNERS, "name": exercises.PARTNERS})
    table = exercises.together(*record, names, since=2012)
    assert table.loc["KAZ", ["KAZ", "KGZ", "TJK", "RUS"]].tolist() == [0, 4, 4, 3]
    assert table.loc["KAZ", "UZB"] == 2  # the plan and the drill of unknown company are out
    assert table.loc["TKM"].sum() == 0
    outside = ["AZE", "RUS", "CHN", "TUR", "USA", "IND", "PAK"]
    assert table.columns.tolist() == ["KAZ", "KGZ", "TJK", "TKM", "UZB", *outside]


def test_sites_count_regional_exercises_at_places_with_a_point(classified, record):
    drills = record[0].assign(location=["termez", "aktau", "aktau", None, None] + [None] * 5)
    places = pd.DataFrame(
        {
            "place": ["termez", "aktau"],
            "name": ["Termez", "Aktau"],
            "state": ["UZB", "KAZ"],
            "lat": [37.3, None],
            "lon": [67.3, None],
        }
    )
    table = exercises.sites(classified.reset_index(), drills, places)
    assert table.index.tolist() == ["Termez"]
    assert table.loc["Termez"].tolist() == [37.3, 67.3, 1, 1]


def test_without_powers_leaves_out_exercises_of_one_state_of_the_five(states):
    row, parts = exercise("alone", "2023-05-01", "KAZ AZE")
    table = exercises.classify(pd.DataFrame([row]), pd.DataFrame(parts), states)
    assert exercises.without_powers(table, pd.DataFrame([row])).empty


def test_every_company_is_counted_in_its_column(states):
    groups = ["KAZ KGZ", "KAZ AZE", "KAZ IND", "KAZ TUR", "KAZ GBR", "KAZ CHN", "KAZ RUS CHN"]
    made = [exercise(group, "2023-05-01", group) for group in [*groups, "KAZ RUS", "KAZ AZE IND"]]
    table = exercises.counts(exercises.classify(*tables(made), states))
    # in the order of COMPANY; India and Azerbaijan with India are other states
    assert table.loc["2021–2023"].tolist() == [1, 1, 2, 1, 1, 1, 1, 1]


def test_exercises_with_russia_or_with_china_are_not_without_them():
    keys = ["russia", "china", "both", "own"]
    powers = {"russia": [True, False, True, False], "china": [False, True, True, False]}
    classified = pd.DataFrame({"exercise": keys, "name": keys, "of_five": 2, **powers})
    drills = pd.DataFrame({"exercise": keys, "location": "osh"})
    places = pd.DataFrame(
        {"place": ["osh"], "name": "Osh", "state": "KGZ", "lat": 40.5, "lon": 72.8}
    )
    row = exercises.sites(classified, drills, places).loc["Osh"]
    assert row[["All exercises", "Without Russia and China"]].tolist() == [4, 1]


def test_of_exercises_of_one_size_the_older_comes_first(classified, record):
    figures = pd.DataFrame({"subject": ["caspian", "mission"], "best": [4000.0, 4000.0]})
    figures = figures.assign(
        measure="personnel", low=None, high=None, preferred=True, confidence="low"
    )
    table = exercises.largest(classified.reset_index(), record[0], figures)
    assert table["exercise"].tolist() == ["mission", "caspian"]


def test_largest_takes_the_preferred_count(classified, record):
    figures = pd.DataFrame(
        {
            "subject": ["caspian", "caspian", "mission"],
            "measure": "personnel",
            "best": [4000.0, 1000.0, None],
            "low": [None, None, 3400.0],
            "high": None,
            "preferred": [True, False, True],
            "confidence": ["low", "low", "high"],
        }
    )
    table = exercises.largest(classified.reset_index(), record[0], figures, top=2)
    assert table["people"].tolist() == [4000, 3400]
    assert table["exercise"].tolist() == ["caspian", "mission"]


def test_an_exercise_of_delegates_alone_is_nobodys(record):
    rows = record[1][record[1]["event"] != "pair"]
    assert "pair" not in set(
        exercises.classify(record[0], rows, pd.DataFrame({"iso3": ["TUR"], "nato_since": [1952]}))[
            "exercise"
        ]
    )


@pytest.mark.parametrize(
    ("location", "host", "place", "in_region"),
    [
        ("termez", None, "Termez, Uzbekistan", True),  # as in rows of data sets
        ("hohenfels", "KAZ", None, False),  # the place decides, not the host
        (None, "KAZ", None, True),
        (None, "RUS", "Ranges in Tajikistan", False),
        (None, None, "Southern Tajikistan", True),
        (None, None, "Russia; Kazakhstan", False),
        (None, None, "Airspace of seven states", False),
        (None, None, None, False),
    ],
)
def test_where_an_exercise_was_held_is_known_by_place_host_or_text(
    location, host, place, in_region
):
    row, _ = exercise("x", "2004-09-23", "", host=host, place=place, location=location)
    places = pd.DataFrame({"place": ["termez", "hohenfels"], "state": ["UZB", "DEU"]})
    names = {"KAZ": "Kazakhstan", "TJK": "Tajikistan", "UZB": "Uzbekistan", "RUS": "Russia"}
    states = pd.DataFrame({"iso3": [*names], "name": [*names.values()]})
    assert exercises.held_in_region(pd.DataFrame([row]), places, states).tolist() == [in_region]


def test_shares_by_count_differ_where_exercises_run_side_by_side(record, states):
    """Of 2021 to 2024 two are free: of four with search and echelon as one, of five apart."""
    shares = exercises.shares_by_count(*record, states)
    assert shares.loc["2021–2024"].to_dict() == {"low": 2 / 5, "high": 2 / 4}
    assert shares.loc["2011–2015"].to_dict() == {"low": 1, "high": 1}  # the eagle alone


# The record itself.


@pytest.fixture(scope="module")
def real():
    return exercises.classify(load("exercises"), load("participation"), load("states"))


def test_birlestik_had_four_of_the_five_and_azerbaijan(real):
    row = real.set_index("exercise").loc["birlestik-2024"]
    assert (row["of_five"], row["company"]) == (4, "With Azerbaijan")


def test_centrazbat_is_no_exercise_without_russia(real):
    assert real.set_index("exercise").loc["centrazbat-1997", "russia"]


def test_no_csto_exercise_counts_as_free_of_russia(real):
    assert real.query("frame == 'csto'")["russia"].all()


def test_headline_keeps_both_ways_of_counting():
    facts = exercises.headline(*map(load, ("exercises", "participation", "states")))
    assert facts["low"] < facts["high"]
    assert facts["graded_high"] + facts["graded_dataset"] + facts["graded_low"] == facts["held"]
