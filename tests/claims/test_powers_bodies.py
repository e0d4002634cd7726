"""The tests of claims on regional bodies, each on tables made by hand."""

import pytest
from dated_tables import DAY, frame

from casi.claims import powers
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, UNCHECKED

# The bodies.


def bodies(
    successor="eurasec",
    ended="2005-10-07",
    confidence="medium",
    eurasec="2000-10-10",
    joined="2004-10-18",
):
    return {
        "organisations": frame(
            "organisation founded ended successor confidence",
            ("caco", "2002-02-28", ended, successor, confidence),
            ("cau-defence-council", "1995-12-15", None, None, "medium"),
            ("eurasec", eurasec, "2014-10-10", None, "high"),
        ),
        "memberships": frame(
            "organisation state status start",
            ("caco", "KAZ", "member", "2002-02-28"),
            ("caco", "RUS", "observer", "2002-02-28"),
            ("caco", "RUS", "member", joined),
            ("cau-defence-council", "UZB", "member", "1995-12-15"),
            ("eurasec", "RUS", "member", "2000-10-10"),
            ("eurasec", "UZB", "member", "2006-01-25"),
            ("csto", "RUS", "member", "2002-10-07"),
            ("sco", "CHN", "member", "2001-06-15"),
            ("sco", "KAZ", "member", "2001-06-15"),
        ),
        "meetings": frame(
            "meeting series place status date_start",
            ("petersburg", "cau_caec_caco", "Saint Petersburg", "held", "2005-10-07"),
            ("dushanbe", "cau_caec_caco", "Dushanbe", "held", "2004-10-18"),
            ("other-year", "cau_caec_caco", "Saint Petersburg", "held", "2004-06-01"),
            ("other-place", "cau_caec_caco", "Almaty", "held", "2005-06-01"),
        ),
    }


def test_the_bodies_were_founded_by_the_five_alone():
    found = powers.caco_created(bodies())
    assert found.verdict == SUPPORTED
    assert found.rows == ["organisations/caco", "organisations/cau-defence-council"]


def test_a_body_founded_with_an_outsider_or_not_at_all_supports_the_claim_in_part():
    assert powers.caco_created(bodies(joined="2002-02-28")).verdict == PARTLY
    assert powers.caco_created(bodies(joined="2002-03-01")).verdict == SUPPORTED
    record = bodies()
    table = record["organisations"]
    found = powers.caco_created(record | {"organisations": table[table["organisation"] != "caco"]})
    assert (found.verdict, found.rows) == (PARTLY, ["organisations/cau-defence-council"])
    found = powers.caco_created(record | {"organisations": table.tail(1)})
    assert (found.verdict, found.rows) == (CONTRADICTED, [])


def test_who_promoted_a_body_cannot_be_checked():
    found = powers.powers_bodies(bodies())
    assert found.verdict == UNCHECKED
    assert found.rows == ["memberships/csto/RUS", "memberships/sco/CHN"]
    assert set(found.values) == {"csto", "sco"}


@pytest.mark.parametrize(
    ("joined", "verdict"), [("2004-10-18", SUPPORTED), ("2003-10-18", CONTRADICTED)]
)
def test_russia_joined_caco_in_2004_as_a_member(joined, verdict):
    found = powers.russia_joined(bodies(joined=joined))
    assert (found.verdict, found.rows) == (verdict, ["memberships/caco/RUS"])


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, PARTLY),
        ({"confidence": "high"}, SUPPORTED),
        ({"confidence": "high", "successor": "sco"}, CONTRADICTED),
        ({"confidence": "high", "ended": "2006-01-25"}, CONTRADICTED),
    ],
)
def test_caco_ended_by_a_merger_decided_in_2005(changes, verdict):
    assert powers.caco_ended(bodies(**changes)).verdict == verdict


def test_caco_did_not_end_there_without_a_summit_of_that_year_and_place():
    record = bodies(confidence="high")
    for key in ("petersburg", "none"):
        summits = record["meetings"].query("meeting != @key")
        verdict = powers.caco_ended(record | {"meetings": summits}).verdict
        assert verdict == (CONTRADICTED if key == "petersburg" else SUPPORTED)
    planned = record["meetings"].assign(status="planned")
    assert powers.caco_ended(record | {"meetings": planned}).verdict == CONTRADICTED


def test_caco_lasted_a_year_with_russia():
    found = powers.caco_ended(bodies())
    assert found.rows == ["organisations/caco", "meetings/petersburg"]
    assert found.against == ["memberships/eurasec/UZB"]
    # 18 October 2004 to 7 October 2005: 354 days, 11.6 months
    assert found.values == {"day": DAY("2005-10-07"), "months": 12, "uzb": DAY("2006-01-25")}


@pytest.mark.parametrize(
    ("founded", "verdict", "years"),
    [
        ("2000-10-10", CONTRADICTED, 5),
        ("2004-10-06", CONTRADICTED, 1),  # 366 days
        ("2004-10-07", SUPPORTED, 1),  # 365 days
        ("2005-06-01", SUPPORTED, 0),
    ],
)
def test_eurasec_was_new_if_at_most_a_year_old(founded, verdict, years):
    found = powers.eurasec_new(bodies(eurasec=founded))
    assert (found.verdict, found.rows) == (verdict, ["organisations/eurasec"])
    assert found.values == {"founded": DAY(founded), "years": years}
