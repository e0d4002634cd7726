"""What to watch, for readers, by tables made by hand."""

import pandas as pd
import pytest

from casi.findings import to_watch

EVENT = "name status date_start date_end date_precision place source confidence"
DATES = ("date_start", "date_end", "date_opened", "in_force_date", "closed", "published")


def table(columns, *rows):
    made = pd.DataFrame(rows, columns=columns.split())
    return made.assign(**{name: pd.to_datetime(made[name]) for name in DATES if name in made})


@pytest.fixture
def record():
    planned = ("planned", "2026-09-01", "2026-10-31", "month", "Osh", "a", "low")
    past = ("planned", "2024-05-01", "2024-05-02", "day", None, "a", "high")
    old = ("planned", "1997-05-01", None, "year", None, "a", "high")
    meeting = ("planned", "2026-11-01", None, "day", "Osh", "a", "high")
    exercises = [
        ("new", "csto", "New *one*", *planned),
        ("past", "other", "Past", *past),
        ("old", "other", "Old", *old),
    ]
    meetings = [("own", "consultative_heads", "Own", *meeting)]
    treaties = [
        ("t", "Treaty", "friendship", "2025-01-01", "year", None, "a"),
        ("u", "Other", "friendship", "2024-01-01", "day", None, "a"),
    ]
    actions = [("t", "KAZ", "signed"), ("t", "UZB", "signed"), ("u", "KAZ", "ratified")]
    topics = [(name, "2026-03-01") for name in ("exercises", "meetings", "body_meetings")]
    return {
        "exercises": table(f"exercise frame {EVENT}", *exercises),
        "meetings": table(f"meeting series {EVENT}", *meetings),
        "body_meetings": table(f"meeting body {EVENT}", ("b", "sco", "Body", *meeting)),
        "coverage": table("table closed", *topics),
        "treaties": table(
            "treaty name kind date_opened date_precision in_force_date source", *treaties
        ),
        "treaty_actions": table("treaty state action", *actions),
        "states": table("iso3 name", ("KAZ", "Kazakhstan"), ("UZB", "Uzbekistan")),
        "sources": table("kind published", ("press", "2026-04-01")),
    }


@pytest.fixture
def signs():
    rows = [
        ("Forum", "condition", "A treaty", "not met", "4", None, ["treaties/t"]),
        ("Forum", "condition", "A body", "unknown", "–", None, []),
        ("Forum", "falsifier", "It stalls", "not seen", "45", "2027-07-21", ["treaties/t"]),
        ("Frame", "falsifier", "It empties", "not seen", "2", "2027-10-21", []),
    ]
    made = pd.DataFrame(
        rows, columns=["pathway", "role", "rule", "state", "written", "earliest", "rows"]
    )
    return made.assign(earliest=pd.to_datetime(made["earliest"]))


def words(cells):
    return [cell.replace("\u00a0", " ") for cell in cells]


def test_plans_say_when_no_more_exactly_than_known_and_lead_to_their_rows(record):
    found = to_watch.coming_table(record)
    assert words(found["When"]) == ["September 2026 to October 2026"] + ["1 November 2026"] * 2
    assert found["What"][0] == r"[New \*one\*](rows:exercises/new)"
    assert found["Confidence"].tolist() == ["low", "high", "high"]


def test_plans_past_are_listed_for_five_years(record):
    found = to_watch.unresolved_table(record)
    assert words(found["When"]) == ["1 May 2024 to 2 May 2024"]


def test_ratifications_awaited_name_the_states(record):
    found = to_watch.awaited_table(record)
    assert words(found["Signed"]) == ["2025", "1 January 2024"]
    assert found["States without a ratification on record"].tolist() == [
        "Kazakhstan and Uzbekistan",
        "none; entry into force not found",
    ]


def test_signs_say_what_they_would_show_and_lead_to_their_rows(signs):
    found = to_watch.signs_table(signs)
    assert found["Now"].tolist() == [
        "[not met (4)](rows:treaties/t)",
        "unknown",
        "[not seen (45)](rows:treaties/t)",
        "not seen (2)",
    ]
    assert found["What it would show"].nunique() == 2
    assert words(found["Earliest day"]) == ["–", "–", "21 July 2027", "21 October 2027"]


def test_the_headline_counts_what_the_tables_list(record, signs):
    found = to_watch.headline(record, signs)
    assert (found["plans"], found["exercises"], found["meetings"]) == (3, 1, 2)
    assert (found["with_day"], found["low"], found["with_russia"], found["own"]) == (2, 1, 2, 1)
    assert (found["passed"], found["passed_recent"], found["passed_exercises"]) == (2, 1, 2)
    assert found["passed_oldest"] == pd.Timestamp("1997-12-31")
    assert (found["treaties"], found["all_ratified"]) == (2, 1)
    assert (found["conditions"], found["conditions_unknown"]) == (2, 1)
    assert (found["first_pathway"], found["first_day"]) == ("Forum", pd.Timestamp("2027-07-21"))
    assert found["last_day"] == pd.Timestamp("2027-10-21")


def test_releases_cite_every_edition():
    from casi.tables import cited, load

    [key] = cited(load("arms_transfers"), 1)
    found = to_watch.releases_table({"sources": load("sources")})
    arms = found[found["Data set"] == "SIPRI Arms Transfers Database"].iloc[0]
    assert f"March {key[5:9]}" in arms["Editions on record"]
    assert key in arms["Source"] and arms["Source"].startswith("{cite}")
