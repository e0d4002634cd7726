"""Treaties, organisations and memberships: each rule on a table that breaks it and one that not."""

import pytest
from hand_made import faults_of_the_record, refused, table, together

from casi.contradictions import law

STATES = table("iso3", ("KAZ",), ("KGZ",), ("UZB",), ("RUS",), ("CHN",))


def actions(*rows):
    rows = [(*row, "day") for row in rows]
    return table("treaty state action date date_precision", *rows)


def treaty(key, opened, force=None, kind="alliance"):
    columns = "treaty date_opened date_precision in_force_date in_force_precision kind"
    return table(columns, (key, opened, "day", force, "day" if force else None, kind))


def test_a_state_signs_before_it_ratifies_and_ratifies_before_force():
    good = actions(
        ("t", "KAZ", "signed", "2001-01-02"),
        ("t", "KAZ", "ratified", "2002-01-02"),
        ("t", "KAZ", "in_force", "2003-01-02"),
    )
    assert refused("actions_in_order", treaty_actions=good) == set()
    bad = good.assign(date=good["date"][::-1].to_numpy())
    assert refused("actions_in_order", treaty_actions=bad) == {
        ("treaty_actions.date", 1),
        ("treaty_actions.date", 2),
    }


def test_a_treaty_is_there_once():
    first = treaty("t", "2001-01-02").assign(name="Treaty")
    other = treaty("t2", "2001-01-02").assign(name="Treaty")
    wrong = {("treaties.treaty", 1)}
    assert refused("treaty_is_there_once", treaties=together(first, other)) == wrong
    renamed = together(first, other.assign(name="Protocol"))
    assert refused("treaty_is_there_once", treaties=renamed) == set()
    later = together(first, treaty("t2", "2001-01-03").assign(name="Treaty"))
    assert refused("treaty_is_there_once", treaties=later) == set()


def test_an_action_known_to_the_year_may_be_of_the_year_of_signature():
    rows = actions(("t", "KAZ", "signed", "2001-06-02"), ("t", "KAZ", "ratified", "2001-01-01"))
    assert refused("actions_in_order", treaty_actions=rows)
    rows.loc[1, "date_precision"] = "year"
    assert refused("actions_in_order", treaty_actions=rows) == set()


def test_nobody_acts_before_the_treaty_is_open_or_has_it_in_force_before_the_treaty_is():
    rows = actions(("t", "KAZ", "acceded", "2001-01-01"), ("t", "KGZ", "in_force", "2004-01-01"))
    good = treaty("t", "2000-01-01", "2003-01-01", "arms_control")
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=good) == set()
    bad = treaty("t", "2002-01-01", "2005-01-01", "arms_control")
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=bad) == {
        ("treaty_actions.date", 0),
        ("treaty_actions.date", 1),
    }


def test_a_treaty_is_opened_on_the_day_of_the_first_signature():
    rows = actions(("t", "KAZ", "signed", "2001-01-02"), ("t", "KGZ", "signed", "2001-02-02"))
    good, bad = treaty("t", "2001-01-02"), treaty("t", "2001-01-01")
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=good) == set()
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=bad) == {
        ("treaties.date_opened", 0)
    }


def test_a_treaty_of_two_is_in_force_after_it_was_opened_and_ratified_by_both():
    rows = actions(
        ("a-kaz-kgz", "KAZ", "ratified", "2002-01-01"),
        ("a-kaz-kgz", "KAZ", "in_force", "2003-01-01"),
    )
    given = {"treaty_actions": rows, "states": STATES}
    good = treaty("a-kaz-kgz", "2001-01-01", "2003-01-01")
    assert refused("in_force_after_opening", treaties=good, **given) == set()
    unratified = treaty("a-kaz-kgz", "2001-01-01", "2001-06-01")
    assert ("treaties.in_force_date", 0) in refused(
        "in_force_after_opening", treaties=unratified, **given
    )
    unopened = treaty("a-kaz-kgz", "2004-01-01", "2003-01-01")
    assert refused("in_force_after_opening", treaties=unopened, **given) == {
        ("treaties.in_force_date", 0)
    }
    other_day = treaty("a-kaz-kgz", "2001-01-01", "2003-01-02")
    assert refused("in_force_after_opening", treaties=other_day, **given) == {
        ("treaty_actions.date", 1)
    }


