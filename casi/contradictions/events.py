"""Contradictions of meetings and exercises: who, where, when, at what level, and counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, parties, report, rule
from casi.states import FIVE
from casi.tables import split_keys

FRAME_BODIES = {  # frames of exercises and the body that must exist
    "csto": "csto",
    "sco": "sco",
    "cis": "cis",
    "ots": "turkic-council",
    "nato_pfp": "pfp",
}
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
OWN_SERIES = [
    "consultative_heads",
    "security_council_secretaries",
    "foreign_ministers",
    "defence_ministers",
    "interior_ministers",
    "special_services",
    "border_services",
    "other_five",
    "aral_sea",
]
LEVELS_AT_EXERCISES = {"contingent", "observer", "absent", "official", "minister"}
HEADS = {"head_of_state", "former_head_of_state"}
BELOW_HEADS = {"security_council_secretary", "deputy_secretary", "agency_head", "attache"}
MISPLACED = {  # levels that contradict the format of a series
    "consultative_heads": BELOW_HEADS | {"deputy_agency_head"},
    "security_council_secretaries": HEADS | {"prime_minister", "speaker"},
    "foreign_ministers": HEADS | BELOW_HEADS,
    "defence_ministers": HEADS | {"security_council_secretary", "agency_head", "ambassador"},
    "interior_ministers": HEADS | {"security_council_secretary", "ambassador"},
    "special_services": HEADS | {"prime_minister", "minister", "ambassador"},
    "border_services": HEADS | {"prime_minister", "minister", "ambassador"},
}
KINDS = {
    *("command_post", "field", "naval", "air", "counter_terror", "peacekeeping"),
    *("special_forces", "border", "mountain", "medical", "other"),
}
WITHOUT_SEA = {"KGZ", "TJK", "UZB", "AFG", "BLR", "MNG", "ARM", "AUT", "MDA", "HUN", "SVK", "CZE"}
SIDE_BY_SIDE = {  # exercises of the CSTO that are held at one place in the same days
    *("vzaimodeystvie", "poisk", "eshelon", "barier", "skala", "grom", "nerushimoe-bratstvo"),
    *("rubezh", "kobalt"),
}
LONGEST = {"exercises": 92, "meetings": 4, "clashes": 30}  # days
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]


def _events(tables: Tables) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for table, key in (("meetings", "meeting"), ("exercises", "exercise")):
        if table in tables:
            yield table, key, tables[table]


def _with_event(tables: Tables) -> pd.DataFrame:
    """Return the table `participation` with the columns of each row's event."""
    columns = ["event", "table", "date_start", "date_precision", "host", "status", "series"]
    events = pd.concat(
        rows.rename(columns={key: "event"}).assign(table=table)
        for table, key, rows in _events(tables)
    ).reindex(columns=columns)
    seats = tables["participation"].rename_axis("line").reset_index()
    return seats.merge(events, on="event", how="left").set_index("line")


@rule
def lasts_too_long(tables: Tables) -> Iterator[Fault]:
    """Exercises last days or weeks, meetings days, clashes days or weeks."""
    for table, most in LONGEST.items():
        if table in tables:
            rows = tables[table]
            days = (rows["date_end"] - rows["date_start"]).dt.days
            allowed = rows["date_precision"].map({"day": most, "month": 100, "year": 366})
            rows = rows.assign(days=days)
            text = f"lasts {{days}} days: longer than any of the {table} can; correct a date"
            yield from report(table, rows[days > allowed.fillna(most)], "date_end", text)


@rule
def body_of_frame_existed(tables: Tables) -> Iterator[Fault]:
    """No exercise lies before the body whose frame it bears, no CACO meeting outside its life."""
    bodies = tables["organisations"].set_index("organisation")
    rows = tables["exercises"]
    rows = rows.assign(founded=rows["frame"].map(FRAME_BODIES).map(bodies["founded"]))
    text = "before {founded}, when the body of the frame {frame} was founded"
    yield from report("exercises", rows[rows["date_start"] < rows["founded"]], "date_start", text)
    if "meetings" in tables:
        rows = tables["meetings"]
        spans = {
            "cau_caec_caco": (bodies["founded"].get("cau"), bodies["ended"].get("caco")),
            "aral_sea": (bodies["founded"].get("ifas"), None),
            "consultative_heads": (bodies["founded"].get("consultative-heads"), None),
        }
        for series, (first, last) in spans.items():
            own = rows[rows["series"] == series]
            outside = own["date_start"] < first if first is not None else own.index < 0
            if last is not None:
                outside |= own["date_start"] > last
            text = "outside the life of the bodies of the series {series}"
            yield from report("meetings", own[outside], "date_start", text)


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
            alone = rows["series"].isin(OWN_SERIES) & named
            yield from report("meetings", rows[alone], "series", text)


