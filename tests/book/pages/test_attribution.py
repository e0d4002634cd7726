import io

import pandas as pd
import pytest

from casi import tables
from casi.book.pages import attribution

OWN = {
    "label": "fig-x",
    "title": "Two, of “five”",
    "measure": "Exercises held",
    "unit": "exercises",
    "coverage": "All.",
    "tables": ["exercises", "participation"],
    "source": ["a", "b"],
    "table": {
        "columns": ["Year", "Türkiye", "Russia"],
        "format": ",.0f",
        "rows": [["2020", 1, None], ["2021", 2.5, 3]],
    },
}
SIPRI = OWN | {"tables": ["arms_transfers"], "source": ["sipri2026transfers"]}


@pytest.fixture
def forbidden(monkeypatch):
    """The table of arms transfers as if its publisher forbade to hand it out."""
    describe = tables.describe
    closed = describe("arms_transfers") | {"redistribution": "forbidden"}
    monkeypatch.setattr(
        tables, "describe", lambda name: closed if name == "arms_transfers" else describe(name)
    )


def test_resources_are_the_tables_drawn_on():
    assert [entry["name"] for entry in attribution.resources(OWN)] == OWN["tables"]


def test_origin_names_editions_and_closing_date():
    assert attribution.origin(OWN) == (
        f"our tables Exercises and Participation (edition {tables.descriptor()['version']}, "
        f"closed {attribution.date(tables.closing_date())})"
    )
    edition = tables.describe("arms_transfers")["edition"]
    assert attribution.origin(SIPRI) == f"SIPRI Arms Transfers Database ({edition})"


def test_source_line_links_to_the_bibliography():
    assert attribution.source_line(SIPRI).endswith("{cite}`sipri2026transfers`.")


def test_terms_are_those_of_the_data_package():
    assert "not to be attributed to SIPRI" in attribution.terms(SIPRI)
    assert attribution.terms(OWN).count("Creative Commons") == 1


def test_only_bound_data_name_their_publisher():
    assert attribution.publishers(OWN) == []
    assert [each["title"] for each in attribution.publishers(SIPRI)] == [
        "SIPRI Arms Transfers Database"
    ]


def test_what_terms_forbid_is_not_handed_out(forbidden):
    assert attribution.may_distribute(OWN)
    assert not attribution.may_distribute(SIPRI)


def test_csv_is_a_plain_table_and_keeps_every_digit():
    sheet = attribution.as_csv(OWN)
    frame = pd.read_csv(io.StringIO(sheet))
    assert frame.columns.tolist() == OWN["table"]["columns"]
    assert frame["Türkiye"].tolist() == [1, 2.5]
    assert pd.isna(frame["Russia"][0])
    assert len(sheet.splitlines()) == 1 + len(OWN["table"]["rows"])


def test_what_a_csv_holds_stands_beside_it_with_its_terms():
    about = attribution.csv_metadata(OWN, "Report")
    assert about["url"] == "fig-x.csv"
    assert about["dc:title"] == "Two, of “five”"
    assert about["dc:description"].startswith("Exercises held (")
    assert about["dc:rights"].startswith("Creative Commons")
    assert about["dc:isPartOf"] == attribution.signature("Report")
    titles = [column["titles"] for column in about["tableSchema"]["columns"]]
    assert titles == OWN["table"]["columns"]


def test_shares_are_called_shares_in_csv():
    shares = OWN | {"unit": "per cent", "table": OWN["table"] | {"format": ".0%"}}
    about = attribution.csv_metadata(shares, "Report")
    assert "(per cent, as shares of 1)" in about["dc:description"]


def test_picture_line_is_plain_text():
    line = attribution.picture_line(SIPRI, "Report")
    assert line.startswith("Source: SIPRI") and "Chart: Report, edition" in line
    assert "{" not in line
