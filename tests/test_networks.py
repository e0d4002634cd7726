import networkx as nx
import pandas as pd
import pytest

from casi import networks
from casi.networks import FIVE
from casi.tables import closing_date, load

DAY = pd.Timestamp
TABLES = ["meetings", "exercises", "participation", "treaties", "treaty_actions"]
TABLES += ["organisations", "memberships"]


def event(states, year=2022, layer="meetings", key=None, complete=True):
    states = frozenset(states.split())
    return {
        "layer": layer,
        "event": key or "-".join(sorted(states)),
        "year": year,
        "states": states,
        "complete": complete,
    }


@pytest.fixture
def events():
    """Two of the five alone; three of them with Russia; two with Russia and China."""
    rows = ["KAZ KGZ", "KAZ KGZ UZB RUS", "KAZ TJK RUS CHN"]
    return pd.DataFrame([event(states) for states in rows])


@pytest.fixture(scope="module")
def record():
    return networks.all_events({name: load(name) for name in TABLES}, closing_date())


def presence(*rows):
    return pd.DataFrame(rows, columns=["event", "state", "level", "role"])


def test_meeting_events_add_the_power_the_table_leaves_unsaid():
    keys = ["c5usa-1", "c5jpn-1", "empty", "planned"]
    meetings = pd.DataFrame(
        {
            "meeting": keys,
            "series": ["c5_usa", "c5_other", "c5_eu", "c5_usa"],
            "status": ["held", "held", "held", "planned"],
            "date_start": [DAY("2015-11-01")] * 4,
        }
    )
    rows = [("c5usa-1", state, "minister", "member") for state in FIVE[:4]]
    rows += [("c5usa-1", "UZB", "absent", None), ("c5usa-1", "AFG", None, "observer")]
    rows += [("c5jpn-1", state, None, "member") for state in ("KAZ", "UZB")]
    table = networks.meeting_events(meetings, presence(*rows)).set_index("event")
    assert table.loc["c5usa-1", "states"] == {"KAZ", "KGZ", "TJK", "TKM", "USA"}
    assert table.loc["c5jpn-1", "states"] == {"KAZ", "UZB", "JPN"}
    assert table["complete"].to_dict() == {"c5usa-1": True, "c5jpn-1": False}
    assert table["year"].tolist() == [2015, 2015]


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
        }
    )
    rows = [(key, state, "contingent", None) for key in "abcd" for state in ("KAZ", "RUS")]
    rows += [("a", "IND", "observer", None)]
    table = networks.exercise_events(exercises, presence(*rows))
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
    table = networks.treaty_events(treaties, actions)
    assert table["event"].tolist() == ["pact", "cst-1992"]
    assert table["complete"].tolist() == [True, False]


def test_organisation_events_take_the_members_of_each_year():
    organisations = pd.DataFrame(
        {
            "organisation": ["union", "un"],
            "founded": [DAY("1994-04-30"), DAY("1945-10-24")],
            "ended": [DAY("1996-06-01"), pd.NaT],
            "end_kind": ["lapsed", None],
            "successor": [None, None],
        }
    )
    rows = [("union", "KAZ", "1994-04-30"), ("union", "UZB", "1994-04-30")]
    rows += [
        ("union", "RUS", "1995-10-18"),
        ("un", "KAZ", "1992-03-02"),
        ("un", "UZB", "1992-03-02"),
    ]
    memberships = pd.DataFrame(rows, columns=["organisation", "state", "start"])
    memberships = memberships.assign(
        start=pd.to_datetime(memberships["start"]), end=pd.NaT, status="member"
    )
    table = networks.organisation_events(organisations, memberships, DAY("1997-03-01"))
    assert table["year"].tolist() == [1994, 1995]
    assert [len(states) for states in table["states"]] == [2, 3]


def test_edges_share_out_one_unit_an_event(events):
    """Newman: KAZ and KGZ share 1 of the meeting of two and 1/3 of that of four."""
    ties = networks.edges(events).set_index(["first", "second"])
    assert ties.loc[("KAZ", "KGZ"), "weight"] == pytest.approx(4 / 3)
    assert ties.loc[("KAZ", "KGZ"), "events"] == 2
    assert ("CHN", "RUS") not in ties.index
    net = networks.graph(networks.edges(events), range(2022, 2023))
    # each state's strength is the number of its events: here KAZ is in three
    assert networks.strengths(net).loc["KAZ"][["five", "outside"]].sum() == pytest.approx(3)


