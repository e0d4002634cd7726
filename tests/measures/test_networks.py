import networkx as nx
import pandas as pd
import pytest

from casi.measures import networks, shared_events
from casi.states import FIVE
from casi.tables import closing_date, load, names


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


def test_by_acts_by_hand():
    then, now = (networks.WINDOWS[list(networks.WINDOWS)[at]][0] for at in (1, -1))
    rows = [event("KAZ KGZ RUS", then, "exercises", "a"), event("KAZ KGZ", then, key="b")]
    rows += [event("KAZ KGZ", now, "exercises", "c"), event("KAZ KGZ CHN RUS", now, key="d")]
    rows += [event("KAZ KGZ RUS", now, "exercises", "e", complete=False)]
    rows += [event("KAZ KGZ RUS", now, "organisations", "f")]
    found = networks.by_acts(pd.DataFrame(rows))
    assert (found["drills_russia_first"], found["drills_russia_last"]) == (1, 0)
    assert found["drills_russia_last_all_rows"] == pytest.approx(1 / 3)
    assert found["acts_alone_first"] == pytest.approx(2 / 3)
    assert found["acts_alone_last"] == pytest.approx(3 / 4)
    assert found["acts_weight_last"] == pytest.approx((1 + 1 / 3) / 10 / 5)


def test_headline_of_the_record():
    record = shared_events.all_events({name: load(name) for name in names()}, closing_date())
    facts = networks.headline(record)
    assert facts["powers"][0] == "RUS"
    assert facts["drills_russia_first"] > facts["drills_russia_last"]
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
