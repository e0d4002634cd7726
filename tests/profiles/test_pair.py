"""Profiles of pairs on a record made by hand: two states with a border, two with hardly a row."""

import re

import pandas as pd
import pytest
from profile_tables import frame, listed

from casi.profiles import pair, pair_headline, pair_timeline
from casi.profiles.state import NO_ROW, STATUSES


@pytest.fixture
def both(record):
    """Add what joined and parted Kazakhstan and Kyrgyzstan."""
    record["participation"] = pd.concat(
        [
            record["participation"],
            frame(
                "event state level role",
                ("m-2018", "KGZ", "minister", "member"),
                ("m-2019", "KGZ", None, "observer"),
                ("m-2020", "KGZ", "absent", "member"),
                ("m-2020", "KAZ", "minister", "member"),
                ("e-2021", "KGZ", "contingent", "member"),
                ("e-2022", "KGZ", "observer", "member"),
            ),
        ],
        ignore_index=True,
    )
    record["treaty_actions"] = pd.concat(
        [
            record["treaty_actions"],
            frame(
                "treaty state action date",
                ("t-own", "KGZ", "signed", "2001-05-01"),
                ("t-own", "KGZ", "in_force", "2003-01-01"),
                ("t-own", "RUS", "signed", "2001-01-01"),
                ("t-new", "KGZ", "signed", "2023-06-01"),
                ("t-open", "KGZ", "declined", "2022-06-01"),
                ("t-open", "KGZ", "signed", "2023-09-14"),
                days=["date"],
            ),
        ],
        ignore_index=True,
    )
    return pair.pair_of(record, "KAZ", "KGZ")


