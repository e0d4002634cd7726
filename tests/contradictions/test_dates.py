"""Dates of any table: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import refused, table


def events(*rows):
    columns = "exercise name date_start date_end date_precision status source"
    return table(columns, *rows)


def exercise(start="2020-05-02", end=None, precision="day", status="held", key="e-2020"):
    return events((key, "Name", start, end, precision, status, "a;b"))


def sources(*days, kind="press"):
    keys = ["a", "b"]
    return table("key kind published", *[(keys[n], kind, day) for n, day in enumerate(days)])


NO_BODIES = table("organisation founded founded_precision ended ended_precision source")


@pytest.mark.parametrize(
    ("day", "precision", "column"),
    [
        ("2020-05-02", "day", None),
        ("2020-05-01", "month", None),
        ("2020-01-01", "year", None),
        ("2020-05-02", "month", "date_start"),
        ("2020-05-01", "year", "date_start"),
        ("2020-05-02", None, "date_precision"),
        (None, "day", "date_precision"),
    ],
)
def test_a_date_known_to_the_month_or_year_is_its_first_day(day, precision, column):
    found = refused("precision_fits", exercises=exercise(day, precision=precision))
    assert found == ({(f"exercises.{column}", 0)} if column else set())


def test_the_year_of_a_key_is_that_of_the_date():
    assert refused("key_fits_date", exercises=exercise()) == set()
    assert refused("key_fits_date", exercises=exercise("2021-05-02")) == {
        ("exercises.date_start", 0)
    }
    stages = exercise("2019-01-01", key="solidarity-2019-2021")
    assert refused("key_fits_date", exercises=stages) == set()
    numbered = exercise("2001-01-01", key="mme-1915")
    assert refused("key_fits_date", exercises=numbered) == set()


def test_the_year_of_a_name_is_that_of_the_date():
    rows = exercise().assign(name="Rubezh-2019")
    assert refused("key_fits_date", exercises=rows) == {("exercises.date_start", 0)}


def test_the_day_of_the_key_of_a_clash_is_its_first():
    rows = table("clash date_start", ("kgz-tjk-2014-01-11", "2014-01-11"))
    assert refused("key_fits_date", clashes=rows) == set()
    rows = table("clash date_start", ("kgz-tjk-2014-01-11", "2014-01-12"))
    assert refused("key_fits_date", clashes=rows) == {("clashes.date_start", 0)}


def late(rows, *days, kind="press"):
    given = {"exercises": rows, "sources": sources(*days, kind=kind)}
    return refused("source_is_later", organisations=NO_BODIES, **given)


def test_what_was_held_has_a_source_as_late_as_it():
    assert late(exercise(), "2020-05-01", "2020-05-03") == set()
    assert late(exercise(), "2020-04-30", "2020-04-30") == {("exercises.date_start", 0)}


def test_a_plan_a_data_set_and_an_undated_page_prove_no_contradiction():
    assert late(exercise(status="planned"), "2020-04-30", "2020-04-30") == set()
    assert late(exercise(), "2020-04-30", "2020-04-30", kind="dataset") == set()
    assert late(exercise(), "2020-04-30", None) == set()


def test_a_text_of_law_tells_its_entry_into_force_later():
    acts = table("date date_precision source", ("2003-01-01", "day", "a"))
    given = {"treaty_actions": acts, "organisations": NO_BODIES}
    law, press = (sources("2002-01-01", kind=kind) for kind in ("primary", "press"))
    assert refused("source_is_later", sources=law, **given) == set()
    assert refused("source_is_later", sources=press, **given) == {("treaty_actions.date", 0)}


def test_membership_ends_with_its_body_without_a_page_that_says_so():
    rows = table(
        "organisation start start_precision end end_precision source",
        ("x", "2000-01-01", "day", "2009-01-01", "day", "a"),
    )
    given = {"memberships": rows, "sources": sources("2001-01-01")}
    ended = table(
        "organisation founded founded_precision ended ended_precision source",
        ("x", None, None, "2009-01-01", "day", "b"),
    )
    assert refused("source_is_later", organisations=ended, **given) == set()
    lasting = ended.assign(ended=ended["founded"])
    assert refused("source_is_later", organisations=lasting, **given) == {("memberships.end", 0)}


def test_most_sources_of_an_event_are_not_announcements():
    rows = events(("e", "N", "2020-05-02", None, "day", "held", "a;b"))
    good, bad = sources("2020-04-01", "2020-05-01"), sources("2020-04-01", "2020-04-01")
    assert refused("sources_speak_of_the_past", exercises=rows, sources=good) == set()
    assert refused("sources_speak_of_the_past", exercises=rows, sources=bad) == {
        ("exercises.date_start", 0)
    }


def test_nothing_has_happened_after_the_closing_date():
    given = {"sources": sources("2020-05-10")}
    good = exercise("2020-05-09", "2020-05-10")
    assert refused("before_closing_date", exercises=good, **given) == set()
    plan = exercise("2020-06-09", status="planned")
    assert refused("before_closing_date", exercises=plan, **given) == set()
    assert refused(
        "before_closing_date", exercises=exercise("2020-05-09", "2020-05-11"), **given
    ) == {("exercises.date_end", 0)}
    assert refused("before_closing_date", exercises=exercise("2020-05-11"), **given) == {
        ("exercises.date_start", 0)
    }


def test_plans_of_arms_reach_five_years_ahead_at_most():
    def report(day):
        columns = "date date_precision kind source"
        rows = table(columns, (day, "day", "plan", "a"))
        return refused("before_closing_date", arms_reports=rows, sources=sources("2020-05-10"))

    assert report("2024-01-01") == set()
    assert report("2026-01-01") == {("arms_reports.date", 0)}


def test_rows_lie_within_the_years_of_the_coverage():
    span = table("table year_from year_to", ("exercises", 1994, 2010), ("exercises", 2011, 2026))
    assert refused("within_coverage", exercises=exercise("2020-05-02"), coverage=span) == set()
    assert refused("within_coverage", exercises=exercise("1985-05-02"), coverage=span) == {
        ("exercises.date_start", 0)
    }


def test_no_state_acts_before_its_independence():
    def spell(day, precision="day"):
        rows = table("state start start_precision", ("KAZ", day, precision))
        return refused("state_existed", memberships=rows)

    assert spell("1991-12-21") == spell("1991-01-01", "year") == set()
    assert spell("1989-12-21") == {("memberships.start", 0)}


def test_no_state_meets_or_makes_treaties_before_its_independence():
    meetings = table("meeting date_start", ("new", "1992-01-01"), ("old", "1990-01-01"))
    seats = table("event state", ("new", "UZB"), ("old", "UZB"), ("old", "IRN"))
    assert refused("state_existed", meetings=meetings, participation=seats) == {
        ("participation.state", 1)
    }
    columns = "treaty date_opened date_precision"
    rows = table(columns, ("a-kaz-uzb", "1992-01-01", "day"), ("b-kaz-uzb", "1990-01-01", "day"))
    assert refused("state_existed", treaties=rows) == {("treaties.date_opened", 1)}
