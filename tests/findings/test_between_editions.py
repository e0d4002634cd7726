"""Which sentences moved between two small editions made by hand, and why."""

import pandas as pd
import pytest

from casi.findings import between_editions, key_findings
from casi.record import edition_diff
from casi.record.editions import Package
from casi.record.lookup import MissingRow

VOTES = {"a": ("yes", 3), "b": ("yes", 2), "c": ("no", 1)}


@pytest.fixture(autouse=True)
def votes(monkeypatch):
    """Two findings: more yes than no in the table of votes, and the number of weights."""
    monkeypatch.setattr(key_findings, "FINDINGS", {})
    text = "Of {all:word} they do ({numref}`tab-votes`). They weigh {weight}."
    sentences = {"yes": ["Votes", "", "Most say yes: {yes}.", text]}
    sentences |= {"rooms": ["Rooms", "", "There are {rooms}.", ""]}
    monkeypatch.setattr(key_findings, "SENTENCES", sentences)

    @key_findings.decides("yes")
    def _yes(record):
        found = record["votes"]
        if found.empty:
            raise MissingRow("votes")
        yes = int((found["vote"] == "yes").sum())
        values = {"yes": yes, "all": len(found), "weight": int(found["weight"].sum())}
        return yes > len(found) / 2, values

    @key_findings.decides("rooms")
    def _rooms(record):
        return True, {"rooms": record["rooms"]["size"].notna().sum()}


def edition(votes, rooms=("r",), **columns):
    """A package: votes by key (answer and weight), and rooms."""
    rows = pd.DataFrame.from_dict(dict(votes), orient="index", columns=["vote", "weight"])
    rows = rows.assign(**columns).rename_axis("key").reset_index()
    typed = {"votes": rows, "rooms": pd.DataFrame({"room": [*rooms], "size": 1})}
    texts = {
        name: table.astype("str").set_index(pd.Index(table.iloc[:, 0], dtype="str"))
        for name, table in typed.items()
    }
    return Package("1", texts, typed)


def changes(before, now, *corrections):
    """Corrections are row, column and reason of the table of votes."""
    rows = [("2", "votes", row, column, reason) for row, column, reason in corrections]
    given = pd.DataFrame(rows, columns=["edition", "table", "row", "column", "reason"])
    compared = edition_diff.compare(before.texts, now.texts)
    reasons = edition_diff.with_reasons(compared, given, "2")
    return between_editions.changes(before, now, compared, reasons).to_dict("records")


def test_nothing_moves_between_equal_editions_or_without_one_before():
    assert changes(edition(VOTES), edition(VOTES)) == []
    assert changes(Package(), edition(VOTES)) == []


def test_a_corrected_number_moves_its_sentence_alone_for_its_reason():
    now = edition(VOTES | {"b": ("yes", 5)})
    [row] = changes(edition(VOTES), now, ("b", "weight", "The scale was off."))
    assert (row["key"], row["finding"]) == ("yes", "Votes")
    assert (row["was"], row["now"]) == ("They weigh **6**.", "They weigh **9**.")
    assert row["why"] == "votes, one value: The scale was off."


def test_of_several_reasons_only_those_that_move_a_sentence_are_named():
    now = edition(VOTES | {"b": ("yes", 5), "c": ("unsure", 1)})
    corrections = ("b", "weight", "The scale was off."), ("c", "vote", "Misheard.")
    [row] = changes(edition(VOTES), now, *corrections)
    assert row["why"] == "votes, one value: The scale was off."


def test_a_revision_of_a_whole_table_is_one_reason():
    now = edition(VOTES | {"a": ("yes", 4), "b": ("yes", 5)})
    [row] = changes(edition(VOTES), now, ("*", "*", "A new edition of the source."))
    assert row["why"] == "votes, two values: A new edition of the source."


