"""What is done with the contradictions found: one line each, exceptions by name."""

import csv

import pytest

from casi import checks, contradictions, tables


@pytest.fixture
def edit(data):
    """Return a function that changes the cells of one row."""

    def change(name, key, **values):
        path = data / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        next(row for row in rows if next(iter(row.values())) == key).update(values)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        tables.descriptor.cache_clear()
        checks.stamp(data)
        tables.descriptor.cache_clear()

    return change


def test_a_contradiction_is_one_line_with_file_row_column_value_rule_and_remedy(edit, data):
    edit("treaties", "allied-kaz-tjk-2024", date_opened="2024-08-12")
    [line] = contradictions.check(data, ["action_fits_treaty"])
    row = tables.load("treaties")["treaty"].tolist().index("allied-kaz-tjk-2024") + 2
    assert line == (
        f"data/treaties.csv: row {row}, column date_opened, value '2024-08-12': treaty_actions.csv "
        "has the first signature on 2024-08-22: correct one of the two (rule action_fits_treaty)"
    )


def test_several_contradictions_are_told_at_once(edit, data):
    edit("places", "osh-kgz", state="UZB")
    edit("exercises", "erdik-2023", date_end="2026-01-23")
    lines = contradictions.check(data, ["place_lies_in_state", "lasts_too_long"])
    assert [line.split(":")[0] for line in lines] == ["data/places.csv", "data/exercises.csv"]


def test_contradictions_are_looked_for_in_tables_that_are_sound(data, monkeypatch):
    monkeypatch.setattr(checks, "bibliography_faults", lambda path: [])
    monkeypatch.setattr(checks.text_rules, "bibliography_faults", lambda path: [])
    monkeypatch.setattr(checks, "package_faults", lambda folder: [])
    monkeypatch.setattr(contradictions, "check", lambda folder: ["a contradiction"])
    monkeypatch.setattr(checks, "check", lambda name, folder: [])
    assert checks.check_all(data) == ["a contradiction"]
    monkeypatch.setattr(checks, "check", lambda name, folder: ["wrong type"])
    assert set(checks.check_all(data)) == {"wrong type"}


def test_an_exception_holds_for_its_value_only(edit, data):
    edit("exercises", "zapad-2025", host="RUS")
    lines = contradictions.check(data, ["role_fits_host"])
    assert any("exceptions.csv" in line and "zapad-2025 / RUS" in line for line in lines)
    assert any("column role" in line for line in lines)


def test_an_exception_that_fits_no_row_is_a_fault(monkeypatch):
    stale = ("precision_fits", "exercises", "no-such-exercise", "2000-01-02")
    monkeypatch.setitem(contradictions.EXCEPTIONS, stale, "gone")
    [line] = contradictions.check(rules=["precision_fits"])
    assert line.startswith(f"casi/contradictions/exceptions.csv: {stale}: fits no row")


def test_every_exception_names_a_rule_and_gives_a_reason():
    for rule, table, _, _ in contradictions.EXCEPTIONS:
        assert rule in contradictions.RULES
        assert table in tables.names()
    assert all(contradictions.EXCEPTIONS.values())
