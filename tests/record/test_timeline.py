import pandas as pd
import pytest

from casi.record import timeline
from casi.tables import load


@pytest.fixture(scope="module")
def table():
    return timeline.events()


def test_every_event_of_the_record_is_in_the_search(table):
    keys = set(table["Key"])
    for name, key in (
        ("meetings", "meeting"),
        ("exercises", "exercise"),
        ("clashes", "clash"),
        ("incidents", "incident"),
        ("milestones", "milestone"),
    ):
        assert {f"{name}/{value}" for value in load(name)[key]} <= keys
    steps = load("treaty_actions")
    assert table["Key"].str.startswith("treaty_actions/").sum() == len(steps)
    assert table["Key"].str.startswith("border_progress/").sum() == len(load("border_progress"))
    assert table["Key"].str.startswith("arms_reports/").sum() == len(load("arms_reports"))
    assert table["Key"].str.startswith("memberships/").sum() == len(load("memberships"))


def test_rows_are_text_and_name_their_sources(table):
    assert table.columns.tolist() == timeline.FACT_COLUMNS
    assert table.map(lambda cell: isinstance(cell, str)).all(axis=None)
    assert (table["Sources"] != "").all()
    assert set(table["Grade"]) == {"high", "dataset", "low"}


def test_the_newest_facts_come_first(table):
    assert table["Date"].is_monotonic_decreasing


def test_dates_are_no_more_exact_than_known(table):
    assert table["Date"].str.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?").all()
    irbis = table.set_index("Key").loc["exercises/irbis-2024", "Date"]
    assert irbis == "2024"


def test_a_plan_says_so_and_an_attache_is_named(table):
    rows = table.set_index("Key")
    plans = "exercises/" + load("exercises").query("status == 'planned'")["exercise"]
    assert rows.loc[plans, "Note"].str.startswith("Planned").all()
    assert "TKM (attaché)" in rows.loc["meetings/scs-2024-astana", "Who"]


def test_count_by_year_has_every_year():
    table = pd.DataFrame({"Date": ["1992-05", "1994", "", "1968", "1991"], "Kind": "Clash"})
    counts = timeline.count_by_year(table)
    assert counts.index.tolist() == [1991, 1992, 1993, 1994] and counts.index.name == "Year"
    assert counts["Clash"].tolist() == [1, 1, 0, 1]


def rows(*records, dates=()):
    table = pd.DataFrame(records).assign(source="one; two", confidence="high")
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


def test_every_kind_of_fact_by_hand(monkeypatch):
    event = {"date_start": "2024-05-16", "date_precision": "day", "place": "Astana"}
    record = {
        "meetings": rows(
            {"meeting": "m", "name": "Summit", "status": "held", "documents": "Plan.", "note": "A."}
            | event,
            dates=["date_start"],
        ),
        "exercises": rows(
            {"exercise": "e", "name": "Drill", "status": "planned", "other_names": None}
            | event
            | {"date_start": "2024-07-01", "date_precision": "month", "note": "B"},
            dates=["date_start"],
        ),
        "participation": rows(
            {"event": "m", "state": "KAZ", "level": "head_of_state"},
            {"event": "m", "state": "UZB", "level": "ambassador"},
            {"event": "e", "state": "KAZ", "level": "contingent"},
            {"event": "e", "state": "TJK", "level": None},
        ),
        "treaties": rows({"treaty": "t", "name": "Treaty"}),
        "treaty_actions": rows(
            {"treaty": "t", "state": "KAZ", "action": "entered_force", "note": None}
            | {"date": "2009-01-01", "date_precision": "year"},
            dates=["date"],
        ),
        "border_progress": rows(
            {"statement": "s", "stage": "agreed", "percent": 94.0, "km": 1200.0, "date": None}
            | {"of_what": "whole_line", "border": "kgz-tjk", "speaker": "KGZ", "note": "C"}
            | {"date_precision": None},
            {"statement": "l", "stage": "length", "percent": None, "km": None, "date": "2024-07-30"}
            | {"of_what": "whole_line", "border": "kgz-tjk", "speaker": "TJK", "note": None}
            | {"date_precision": "day"},
            dates=["date"],
        ),
        "clashes": rows(
            {"clash": "c", "kind": "exchange_of_fire", "state_a": "KGZ", "state_b": "TJK"}
            | event
            | {"place": "Batken", "note": None, "date_start": "2022-09-14"},
            dates=["date_start"],
        ),
        "incidents": rows(
            {"incident": "i", "kind": "foiled_plot", "state": "UZB", "actor": "A cell", "note": "E"}
            | event
            | {"date_start": "2021-03-05"},
            dates=["date_start"],
        ),
        "milestones": rows(
            {"milestone": "w", "subject": "syr_darya", "what": "They sign.", "note": None}
            | {"states": "KAZ;KGZ", "date": "1998-03-01", "date_precision": "month"},
            dates=["date"],
        ),
        "arms_reports": rows(
            {"report": "r", "kind": "joint_production", "item": "drones", "recipient": "KAZ"}
            | {"supplier": "TUR", "status": "confirmed", "note": "D."}
            | {"date": "2022-05-10", "date_precision": "day"},
            dates=["date"],
        ),
        "organisations": rows({"organisation": "o", "name": "Body"}),
        "memberships": rows(
            {"organisation": "o", "state": "TKM", "status": "dialogue_partner", "note": None}
            | {"start": "2021-11-12", "start_precision": "day", "end": "2023-01-31"},
            dates=["start", "end"],
        ),
    }
    monkeypatch.setattr(timeline, "load", record.__getitem__)
    table = timeline.events()
    assert set(table["Grade"]) == {"high"} and set(table["Sources"]) == {"one;two"}
    found = table.set_index("Key")[["Date", "Kind", "What", "Where", "Who", "Note"]]
    expected = {
        "border_progress/l": "2024-07-30|Border statement|Length|KGZ-TJK|TJK|",
        "exercises/e": "2024-07|Exercise|Drill|Astana|KAZ, TJK|Planned. B",
        "meetings/m": "2024-05-16|Meeting|Summit|Astana|KAZ, UZB (ambassador)|Plan. A",
        "clashes/c": "2022-09-14|Clash|Exchange of fire|Batken|KGZ, TJK|",
        "arms_reports/r": "2022-05-10|Arms report|Joint production: drones||KAZ from TUR|"
        "Confirmed. D",
        "memberships/o/TKM": "2021-11-12|Membership|Body: dialogue partner||TKM|until 2023-01-31",
        "incidents/i": "2021-03-05|Incident|Foiled plot|Astana|UZB|A cell. E",
        "treaty_actions/t/KAZ/entered_force": "2009|Treaty step|Treaty: entered force||KAZ|",
        "milestones/w": "1998-03|Milestone|They sign|Syr darya|KAZ, KGZ|",
        "border_progress/s": "|Border statement|Agreed, 94%, 1,200 km of whole line|KGZ-TJK|KGZ|C",
    }
    assert list(found.agg("|".join, axis=1).items()) == list(expected.items())
