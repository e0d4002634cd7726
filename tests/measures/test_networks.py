import networkx as nx
import pandas as pd
import pytest

from casi.measures import networks
from casi.states import FIVE


def event(states, year=2022, layer="meetings", complete=True):
    return {
        "layer": layer,
        "event": f"{layer}-{year}-{states}",
        "year": year,
        "states": frozenset(states.split()),
        "complete": complete,
    }


def table(*events):
    return pd.DataFrame(events)


@pytest.fixture
def events():
    """Two of the five alone; three of them with Russia; two with Russia and China."""
    return table(event("KAZ KGZ"), event("KAZ KGZ UZB RUS"), event("KAZ TJK RUS CHN"))


def network(*ties):
    """Return a network of the five with some weighted ties."""
    net = nx.Graph()
    net.add_nodes_from(FIVE)
    net.add_weighted_edges_from(ties)
    return net


def test_each_event_gives_each_pair_one_over_the_other_states(events):
    """KAZ and KGZ share 1 of the meeting of two and 1/3 of that of four."""
    ties = networks.edges(events).set_index(["first", "second"])["weight"]
    assert ties["KAZ", "KGZ"] == pytest.approx(4 / 3)
    assert ties["KAZ", "RUS"] == pytest.approx(2 / 3)
    assert ties["RUS", "UZB"] == pytest.approx(1 / 3)


def test_the_strength_of_a_state_is_the_number_of_its_events(events):
    net = networks.graph(networks.edges(events), range(2022, 2023))
    assert networks.strengths(net).loc["KAZ"].sum() == pytest.approx(3)


def test_pairs_of_outside_states_are_left_out(events):
    ties = networks.edges(events)
    assert not ((ties["first"] == "CHN") & (ties["second"] == "RUS")).any()


def test_edges_keep_layers_and_years_apart():
    ties = networks.edges(
        table(
            event("RUS KAZ", 2022),
            event("UZB KAZ", 2023),
            event("UZB KAZ", 2022, "exercises"),
            event("UZB KAZ RUS", 2022),
        )
    )
    assert ties.to_numpy().tolist() == [
        ["exercises", 2022, "KAZ", "UZB", 1],
        ["meetings", 2022, "KAZ", "RUS", 1.5],
        ["meetings", 2022, "KAZ", "UZB", 0.5],
        ["meetings", 2022, "RUS", "UZB", 0.5],
        ["meetings", 2023, "KAZ", "UZB", 1],
    ]


def test_no_events_make_no_edges(events):
    assert networks.edges(events.iloc[:0]).empty


def test_events_are_counted_by_window_and_layer():
    found = networks.events_by_window(
        table(event("KAZ KGZ", 2021), event("KAZ UZB", 2025), event("KAZ UZB", 1996, "exercises"))
    )
    assert found.loc["2021–2025", ["meetings", "exercises"]].tolist() == [2, 0]
    assert found.at["1996–2000", "exercises"] == 1
    assert list(found.index) == list(networks.WINDOWS)


def test_a_graph_averages_over_the_years_and_chooses_layers(events):
    ties = networks.edges(pd.concat([events, table(event("KAZ KGZ", 2023, "treaties"))]))
    net = networks.graph(ties, range(2022, 2024))
    assert net["KAZ"]["KGZ"]["weight"] == pytest.approx((4 / 3 + 1) / 2)
    treaties = networks.graph(ties, range(2022, 2024), ["treaties"])
    assert treaties["KAZ"]["KGZ"] == {"weight": 0.5}
    assert set(treaties) == set(FIVE)  # joined or not


def test_outside_powers_hold_a_share_of_the_weight(events):
    """Of 2 1/3, Russia holds 3/3 with three and 2/3 with two of the five; China 2/3."""
    ties = networks.edges(events)
    assert networks.outside_powers(ties) == ["RUS", "CHN"]
    assert networks.outside_powers(ties, 0.3) == ["RUS"]
    assert networks.outside_powers(ties[ties["first"] == "CHN"], 1.0) == ["CHN"]


