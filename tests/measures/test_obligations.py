"""What treaties oblige, on a few treaties made by hand."""

from itertools import combinations

import pandas as pd
import pytest

from casi.measures import obligations
from casi.states import FIVE
from casi.tables import closing_date, load

DAY = pd.Timestamp("2026-05-01")
TREATIES = {  # key: kind, year, in force, signatories
    "cst-1992": ("collective_defence", 1992, True, "KAZ KGZ UZB"),
    "allied-kaz-uzb-2022": ("alliance", 2022, False, "KAZ UZB"),
    "allied-tjk-uzb-2024": ("alliance", 2024, True, "TJK UZB"),
    "many-2007": ("friendship", 2007, True, "KAZ UZB CHN"),
    "words-aze-rus": ("declaration", 2022, False, "AZE RUS"),
    "friendship-rus-tkm-1992": ("friendship", 1992, False, "RUS TKM"),
    "pact-kgz-uzb": ("alliance", 1993, False, "KGZ UZB"),
    "lonely": ("alliance", 2023, False, "KAZ"),
}
OWED = [  # treaty, class, article, status of the text, confidence
    ("cst-1992", "defence", "4", "text_read", "high"),
    ("allied-kaz-uzb-2022", "consultation", None, "reported", "high"),
    ("allied-kaz-uzb-2022", "neutrality", None, "reported", "low"),
    ("many-2007", "neutrality", None, "reported", "high"),
    ("words-aze-rus", "consultation", None, "reported", "high"),
    ("friendship-rus-tkm-1992", "defence", None, "dataset", "dataset"),
    ("pact-kgz-uzb", "defence", None, "dataset", "dataset"),
    ("lonely", "defence", None, "reported", "high"),
]


@pytest.fixture
def record():
    rows = [
        (key, key.title(), kind, pd.Timestamp(year, 1, 1), "day", DAY if force else pd.NaT)
        for key, (kind, year, force, _) in TREATIES.items()
    ]
    columns = ["treaty", "name", "kind", "date_opened", "date_precision", "in_force_date"]
    acts = [(key, state, "signed") for key, (*_, own) in TREATIES.items() for state in own.split()]
    acts += [("cst-1992", "UZB", "not_renewed"), ("many-2007", "KAZ", "in_force")]
    acts += [("many-2007", "CHN", "in_force"), ("allied-kaz-uzb-2022", "KAZ", "ratified")]
    spells = [("csto", state, "member", "2003-09-18", None) for state in ("KAZ", "KGZ", "RUS")]
    spells += [("csto", "UZB", "member", "2006-08-16", "2012-12-19")]
    members = pd.DataFrame(spells, columns=["organisation", "state", "status", "start", "end"])
    days = {"start": pd.to_datetime(members["start"]), "end": pd.to_datetime(members["end"])}
    owed = pd.DataFrame(
        OWED, columns=["treaty", "obligation", "article", "text_status", "confidence"]
    )
    return {
        "treaties": pd.DataFrame(rows, columns=columns),
        "treaty_actions": pd.DataFrame(acts, columns=["treaty", "state", "action"]),
        "memberships": members.assign(**days),
        "obligations": owed.assign(note="what it says"),
    }


def test_promises_found_for_as_many_pairs_are_all_named():
    cells = pd.DataFrame(
        {
            "defence": ["in force", "not found", "not found"],
            "neutrality": ["signed", "reported", "not found"],
            "no_hostile_use": ["not found", "reported", "reported"],
        }
    )
    assert obligations.most_frequent(cells) == (["no hostile blocs", "land not lent"], 2)


def standing(record, first, second, promise):
    cells = obligations.grid(obligations.ties(record, DAY), [(first, second)])
    return cells.at[(first, second), promise]


def test_pairs_are_of_the_six_and_of_each_with_each_power():
    found = obligations.pairs()
    assert (len(found), len(set(map(frozenset, found)))) == (33, 33)
    assert ("RUS", "CHN") not in found and ("KAZ", "AZE") in found


def test_the_collective_treaty_binds_the_members_of_its_body(record):
    assert standing(record, "KAZ", "KGZ", "defence") == "in force"
    assert standing(record, "KAZ", "RUS", "defence") == "in force"  # no signature on record
    assert standing(record, "KAZ", "UZB", "defence") == "not found"  # it left
    earlier = obligations.ties(record, pd.Timestamp("2010-01-01"))
    assert obligations.grid(earlier, [("KAZ", "UZB")])["defence"].tolist() == ["in force"]


def test_without_entry_into_force_a_promise_is_signed_only(record):
    assert standing(record, "KAZ", "UZB", "consultation") == "signed"


def test_a_treaty_of_many_binds_those_for_whom_it_is_in_force(record):
    assert standing(record, "KAZ", "CHN", "neutrality") == "in force"
    assert standing(record, "UZB", "CHN", "neutrality") == "signed"


def test_the_best_known_standing_counts(record):
    """A low-confidence row of the pair would say `reported`; the treaty of many says more."""
    assert standing(record, "KAZ", "UZB", "neutrality") == "signed"


def test_data_sets_and_declarations_only_report(record):
    assert standing(record, "KGZ", "UZB", "defence") == "reported"
    assert standing(record, "AZE", "RUS", "consultation") == "reported"


def test_a_replaced_treaty_obliges_nobody(record):
    assert standing(record, "TKM", "RUS", "defence") == "not found"


