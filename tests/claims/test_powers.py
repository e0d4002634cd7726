"""The tests of claims on arms, borders, bodies and treaties, each on tables made by hand."""

import pandas as pd
import pytest
from dated_tables import DAY, frame

from casi.claims import powers
from casi.claims.verdict import CONTRADICTED, PARTLY, SUPPORTED, TESTS, UNCHECKED
from casi.record.lookup import MissingRow

FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
STATES = pd.DataFrame({"iso3": FIVE}).assign(name=lambda table: "name of " + table["iso3"])


# Arms.


def reports(*rows):
    return frame("report recipient supplier kind status date", *rows)


BEFORE = ("before", "KGZ", "TUR", "order", "confirmed", "2021-10-01")
AFTER = ("after", "KGZ", "TUR", "delivery", "confirmed", "2022-10-01")
TAJIK = ("tajik", "TJK", "IRN", "gift", "reported", "2023-01-01")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([BEFORE, AFTER], PARTLY),
        ([BEFORE, AFTER, TAJIK], PARTLY),
        ([AFTER, TAJIK], SUPPORTED),
        ([AFTER], CONTRADICTED),  # of one of the two alone
        ([BEFORE], CONTRADICTED),
        ([], CONTRADICTED),
    ],
)
def test_the_arms_race_began_after_the_second_clash_if_both_bought_only_then(rows, verdict):
    assert powers.arms_race({"arms_reports": reports(*rows)}).verdict == verdict


def test_only_acquisitions_of_the_two_since_the_first_clash_count_for_the_race():
    rows = [
        BEFORE,
        AFTER,
        ("on-the-day", "TJK", "IRN", "joint_production", "reported", "2022-09-14"),
        ("first-day", "TJK", "IRN", "order", "reported", "2021-04-28"),
        ("too-early", "TJK", "IRN", "order", "reported", "2021-04-27"),
        ("denied", "TJK", "TUR", "order", "denied", "2022-01-01"),
        ("talk", "TJK", "TUR", "interest", "reported", "2022-01-01"),
        ("others", "KAZ", "TUR", "order", "reported", "2022-01-01"),
        ("on-article-day", "TJK", "RUS", "order", "reported", "2024-08-08"),
        ("since-article", "TJK", "RUS", "order", "reported", "2024-08-09"),
    ]
    found = powers.arms_race({"arms_reports": reports(*rows)})
    chosen = ["before", "after", "on-the-day", "first-day", "on-article-day", "since-article"]
    assert found.rows == [f"arms_reports/{key}" for key in chosen]
    assert found.against == ["arms_reports/before", "arms_reports/first-day"]
    numbers = {"dated": 6, "before": 2, "first": DAY("2021-04-28"), "after_article": 1}
    assert found.values == numbers


DEALS = [  # the register: all but Türkiye and Iran to Tajikistan
    ("r1", "KGZ", "RUS"),
    ("r2", "TJK", "RUS"),
    ("t1", "KGZ", "TUR"),
    ("c1", "KGZ", "CHN"),
    ("c2", "TJK", "CHN"),
    ("i1", "KGZ", "IRN"),
    ("x1", "KAZ", "TUR"),
    ("x2", "TJK", "FRA"),
]
TURKISH = ("turkish", "TJK", "TUR", "order", "confirmed", "2022-01-01")
IRANIAN = ("iranian", "TJK", "IRN", "joint_production", "reported", "2022-01-01")


@pytest.mark.parametrize(
    ("rows", "verdict", "gaps"),
    [
        ([TURKISH, IRANIAN], SUPPORTED, []),
        ([TURKISH], PARTLY, ["no supply by Iran to Tajikistan"]),
        (
            [("denied", "TJK", "TUR", "order", "denied", "2022-01-01"), IRANIAN],
            PARTLY,
            ["no supply by Türkiye to Tajikistan"],
        ),
        (
            [("claim", "TJK", "TUR", "claim", "reported", "2022-01-01"), IRANIAN],
            PARTLY,
            ["no supply by Türkiye to Tajikistan"],
        ),
    ],
)
def test_suppliers_are_those_of_both_states_by_register_or_report(rows, verdict, gaps):
    deals = frame("deal recipient supplier", *DEALS)
    found = powers.suppliers({"arms_deals": deals, "arms_reports": reports(*rows)})
    assert (found.verdict, found.values["partly"]) == (verdict, gaps)


