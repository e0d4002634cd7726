import pandas as pd
import pytest

from casi import findings, switch
from casi.tables import load, names


@pytest.fixture(scope="module")
def record():
    return {name: load(name) for name in names()}


@pytest.fixture
def small():
    """Two exercises: one newsroom and one ministry tell of the first, the newsroom of the other."""
    keys = ["paper1", "paper2", "ministry1"]
    return {
        "sources": pd.DataFrame(
            {
                "key": keys,
                "independence_group": ["paper", "paper", "ministry"],
                "kind": ["press", "press", "primary"],
            }
        ),
        "states": pd.DataFrame({"iso3": ["KAZ"], "source": ["paper1"]}),
        "exercises": pd.DataFrame(
            {
                "exercise": ["a", "b", "c"],
                "participants_complete": [True, True, True],
                "source": ["paper1;ministry1", "paper1;paper2", "ministry1"],
            }
        ),
        "participation": pd.DataFrame(
            {
                "event": ["a", "a", "c"],
                "state": ["KAZ", "RUS", "KAZ"],
                "source": ["ministry1", "paper2", "ministry1"],
            }
        ),
        "outlines": pd.DataFrame({"state": ["KAZ"]}),
    }


@pytest.mark.parametrize(
    ("name", "keys"),
    [("paper2", {"paper2"}), ("paper", {"paper1", "paper2"}), ("primary", {"ministry1"})],
)
def test_a_name_is_a_source_a_newsroom_or_a_kind(small, name, keys):
    assert switch.keys_of(small["sources"], name) == keys


def test_a_name_that_is_none_is_answered_with_those_written_alike(small):
    with pytest.raises(KeyError, match=r"papr.*paper"):
        switch.keys_of(small["sources"], "papr")


def test_rows_fall_that_rest_on_these_sources_alone(small):
    left = switch.without(small, {"paper1", "paper2"})
    assert left["exercises"]["exercise"].tolist() == ["a", "c"]
    assert left["participation"]["state"].tolist() == ["KAZ", "KAZ"]
    assert left["sources"]["key"].tolist() == ["ministry1"]
    assert len(left["states"]) == len(left["outlines"]) == 1


def test_who_lost_a_participant_has_no_complete_list(small):
    left = switch.without(small, {"paper2"})["exercises"].set_index("exercise")
    assert left["participants_complete"].to_dict() == {"a": False, "b": True, "c": True}


def test_resting_counts_rows_on_one_newsroom_alone(small):
    assert switch.resting(small).to_dict() == {"paper": 3, "ministry": 3}
    assert switch.resting(small, "kind").to_dict() == {"press": 3, "primary": 3}


def test_the_arms_finding_rests_on_its_register_and_the_others_do_not(record):
    found = switch.what_falls(
        record, {"the register": "sipri2026transfers", "a law base": "kaz-law"}
    )
    register, law_base = found.to_dict("records")
    assert register["untold"] == [findings.FINDINGS["arms"].lead] and register["falls"] == []
    assert (
        law_base["untold"] == law_base["falls"] == []
        and 0 < law_base["share"] < register["share"] < 1
    )


def test_main_says_what_falls_and_how_it_is_called(monkeypatch, capsys):
    monkeypatch.setattr(switch, "names", lambda: ["sources", "exercises", "participation"])
    monkeypatch.setattr(
        findings, "standing", lambda record: {"arms": findings.FALLS, "law": findings.UNTOLD}
    )
    assert switch.main([]) == 2 and "casi.switch NAME" in capsys.readouterr().err
    assert switch.main(["no such paper"]) == 1
    assert "no source" in capsys.readouterr().err
    assert switch.main(["mme"]) == 0
    first, falls, untold = capsys.readouterr().out.splitlines()
    assert first.startswith("Without mme (")
    assert falls == f"  falls: {findings.FINDINGS['arms'].lead}"
    assert untold == f"  cannot be told: {findings.FINDINGS['law'].lead}"