@rule
def outsider_in_own_format(tables: Tables) -> Iterator[Fault]:
    """Formats of the five, of the five with Azerbaijan, of SCO and CSTO have no other members."""
    rows = _with_event(tables)
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
        (["consultative-heads"], 0, rows["series"].isin(OWN_SERIES)),
    ]:
        seats = rows[part & ~rows["state"].isin([*FIVE, "MDA"] if "cis" in bodies else FIVE)]
        outside = ~_belongs(seats, tables["memberships"], bodies, margin)
        yield from report("participation", seats[outside], "state", text)


def _belongs(seats: pd.DataFrame, memberships: pd.DataFrame, bodies, margin: int) -> pd.Series:
    """Return whether each state had a standing in one of the bodies when the event began."""
    spells = memberships[memberships["organisation"].isin(bodies)]
    pairs = seats[["state", "date_start"]].rename_axis("line").reset_index()
    pairs = pairs.merge(spells[["state", "start", "end"]], on="state")
    near = pd.Timedelta(days=margin)
    within = pairs["start"] <= pairs["date_start"] + near
    within &= pairs["end"].isna() | (pairs["end"] > pairs["date_start"] - near)
    return pd.Series(seats.index.isin(pairs.loc[within, "line"]), seats.index)


@rule
def five_take_part(tables: Tables) -> Iterator[Fault]:
    """Where all participants of an exercise are known, they are two or more with one of the five."""
    seats = tables["participation"]
    present = seats[seats["level"] != "absent"].groupby("event")["state"].agg(frozenset)
    rows = tables["exercises"]
    rows = rows.assign(states=rows["exercise"].map(present))
    rows = rows[(rows["status"] == "held") & rows["participants_complete"]]
    count = rows["states"].map(len, na_action="ignore").fillna(0)
    text = "all participants are said to be known, and fewer than two are in participation.csv"
    yield from report("exercises", rows[count < 2], "participants_complete", text)
    rows = rows[count >= 2]
    outside = rows["states"].map(lambda states: states.isdisjoint(FIVE))
    text = "none of the five states is among the participants ({states})"
    yield from report("exercises", rows[outside], "exercise", text)


@rule
def host_and_place_agree(tables: Tables) -> Iterator[Fault]:
    """The host is the state in which the place lies."""
    places = tables["places"].set_index("place")["state"]
    rows = tables["exercises"]
    rows = rows.assign(state=rows["location"].map(places))
    differ = rows["state"].notna() & rows["host"].notna() & (rows["state"] != rows["host"])
    text = "{location} lies in {state}: correct host or location"
    yield from report("exercises", rows[differ], "host", text)
    codes = {name: code for code, name in tables["states"].set_index("iso3")["name"].items()}
    pattern = rf"\b({'|'.join(map(re.escape, sorted(codes, key=len, reverse=True)))})\b"
    towns = tables["places"].drop_duplicates("name", keep=False).set_index("name")["state"]
    for table, _, rows in _events(tables):
        rows = rows.dropna(subset=["place", "host"])
        named = (
            rows["place"].str.findall(pattern).map(lambda found: {codes[name] for name in found})
        )
        if table == "meetings":
            town = rows["place"].str.replace(r" \(.*", "", regex=True)
            hosts = rows.groupby(town)["host"].agg(lambda codes: codes.mode()[0])
            lies = town.map(towns).fillna(town.map(hosts)).mask(town.str.contains("online"))
            named = lies.map(lambda code: {code} if isinstance(code, str) else set())
        rows = rows.assign(named=named)
        pairs = zip(rows["host"], named, strict=True)
        elsewhere = [bool(states) and host not in states for host, states in pairs]
        text = "{place} lies in {named}: correct host or place"
        yield from report(table, rows[elsewhere], "host", text)


@rule
def level_fits_event(tables: Tables) -> Iterator[Fault]:
    """Troops train and officials meet: no contingent at a meeting, no president at an exercise."""
    rows = _with_event(tables)
    exercise = rows["table"] == "exercises"
    wrong = exercise & rows["level"].notna() & ~rows["level"].isin(LEVELS_AT_EXERCISES)
    wrong |= ~exercise & (rows["level"] == "contingent")
    for series, levels in MISPLACED.items():
        wrong |= ~exercise & (rows["series"] == series) & rows["level"].isin(levels)
    text = "{level} does not fit {event} ({series}): correct level or event"
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
    rows = _with_event(tables)
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
def host_takes_part(tables: Tables) -> Iterator[Fault]:
    """The host is among the participants where all of them are known."""
    seats = tables["participation"]
    present = seats[seats["level"] != "absent"].groupby("event")["state"].agg(frozenset)
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
        rows = rows[rows["series"].isin(OWN_SERIES) & rows["host"].notna()]
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
    rows = _with_event(tables)
    rows = rows[rows["status"].isin(["planned", "cancelled"]) & (rows["level"] != "absent")]
    text = "{event} is {status}, so nobody took part: correct the status or take out the row"
    yield from report("participation", rows, "event", text)