def test_rows_added_and_withdrawn_move_sentences():
    now = edition({"a": ("yes", 3), "b": ("yes", 2), "d": ("yes", 1)})
    found = changes(edition(VOTES), now, ("c", "", "It was a copy."))
    assert [row["now"] for row in found] == ["Most say yes: **3**."]
    assert found[0]["why"] == "votes: one row added"
    found = changes(edition(VOTES), edition({"a": ("yes", 3)}), ("*", "*", "Copies."))
    assert [row["was"] for row in found] == [
        "Most say yes: **2**.", "Of **three** they do.", "They weigh **6**."
    ]  # fmt: skip
    assert {row["why"] for row in found} == {"votes, two values: Copies."}


def test_a_finding_that_falls_says_so_first():
    now = edition(VOTES | {"b": ("no", 2)})
    standing, number = changes(edition(VOTES), now, ("b", "vote", "Misheard."))
    assert standing["was"] == "The finding **holds**."
    assert standing["now"] == "The finding **does not hold**."
    assert number["was"] == "Most say yes: **2**."


def test_a_finding_that_can_no_longer_be_computed_has_no_sentence_to_compare():
    [row] = changes(edition(VOTES), edition({}), ("*", "*", "All withdrawn."))
    assert row["now"] == "The finding **cannot be computed**."


def test_where_no_change_moves_a_sentence_alone_it_says_so(monkeypatch):
    weighs = key_findings.Finding(
        "Both",
        "",
        "{n}.",
        "",
        lambda record: (True, {"n": int(record["votes"]["weight"].min() > 1)}),
    )
    monkeypatch.setattr(key_findings, "FINDINGS", {"both": weighs})
    before = edition({"a": ("yes", 1), "b": ("yes", 1)})
    now = edition({"a": ("yes", 2), "b": ("yes", 2)})
    [row] = changes(before, now, ("a", "weight", "One."), ("b", "weight", "Two."))
    assert row["why"] == between_editions.TOGETHER


def test_changes_of_tables_that_a_finding_does_not_read_are_no_cause():
    now = edition(VOTES | {"b": ("yes", 5)}, rooms=("r", "s"))
    votes, rooms = changes(edition(VOTES), now, ("b", "weight", "Scale."))
    assert votes["why"] == "votes, one value: Scale."
    assert (rooms["was"], rooms["why"]) == ("There are **1**.", "rooms: one row added")


def test_a_column_or_table_that_the_edition_before_lacks_is_empty_there():
    before = edition(VOTES)
    old = Package("1", {"votes": before.texts["votes"]}, {"votes": before.typed["votes"]})
    now = edition(VOTES, colour="red")
    found = between_editions.in_form_of(old.typed, now.typed)
    assert found["votes"]["colour"].isna().all() and found["rooms"].empty
    [row] = changes(old, now)
    assert (row["was"], row["now"]) == ("There are **0**.", "There are **1**.")


def test_what_stands_in_a_sentence_is_shown_as_text(monkeypatch):
    named = key_findings.Finding(
        "Named", "", "{n}.", "", lambda record: (True, {"n": record["votes"]["vote"][0]})
    )
    monkeypatch.setattr(key_findings, "FINDINGS", {"named": named})
    now = edition(VOTES | {"a": ("<b>*no*</b>", 3)})
    [row] = changes(edition(VOTES), now, ("a", "vote", "x"))
    assert row["now"] == r"**\<b\>\*no\*\</b\>**."


@pytest.mark.parametrize(
    ("was", "now", "marked"),
    [
        ("In 1,234 of 5.5 years.", "In 1,235 of 5.5 years.", "In **1,235** of 5.5 years."),
        ("By 30–36%, less.", "By 35%, less.", "By **35%**, less."),
        ("A b c.", "A c.", "A c."),
        ("A c.", "A b c.", "A **b** c."),
        ("It holds.", "It does not hold.", "It **does not hold**."),
    ],
)
def test_what_moved_is_bold_and_its_punctuation_is_not(was, now, marked):
    assert between_editions._marked(was, now)[1] == marked
