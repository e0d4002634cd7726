import pandas as pd
import pytest

from casi.measures import institutions
from casi.record import on_day
from casi.tables import closing_date, load

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


def test_members_on_a_day(memberships):
    assert set(
        on_day.members_on(memberships, DAY("2005-01-01")).query("organisation == 'union'")["state"]
    ) == {"KAZ", "UZB", "RUS"}
    assert "union" not in set(on_day.members_on(memberships, DAY("2005-10-06"))["organisation"])
    assert "TKM" not in set(on_day.members_on(memberships, DAY("2012-01-01"))["state"])


def test_a_predecessor_counts_until_its_successor_takes_members(memberships, organisations):
    before = institutions.bodies_on(memberships, organisations, DAY("2002-12-31"))
    after = institutions.bodies_on(memberships, organisations, DAY("2003-12-31"))
    assert before["KGZ"] == {"treaty"}
    assert after["KGZ"] == {"alliance"}


def test_a_body_whose_end_is_unknown_never_counts(memberships, organisations):
    ends = on_day.effective_ends(organisations, memberships)
    assert ends["council"] == DAY("1995-12-15")
    assert (
        "council"
        not in institutions.bodies_on(memberships, organisations, DAY("1996-12-31"))["UZB"]
    )


def test_overlap_by_hand():
    """A and B share one of three bodies, C shares none: the mean over three pairs is 1/9."""
    graph = institutions.overlap_graph({"A": {"x", "y"}, "B": {"y", "z"}, "C": {"w"}})
    assert graph["A"]["B"]["weight"] == pytest.approx(1 / 3)
    assert institutions.mean_overlap(graph) == pytest.approx(1 / 9)
    assert institutions.pairs(graph)["overlap"].tolist() == pytest.approx([1 / 3])


def test_pairs_of_equal_overlap_keep_one_order():
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


def test_fates_measure_the_time_from_an_entry_to_the_end(memberships, organisations):
    table = institutions.fates(organisations, memberships).set_index("organisation")
    assert table.index.tolist() == ["union", "council"]
    assert table.loc["union", "joined"] == "RUS"
    assert table.loc["union", "years_to_end"] == pytest.approx(353 / 365.25)
    assert pd.isna(table.loc["council", "joined"])


def test_spans_stop_at_the_closing_date_and_leave_out_the_unknown(memberships, organisations):
    table = institutions.spans(organisations, memberships, DAY("2026-05-18")).set_index("name")
    assert table.loc["A", "until"] == DAY("2026-05-18")
    assert table.loc["U", "until"] == DAY("2005-10-06")
    assert table.loc["U", "group"] == "With Russia"
    assert "Council" not in table.index


def test_entries_in_words(memberships, organisations):
    ends = institutions.fates(organisations, memberships)
    words = institutions.entries_in_words(ends, {"RUS": "Russia"})
    assert words == ["Russia, from 18 October 2004", None]


def test_presence_in_words_leaves_the_unknown_a_dash():
    sites = pd.DataFrame(
        {
            "start": [DAY("2003-10-23"), DAY("2001-12-01"), pd.NaT],
            "start_precision": ["day", "month", None],
            "end": [pd.NaT, DAY("2014-10-01"), pd.NaT],
            "end_precision": [None, "month", None],
        }
    )
    first, second, third = institutions.presence_in_words(sites)["when"]
    assert first == "from 23\u00a0October\u00a02003"
    assert second == "December\u00a02001 to October\u00a02014"
    assert pd.isna(third)


def test_companions(memberships):
    kinds = institutions.companions(memberships)
    assert kinds == {
        "alliance": "With Russia",
        "council": "Central Asians alone",
        "treaty": "With Russia",
        "union": "With Russia",
    }


def test_spell_table_writes_years_and_other_standing():
    table = institutions.spell_table(load("memberships"), load("organisations"))
    assert table.loc["CACO", "KAZ"] == "2002–2005"
    assert table.loc["OTS", "TKM"] == "observer 2021–"
    assert table.loc["CSTO", "UZB"] == "2006–2012; suspended 2012–"
    assert pd.isna(table.loc["CSTO", "TKM"])


def test_a_treaty_binds_all_five_only_if_each_signed_and_it_is_in_force():
    treaties = pd.DataFrame(
        {
            "treaty": ["zone", "friendship", "open"],
            "in_force_date": [DAY("2009-03-21"), DAY("2010-01-01"), pd.NaT],
        }
    )
    signed = [("zone", 5), ("friendship", 3), ("open", 5)]
    actions = pd.DataFrame(
        [
            {"treaty": treaty, "state": state, "action": "signed"}
            for treaty, number in signed
            for state in institutions.FIVE[:number]
        ]
    )
    assert institutions.binding_all_five(treaties, actions)["treaty"].tolist() == ["zone"]


# The record itself.


def test_russia_joined_caco_a_year_before_its_merger_was_decided():
    table = institutions.fates(load("organisations"), load("memberships")).set_index("organisation")
    row = table.loc["caco"]
    assert (row["joined"], row["end_kind"], row["successor"]) == ("RUS", "merged", "eurasec")
    assert 0.9 < row["years_to_end"] < 1.1


def test_headline_of_the_real_record():
    facts = institutions.headline(load("organisations"), load("memberships"), closing_date())
    assert facts["caco_months"] == pytest.approx(11.6, abs=0.1)
    assert facts["closest"] == ["KAZ", "KGZ"]
    assert facts["closest_with_tkm"] < facts["furthest_without_tkm"]
