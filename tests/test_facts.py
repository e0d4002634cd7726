"""Facts that are easily confused, and rules that join several tables."""

import json

import pandas as pd
import pytest

from casi import tables
from casi.measures import borders, participation
from casi.states import FIVE
from casi.tables import closing_date, load, split_keys

BODIES = {  # by frame of exercises: the body that must exist when they are held
    "csto": "cst",
    "sco": "shanghai-five",
    "cis": "cis",
    "ots": "turkic-council",
    "nato_pfp": "pfp",
}


@pytest.fixture(scope="module")
def held():
    return load("exercises").query("status == 'held'").set_index("exercise")


def test_no_exercise_is_older_than_its_body(held):
    founded = load("organisations").set_index("organisation")["founded"]
    for frame, body in BODIES.items():
        rows = held[held["frame"] == frame]
        assert len(rows)
        assert (rows["date_start"] >= founded[body]).all(), frame


def test_no_meeting_of_a_body_is_later_than_its_end():
    ended = load("organisations").set_index("organisation")["ended"]["caco"]
    summits = load("meetings").query("series == 'cau_caec_caco'")
    assert summits["date_start"].max() <= ended


def test_nothing_held_is_later_than_the_closing_date(held):
    assert held["date_start"].max() <= closing_date()
    assert participation.held(load("meetings"))["date_start"].max() <= closing_date()


def test_a_planned_event_has_no_one_who_took_part():
    plans = [
        *load("exercises").query("status != 'held'")["exercise"],
        *load("meetings").query("status != 'held'")["meeting"],
    ]
    rows = load("participation")
    seated = rows[rows["event"].isin(plans)]["level"].isin(["contingent", "head_of_state"])
    assert not seated.any()


def test_one_exercise_under_two_names_is_one_row(held):
    """Birlestik, Unity and Alliance are one; no name of a row is another row's other name."""
    birlestik = held.loc["birlestik-2024", "other_names"]
    assert "Unity-2024" in birlestik and "Alliance-2024" in birlestik
    names = held["name"].str.lower()
    days = held["date_start"]
    for key, cell in held["other_names"].dropna().items():
        twins = names[names.isin([name.lower() for name in split_keys(cell)])].drop(
            key, errors="ignore"
        )
        assert (days[twins.index] != days[key]).all(), key


def test_two_exercises_under_one_name_are_two_rows(held):
    """Unbreakable Brotherhood is a CSTO series and, in 2018, a Tajik-Uzbek exercise as well."""
    assert held.loc["nerushimoe-bratstvo-2018", "frame"] == "csto"
    assert held.loc["uzb-tjk-chorukh-dayron-2018", "frame"] == "five"


def test_a_decision_is_not_its_effect():
    """The treaty of 1994 and the charter of 2002 took effect later than they were signed."""
    treaties = load("treaties").set_index("treaty")
    later = treaties.loc[["cst-1992", "csto-charter-2002", "canwfz-2006"]]
    assert (later["in_force_date"] > later["date_opened"]).all()
    kgz_tjk = treaties.loc["border-kgz-tjk-2025"]
    assert pd.isna(kgz_tjk["in_force_date"])


def test_uzbekistan_left_and_rejoined_and_left_again():
    spells = load("memberships").query("state == 'UZB' and organisation in ['cst', 'csto']")
    spells = spells.sort_values("start")
    assert spells["status"].tolist() == ["member", "member", "suspended"]
    assert spells["start"].dt.year.tolist() == [1994, 2006, 2012]
    assert spells["end"].dt.year.tolist()[:2] == [1999, 2012]


def test_a_share_of_disputed_sections_is_never_one_of_the_line():
    table = borders.shares(load("border_progress")).query("border == 'kgz-tjk' and percent == 94")
    assert set(table["of_what"]) == {"whole_line", "disputed_sections"}
    assert table.set_index("statement").loc["kgz-tjk-2024-07-30", "of_what"] == "disputed_sections"


def test_a_length_is_whole_and_has_no_share():
    lengths = load("border_progress").query("stage == 'length'")
    assert (lengths["of_what"] == "whole_line").all()
    assert lengths["percent"].isna().all()


def test_volumes_are_never_called_dollars():
    package = [field for name in ("arms_transfers", "arms_deals") for field in load(name).columns]
    assert "tiv_millions" in package
    assert not any("usd" in field for field in package)


def test_only_secretaries_sit_as_secretaries_at_their_meetings():
    rows = load("participation").query("event in ['scs-2024-astana', 'scs-2025-samarkand']")
    levels = rows.set_index(["event", "state"])["level"].unstack()
    assert (levels["TKM"] == "attache").all()
    assert (levels[["KAZ", "KGZ", "TJK", "UZB"]] == "security_council_secretary").all(axis=None)


def test_the_friendship_treaties_of_2022_and_2025_are_two():
    treaties = load("treaties").set_index("treaty")
    assert treaties.loc["friendship-2022", "date_opened"].year == 2022
    assert treaties.loc["china-five-2025", "date_opened"].year == 2025
    parties = load("treaty_actions").query("action == 'signed'").groupby("treaty")["state"].agg(set)
    assert parties["friendship-2022"] == {"KAZ", "KGZ", "UZB", "TJK"}
    assert parties["china-five-2025"] == {*FIVE, "CHN"}


