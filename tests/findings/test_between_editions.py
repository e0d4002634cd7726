import pandas as pd
import pytest

from casi.findings import between_editions, key_findings


@pytest.fixture(autouse=True)
def votes(monkeypatch):
    """One finding: more yes than no among the rows of a table."""
    monkeypatch.setattr(key_findings, "FINDINGS", {})

    votes = ["Votes", "", "Most say yes: {yes}.", "Of {all:word} they do ({numref}`tab-votes`)."]
    monkeypatch.setattr(key_findings, "SENTENCES", {"yes": votes})

    @key_findings.decides("yes")
    def _yes(record):
        yes = int((record["votes"]["vote"] == "yes").sum())
        return yes > len(record["votes"]) / 2, {"yes": yes, "all": len(record["votes"])}


def record(answers):
    return {"votes": pd.DataFrame({"vote": answers.split()}, dtype="str")}


def test_a_finding_differs_when_its_standing_or_a_number_does():
    whole, half = record("yes yes no"), record("yes no")
    assert between_editions.changes(whole, whole).empty
    [row] = between_editions.changes(whole, half).to_dict("records")
    assert (row["key"], row["finding"]) == ("yes", "Votes")
    assert row["was"] == "stands: Most say yes: 2. Of three they do."
    assert row["now"] == "falls: Most say yes: 1. Of two they do."


def test_nothing_differs_from_an_edition_that_is_not_there():
    assert between_editions.changes({}, record("yes")).empty