def test_suppliers_names_the_rows_and_what_is_missing_where():
    deals = frame("deal recipient supplier", *DEALS[1:])
    found = powers.suppliers({"arms_deals": deals, "arms_reports": reports(TURKISH)})
    assert found.values == {
        "everywhere": ["Türkiye", "China"],
        "partly": ["no supply by Russia to Kyrgyzstan", "no supply by Iran to Tajikistan"],
    }
    keys = ["c1", "c2", "i1", "r2", "t1"]
    assert found.rows == [*(f"arms_deals/{key}" for key in keys), "arms_reports/turkish"]
    none = powers.suppliers({"arms_deals": deals.iloc[:0], "arms_reports": reports()})
    assert none.values["everywhere"] == []
    assert none.values["partly"][0] == "no supply by Russia to Kyrgyzstan and Tajikistan"


@pytest.mark.parametrize(
    ("deals", "verdict"),
    [
        ([("a", "KAZ", "RUS"), ("b", "TKM", "TUR"), ("c", "UZB", "CHN")], SUPPORTED),  # with Iran's
        ([("a", "KAZ", "RUS"), ("b", "AZE", "TUR"), ("c", "UZB", "CHN")], PARTLY),
    ],
)
def test_suppliers_of_the_region_are_those_of_any_of_the_five(deals, verdict):
    deals = frame("deal recipient supplier", *deals, ("d", "UZB", "FRA"))
    record = {"arms_deals": deals, "arms_reports": reports(IRANIAN)}
    found = powers.suppliers_region(record)
    assert found.verdict == verdict
    assert "arms_reports/iranian" in found.rows and "arms_deals/d" not in found.rows
    record |= {"arms_reports": reports(), "arms_deals": deals.tail(1)}
    assert powers.suppliers_region(record).verdict == CONTRADICTED


# The border.

TREATY = frame("treaty date_opened kind", ("border-kgz-tjk-2025", "2025-03-13", "border"))


def progress(*rows):
    """Statements on the border, and its length since the treaty."""
    columns = "statement border stage of_what percent km whole_km date speaker"
    lengths = [
        ("before", "kgz-tjk", "length", None, None, 970.0, None, "2025-02-28", "x"),
        ("second", "kgz-tjk", "length", None, None, 1007.0, None, "2025-03-14", "x"),
        ("first", "kgz-tjk", "length", None, None, 1006.8, None, "2025-03-01", "x"),
        ("uzbek", "kgz-uzb", "length", None, None, 1476.0, None, "2025-03-01", "x"),
    ]
    numbers = dict.fromkeys(("percent", "km", "whole_km"), float)
    return frame(columns, *rows, *lengths).astype(numbers)


def statement(
    key, of_what, date="2024-07-30", whole=None, percent=94.0, stage="agreed", border="kgz-tjk"
):
    return (key, border, stage, of_what, percent, None, whole, date, f"speaker of {key}")


EXACT = statement("exact", "whole_line", whole=972.0)
LINE = statement("line", "whole_line", "2024-07-26")
DISPUTED = statement("disputed", "disputed_sections", "2024-08-14", whole=520.0)


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([EXACT], SUPPORTED),
        ([LINE, EXACT], SUPPORTED),
        ([LINE, DISPUTED], PARTLY),
        ([statement("day", "whole_line", "2024-07-31", whole=972.0)], PARTLY),  # on another day
        ([statement("km", "whole_line", whole=971.0)], PARTLY),  # of another length
        ([statement("first", "whole_line", "2024-07-01")], PARTLY),
        ([DISPUTED], CONTRADICTED),  # of the disputed sections alone
        ([DISPUTED, statement("june", "whole_line", "2024-06-30")], CONTRADICTED),
        ([DISPUTED, statement("late", "whole_line", "2024-08-16")], CONTRADICTED),
        ([DISPUTED, statement("more", "whole_line", whole=972.0, percent=95.0)], CONTRADICTED),
        ([DISPUTED, statement("uzbek", "whole_line", whole=972.0, border="kgz-uzb")], CONTRADICTED),
    ],
)
def test_94_per_cent_of_the_line_and_its_length_were_named_on_that_day(rows, verdict):
    found = powers.border_94({"border_progress": progress(*rows), "treaties": TREATY})
    assert found.verdict == verdict