def test_a_state_that_left_owes_nothing(record):
    left = {"treaty": "allied-kaz-uzb-2022", "state": "UZB", "action": "withdrew"}
    acts = pd.concat([record["treaty_actions"], pd.DataFrame([left])])
    assert standing(record | {"treaty_actions": acts}, "KAZ", "UZB", "consultation") == "not found"


def test_partners_stand_under_their_best_standing(record):
    table = obligations.partners(obligations.ties(record, DAY), "defence")
    assert table.loc["KGZ"].to_dict() == {
        "in force": ["KAZ", "RUS"],
        "signed": [],
        "reported": ["UZB"],
    }
    assert table.loc["TKM"].map(len).sum() == 0
    assert list(table.index) == obligations.SIX


def test_ties_say_whether_both_ratified(record):
    found = obligations.ties(record, DAY).query("treaty == 'allied-kaz-uzb-2022'")
    assert not found["ratified"].any()
    more = pd.DataFrame(
        [("allied-kaz-uzb-2022", "UZB", "ratified")], columns=["treaty", "state", "action"]
    )
    record["treaty_actions"] = pd.concat([record["treaty_actions"], more])
    found = obligations.ties(record, DAY).query("treaty == 'allied-kaz-uzb-2022'")
    assert found["ratified"].all()


def test_each_state_has_partners_if_attacked_by_promise_and_standing(record):
    names = {code: code.title() for code in [*obligations.SIX, *obligations.POWERS]}
    table = obligations.if_attacked(obligations.ties(record, DAY), names).set_index("If attacked")
    assert table.columns.tolist() == [
        "Aid promised, in force",
        "Aid, signed",
        "Aid, reported",
        "Talks promised, in force",
        "Talks, signed",
        "Talks, reported",
    ]
    assert table.at["Kaz", "Aid promised, in force"] == "Kgz and Rus"
    assert table.at["Tkm", "Aid promised, in force"] == "not found"


def test_the_partner_of_a_state_is_the_other_of_the_pair(record):
    rows = obligations.of_state(obligations.ties(record, DAY), "KGZ", ["defence"])
    assert sorted(rows["partner"]) == ["KAZ", "RUS", "UZB"]


def test_of_pair_leaves_out_data_sets(record):
    promises = obligations.ties(record, DAY)
    assert obligations.of_pair(promises, "KAZ", "KGZ", "defence")["treaty"].tolist() == ["cst-1992"]
    assert obligations.of_pair(promises, "KGZ", "UZB", "defence").empty


def test_alliances_are_listed_with_how_each_promise_is_known(record):
    table = obligations.alliances(record).set_index("treaty")
    assert list(table.index) == [
        "cst-1992",
        "friendship-rus-tkm-1992",
        "pact-kgz-uzb",
        "allied-kaz-uzb-2022",
        "allied-tjk-uzb-2024",
    ]
    assert table["in_force"].tolist() == ["in force", "replaced", "signed", "signed", "in force"]
    assert table.at["cst-1992", "defence"] == "article 4, text read"
    assert table.at["pact-kgz-uzb", "defence"] == "data set"
    assert table.at["allied-kaz-uzb-2022", "consultation"] == "reported"
    assert table.at["allied-tjk-uzb-2024", "defence"] == "not found"


def test_clauses_leave_out_data_sets_and_replaced_treaties(record):
    rows = obligations.clauses(record, ["neutrality", "consultation"])
    assert list(zip(rows["treaty"], rows["obligation"], strict=True)) == [
        ("many-2007", "neutrality"),
        ("allied-kaz-uzb-2022", "neutrality"),
        ("allied-kaz-uzb-2022", "consultation"),
        ("words-aze-rus", "consultation"),
    ]
    assert rows["promise"].iloc[0] == "No hostile blocs"
    assert rows["read"].isin(["text read", "reported"]).all()


def test_pairs_are_named_by_their_states():
    assert obligations.pair_names([("KAZ", "RUS")], {"KAZ": "Kazakhstan", "RUS": "Russia"}) == [
        "Kazakhstan–Russia"
    ]


def test_headline(record):
    found = obligations.headline(record, DAY)
    assert (found["rows"], found["rows_read"], found["rows_dataset"]) == (8, 1, 2)
    assert (found["treaties"], found["treaties_read"]) == (7, 1)
    assert found["defence_five_in_force"] == [("KAZ", "KGZ")]
    assert found["defence_five_reported"] == [("KGZ", "UZB")]
    assert found["consult_five_signed"] == [("KAZ", "UZB")]
    assert found["defence_powers_in_force"] == [("KAZ", "RUS"), ("KGZ", "RUS")]
    assert found["new"] == ["Allied-Kaz-Uzb-2022", "Allied-Tjk-Uzb-2024"]
    new = ("new_defence", "new_consult", "new_neutral", "new_in_force")
    assert [found[name] for name in new] == [0, 1, 1, 1]
    pairs = [key for key in found if key.startswith("defence_five_")]
    assert sum(len(found[key]) for key in pairs) == len(list(combinations(FIVE, 2)))


def test_the_record_has_no_promise_of_aid_in_the_new_treaties():
    names = ("obligations", "treaties", "treaty_actions", "memberships")
    found = obligations.headline({name: load(name) for name in names}, closing_date())
    assert (found["new_defence"], len(found["new"])) == (0, 5)
    assert {frozenset(pair) for pair in found["defence_five_in_force"]} == {
        frozenset(pair) for pair in combinations(["KAZ", "KGZ", "TJK"], 2)
    }


def test_every_class_of_the_charts_is_one_of_the_table():
    assert set(obligations.PROMISES) <= set(load("obligations")["obligation"])
    assert set(load("treaties")["treaty"]) >= obligations.REPLACED
