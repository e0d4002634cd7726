import pandas as pd
import pytest

from casi.findings import key_findings, sensitivity
from casi.tables import load, names


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


def test_resting_counts_rows_on_one_newsroom_alone():
    sources = {"key": ["paper1", "paper2", "ministry1"], "kind": ["press", "press", "primary"]}
    sources = pd.DataFrame(sources | {"independence_group": ["paper", "paper", "ministry"]})
    rows = ["paper1;ministry1", "paper1;paper2", "ministry1", "paper2", None]
    record = {"sources": sources, "meetings": pd.DataFrame({"source": rows})}
    assert sensitivity.rows_with_one_origin(record).to_dict() == {"paper": 2, "ministry": 1}
    assert sensitivity.rows_with_one_origin(record, "kind").to_dict() == {"press": 2, "primary": 1}


def test_the_arms_finding_rests_on_its_register_and_the_others_do_not(record):
    found = sensitivity.findings_without(
        record, {"the register": "sipri2026transfers", "a law base": "kaz-law"}
    )
    register, law_base = found.to_dict("records")
    assert register["undecided"] == [key_findings.FINDINGS["arms"].lead] and register["falls"] == []
    assert (
        law_base["undecided"] == law_base["falls"] == []
        and 0 < law_base["share"] < register["share"] < 1
    )


def test_main_says_what_falls_and_how_it_is_called(monkeypatch, capsys):
    monkeypatch.setattr(sensitivity, "names", lambda: ["sources", "exercises", "participation"])
    monkeypatch.setattr(
        key_findings,
        "standing",
        lambda record: {"arms": key_findings.FALLS, "law": key_findings.UNDECIDED},
    )
    assert sensitivity.main([]) == 2 and "casi.findings.sensitivity NAME" in capsys.readouterr().err
    assert sensitivity.main(["no such paper"]) == 1
    assert "no source" in capsys.readouterr().err
    assert sensitivity.main(["mme"]) == 0
    first, falls, untold = capsys.readouterr().out.splitlines()
    assert first.startswith("Without mme (")
    assert falls == f"  falls: {key_findings.FINDINGS['arms'].lead}"
    assert untold == f"  cannot be told: {key_findings.FINDINGS['law'].lead}"
