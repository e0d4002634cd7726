"""Who meets where: each number counted by hand on small tables."""

import pandas as pd
import pytest

from casi.measures import body_meetings as measure
from casi.states import FIVE
from casi.tables import load

SECRETARY = "security_council_secretary"


def own_meetings(*rows):
    columns = ["meeting", "series", "who_met", "date_start", "status"]
    table = pd.DataFrame(rows, columns=columns).assign(place="Astana", date_precision="day")
    return table.assign(date_start=pd.to_datetime(table["date_start"]))


def council_meetings(*rows):
    columns = ["meeting", "body", "council", "date_start", "status", "attendance", "joint"]
    table = pd.DataFrame(rows, columns=columns).assign(place="Moscow", date_precision="day")
    return table.assign(date_start=pd.to_datetime(table["date_start"]))


def seats(**levels):
    rows = [
        (event.replace("_", "-"), state, level)
        for event, given in levels.items()
        for state, level in given.items()
    ]
    return pd.DataFrame(rows, columns=["event", "state", "level"])


OWN = own_meetings(
    ("heads", "consultative_heads", "heads_of_state", "2018-03-15", "held"),
    ("three", "other_five", "heads_of_state", "2023-08-04", "held"),
    ("aral", "aral_sea", "heads_of_state", "2018-08-24", "held"),
    ("scs", "security_council_secretaries", "security_council_secretaries", "2024-05-16", "held"),
    (
        "plan",
        "security_council_secretaries",
        "security_council_secretaries",
        "2026-05-16",
        "planned",
    ),
    ("experts", "other_five", "emergency_ministers", "2024-01-01", "held"),
    ("c5rus-scs", "c5_russia", "security_council_secretaries", "2023-06-23", "held"),
    ("c5ind-nsa", "c5_india", "security_council_secretaries", "2022-12-06", "held"),
    ("c5chn-interior", "c5_china", "interior_ministers", "2024-09-10", "held"),
    ("c5usa-fm-2022", "c5_usa", "foreign_ministers", "2022-09-20", "held"),
    ("c5usa-2021", "c5_usa", "foreign_ministers", "2021-07-15", "held"),
    ("c5un-dfm-2021", "c5_un", "deputy_ministers", "2021-07-15", "held"),
    ("c5chn-emergency", "c5_china", "emergency_ministers", "2024-04-01", "held"),
    ("c5eu-2025", "c5_eu", "heads_of_state", "2025-04-04", "held"),
)
WIDER = council_meetings(
    ("cis-scs", "cis", "security_council_secretaries", "2020-11-18", "held", "complete", None),
    ("csto-scs", "csto", "security_council_secretaries", "2018-11-08", "held", "partial", "j"),
    ("csto-def", "csto", "defence_ministers", "2018-11-08", "held", "unknown", "j"),
    ("sco-heads", "sco", "heads_of_state", "2017-06-09", "held", "complete", None),
    ("ots-industry", "ots", "defence_industry", "2025-07-23", "held", "partial", None),
    ("ots-heads", "ots", "heads_of_state", "2025-10-07", "held", "complete", None),
    ("ots-plan", "ots", "heads_of_state", "2026-10-07", "planned", "unknown", None),
)
SEATS = seats(
    three=dict.fromkeys(["TJK", "TKM", "UZB"], "head_of_state"),
    scs=dict.fromkeys(FIVE, SECRETARY) | {"TKM": "attache"},
    c5usa_2021={"KAZ": "minister"},
    c5chn_emergency={"KAZ": "minister"},
    c5eu_2025=dict.fromkeys(FIVE, "head_of_state"),
    c5rus_scs=dict.fromkeys(FIVE, None),
    c5ind_nsa=dict.fromkeys(FIVE, SECRETARY) | {"TKM": "absent"},
    cis_scs=dict.fromkeys([*FIVE, "AZE"], SECRETARY),
    csto_scs={"TJK": SECRETARY},
    ots_heads={"KAZ": "head_of_state", "TKM": "former_head_of_state"},
)


@pytest.fixture(scope="module")
def table():
    return measure.all_meetings(OWN, WIDER)


