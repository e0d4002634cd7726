"""Contradictions of who came at what level and in what role, against the usual of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule
from casi.contradictions.participants import with_event
from casi.counting import values
from casi.states import FIVE, WITH_AZERBAIJAN

USUAL = {  # council or series, and the level that meets there
    "heads_of_state": "head_of_state",
    "consultative_heads": "head_of_state",
    "foreign_ministers": "minister",
    "defence_ministers": "minister",
    "interior_ministers": "minister",
    "security_council_secretaries": "security_council_secretary",
    "special_services": "agency_head",
    "border_services": "agency_head",
}
SUBSTITUTES = {  # who is sent instead without a word in the note
    "head_of_state": {"prime_minister", "deputy_prime_minister", "former_head_of_state", "absent"},
    "minister": {"deputy_minister", "ambassador"},
    "deputy_minister": {"minister", "ambassador"},
    "security_council_secretary": {"deputy_secretary"},
    "agency_head": {"deputy_agency_head", "minister"},
}
WORDS = {  # by which a note speaks of a level
    "head_of_state": "president|heads? of state",
    "former_head_of_state": "former|president",
    "prime_minister": "prime minister|premier|head of government",
    "deputy_prime_minister": "deputy",
    "speaker": "speaker|chair",
    "minister": "minister|chief of|general staff",
    "deputy_minister": "deputy|vice|one page calls|by name",
    "security_council_secretary": "secretar",
    "deputy_secretary": "deputy",
    "agency_head": "head|chief|chair|director|commander",
    "deputy_agency_head": "deputy",
    "ambassador": "ambassador|envoy|mission",
    "attache": "attach",
    "observer": "observ",
}

MOST_OF_SERIES = 0.75  # share of a series that makes a role its usual one


@rule
def level_is_usual_or_explained(tables: Tables) -> Iterator[Fault]:
    """At a meeting a state sends the usual level or its substitute, or the note says whom."""
    rows = with_event(tables)
    rows = rows[rows["table"] != "exercises"]
    common = rows.groupby("event")["level"].agg(lambda levels: levels.mode().get(0))
    rows["usual"] = rows["council"].fillna(rows["series"]).map(USUAL)
    rows["usual"] = rows["usual"].fillna(rows["event"].map(common))
    rows = rows[rows["level"].notna() & rows["usual"].notna()]
    rows = rows[~rows["role"].isin(["guest", "observer"])]
    cells = zip(rows["level"], rows["usual"], rows["note"].fillna(""), strict=True)
    odd = [
        level != usual
        and level not in SUBSTITUTES.get(usual, set())
        and not (note and re.search(WORDS.get(level, "."), note, re.IGNORECASE))
        for level, usual, note in cells
    ]
    text = "{level} among {usual} at {event}: correct the level, or say in the note who came"
    yield from report("participation", rows[odd], "level", text)


@rule
def seat_at_exercise_is_explained(tables: Tables) -> Iterator[Fault]:
    """At an exercise a seat without troops says why in its note; an observer has its role."""
    rows = with_event(tables)
    rows = rows[rows["table"] == "exercises"]
    other = rows["level"].notna() & ~rows["level"].isin(["contingent", "observer"])
    text = "no troops by the level {level}: correct it, or say in the note who came"
    yield from report("participation", rows[other & rows["note"].isna()], "level", text)
    watching = rows["level"].eq("observer") & ~rows["role"].isin(["observer", "guest", "member"])
    yield from report("participation", rows[watching], "level", "an observer has the role observer")
    sent = (rows["role"] == "observer") & (rows["level"] != "observer")
    yield from report("participation", rows[sent], "role", "{level}: correct level or role")


@rule
def host_has_its_role(tables: Tables) -> Iterator[Fault]:
    """The host of an event has the role host where roles are given."""
    rows = with_event(tables)
    given = rows["role"].notna() & rows["role"].ne("host") & (rows["host"] == rows["state"])
    text = "{state} is the host of {event}: correct role or host"
    yield from report("participation", rows[given], "role", text)


@rule
def member_of_body_is_no_guest_at_exercise(tables: Tables) -> Iterator[Fault]:
    """At an exercise of a body its members are no guests, and others no members."""
    rows = with_event(tables)
    frames = tables["exercises"].set_index("exercise")["frame"]
    rows["frame"] = rows["event"].map(frames)
    rows = rows[rows["frame"].isin(["csto", "sco", "cis"]) & rows["role"].eq("guest")]
    spells = tables["memberships"].query("status == 'member'")
    seats = rows.rename_axis("line").reset_index()
    held = seats.merge(spells, left_on=["frame", "state"], right_on=["organisation", "state"])
    current = (held["start"] <= held["date_start"]) & ~(held["end"] <= held["date_start"])
    lines = pd.Index(held.loc[current, "line"])
    text = "{state} was a member of {frame} then: correct role or membership"
    yield from report("participation", rows.loc[lines], "role", text)


@rule
def seat_is_of_the_region(tables: Tables) -> Iterator[Fault]:
    """Meetings of bodies seat the six states; beside a power others are guests or hosts."""
    rows = with_event(tables)
    body = (rows["table"] == "body_meetings") & ~rows["state"].isin(WITH_AZERBAIJAN)
    text = "the record holds the seats of the five states and Azerbaijan here: correct the state"
    yield from report("participation", rows[body], "state", text)
    partner = rows["series"].isin(values("with_outside_power")) & ~rows["state"].isin(FIVE)
    partner &= ~rows["role"].isin(["guest", "host"])
    text = "not one of the five states, so guest or host at {event}: correct state or role"
    yield from report("participation", rows[partner], "state", text)


@rule
def the_five_are_no_guests(tables: Tables) -> Iterator[Fault]:
    """At meetings of the five states, alone or with a partner, each of them is member or host."""
    rows = with_event(tables)
    rows = rows[(rows["table"] == "meetings") & rows["state"].isin(FIVE)]
    guests = rows["role"].isin(["guest", "observer"]) & rows["note"].isna()
    text = "{state} is one of the five: correct the role at {event}, or say why in the note"
    yield from report("participation", rows[guests], "role", text)


@rule
def role_is_usual_in_series(tables: Tables) -> Iterator[Fault]:
    """Who trains is a member or a guest as in most of the series, or the note says why not."""
    rows = with_event(tables)
    rows = rows[(rows["table"] == "exercises") & rows["role"].isin(["member", "guest"])]
    rows = rows[rows["level"] != "observer"]
    series = rows["series"].fillna(rows["event"])
    own = rows.groupby(series)["role"]
    usual = own.transform(lambda roles: roles.mode()[0])
    share = (rows["role"] == usual).groupby(series).transform("mean")
    odd = (share >= MOST_OF_SERIES) & (rows["role"] != usual) & rows["note"].isna()
    rows = rows.assign(usual=usual)
    text = "others of the series are {usual}: correct the role, or say why in the note"
    yield from report("participation", rows[odd], "role", text)


@rule
def guest_that_watched_says_so(tables: Tables) -> Iterator[Fault]:
    """A guest of an exercise that only observed says why it is no observer in its note."""
    rows = tables["participation"]
    silent = (rows["role"] == "guest") & (rows["level"] == "observer") & rows["note"].isna()
    text = "an observer has the role observer: correct level or role, or say why in the note"
    yield from report("participation", rows[silent], "level", text)
