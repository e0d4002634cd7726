"""Profiles of states on a record made by hand: one state with rows, one without."""

import pandas as pd
import pytest
from profile_tables import listed

from casi.profiles import headline, state
from casi.profiles.rows import NOT_KNOWN, rows_about, unknown
from casi.tables import load

DAY = pd.Timestamp


@pytest.fixture
def rows(record):
    return rows_about(record, "KAZ")


def test_rows_are_those_that_name_the_state(record, rows):
    assert rows["exercises"]["exercise"].tolist() == ["e-2010", "e-2011", "e-2021", "e-2022"]
    assert rows["meetings"]["meeting"].tolist() == ["m-2017", "m-2018", "m-2019"]
    assert rows["treaties"]["treaty"].tolist() == [
        "t-own",
        "t-general",
        "t-open",
        "t-new",
        "t-left",
    ]
    assert len(rows["memberships"]) == 2 and len(rows["arms_transfers"]) == 4
    assert rows_about(record, "TUR")["exercises"].empty  # an observer takes no part


def test_memberships_are_spells_and_unknown_ends_say_so(record, rows):
    assert listed(state.memberships(record, rows)) == [
        ["Commonwealth", "21 December 1991", "–", "member"],
        ["Old Union", "1994", "not known", "dialogue partner"],
    ]
    kgz = state.memberships(record, rows_about(record, "KGZ"))
    assert listed(kgz) == [["Commonwealth", "21 December 1991", "26 August 2005", "member"]]


def test_seats_tell_an_unknown_level_from_no_row(record):
    """One summit; one meeting at an unknown level, one without a row; none planned or earlier."""
    assert listed(state.seats(record, "KAZ")) == [
        ["Head of state", 1, 0],
        ["Present, level unknown", 0, 1],
        ["No row in this record", 0, 1],
    ]


def test_exercises_have_a_company_only_if_all_participants_are_known(record, rows):
    joint = state.joint_exercises(record, rows)
    assert joint.set_index("exercise")["company"].fillna("").to_dict() == {
        "e-2010": "Russia",
        "e-2011": "Central Asians alone",
        "e-2021": "",
        "e-2022": "Russia",  # Türkiye only observed
    }
    assert listed(state.exercises_by_company(joint)) == [
        ["Central Asians alone", 1, 0],
        ["Russia", 1, 1],
        ["Not all participants known", 1, 1],
    ]
    by_year = state.exercises_by_year(joint, 2023)
    assert list(by_year.index) == list(range(2011, 2024))
    assert by_year.sum().to_dict() == {"Central Asians alone": 1, "With Russia or China": 1}


def test_parallel_exercises_count_one_by_one(record):
    """A second exercise on the same days with the same states is another one."""
    twin = record["exercises"].query("exercise == 'e-2022'").assign(exercise="twin")
    record["exercises"] = pd.concat([record["exercises"], twin], ignore_index=True)
    present = record["participation"].query("event == 'e-2022'").assign(event="twin")
    record["participation"] = pd.concat([record["participation"], present], ignore_index=True)
    joint = state.joint_exercises(record, rows_about(record, "KAZ"))
    assert joint.set_index("exercise").loc[["e-2022", "twin"], "company"].tolist() == ["Russia"] * 2


def test_last_exercises_are_named_with_their_partners(record, rows):
    joint = state.joint_exercises(record, rows)
    assert listed(state.last_exercises(record, ["KAZ"], joint, 2)) == [
        ["Large", "1 May 2022", "Russia"],
        ["Open", "May 2021", "others not known"],
    ]


def test_largest_suppliers_by_window(record):
    """2021–2025: 60 of 100 from Russia; 2016–2020: all."""
    assert listed(state.largest_suppliers(record, "KAZ", 2)) == [
        ["2016–2020", "Russia", 100.0, "100%", 1],
        ["2021–2025", "Russia", 60.0, "60%", 2],
        ["2021–2025", "Türkiye", 30.0, "30%", 1],
    ]
    assert listed(state.largest_suppliers(record, "KAZ"))[-1][1] == "Unknown"


def test_spending_that_is_not_published_says_so(rows):
    assert listed(state.spending(rows)) == [
        ["2023", "1,164.2", "0.4", "adopted budget"],
        ["2024", "–", "0.5", "actual"],
        ["2025", "–", "–", "not published"],
    ]


def test_a_treaty_in_force_for_others_is_not_known_to_bind_the_state(rows):
    statuses = state.treaty_statuses(rows)
    assert dict(listed(statuses[["Treaty", "Status"]])) == {
        "Left": "Declined, suspended or not renewed",
        "Own": "In force for the state",
        "General": "In force, not known whether for the state",
        "Open": "No entry into force on record",
        "New": "No entry into force on record",  # ratified is not in force
    }
    assert listed(state.treaties_by_kind(statuses)) == [
        ["Border", 1, 1, 1, 0],
        ["Friendship", 0, 0, 1, 1],
    ]
    assert listed(state.treaties_without_entry(statuses)) == [
        ["Open", "June 2022"],
        ["New", "1 June 2023"],
    ]
    assert listed(state.treaties_without_entry(statuses, 2024))[0][0] == state.NO_ROW


def test_a_declaration_is_no_treaty_that_could_enter_into_force(rows):
    kinds = rows["treaties"]["kind"].where(rows["treaties"]["treaty"] != "t-open", "declaration")
    rows = dict(rows) | {"treaties": rows["treaties"].assign(kind=kinds)}
    found = listed(state.treaty_statuses(rows)[["Treaty"]])
    assert found == [["Left"], ["Own"], ["General"], ["New"]]


