"""Profiles of bodies on a record made by hand."""

import pandas as pd
import pytest
from profile_tables import frame, listed

from casi.profiles import body, body_headline
from casi.profiles.rows import unknown
from casi.profiles.state import NO_ROW
from casi.tables import load

FORMAT = body.Body("C5+X", "", ("c5_usa",))


@pytest.fixture
def cis():
    return body.Body(
        "CIS", "cis", ("consultative_heads",), ("cis",), ("t-own", "t-open"), "summits"
    )


@pytest.fixture
def record(record):
    """A predecessor, documents, and who came."""
    record["organisations"].loc[1, "successor"] = "cis"
    record["organisations"]["kind"] = "union"
    record["meetings"]["name"] = "Meeting " + record["meetings"]["meeting"]
    record["meetings"]["documents"] = [None, "Statement", None, None, None]
    more = frame(
        "event state level role",
        ("m-2017", "KGZ", "former_head_of_state", "member"),
        ("m-2018", "AZE", None, "guest"),
    )
    record["participation"] = pd.concat([record["participation"], more], ignore_index=True)
    steps = frame(
        "treaty state action date",
        ("t-own", "KGZ", "declined", "2001-01-01"),
        ("t-open", "RUS", "signed", "2022-06-01"),
        days=["date"],
    )
    record["treaty_actions"] = pd.concat([record["treaty_actions"], steps], ignore_index=True)
    return record


@pytest.fixture
def rows(record, cis):
    return body.rows_on(record, cis)


def test_rows_are_those_of_the_body_and_of_what_it_succeeded(rows):
    assert sorted(set(rows["memberships"]["organisation"])) == ["cis", "old"]
    assert rows["meetings"]["meeting"].tolist() == ["m-2017", "m-2018"]
    assert rows["exercises"]["exercise"].tolist() == ["e-2010", "e-2021", "e-2022"]  # no plan
    assert rows["treaties"]["treaty"].tolist() == ["t-own", "t-open"]
    assert set(rows["treaty_actions"]["state"]) == {"KAZ", "KGZ"}
    assert len(rows["participation"]) == 4


def test_memberships_are_spells_of_each_state(record, rows):
    assert listed(body.memberships(record, rows)) == [
        ["Kazakhstan", "Commonwealth", "21 December 1991", "–", "member"],
        ["Kyrgyzstan", "Commonwealth", "21 December 1991", "26 August 2005", "member"],
        ["Kazakhstan", "Old Union", "1994", "–", "dialogue partner"],
    ]


def test_seats_tell_levels_apart_and_leave_out_states_without_a_row(record, rows):
    table = body.seats(record, rows)
    assert [*table][1:] == [
        "Head of state",
        "Other level",
        "Level not known",
        "No row in this record",
    ]
    assert listed(table) == [
        ["Kazakhstan", 2, 0, 0, 0],
        ["Kyrgyzstan", 0, 1, 0, 1],
        ["Azerbaijan", 0, 0, 1, 1],
    ]


def test_the_last_meetings_come_newest_first(record, rows):
    table = body.last_meetings(record, rows)
    assert [*table] == ["Meeting", "When", "Kazakhstan", "Kyrgyzstan", "Azerbaijan"]
    assert listed(table) == [
        ["Meeting m-2018", "15 March 2018", "head of state", None, "present, level unknown"],
        ["Meeting m-2017", "1 January 2017", "head of state", "former head of state", None],
    ]
    assert table["Meeting"][0] == "[Meeting m-2018](rows:meetings/m-2018)"
    assert len(body.last_meetings(record, rows, 1)) == 1


def test_documents_are_those_of_meetings_that_have_one(rows):
    assert listed(body.documents(rows)) == [["15 March 2018", "Meeting m-2018", "Statement"]]


def test_treaties_say_for_whom_they_are_in_force(record, rows):
    assert listed(body.treaties(record, rows)) == [
        ["Own", "1 January 2001", "Kazakhstan", "–", "Kyrgyzstan"],
        ["Open", "June 2022", "–", "Kazakhstan", "–"],
    ]


def test_exercises_are_counted_by_state(record, rows):
    table = listed(body.exercises(record, rows))
    assert table[0] == ["Kazakhstan", "2", "2", "2022"]
    assert table[1] == ["Kyrgyzstan", "0", "0", "–"]
    assert [row[0] for row in table] == load("states").set_index("iso3")["name"][body.SIX].tolist()


