import pandas as pd
import pytest

from casi.record import lookup
from casi.tables import describe


@pytest.fixture
def record():
    return {
        "sources": pd.DataFrame(
            {
                "kind": ["press", "primary", "press", "press", "dataset"],
                "published": pd.to_datetime(
                    ["2026-01-02", None, "2026-05-18", "2025-12-31", "2027-03-20"]
                ),
            }
        ),
        "participation": pd.DataFrame(
            [
                ("meeting", "KAZ", "minister"),
                ("meeting", "TKM", "ambassador"),
                ("drill", "KAZ", "contingent"),
                ("drill", "UZB", None),  # took part at a level that no source gives
                ("drill", "TJK", "observer"),
                ("drill", "KGZ", "absent"),
            ],
            columns=["event", "state", "level"],
        ),
        "states": pd.DataFrame(
            {
                "iso3": ["KAZ", "TKM", "UZB"],
                "name": ["Kazakhstan", "Turkmenistan", "Uzbekistan"],
            }
        ),
        "memberships": pd.DataFrame(
            [
                ("caco", "RUS", "observer", "2002-02-28"),
                ("caco", "RUS", "member", "2004-10-18"),
                ("caco", "KAZ", "member", "2002-02-28"),
                ("csto", "UZB", "member", "2006-08-16"),
                ("csto", "UZB", "member", "1994-05-15"),
                ("csto", "RUS", "member", "1992-05-15"),
            ],
            columns=["organisation", "state", "status", "start"],
        ).astype({"start": "datetime64[ns]"}),
        "treaties": pd.DataFrame(
            {
                "treaty": ["zone", "border"],
                "date_opened": pd.to_datetime(["2006-09-08", "2025-03-13"]),
            }
        ),
    }


def test_rows_are_named_by_table_and_key():
    assert lookup.rows_of("meetings", ["a", "b"]) == ["meetings/a", "meetings/b"]


def test_rows_of_memberships_are_named_by_body_and_state(record):
    rows = lookup.membership_rows(record["memberships"].iloc[1:3])
    assert rows == ["memberships/caco/RUS", "memberships/caco/KAZ"]


def test_every_level_of_a_person_has_words():
    fields = {field["name"]: field for field in describe("participation")["schema"]["fields"]}
    levels = set(fields["level"]["constraints"]["enum"]) - {"contingent"}
    assert set(lookup.LEVELS) == levels
    others = {key: word for key, word in lookup.LEVELS.items() if word != key.replace("_", " ")}
    assert others == {
        "speaker": "chair of parliament",
        "security_council_secretary": "secretary",
        "agency_head": "head of service",
        "deputy_agency_head": "deputy head of service",
        "attache": "attaché",
    }


def test_the_record_closes_with_its_newest_page(record):
    assert lookup.closing(record) == pd.Timestamp("2026-05-18")


def test_levels_are_those_of_one_event(record):
    assert lookup.levels_at(record, "meeting").to_dict() == {"KAZ": "minister", "TKM": "ambassador"}
    assert lookup.levels_at(record, "unknown").empty


def test_state_names_keep_the_order_of_the_codes(record):
    assert lookup.state_names(record, ["UZB", "KAZ"]) == ["Uzbekistan", "Kazakhstan"]
    with pytest.raises(lookup.MissingRow, match="states/XXX"):
        lookup.state_names(record, ["XXX"])


def test_membership_dates_from_the_first_full_membership(record):
    assert lookup.member_since(record, "caco", "RUS") == pd.Timestamp("2004-10-18")
    assert lookup.member_since(record, "csto", "UZB") == pd.Timestamp("1994-05-15")
    assert pd.isna(lookup.member_since(record, "caco", "UZB"))


def test_signature_date_is_that_of_the_treaty(record):
    assert lookup.signature_date(record, "border") == pd.Timestamp("2025-03-13")
    with pytest.raises(lookup.MissingRow, match="treaties/unknown"):
        lookup.signature_date(record, "unknown")


def test_a_row_is_looked_up_by_the_first_column(record):
    assert lookup.row_of(record, "states", "UZB")["name"] == "Uzbekistan"
    with pytest.raises(lookup.MissingRow, match="states/XXX: needs 1 on record, has 0"):
        lookup.row_of(record, "states", "XXX")


def test_require_returns_the_rows_if_they_are_enough(record):
    two = record["states"].head(2)
    assert lookup.require(two, "states", 2) is two
    assert lookup.require(two, "states") is two
    with pytest.raises(lookup.MissingRow, match="states: needs 3 on record, has 2"):
        lookup.require(two, "states", 3)


def test_observers_and_absent_states_did_not_take_part(record):
    parts = lookup.took_part(record["participation"])
    assert parts["drill"] == {"KAZ", "UZB"}
    assert parts.index.tolist() == ["drill"]


def test_preferred_people_takes_the_best_figure_else_the_lowest_or_highest():
    rows = [
        ("best", "personnel", 1.0, 2.0, 3.0, True),
        ("low", "personnel", 1.0, None, 3.0, True),
        ("high", "personnel", None, None, 3.0, True),
        ("rumour", "personnel", 1.0, 2.0, 3.0, False),
        ("items", "equipment_items", 1.0, 2.0, 3.0, True),
    ]
    columns = ["subject", "measure", "low", "best", "high", "preferred"]
    found = lookup.preferred_people(pd.DataFrame(rows, columns=columns))
    assert found.to_dict() == {"best": 2, "low": 1, "high": 3}


def test_the_first_row_of_a_key_is_returned_and_a_missing_key_is_an_error(record):
    assert lookup.row_of(record, "participation", "meeting")["state"] == "KAZ"
    with pytest.raises(lookup.MissingRow, match="participation/summit: needs 1 on record, has 0"):
        lookup.row_of(record, "participation", "summit")
