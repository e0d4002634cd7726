import pandas as pd
import pytest

from casi.measures import power_entry
from casi.tables import closing_date, load

DAY = pd.Timestamp
UNTIL = DAY("2020-01-01")


@pytest.fixture
def organisations():
    rows = [
        ("union", "1994-01-01", "1998-01-01", "renamed", "community"),
        ("community", "1998-01-01", "2005-01-01", "merged", "alliance"),
        ("alliance", "2000-01-01", None, None, None),
        ("fund", "1993-01-01", None, None, None),
        ("council", "1995-01-01", None, "unknown", None),
        ("un", "1945-01-01", None, None, None),
    ]
    table = pd.DataFrame(
        rows, columns=["organisation", "founded", "ended", "end_kind", "successor"]
    )
    dates = {name: pd.to_datetime(table[name]) for name in ("founded", "ended")}
    return table.assign(**dates, name=table["organisation"].str.title(), kind="body")


@pytest.fixture
def memberships():
    rows = [
        (body, state, day, "member")
        for body, day in (
            ("union", "1994-01-01"),
            ("community", "1998-01-01"),
            ("alliance", "2001-01-01"),
            ("fund", "1993-01-01"),
            ("council", "1995-01-01"),
            ("un", "1992-03-02"),
        )
        for state in ("KAZ", "UZB")
    ]
    rows += [
        ("union", "RUS", "1996-01-01", "observer"),
        ("community", "RUS", "2004-01-01", "member"),
    ]
    rows += [("alliance", "RUS", "2001-01-01", "member"), ("fund", "AZE", "2015-01-01", "member")]
    table = pd.DataFrame(rows, columns=["organisation", "state", "start", "status"])
    return table.assign(start=pd.to_datetime(table["start"]), end=pd.NaT)


def test_lives_end_or_go_on_under_another_name(organisations, memberships):
    apart = power_entry.lives(organisations, memberships, UNTIL).set_index("organisation")
    assert apart.index.tolist() == ["fund", "union", "council", "community", "alliance"]
    assert apart["how"].tolist() == ["at work", "renamed", "unknown", "merged", "at work"]
    assert pd.isna(apart.loc["council", "ended"])
    lines = power_entry.lives(organisations, memberships, UNTIL, renamed_end=False)
    line = lines.set_index("organisation").loc["union"]
    assert line["bodies"] == ("union", "community")
    assert (line["ended"], line["how"]) == (DAY("2005-01-01"), "merged")
    assert "community" not in set(lines["organisation"])


def test_entries_by_hand(organisations, memberships):
    lines = power_entry.lives(organisations, memberships, UNTIL, renamed_end=False)
    table = power_entry.entries(lines, memberships, UNTIL).set_index("organisation")
    assert table["entry"].to_dict() == {
        "fund": "never",
        "union": "later",
        "council": "never",
        "alliance": "at founding",  # Russia's spell begins with the first of the five
    }
    assert table.loc["union", "months_before"] == pytest.approx(120, abs=0.1)
    assert table.loc["union", "months_after"] == pytest.approx(12, abs=0.1)
    assert table.loc["alliance", "entered"] == DAY("2000-01-01")
    assert table.loc["alliance", "months_after"] == pytest.approx(240, abs=0.1)
    assert not table.loc["alliance", "over"]
    anyone = power_entry.entries(lines, memberships, UNTIL, None).set_index("organisation")
    assert (anyone.loc["fund", "entrant"], anyone.loc["fund", "entry"]) == ("AZE", "later")


def test_phases_cut_a_life_at_the_entry(organisations, memberships):
    lines = power_entry.lives(organisations, memberships, UNTIL, renamed_end=False)
    entered = power_entry.entries(lines, memberships, UNTIL)
    short = organisations.assign(abbreviation=organisations["organisation"].str[:3].str.upper())
    found = power_entry.phases(entered, short, UNTIL)
    without, with_it = power_entry.PHASES
    rows = found[["name", "founded", "until", "group"]].to_numpy().tolist()
    assert ["UNI", DAY("1994-01-01"), DAY("2004-01-01"), without] in rows
    assert ["UNI", DAY("2004-01-01"), DAY("2005-01-01"), with_it] in rows
    assert ["ALL", DAY("2000-01-01"), UNTIL, with_it] in rows
    assert ["FUN", DAY("1993-01-01"), UNTIL, without] in rows  # Azerbaijan is not one of the two
    assert "COU" not in set(found["name"])  # its end is unknown


def test_headline_of_the_record():
    facts = power_entry.headline(load("organisations"), load("memberships"), closing_date())
    assert facts["great_entered"] == ["cau"]
    assert facts["great_months_after"] == [11.6]
    assert facts["anyone_entered"] == ["cau", "consultative-heads"]
    kinds = ("at_founding", "later", "never")
    assert sum(facts[f"great_{kind}"] for kind in kinds) == facts["bodies"]
    assert facts["great_never_over"] == 0
    assert facts["great_never_renamed_over"] == 3
