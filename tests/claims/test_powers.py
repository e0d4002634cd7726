"""Each verdict, and the row whose change turns it."""

import pandas as pd
import pytest

from casi.claims import powers as powers
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, UNCHECKED

DAY = pd.Timestamp
FRIENDS = "treaty == 'friendship-2022' and action == 'signed'"
TURNS = [
    (powers.arms_race, PARTLY, "arms_reports", "date < '2022-09-14'", {}, SUPPORTED),
    (powers.arms_race, PARTLY, "arms_reports", "date >= '2022-09-14'", {}, CONTRADICTED),
    (powers.suppliers, PARTLY, "arms_deals", "recipient == 'KAZ' and supplier == 'RUS'",
     {"recipient": "TJK", "supplier": "TUR"}, PARTLY),
    (powers.border_94, PARTLY, "border_progress", "statement == 'kgz-tjk-2024-07-26'",
     {"date": DAY(2024, 7, 30), "whole_km": 972.0}, SUPPORTED),
    (powers.border_94, PARTLY, "border_progress", "statement == 'kgz-tjk-2024-07-26'",
     {"of_what": "disputed_sections"}, CONTRADICTED),
    (powers.caco_created, SUPPORTED, "organisations", "organisation == 'cau-defence-council'", {},
     PARTLY),
    (powers.russia_joined, SUPPORTED, "memberships",
     "organisation == 'caco' and state == 'RUS'", {"start": DAY(2003, 10, 18)}, CONTRADICTED),
    (powers.caco_ended, PARTLY, "organisations", "organisation == 'caco'",
     {"confidence": "high"}, SUPPORTED),
    (powers.caco_ended, PARTLY, "organisations", "organisation == 'caco'",
     {"successor": "sco"}, CONTRADICTED),
    (powers.eurasec_new, CONTRADICTED, "organisations", "organisation == 'eurasec'",
     {"founded": DAY(2005, 1, 1)}, SUPPORTED),
    (powers.treaty_2022, SUPPORTED, "treaty_actions", f"{FRIENDS} and state == 'TJK'",
     {"date": DAY(2022, 7, 21)}, CONTRADICTED),
]  # fmt: skip


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn[0].__name__)
def test_changing_a_deciding_row_changes_the_verdict(turns, turn):
    turns(*turn)


def test_suppliers_names_who_is_missing_where(article_record):
    found = powers.suppliers(article_record)
    assert found.values["partly"] == [
        "no supply by Türkiye to Tajikistan",
        "no supply by Iran to Kyrgyzstan",
    ]


def test_a_claimed_sale_is_no_supply(changed):
    """The Tajik TB2 of 2022 is a claim by the other side."""
    where = "report == 'tjk-tb2-claim-2022'"
    sold = powers.suppliers(changed("arms_reports", where, kind="order"))
    assert sold.values["partly"] == ["no supply by Iran to Kyrgyzstan"]


def test_the_treaty_of_2022_is_not_that_of_2025(article_record):
    found = powers.treaty_2022(article_record)
    assert all(row.startswith("treaty_actions/friendship-2022/") for row in found.rows)
    assert found.values["later"] == ["Tajikistan"]
    assert found.values["never"] == ["Turkmenistan"]


def test_causes_and_motives_cannot_be_checked(article_record):
    for test in (powers.opposite_effect, powers.powers_bodies, powers.middle_corridor):
        assert test(article_record).verdict == UNCHECKED


def test_what_is_not_graded_is_followed_up(article_record, changed):
    assert powers.kazakh_network(article_record).values["rest"] == ["Turkmenistan"]
    assert powers.treaty_hope(article_record).values["signed"] == 1
    none = changed("treaty_actions", f"{FRIENDS} and state == 'TJK'")
    assert powers.treaty_hope(none).values["signed"] == 0
