"""Contradictions of participation: who took part in what, at what level and in what role."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import pandas as pd

from casi.contradictions.base import (
    UNKNOWN,
    Fault,
    Tables,
    events_of,
    parties,
    report,
    rule,
)
from casi.counting import counted, values
from casi.states import FIVE, WITH_AZERBAIJAN
from casi.tables import sets_by

POWERS = {  # frames of exercises, and the state that they are with
    "russia_bilateral": "RUS",
    "china_bilateral": "CHN",
    "turkiye": "TUR",
    "us": "USA",
}
PARTNERS = {  # series of meetings, and how their names speak of the partner
    "c5_russia": "Russia",
    "c5_china": "China|Chinese",
    "c5_usa": r"C5\+1|United States|US |US$",
    "c5_india": "India",
    "c5_eu": r"\bEU\b|European",
    "c5_gcc": "GCC|Gulf",
    "c5_un": r"\bUN\b|United Nations|Regional Centre|UNRCCA",
}
ALLOWED = {  # who may take part without a row of membership, where it is not all of the five
    "sco": ["KAZ", "KGZ", "TJK", "UZB"],
    "csto": ["KAZ", "KGZ", "TJK"],
    "cis": [*FIVE, "MDA"],  # a member that the table of memberships leaves out
}
LEVELS_AT_EXERCISES = {"contingent", "observer", "absent", "official", "minister"}
HEADS = {"head_of_state", "former_head_of_state"}
BELOW_HEADS = {"security_council_secretary", "deputy_secretary", "agency_head", "attache"}
STATES_NAMED = (  # columns that name a state, other than suppliers of arms
    *(("participation", "state"), ("memberships", "state"), ("treaty_actions", "state")),
    *(("meetings", "host"), ("exercises", "host"), ("places", "state"), ("outlines", "state")),
    *(("foreign_presence", "foreign_state"), ("arms_deals", "recipient")),
)
AT_COUNCILS = {  # levels that contradict the council of a body
    "heads_of_state": BELOW_HEADS | {"deputy_agency_head"},
    "security_council_secretaries": HEADS | {"prime_minister", "speaker"},
    "foreign_ministers": HEADS | BELOW_HEADS,
    "defence_ministers": HEADS | {"security_council_secretary"},  # a general staff may come
    "interior_ministers": HEADS | {"security_council_secretary", "ambassador"},
    "special_services": HEADS | {"prime_minister", "minister", "ambassador"},
}
MISPLACED = {  # levels that contradict the format of a series
    "consultative_heads": BELOW_HEADS | {"deputy_agency_head"},
    "security_council_secretaries": HEADS | {"prime_minister", "speaker"},
    "foreign_ministers": HEADS | BELOW_HEADS,
    "defence_ministers": HEADS | {"security_council_secretary", "agency_head", "ambassador"},
    "interior_ministers": HEADS | {"security_council_secretary", "ambassador"},
    "special_services": HEADS | {"prime_minister", "minister", "ambassador"},
    "border_services": HEADS | {"prime_minister", "minister", "ambassador"},
}


def with_event(tables: Tables) -> pd.DataFrame:
    """Return the table `participation` with the columns of each row's event."""
    columns = ["event", "table", "date_start", "date_end", "date_precision", "place", "host"]
    columns += ["status", "series", "body", "council"]
    events = pd.concat(
        rows.rename(columns={key: "event"}).assign(table=table)
        for table, key, rows in events_of(tables)
    ).reindex(columns=columns)
    seats = tables["participation"].rename_axis("line").reset_index()
    return seats.merge(events, on="event", how="left").set_index("line")


@rule
def power_takes_part(tables: Tables) -> Iterator[Fault]:
    """An exercise with a power has it among its participants; a C5+1 meeting names its partner."""
    rows = tables["exercises"]
    rows = rows.assign(
        power=rows["frame"].map(POWERS),
        states=rows["exercise"].map(parties(tables["participation"])),
    )
    rows = rows[rows["power"].notna() & rows["states"].notna()]
    lacking = [
        power not in states for power, states in zip(rows["power"], rows["states"], strict=True)
    ]
    text = "{power} is not among the participants ({states}): correct one of the two"
    yield from report("exercises", rows[lacking], "frame", text)
    if "meetings" in tables:
        rows = tables["meetings"]
        for series, pattern in PARTNERS.items():
            own = rows["series"] == series
            named = rows["name"].str.contains(pattern)
            text = f"the name does not speak of {pattern.split('|')[0]}: correct series or name"
            yield from report("meetings", rows[own & ~named], "series", text)
            text = f"the name speaks of {pattern.split('|')[0]}: correct series or name"
            alone = rows["series"].isin(values("of_five_alone")) & named
            yield from report("meetings", rows[alone], "series", text)


