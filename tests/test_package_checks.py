"""A descriptor that is not what it should be gives one line a fault, and never a traceback."""

import json

import pytest

from casi import checks, tables
from casi.package_checks import NAME, package_faults


def at(package, *way):
    """Return the part of a descriptor that a way of names and places leads to."""
    for step in way:
        package = package[step]
    return package


@pytest.fixture
def changed(three_tables):
    """Return a function that changes the descriptor of a copy of some tables and checks it."""

    def change(do):
        path = three_tables / NAME
        package = json.loads(path.read_text(encoding="utf-8"))
        do(package)
        path.write_text(json.dumps(package), encoding="utf-8")
        return package_faults(three_tables)

    return change


def test_the_descriptor_of_the_report_is_sound():
    assert package_faults(tables.DATA) == []


@pytest.mark.parametrize(
    ("way", "name", "value", "fault"),
    [
        ((), "resources", {}, "resources, value {}"),
        ((), "resources", [], "resources, value []"),
        ((), "created", "yesterday", "created, value 'yesterday'"),
        ((), "created", "2026-13-01T00:00:00Z", "created, value '2026-13"),
        ((), "title", ["a"], "title, value ['a']"),
        ((), "description", "", "description, value ''"),
        ((), "version", 2026.11, "version, value 2026.11"),
        (("resources", 0), "path", "../states.csv", "resources[0].path"),
        (("resources", 0), "path", "/etc/hosts", "resources[0].path"),
        (("resources", 0), "path", "http://example.org/a.csv", "resources[0].path"),
        (("resources", 0), "encoding", "latin-1", "resources[0].encoding"),
        (("resources", 0), "name", "organisations", "name 'organisations': stands there 2 times"),
        (
            ("resources", 0),
            "path",
            "organisations.csv",
            "'organisations.csv': stands there 2 times",
        ),
        (("resources", 0), "redistribution", "maybe", "resources[0].redistribution"),
        (("resources", 0), "hash", "sha256:1", "resources[0].hash"),
        (("resources", 0), "schema", None, "resources[0].schema"),
        (("resources", 0), "licenses", [], "resources[0].licenses"),
        (("resources", 0, "licenses", 0), "path", "javascript:x", "value 'javascript:x'"),
        (("resources", 0, "sources", 0), "path", "ftp://a.b", "value 'ftp://a.b'"),
        (("resources", 0, "schema"), "fields", [], "resources[0].schema.fields"),
        (
            ("resources", 0, "schema"),
            "primaryKey",
            ["no"],
            "states, primaryKey: no field 'no'",
        ),
        (("resources", 0, "schema", "fields", 0), "type", "text", "fields[0].type, value 'text'"),
        (("resources", 0, "schema", "fields", 0), "name", "name", "field 'name': stands there 2"),
        (
            ("resources", 0, "schema", "fields", 0, "constraints"),
            "pattern",
            "[A-Z",
            "constraints.pattern, value '[A-Z'",
        ),
        (
            ("resources", 0, "schema", "fields", 4, "constraints"),
            "minimum",
            "long ago",
            "table states, field 'nato_since': its limit 'long ago' must be of type integer",
        ),
        (
            ("resources", 0, "schema", "fields", 4, "constraints"),
            "maximum",
            20.5,
            "field 'nato_since': its limit 20.5 must be a whole number",
        ),
        (
            ("resources", 0, "schema", "fields", 4, "constraints"),
            "pattern",
            "x",
            "field 'nato_since': only a string has a pattern",
        ),
        (
            ("resources", 0, "schema", "fields", 4),
            "name",
            "date_end",
            "field 'date_end': holds dates by its name; its type must be date",
        ),
        (
            ("resources", 0, "schema", "fields", 0, "constraints"),
            "minimum",
            5,
            "field 'iso3': a string has no minimum and no maximum",
        ),
        (
            ("resources", 0, "schema", "fields", 2, "constraints"),
            "enum",
            ["five", 3],
            "constraints.enum[1], value 3",
        ),
        (
            ("resources", 0, "schema", "fields", 4, "constraints"),
            "minimum",
            2030,
            "field 'nato_since': its minimum 2030 is above its maximum",
        ),
        (
            ("resources", 2, "schema", "foreignKeys", 0, "reference"),
            "resource",
            "nowhere",
            "table memberships, foreignKeys: no table 'nowhere'",
        ),
        (
            ("resources", 2, "schema", "foreignKeys", 0),
            "fields",
            ["nothing"],
            "table memberships, foreignKeys: no field 'nothing'",
        ),
        (
            ("resources", 2, "schema", "foreignKeys", 0, "reference"),
            "fields",
            ["nothing"],
            "foreignKeys: table organisations has no field 'nothing'",
        ),
    ],
)
def test_a_value_that_cannot_stand_there_is_named(changed, way, name, value, fault):
    found = changed(lambda package: at(package, *way).update({name: value}))
    assert fault in "\n".join(found)
    assert all(line.startswith("data/datapackage.json: ") and len(line) < 600 for line in found)


@pytest.mark.parametrize("name", ["path", "name", "schema", "terms", "hash", "sources"])
def test_a_table_without_what_the_book_needs_is_named(changed, name):
    [found] = changed(lambda package: package["resources"][0].pop(name) and None)
    assert f"{name!r} is a required property" in found


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"[]", "is not of type 'object'"),
        (b"null", "is not of type 'object'"),
        (b'{"a": 1, "a": 2}', "'a' stands twice in one object"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b'{"a": ', "row 1: not JSON"),
        (b'{"a": "\xe9"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_is_not_a_descriptor_is_named(three_tables, content, fault):
    (three_tables / NAME).write_bytes(content)
    found = package_faults(three_tables)
    assert fault in found[0] and found[0].startswith("data/datapackage.json: ")


def test_a_table_that_nothing_describes_is_a_fault(three_tables):
    (three_tables / "new.csv").write_text("a\n1\n")
    assert package_faults(three_tables) == [
        "data/datapackage.json: new.csv is in data/, but no resource describes it"
    ]


def test_a_package_with_a_fault_is_not_checked_further(three_tables):
    (three_tables / NAME).write_text('{"resources": []}')
    tables.descriptor.cache_clear()
    assert all("datapackage.json" in fault for fault in checks.check_all(three_tables))
    tables.descriptor.cache_clear()


def test_a_code_of_a_state_without_a_foreign_key_is_named(changed):
    [found] = changed(
        lambda package: at(package, "resources", 2, "schema").pop("foreignKeys") and None
    )
    assert "table memberships, field 'state': a code of a state needs a foreign key" in found


def test_a_table_without_a_primary_key_is_named(changed):
    [found] = changed(
        lambda package: at(package, "resources", 0, "schema").pop("primaryKey") and None
    )
    assert "'primaryKey' is a required property" in found
