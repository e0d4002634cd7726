import pandas as pd
import pytest

from casi.measures import dimensions
from casi.record.lookup import MissingRow
from casi.states import FIVE
from casi.tables import describe, load, names

DAY = pd.Timestamp
SOURCES = pd.DataFrame({"kind": ["press"], "published": [DAY("2003-05-01")]})


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


def test_dialogue_takes_the_best_meeting_at_each_level():
    meetings = pd.DataFrame(
        [
            ("summit", "consultative_heads", "2001-03-01"),
            ("three", "other_five", "2001-09-01"),
            ("ministers", "foreign_ministers", "2002-01-01"),
            ("washington", "c5_usa", "2002-02-01"),
            ("with-russia", "cau_caec_caco", "2002-03-01"),
            ("planned", "consultative_heads", "2002-04-01"),
            ("not-over", "consultative_heads", "2003-01-01"),
        ],
        columns=["meeting", "series", "date_start"],
    )
    meetings["date_start"] = pd.to_datetime(meetings["date_start"])
    meetings["status"] = meetings["meeting"].map({"planned": "planned"}).fillna("held")
    head, minister = "head_of_state", "minister"
    seats = [("summit", state, head, "member") for state in FIVE[:4]]
    seats += [("summit", FIVE[4], "minister", "member"), ("summit", "AZE", head, "guest")]
    seats += [("three", state, head, "member") for state in FIVE[:3]]
    seats += [("ministers", state, minister, "member") for state in FIVE[:2]]
    seats += [("ministers", FIVE[2], minister, "observer")]
    seats += [("washington", state, head, "member") for state in FIVE]
    seats += [("with-russia", state, head, "member") for state in [*FIVE, "RUS"]]
    seats += [(key, state, head, "member") for key in ("planned", "not-over") for state in FIVE]
    seats = pd.DataFrame(seats, columns=["event", "state", "level", "role"])
    record = {"meetings": meetings, "participation": seats, "sources": SOURCES}
    found = dimensions.dialogue(record)
    # four heads and one minister; two ministers in the year after
    assert found[2001] == pytest.approx(100 * (4 / 5 + 1 / 5) / 3)
    assert found[2002] == pytest.approx(100 * (2 / 5) / 3)
    assert found[2000] == 0 and 2003 not in found.index


def test_training_counts_pairs_for_three_years():
    keys = ["a", "b", "c", "d"]
    drills = pd.DataFrame(
        {
            "exercise": keys,
            "status": ["held"] * 3 + ["planned"],
            "participants_complete": [True, True, False, True],
            "kind": "field",
            "date_start": [DAY("1999-05-01")] * 4,
            "date_end": [DAY(f"1999-05-0{at}") for at in range(2, 6)],
            "date_precision": "day",
        }
    )
    states = {"a": "KAZ KGZ TJK", "b": "UZB TKM RUS", "c": "KAZ UZB", "d": "KAZ TKM"}
    rows = [(key, state, "contingent", None) for key in keys for state in states[key].split()]
    seats = pd.DataFrame(rows, columns=["event", "state", "level", "role"])
    record = {"exercises": drills, "participation": seats, "sources": SOURCES}
    found = dimensions.training(record)
    assert found.loc[1998:2002].tolist() == [0, 30, 30, 30, 0]
    assert found.index[0] == dimensions.FIRST_TRAINING_YEAR
    # a alone: b has Russia, the states of c are not all known, d was not held
    assert dimensions.training_numbers(record).loc[1998:2002].tolist() == [0, 1, 1, 1, 0]


def training_record(**states):
    """Exercises of 1999, by the states whose contingents took part."""
    drills = pd.DataFrame(
        {
            "exercise": list(states),
            "status": "held",
            "participants_complete": True,
            "kind": "field",
            "date_start": DAY("1999-05-01"),
            "date_end": [DAY(f"1999-05-{at:02}") for at in range(2, 2 + len(states))],
            "date_precision": "day",
        }
    )
    rows = [(key, state, "contingent", None) for key in states for state in states[key].split()]
    seats = pd.DataFrame(rows, columns=["event", "state", "level", "role"])
    return {"exercises": drills, "participation": seats, "sources": SOURCES}


def test_the_decisive_exercise_is_the_one_without_which_training_scores_least():
    record = training_record(
        small="KAZ KGZ",
        large="KAZ KGZ TJK UZB",
        other="KAZ TKM",
        with_russia=" ".join([*FIVE, "RUS"]),
    )
    # large gives six of ten pairs, one of which small gives too, and other one more
    assert dimensions.training(record)[2001] == 70
    assert dimensions.decisive_exercise(record, 2001) == ("large", 20)
    with pytest.raises(MissingRow, match="exercises that count for training in 2002"):
        dimensions.decisive_exercise(record, 2002)