def test_density_is_the_share_of_the_ten_pairs_that_are_joined(events):
    """Joined are KAZ-KGZ, KAZ-UZB, KGZ-UZB and KAZ-TJK."""
    net = networks.graph(networks.edges(events), range(2022, 2023))
    assert networks.density(net) == pytest.approx(4 / 10)


def test_strength_is_apart_with_the_five_and_with_outside_states():
    net = network(("KAZ", "UZB", 2.0), ("KAZ", "KGZ", 0.5), ("KAZ", "RUS", 4.0))
    found = networks.strengths(net)
    assert found.index.name == "state"
    assert found.loc["KAZ"].to_dict() == {"five": 2.5, "outside": 4.0}
    assert found.loc["TKM"].to_dict() == {"five": 0, "outside": 0}


def test_the_weight_of_a_pair_is_a_mean_of_ten():
    net = network(("KAZ", "UZB", 2.0), ("KAZ", "KGZ", 0.5), ("KAZ", "RUS", 4.0))
    assert networks.pair_weight(net) == 0.25


def test_pair_weights_by_window(events):
    """The ten pairs hold 1 + 3 x 2/6 + 1/3 in 2022, a body and a meeting with Russia nothing."""
    more = table(event("KAZ KGZ TJK", 2022, "organisations"), event("KAZ RUS", 2021))
    ties = networks.edges(pd.concat([events, more]))
    found = networks.pair_weights(ties, {"then": range(2020, 2022), "now": range(2022, 2023)})
    assert found.to_dict() == pytest.approx({"then": 0, "now": 7 / 3 / 10})


def test_pairs_and_powers_are_in_the_order_of_the_last_window():
    """Each window has another first: KAZ–KGZ and Russia, KAZ–TJK and China, KAZ–UZB and Russia."""
    nets = {
        "a": network(("KAZ", "KGZ", 9.0), ("KAZ", "RUS", 5.0)),
        "b": network(("KAZ", "TJK", 8.0), ("KAZ", "CHN", 10.0)),
        "c": network(("KAZ", "UZB", 7.0), ("KAZ", "KGZ", 1.0), ("UZB", "RUS", 20.0)),
    }
    names = {code: code for code in [*FIVE, "RUS", "CHN"]}
    own, outside = networks.pair_table(nets, ["CHN", "RUS"], names)
    assert own.index[:2].tolist() == ["KAZ – UZB", "KAZ – KGZ"] and len(own) == 10
    assert own.loc["KAZ – KGZ"].to_dict() == {"a": 9.0, "b": 0.0, "c": 1.0}
    assert own.loc["KAZ – TJK"].tolist() == [0.0, 8.0, 0.0]
    assert outside.index.tolist() == ["Each with RUS", "Each with CHN"]
    assert outside.loc["Each with RUS"].tolist() == [1.0, 0.0, 4.0]  # means of five states
    assert outside.loc["Each with CHN"].tolist() == [0.0, 2.0, 0.0]


def test_internal_shares_follow_each_layer_by_window(events):
    """The five hold 2 + 3 x 2/3 + 2/3 with each other, and 3/3 + 4/3 with outside states."""
    windows = {"then": range(2020, 2022), "now": range(2022, 2023)}
    more = pd.concat([events, table(event("KAZ RUS", 2021, "exercises"))])
    found = networks.internal_shares(networks.edges(more), windows)
    assert found.columns.tolist() == networks.LAYERS
    assert found.index.name == "window" and found.index.tolist() == ["now", "then"]
    assert found.loc["now", "meetings"] == pytest.approx((14 / 3) / (14 / 3 + 7 / 3))
    assert found.loc["then", "exercises"] == 0
    assert found["treaties"].isna().all()