@rule
def outsider_in_own_format(tables: Tables) -> Iterator[Fault]:
    """Formats of the five, of the five with Azerbaijan, of SCO and CSTO have no other members."""
    rows = with_event(tables)
    frames = tables["exercises"].set_index("exercise")["frame"]
    rows["frame"] = rows["event"].map(frames)
    taking_part = ~rows["level"].isin(["observer", "absent"]) & ~rows["role"].isin(
        ["guest", "observer"]
    )
    rows = rows[taking_part]
    five = {*FIVE}
    text = "{state} cannot take part in {event} as a member: correct the state, role or level"
    own = (rows["frame"] == "five") & ~rows["state"].isin(five)
    own |= (rows["frame"] == "five_plus_azerbaijan") & ~rows["state"].isin([*FIVE, "AZE"])
    yield from report("participation", rows[own], "state", text)
    for bodies, margin, part in [
        (["sco"], 366, rows["frame"] == "sco"),
        (["csto", "cst"], 366, rows["frame"] == "csto"),
        (["cis", "sco"], 366, rows["frame"] == "cis"),  # they also train jointly
        (["ots", "turkic-council"], 366, rows["frame"] == "ots"),
        (["cau", "caec", "caco"], 31, rows["series"] == "cau_caec_caco"),
        (["consultative-heads"], 0, rows["series"].isin(values("of_five_alone"))),
        (["cis"], 0, rows["body"] == "cis"),
        (["csto", "cst"], 31, rows["body"] == "csto"),
        (["sco"], 31, rows["body"] == "sco"),
    ]:
        seats = rows[part & ~rows["state"].isin(ALLOWED.get(bodies[0], FIVE))]
        outside = ~_belongs(seats, tables["memberships"], bodies, margin)
        yield from report("participation", seats[outside], "state", text)


def _belongs(seats: pd.DataFrame, memberships: pd.DataFrame, bodies, margin: int) -> pd.Series:
    """Return whether each state had a standing, not suspended, in a body when the event began."""
    spells = memberships[memberships["organisation"].isin(bodies)]
    spells = spells[spells["status"] != "suspended"]
    pairs = seats[["state", "date_start"]].rename_axis("line").reset_index()
    pairs = pairs.merge(spells[["state", "start", "end"]], on="state")
    near = pd.Timedelta(days=margin)
    within = pairs["start"] <= pairs["date_start"] + near
    within &= pairs["end"].isna() | (pairs["end"] > pairs["date_start"] - near)
    return pd.Series(seats.index.isin(pairs.loc[within, "line"]), seats.index)


@rule
def six_take_part(tables: Tables) -> Iterator[Fault]:
    """Where all participants of an exercise are known, they are two with one of the six."""
    seats = tables["participation"]
    present = sets_by(seats[counted(seats, "came")], "event", "state")
    rows = tables["exercises"]
    rows = rows.assign(states=rows["exercise"].map(present))
    rows = rows[(rows["status"] == "held") & rows["participants_complete"]]
    count = rows["states"].map(len, na_action="ignore").fillna(0)
    text = "all participants are said to be known, and fewer than two are in participation.csv"
    yield from report("exercises", rows[count < 2], "participants_complete", text)
    rows = rows[count >= 2]
    outside = rows["states"].map(lambda states: states.isdisjoint(WITH_AZERBAIJAN))
    text = "neither one of the five states nor Azerbaijan is among the participants ({states})"
    yield from report("exercises", rows[outside], "exercise", text)


@rule
def level_fits_event(tables: Tables) -> Iterator[Fault]:
    """Troops train and officials meet: no contingent at a meeting, no president at an exercise."""
    rows = with_event(tables)
    exercise = rows["table"] == "exercises"
    wrong = exercise & rows["level"].notna() & ~rows["level"].isin(LEVELS_AT_EXERCISES)
    wrong |= ~exercise & (rows["level"] == "contingent")
    for series, levels in MISPLACED.items():
        wrong |= ~exercise & (rows["series"] == series) & rows["level"].isin(levels)
    for council, levels in AT_COUNCILS.items():
        wrong |= (rows["council"] == council) & rows["level"].isin(levels)
    rows["format"] = (
        rows["series"].fillna(rows["council"]).fillna("an exercise").where(~exercise, "an exercise")
    )
    text = "{level} does not fit {event} ({format}): correct level or event"
    yield from report("participation", rows[wrong], "level", text)
    heads = (rows["level"] == "head_of_state") & ~exercise
    share = heads.groupby(rows["event"]).transform("mean")
    ministers = (rows["level"] == "minister").groupby(rows["event"]).transform("mean")
    lone = heads & (share < 0.5) & (ministers > share) & (rows["host"] != rows["state"])
    text = "a head of state among ministers at {event}: correct the level"
    yield from report("participation", rows[lone & ~wrong], "level", text)


@rule
def role_fits_host(tables: Tables) -> Iterator[Fault]:
    """The state with the role of host is the host of the event, and is not absent."""
    rows = with_event(tables)
    other = (rows["role"] == "host") & rows["host"].notna() & (rows["host"] != rows["state"])
    text = "the host of {event} is {host}: correct role or host"
    yield from report("participation", rows[other], "role", text)
    empty = rows["role"].isin(["host", "member", "guest"]) & (rows["level"] == "absent")
    yield from report("participation", rows[empty], "role", "absent: empty the role")
    watch = (rows["role"] == "observer") & (rows["level"] == "contingent")
    watch |= (rows["role"] == "host") & (rows["level"] == "observer")
    yield from report("participation", rows[watch], "role", "an observer neither hosts nor trains")
    guest = (rows["host"] == rows["state"]) & rows["role"].isin(["guest", "observer"])
    text = "{state} is the host of {event}: correct role or host"
    yield from report("participation", rows[guest], "role", text)