def test_border_94_quotes_the_line_before_the_disputed_sections():
    rows = [DISPUTED, LINE, statement("july", "disputed_sections", "2024-07-10", whole=510.0)]
    found = powers.border_94({"border_progress": progress(*rows), "treaties": TREATY})
    assert found.rows == [f"border_progress/{key}" for key in ("disputed", "line", "july")]
    assert found.against == ["border_progress/disputed", "border_progress/july"]
    assert found.values == {
        "day": DAY("2024-07-26"),
        "who": "speaker of line",
        "percent": 94,
        "day_after": DAY("2024-08-14"),
        "km_after": 520,
        "km": 1006.8,
        "treaty": DAY("2025-03-13"),
    }
    found = powers.border_94({"border_progress": progress(DISPUTED), "treaties": TREATY})
    assert found.values["who"] == "speaker of disputed"


def test_border_94_needs_a_statement_and_a_length():
    with pytest.raises(MissingRow, match="statements of 94 per cent"):
        powers.border_94({"border_progress": progress(), "treaties": TREATY})
    cut = progress(LINE).query("stage != 'length' or date < '2025-03-01'")
    with pytest.raises(MissingRow, match="lengths of kgz-tjk"):
        powers.border_94({"border_progress": cut, "treaties": TREATY})


@pytest.mark.parametrize(
    ("latest", "verdict", "shares"), [(90.0, SUPPORTED, "90–94%"), (68.0, CONTRADICTED, "68–94%")]
)
def test_dialogue_deepened_if_more_of_the_border_was_agreed_before_the_article(
    latest, verdict, shares
):
    rows = [
        statement("old", "whole_line", "2022-04-17", percent=68.0),
        statement("clash", "whole_line", "2022-09-18", percent=53.0),
        statement("spring", "whole_line", "2024-02-08", percent=60.0),
        statement("july", "whole_line", "2024-07-26", percent=94.0),
        statement("latest", "whole_line", "2024-08-05", percent=latest),
        statement("part", "disputed_sections", "2024-08-06", percent=40.0),
        statement("talks", "whole_line", "2024-08-06", stage="talks", percent=30.0),
        statement("since", "whole_line", "2024-12-04", percent=100.0),
    ]
    found = powers.dialogue_deepened({"border_progress": progress(*rows)})
    assert found.verdict == verdict
    assert found.rows == [f"border_progress/{key}" for key in ("old", "july", "latest")]
    assert found.values == {"before": 68, "shares": shares}
    with pytest.raises(MissingRow, match="in the month before"):
        powers.dialogue_deepened({"border_progress": progress(*rows[:3])})


def test_an_opposite_effect_cannot_be_checked_but_its_order_of_events_is_told():
    rows = [
        statement("old", "whole_line", "2023-01-01", percent=70.0),
        statement("latest", "whole_line", "2024-12-31", percent=99.0),
        statement("later", "whole_line", "2025-01-01", percent=100.0),
        statement("part", "disputed_sections", "2024-12-31", percent=50.0),
    ]
    clashes = frame(
        "clash border date_start",
        ("war", "kgz-tjk", "2022-09-14"),
        ("after", "kgz-tjk", "2022-09-15"),
        ("uzbek", "kgz-uzb", "2023-01-01"),
    )
    record = {"border_progress": progress(*rows), "clashes": clashes, "treaties": TREATY}
    found = powers.opposite_effect(record)
    assert found.verdict == UNCHECKED
    assert found.rows == ["border_progress/latest", "clashes/after"]
    assert found.values == {"clashes_after": 1, "share": 99.0, "treaty": DAY("2025-03-13")}


@pytest.mark.parametrize(("source", "verdict"), [("article;map", PARTLY), ("article", UNCHECKED)])
def test_the_middle_corridor_has_two_senses_and_holds_at_most_in_part(source, verdict):
    record = {
        "claims": pd.DataFrame({"claim": ["middle-corridor"], "source": [source]}),
        "sources": pd.DataFrame({"key": ["map"], "kind": ["primary"], "independence_group": ["m"]}),
    }
    found = powers.middle_corridor(record)
    assert (found.verdict, found.rows) == (verdict, ["sources/map"] if "map" in source else [])


# The treaties.


def actions(*rows):
    return frame("treaty state action date", *rows)


def friendship(*later, july=("KAZ", "KGZ", "UZB"), day="2022-07-21"):
    rows = [("friendship-2022", state, "signed", day) for state in july]
    rows.append(("friendship-2022", "TKM", "declined", day))
    return actions(*rows, *later, ("other", "TKM", "signed", "2022-07-21"))


