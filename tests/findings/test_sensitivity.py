import pandas as pd
import pytest

from casi.findings import key_findings, sensitivity
from casi.record.lookup import require


@pytest.fixture
def record():
    """Four sources of three newsrooms, and two tables."""
    sources = {
        "key": ["paper1", "paper2", "ministry1", "register1"],
        "kind": ["press", "press", "primary", "dataset"],
        "independence_group": ["paper", "paper", "ministry", "register"],
    }
    cells = ["paper1;ministry1", "paper1;paper2", "ministry1", "paper2", None]
    return {
        "sources": pd.DataFrame(sources),
        "meetings": pd.DataFrame({"meeting": list("abcde"), "source": cells}),
        "exercises": pd.DataFrame(
            {"exercise": ["x"], "participants_complete": [True], "source": ["register1"]}
        ),
        "participation": pd.DataFrame({"event": [], "source": []}),
    }


@pytest.fixture
def findings(monkeypatch):
    """Two findings: that there are four meetings or more, and one on the exercises."""
    monkeypatch.setattr(key_findings, "FINDINGS", {})
    texts = {"many": "They meet often.", "train": "They train.", "faulty": "Lead."}
    names = {"many": "Meetings", "train": "Exercises", "faulty": "Name"}
    sentences = {key: [names[key], "", lead, "{count:number}"] for key, lead in texts.items()}
    monkeypatch.setattr(key_findings, "SENTENCES", sentences)

    @key_findings.decides("many")
    def _many(record):
        return len(record["meetings"]) >= 4, {"count": len(record["meetings"])}

    @key_findings.decides("train")
    def _train(record):
        return True, {"count": len(require(record["exercises"], "exercises"))}


def test_rows_with_one_origin_are_counted_by_newsroom_or_kind(record):
    counts = sensitivity.rows_with_one_origin(record)
    assert counts.to_dict() == {"paper": 2, "ministry": 1, "register": 1}
    assert counts.index[0] == "paper"
    counts = sensitivity.rows_with_one_origin(record, "kind")
    assert counts.to_dict() == {"press": 2, "primary": 1, "dataset": 1}


def test_findings_without_sources_fall_or_cannot_be_told(record, findings):
    removals = {"the paper": "paper", "the register": "dataset", "one page": "paper1"}
    paper, register, page = sensitivity.findings_without(record, removals).to_dict("records")
    # of ten rows, the paper carries two meetings alone, and two rows describe its pages
    assert paper == {
        "removed": "the paper",
        "share": 0.4,
        "falls": ["Meetings"],
        "undecided": [],
    }
    assert (register["share"], register["undecided"]) == (0.2, ["Exercises"])
    assert register["falls"] == []
    assert (page["share"], page["falls"], page["undecided"]) == (0.1, [], [])


def test_in_words_lists_names_and_says_none():
    found = pd.DataFrame(
        {
            "removed": ["All press", "one page"],
            "share": [0.346, 0.004],
            "falls": [["Meetings", "Score"], []],
            "undecided": [[], ["Exercises"]],
        }
    )
    assert sensitivity.in_words(found).to_dict("records") == [
        {
            "Removed": "All press",
            "Rows lost": "35%",
            "No longer holds": "Meetings; Score",
            "Cannot be computed": "none",
        },
        {
            "Removed": "one page",
            "Rows lost": "0%",
            "No longer holds": "none",
            "Cannot be computed": "Exercises",
        },
    ]


def test_main_prints_what_falls(monkeypatch, capsys, record, findings):
    monkeypatch.setattr(sensitivity, "names", lambda: list(record))
    monkeypatch.setattr(sensitivity, "load", record.get)
    assert sensitivity.main(["paper", "dataset", "paper1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Without paper (40.0% of the rows):",
        "  falls: Meetings",
        "Without dataset (20.0% of the rows):",
        "  cannot be told: Exercises",
        "Without paper1 (10.0% of the rows):",
        "  all findings stand",
    ]


def test_main_explains_itself_and_names_what_it_does_not_know(monkeypatch, capsys, record):
    monkeypatch.setattr(sensitivity, "names", lambda: list(record))
    monkeypatch.setattr(sensitivity, "load", record.get)
    assert sensitivity.main([]) == 2
    assert "casi.findings.sensitivity NAME" in capsys.readouterr().err
    assert sensitivity.main(["paper", "papier"]) == 1
    error = capsys.readouterr()
    assert "'papier'" in error.err and "paper" in error.err and error.out == ""


def test_main_does_not_hide_a_fault_in_a_finding(monkeypatch, record, findings):
    monkeypatch.setattr(sensitivity, "names", lambda: list(record))
    monkeypatch.setattr(sensitivity, "load", record.get)
    key_findings.decides("faulty")(lambda record: {}["typing error"])
    with pytest.raises(KeyError, match="typing error"):
        sensitivity.main(["paper"])