@rule
def observer_is_no_member(tables: Tables) -> Iterator[Fault]:
    """A member state that only observed says why in its note."""
    rows = tables["participation"]
    silent = (rows["role"] == "member") & (rows["level"] == "observer") & rows["note"].isna()
    text = "an observer that is a member: correct level or role, or say why in the note"
    yield from report("participation", rows[silent], "level", text)


@rule
def host_takes_part(tables: Tables) -> Iterator[Fault]:
    """The host is among the participants where all of them are known."""
    seats = tables["participation"]
    present = sets_by(seats[counted(seats, "came")], "event", "state")
    places = tables["places"].set_index("place")["state"]
    rows = tables["exercises"]
    site = rows["location"].map(places).mask(rows["confidence"] == "dataset")
    rows = rows.assign(states=rows["exercise"].map(present), site=rows["host"].fillna(site))
    rows = rows[(rows["status"] == "held") & rows["participants_complete"]]
    rows = rows[rows["states"].notna() & rows["site"].notna()]
    absent = [site not in states for site, states in zip(rows["site"], rows["states"], strict=True)]
    text = "{site} is not among the participants ({states}): correct host or participation.csv"
    yield from report("exercises", rows[absent], "host", text)
    if "meetings" in tables:
        rows = tables["meetings"]
        rows = rows[rows["series"].isin(values("of_five_alone")) & rows["host"].notna()]
        states = rows["meeting"].map(present)
        pairs = zip(rows["host"], states, strict=True)
        outside = [
            host not in FIVE and not (isinstance(found, frozenset) and host in found)
            for host, found in pairs
        ]
        text = "a meeting of the five states alone has one of them as host: correct it"
        yield from report("meetings", rows[outside], "host", text)


@rule
def nobody_attends_a_plan(tables: Tables) -> Iterator[Fault]:
    """What was planned or cancelled had no participants."""
    rows = with_event(tables)
    rows = rows[rows["status"].isin(["planned", "cancelled"]) & (rows["level"] != "absent")]
    text = "{event} is {status}, so nobody took part: correct the status or take out the row"
    yield from report("participation", rows, "event", text)


@rule
def head_of_state_in_two_places(tables: Tables) -> Iterator[Fault]:
    """A head of state does not meet in two states on the same day."""
    rows = with_event(tables)
    known = (rows["level"] == "head_of_state") & (rows["date_precision"] == "day")
    single = rows["date_end"].isna() | (rows["date_end"] == rows["date_start"])
    rows = rows[
        known & single & rows["host"].notna() & ~rows["place"].fillna("").str.contains("online")
    ]
    for (state, day), seats in rows.groupby(["state", "date_start"]):
        if seats["host"].nunique() > 1:
            text = f"the head of state of {state} also sat in another state on {day:%Y-%m-%d}"
            yield from report("participation", seats.iloc[1:], "event", text)


@rule
def parties_are_those_of_the_series(tables: Tables) -> Iterator[Fault]:
    """An exercise whose key or series ends with the codes of states has no other participants."""
    rows = tables["exercises"]
    rows = rows.assign(states=rows["exercise"].map(parties(tables["participation"])))
    rows = rows[rows["states"].notna()]
    known = set(tables["states"]["iso3"].str.lower())
    for column in ("exercise", "series"):
        named = rows[column].fillna("").map(lambda key: _codes_at_the_end(key, known))
        others = [
            bool(named) and not set(states) <= named
            for named, states in zip(named, rows["states"], strict=True)
        ]
        text = "the participants are {states}: correct the key or participation.csv"
        yield from report("exercises", rows[others], column, text)


def _codes_at_the_end(key: str, known: set[str]) -> set[str]:
    """Return the states, two or more, whose codes are the last parts of a key."""
    found = list(takewhile(known.__contains__, reversed(key.split("-"))))
    return {code.upper() for code in found} if len(found) > 1 else set()


@rule
def unknown_supplier_only_supplies(tables: Tables) -> Iterator[Fault]:
    """The code of the unknown supplier stands for no other state."""
    for table, column in STATES_NAMED:
        if table in tables and column in tables[table]:
            rows = tables[table]
            unknown = rows[rows[column] == UNKNOWN]
            yield from report(table, unknown, column, "stands for an unknown supplier alone")


@rule
def meetings_of_the_five_had_participants(tables: Tables) -> Iterator[Fault]:
    """A meeting of the five states that was held has its participants in the record."""
    rows = tables["meetings"]
    held = (rows["status"] == "held") & rows["series"].isin(values("of_five_alone"))
    empty = held & ~rows["meeting"].isin(tables["participation"]["event"])
    yield from report("meetings", rows[empty], "meeting", "held, and nobody took part in it")