PRESIDENTS = frame(
    "event state level", *[("consultative-2022", state, "head_of_state") for state in FIVE]
)
TAJIKISTAN = ("friendship-2022", "TJK", "signed", "2025-10-01")


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (friendship(), SUPPORTED),
        (friendship(TAJIKISTAN), SUPPORTED),
        (friendship(july=("KAZ", "KGZ")), CONTRADICTED),
        (friendship(july=("KAZ", "KGZ", "UZB", "TJK")), CONTRADICTED),
        (friendship(day="2022-08-01"), CONTRADICTED),
    ],
)
def test_just_three_states_signed_in_july_2022(table, verdict):
    record = {"treaty_actions": table, "participation": PRESIDENTS, "states": STATES}
    assert powers.treaty_2022(record).verdict == verdict


@pytest.mark.parametrize("level", ["prime_minister", None])
def test_all_five_presidents_were_at_the_summit_of_the_treaty(level):
    seats = PRESIDENTS.assign(level=["head_of_state"] * 4 + [level])
    record = {"treaty_actions": friendship(), "participation": seats, "states": STATES}
    assert powers.treaty_2022(record).verdict == CONTRADICTED


def test_the_treaty_names_who_signed_later_and_who_never_did():
    table = friendship(TAJIKISTAN)
    record = {"treaty_actions": table, "participation": PRESIDENTS, "states": STATES}
    found = powers.treaty_2022(record)
    keys = ["KAZ/signed", "KGZ/signed", "UZB/signed", "TKM/declined", "TJK/signed"]
    assert found.rows == [f"treaty_actions/friendship-2022/{key}" for key in keys]
    assert found.values == {
        "later": ["name of TJK"],
        "when": DAY("2025-10-01"),
        "never": ["name of TKM"],
    }
    july = friendship(("friendship-2022", "TJK", "signed", "2022-07-31"))
    assert powers.treaty_2022(record | {"treaty_actions": july}).values["later"] == []


def test_hope_for_the_treaty_was_stated_and_later_signatures_are_named():
    hope = pd.DataFrame({"claim": ["treaty-hope"], "source": ["article;speech"]})
    record = {"claims": hope, "states": STATES}
    found = powers.treaty_hope(record | {"treaty_actions": friendship()})
    assert found.values == {"signed": [], "unsigned": ["name of TJK", "name of TKM"]}
    found = powers.treaty_hope(record | {"treaty_actions": friendship(TAJIKISTAN)})
    assert (found.verdict, found.rows) == (SUPPORTED, ["sources/speech"])
    assert found.values == {"signed": ["name of TJK"], "unsigned": ["name of TKM"]}


def test_allies_of_kazakhstan_signed_a_treaty_of_alliance_with_it():
    treaties = frame(
        "treaty kind date_opened",
        ("with-uzb", "alliance", "2022-12-06"),
        ("with-kgz", "alliance", "2024-04-19"),
        ("without", "alliance", "2025-01-01"),
        ("with-rus", "alliance", "2025-11-12"),
        ("zone", "nuclear_weapon_free_zone", "2006-09-08"),
    )
    table = actions(
        ("with-uzb", "KAZ", "signed", "2022-12-06"),
        ("with-uzb", "UZB", "signed", "2022-12-06"),
        ("with-uzb", "TKM", "ratified", "2026-01-01"),
        ("with-kgz", "KAZ", "signed", "2024-04-19"),
        ("with-kgz", "KGZ", "signed", "2024-04-19"),
        ("with-rus", "KAZ", "signed", "2025-11-12"),
        ("with-rus", "RUS", "signed", "2025-11-12"),
        ("without", "UZB", "signed", "2025-01-01"),
        ("without", "TJK", "signed", "2025-01-01"),
        ("zone", "KAZ", "signed", "2006-09-08"),
        ("zone", "TKM", "signed", "2006-09-08"),
    )
    found = powers.kazakh_network({"treaties": treaties, "treaty_actions": table, "states": STATES})
    assert (found.verdict, found.rows) == (None, ["treaties/with-uzb", "treaties/with-kgz"])
    assert found.values == {
        "allies": ["name of KGZ", "name of UZB"],
        "rest": ["name of TJK", "name of TKM"],
        "latest": DAY("2024-04-19"),
    }


def test_these_claims_are_decided_here():
    own = {claim for claim, test in TESTS.items() if test.__module__ == powers.__name__}
    claims = (
        "arms-race suppliers-region suppliers dialogue-deepened opposite-effect border-94 "
        "middle-corridor caco-created powers-bodies russia-joined caco-ended eurasec-new "
        "kazakh-network treaty-2022 treaty-hope"
    )
    assert own == set(claims.split())