def test_each_meeting_is_of_who_met_and_in_one_format(table):
    found = table.set_index("meeting")[["who", "format", "russia"]].T.to_dict("list")
    assert found == {
        "sco-heads": ["Heads of state", "SCO", True],
        "heads": ["Heads of state", "With each other", False],
        "csto-def": ["Defence ministers", "CSTO", True],
        "csto-scs": ["Secretaries", "CSTO", True],
        "cis-scs": ["Secretaries", "CIS", True],
        "c5usa-2021": ["Foreign ministers", "With an outside power", False],
        "c5usa-fm-2022": ["Foreign ministers", "With an outside power", False],
        "c5ind-nsa": ["Secretaries", "With an outside power", False],
        "c5rus-scs": ["Secretaries", "With an outside power", True],
        "three": ["Heads of state", "With each other", False],
        "scs": ["Secretaries", "With each other", False],
        "c5chn-interior": ["Interior ministers", "With an outside power", False],
        "c5eu-2025": ["Heads of state", "With an outside power", False],
        "ots-heads": ["Heads of state", "OTS", False],
    }
    assert table["meeting"].iloc[0] == "sco-heads"  # the oldest
    partners = table.dropna(subset="partner").set_index("meeting")["partner"]
    assert partners.loc[["c5ind-nsa", "c5rus-scs"]].tolist() == ["India", "Russia"]
    assert len(partners) == 6


def test_counts_start_on_the_day_given(table):
    found = measure.counts(table)
    assert list(found.columns) == measure.FORMATS
    assert list(found.index) == [
        *("Heads of state", "Secretaries", "Defence ministers"),
        *("Foreign ministers", "Interior ministers"),
    ]
    assert found.loc["Heads of state"].tolist() == [2, 1, 0, 0, 0, 1]
    assert found.loc["Secretaries"].tolist() == [1, 2, 1, 1, 0, 0]
    since_2017 = measure.counts(table, pd.Timestamp(2017, 6, 9))
    assert since_2017.at["Heads of state", "SCO"] == 1


def test_the_own_share_is_of_the_days_before_the_end(table):
    found = measure.own_share(table, pd.Timestamp(2018, 1, 1), pd.Timestamp(2024, 5, 16))
    assert found.loc["Secretaries"].tolist() == [0, 4, 0]
    with_the_day = measure.own_share(table, pd.Timestamp(2018, 1, 1), pd.Timestamp(2024, 5, 17))
    assert with_the_day.loc["Secretaries"].tolist() == [1, 5, 0.2]


def test_all_five_came_only_if_each_is_known_to_have_come(table):
    found = measure.with_all_five(table, SEATS).set_index("meeting")
    assert list(found.index) == ["cis-scs", "c5rus-scs", "scs", "c5eu-2025"]  # not where one stayed
    assert found.at["scs", "TKM"] == "attache"
    assert pd.isna(found.at["c5rus-scs", "TKM"])
    assert found.at["cis-scs", "held"] == "Moscow, 18 November 2020"


def test_meetings_of_all_five_are_written_with_partner_and_turkmen_seat(table):
    found = measure.all_five_in_words(measure.with_all_five(table, SEATS)).set_index("Held")
    assert found["Format"].tolist() == ["CIS", "Russia", "With each other", "European Union"]
    assert found["Russia a member"].tolist() == ["yes", "yes", "no", "no"]
    assert found["Turkmen seat"].tolist()[1:3] == ["not published", "attaché"]


def test_seats_are_at_full_rank_below_it_unknown_or_empty(table):
    found = measure.seats_of(table, SEATS, "TKM").set_index(["who", "format"])
    names = ["meetings", "known", "full", "below", "level_unknown", "absent"]
    assert list(found.columns) == names
    secretaries = found.loc["Secretaries"]
    assert secretaries.loc["With each other"].tolist() == [1, 1, 0, 1, 0, 0]
    assert secretaries.loc["With an outside power"].tolist() == [2, 2, 0, 0, 1, 1]
    assert secretaries.loc["CIS"].tolist() == [1, 1, 1, 0, 0, 0]
    assert secretaries.loc["CSTO"].tolist() == [1, 0, 0, 0, 0, 0]
    assert found.loc[("Heads of state", "OTS")].tolist() == [1, 1, 0, 1, 0, 0]
    assert (found["known"] == found[names[2:]].sum(axis="columns")).all()