def test_law_counts_bonds_in_force_between_pairs():
    treaties = pd.DataFrame(
        [
            ("ally", "alliance", "1995-07-01"),
            ("ally-again", "alliance", "1997-07-01"),
            ("zone", "nuclear_weapon_free_zone", "1999-01-01"),
            ("signed-only", "friendship", None),
            ("with-russia", "friendship", "1993-01-01"),
            ("line", "border", "1993-01-01"),
            ("cst-1992", "collective_defence", "1994-04-20"),
        ],
        columns=["treaty", "kind", "in_force_date"],
    )
    treaties["in_force_date"] = pd.to_datetime(treaties["in_force_date"])
    parties = {key: ["KAZ", "KGZ"] for key in treaties["treaty"]} | {"zone": FIVE}
    parties["with-russia"] = ["KAZ", "KGZ", "RUS"]
    rows = [(treaty, state, "signed") for treaty, states in parties.items() for state in states]
    actions = pd.DataFrame(rows, columns=["treaty", "state", "action"])
    found = dimensions.law({"treaties": treaties, "treaty_actions": actions, "sources": SOURCES})
    # one bond of one pair is 1 in 40; then one bond of all ten
    assert found[[1994, 1995, 1998, 1999, 2003]].tolist() == [0, 2.5, 2.5, 27.5, 27.5]


def test_borders_leave_out_lines_of_which_nothing_is_known():
    lines = pd.DataFrame(
        [
            ("KAZ", "KGZ", "full", "2001-12-15"),
            ("KGZ", "UZB", "partial", None),
            ("TKM", "UZB", None, None),
            ("KAZ", "RUS", "full", "1995-01-18"),
        ],
        columns=["state_a", "state_b", "delimited", "delimited_date"],
    )
    lines["delimited_date"] = pd.to_datetime(lines["delimited_date"])
    found = dimensions.borders({"border_segments": lines, "sources": SOURCES})
    assert found[[2000, 2001, 2003]].tolist() == [0, 50, 50]


def test_arms_score_what_does_not_come_from_the_largest():
    transfers = pd.DataFrame(
        [
            ("KAZ", "RUS", 1994, 60.0),
            ("KAZ", "TUR", 1996, 40.0),
            ("KGZ", "RUS", 1996, 5.0),
            ("KAZ", "CHN", 1999, 40.0),
        ],
        columns=["recipient", "supplier", "delivery_year", "tiv_millions"],
    )
    found = dimensions.arms({"arms_transfers": transfers})
    assert found[1996] == pytest.approx(100 * (0.4 + 0) / 2)
    assert found[1999] == pytest.approx(100 * (0.5 + 0) / 2)  # 1994 has fallen out
    assert dimensions.arms({"arms_transfers": transfers.iloc[:0]}).empty


def test_one_exercise_led_by_the_united_states_decides_training_in_2025(record):
    assert dimensions.decisive_exercise(record, 2025) == ("regional-cooperation-2025", 60)


def test_scores_are_between_0_and_100_and_missing_where_they_must_be(record):
    found = dimensions.scores(record)
    assert found.stack().dropna().between(0, 100).all()
    assert found.columns.tolist() == list(dimensions.RULES)
    assert found.loc[:1995, "Arms"].isna().all() and found.loc[:1993, "Joint training"].isna().all()
    assert found.iloc[-1].dropna().index.tolist() == ["Law", "Settled borders"]


def test_the_dimensions_are_those_that_the_article_names():
    names = ["Dialogue", "Joint training", "Law", "Settled borders", "Arms"]
    assert list(dimensions.RULES) == list(dimensions.MEASURES) == names


def test_rules_name_columns_that_are_there():
    for rule in dimensions.RULES.values():
        for part in rule["columns"].split("; "):
            table, columns = part.split(": ")
            fields = {field["name"] for field in describe(table)["schema"]["fields"]}
            assert set(columns.split(", ")) <= fields


def test_measures_registers_a_rule_with_its_words(monkeypatch):
    monkeypatch.setattr(dimensions, "RULES", {})
    monkeypatch.setattr(dimensions, "MEASURES", {})
    rule = dimensions.dimension("Trust", columns="a: b", rule="None.", why="Cannot be measured.")
    assert rule(len) is len and dimensions.MEASURES["Trust"] is len
    words = {"columns": "a: b", "rule": "None.", "why": "Cannot be measured."}
    assert dimensions.RULES["Trust"] == {"dimension": "Trust", **words}


def test_scores_have_a_row_for_each_year_of_the_record(monkeypatch):
    series = pd.Series({1990: 1.0, 2002: 50.0})
    monkeypatch.setattr(dimensions, "MEASURES", {"Trust": lambda record: series})
    found = dimensions.scores({"sources": SOURCES})
    assert found.index.tolist() == [*range(1992, 2004)] and found.index.name == "year"
    assert found["Trust"].dropna().to_dict() == {2002: 50}
