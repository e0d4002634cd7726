"""The signs that falsify the pathways, each read off tables made by hand, then off the record."""

import pandas as pd
import pytest

from casi.pathways import assessment, falsifiers
from casi.tables import load

DAY = pd.Timestamp("2024-12-31")  # two years go back to 1 January 2023
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
DATES = ["date", "date_start", "date_end", "date_opened", "founded", "ended", "start", "end"]
YES, NO, OPEN = True, False, None


def frame(columns, *rows):
    """A table; columns that hold days are read as such."""
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(**{name: pd.to_datetime(table[name]) for name in DATES if name in table})


def coverage(topic, completeness="full"):
    columns = ["topic", "year_from", "year_to", "completeness"]
    return pd.DataFrame([(topic, 1991, 2030, completeness)], columns=columns)


def answer(reading):
    """Return what a test compares: whether the sign is present, and the number that decides."""
    return reading.met, reading.value


@pytest.mark.parametrize(
    ("series", "day", "completeness", "reading"),
    [
        ("consultative_heads", "2023-01-01", "full", (NO, 1)),
        ("consultative_heads", "2022-12-31", "full", (YES, 0)),
        ("consultative_heads", "2022-12-31", "sample", (OPEN, 0)),
        ("consultative_heads", "2023-01-01", "sample", (NO, 1)),
        ("c5_china", "2023-01-01", "full", (YES, 0)),
    ],
)
def test_summits_stop_after_two_years_without_one(series, day, completeness, reading):
    columns = "meeting series date_start date_end date_precision status"
    meetings = frame(columns, ("m", series, day, None, "day", "held"))
    record = {"meetings": meetings, "coverage": coverage("five-state meetings", completeness)}
    found = falsifiers.summits_stop(record, DAY)
    assert answer(found) == reading
    assert found.rows == ["meetings/m"] * reading[1]


def treaty(opened="2022-07-21", signed=4, last_action="declined"):
    """A treaty before all five, and one of a later day that nobody has refused."""
    actions = [("t", state, "signed", opened, "day") for state in FIVE[:signed]]
    actions += [("t", state, last_action, opened, "day") for state in FIVE[signed:]]
    actions += [("all", state, "signed", "2000-01-01", "day") for state in FIVE]
    rows = [("t", "friendship", opened), ("all", "alliance", "2000-01-01")]
    return {
        "treaties": frame("treaty kind date_opened", *rows),
        "treaty_actions": frame("treaty state action date date_precision", *actions),
        "coverage": coverage("treaties"),
    }


@pytest.mark.parametrize(
    ("day", "reading"),
    [
        ("2022-07-21", (NO, 0)),
        ("2022-08-20", (NO, 0)),
        ("2022-08-21", (NO, 1)),
        ("2027-07-20", (NO, 59)),
        ("2027-07-21", (YES, 60)),
        ("2028-09-30", (YES, 74)),
    ],
)
def test_a_treaty_stalls_five_years_after_it_was_opened(day, reading):
    found = falsifiers.treaty_stalls(treaty(), pd.Timestamp(day))
    assert (answer(found), found.rows) == (reading, ["treaties/t"])


def test_a_treaty_stalls_when_a_state_withdraws():
    left = treaty(last_action="withdrew")
    assert falsifiers.treaty_stalls(left, pd.Timestamp("2023-07-21")).met is True
    other = left["treaty_actions"].replace({"action": {"withdrew": "declined"}})
    withdrawn = frame(
        "treaty state action date date_precision", ("other", "KAZ", "withdrew", "2022-07-22", "day")
    )
    record = left | {"treaty_actions": pd.concat([other, withdrawn])}
    assert falsifiers.treaty_stalls(record, pd.Timestamp("2023-07-21")).met is False


def test_the_oldest_treaty_that_lacks_a_signature_decides():
    record, older = treaty(), treaty(opened="2020-01-01")
    tables = {
        name: pd.concat([record[name], older[name].replace({"treaty": {"t": "older"}})])
        for name in ("treaties", "treaty_actions")
    }
    found = falsifiers.treaty_stalls(record | tables, DAY)
    assert answer(found) == (NO, 59)
    assert found.rows == ["treaties/older", "treaties/t"]


def test_no_treaty_stalls_where_all_signed_or_none_is_on_record():
    signed = treaty(signed=5)
    assert answer(falsifiers.treaty_stalls(signed, DAY)) == (NO, 0)
    sample = signed | {"coverage": coverage("treaties", "sample")}
    assert answer(falsifiers.treaty_stalls(sample, DAY)) == (OPEN, 0)