def test_a_treaty_is_in_force_after_it_was_opened_if_no_treaty_at_all_is_ratified():
    rows = actions(("a-kaz-kgz", "KAZ", "signed", "2001-01-01"))
    given = {"treaty_actions": rows, "states": STATES}
    assert (
        refused(
            "in_force_after_opening",
            treaties=treaty("a-kaz-kgz", "2001-01-01", "2003-01-01"),
            **given,
        )
        == set()
    )
    early = treaty("a-kaz-kgz", "2004-01-01", "2003-01-01")
    assert refused("in_force_after_opening", treaties=early, **given) == {
        ("treaties.in_force_date", 0)
    }


def test_a_treaty_of_many_may_be_in_force_before_all_ratified():
    rows = actions(("many", "KAZ", "ratified", "2005-01-01"))
    given = treaty("many", "2001-01-01", "2003-01-01")
    assert (
        refused("in_force_after_opening", treaties=given, treaty_actions=rows, states=STATES)
        == set()
    )


def test_a_state_does_not_sign_and_decline_at_once_or_leave_what_it_never_joined():
    good = actions(
        ("t", "KAZ", "declined", "2001-01-01"),
        ("t", "KAZ", "signed", "2002-01-01"),
        ("t", "KAZ", "withdrew", "2003-01-01"),
    )
    assert refused("actions_exclude_each_other", treaty_actions=good) == set()
    bad = actions(
        ("t", "KAZ", "signed", "2001-01-01"),
        ("t", "KAZ", "declined", "2001-01-01"),
        ("t", "KGZ", "withdrew", "2001-01-01"),
        ("t", "KAZ", "acceded", "2001-01-01"),
    )
    assert refused("actions_exclude_each_other", treaty_actions=bad) == {
        ("treaty_actions.date", 1),
        ("treaty_actions.action", 2),
        ("treaty_actions.action", 3),
    }


def test_only_the_states_of_its_key_act_on_a_treaty():
    given = {"treaties": treaty("allied-kaz-kgz", "2001-01-01"), "states": STATES}
    rows = actions(("allied-kaz-kgz", "KGZ", "signed", None))
    assert refused("parties_are_those_of_the_key", treaty_actions=rows, **given) == set()
    rows = actions(("allied-kaz-kgz", "UZB", "signed", None))
    assert refused("parties_are_those_of_the_key", treaty_actions=rows, **given) == {
        ("treaty_actions.state", 0)
    }


def kinds(*rows):
    given = table("treaty kind date_opened date_precision", *rows)
    acts = actions(*[(row[0], state, "signed", row[2]) for row in rows for state in ("KAZ", "KGZ")])
    borders = table("border", ("kaz-kgz",))
    return refused(
        "treaty_kind_fits",
        treaties=given,
        treaty_actions=acts,
        border_segments=borders,
        states=STATES,
    )


def test_a_border_treaty_is_of_neighbours_and_of_a_kind_of_the_codebook():
    assert kinds(("border-kaz-kgz", "border", "2001-01-01", "day")) == set()
    assert kinds(("border-kaz-chn", "border", "2001-01-01", "day")) == {("treaties.kind", 0)}
    assert kinds(("a", "peace", "2001-01-01", "day")) == {("treaties.kind", 0)}


def test_a_treaty_is_not_entered_twice():
    one, two = ("a", "alliance", "2001-01-01", "day"), ("b", "alliance", "2001-01-01", "day")
    assert kinds(one, ("b", "friendship", "2001-01-01", "day")) == set()
    assert kinds(one, two) == {("treaties.treaty", 1)}


BODIES = table(
    "organisation founded ended", ("sco", "2001-06-15", None), ("cau", "1994-04-30", "1998-07-17")
)


def spells(*rows):
    return table("organisation state status start start_precision end", *rows)


def test_membership_lies_within_the_life_of_the_body():
    good = spells(
        ("sco", "KAZ", "member", "2001-01-01", "year", None),
        ("cau", "KAZ", "member", "1994-04-30", "day", "1998-07-17"),
    )
    given = {"organisations": BODIES}
    assert refused("membership_within_life_of_body", memberships=good, **given) == set()
    bad = spells(
        ("sco", "KAZ", "member", "2001-01-01", "day", None),
        ("cau", "KAZ", "member", "1994-04-30", "day", None),
        ("cau", "UZB", "member", "1999-01-01", "day", "2000-01-01"),
    )
    assert refused("membership_within_life_of_body", memberships=bad, **given) == {
        ("memberships.start", 0),
        ("memberships.end", 1),
        ("memberships.start", 2),
        ("memberships.end", 2),
    }


