import pandas as pd
import pytest

from casi.record import without_sources
from casi.tables import describe


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
    assert without_sources.keys_of(small["sources"], name) == keys


def test_a_name_that_is_none_is_answered_with_those_written_alike(small):
    with pytest.raises(KeyError, match=r"papr.*paper"):
        without_sources.keys_of(small["sources"], "papr")


def test_every_kind_of_source_has_words():
    fields = {field["name"]: field for field in describe("sources")["schema"]["fields"]}
    assert set(without_sources.SOURCE_KINDS.values()) == set(fields["kind"]["constraints"]["enum"])
    words = ["data sets", "press", "state media", "primary sources", "scholarship"]
    assert list(without_sources.SOURCE_KINDS) == words


def test_rows_fall_that_rest_on_these_sources_alone(small):
    left = without_sources.without(small, {"paper1", "paper2"})
    assert left["exercises"]["exercise"].tolist() == ["a", "c"]
    assert left["participation"]["state"].tolist() == ["KAZ", "KAZ"]
    assert left["sources"]["key"].tolist() == ["ministry1"]
    assert len(left["states"]) == len(left["outlines"]) == 1


def test_who_lost_a_participant_has_no_complete_list(small):
    left = without_sources.without(small, {"paper2"})["exercises"].set_index("exercise")
    assert left["participants_complete"].to_dict() == {"a": False, "b": True, "c": True}