def test_brokers_by_hand(events):
    """Of the weight 1 + 3/3 + 1/3, Russia was present at 4/3 and China at 1/3."""
    found = networks.brokers(events, ["RUS", "CHN"])
    # KAZ-KGZ met without Russia too; KAZ-UZB, KGZ-UZB and KAZ-TJK did not
    assert found.loc["RUS", ["events", "pairs_only"]].tolist() == [2, 3]
    assert found.loc["CHN", ["events", "pairs_only"]].tolist() == [1, 1]
    assert found["share"].to_dict() == pytest.approx({"RUS": 4 / 7, "CHN": 1 / 7})


def test_brokers_count_only_events_of_two_or_more_of_the_five(events):
    more = pd.concat([events, table(event("UZB CHN"))])
    assert networks.brokers(more, ["CHN"]).loc["CHN", "events"] == 1
    assert pd.isna(networks.brokers(events.iloc[:0], ["RUS"]).loc["RUS", "share"])


def test_the_share_without_outsiders_by_hand(events):
    """The five alone hold 1 of the weight 1 + 3/3 + 1/3."""
    assert networks.share_without_outsiders(events) == pytest.approx(3 / 7)
    assert pd.isna(networks.share_without_outsiders(events.iloc[:0]))
    azerbaijan = table(event("KAZ UZB AZE"), event("KAZ UZB"))
    assert networks.share_without_outsiders(azerbaijan) == pytest.approx(2 / 3)


def test_presence_follows_each_power_by_window():
    drills = table(
        event("KAZ RUS", 2016, "exercises"),
        event("KAZ KGZ RUS", 2021, "exercises"),  # gives the pair 1/2
        event("KAZ KGZ", 2022, "exercises"),  # gives the pair 1
    )
    windows = {"then": range(2016, 2021), "now": range(2021, 2026)}
    found = networks.presence(drills, ["RUS"], windows)
    assert found.loc["now"].to_dict() == pytest.approx({"RUS": 1 / 3, "alone": 2 / 3})
    assert found.loc["then"].isna().all() and found.index.name == "window"


@pytest.fixture
def two_windows():
    """Events of 1996–2000 and of 2021–2025, with the weight that each gives pairs of the five."""
    return table(
        event("KAZ KGZ RUS", 1996, "exercises"),  # 1/2
        event("KAZ KGZ", 2000, "meetings"),  # 1
        event("KAZ KGZ", 2021, "exercises"),  # 1
        event("KAZ UZB RUS CHN", 2025, "exercises"),  # 1/3
        event("KAZ KGZ RUS", 2022, "exercises", complete=False),  # 1/2, in all rows only
        event("KAZ UZB TJK USA TUR", 2023, "meetings"),  # 3/4
        event("KAZ KGZ TKM RUS", 2023, "organisations"),  # not an act
        event("KAZ KGZ RUS", 2026, "exercises"),  # after the last window
    )


def test_acts_headline_by_hand(two_windows):
    assert networks.acts_headline(two_windows) == {
        "first": "1996–2000",
        "last": "2021–2025",
        "acts_alone_first": pytest.approx(2 / 3),  # 1 of 3/2
        "acts_alone_first_all_rows": pytest.approx(2 / 3),
        "acts_alone_last": pytest.approx(12 / 25),  # 1 of 1 + 1/3 + 3/4
        "acts_alone_last_all_rows": pytest.approx(12 / 31),  # 1/2 more
        "drills_alone_first": 0,
        "drills_alone_first_all_rows": 0,
        "drills_alone_last": pytest.approx(3 / 4),  # 1 of 4/3
        "drills_alone_last_all_rows": pytest.approx(6 / 11),
        "drills_russia_first": 1,
        "drills_russia_first_all_rows": 1,
        "drills_russia_last": pytest.approx(1 / 4),  # 1/3 of 4/3
        "drills_russia_last_all_rows": pytest.approx(5 / 11),  # 5/6 of 11/6
        "acts_weight_first": pytest.approx(3 / 2 / 10 / 5),  # ten pairs, five years
        "acts_weight_last": pytest.approx(25 / 12 / 10 / 5),
        "outside_low": pytest.approx(13 / 25),  # no Azerbaijan in these events
        "outside_high": pytest.approx(19 / 31),
    }


