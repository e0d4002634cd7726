import pandas as pd
import pytest

from casi.measures import power_entry

DAY = pd.Timestamp
UNTIL = DAY("2020-01-01")


@pytest.fixture
def organisations():
    rows = [
        ("union", "1994-01-01", "1998-01-01", "renamed", "community"),
        ("community", "1998-01-01", "2005-01-01", "merged", "alliance"),
        ("pact", "1992-05-15", None, None, "alliance"),
        ("alliance", "2000-01-01", None, None, None),
        ("fund", "1960-01-01", None, None, None),
        ("bank", "1985-01-01", None, None, None),
        ("council", "1995-01-01", None, "unknown", None),
        ("customs", "1995-01-20", None, "unknown", "alliance"),
        ("pair", "1996-01-01", "2020-01-02", "dissolved", None),
        ("single", "1997-01-01", None, None, None),
        ("future", "2020-01-02", None, None, None),
        ("un", "1945-01-01", None, None, None),
        ("pfp", "1994-01-10", None, None, None),
    ]
    columns = ["organisation", "founded", "ended", "end_kind", "successor"]
    table = pd.DataFrame(rows, columns=columns)
    dates = {name: pd.to_datetime(table[name]) for name in ("founded", "ended")}
    names = table["organisation"]
    short = names.str[:3].str.upper().where(names != "bank")
    return table.assign(**dates, name=names.str.title(), abbreviation=short)


@pytest.fixture
def memberships():
    starts = {
        "union": "1994-01-01",
        "community": "1998-01-01",
        "pact": "1994-04-20",
        "alliance": "2001-01-01",
        "fund": "1993-01-01",
        "bank": "1992-01-01",
        "council": "1995-01-01",
        "customs": "1995-01-20",
        "pair": "1996-01-01",
        "future": "2020-01-02",
        "un": "1992-03-02",
        "pfp": "1994-05-01",
    }
    rows = [
        (body, state, day, "member") for body, day in starts.items() for state in ("KAZ", "UZB")
    ]
    rows += [
        ("single", "KAZ", "1997-01-01", "member"),
        ("single", "UZB", "1997-01-01", "observer"),
        ("union", "RUS", "1996-01-01", "observer"),
        ("community", "RUS", "2004-01-01", "member"),
        ("community", "CHN", "2004-06-01", "member"),
        ("pact", "RUS", "1992-05-15", "member"),
        ("alliance", "RUS", "2001-01-01", "member"),  # with the first of the five
        ("fund", "AZE", "2015-01-01", "member"),
        ("bank", "CHN", "1991-12-01", "member"),
        ("pair", "CHN", "2016-01-01", "member"),
        ("council", "RUS", "2020-01-02", "member"),  # after the record closes
    ]
    table = pd.DataFrame(rows, columns=["organisation", "state", "start", "status"])
    return table.assign(start=pd.to_datetime(table["start"]), end=pd.NaT)


@pytest.fixture
def entered(organisations, memberships):
    lines = power_entry.lives(organisations, memberships, UNTIL, renamed_end=False)
    return power_entry.entries(lines, memberships, UNTIL).set_index("organisation", drop=False)


def test_a_regional_body_had_two_of_the_five_and_is_neither_universal_nor_natos(
    organisations, memberships
):
    table = power_entry.lives(organisations, memberships, UNTIL)
    bodies = "fund bank pact union council customs pair community alliance"
    assert table["organisation"].tolist() == bodies.split()
    assert table.loc[0, "name"] == "Fund"


def test_a_body_ends_as_recorded_or_with_its_successor(organisations, memberships):
    table = power_entry.lives(organisations, memberships, UNTIL).set_index("organisation")
    assert table["how"].to_dict() == {
        "fund": "at work",
        "bank": "at work",
        "pact": "succeeded",
        "union": "renamed",
        "council": "unknown",
        "customs": "succeeded",  # ended on an unknown day, but the alliance came after it
        "pair": "dissolved",
        "community": "merged",
        "alliance": "at work",
    }
    assert table["ended"].dropna().to_dict() == {
        "pact": DAY("2001-01-01"),
        "union": DAY("1998-01-01"),
        "customs": DAY("2001-01-01"),
        "community": DAY("2005-01-01"),
    }  # the pair ends after the record closes


def test_a_renamed_or_replaced_body_can_continue_under_its_first_name(organisations, memberships):
    table = power_entry.lives(organisations, memberships, UNTIL, renamed_end=False)
    bodies = table.set_index("organisation")["bodies"]
    assert bodies["union"] == ("union", "community")  # merged into the alliance, not renamed
    assert bodies["pact"] == ("pact", "alliance")
    assert {"community", "alliance"}.isdisjoint(bodies.index)
    union = table.set_index("organisation").loc["union"]
    assert (union["name"], union["founded"]) == ("Union", DAY("1994-01-01"))
    assert (union["ended"], union["how"]) == (DAY("2005-01-01"), "merged")


