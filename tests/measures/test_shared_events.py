import pandas as pd
import pytest

from casi.counting import values
from casi.measures import shared_events
from casi.measures.shared_events import LAYERS
from casi.record.lookup import took_part
from casi.states import FIVE
from casi.tables import closing_date, load

DAY = pd.Timestamp
TABLES = ["meetings", "exercises", "participation", "treaties", "treaty_actions"]
TABLES += ["organisations", "memberships"]


@pytest.fixture(scope="module")
def record():
    return shared_events.all_events({name: load(name) for name in TABLES}, closing_date())


def presence(*rows):
    return pd.DataFrame(rows, columns=["event", "state", "level", "role"])


def test_meeting_events_add_the_power_the_table_leaves_unsaid():
    keys = ["c5usa-1", "c5jpn-1", "summit", "empty", "planned"]
    meetings = pd.DataFrame(
        {
            "meeting": keys,
            "series": ["c5_usa", "c5_other", "consultative_heads", "c5_eu", "c5_usa"],
            "status": ["held", "held", "held", "held", "planned"],
            "date_start": [DAY("2015-11-01")] * 5,
        }
    )
    rows = [("c5usa-1", state, "minister", "member") for state in FIVE[:4]]
    rows += [("c5usa-1", "UZB", "absent", None), ("c5usa-1", "AFG", None, "observer")]
    rows += [("c5jpn-1", state, None, "member") for state in ("KAZ", "UZB")]
    rows += [("summit", state, "head_of_state", "member") for state in FIVE]
    table = shared_events.meeting_events(meetings, presence(*rows)).set_index("event")
    assert table.loc["c5usa-1", "states"] == {"KAZ", "KGZ", "TJK", "TKM", "USA"}
    assert table.loc["c5jpn-1", "states"] == {"KAZ", "UZB", "JPN"}
    assert table.loc["summit", "states"] == set(FIVE)
    assert table["complete"].to_dict() == {"c5usa-1": True, "c5jpn-1": False, "summit": True}
    assert table["year"].tolist() == [2015, 2015, 2015]


def test_exercise_events_count_contingents_and_unknown_levels_but_no_officials():
    exercises = pd.DataFrame(
        {
            "exercise": ["troops", "delegates"],
            "status": "held",
            "date_start": DAY("2017-12-05"),
            "date_end": [DAY("2017-12-06"), DAY("2017-12-07")],
            "date_precision": "day",
            "participants_complete": True,
            "kind": "field",
        }
    )
    rows = [("troops", "KAZ", "contingent", "host"), ("troops", "KGZ", None, "member")]
    rows += [("troops", "TJK", "minister", "guest"), ("troops", "UZB", "official", "guest")]
    rows += [("delegates", state, "official", "member") for state in FIVE]
    table = shared_events.exercise_events(exercises, presence(*rows))
    assert table["event"].tolist() == ["troops"]
    assert table.loc[0, "states"] == {"KAZ", "KGZ"}


def test_exercise_events_count_parallel_exercises_once_and_no_observers():
    day = DAY("2020-09-01")
    exercises = pd.DataFrame(
        {
            "exercise": ["a", "b", "c", "d"],
            "status": ["held", "held", "held", "cancelled"],
            "date_start": day,
            "date_end": day,
            "date_precision": ["day", "day", "month", "day"],
            "participants_complete": [True, True, False, True],
            "kind": None,
        }
    )
    rows = [(key, state, "contingent", None) for key in "abcd" for state in ("KAZ", "RUS")]
    rows += [("a", "IND", "observer", None)]
    table = shared_events.exercise_events(exercises, presence(*rows))
    assert table["event"].tolist() == ["a", "c"]
    assert set(table["states"]) == {frozenset({"KAZ", "RUS"})}
    assert table["complete"].tolist() == [True, False]


def test_treaty_events_need_two_signatures_and_leave_out_arms_control():
    treaties = pd.DataFrame(
        {
            "treaty": ["pact", "cst-1992", "ban", "lonely"],
            "kind": ["alliance", "collective_defence", "arms_control", "friendship"],
            "date_opened": DAY("1992-05-15"),
        }
    )
    rows = [(key, state, "signed") for key in ("pact", "cst-1992", "ban") for state in FIVE[:2]]
    rows += [("lonely", "KAZ", "signed"), ("lonely", "UZB", "acceded")]
    actions = pd.DataFrame(rows, columns=["treaty", "state", "action"])
    table = shared_events.treaty_events(treaties, actions)
    assert table["event"].tolist() == ["pact", "cst-1992"]
    assert table["complete"].tolist() == [True, False]