def test_borders_clashes_and_sites(record, rows):
    assert listed(state.settlement(record, rows)) == [
        ["Kazakhstan–Kyrgyzstan", "1,212", "full, 15 December 2001", "–", None]
    ]
    # mines left out; two statements on the dead of the second clash
    assert listed(state.clashes_by_border(record, rows)) == [
        ["Kazakhstan–Kyrgyzstan", 2, "2014", "2019", 1.0, 3.0]
    ]
    assert listed(state.foreign_sites(record, rows)) == [
        ["Russia", "test range", "Priozersk", "from 27 July 2000"]
    ]


def test_unknown_counts_empty_cells_of_the_rows_of_the_state(rows):
    found = {tuple(row[:2]): tuple(row[2:]) for row in listed(unknown(rows))}
    assert found[("Exercises", "Some of the participants")] == (4, 1)
    assert found[("Exercises", "Place")] == (4, 1)
    assert found[("Participation", "Level of attendance, or part taken")] == (8, 1)
    assert found[("Treaties", "Date of entry into force")] == (5, 2)
    assert found[("Military spending", "Spending in a year, US dollars")] == (3, 2)
    assert found[("Arms reports", "Number of pieces")] == (1, 1)
    assert ("Foreign presence", "Start") not in found
    assert "Memberships" not in {table for table, _ in found}


def test_a_state_without_rows_has_tables_that_say_so(record):
    rows = rows_about(record, "AZE")
    joint = state.joint_exercises(record, rows)
    for table in (
        state.memberships(record, rows),
        state.exercises_by_company(joint),
        state.last_exercises(record, ["AZE"], joint),
        state.largest_suppliers(record, "AZE"),
        state.spending(rows),
        state.treaties_by_kind(state.treaty_statuses(rows)),
        state.settlement(record, rows),
        state.clashes_by_border(record, rows),
        state.foreign_sites(record, rows),
    ):
        assert [row[0] for row in listed(table)] == ["No row in this record"]
    assert set(unknown(rows)["Not known"]) == {"Everything: no row"}
    assert (
        headline.arms_in_words(record, "AZE") == "The tables hold no arms deliveries to Azerbaijan."
    )


def test_headline(record, rows):
    facts = headline.headline(record, "KAZ", rows, state.joint_exercises(record, rows))
    assert facts["bodies"] == ["CIS"]  # a dialogue partner is no member
    assert (facts["exercises"], facts["known"], facts["neither"]) == (3, 2, 1)
    assert (facts["exercises_recent"], facts["known_recent"], facts["neither_recent"]) == (2, 1, 0)
    assert (facts["treaties"], facts["in_force"], facts["pending"]) == (5, 1, 2)
    assert facts["company"] == (
        "All participants are known for one of them; Russia or China took part in it."
    )
    assert facts["arms"] == (
        "In 2021–2025, the largest suppliers in the register were Russia (60%), Türkiye (30%) and "
        "Unknown (10%), with four deliveries."
    )
    assert facts["published"] == (
        "The last figure in dollars is 1,164 million at prices of 2023, for 2023."
    )
    assert facts["closed"] == "18 May 2026"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0), "Not all participants are known for it."),
        ((3, 0, 0), "Not all participants are known for any of them."),
        ((1, 1, 1), "for that one; it had neither Russia nor China."),
        ((1, 1, 0), "for that one; Russia or China took part in it."),
        ((2, 2, 0), "for both of them; Russia or China took part in each of these."),
        ((9, 8, 8), "for eight of them; all of these had neither Russia nor China."),
        ((9, 8, 2), "for eight of them; two of these had neither Russia nor China."),
    ],
)
def test_company_in_words(counts, words):
    assert headline.company_in_words(*counts).endswith(words)


def test_there_is_no_company_without_an_exercise():
    assert headline.company_in_words(0, 0, 0) == ""


def test_the_scope_says_that_the_record_follows_the_five(record):
    assert "one of the five states" in headline.scope_in_words(record, "KAZ")
    assert (
        "on Azerbaijan it holds memberships, treaties, exercises, and what"
        in headline.scope_in_words(record, "AZE")
    )


def test_sentences_on_states_without_figures(record):
    kgz = rows_about(record, "KGZ")
    assert headline.spending_in_words(kgz) == ("No figure in dollars is published for any year.")
    assert headline.arms_in_words(record, "KGZ") == (
        "For 2021–2025 the register has no deliveries of major arms to Kyrgyzstan."
    )
    assert "no military spending" in headline.spending_in_words(rows_about(record, "AZE"))


def test_the_network_sentence_compares_a_state_with_the_mean(record):
    """In 2021–2025 only `e-2022` is complete: all of Kazakhstan's weight is with Russia."""
    words = headline.network_in_words(record, "KAZ")
    assert words.startswith("In 2021–2025, 0% of the weight of its ties")
    assert headline.network_in_words(record, "KGZ") == (
        "In 2021–2025 the record has no ties of this state."
    )
    assert "the five states of Central Asia alone" in headline.network_in_words(record, "AZE")


# The pages.


@pytest.mark.parametrize(("table", "column"), NOT_KNOWN)
def test_columns_that_can_hide_a_fact_exist(table, column):
    assert column in load(table).columns