def test_a_power_enters_at_the_founding_or_later_or_never(entered):
    assert entered["entry"].to_dict() == {
        "fund": "never",  # Azerbaijan is not a great power
        "bank": "at founding",  # before the first of the five
        "pact": "at founding",
        "union": "later",
        "council": "never",
        "customs": "never",
        "pair": "later",
    }
    assert entered["entered"].dropna().to_dict() == {
        "bank": DAY("1991-01-01"),  # no earlier than independence
        "pact": DAY("1992-05-15"),
        "union": DAY("2004-01-01"),
        "pair": DAY("2016-01-01"),
    }


def test_a_power_that_enters_with_the_first_of_the_five_is_a_founder(organisations, memberships):
    lines = power_entry.lives(organisations, memberships, UNTIL)
    table = power_entry.entries(lines, memberships, UNTIL).set_index("organisation")
    assert table.loc["alliance", ["entered", "entry"]].tolist() == [
        DAY("2000-01-01"),
        "at founding",
    ]


def test_months_run_from_the_entry_to_the_end_or_the_closing_date(entered):
    months = entered["months_after"]
    assert months["union"] == pytest.approx(366 / 365.25 * 12)  # 2004, a leap year
    assert months["pair"] == pytest.approx(1461 / 365.25 * 12)  # 2016 to 2019
    assert months[["fund", "council", "customs"]].isna().all()
    assert entered["over"].to_dict() == {
        "fund": False,
        "bank": False,
        "pact": False,
        "union": True,
        "council": False,
        "customs": True,
        "pair": False,
    }


def test_months_after_an_entry_are_missing_where_the_end_is_unknown(organisations, memberships):
    joined = pd.DataFrame(
        {"organisation": "council", "state": "RUS", "status": "member"}, index=[0]
    ).assign(start=DAY("1999-01-01"), end=pd.NaT)
    spells = pd.concat([memberships, joined], ignore_index=True)
    lines = power_entry.lives(organisations, memberships, UNTIL)
    table = power_entry.entries(lines, spells, UNTIL).set_index("organisation")
    assert table.loc["council", "entry"] == "later"
    assert pd.isna(table.loc["council", "months_after"])


def test_phases_split_a_life_at_a_later_entry(entered, organisations):
    found = power_entry.phases(entered, organisations, UNTIL)
    without, with_power = power_entry.PHASES
    assert without.startswith("Without") and with_power.startswith("With ")
    rows = found.astype({"ended": object}).where(found.notna(), None)
    assert list(rows.itertuples(index=False, name=None)) == [
        ("UNI, later COM", DAY("1994-01-01"), DAY("2004-01-01"), DAY("2004-01-01"), without),
        ("UNI, later COM", DAY("2004-01-01"), DAY("2005-01-01"), DAY("2005-01-01"), with_power),
        ("PAI", DAY("1996-01-01"), DAY("2016-01-01"), DAY("2016-01-01"), without),
        ("PAI", DAY("2016-01-01"), None, UNTIL, with_power),
        # the council is left out: its end is unknown
        ("FUN", DAY("1991-01-01"), None, UNTIL, without),  # older than independence
        ("CUS", DAY("1995-01-20"), DAY("2001-01-01"), DAY("2001-01-01"), without),
        ("Bank", DAY("1991-01-01"), None, UNTIL, with_power),  # has no abbreviation
        ("PAC, later ALL", DAY("1992-05-15"), None, UNTIL, with_power),
    ]


def test_a_later_entry_has_a_note_with_its_years(entered, organisations):
    assert power_entry.entry_notes(entered, organisations) == {
        "UNI, later COM": "2004–2005",
        "PAI": "since 2016",
    }


def test_headline_by_hand(organisations, memberships):
    assert power_entry.headline(organisations, memberships, UNTIL) == {
        "regional_bodies": 7,
        "great_at_founding": 2,  # bank and pact, which continues as the alliance
        "great_at_founding_over": 0,
        "great_later": 2,  # union in 2004, pair in 2016
        "great_later_over": 1,
        "great_never": 3,  # fund, council, customs
        "great_never_over": 1,  # customs
        "great_never_unknown": 1,  # council
        "great_months_after": [12.0, 48.0],
        "great_unknown": 0,
        "great_unknown_over": 0,
        "great_later_by_name": 2,  # community and pair
        "great_never_renamed_over": 2,  # customs, and union, which is renamed before 2004
        "great_never_only_renamed": 1,  # union
    }


def test_a_body_founded_on_the_closing_day_counts(organisations, memberships):
    opening = organisations["organisation"] == "future"
    on_the_day = organisations.assign(founded=organisations["founded"].mask(opening, UNTIL))
    table = power_entry.lives(on_the_day, memberships, UNTIL).set_index("organisation")
    assert table.loc["future", ["founded", "how"]].tolist() == [UNTIL, "at work"]


def test_whether_a_power_entered_is_unknown_where_members_are_not_all_on_record(
    organisations, memberships
):
    names = {"organisation": {"fund": "caricc"}}
    bodies, spells = organisations.replace(names), memberships.replace(names)
    lines = power_entry.lives(bodies, spells, UNTIL)
    table = power_entry.entries(lines, spells, UNTIL)
    assert table.set_index("organisation").loc["caricc", "entry"] == "unknown"
    assert "FUN" not in set(power_entry.phases(table, bodies, UNTIL)["name"])
    facts = power_entry.headline(bodies, spells, UNTIL)
    assert (facts["great_unknown"], facts["great_never"]) == (1, 2)  # council and customs