def test_treaty_events_leave_out_declarations_and_pacts_with_one_outside_state():
    kinds = {
        "pact": "alliance",
        "pact-rus": "alliance",
        "line-rus": "border",
        "three": "friendship",
        "words": "declaration",
    }
    table = {"treaty": list(kinds), "kind": list(kinds.values()), "date_opened": DAY("2022-02-22")}
    parties = {"pact": "KAZ UZB", "pact-rus": "KAZ RUS", "line-rus": "KAZ RUS"}
    parties |= {"three": "KAZ CHN RUS", "words": "KAZ UZB"}
    rows = [(key, state, "signed") for key in kinds for state in parties[key].split()]
    actions = pd.DataFrame(rows, columns=["treaty", "state", "action"])
    found = shared_events.treaty_events(pd.DataFrame(table), actions)
    assert found["event"].tolist() == ["pact", "line-rus", "three"]


def test_organisation_events_take_the_members_of_each_year():
    organisations = pd.DataFrame(
        {
            "organisation": ["union", "cis", "un"],
            "founded": [DAY("1994-04-30"), DAY("1991-12-21"), DAY("1945-10-24")],
            "ended": [DAY("1995-12-31"), pd.NaT, pd.NaT],
            "end_kind": ["lapsed", None, None],
            "successor": [None, None, None],
        }
    )
    rows = [("union", "KAZ", "1994-04-30"), ("union", "UZB", "1994-04-30")]
    rows += [("cis", "KAZ", "1991-12-21"), ("cis", "UZB", "1991-12-21")]
    rows += [
        ("cis", "RUS", "1993-10-18"),
        ("un", "KAZ", "1992-03-02"),
        ("un", "UZB", "1992-03-02"),
    ]
    memberships = pd.DataFrame(rows, columns=["organisation", "state", "start"])
    memberships = memberships.assign(
        start=pd.to_datetime(memberships["start"]), end=pd.NaT, status="member"
    )
    table = shared_events.organisation_events(organisations, memberships, DAY("1997-03-01"))
    years = table.groupby("event")["year"].agg(list).to_dict()
    # the union ended on the last day of 1995, and the record closes in 1997
    assert years == {"cis": [1991, 1992, 1993, 1994, 1995, 1996, 1997], "union": [1994]}
    members = table[table["event"] == "cis"]["states"].map(len)
    assert members.tolist() == [2, 2, 3, 3, 3, 3, 3]
    assert table["complete"].tolist() == (table["event"] == "union").tolist()


def test_organisation_events_begin_with_independence():
    founded = DAY("1989-01-01")
    body = {"organisation": "old", "founded": founded, "ended": pd.NaT, "end_kind": None}
    rows = [("old", state, founded, pd.NaT, "member") for state in ("KAZ", "UZB")]
    memberships = pd.DataFrame(rows, columns=["organisation", "state", "start", "end", "status"])
    organisations = pd.DataFrame([body | {"successor": None}])
    table = shared_events.organisation_events(organisations, memberships, DAY("1992-03-01"))
    assert table["year"].tolist() == [1991, 1992]


# The record itself.


def test_exercises_join_the_states_that_took_part_by_the_definition_of_lookup(record):
    parts = took_part(load("participation"))
    drills = record[record["layer"] == "exercises"].set_index("event")["states"]
    assert drills.to_dict() == parts[drills.index].to_dict()
    assert "xiamen-2017" not in drills.index  # delegates alone


def test_all_events_of_the_record(record):
    assert record["layer"].unique().tolist() == LAYERS
    assert record.columns.tolist() == shared_events.EVENT_COLUMNS
    assert record.index.equals(pd.RangeIndex(len(record)))
    assert record["states"].map(len).min() == 2
    summit = record.set_index("event").loc["c5jpn-2025-tokyo", "states"]
    assert summit == {*FIVE, "JPN"}


def test_partial_rows_are_in_the_record(record):
    named = values("parties_partial") | values("members_partial")
    assert (
        named - set(load("treaties")["treaty"]) - set(load("organisations")["organisation"])
        == set()
    )
    assert not record.loc[record["event"].isin(named), "complete"].any()


def test_act_events_are_all_but_bodies(record):
    acts = shared_events.act_events({name: load(name) for name in TABLES})
    assert acts.equals(record[record["layer"] != "organisations"].reset_index(drop=True))