def test_formats_of_the_five_have_no_outside_power_among_their_members():
    outside = load("states").query("group != 'five'")["iso3"]
    own = load("meetings").query("series == 'consultative_heads'")["meeting"]
    rows = load("participation")
    rows = rows[rows["event"].isin(own) & rows["state"].isin(outside)]
    assert set(rows["state"]) <= {"AZE"}
    assert set(rows["role"]) <= {"guest", "member"}


def test_sums_of_the_sides_lie_within_the_published_totals():
    figures = load("clash_figures").query("measure == 'dead' and who == 'all'")
    sides = borders.casualties(load("clashes"), load("clash_figures")).groupby("clash").sum()
    totals = figures[figures["side"].isna()].groupby("clash")[borders.COUNTS]
    checked = 0
    for clash, rows in totals:
        low, high = rows.min(axis=None), rows.max(axis=None)
        if clash in sides.index and low > 0:
            checked += 1
            assert sides.loc[clash, "low"] <= high and sides.loc[clash, "high"] >= low, clash
    assert checked


def test_ucdp_figures_are_those_of_version_25_1():
    table = load("conflict_deaths").query("type == 'state_based_interstate'")
    best = table.groupby("year")["best"].sum()
    assert best.to_dict() == {2014: 3, 2015: 1, 2019: 4, 2021: 56, 2022: 150}


def test_every_point_lies_in_the_box_of_the_outlines_of_its_state():
    outlines = load("outlines").groupby("state").agg(["min", "max"])
    places = load("places").dropna(subset="lat")
    for place in places[places["state"].isin(outlines.index)].itertuples():
        box = outlines.loc[place.state]
        assert box["lat", "min"] - 0.2 <= place.lat <= box["lat", "max"] + 0.2, place.place
        assert box["lon", "min"] - 0.2 <= place.lon <= box["lon", "max"] + 0.2, place.place


def test_every_field_of_every_table_is_described():
    from casi.record import codebook

    table = codebook.fields()
    assert table[table["Meaning"] == ""][["Table", "Field"]].to_numpy().tolist() == []


def test_no_text_speaks_of_how_it_was_collected():
    words = ("stored page", "look-up", "excerpt", "helper", "search tool")
    for name in ("exercises", "meetings", "participation", "treaties", "clashes", "coverage"):
        text = json.dumps(load(name).astype(str).to_numpy().tolist())
        assert not [word for word in words if word in text], name


def test_every_source_is_used():
    used = {
        key
        for name in tables.names()
        if "source" in tables.load(name)
        for cell in tables.load(name)["source"]
        for key in tables.split_keys(cell)
    }
    assert set(tables.load("sources")["key"]) == used


@pytest.mark.parametrize("name", tables.names())
def test_every_field_is_described(name):
    entry = tables.describe(name)
    fields = {field["name"] for field in entry["schema"]["fields"]}
    assert fields == set(tables.load(name).columns)
    assert {"title", "description", "sources", "licenses", "terms", "edition", "coverage"} <= set(
        entry
    )
    assert json.dumps(entry)


def test_turkmenistan_sent_an_attache_to_the_secretaries():
    rows = tables.load("participation").set_index(["event", "state"])["level"]
    meetings = tables.load("meetings").query("series == 'security_council_secretaries'")
    assert {rows[meeting, "TKM"] for meeting in meetings["meeting"]} == {"attache"}


def test_no_exercise_is_held_after_the_record_closes():
    held = tables.load("exercises").query("status == 'held'")
    assert (held["date_start"] <= tables.closing_date()).all()


@pytest.mark.parametrize("name", ["exercises", "meetings"])
def test_nothing_is_held_on_the_word_of_pages_written_before_it(name):
    published = tables.load("sources").set_index("key")["published"]
    held = tables.load(name).query("status == 'held' and date_precision == 'day'")
    for row in held[held["confidence"] != "dataset"].itertuples():
        days = published.reindex(tables.split_keys(row.source))
        assert days.isna().any() or days.max() >= row.date_start, row[1]


def test_nobody_takes_part_in_what_was_only_planned():
    planned = tables.load("exercises").query("status != 'held'")["exercise"]
    rows = tables.load("participation").query("level == 'contingent'")
    assert rows[rows["event"].isin(planned)].empty


def test_uzbekistan_left_the_treaty_and_came_back():
    spells = tables.load("memberships").query("state == 'UZB'").set_index("organisation")
    assert spells.loc["cst", "end"].year == 1999
    back = spells.loc[["csto"]].query("status == 'member'").iloc[0]
    assert (back["start"].year, back["end"].year) == (2006, 2012)


def test_volumes_agree_with_the_register():
    """Totals of the edition by recipient, in million TIV, as its deals add up to."""
    totals = tables.load("arms_transfers").groupby("recipient")["tiv_millions"].sum()
    register = {"KAZ": 4066.29, "KGZ": 133.11, "TJK": 199.50, "TKM": 1697.43, "UZB": 655.01}
    assert totals.round(1).to_dict() == pytest.approx(register, abs=0.1)