def test_the_councils_of_a_body():
    found = measure.by_council(WIDER, SEATS, "csto").set_index("who")
    assert found.T.to_dict("list") == {
        "Secretaries": [1, 2018, 2018, 0, 0],
        "Defence ministers": [1, 2018, 2018, 0, 0],
    }
    in_cis = measure.by_council(WIDER, SEATS, "cis").iloc[0]
    assert in_cis.tolist() == ["Secretaries", 1, 2020, 2020, 1, 1]
    assert measure.by_council(WIDER, SEATS, "ots")["meetings"].tolist() == [1]  # none of a plan


def test_secretaries_in_wider_bodies_before_a_day():
    found = measure.secretaries_before(WIDER, SEATS, pd.Timestamp(2020, 11, 18))
    assert found.to_dict("list") == {"meeting": ["csto-scs"], "body": ["csto"], "five": [1]}
    later = measure.secretaries_before(WIDER, SEATS, pd.Timestamp(2020, 11, 19))
    assert later["five"].tolist() == [1, 5]  # Azerbaijan is none of the five
    nobody = measure.secretaries_before(WIDER, SEATS[:0], pd.Timestamp(2020, 11, 19))
    assert nobody["five"].tolist() == [0, 0]


def test_councils_that_met_as_one_are_one_event():
    more = [
        ("cis-heads", "cis", "heads_of_state", "2019-10-11", "held", "complete", None),
        ("sco-18", "sco", "heads_of_state", "2018-06-10", "held", "complete", None),
        ("cis-interior", "cis", "interior_ministers", "2022-01-01", "held", "unknown", None),
    ]
    wider = pd.concat([WIDER, council_meetings(*more)], ignore_index=True)
    summits = seats(
        cis_heads={"TKM": "head_of_state"}, sco_18={"TKM": "minister"}, other={"TKM": None}
    )
    facts = measure.headline(OWN, wider, pd.concat([SEATS, summits]))
    assert (facts["security"], facts["security_own"]) == (7, 1)
    assert (facts["security_early"], facts["security_own_early"]) == (2, 0)
    assert (facts["security_late"], facts["security_own_late"]) == (5, 1)
    assert [facts[name] for name in ("full", "full_own", "full_with_russia", "full_others")] == [
        *(3, 1, 2, 0),
    ]
    assert (facts["cis_full"], facts["cis_turkmen"]) == (1, 1)
    assert facts["cis_first"] == pd.Timestamp(2020, 11, 18)
    assert [facts[f"tkm_{body}"] for body in ("cis", "ots", "sco")] == [1, 0, 0]
    assert [facts[f"tkm_{body}_of"] for body in ("cis", "ots", "sco")] == [1, 1, 1]
    assert [facts[f"wider{part}"] for part in ("", "_complete", "_unknown")] == [9, 5, 2]


@pytest.mark.parametrize(
    "series, level, full",
    [
        ("special_services", "agency_head", 1),
        ("special_services", "minister", 0),
        ("interior_ministers", "minister", 1),
        ("defence_ministers", "deputy_minister", 0),
    ],
)
def test_the_full_rank_is_that_of_who_met(series, level, full):
    own = own_meetings(("m", series, series, "2024-01-01", "held"))
    table = measure.all_meetings(own, WIDER[:0])
    found = measure.seats_of(table, seats(m={"KAZ": level}), "KAZ")
    assert found["full"].tolist() == [full]


def test_the_record_has_the_secretaries_of_all_five_in_the_cis_before_astana():
    tables = [load(name) for name in ("meetings", "body_meetings", "participation")]
    facts = measure.headline(*tables)
    assert facts["cis_full"] >= 3
    assert facts["cis_turkmen"] == 2
    assert facts["full"] == sum(facts[f"full_{who}"] for who in ("own", "with_russia", "others"))
