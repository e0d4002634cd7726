import pandas as pd
import pytest

from casi.measures import institutions
from casi.states import FIVE
from casi.tables import load

DAY = pd.Timestamp


def spell(body, state, start, end=None, status="member"):
    return {
        "organisation": body,
        "state": state,
        "status": status,
        "start": DAY(start),
        "end": DAY(end) if end else pd.NaT,
    }


@pytest.fixture
def memberships():
    rows = [spell("treaty", state, "1994-04-20") for state in ("KAZ", "KGZ", "RUS")]
    rows += [spell("alliance", state, "2003-09-18") for state in ("KAZ", "KGZ", "RUS")]
    rows += [spell("union", state, "1994-04-30", "2005-10-06") for state in ("KAZ", "UZB")]
    rows += [spell("union", "RUS", "2004-10-18", "2005-10-06")]
    rows += [spell("council", state, "1995-12-15") for state in ("KAZ", "UZB")]
    rows += [spell("alliance", "TKM", "2010-01-01", status="observer")]
    return pd.DataFrame(rows)


@pytest.fixture
def organisations():
    columns = [
        "organisation",
        "name",
        "abbreviation",
        "founded",
        "ended",
        "end_kind",
        "successor",
        "central_asian_only",
    ]
    rows = [
        ("treaty", "Treaty", None, DAY("1992-05-15"), pd.NaT, None, "alliance", False),
        ("alliance", "Alliance", "A", DAY("2002-10-07"), pd.NaT, None, None, False),
        ("union", "Union", "U", DAY("1994-04-30"), DAY("2005-10-06"), "merged", "alliance", True),
        ("council", "Council", None, DAY("1995-12-15"), pd.NaT, "unknown", None, True),
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(founded_precision="day", ended_precision="day")


def test_a_predecessor_counts_until_its_successor_takes_members(memberships, organisations):
    before = institutions.bodies_on(memberships, organisations, DAY("2002-12-31"))
    after = institutions.bodies_on(memberships, organisations, DAY("2003-12-31"))
    assert before["KGZ"] == {"treaty"}
    assert after["KGZ"] == {"alliance"}


def test_a_body_that_ended_on_an_unknown_day_never_counts(memberships, organisations):
    bodies = institutions.bodies_on(memberships, organisations, DAY("1996-12-31"))
    assert bodies["UZB"] == {"union"}


def test_a_body_counts_until_the_day_before_it_ends_and_universal_ones_never():
    memberships = pd.DataFrame([spell(body, "KAZ", "1992-01-01") for body in ("a", "un", "osce")])
    organisations = pd.DataFrame(
        {
            "organisation": ["a", "un", "osce"],
            "founded": DAY("1992-01-01"),
            "ended": [DAY("2000-01-01"), pd.NaT, pd.NaT],
            "end_kind": None,
            "successor": None,
        }
    )
    before = institutions.bodies_on(memberships, organisations, DAY("1999-12-31"))
    assert before == {"KAZ": {"a"}, "KGZ": set(), "TJK": set(), "TKM": set(), "UZB": set()}
    on_the_day = institutions.bodies_on(memberships, organisations, DAY("2000-01-01"))
    assert on_the_day["KAZ"] == set()


def test_overlap_by_hand():
    """A and B share one of three bodies, C shares none: the mean over three pairs is 1/9."""
    graph = institutions.overlap_graph({"A": {"x", "y"}, "B": {"y", "z"}, "C": {"w"}})
    assert graph["A"]["B"]["weight"] == pytest.approx(1 / 3)
    assert institutions.mean_overlap(graph) == pytest.approx(1 / 9)
    assert institutions.pairs(graph).to_numpy().tolist() == [["A", "B", pytest.approx(1 / 3)]]


def test_the_closest_pair_comes_first():
    graph = institutions.overlap_graph({"A": {"x", "y"}, "B": {"x", "z"}, "C": {"x", "z"}})
    assert institutions.pairs(graph).loc[0, ["first", "second"]].tolist() == ["B", "C"]


def test_a_state_may_have_the_name_of_a_body():
    graph = institutions.overlap_graph({"A": {"B"}, "B": {"B"}})
    assert graph["A"]["B"]["weight"] == 1


def test_pairs_of_equal_overlap_are_in_alphabetical_order():
    graph = institutions.overlap_graph({state: {"x"} for state in ("C", "B", "A")})
    table = institutions.pairs(graph)
    assert table[["first", "second"]].to_numpy().tolist() == [["A", "B"], ["A", "C"], ["B", "C"]]


def test_overlap_by_year_counts_bodies_with_and_without_the_outsider(memberships, organisations):
    table = institutions.overlap_by_year(memberships, organisations, range(2003, 2007)).set_index(
        "year"
    )
    assert table.loc[2003, ["with_outsider", "without_outsider"]].tolist() == [1, 1]
    assert table.loc[2004, ["with_outsider", "without_outsider"]].tolist() == [2, 0]
    assert table.loc[2006, "without_outsider"] == 0


def test_bodies_whose_members_are_not_all_on_record_are_not_without_the_outsider():
    bodies = ["eapc", "caricc", "guam", "cica", "fund"]
    spells = [spell(body, state, "1992-06-01") for body in bodies for state in ("KAZ", "UZB")]
    memberships = pd.DataFrame([*spells, spell("cica", "RUS", "1992-06-01")])
    organisations = pd.DataFrame({"organisation": bodies, "founded": DAY("1992-01-01")})
    organisations = organisations.assign(ended=pd.NaT, end_kind=None, successor=None)
    table = institutions.overlap_by_year(memberships, organisations, range(1992, 1993))
    # Russia is known to be in cica and not to be in the fund; of the others nothing is known
    assert table.loc[0, ["with_outsider", "without_outsider"]].tolist() == [1, 1]


def test_a_membership_of_the_last_day_of_a_year_counts_in_it():
    spells = [spell("fund", state, "1992-12-31") for state in ("KAZ", "UZB")]
    bodies = pd.DataFrame({"organisation": ["fund"], "founded": DAY("1992-01-01")})
    bodies = bodies.assign(ended=pd.NaT, end_kind=None, successor=None)
    table = institutions.overlap_by_year(pd.DataFrame(spells), bodies, range(1992, 1993))
    assert table.loc[0, "without_outsider"] == 1


def test_fates_measure_the_time_from_the_first_entry_to_the_end(memberships, organisations):
    more = [spell("union", "CHN", "2005-01-01"), spell("union", "AZE", "1995-01-01", None, "guest")]
    spells = pd.concat([pd.DataFrame(more), memberships])
    table = institutions.fates(organisations, spells).set_index("organisation")
    assert table.index.tolist() == ["union", "council"]  # founded by Central Asians, oldest first
    assert table.loc["union", "joined"] == "RUS, CHN"
    assert table.loc["union", "first_joined"] == DAY("2004-10-18")
    assert table.loc["union", "years_to_end"] == pytest.approx(353 / 365.25)
    assert pd.isna(table.loc["council", "joined"])


def test_spans_stop_at_the_closing_date_and_start_with_independence(memberships, organisations):
    rows = {"organisation": ["eco", "un", "nobody"], "name": ["Eco", "UN", "Nobody"]}
    more = pd.DataFrame(rows).assign(founded=DAY("1985-01-01"), end_kind="merged")
    table = institutions.spans(
        pd.concat([organisations, more]), memberships, DAY("2026-05-18")
    ).set_index("name")
    # the council ended on an unknown day; ECO is economic, the United Nations are universal
    assert table.index.tolist() == ["Nobody", "Treaty", "U", "A"]
    assert table.loc["Nobody", "founded"] == DAY("1991-01-01")
    assert table.loc["A", "until"] == DAY("2026-05-18")
    assert table.loc["U", "until"] == DAY("2005-10-06")
    unknown = "Members not all on record"  # nobody's members are not in the table
    assert table["group"].tolist() == [unknown, "With Russia", "With Russia", "With Russia"]


def test_bodies_of_known_members_stand_by_their_members():
    groups = [
        "NATO partnership",
        "Central Asians alone",
        "With Russia",
        institutions.UNKNOWN_MEMBERS,
    ]
    spans = pd.DataFrame({"name": ["PfP", "CAU", "CIS", "GUAM"], "group": groups})
    assert institutions.with_known_members(spans)["name"].tolist() == ["CIS", "CAU"]


def test_entries_in_words(memberships, organisations):
    ends = institutions.fates(organisations, memberships)
    words = institutions.entries_in_words(ends, {"RUS": "Russia"})
    assert words == ["Russia, from 18 October 2004", "none"]
    bare = institutions.fates(organisations, memberships.query("organisation != 'council'"))
    assert institutions.entries_in_words(bare, {"RUS": "Russia"})[1] == "not on record"


def test_fates_in_words(memberships, organisations):
    ends = institutions.fates(organisations, memberships)
    union, council = institutions.fates_in_words(ends, {"RUS": "Russia"}).to_numpy().tolist()
    days = ["30\u00a0April\u00a01994", "6\u00a0October\u00a02005"]
    assert union == ["Union", *days, "merged", "Russia, from 18 October 2004"]
    assert council == ["Council", "15\u00a0December\u00a01995", "–", "end not found", "none"]


def test_bodies_are_grouped_by_their_outside_members():
    states = {
        "own": "KAZ UZB",
        "russian": "KAZ RUS BLR",
        "both": "KAZ RUS CHN",
        "caspian": "KAZ AZE",
        "turkic": "KAZ AZE TUR",
        "chinese": "KAZ CHN",
        "pfp": "KAZ RUS",
        "caricc": "KAZ AZE",
        "guam": "UZB",
        "cica": "KAZ RUS CHN",
    }
    rows = [spell(body, state, "2000-01-01") for body in states for state in states[body].split()]
    rows += [spell("own", "RUS", "2000-01-01", status="observer")]
    rows += [spell("turkic", "HUN", "2000-01-01", status="partner")]
    rows += [spell("eapc", "KAZ", "2000-01-01", status="partner")]
    assert institutions.member_groups(pd.DataFrame(rows)) == {
        "own": "Central Asians alone",
        "russian": "With Russia",
        "both": "With Russia and China",
        "caspian": "With Azerbaijan",
        "turkic": "With Türkiye",
        "chinese": "Others",
        "pfp": "NATO partnership",
        "eapc": "NATO partnership",
        "caricc": "Members not all on record",  # whether Russia is a member is not known
        "guam": "Members not all on record",
        "cica": "With Russia and China",
    }


def test_a_body_with_only_a_partner_from_outside_is_not_central_asian_alone():
    rows = [spell("a", "KAZ", "2000-01-01"), spell("a", "RUS", "2000-01-01", status="partner")]
    assert institutions.member_groups(pd.DataFrame(rows)) == {"a": "With Russia"}


def test_the_spell_table_gives_years_and_any_status_but_member():
    memberships = pd.DataFrame(
        [
            spell("csto", "UZB", "2012-12-19", status="suspended"),
            spell("csto", "UZB", "2006-08-16", "2012-12-19"),
            spell("csto", "RUS", "2003-09-18"),
            spell("ots", "TKM", "2021-11-12", status="dialogue_partner"),
            spell("un", "KAZ", "1992-03-02"),
        ]
    )
    organisations = pd.DataFrame(
        {
            "organisation": ["csto", "ots", "un"],
            "name": ["Collective Security", "Turkic States", "United Nations"],
            "abbreviation": ["CSTO", None, "UN"],
        }
    )
    table = institutions.spell_table(memberships, organisations)
    assert table.columns.tolist() == FIVE
    assert table.stack().dropna().to_dict() == {
        ("CSTO", "UZB"): "2006–2012; suspended 2012–",
        ("Turkic States", "TKM"): "dialogue partner 2021–",
    }
    assert len(table) == len(institutions.SECURITY_BODIES)


def test_every_security_body_is_in_the_table_of_organisations():
    assert set(institutions.SECURITY_BODIES) <= set(load("organisations")["organisation"])


def test_a_treaty_binds_all_five_only_if_each_signed_and_it_is_in_force():
    treaties = pd.DataFrame(
        {
            "treaty": ["zone", "friendship", "open", "wider", "unsigned"],
            "in_force_date": pd.to_datetime(
                ["2009-03-21", "2010-01-01", None, "1992-01-01", "1993-01-01"]
            ),
        }
    )
    signed = {"zone": FIVE, "friendship": FIVE[:3], "open": FIVE, "wider": [*FIVE, "RUS"]}
    rows = [(treaty, state, "signed") for treaty, states in signed.items() for state in states]
    actions = pd.DataFrame(rows, columns=["treaty", "state", "action"])
    actions.loc[0, "action"] = "acceded"
    ratified = pd.DataFrame({"treaty": "friendship", "state": FIVE, "action": "ratified"})
    actions = pd.concat([actions, ratified])
    assert institutions.binding_all_five(treaties, actions)["treaty"].tolist() == ["zone"]


def test_allied_relations_are_treaties_among_the_five_alone():
    keys = [
        "allied-kaz-kgz-2003",
        "allied-aze-uzb-2024",
        "allied-kaz-tjk-2023",
        "strategic-kaz-uzb",
    ]
    kinds = ["alliance", "alliance", "declaration", "strategic_partnership"]
    treaties = pd.DataFrame({"treaty": keys, "kind": kinds})
    rows = [(key, state.upper(), "signed") for key in keys for state in key.split("-")[1:3]]
    actions = pd.DataFrame(rows, columns=["treaty", "state", "action"])
    found = institutions.allied_relations(treaties, actions)
    assert found["treaty"].tolist() == ["allied-kaz-kgz-2003"]


@pytest.fixture
def headline_tables():
    """Bodies at the closing date, beside the Consultative Meetings of all five.

    KAZ: csto, fund; KGZ: csto, cis; TJK: csto; TKM: fund, bank; UZB: cis, club.
    """
    rows = [
        ("caco", "2002-02-28", "2005-10-06", "merged", "eurasec", True),
        ("consultative-heads", "2018-03-15", None, None, None, True),
        ("cau-defence-council", "1995-12-15", None, "unknown", None, True),
        ("centrazbat", "1995-12-20", None, "unknown", None, True),
        ("cau", "1994-04-30", "1994-05-01", "renamed", "caco", False),
        ("eurasec", "2000-10-10", "2018-01-01", "succeeded", None, False),
        *[(body, "1991-12-08", None, None, None, False) for body in ["csto", "cis", "un"]],
        *[(body, "1992-01-01", None, None, None, False) for body in ["fund", "bank", "club"]],
    ]
    columns = ["organisation", "founded", "ended", "end_kind", "successor", "central_asian_only"]
    organisations = pd.DataFrame(rows, columns=columns)
    organisations = organisations.assign(
        name=organisations["organisation"].str.capitalize(),
        founded=pd.to_datetime(organisations["founded"]),
        ended=pd.to_datetime(organisations["ended"]),
        founded_precision="day",
        ended_precision="day",
    )
    members = {
        ("caco", "2002-02-28"): "KAZ KGZ TJK UZB",
        ("caco", "2004-10-18"): "RUS",
        ("consultative-heads", "2018-03-15"): "KAZ KGZ TJK TKM UZB",
        ("consultative-heads", "2025-11-16"): "AZE",
        ("cau-defence-council", "1995-12-15"): "KAZ UZB",
        ("csto", "2003-09-18"): "KAZ KGZ TJK RUS",
        ("eurasec", "2000-10-10"): "KAZ KGZ RUS",
        ("eurasec", "2006-01-25"): "UZB",
        ("cis", "1992-01-01"): "KGZ UZB",
        ("cau", "1998-03-26"): "TJK",  # ended before 2018
        ("fund", "1992-06-01"): "KAZ TKM",
        ("bank", "1994-01-01"): "TKM",
        ("club", "1994-01-01"): "UZB",
        ("un", "1992-03-02"): "KAZ KGZ TJK TKM UZB",
    }
    spells = [spell(body, state, day) for (body, day), c in members.items() for state in c.split()]
    spells += [
        spell("csto", "UZB", "2006-08-16", "2012-12-19"),
        spell("csto", "UZB", "2012-12-19", status="suspended"),
    ]
    confidence = ["low", "dataset"] + ["high"] * (len(spells) - 2)
    return organisations, pd.DataFrame(spells).assign(confidence=confidence)


def test_headline_by_hand(headline_tables):
    assert institutions.headline(*headline_tables, DAY("2018-05-18")) == {
        "bodies": 4,
        "entered_by_russia": 1,
        "members_unknown": 1,  # of the battalion
        "renamed": 0,
        "merged": 0,
        "lost": 2,
        "active": 1,
        "cau_tjk": DAY("1998-03-26"),
        "caco_joined": DAY("2004-10-18"),
        "caco_ended": DAY("2005-10-06"),
        "caco_months": pytest.approx(353 / 365.25 * 12),
        "common": ["Consultative-heads"],  # the United Nations are universal
        # KAZ-TJK, KGZ-TJK 2/3; KAZ-KGZ, KAZ-TKM, KGZ-UZB 1/2; TJK-TKM, TJK-UZB 1/4; others 1/5
        "overlap": pytest.approx((2 * 2 / 3 + 3 / 2 + 2 / 4 + 3 / 5) / 10),
        "overlap_since": 1996,
        "lowest": pytest.approx((1 / 2 + 1 / 2) / 10),  # 1996: KAZ-TKM and KGZ-UZB
        "highest": pytest.approx((2 * 2 / 3 + 3 / 2 + 2 / 4 + 3 / 5) / 10),  # 2018, as above
        "with_russia": 1,  # csto
        "without_russia": 2,  # consultative-heads, fund; the members of the cis are not all listed
        "closest": ["KAZ", "TJK"],
        "closest_with_tkm": pytest.approx(1 / 2),
        "furthest_without_tkm": pytest.approx(1 / 5),
        "uzb_back": DAY("2006-08-16"),
        "uzb_out": DAY("2012-12-19"),
        "uzb_eurasec": DAY("2006-01-25"),
        "aze_joined": DAY("2025-11-16"),
        "council": DAY("1995-12-15"),
        "battalion": DAY("1995-12-20"),
        "spells": 35,  # 33 as members above, two of Uzbekistan in the CSTO
        "spells_high": 33,
    }