def test_only_a_member_is_suspended_and_no_member_becomes_an_observer():
    good = spells(
        ("csto", "UZB", "observer", "2005-01-01", "day", "2006-01-01"),
        ("csto", "UZB", "member", "2006-01-01", "day", "2012-01-01"),
        ("csto", "UZB", "suspended", "2012-01-01", "day", None),
    )
    assert refused("suspended_after_membership", memberships=good) == set()
    bad = spells(
        ("csto", "AZE", "suspended", "2012-01-01", "day", None),
        ("csto", "KAZ", "member", "2002-01-01", "day", "2012-01-01"),
        ("csto", "KAZ", "observer", "2012-01-01", "day", None),
        ("csto", "IRN", "dialogue_partner", "2012-01-01", "day", None),
        ("pfp", "KAZ", "member", "1994-05-27", "day", None),
    )
    assert refused("suspended_after_membership", memberships=bad) == {
        ("memberships.status", 0),
        ("memberships.status", 2),
        ("memberships.status", 3),
        ("memberships.status", 4),
    }


def test_turkmenistan_is_no_member_of_an_alliance():
    good = spells(("cis", "TKM", "member", "1991-12-21", "day", None))
    assert refused("suspended_after_membership", memberships=good) == set()
    bad = spells(("csto", "TKM", "member", "2010-01-01", "day", None))
    assert refused("suspended_after_membership", memberships=bad) == {("memberships.state", 0)}


def bodies(*rows):
    return table("organisation name founded ended end_kind successor", *rows)


def test_a_body_ends_once_and_its_successor_takes_over():
    good = bodies(
        ("a", "A", "1994-01-01", "1998-01-01", "renamed", "b"),
        ("b", "B", "1998-01-01", None, None, None),
    )
    assert refused("body_ends_once", organisations=good) == set()
    bad = bodies(
        ("a", "A", "1994-01-01", "1998-01-01", None, "a"),
        ("b", "B", "1999-01-01", None, "merged", "nobody"),
        ("c", "C", "1994-01-01", "1998-01-01", "merged", "b"),
        ("d", "c", "1994-01-01", "1998-01-01", "renamed", "b"),
    )
    assert refused("body_ends_once", organisations=bad) == {
        ("organisations.end_kind", 0),
        ("organisations.successor", 0),
        ("organisations.ended", 1),
        ("organisations.successor", 1),
        ("organisations.successor", 2),
        ("organisations.successor", 3),
        ("organisations.ended", 3),
        ("organisations.name", 3),
    }


def test_a_body_of_the_five_alone_had_no_outside_founder():
    given = table(
        "organisation founded central_asian_only",
        ("a", "1994-01-01", True),
        ("b", "1994-01-01", False),
    )
    good = spells(
        ("a", "KAZ", "member", "1994-01-01", "day", None),
        ("a", "RUS", "member", "2004-01-01", "day", None),
        ("b", "RUS", "member", "1994-01-01", "day", None),
    )
    assert refused("founders_fit", organisations=given, memberships=good) == set()
    bad = good.assign(organisation=["b", "a", "a"], start=given["founded"][0])
    assert refused("founders_fit", organisations=given, memberships=bad) == {
        ("organisations.central_asian_only", 0),
        ("organisations.central_asian_only", 1),
    }


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(law) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("signed", "suspended"),
        ("ratified", "deposited"),
        ("ratified", "not_renewed"),
        ("deposited", "in_force"),
        ("acceded", "in_force"),
        ("in_force", "withdrew"),
    ],
)
def test_steps_follow_each_other_or_fall_on_one_day(before, after):
    def found(day):
        rows = actions(("t", "KAZ", before, "2001-01-02"), ("t", "KAZ", after, day))
        return refused("actions_in_order", treaty_actions=rows)

    assert found("2001-01-02") == set()
    assert found("2001-01-01") == {("treaty_actions.date", 1)}


def test_a_treaty_takes_effect_on_the_day_it_opens_at_the_earliest():
    rows = actions(("t", "KAZ", "acceded", "2001-01-01"), ("t", "KGZ", "in_force", "2003-01-01"))
    same_days = treaty("t", "2001-01-01", "2003-01-01", "arms_control")
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=same_days) == set()
    ratified = actions(("t", "KAZ", "ratified", "2003-01-01"))
    given = {"treaty_actions": ratified, "states": STATES}
    at_once = treaty("t", "2003-01-01", "2003-01-01")
    assert refused("in_force_after_opening", treaties=at_once, **given) == set()