def test_events_with_outsiders_are_counted_with_and_without_azerbaijan():
    """One meeting of two of the five, one with Azerbaijan too, one of unknown others with China."""
    events = pd.DataFrame(
        {
            "states": [
                frozenset({"KAZ", "AZE"}),  # no tie between two of the five
                frozenset({"KAZ", "KGZ"}),
                frozenset({"KAZ", "KGZ", "AZE"}),
                frozenset({"KAZ", "KGZ", "CHN"}),
            ],
            "complete": [True, True, True, False],
        }
    )
    # complete rows: 1/2 of 3/2, or none; all rows: 1 of 2, or 1/2 of 5/2
    assert networks.with_outsiders(events[:3]) == pytest.approx((0, 1 / 3))
    assert networks.with_outsiders(events) == pytest.approx((0, 1 / 2))


def test_headline_by_hand(two_windows):
    facts = networks.headline(two_windows)
    acts = networks.acts_headline(two_windows)
    assert acts.items() <= facts.items()
    assert {key: facts[key] for key in facts.keys() - acts.keys()} == {
        "events": 7,
        "events_all_rows": 8,
        # with outside states: Russia 1 + 2/3 + 1 + 1, Türkiye and the USA 3/4 each, China 2/3
        "powers": ["RUS", "TUR", "USA", "CHN"],
        "drills_first": 1,
        "drills_last": 2,  # the third is not complete
        "drills_most_pairs_only_first": 1,  # KAZ-KGZ, with Russia
        "drills_most_pairs_only_last": 1,  # KAZ-UZB, with Russia and with China
        "acts_most_pairs_only_first": 0,  # KAZ-KGZ met without Russia too
        "acts_most_pairs_only_last": 2,  # KAZ-TJK and TJK-UZB, with the USA and with Türkiye
    }


def test_bounds_take_the_lower_and_the_higher_of_two_counts():
    facts = {
        "drills_alone_first": 0.1,
        "drills_alone_first_all_rows": 0.2,
        "drills_alone_last": 0.5,
        "drills_alone_last_all_rows": 0.4,
    }
    assert networks.bounds(facts, ["drills_alone"]) == {
        "drills_alone_first_low": 0.1,
        "drills_alone_first_high": 0.2,
        "drills_alone_last_low": 0.4,
        "drills_alone_last_high": 0.5,
    }


def test_windows_are_seven_of_five_years_up_to_the_last_whole_one():
    names = ["1991–1995", "1996–2000", "2001–2005", "2006–2010", "2011–2015", "2016–2020"]
    assert list(networks.WINDOWS) == [*names, "2021–2025"]
    assert networks.WINDOWS["2021–2025"] == range(2021, 2026)


def test_an_outside_power_holds_two_per_cent_or_more():
    shares = {"CHN": 2.0, "IND": 1.0, "RUS": 97.0}
    rows = [("meetings", 2022, "KAZ", power, weight) for power, weight in shares.items()]
    ties = pd.DataFrame(rows, columns=["layer", "year", "first", "second", "weight"])
    assert networks.outside_powers(ties) == ["RUS", "CHN"]


def test_the_range_of_a_power_is_between_complete_lists_and_all_rows():
    """One complete exercise of a pair with Russia, one without; a third row with it is partial."""
    groups = [{"KAZ", "UZB", "RUS"}, {"KAZ", "UZB"}, {"KGZ", "TJK", "RUS"}]
    rows = {"year": 2022, "layer": "exercises", "complete": [True, True, False]}
    events = pd.DataFrame({"states": [frozenset(group) for group in groups], **rows})
    found = networks.presence_range(events, "RUS").loc["2021–2025"]
    assert found["low"] == pytest.approx(0.5 / 1.5)  # a pair in a group of three weighs 1 / 2
    assert found["high"] == pytest.approx(1 / 2)
