"""What is due on 1 June 2026, by tables made by hand."""

import pandas as pd

from casi.findings import due, key_findings

DAY = pd.Timestamp("2026-06-01")
TOPICS = [
    ("A", "a", 2026, "2025-11-30", "partial", "Some."),
    ("B", "b", 2026, "2025-12-01", "full", "Little."),
    ("C", "c", 2014, "2000-01-01", "sample", "Much."),
    ("D", "d", 2026, "2026-05-01", "sample", "More."),
]


def covered():
    columns = ["topic", "table", "year_to", "closed", "completeness", "gaps"]
    coverage = pd.DataFrame(TOPICS, columns=columns)
    return {"coverage": coverage.assign(closed=pd.to_datetime(coverage["closed"]))}


def test_a_topic_that_reaches_the_present_is_due_six_months_after_it_was_closed():
    assert due.closed_topics(covered(), DAY)["topic"].tolist() == ["A"]
    assert due.closed_topics(covered(), pd.Timestamp("2026-06-02"))["topic"].tolist() == ["A", "B"]


def test_gaps_are_those_of_samples_first_and_none_of_what_is_full():
    found = due.gaps(covered())
    assert found["topic"].tolist() == ["D", "A"]
    assert found["gaps"].tolist() == ["More.", "Some."]


def organisations(*grades):
    keys = [f"o{number}" for number in range(len(grades))]
    return pd.DataFrame({"organisation": keys, "confidence": grades})


def test_rows_are_named_that_decide_a_finding_and_those_that_do_so_alone(monkeypatch):
    many = key_findings.Finding(
        "Many", "", "", "", lambda made: (len(made["organisations"]) > 2, {})
    )
    first = key_findings.Finding(
        "First", "", "", "", lambda made: ("o0" in set(made["organisations"]["organisation"]), {})
    )
    monkeypatch.setattr(key_findings, "FINDINGS", {"many": many, "first": first})
    record = {
        "organisations": organisations("low", "high", "high", "low"),
        "meetings": organisations("low"),
        "treaties": organisations("high"),
        "plain": pd.DataFrame({"a": [1]}),
    }
    [row] = due.decided_by_low_rows(record).to_dict("records")
    assert (row["table"], row["rows"], row["findings"]) == ("organisations", 2, ["Many", "First"])
    assert row["alone"] == ["organisations/o0"]


def test_an_edition_is_overdue_after_the_last_day_on_which_it_was_expected():
    editions = pd.DataFrame(
        [("X", ["March 2025"], pd.Timestamp("2026-03-01"), "month", pd.Timestamp("2026-03-31"))],
        columns=["name", "editions", "expected", "precision", "end"],
    )
    [row] = editions.itertuples(index=False)
    assert due._release(row, row.end) == "X: expected March 2026; has March 2025"
    assert "(overdue)" in due._release(row, row.end + pd.Timedelta(days=1))


def test_a_treaty_waits_for_states_or_for_its_entry_into_force():
    assert due._awaited(["KAZ", "UZB"]) == "no ratification by KAZ, UZB"
    assert due._awaited([]) == "ratified by all; look for its entry into force"


def test_main_prints_each_section_or_says_what_a_day_is(capsys):
    assert due.main(["2026-06-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    headings = [line for line in lines if not line.startswith(" ")]
    assert len(headings) == 8
    assert headings[-1].startswith("Not listed: pages that have changed")
    assert any("ratified by all" in line for line in lines)
    [older] = [at for at, line in enumerate(lines) if "older treaties not known in force" in line]
    assert "eternal-friendship-1997" in lines[older + 1]
    assert any("c5rus-defmin-2022-planned" in line for line in lines)
    assert any("organisations/caco" in line for line in lines)
    assert due.main(["tomorrow"]) == 2
    assert "write it as 2026-11-30" in capsys.readouterr().err
