"""The bill of materials: every locked package and every file of others, with licence and hash."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from casi.book.editions import downloads, sbom, vendored
from casi.tables import ROOT

LOCK = """# a comment
first==1.0 ; python_version < "4" \\
    --hash=sha256:aa \\
    --hash=sha256:bb
second[extra]==2.0 \\
    --hash=sha256:cc
"""


def bill(*components):
    """Return what an environment with some packages is described by."""
    listed = [{"bom-ref": f"{n}=={v}", "name": n, "version": v} for n, v in components]
    depends = [{"ref": each["bom-ref"], "dependsOn": ["pip==1"]} for each in listed]
    top = {"component": {"bom-ref": "top"}}
    return {"components": listed, "dependencies": depends, "metadata": top}


@pytest.fixture(scope="module")
def made():
    found = [path for path in downloads.made(ROOT) if path.name.endswith(sbom.ENDING)]
    return json.loads((found or [sbom.make_sbom(ROOT)])[0].read_text(encoding="utf-8"))


def test_the_bill_follows_the_standard(made):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None


def test_every_package_that_the_report_asks_for_is_listed(made):
    asked = re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    names = {each["name"].lower().replace("_", "-") for each in made["components"]}
    assert {name.lower() for name in asked} <= names


def test_every_component_has_a_licence_and_a_hash(made):
    for each in made["components"]:
        assert each.get("licenses") or each.get("evidence"), each["name"]
        assert '"SHA-256"' in json.dumps(each), each["name"]


def test_files_of_others_are_listed_with_origin_and_text_of_the_licence(made):
    listed = {each["name"]: each for each in made["components"]}
    for package in vendored.packages(ROOT):
        each = listed[package.name]
        assert [file["name"] for file in each["components"]] == [f.path for f in package.files]
        assert len(each["licenses"][0]["license"]["text"]["content"]) > 500
        assert each["externalReferences"][0]["url"] == package.address


def test_the_bill_names_no_folder_of_the_machine(made):
    assert str(ROOT) not in json.dumps(made)


def test_hashes_are_read_by_name_and_version():
    assert sbom.hashes(LOCK) == {("first", "1.0"): ["aa", "bb"], ("second", "2.0"): ["cc"]}


def test_what_is_not_locked_is_left_out(monkeypatch):
    monkeypatch.setattr(sbom, "evidence", lambda name: {})
    whole = bill(("First", "1.0"), ("pip", "1"), ("second", "3.0"))
    made = sbom.complete(whole, sbom.hashes(LOCK), {"first"}, [{"bom-ref": "font"}])
    assert [each.get("name") for each in made["components"]] == ["First", None]
    assert made["dependencies"] == [
        {"ref": "top", "dependsOn": ["First==1.0", "font"]},
        {"ref": "First==1.0", "dependsOn": []},
    ]


def test_a_package_that_is_not_installed_as_locked_is_named(monkeypatch):
    monkeypatch.setattr(sbom, "evidence", lambda name: {})
    with pytest.raises(RuntimeError, match=r"not installed as in requirements.txt: first, second"):
        sbom.complete(bill(("first", "0.9")), sbom.hashes(LOCK), {"first", "second"}, [])
