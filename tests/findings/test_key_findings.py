import re

import pandas as pd
import pytest

from casi.findings import key_findings
from casi.findings.key_findings import FALLS, FINDINGS, STANDS, UNTOLD
from casi.tables import load, names

DAY = pd.Timestamp


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


@pytest.fixture
def small(monkeypatch):
    """One finding: more yes than no among the rows of a table."""
    monkeypatch.setattr(key_findings, "FINDINGS", {})

    @key_findings.finding(
        "yes", "Most say yes.", "{yes:word} of {all:word} do ({numref}`tab-votes`)."
    )
    def _yes(record):
        votes = record["votes"]["vote"]
        yes = int((votes == "yes").sum())
        return yes > len(votes) / 2, {"yes": yes, "all": len(votes)} if len(votes) else {}

    return {
        answers: {"votes": pd.DataFrame({"vote": answers.split()}, dtype="str")}
        for answers in ("yes yes no", "yes no", "")
    }


def test_a_finding_stands_falls_or_cannot_be_told(small):
    assert [key_findings.standing(one)["yes"] for one in small.values()] == [STANDS, FALLS, UNTOLD]


def test_sentences_are_written_only_if_they_stand(small):
    said = key_findings.sentences(small["yes yes no"]).markdown
    assert said == "1. **Most say yes.** two of three do ({numref}`tab-votes`)."
    with pytest.raises(ValueError, match=r"reword.*yes.*falls"):
        key_findings.sentences(small["yes no"])


def test_leads_carry_no_number(small):
    assert key_findings.leads(small["yes yes no"]).markdown == "- Most say yes."


def test_a_finding_moves_when_its_standing_or_a_number_does(small):
    whole, half, _ = small.values()
    assert key_findings.moved(whole, whole).empty and key_findings.moved({}, whole).empty
    [row] = key_findings.moved(whole, half).to_dict("records")
    assert (row["key"], row["finding"]) == ("yes", "Most say yes.")
    assert row["was"] == "stands: two of three do."
    assert row["now"] == "falls: one of two do."


# The findings of the report.


def test_all_stand_by_the_record_and_say_where_to_look(record):
    assert set(key_findings.standing(record).values()) == {STANDS}
    assert 8 <= len(FINDINGS) <= 10
    for one in FINDINGS.values():
        assert isinstance(one, key_findings.Finding)
        assert re.search(r"\{numref\}`(?:fig|tab)-", one.text), one.lead
        assert not re.search(r"\d", one.lead)


def only(table, **wanted):
    chosen = pd.Series(True, index=table.index)
    for column, value in wanted.items():
        chosen &= table[column] == value
    return chosen


def many_secretaries(record):
    meetings = record["meetings"]
    rows = meetings[only(meetings, series="security_council_secretaries", status="held")]
    return {"meetings": pd.concat([meetings, *[rows] * 9], ignore_index=True)}


def one_supplier(record):
    return {"arms_transfers": record["arms_transfers"].assign(supplier="RUS")}


def no_line_delimited(record):
    return {"border_segments": record["border_segments"].assign(delimited="partial")}


def treaty_in_force(record):
    rows = record["treaties"].copy()
    rows.loc[only(rows, treaty="friendship-2022"), "in_force_date"] = DAY("2026-01-01")
    return {"treaties": rows}


def no_russia_in_caco(record):
    rows = record["memberships"]
    return {"memberships": rows[~only(rows, organisation="caco", state="RUS")]}


def russia_in_every_exercise(record):
    there, drills = record["participation"], record["exercises"]["exercise"]
    new = there.iloc[[0] * len(drills)].assign(event=drills.to_numpy(), state="RUS", role="member")
    return {"participation": pd.concat([there, new.assign(level=None)], ignore_index=True)}


def no_meeting_with_a_power(record):
    meetings, drills = record["meetings"], record["exercises"]
    return {
        "meetings": meetings[~meetings["series"].str.startswith("c5_")],
        "exercises": drills[drills["date_start"].dt.year < 2021],
    }


def many_meetings_in_2016(record):
    rows = record["meetings"].copy()
    late = rows["date_start"].dt.year == 2025
    rows.loc[late, "date_start"] = DAY("2016-05-01")
    return {"meetings": rows}


def one_secretaries_meeting(record):
    rows = record["meetings"]
    gone = {"scs-2025-samarkand", "consultative-2025"}
    return {"meetings": rows[~rows["meeting"].isin(gone)]}


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("meetings", many_secretaries),
        ("company", no_meeting_with_a_power),
        ("broker", russia_in_every_exercise),
        ("free", russia_in_every_exercise),
        ("arms", one_supplier),
        ("borders", no_line_delimited),
        ("law", treaty_in_force),
        ("absorption", no_russia_in_caco),
        ("score", many_meetings_in_2016),
        ("way", one_secretaries_meeting),
    ],
)
def test_each_would_fall_by_another_record(record, key, change):
    assert key_findings.standing({**record, **change(record)})[key] != STANDS
