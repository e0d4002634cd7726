"""Check `data/datapackage.json`: what it must hold stands in `casi/datapackage.schema.json`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from casi.file_checks import cell_fault, short, unreadable

SCHEMA = Path(__file__).with_name("datapackage.schema.json")
NAME = "datapackage.json"
STATE_CODE = "[A-Z]{3}"
DATES = re.compile(r"(\w+_)?date(_(?!precision)\w+)?|start|end|as_of|founded|ended|published")


def package_faults(folder: Path, stamped: bool = True) -> list[str]:
    """Return a line for each fault of the descriptor in a folder; none if every table is described.

    Args:
        folder: the data package's folder.
        stamped: False if size and hash of the tables are still to be recorded.
    """
    path = folder / NAME
    if fault := unreadable(path):
        return [f"data/{NAME}: {fault}"]
    try:
        package = json.loads(
            path.read_text(encoding="utf-8"),
            object_pairs_hook=_object,
            parse_constant=_not_json,
        )
    except json.JSONDecodeError as error:
        return [f"data/{NAME}: row {error.lineno}: not JSON: {error.msg}"]
    except (ValueError, RecursionError) as error:
        return [f"data/{NAME}: not JSON: {error}"]
    if not stamped:
        package = _with_stamps(package)
    found = list(_against_schema(package)) or list(_between_tables(package["resources"], folder))
    return [f"data/{NAME}: {fault}" for fault in found]


def _with_stamps(package: object) -> object:
    """Return the descriptor with some size and hash for each table, if it has tables."""
    stamps = {"bytes": 1, "hash": f"sha256:{'0' * 64}"}
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return package
    entries = [e | stamps if isinstance(e, dict) else e for e in package["resources"]]
    return package | {"resources": entries}


def _object(pairs: list[tuple[str, object]]) -> dict:
    """Return an object of JSON, in which no name may stand twice."""
    if doubled := [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]:
        raise ValueError(f"{doubled[0]!r} stands twice in one object")
    return dict(pairs)


def _not_json(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _against_schema(package: object) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # takes long, and most readers do not check

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for error in sorted(validator.iter_errors(package), key=lambda error: error.json_path):
        shown = short(error.instance)
        rule = error.message.replace(repr(error.instance), shown)
        yield f"{error.json_path.removeprefix('$.')}, value {shown}: {rule}"


def _between_tables(resources: list[dict], folder: Path) -> Iterator[str]:
    for column in ("name", "path"):
        for value, count in Counter(resource[column] for resource in resources).items():
            if count > 1:
                yield f"resources, {column} {value!r}: stands there {count} times"
    fields = {entry["name"]: _field_names(entry) for entry in resources}
    for entry in resources:
        own = fields[entry["name"]]
        for name, count in Counter(own).items():
            if count > 1:
                yield f"table {entry['name']}, field {name!r}: stands there {count} times"
        for field in entry["schema"]["fields"]:
            if rule := _field_fault(field):
                yield f"table {entry['name']}, field {field['name']!r}: {rule}"
        for name in entry["schema"].get("primaryKey", []):
            if name not in own:
                yield f"table {entry['name']}, primaryKey: no field {name!r}"
        for name in _unlinked_codes(entry["schema"]):
            yield f"table {entry['name']}, field {name!r}: a code of a state needs a foreign key"
        for key in entry["schema"].get("foreignKeys", []):
            yield from _foreign_key(entry["name"], key, fields)
    described = {resource["path"] for resource in resources}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in described:
            yield f"{path.name} is in data/, but no resource describes it"


def _field_fault(field: dict) -> str | None:
    """Return why type and limits of a field do not fit its name or each other, or None."""
    constraints = field.get("constraints", {})
    if DATES.fullmatch(field["name"]) and field["type"] != "date":
        return "holds dates by its name; its type must be date"
    if "pattern" in constraints and field["type"] != "string":
        return "only a string has a pattern"
    limits = [constraints[name] for name in ("minimum", "maximum") if name in constraints]
    if limits and field["type"] in ("string", "boolean"):
        return f"a {field['type']} has no minimum and no maximum"
    for limit in limits:
        if (field["type"] == "date") != isinstance(limit, str):
            return f"its limit {limit!r} must be of type {field['type']}"
        if rule := cell_fault(str(limit), field["type"]):
            return f"its limit {limit!r} {rule}"
    return f"its minimum {limits[0]!r} is above its maximum" if limits != sorted(limits) else None


def _unlinked_codes(schema: dict) -> list[str]:
    """Return the fields that hold codes of states, are not the table's key and refer to none."""
    linked = {name for key in schema.get("foreignKeys", []) for name in key["fields"]}
    codes = [
        field["name"]
        for field in schema["fields"]
        if field.get("constraints", {}).get("pattern") == STATE_CODE
    ]
    return [name for name in codes if name not in linked and [name] != schema["primaryKey"]]


def _field_names(entry: dict) -> list[str]:
    return [field["name"] for field in entry["schema"]["fields"]]


def _foreign_key(table: str, key: dict, fields: dict[str, list[str]]) -> Iterator[str]:
    other = key["reference"]["resource"]
    if other not in fields:
        yield f"table {table}, foreignKeys: no table {other!r}"
        return
    for name in key["fields"]:
        if name not in fields[table]:
            yield f"table {table}, foreignKeys: no field {name!r}"
    for name in key["reference"]["fields"]:
        if name not in fields[other]:
            yield f"table {table}, foreignKeys: table {other} has no field {name!r}"
    if len(key["fields"]) != len(key["reference"]["fields"]):
        yield f"table {table}, foreignKeys: {len(key['fields'])} fields refer to another number"