@pytest.mark.parametrize(
    ("states", "day", "completeness", "reading"),
    [
        ("KAZ KGZ AZE", "2023-01-01", "full", (NO, 1)),
        ("KAZ KGZ TUR", "2023-01-01", "full", (NO, 1)),
        ("KAZ KGZ AZE", "2022-12-31", "full", (YES, 0)),  # more than two years ago
        ("KAZ KGZ AZE", "2022-12-31", "sample", (OPEN, 0)),
        ("KAZ AZE", "2023-01-01", "full", (YES, 0)),  # one of the five
        ("KAZ KGZ", "2023-01-01", "full", (YES, 0)),  # without a neighbour
        ("KAZ KGZ AZE RUS", "2023-01-01", "full", (YES, 0)),  # with another state
    ],
)
def test_the_frame_empties_after_two_years_without_an_exercise(states, day, completeness, reading):
    columns = "exercise frame date_start date_end date_precision status participants_complete kind"
    parts = [("x", state, "contingent") for state in states.split()]
    record = {
        "exercises": frame(columns, ("x", "ots", day, day, "day", "held", True, "field")),
        "participation": pd.DataFrame(parts, columns=["event", "state", "level"]),
        "coverage": coverage("exercises", completeness),
    }
    found = falsifiers.frame_empties(record, DAY)
    assert answer(found) == reading
    assert found.rows == ["exercises/x"] * reading[1]


def bodies(caco_ended="2005-10-07", own_ended=None, power=None):
    """CACO and its predecessor lived for 4,174 days; the own format began in 2018."""
    columns = "organisation name founded ended end_kind successor"
    rows = [
        ("cau", "Union", "1994-05-04", "2002-02-28", "renamed", "caco"),
        ("caco", "CACO", "2002-02-28", caco_ended, "merged", "eurasec"),
        ("consultative-heads", "Meetings", "2018-03-15", own_ended, own_ended and "ended", None),
        ("other", "Other", "2010-01-01", None, None, None),
    ]
    spells = [(body, state, "member") for body, *_ in rows for state in ("KAZ", "UZB")]
    spells += [("other", "RUS", "member"), ("consultative-heads", "CHN", "observer")]
    spells += [("consultative-heads", power, "member")] if power else []
    founded = {body: day for body, _, day, *_ in rows}
    return {
        "organisations": frame(columns, *rows),
        "memberships": frame(
            "organisation state status start end date_precision",
            *[(*spell, founded[spell[0]], None, "day") for spell in spells],
        ),
    }


@pytest.mark.parametrize(
    ("record", "day", "reading"),
    [
        (bodies(), "2029-08-18", (NO, 137)),  # 4,174 days, as long as the others lived
        (bodies(), "2029-08-19", (YES, 137)),
        (bodies(power="CHN"), "2029-08-20", (NO, 137)),
        (bodies(power="RUS"), "2029-08-20", (NO, 137)),
        (bodies(power="TUR"), "2029-08-20", (YES, 137)),
        (bodies(own_ended="2024-03-15"), "2029-08-20", (NO, 72)),  # it lived for six years
        (bodies(), "2017-01-01", (NO, 0)),  # before the own format
        (bodies(), "2004-01-01", (NO, 0)),  # before CACO ended
    ],
)
def test_the_own_format_outlives_the_bodies_that_ended_with_caco(record, day, reading):
    found = falsifiers.own_outlives(record, pd.Timestamp(day))
    assert answer(found) == reading
    keys = ["consultative-heads", "cau", "caco"] if reading[1] else []
    assert found.rows == [f"organisations/{key}" for key in keys]


def test_no_format_outlives_where_no_body_is_on_record():
    record = bodies()
    none = record | {"organisations": record["organisations"].iloc[:0]}
    assert answer(falsifiers.own_outlives(none, DAY)) == (NO, 0)


# The record itself.


@pytest.mark.parametrize(
    ("read", "present"),
    [
        (falsifiers.summits_stop, (True, False, False)),
        (falsifiers.treaty_stalls, (False, False, False)),
        (falsifiers.frame_empties, (True, False, False)),
        (falsifiers.own_outlives, (False, False, False)),
    ],
)
def test_signs_on_three_days(read, present):
    record = {name: load(name) for name in assessment.TABLES}
    days = map(pd.Timestamp, ("2016-12-31", "2024-08-31", "2026-05-18"))
    assert tuple(read(record, day).met for day in days) == present
