"""Contradictions of the meetings of wider bodies: joint meetings, and seats that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, events_of, parties, report, rule
from casi.states import WITH_AZERBAIJAN
from casi.tables import sets_by

COUNCIL_NAMES = {  # words of which one is in the name of a council's meeting
    "heads_of_state": "(?i)heads of state|summit|collective security council|presidents",
    "defence_ministers": "(?i)defence ministers",
    "foreign_ministers": "(?i)foreign ministers",
    "interior_ministers": "(?i)interior ministers|internal affairs",
    "security_council_secretaries": "(?i)secretaries",
    "special_services": "(?i)services",
    "defence_industry": "(?i)defence industry",
}
APART = pd.Timedelta(days=7)  # at least, from a council's meeting to the next at the same place
PREDECESSORS = {"csto": ["cst", "csto"], "ots": ["turkic-council", "ots"]}


@rule
def joint_meeting_is_one_event(tables: Tables) -> Iterator[Fault]:
    """Councils that met as one did so on the same day at the same place, and each is there once."""
    if "body_meetings" not in tables:
        return
    rows = tables["body_meetings"].dropna(subset="joint")
    own = rows.groupby("joint")
    text = "councils of {joint} met as one, so body, day, place and status are the same"
    for column in ("body", "date_start", "place", "status"):
        usual = own[column].transform(lambda values: values.mode()[0])
        yield from report("body_meetings", rows[rows[column] != usual], column, text)
    single = rows.duplicated(["joint", "council"]) | (own["council"].transform("size") == 1)
    text = "a joint meeting is of two or more councils, each in one row"
    yield from report("body_meetings", rows[single], "joint", text)


@rule
def event_is_in_one_table(tables: Tables) -> Iterator[Fault]:
    """A key of `participation` names one event: no two tables of events share a key."""
    seen: set[str] = set()
    for table, key, rows in events_of(tables):
        again = rows[rows[key].isin(seen)]
        yield from report(table, again, key, "another table of events has this key: rename it")
        seen |= set(rows[key])


@rule
def attendance_fits_seats(tables: Tables) -> Iterator[Fault]:
    """A body's meeting has seats if some are known, and that of each member if all are."""
    if "body_meetings" not in tables:
        return
    seats = sets_by(tables["participation"], "event", "state")
    rows = tables["body_meetings"]
    rows = rows.assign(seated=rows["meeting"].map(seats))
    known = rows["attendance"] != "unknown"
    text = "attendance is {attendance}, and participation.csv has nobody"
    yield from report("body_meetings", rows[known & rows["seated"].isna()], "attendance", text)
    text = "attendance is unknown, and participation.csv has some"
    yield from report("body_meetings", rows[~known & rows["seated"].notna()], "attendance", text)
    rows = rows[(rows["attendance"] == "complete") & rows["seated"].notna()]
    rows = rows.assign(lacking=_lacking(rows, tables["memberships"]))
    text = "attendance is complete, and nothing is known of {lacking}"
    yield from report("body_meetings", rows[rows["lacking"].map(bool)], "attendance", text)


def _lacking(rows: pd.DataFrame, memberships: pd.DataFrame) -> list[frozenset[str]]:
    """Return the members among the six states of which each meeting has no seat."""
    spells = memberships[memberships["status"].isin(["member", "associate"])]
    spells = spells[spells["state"].isin(WITH_AZERBAIJAN)]
    found = []
    for row in rows.itertuples():
        own = spells[spells["organisation"].isin(PREDECESSORS.get(row.body, [row.body]))]
        begun = own["start"] <= row.date_start
        current = own.loc[begun & (own["end"].isna() | (own["end"] > row.date_start)), "state"]
        found.append(frozenset(current) - row.seated)
    return found


@rule
def name_fits_council(tables: Tables) -> Iterator[Fault]:
    """The name of a meeting of a body speaks of the council that met."""
    if "body_meetings" not in tables:
        return
    rows = tables["body_meetings"]
    pairs = zip(rows["name"], rows["council"], strict=True)
    other = [not re.search(COUNCIL_NAMES[council], name) for name, council in pairs]
    text = "the name is not that of a meeting of {council}: correct one of the two"
    yield from report("body_meetings", rows[other], "name", text)


@rule
def council_meets_once_a_week(tables: Tables) -> Iterator[Fault]:
    """A council does not meet at one place again within days: that is one meeting."""
    if "body_meetings" not in tables:
        return
    rows = tables["body_meetings"].query("date_precision == 'day'").sort_values("date_start")
    before = rows.groupby(["body", "council", "place"])[["meeting", "date_start"]].shift()
    rows = rows.assign(earlier=before["meeting"])
    again = rows["date_start"] - before["date_start"] < APART
    text = "{earlier} was there days before: take one of them out"
    yield from report("body_meetings", rows[again], "meeting", text)


@rule
def member_is_no_guest(tables: Tables) -> Iterator[Fault]:
    """A member of a body is neither guest nor observer at its meetings."""
    if "body_meetings" not in tables:
        return
    events = tables["body_meetings"][["meeting", "body", "date_start"]]
    seats = tables["participation"].rename_axis("line").reset_index()
    seats = seats[seats["role"].isin(["guest", "observer"])]
    seats = seats.merge(events, left_on="event", right_on="meeting")
    spells = tables["memberships"].query("status == 'member'")
    spells = spells[["organisation", "state", "start", "end"]]
    held = seats.merge(spells, left_on=["body", "state"], right_on=["organisation", "state"])
    current = (held["start"] <= held["date_start"]) & ~(held["end"] <= held["date_start"])
    text = "{state} was a member of {body} on {date_start}: correct role or membership"
    yield from report("participation", held[current].set_index("line"), "role", text)


@rule
def exercise_has_parties_of_its_frame(tables: Tables) -> Iterator[Fault]:
    """An exercise of NATO's partnership has a state of NATO among those that took part."""
    nato = frozenset(tables["states"].dropna(subset="nato_since")["iso3"])
    rows = tables["exercises"]
    rows = rows.assign(states=rows["exercise"].map(parties(tables["participation"])))
    rows = rows[(rows["frame"] == "nato_pfp") & rows["states"].notna()]
    lacking = rows["participants_complete"] & rows["states"].map(nato.isdisjoint)
    text = "no state of NATO is among the participants ({states}): correct one of the two"
    yield from report("exercises", rows[lacking], "frame", text)
