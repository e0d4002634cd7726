import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pandas as pd
import pytest
from publisher_files import EDITION, table

from casi.importers import apply as writing
from casi.importers import diff
from casi.importers.base import Draft, Import, ImportFault
from casi.record import edition_diff
from casi.record.editions import Package

BIBLIOGRAPHY = """@misc{alpha,
  title = {{A}},
}

@misc{pub2025arms,
  title = {{Register of 2025}},
}

@misc{zeta,
  title = {{Z}},
}
"""
TABLES = {
    "arms": "state,year,volume,source\nKAZ,2024,1.0,pub2025arms\n",
    "coverage": "topic,table,year_to,closed,source\n"
    "arms,arms,2024,2024-12-31,pub2025arms\nreports,reports,2024,2024-05-01,pub2025arms;alpha\n",
    "corrections": "id,edition,table,row,column,expect,reason,source\n",
    "sources": "key,kind,language,published,independence_group\n"
    "alpha,press,en,,alpha\npub2025arms,dataset,en,2025-05-01,pub\nzeta,press,en,,zeta\n",
    "reports": "report,source\nr,zeta\n",
}
KEYS = {
    "arms": ["state", "year"],
    "coverage": ["topic"],
    "corrections": ["id"],
    "sources": ["key"],
    "reports": ["report"],
}


def keyed(name, text):
    return diff.keyed(pd.read_csv(StringIO(text), dtype="str", keep_default_na=False), KEYS[name])


PREVIOUS = Package("2026.11", {name: keyed(name, text) for name, text in TABLES.items()})


def entry(name):
    year = {"name": "year", "type": "integer", "constraints": {"maximum": 2024}}
    fields = [year, {"name": "volume", "type": "number"}]
    return {
        "name": name,
        "edition": "edition of 2025",
        "coverage": "Deliveries, 1992 to 2024; version 24.1",
        "description": "From version 24.1.",
        "sources": [{"title": "Register, version 24.1"}],
        "schema": {"fields": fields, "primaryKey": KEYS[name]},
    }


@pytest.fixture
def record(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for name, text in TABLES.items():
        (data / f"{name}.csv").write_text(text)
    package = {"version": "2026.12", "created": "2026-05-01T00:00:00Z"}
    package |= {"resources": [entry(name) for name in TABLES]}
    (data / "datapackage.json").write_text(json.dumps(package))
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY)
    return writing.Record(data, tmp_path / "references.bib", lambda: [])


def imported(edition=EDITION):
    rows = table("state year volume source", ("KAZ", "2025", "2.0", edition.key))
    draft = Draft("arms", rows, (edition,), edition.name, "year", totals={"KAZ": 2.0})
    return Import((draft,))


def cell(volume="1.5", source="pub2025arms;pub2026arms"):
    """Return an import of one cell of a table that is otherwise ours."""
    rows = table("state year volume source", ("KAZ", "2024", volume, source))
    return Import((Draft("arms", rows, (EDITION,), EDITION.name, partial=True),))


def read(record, name):
    return pd.read_csv(record.data / f"{name}.csv", dtype="str", keep_default_na=False)


def described(record):
    package = json.loads((record.data / "datapackage.json").read_text())
    return {entry["name"]: entry for entry in package["resources"]}


def test_the_table_holds_the_new_edition_alone(record):
    writing.apply(imported(), PREVIOUS, record)
    assert read(record, "arms").to_numpy().tolist() == [["KAZ", "2025", "2.0", "pub2026arms"]]


def test_the_description_names_edition_day_last_year_and_totals(record):
    writing.apply(imported(replace(EDITION, version="26.1")), PREVIOUS, record)
    found = described(record)["arms"]
    assert found["edition"] == "edition of 2026"
    assert found["extracted"] == "2026-05-18"
    assert found["totals"] == {"KAZ": 2.0}
    assert found["sums"] == {"volume": {"KAZ": 2.0}}
    assert found["coverage"] == "Deliveries, 1992 to 2025; version 26.1"
    assert found["sources"][0]["title"] == "Register, version 26.1"
    assert found["schema"]["fields"][0]["constraints"]["maximum"] == 2025
    assert described(record)["reports"] == entry("reports")


def test_every_value_replaced_gets_a_reason_and_every_reason_has_its_change(record):
    writing.apply(imported(), PREVIOUS, record)
    writing.apply(imported(), PREVIOUS, record)
    corrections = read(record, "corrections")
    assert corrections[["table", "row", "column", "expect"]].to_numpy().tolist() == [
        ["arms", "*", "*", ""],
        ["coverage", "arms", "year_to", "2024"],
        ["coverage", "arms", "closed", "2024-12-31"],
        ["sources", "pub2025arms", "", ""],
    ]
    assert corrections["id"].tolist()[:2] == ["2026.12-arms", "2026.12-coverage-arms-year-to"]
    assert set(corrections["reason"]) == {"New data of the publisher: edition of 2026"}
    now = {name: keyed(name, (record.data / f"{name}.csv").read_text()) for name in TABLES}
    compared = edition_diff.compare(PREVIOUS.texts, now)
    assert edition_diff.faults(compared, corrections, "2026.12") == []


