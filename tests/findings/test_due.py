"""What is due on 1 June 2026, by tables made by hand."""

import pandas as pd
import pytest

from casi.findings import due, key_findings

DAY = pd.Timestamp("2026-06-01")


def table(columns, *rows):
    made = pd.DataFrame(rows, columns=columns.split())
    dates = [name for name in made if "date" in name and "precision" not in name]
    return made.assign(**{name: pd.to_datetime(made[name]) for name in dates})


def planned(end, precision="day", status="planned", start="2026-05-01"):
    columns = "exercise name status date_start date_end date_precision"
    return {"exercises": table(columns, ("e", "Exercise", status, start, end, precision))}


@pytest.mark.parametrize(
    ("plan", "due_by"),
    [
        (planned("2026-05-31"), "2026-05-31"),
        (planned("2026-06-01"), None),  # it may still end today
        (planned(None), "2026-05-01"),
        (planned(None, "month"), "2026-05-31"),
        (planned(None, "month", start="2026-06-01"), None),
        (planned(None, "year"), None),  # any day of 2026
        (planned(None, "year", start="2025-01-01"), "2025-12-31"),
        (planned("2026-05-31", status="held"), None),
        (planned("2026-05-31", status="cancelled"), None),
    ],
)
def test_a_plan_is_due_after_the_last_day_that_it_can_mean(plan, due_by):
    found = due.overdue_plans(plan, DAY)
    assert found["end"].tolist() == ([pd.Timestamp(due_by)] if due_by else [])
    assert found["row"].tolist() == (["exercises/e"] if due_by else [])


def test_a_treaty_waits_for_the_states_without_a_ratification():
    treaties = table(
        "treaty name kind date_opened in_force_date",
        ("new", "New", "alliance", "2025-03-13", None),
        ("old", "Old", "alliance", "2021-05-31", None),
        ("done", "Done", "alliance", "2025-03-13", "2025-04-01"),
        ("said", "Said", "declaration", "2025-03-13", None),
        ("ratified", "Ratified", "border", "2024-01-01", None),
    )
    actions = pd.DataFrame(
        [
            ("new", "KGZ", "signed"),
            ("new", "TJK", "signed"),
            ("new", "TJK", "ratified"),
            ("ratified", "KAZ", "ratified"),
            ("new", "TKM", "declined"),
        ],
        columns=["treaty", "state", "action"],
    )
    found = due.pending_treaties({"treaties": treaties, "treaty_actions": actions}, DAY)
    assert found["row"].tolist() == ["treaties/new", "treaties/ratified"]
    assert found["waits_for"].tolist() == [["KGZ"], []]


def test_a_topic_is_old_if_its_newest_source_is(monkeypatch):
    newest = {"a": "2025-11-30", "b": "2025-12-01", "c": "2000-01-01"}
    monkeypatch.setattr(due, "newest_source", lambda rows: pd.Timestamp(newest[rows]))
    topics = [("A", "a", 2026), ("B", "b", 2026), ("C", "c", 2014), ("A again", "a", 2026)]
    coverage = pd.DataFrame(topics, columns=["topic", "table", "year_to"])
    found = due.old_topics({"coverage": coverage, "a": "a", "b": "b", "c": "c"}, DAY)
    assert found["topic"].tolist() == ["A"]


def test_tables_are_named_whose_low_rows_decide_a_finding(monkeypatch):
    many = key_findings.Finding("Many", "", "", "", lambda record: (len(record["x"]) > 2, {}))
    monkeypatch.setattr(key_findings, "FINDINGS", {"many": many})
    grades = {"x": ["high", "high", "low"], "y": ["low"], "z": ["high"]}
    record = {name: pd.DataFrame({"confidence": found}) for name, found in grades.items()}
    record["plain"] = pd.DataFrame({"a": [1]})
    found = due.decided_by_low_rows(record)  # y decides nothing: no finding reads it
    assert found.to_dict("list") == {"table": ["x"], "rows": [1], "findings": [["Many"]]}


def test_main_prints_four_sections_or_says_what_a_day_is(capsys):
    assert due.main(["2026-06-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if not line.startswith(" ")]) == 4
    assert any("cdm-1997-02-planned" in line for line in lines)
    assert due.main(["tomorrow"]) == 2
    assert "write it as 2026-11-30" in capsys.readouterr().err