def test_graph_averages_over_the_years_and_chooses_layers(events):
    more = pd.concat([events, pd.DataFrame([event("KAZ KGZ", 2023, "treaties")])])
    ties = networks.edges(more)
    net = networks.graph(ties, range(2022, 2024))
    assert net["KAZ"]["KGZ"]["weight"] == pytest.approx((4 / 3 + 1) / 2)
    only = networks.graph(ties, range(2022, 2024), ["treaties"])
    assert only["KAZ"]["KGZ"] == {"weight": 0.5, "events": 1}
    assert "TKM" in only


def test_outside_powers_by_their_share(events):
    """Russia holds 1 + 2/3 of the five's 2 1/3 with outsiders, China the rest."""
    ties = networks.edges(events)
    assert networks.outside_powers(ties) == ["RUS", "CHN"]
    assert networks.outside_powers(ties, 0.3) == ["RUS"]


def test_density_and_cohesion_by_hand(events):
    """Joined are KAZ-KGZ, KAZ-UZB, KGZ-UZB and KAZ-TJK: four pairs of ten."""
    ties = networks.edges(events)
    net = networks.graph(ties, range(2022, 2023))
    assert networks.density(net) == pytest.approx(0.4)
    table = networks.cohesion(ties, {"year": range(2022, 2023)}).set_index("layer")
    assert table.loc["all", "weight"] == pytest.approx((1 + 3 / 3 + 1 / 3) / 10)
    assert table.loc["all", "share"] == pytest.approx(14 / 3 / (14 / 3 + 1 + 4 / 3))
    assert pd.isna(table.loc["treaties", "share"])


def test_strengths_of_a_state_without_ties():
    net = nx.Graph()
    net.add_nodes_from(FIVE)
    assert networks.strengths(net).loc["TKM", "five"] == 0
    assert pd.isna(networks.strengths(net).loc["TKM", "share"])


def test_brokers_by_hand(events):
    """Of the weight 1 + 3/3 + 1/3, Russia sat at 4/3, alone of the outsiders at 1."""
    table = networks.brokers(events, ["RUS", "CHN"])
    assert table.loc["RUS", ["events", "pairs", "pairs_only"]].tolist() == [2, 4, 3]
    assert table.loc["RUS", "share"] == pytest.approx(4 / 7)
    assert table.loc["RUS", "share_sole"] == pytest.approx(3 / 7)
    assert table.loc["CHN", ["events", "pairs", "pairs_only"]].tolist() == [1, 1, 1]
    assert pd.isna(networks.brokers(events.iloc[:0], ["RUS"])["share"].iloc[0])


def test_by_themselves_by_hand(events):
    assert networks.by_themselves(events) == pytest.approx(3 / 7)


# The record itself.


def test_all_events_of_the_record(record):
    assert record["layer"].unique().tolist() == networks.LAYERS
    assert record["states"].map(len).min() == 2
    summit = record.set_index("event").loc["c5jpn-2025-tokyo", "states"]
    assert summit == {*FIVE, "JPN"}


def test_partial_rows_are_in_the_record(record):
    named = set(networks.PARTIAL_TREATIES) | set(networks.PARTIAL_BODIES)
    assert (
        named - set(load("treaties")["treaty"]) - set(load("organisations")["organisation"])
        == set()
    )
    assert not record.loc[record["event"].isin(named), "complete"].any()


def test_headline_of_the_record(record):
    facts = networks.headline(record)
    assert facts["powers"][0] == "RUS"
    assert facts["drills_broker_first"] == "RUS"
    assert facts["drills_alone_last"] > facts["drills_alone_first"]
    assert facts["acts_most_pairs_only_last"] == 0
    assert facts["events_all_rows"] > facts["events"]


def drill(states, year, key):
    return event(states, year, "exercises", key)


def test_presence_says_in_whose_company_the_five_came_together():
    drills = [drill("KAZ KGZ RUS", 2021, "a"), drill("KAZ KGZ", 2022, "b")]
    drills += [drill("KAZ RUS", 2016, "c")]
    windows = {"then": range(2016, 2021), "now": range(2021, 2026)}
    found = networks.presence(pd.DataFrame(drills), ["RUS"], windows)
    # the first gives the pair 1/2, the second 1
    assert found.loc["now"].round(3).to_dict() == {"RUS": 0.333, "alone": 0.667}
    assert found.loc["then"].isna().all()