def test_rows_added_alone_need_no_reason(record):
    previous = {**PREVIOUS.texts, "arms": PREVIOUS.texts["arms"].iloc[:0]}
    writing.apply(imported(), replace(PREVIOUS, texts=previous), record)
    assert "arms" not in set(read(record, "corrections")["table"])


def test_a_first_edition_needs_no_reasons(record):
    writing.apply(imported(), Package(), record)
    assert read(record, "corrections").empty


def test_a_published_edition_of_the_record_is_not_changed(record):
    with pytest.raises(ImportFault, match=r"edition 2026\.12 is published: set the new version"):
        writing.apply(imported(), replace(PREVIOUS, version="2026.12"), record)
    assert read(record, "arms")["year"].tolist() == ["2024"]


def test_the_new_source_takes_the_place_of_the_old_one(record):
    writing.apply(imported(), PREVIOUS, record)
    assert read(record, "sources").to_numpy().tolist()[1] == [
        *("pub2026arms", "dataset", "en", "2026-05-18", "pub")
    ]
    text = record.bibliography.read_text()
    assert "pub2025arms" not in text
    assert text.index("alpha") < text.index("pub2026arms") < text.index("zeta")
    assert "month = {18 May}" in text
    coverage = read(record, "coverage").set_index("topic")
    assert coverage.loc["arms"].tolist() == ["arms", "2025", "2025-12-31", "pub2026arms"]
    assert coverage.loc["reports", "source"] == "pub2026arms;alpha"


def test_the_record_is_compiled_no_earlier_than_its_source(record):
    def created():
        return json.loads((record.data / "datapackage.json").read_text())["created"]

    writing.apply(imported(replace(EDITION, extracted=date(2026, 4, 1))), PREVIOUS, record)
    assert created() == "2026-05-01T00:00:00Z"
    writing.apply(imported(), PREVIOUS, record)
    assert created() == "2026-05-18T00:00:00Z"
    writing.apply(imported(replace(EDITION, extracted=None)), PREVIOUS, record)
    assert created() == "2026-05-18T00:00:00Z"


def test_cells_of_a_table_of_ours_leave_its_description_and_coverage_as_they_are(record):
    writing.apply(cell(), PREVIOUS, record)
    assert described(record)["arms"] == entry("arms")
    assert read(record, "coverage").to_csv(index=False) == TABLES["coverage"]
    assert read(record, "sources")["key"].tolist()[1:3] == ["pub2025arms", "pub2026arms"]


def test_each_cell_replaced_in_a_table_of_ours_gets_its_own_reason(record):
    writing.apply(cell(), PREVIOUS, record)
    corrections = read(record, "corrections")[["table", "row", "column", "expect"]]
    assert corrections.to_numpy().tolist() == [["arms", "KAZ / 2024", "volume", "1.0"]]


def test_the_kind_of_a_source_is_that_of_its_edition(record):
    writing.apply(imported(replace(EDITION, kind="primary")), PREVIOUS, record)
    assert read(record, "sources").set_index("key").loc["pub2026arms", "kind"] == "primary"


def test_a_source_that_another_table_still_names_stays(record):
    (record.data / "reports.csv").write_text("report,source\nr,zeta;pub2025arms\n")
    writing.apply(imported(), PREVIOUS, record)
    assert read(record, "sources")["key"].tolist() == [
        "alpha",
        "pub2025arms",
        "pub2026arms",
        "zeta",
    ]
    assert "pub2025arms" in record.bibliography.read_text()


def test_the_same_edition_extracted_anew_renews_its_entry(record):
    writing.apply(imported(), Package(), record)
    later = replace(EDITION, title="Register of 2026, again", extracted=date(2026, 9, 1))
    writing.apply(imported(later), Package(), record)
    text = record.bibliography.read_text()
    assert text.count("pub2026arms") == 1
    assert "month = {1 September}" in text
    assert read(record, "sources").loc[1, "published"] == "2026-09-01"


def test_the_new_day_of_a_source_extracted_anew_has_its_reason(record):
    writing.apply(imported(), Package(), record)
    texts = {name: keyed(name, (record.data / f"{name}.csv").read_text()) for name in TABLES}
    later = replace(EDITION, extracted=date(2026, 9, 1))
    writing.apply(imported(later), Package("2026.11", texts), record)
    corrections = read(record, "corrections")
    assert corrections[["table", "row", "column", "expect"]].to_numpy().tolist() == [
        ["sources", "pub2026arms", "published", "2026-05-18"]
    ]


def test_nothing_is_written_if_the_record_fails_its_checks(record):
    before = {path: path.read_bytes() for path in record.data.parent.rglob("*.*")}
    with pytest.raises(ImportFault) as fault:
        writing.apply(imported(), PREVIOUS, replace(record, check=lambda: ["row 2"]))
    assert fault.value.faults == ["row 2", "nothing was written"]
    assert {path: path.read_bytes() for path in before} == before