def test_rows_are_those_in_which_both_took_part(both):
    assert both.rows["exercises"]["exercise"].tolist() == ["e-2011", "e-2021"]  # one only observed
    assert both.rows["meetings"]["meeting"].tolist() == ["m-2018"]  # an observer, one absent
    assert sorted(both.rows["treaties"]["treaty"]) == ["t-general", "t-new", "t-open", "t-own"]
    assert len(both.rows["border_segments"]) == 1 and len(both.rows["clashes"]) == 3
    assert both.names == {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan"}


def test_arms_control_open_to_every_state_ties_no_pair(record, both):
    record["treaties"].loc[record["treaties"]["treaty"] == "t-own", "kind"] = "arms_control"
    again = pair.pair_of(record, "KAZ", "KGZ")
    assert "t-own" not in set(again.treaties["treaty"])
    assert "t-own" not in set(again.rows["treaty_actions"]["treaty"])


def test_bodies_are_spells_of_both_at_the_same_time(record, both):
    assert listed(pair.bodies_in_words(both)) == [
        ["Commonwealth (CIS)", "21 December 1991", "26 August 2005", "member", "member"]
    ]
    record["memberships"].loc[2, ["start", "end"]] = pd.Timestamp("2030-01-01"), pd.NaT
    later = pair.bodies(record, "KAZ", "KGZ")
    assert later["start"].tolist() == [pd.Timestamp("2030-01-01")]
    record["memberships"].loc[0, "end"] = pd.Timestamp("2020-01-01")
    assert pair.bodies(record, "KAZ", "KGZ").empty


def test_a_body_that_ended_on_an_unknown_day_says_so(record):
    record["memberships"].loc[2, ["organisation", "end"]] = "old", pd.NaT
    [row] = listed(pair.bodies_in_words(pair.pair_of(record, "KAZ", "KGZ")))
    assert row[2] == "not known" and row[3:] == ["dialogue partner", "member"]


def test_treaties_of_the_two_alone_come_first(both):
    table = listed(pair.treaties_in_words(both))
    assert [(row[0], row[2]) for row in table] == [
        ("General", "the two"),
        ("Open", "the two"),
        ("New", "the two"),
        ("Own", "more states"),
    ]
    assert [row[3] for row in table] == [None, None, None, "non aggression and consultation"]
    assert table[3][4:] == [STATUSES[0], STATUSES[0]]
    assert table[1][5] == STATUSES[2]  # declined at first, and signed later
    links = both.treaties.set_index("treaty")["Treaty"]
    assert links["t-own"] == "[Own](rows:treaty_actions/t-own/KAZ,treaty_actions/t-own/KGZ)"


def test_clashes_have_a_range_of_losses_and_mines_are_left_out(both):
    assert listed(pair.clashes_by_year(both)) == [
        ["2014", "1", 0, "–", "–", "–"],
        ["2019", "1", 1, "1–3", "–", "23 January 2019"],
    ]


def test_the_border_leads_to_what_was_said_of_it(record, both):
    [row] = listed(pair.border(record, both.rows))
    assert row[:3] == ["Kazakhstan–Kyrgyzstan", "1,212", "full, 15 December 2001"]


def test_meetings_are_counted_by_format(record, both):
    assert listed(pair.meetings_by_series(both)) == [["Consultative Meetings", "1", "2018", "2018"]]
    record["participation"].loc[record["participation"]["event"] == "m-2020", "level"] = "minister"
    again = listed(pair.meetings_by_series(pair.pair_of(record, "KAZ", "KGZ")))
    assert again[1] == ["With an outside power", "1", "2020", "2020"]
    council = frame(
        "event state level role",
        ("b-2024", "KAZ", "head_of_state", "member"),
        ("b-2024", "KGZ", None, "host"),
    )
    record["participation"] = pd.concat([record["participation"], council], ignore_index=True)
    again = pair.pair_of(record, "KAZ", "KGZ")
    assert listed(pair.meetings_by_series(again))[1] == ["CIS", "1", "2024", "2024"]
    facts = pair_headline.headline(record, again)
    assert (facts["meetings"], facts["outside"], facts["of_bodies"]) == (2, 1, 1)


def test_similarity_is_what_both_mixes_share(record):
    """2011–2015: Kazakhstan received nothing; 2021–2025: 60% and all from Russia."""
    more = frame(
        "recipient supplier delivery_year tiv_millions deals", ("KGZ", "RUS", 2022, 7.0, 3)
    )
    record["arms_transfers"] = pd.concat([record["arms_transfers"], more], ignore_index=True)
    table = listed(pair.similarity(record, "KAZ", "KGZ"))
    assert table == [
        ["2011–2015", "–", "none", 0, 1],
        ["2016–2020", "–", "none", 1, 0],
        ["2021–2025", "60%", "Russia", 4, 3],
    ]
    assert listed(pair.similarity(record, "KAZ", "AZE"))[0][0] == NO_ROW
    transfers = record["arms_transfers"].iloc[:-1]
    small = transfers.tail(2).assign(recipient="KGZ", delivery_year=2022, tiv_millions=[0.1, 99.9])
    record["arms_transfers"] = pd.concat([transfers, small.assign(supplier=["TUR", "CHN"])])
    assert listed(pair.similarity(record, "KAZ", "KGZ"))[-1][1] == "under 1%"


def test_the_timeline_puts_all_into_one_table(record, both):
    table = {row[0]: row[1:] for row in listed(pair_timeline.timeline(record, both))}
    assert table["1991"] == ["both in CIS", "–", "–", "–"]
    assert table["2001"] == [
        "signed or joined: Own; border delimited in full",
        "–",
        "–",
        "–",
    ]
    assert table["2003"] == ["in force for both: Own", "–", "–", "–"]
    assert table["2005"][1] == "no longer both in CIS"
    assert table["2014"] == ["–", "one clash", "–", "–"]
    assert table["2018"] == ["–", "–", "–", "1"]
    assert table["2022"][1] == "Kyrgyzstan, declined: Open"
    assert table["2023"][0] == "signed or joined: Open"
    assert table["2024"][0] == "signed or joined: New"  # by the later of the two
    assert [*table][-1] == "Not known"  # the day on which Kazakhstan signed is not
    assert table["Not known"][0] == "signed or joined: General"


def test_the_end_of_a_body_parts_nobody_and_a_suspension_does(record):
    spells = record["memberships"]
    spells.loc[2, "status"] = "suspended"
    spells.loc[2, ["start", "end"]] = pd.Timestamp("2012-12-19"), pd.NaT
    spells.loc[3] = ["cis", "KGZ", "member", pd.Timestamp("1991-12-21"), "day",
                     pd.Timestamp("2012-12-19"), "day"]  # fmt: skip
    table = {row[0]: row[1:] for row in listed(
        pair_timeline.timeline(record, pair.pair_of(record, "KAZ", "KGZ")))}  # fmt: skip
    assert table["2012"][1] == "roles in CIS: member and suspended"
    bodies = record["organisations"]
    bodies.loc[bodies["organisation"] == "cis", "ended"] = pd.Timestamp("2020-01-01")
    spells.loc[[0, 2], "end"] = pd.Timestamp("2020-01-01")
    table = pair_timeline.timeline(record, pair.pair_of(record, "KAZ", "KGZ"))
    assert not table["Clashes, exits and refusals"].str.contains("no longer").any()


def test_wide_treaties_are_counted(record, both):
    states = [f"S{number}" for number in range(4)]
    more = frame(
        "treaty state action date", *(("t-own", s, "signed", "2001-01-01") for s in states)
    )
    more["date"] = pd.to_datetime(more["date"])
    record["treaty_actions"] = pd.concat([record["treaty_actions"], more], ignore_index=True)
    table = pair_timeline.timeline(record, pair.pair_of(record, "KAZ", "KGZ"))
    cell = table.set_index("Year").loc["2001", "Agreed or joined"]
    assert cell.endswith("[one treaty of more states](rows:treaty_actions/t-own)")
    assert "2003" not in set(table["Year"])


def test_headline(record, both):
    facts = pair_headline.headline(record, both)
    assert (facts["a"], facts["b"], facts["bodies"]) == ("Kazakhstan", "Kyrgyzstan", [])
    assert facts["treaties"] == 4
    assert facts["alone"] == (
        "The record has three treaties of the two alone on defence, friendship or borders; sources "
        "call none of them in force for both."
    )
    assert facts["recent"] == 1
    assert facts["exercises"] == (
        "The record has two exercises since 2011 in which both took part, observers left out, "
        "one of them since 2020. Not all participants are known for it."
    )
    assert (facts["meetings"], facts["outside"]) == (1, 0)
    assert facts["border"] == (
        "They share a land border. It is delimited by treaty from end to end; the signature "
        "that completed this is of 15 December 2001. How much of it is marked on the ground is "
        "not known. The record has two clashes on it, between 2014 and 2019, and the list is a "
        "sample. Sources give 1–3 dead in one clash."
    )
    assert "Both are among the five states" in facts["scope"]
    assert facts["empty"] == 10


def test_treaties_of_the_two_alone_in_words():
    alone = pair_headline.alone_in_words
    assert alone(0, 0).endswith("no treaties of the two alone on defence, friendship or borders.")
    assert alone(1, 0).endswith("; no source calls it in force for both.")
    assert alone(1, 1).endswith("; sources call it in force for both.")
    assert alone(3, 3).endswith("; sources call all of them in force for both.")


def test_exercises_in_words(both):
    known = both.joint.assign(year=2021, company=["Russia", "Central Asians alone"])
    assert pair_headline.exercises_in_words(known).endswith(
        "observers left out, both of them since 2020. All participants are known for both of them; "
        "one of these had neither Russia nor China."
    )
    assert "no exercise since 2011" in pair_headline.exercises_in_words(known.assign(year=2010))


def test_borders_in_words(both):
    rows = both.rows

    def say(**values):
        segment = rows["border_segments"].assign(**values)
        return pair_headline.border_in_words(rows | {"border_segments": segment})

    assert "It is delimited by treaty in part." in say(delimited="partial")
    assert "from end to end; when, is not known." in say(delimited_date=pd.NaT)
    assert "How much of it is delimited by treaty is not known." in say(delimited=None)


def test_clashes_in_words(both):
    none = both._replace(clashes=both.clashes[:0])
    assert pair_headline.clashes_in_words(none).startswith(" The record has no clash on it")
    one = pair_headline.clashes_in_words(both._replace(clashes=both.clashes[:1]))
    assert pair_headline.clashes_in_words(both).endswith("Sources give 1–3 dead in one clash.")
    dead = both._replace(clashes=both.clashes.assign(dead_low=2, dead_high=2))
    assert pair_headline.clashes_in_words(dead).endswith("Sources give four dead in two clashes.")
    assert "one clash on it, in 2014" in one and "no dead" in one
    segment = both.rows["border_segments"].assign(border="kgz-tjk")
    complete = both._replace(rows=both.rows | {"border_segments": segment})
    assert "nearly complete from 2014" in pair_headline.clashes_in_words(complete)


def test_suppliers_in_words(record, both):
    table = pair.similarity(record, "KAZ", "KGZ")
    assert pair_headline.suppliers_in_words(table, both) == (
        "For 2021–2025 the register has no deliveries of major arms to Kyrgyzstan, so the "
        "similarity of suppliers is not known."
    )
    table["Similarity"] = "60%"
    assert pair_headline.suppliers_in_words(table, both) == (
        "In 2021–2025, the mixes of their arms suppliers overlapped by 60%, in four deliveries to "
        "the two."
    )
    none = pair.pair_of(record, "KAZ", "AZE")
    assert "no arms deliveries to Azerbaijan" in pair_headline.suppliers_in_words(table[:0], none)


def test_a_pair_with_hardly_a_row_has_tables_that_say_so(record):
    none = pair.pair_of(record, "KAZ", "AZE")
    for table in (
        pair_timeline.timeline(record, none),
        pair.bodies_in_words(none),
        pair.treaties_in_words(none),
        pair.border(record, none.rows),
        pair.clashes_by_year(none),
        pair.meetings_by_series(none),
    ):
        assert [row[0] for row in listed(table)] == [NO_ROW]
    facts = pair_headline.headline(record, none)
    assert facts["border"] == "The record has no land border between them."
    assert "on Azerbaijan it holds memberships, treaties, exercises, and what" in facts["scope"]
    assert not re.search("order|lash", str(pair_headline.not_known(none.rows).keys()))
