import pandas as pd
import pytest

from casi import absorption
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
    apart = absorption.lives(organisations, memberships, UNTIL).set_index("organisation")
    assert apart.index.tolist() == ["fund", "union", "council", "community", "alliance"]
    assert apart["how"].tolist() == ["at work", "renamed", "unknown", "merged", "at work"]
    assert pd.isna(apart.loc["council", "ended"])
    lines = absorption.lives(organisations, memberships, UNTIL, renamed_end=False)
    line = lines.set_index("organisation").loc["union"]
    assert line["bodies"] == ("union", "community")
    assert (line["ended"], line["how"]) == (DAY("2005-01-01"), "merged")
    assert "community" not in set(lines["organisation"])


def test_entries_by_hand(organisations, memberships):
    lines = absorption.lives(organisations, memberships, UNTIL, renamed_end=False)
    table = absorption.entries(lines, memberships, UNTIL).set_index("organisation")
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
    anyone = absorption.entries(lines, memberships, UNTIL, None).set_index("organisation")
    assert (anyone.loc["fund", "entrant"], anyone.loc["fund", "entry"]) == ("AZE", "later")


def test_phases_cut_a_life_at_the_entry(organisations, memberships):
    lines = absorption.lives(organisations, memberships, UNTIL, renamed_end=False)
    entered = absorption.entries(lines, memberships, UNTIL)
    short = organisations.assign(abbreviation=organisations["organisation"].str[:3].str.upper())
    found = absorption.phases(entered, short, UNTIL)
    without, with_it = absorption.PHASES
    rows = found[["name", "founded", "until", "group"]].to_numpy().tolist()
    assert ["UNI", DAY("1994-01-01"), DAY("2004-01-01"), without] in rows
    assert ["UNI", DAY("2004-01-01"), DAY("2005-01-01"), with_it] in rows
    assert ["ALL", DAY("2000-01-01"), UNTIL, with_it] in rows
    assert ["FUN", DAY("1993-01-01"), UNTIL, without] in rows  # Azerbaijan is not one of the two
    assert "COU" not in set(found["name"])  # its end is unknown


def test_kaplan_meier_of_the_paper():
    """Kaplan and Meier 1958, section 2: deaths at 0.8, 3.1, 5.4, 9.2; losses at the others."""
    times = pd.Series([0.8, 1.0, 2.7, 3.1, 5.4, 7.0, 9.2, 12.1])
    died = pd.Series([True, False, False, True, True, False, True, False])
    curve = absorption.kaplan_meier(times, died).set_index("months")
    assert curve.loc[[0.8, 3.1, 5.4, 9.2], "survival"].tolist() == pytest.approx(
        [0.875, 0.7, 0.525, 0.2625]
    )
    assert curve.loc[[0.8, 3.1, 5.4, 9.2], "at_risk"].tolist() == [8, 5, 4, 2]


def test_kaplan_meier_with_ties():
    """Weeks in remission under 6-mercaptopurine, Freireich et al. 1963, estimates as published."""
    over = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    times = pd.Series([*over, *seen], dtype=float)
    curve = absorption.kaplan_meier(times, pd.Series([True] * 9 + [False] * 12))
    curve = curve.set_index("months").loc[[6, 7, 10, 13, 16, 22, 23], "survival"]
    assert curve.round(3).tolist() == [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]


def test_kaplan_meier_of_none_and_of_times_before_the_start():
    empty = absorption.kaplan_meier(pd.Series([], dtype=float), pd.Series([], dtype=bool))
    assert empty["survival"].tolist() == [1]
    with pytest.raises(ValueError, match="before the start"):
        absorption.kaplan_meier(pd.Series([-1.0]), pd.Series([True]))


def test_before_and_after_counts_no_year_twice(organisations, memberships):
    lines = absorption.lives(organisations, memberships, UNTIL, renamed_end=False)
    table = absorption.entries(lines, memberships, UNTIL)
    curves = absorption.before_and_after(table, UNTIL)
    assert curves["without"]["at_risk"].max() == 2  # the fund and, until 2004, the union
    assert curves["without"]["ended"].sum() == 0
    assert curves["entered_later"]["ended"].sum() == 1
    assert curves["founded_with"]["censored"].sum() == 1


def test_survival_at_a_time():
    curve = absorption.kaplan_meier(pd.Series([2.0, 4.0]), pd.Series([True, False]))
    assert absorption.survival_at(curve, 1) == 1
    assert absorption.survival_at(curve, 3) == 0.5
    assert pd.isna(absorption.survival_at(curve, 5))


def test_together_for_the_common_part_of_two_spells():
    rows = [("body", "KAZ", "2000-01-01", None), ("body", "UZB", "2002-01-01", "2006-01-01")]
    rows += [("un", "KAZ", "1992-01-01", None), ("un", "UZB", "1992-01-01", None)]
    rows += [
        ("past", "KGZ", "2000-01-01", "2001-01-01"),
        ("past", "TJK", "2000-01-01", "2009-01-01"),
    ]
    table = pd.DataFrame(rows, columns=["organisation", "state", "start", "end"])
    dates = {name: pd.to_datetime(table[name]) for name in ("start", "end")}
    found = absorption.together_for(table.assign(**dates, status="member"), UNTIL)
    assert found[["first", "second"]].to_numpy().tolist() == [["KAZ", "UZB"], ["KGZ", "TJK"]]
    assert found["years"].tolist() == pytest.approx([4, 1], abs=0.01)


# The record itself.


def test_headline_of_the_record():
    facts = absorption.headline(load("organisations"), load("memberships"), closing_date())
    assert facts["great_entered"] == ["cau"]
    assert facts["great_months_after"] == [11.6]
    assert facts["anyone_entered"] == ["cau", "consultative-heads"]
    kinds = ("at_founding", "later", "never")
    assert sum(facts[f"great_{kind}"] for kind in kinds) == facts["bodies"]
    assert facts["great_never_over"] == 0
    assert facts["great_never_renamed_over"] == 3
