"""What the record waits for, by tables made by hand."""

import pandas as pd
import pytest

from casi.record import expected

DAY = pd.Timestamp("2026-06-01")
EVENT = "name status date_start date_end date_precision place source confidence"


def table(columns, *rows):
    made = pd.DataFrame(rows, columns=columns.split())
    days = [name for name in made if name.startswith("date") or name.endswith("_date")]
    days = [name for name in days if name != "date_precision"]
    return made.assign(**{name: pd.to_datetime(made[name]) for name in days})


def record(*exercises, closed="2026-05-31"):
    """Exercises as start, end, precision and status; a body's meeting; no other meeting."""
    rows = [
        (f"e{number}", f"Exercise {number}", status, start, end, precision, "Osh", "a", "low")
        for number, (start, end, precision, status) in enumerate(exercises)
    ]
    held = ("m", "Summit", "held", "2026-01-01", None, "day", "Osh", "a", "high")
    topics = [("exercises", "2010-12-31"), ("exercises", closed), ("meetings", "2026-01-01")]
    coverage = pd.DataFrame([*topics, ("body_meetings", "2026-01-01")], columns=["table", "closed"])
    return {
        "exercises": table(f"exercise {EVENT}", *rows),
        "meetings": table(f"meeting {EVENT}", held),
        "body_meetings": table(f"meeting {EVENT}"),
        "coverage": coverage.assign(closed=pd.to_datetime(coverage["closed"])),
    }


@pytest.mark.parametrize(
    ("plan", "ends", "open_"),
    [
        (("2026-05-01", "2026-05-31", "day"), "2026-05-31", False),
        (("2026-05-01", "2026-06-01", "day"), "2026-06-01", True),
        (("2026-05-01", None, "day"), "2026-05-01", False),
        (("2026-05-01", None, "month"), "2026-05-31", False),
        (("2026-06-01", None, "month"), "2026-06-30", True),
        (("2026-01-01", None, "year"), "2026-12-31", True),
        (("2025-01-01", None, "year"), "2025-12-31", False),
    ],
)
def test_a_plan_is_open_while_its_last_day_is_after_the_closing_date(plan, ends, open_):
    made = record((*plan, "planned"))
    coming, passed = expected.coming(made), expected.unresolved(made)
    assert (len(coming), len(passed)) == ((1, 0) if open_ else (0, 1))
    [row] = pd.concat([coming, passed]).to_dict("records")
    assert (row["row"], row["end"], row["grade"]) == ("exercises/e0", pd.Timestamp(ends), "low")


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_what_was_held_or_cancelled_is_no_plan(status):
    assert expected.plans(record(("2026-05-01", None, "day", status))).empty


def test_plans_to_come_are_in_order_and_those_past_the_newest_first():
    days = ["2026-07-02", "2026-07-01", "2020-01-01", "2021-01-01"]
    made = record(*[(day, None, "day", "planned") for day in days])
    assert expected.coming(made)["row"].tolist() == ["exercises/e1", "exercises/e0"]
    assert expected.unresolved(made)["row"].tolist() == ["exercises/e3", "exercises/e2"]


def test_a_plan_is_due_on_a_day_after_the_last_that_it_can_mean():
    made = record(("2026-07-01", None, "month", "planned"))
    assert expected.unresolved(made, pd.Timestamp("2026-07-31")).empty
    assert len(expected.unresolved(made, pd.Timestamp("2026-08-01"))) == 1


def test_a_treaty_waits_for_the_states_without_a_ratification():
    treaties = table(
        "treaty name kind date_opened date_precision in_force_date source",
        ("new", "New", "alliance", "2025-03-13", "day", None, "a"),
        ("old", "Old", "alliance", "2021-05-31", "day", None, "a"),
        ("done", "Done", "alliance", "2025-03-13", "day", "2025-04-01", "a"),
        ("said", "Said", "declaration", "2025-03-13", "day", None, "a"),
        ("ratified", "Ratified", "border", "2024-01-01", "year", None, "a"),
    )
    actions = [("new", "KGZ", "signed"), ("new", "TJK", "signed"), ("new", "TJK", "ratified")]
    actions += [("ratified", "KAZ", "ratified"), ("new", "TKM", "declined")]
    made = pd.DataFrame(actions, columns=["treaty", "state", "action"])
    found = expected.pending_treaties({"treaties": treaties, "treaty_actions": made}, DAY)
    assert found["row"].tolist() == ["treaties/new", "treaties/ratified"]
    assert found["waits_for"].tolist() == [["KGZ"], []]
    assert found["precision"].tolist() == ["day", "year"]


def releases(**titles):
    groups = [(key, "ucdp" if key.startswith("ucdp") else "sipri", "dataset") for key in titles]
    others = [("geo2026names", "geo", "dataset"), ("sipri2024page", "sipri", "press")]
    columns = ["key", "independence_group", "kind"]
    sources = pd.DataFrame([*groups, *others], columns=columns)
    return expected.next_releases({"sources": sources}, titles).to_dict("records")


def test_the_next_edition_is_due_a_year_after_the_newest_in_the_month_it_names():
    [row] = releases(
        sipri2026transfers="Transfers, edition of March 2026, generated 18 May 2026",
        sipri2025transfers="Transfers, edition of April 2025",
    )
    assert row["name"] == "Transfers"
    assert row["keys"] == ["sipri2025transfers", "sipri2026transfers"]
    assert row["editions"] == ["April 2025", "March 2026"]
    assert (row["expected"], row["precision"]) == (pd.Timestamp("2027-03-01"), "month")
    assert row["end"] == pd.Timestamp("2027-03-31")


def test_without_a_month_in_the_title_only_the_year_is_expected():
    first, second = releases(
        sipri2025deaths="Deaths, version 25.1", sipri2026x="X, version 1.2 of April 2026"
    )
    assert (first["editions"], first["precision"]) == (["2025"], "year")
    assert first["end"] == pd.Timestamp("2026-12-31")
    assert second["name"] == "X"


def test_a_publisher_of_each_june_is_awaited_in_june():
    [row] = releases(ucdp2025deaths="Deaths, version 25.1")
    assert (row["editions"], row["precision"]) == (["June 2025"], "month")
    assert row["end"] == pd.Timestamp("2026-06-30")


def test_every_yearly_data_set_of_the_record_has_a_title():
    from casi.tables import load

    found = expected.next_releases({"sources": load("sources")}, expected.titles())
    assert {"SIPRI Arms Transfers Database"} < set(found["name"])
    assert (found["end"] > pd.Timestamp("2025-12-31")).all()