def test_headline(record, rows, cis):
    facts = body_headline.headline(record, rows, cis)
    assert (facts["name"], facts["full_name"]) == ("CIS", "Commonwealth")
    assert facts["roles"] == (
        "On 18 May 2026, the roles of the six states on record were member (Kazakhstan)."
    )
    assert facts["meetings"] == (
        "The record has two of its meetings, the oldest of 1 January 2017 and the last of "
        "15 March 2018. The level is known for three seats of the six states; a head of state "
        "took two of them."
    )
    assert facts["exercises"] == (
        "The record has two exercises in its frame since 2011, both of them since 2020."
    )
    assert facts["treaties"] == (
        "The record has two treaties of it; for one of them, no date of entry into force is on "
        "record."
    )
    assert facts["coverage"] == "Summits are complete."
    assert facts["empty"] == int(unknown(body_headline.not_known(rows))["Empty"].sum())


def test_exercises_and_treaties_in_words(rows):
    def exercises(*years):
        days = pd.DataFrame({"date_start": pd.to_datetime([f"{year}-01-01" for year in years])})
        return body_headline.exercises_in_words({"exercises": days})

    assert exercises(2010).endswith("no exercises in its frame since 2011.")
    assert exercises(2010, 2012).endswith(
        "one exercise in its frame since 2011, that one not since 2020."
    )
    assert exercises(2012, 2015, 2021).endswith("since 2011, one of them since 2020.")
    one = rows["treaties"].iloc[:1].assign(in_force_date=pd.NaT)
    assert body_headline.treaties_in_words({"treaties": one}).endswith(
        "one treaty of it; for it, no date of entry into force is on record."
    )
    dated = one.assign(in_force_date=pd.Timestamp("2001-01-01"))
    assert "with a date of entry into force for each" in body_headline.treaties_in_words(
        {"treaties": dated}
    )


def test_a_format_has_no_members_and_a_body_may_have_none_left(record, cis):
    rows = body.rows_on(record, FORMAT)
    assert "holds no members of it" in body_headline.roles_in_words(record, rows, FORMAT)
    old = body.Body("Old", "old")
    spells = record["memberships"].assign(end=pd.Timestamp("2000-01-01"))
    none = body.rows_on(record | {"memberships": spells}, old)
    assert "none of the six" in body_headline.roles_in_words(record, none, old)
    one = body_headline.meetings_in_words(record, body.rows_on(record, cis) | {
        "meetings": rows["meetings"].head(1)})  # fmt: skip
    assert "one of its meetings, of 1 January 2019." in one


def test_a_body_without_rows_has_tables_and_sentences_that_say_so(record):
    rows = body.rows_on(record, body.Body("None"))
    for table in (
        body.memberships(record, rows),
        body.seats(record, rows),
        body.last_meetings(record, rows),
        body.documents(rows),
        body.treaties(record, rows),
        body.exercises(record, rows),
    ):
        assert [row[0] for row in listed(table)] == [NO_ROW]
    facts = body_headline.headline(record, rows, body.Body("None"))
    assert "hold none of its meetings" in facts["meetings"]
    assert facts["coverage"] == "Its meetings were not collected."
    assert "No exercise on record" in facts["exercises"] and "no treaty" in facts["treaties"]


# The bodies of the book.


@pytest.mark.parametrize("found", body.BODIES.values(), ids=lambda each: each.name)
def test_a_body_finds_its_rows(found):
    record = {name: load(name) for name in ("organisations", "meetings", "exercises", "treaties")}
    assert not found.organisation or found.organisation in set(
        record["organisations"]["organisation"]
    )
    assert set(found.frames) <= set(record["exercises"]["frame"])
    for begin in found.treaties:
        assert record["treaties"]["treaty"].str.startswith(begin).any()
    if not found.organisation:
        assert set(found.series) <= set(record["meetings"]["series"])
    assert found.topic in {"", *load("coverage")["topic"]}


def test_meetings_of_bodies_are_meetings_too(record):
    rows = body.rows_on(record, body.Body("CIS", "cis", ("cis",)))
    assert rows["meetings"]["meeting"].tolist() == ["b-2024"]
    came = frame("event state level role", ("b-2024", "KAZ", "head_of_state", "member"))
    record["participation"] = pd.concat([record["participation"], came], ignore_index=True)
    link = body.last_meetings(record, rows)["Meeting"][0]
    assert link == "[Council](rows:body_meetings/b-2024)"