@rule
def event_entered_twice(tables: Tables) -> Iterator[Fault]:
    """The same participants do not hold two events of one kind on the same days."""
    present = parties(tables["participation"])
    for table, key, rows in _events(tables):
        rows = rows[(rows["status"] != "cancelled") & (rows["date_precision"] == "day")]
        rows = rows.assign(
            states=rows[key].map(present), last=rows["date_end"].fillna(rows["date_start"])
        )
        rows = rows.rename(columns={key: "key"}).rename_axis("index").reset_index()
        events = list(rows.sort_values("date_start").itertuples())
        for count, event in enumerate(events):
            for other in events[count + 1 :]:
                if other.date_start > event.last:
                    break
                if SAME[table](event, other):
                    later = max(event, other, key=lambda found: found.Index)
                    first = min(event, other, key=lambda found: found.Index)
                    text = f"days and participants are those of {first.key}: take one of them out"
                    yield Fault(table, later.index, key, later.key, text)


def _same_exercise(event, other) -> bool:
    """Return whether two exercises that overlap are one: same series, or same states and place."""
    one_series = event.series == other.series and isinstance(event.series, str)
    if not one_series and {event.series, other.series} <= SIDE_BY_SIDE:
        return False
    same_days = (event.date_start, event.last) == (other.date_start, other.last)
    if isinstance(event.states, frozenset) and isinstance(other.states, frozenset):
        same_states = event.states == other.states
        same_place = event.location == other.location and isinstance(event.location, str)
        return one_series or (same_states and (same_days or same_place))
    return one_series or (same_days and (event.frame, event.host) == (other.frame, other.host))


def _same_meeting(event, other) -> bool:
    """Return whether two meetings that overlap are one: same host, and same states or series."""
    if isinstance(event.states, frozenset) and isinstance(other.states, frozenset):
        same_series = event.series == other.series and event.series in OWN_SERIES
        common = event.states & other.states
        same = event.states == other.states and event.date_start == other.date_start
        return bool(common) and (same_series or (same and event.host == other.host))
    return (event.series, event.host) == (other.series, other.host)


SAME = {"exercises": _same_exercise, "meetings": _same_meeting}


@rule
def numbers_follow_dates(tables: Tables) -> Iterator[Fault]:
    """Numbers rise within a format, none is used twice, and the name holds the same one."""
    rows = tables["meetings"].dropna(subset="number")
    words = rows["name"].str.lower().str.extract(rf"^({'|'.join(ORDINALS)})\b")[0]
    rows = rows.assign(named=words.map({word: n for n, word in enumerate(ORDINALS, 1)}))
    differ = rows["named"].notna() & (rows["named"] != rows["number"])
    text = "the name says {named}: {name}"
    yield from report("meetings", rows[differ], "number", text)
    summit = rows["name"].str.contains("summit").map({True: " summit ", False: " "})
    formats = (
        rows["series"] + summit + rows["meeting"].str.replace(r"-?(?:19|20)\d\d.*", "", regex=True)
    )
    for _, own in rows[rows["status"] != "cancelled"].groupby(formats):
        own = own.sort_values("date_start")
        last = own["number"].cummax().shift()
        own = own.assign(last=last)
        text = "number {last} of this format is not after it: two meetings have one number, or "
        text += "numbers and dates do not follow each other"
        yield from report("meetings", own[own["number"] <= last.fillna(0)], "number", text)
        years = own["date_start"].diff().dt.days / 365.25
        jump = own["number"] - last > 2 * (years + 0.5)
        text = "far above {last}, the number before it: correct the number"
        yield from report("meetings", own[jump.fillna(False)], "number", text)


@rule
def head_of_state_in_two_places(tables: Tables) -> Iterator[Fault]:
    """A head of state does not meet in two states on the same day."""
    rows = _with_event(tables)
    ends = tables["meetings"].set_index("meeting")[["date_end", "place"]]
    rows = rows.join(ends, on="event")
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
def kind_fits_place(tables: Tables) -> Iterator[Fault]:
    """Kinds of exercises are those of the codebook; none is naval where there is no sea."""
    rows = tables["exercises"]
    kinds = rows["kind"].map(split_keys)
    unknown = kinds.map(lambda words: bool(set(words) - KINDS))
    yield from report("exercises", rows[unknown], "kind", f"kinds are {', '.join(sorted(KINDS))}")
    dry = kinds.map(lambda words: words[:1] == ["naval"]) & rows["host"].isin(WITHOUT_SEA)
    yield from report("exercises", rows[dry], "kind", "{host} has no sea: correct kind or host")


@rule
def series_has_one_frame(tables: Tables) -> Iterator[Fault]:
    """Exercises of one series are under one frame."""
    rows = tables["exercises"].dropna(subset="series")
    frames = rows.groupby("series")["frame"]
    usual = frames.transform(lambda column: column.mode()[0])
    share = (rows["frame"] == usual).groupby(rows["series"]).transform("mean")
    rows = rows.assign(usual=usual)
    other = (share >= 0.75) & (frames.transform("count") >= 4) & (rows["frame"] != usual)
    text = "the exercises of the series {series} are under {usual}: correct frame or series"
    yield from report("exercises", rows[other], "frame", text)
