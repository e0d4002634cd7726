from publisher_files import table

from casi.importers import diff
from casi.importers.base import Draft

OLD = table(
    "state year volume note source",
    ("KAZ", "2020", "1.0", "", "a"),
    ("KGZ", "2020", "2.0", "x", "a"),
    key=2,
)


def draft(*rows):
    frame = table("state year volume note source", *rows, key=2).reset_index(drop=True)
    return Draft("volumes", frame, (), "new edition")


def changes(*rows):
    found = diff.changes(draft(*rows), OLD, ["state", "year"])
    return found.to_numpy().tolist()


def test_rows_are_added_withdrawn_or_revised():
    assert changes(("KAZ", "2020", "1.5", "y", "a"), ("TJK", "2020", "3.0", "", "a")) == [
        ["KGZ / 2020", "withdrawn", "volume 2.0, note x"],
        ["TJK / 2020", "added", "volume 3.0"],
        ["KAZ / 2020", "revised", "volume 1.0 -> 1.5; note empty -> y"],
    ]


def test_the_key_of_the_edition_alone_is_no_change():
    assert changes(("KAZ", "2020", "1.0", "", "b"), ("KGZ", "2020", "2.0", "x", "b")) == []


def test_lines_begin_with_the_sums_and_name_both_editions():
    made = draft(("KAZ", "2020", "1.5", "", "a"), ("KGZ", "2020", "2.0", "x", "a"))
    found = diff.changes(made, OLD, ["state", "year"])
    assert list(diff.lines(made, found, "old edition")) == [
        "volumes: 0 added, 1 revised, 0 withdrawn",
        "  edition now: old edition",
        "  edition new: new edition",
        "  ~ KAZ / 2020: volume 1.0 -> 1.5",
    ]