def test_the_first_signature_of_arms_control_or_of_an_unknown_day_is_another():
    rows = actions(("t", "KAZ", "signed", "2001-02-02"))
    opened = treaty("t", "2001-01-01")
    wrong = {("treaties.date_opened", 0)}
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=opened) == wrong
    control, month = opened.assign(kind="arms_control"), opened.assign(date_precision="month")
    unknown = rows.assign(date_precision="month")
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=control) == set()
    assert refused("action_fits_treaty", treaty_actions=rows, treaties=month) == set()
    assert refused("action_fits_treaty", treaty_actions=unknown, treaties=opened) == set()


def test_a_treaty_of_two_may_be_in_force_on_the_day_of_the_last_ratification():
    rows = actions(("a-kaz-kgz", "KAZ", "ratified", "2003-01-01"))
    on_the_day = treaty("a-kaz-kgz", "2001-01-01", "2003-01-01")
    given = {"treaty_actions": rows, "states": STATES}
    assert refused("in_force_after_opening", treaties=on_the_day, **given) == set()


def test_a_key_with_one_state_names_no_parties():
    given = {"treaties": treaty("friendship-kaz", "2001-01-01"), "states": STATES}
    rows = actions(("friendship-kaz", "UZB", "signed", None))
    assert refused("parties_are_those_of_the_key", treaty_actions=rows, **given) == set()


def test_membership_may_begin_and_end_with_the_body():
    same = spells(("cau", "KAZ", "member", "1998-07-17", "day", "1998-07-17"))
    found = refused("membership_within_life_of_body", memberships=same, organisations=BODIES)
    assert found == {("memberships.start", 0)}  # on the last day nobody joins


def test_a_successor_is_founded_within_31_days():
    def found(founded):
        rows = bodies(
            ("a", "A", "1994-01-01", "1998-01-01", "merged", "b"),
            ("b", "B", founded, None, None, None),
        )
        return refused("body_ends_once", organisations=rows)

    assert found("1998-02-01") == set() and found("1998-02-02") == {("organisations.successor", 0)}


def test_a_founder_joins_by_the_day_after_the_foundation():
    given = table("organisation founded central_asian_only", ("a", "1994-01-01", True))

    def found(start):
        first = ("a", "KAZ", "member", "1994-01-01", "day", None)
        joined = spells(first, ("a", "RUS", "member", start, "day", None))
        return refused("founders_fit", organisations=given, memberships=joined)

    assert found("1994-01-03") == set()
    assert found("1994-01-02") == {("organisations.central_asian_only", 0)}


def test_partners_are_of_the_peace_programme_and_dialogue_partners_of_the_sco():
    good = spells(
        ("pfp", "KAZ", "partner", "1994-05-27", "day", None),
        ("sco", "IRN", "dialogue_partner", "2012-01-01", "day", None),
        ("sco", "TUR", "partner", "2012-01-01", "day", None),
    )
    assert refused("suspended_after_membership", memberships=good) == set()
    bad = spells(("csto", "AFG", "partner", "2012-01-01", "day", None))
    assert refused("suspended_after_membership", memberships=bad) == {("memberships.status", 0)}


def test_the_first_members_of_a_body_are_its_founders_whenever_they_joined():
    bodies = table("organisation founded central_asian_only", ("x", "2001-01-01", True))
    columns = "organisation state status start"
    late = ("x", "RUS", "member", "2004-01-01")
    first = table(columns, ("x", "KAZ", "member", "2002-01-01"), late)
    assert refused("founders_fit", organisations=bodies, memberships=first) == set()
    outside = table(columns, ("x", "RUS", "member", "2002-01-01"), late)
    assert refused("founders_fit", organisations=bodies, memberships=outside) == {
        ("organisations.central_asian_only", 0)
    }


def test_bodies_differ_by_name_and_abbreviation():
    rows = table("name abbreviation", ("One", "O"), ("Two", None), ("Three", None))
    assert refused("bodies_differ_by_name", organisations=rows) == set()
    rows = table("name abbreviation", ("One", "O"), ("Two", "o"), ("one", "P"))
    assert refused("bodies_differ_by_name", organisations=rows) == {
        ("organisations.abbreviation", 1),
        ("organisations.name", 2),
    }
