"""Dates of any table: each rule on a table that breaks it and one that does not."""

import pytest
from hand_made import faults_of_the_record, refused, table

from casi.contradictions import dates


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


@pytest.mark.parametrize(
    ("key", "start", "end", "precision", "faulty"),
    [
        ("e-2020-05-02", "2020-05-02", None, "day", False),
        ("e-2020-05-03-b", "2020-05-02", "2020-05-03", "day", False),
        ("e-2020-05-04", "2020-05-02", "2020-05-03", "day", True),
        ("e-2020-05-01", "2020-05-02", None, "day", True),
        ("e-2020-05-09", "2020-05-01", None, "month", False),
        ("e-2020-05", "2020-05-02", None, "day", False),
    ],
)
def test_the_day_of_a_key_is_one_of_the_event(key, start, end, precision, faulty):
    found = refused("key_fits_date", exercises=exercise(start, end, precision, key=key))
    assert found == ({("exercises.date_start", 0)} if faulty else set())


def test_a_source_is_not_older_than_the_year_of_its_key():
    rows = table(
        "key published",
        *(("paper2020x", "2019-12-31"), ("paper2020y", "2020-01-01"), ("paper2020z", "2023-05-01")),
        *(("tass2084879x", "2020-01-01"), ("paperx", "1990-01-01"), ("paper20201231x", None)),
    )
    assert refused("source_is_not_before_its_key", sources=rows) == {("sources.published", 0)}


def test_a_covered_table_has_rows():
    coverage = table("table year_from year_to", ("exercises", 1991, 2026), ("clashes", 1991, 2026))
    full, empty = exercise(), exercise().iloc[:0]
    assert refused("covered_table_has_rows", coverage=coverage, exercises=full) == set()
    wrong = {("coverage.table", 0)}
    assert refused("covered_table_has_rows", coverage=coverage, exercises=empty) == wrong


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


def test_the_record_keeps_these_rules():
    assert faults_of_the_record(dates) == []


def test_the_second_day_of_a_year_is_not_its_first():
    found = refused("precision_fits", exercises=exercise("2020-01-02", precision="year"))
    assert found == {("exercises.date_start", 0)}


def test_one_announcement_is_no_contradiction_and_three_days_before_is_no_past():
    rows = events(("e", "N", "2020-05-02", None, "day", "held", "a"))
    alone = sources("2020-04-01")
    assert refused("sources_speak_of_the_past", exercises=rows, sources=alone) == set()
    rows = rows.assign(source="a;b")
    near, far = (sources(day, day) for day in ("2020-04-29", "2020-04-28"))
    assert refused("sources_speak_of_the_past", exercises=rows, sources=near) == set()
    assert refused("sources_speak_of_the_past", exercises=rows, sources=far) == {
        ("exercises.date_start", 0)
    }


def test_plans_reach_five_years_ahead_to_the_day():
    def report(day):
        rows = table("date date_precision kind source", (day, "day", "plan", "a"))
        return refused("before_closing_date", arms_reports=rows, sources=sources("2020-05-10"))

    assert report("2025-05-10") == set() and report("2025-05-11") == {("arms_reports.date", 0)}


def test_the_first_and_the_last_year_are_within_the_coverage():
    def covered(day):
        span = table("table year_from year_to", ("exercises", 1994, 2026))
        return refused("within_coverage", exercises=exercise(day), coverage=span)

    assert covered("1994-01-01") == covered("2026-12-31") == set()
    assert covered("1993-12-31") == covered("2027-01-01") == {("exercises.date_start", 0)}


def test_a_state_acts_from_the_day_of_its_independence():
    def found(day):
        acts = table("state date date_precision", ("KAZ", day, "day"))
        treaties = table("treaty date_opened date_precision", ("a-kaz-uzb", day, "day"))
        seats = table("event state", ("m", "KAZ"))
        meetings = table("meeting date_start", ("m", day))
        given = {"meetings": meetings, "participation": seats, "treaties": treaties}
        return refused("state_existed", treaty_actions=acts, **given)

    assert found("1991-12-16") == set()
    assert found("1991-12-15") == {
        ("treaty_actions.date", 0),
        ("treaties.date_opened", 0),
        ("participation.state", 0),
    }
