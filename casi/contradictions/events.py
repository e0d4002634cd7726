"""Contradictions of meetings and exercises: when, where, of what kind, and entered twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import (
    Fault,
    Tables,
    events_of,
    latest,
    parties,
    report,
    rule,
)
from casi.counting import values
from casi.tables import split_keys

FRAME_BODIES = {  # frames of exercises and the body that must exist
    "csto": "csto",
    "sco": "sco",
    "cis": "cis",
    "ots": "turkic-council",
    "nato_pfp": "pfp",
}
KINDS = {
    *("command_post", "field", "naval", "air", "counter_terror", "peacekeeping"),
    *("special_forces", "border", "mountain", "medical", "interior", "special_services"),
    *("rescue", "other"),
}
WITHOUT_SEA = {"KGZ", "TJK", "UZB", "AFG", "BLR", "MNG", "ARM", "AUT", "MDA", "HUN", "SVK", "CZE"}
SIDE_BY_SIDE = {  # exercises of the CSTO that are held at one place in the same days
    *("vzaimodeystvie", "poisk", "eshelon", "barier", "skala", "grom", "nerushimoe-bratstvo"),
    *("rubezh", "kobalt"),
}
LONGEST = {  # days
    **{"exercises": 92, "meetings": 7, "body_meetings": 7},
    **{"clashes": 30, "incidents": 70},
}
KEY_WORDS = [  # table, column, and which word of the key stands for it
    ("meetings", "series", 0),
    ("meetings", "who_met", 0),
    ("meetings", "who_met", 1),
    ("body_meetings", "body", 0),
    ("body_meetings", "council", 1),
]
ORDINALS = [
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
]


@rule
def lasts_too_long(tables: Tables) -> Iterator[Fault]:
    """Exercises last days or weeks, meetings days, clashes and incidents days or weeks."""
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
            "cau_caec_caco": (
                bodies["founded"].get("cau", pd.NaT),
                bodies["ended"].get("caco", pd.NaT),
            ),
            "aral_sea": (bodies["founded"].get("ifas", pd.NaT), pd.NaT),
            "consultative_heads": (bodies["founded"].get("consultative-heads", pd.NaT), pd.NaT),
        }
        for series, (first, last) in spans.items():
            own = rows[rows["series"] == series]
            outside = (own["date_start"] < first) | (own["date_start"] > last)
            text = "outside the life of the bodies of the series {series}"
            yield from report("meetings", own[outside], "date_start", text)


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
    for table, _, rows in events_of(tables):
        rows = rows.dropna(subset=["place", "host"])
        named = (
            rows["place"].str.findall(pattern).map(lambda found: {codes[name] for name in found})
        )
        if table != "exercises":
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
def name_and_place_agree(tables: Tables) -> Iterator[Fault]:
    """A name that ends with a town ends with that of the meeting."""
    meetings = {name: tables[name] for name in ("meetings", "body_meetings") if name in tables}
    towns = set(pd.concat(rows["place"] for rows in meetings.values()).dropna())
    for table, rows in meetings.items():
        rows = rows.assign(named=rows["name"].str.extract(r", ([^,]+)$")[0])
        pairs = zip(rows["named"], rows["place"].fillna(""), strict=True)
        differ = [town in towns and town not in place != "" for town, place in pairs]
        text = "the name speaks of {named}: correct name or place"
        yield from report(table, rows[differ], "place", text)


@rule
def event_entered_twice(tables: Tables) -> Iterator[Fault]:
    """The same participants do not hold two events of one kind on the same days."""
    present = parties(tables["participation"])
    for table, key, rows in events_of(tables):
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
    if not one_series and SIDE_BY_SIDE.issuperset((event.series, other.series)):
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
        same_series = event.series == other.series and event.series in values("of_five_alone")
        common = event.states & other.states
        same = event.states == other.states and event.date_start == other.date_start
        return bool(common) and (same_series or (same and event.host == other.host))
    return (event.series, event.host) == (other.series, other.host)


def _same_council(event, other) -> bool:
    """Return whether two meetings that overlap are one: a council does not meet twice at once."""
    return (event.body, event.council) == (other.body, other.council)


SAME = {
    "exercises": _same_exercise,
    "meetings": _same_meeting,
    "body_meetings": _same_council,
}


@rule
def numbers_follow_dates(tables: Tables) -> Iterator[Fault]:
    """Numbers rise within a format, none is used twice, and the name holds the same one."""
    rows = tables["meetings"]
    summit = rows["name"].str.contains("summit").map({True: " summit ", False: " "})
    series = rows["meeting"].str.replace(r"-?(?:19|20)\d\d.*", "", regex=True)
    yield from _misnumbered("meetings", rows, rows["series"] + summit + series)
    if "body_meetings" in tables:
        rows = tables["body_meetings"]
        words = rf"(?i)^(?:{'|'.join(ORDINALS)}) |,.*"  # a body that was renamed counts anew
        kind = rows["name"].str.replace(words, "", regex=True).str.lower()
        yield from _misnumbered("body_meetings", rows, rows["body"] + rows["council"] + kind)


def _misnumbered(table: str, rows: pd.DataFrame, formats: pd.Series) -> Iterator[Fault]:
    """Yield the meetings whose number is not in their name, or not after the one before."""
    rows = rows.dropna(subset="number")
    words = rows["name"].str.lower().str.extract(rf"^({'|'.join(ORDINALS)})\b")[0]
    rows = rows.assign(named=words.map({word: n for n, word in enumerate(ORDINALS, 1)}))
    differ = rows["named"].notna() & (rows["named"] != rows["number"])
    text = "the name says {named}: {name}"
    yield from report(table, rows[differ], "number", text)
    for _, own in rows[rows["status"] != "cancelled"].groupby(formats):
        own = own.sort_values("date_start")
        last = own["number"].cummax().shift()
        own = own.assign(last=last)
        text = "number {last} of this format is not after it: two meetings have one number, or "
        text += "numbers and dates do not follow each other"
        yield from report(table, own[own["number"] <= last.fillna(0)], "number", text)
        ends = latest(own["date_start"], own["date_precision"])
        years = (ends - own["date_start"].shift()).dt.days / 365.25
        jump = own["number"] - last > 2 * (years + 0.5)
        text = "far above {last}, the number before it: correct the number"
        yield from report(table, own[jump.fillna(False)], "number", text)


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
    other = (share >= 0.75) & (rows["frame"] != usual)
    text = "the exercises of the series {series} are under {usual}: correct frame or series"
    yield from report("exercises", rows[other], "frame", text)


@rule
def key_fits_series(tables: Tables) -> Iterator[Fault]:
    """A word of a meeting's key stands for its series, its body, or those who met."""
    for table, column, which in KEY_WORDS:
        if table not in tables:
            continue
        rows = tables[table]
        words = rows[rows.columns[0]].str.split("-").str[which]
        rows = rows[rows[column].notna()]
        own = rows.groupby(words)[column]
        usual = own.transform(lambda values: values.mode()[0])
        share = (rows[column] == usual).groupby(words).transform("mean")
        rows = rows.assign(usual=usual, word=words)
        other = (share >= 0.9) & (rows[column] != usual)
        text = f"keys with {{word}} are of {{usual}}: correct {column} or the key"
        yield from report(table, rows[other], column, text)


@rule
def only_what_was_held_left_traces(tables: Tables) -> Iterator[Fault]:
    """A cancelled meeting has no number in its series; only one that was held has documents."""
    for table in sorted({"meetings", "body_meetings"} & set(tables)):
        rows = tables[table]
        numbered = rows[(rows["status"] == "cancelled") & rows["number"].notna()]
        yield from report(table, numbered, "number", "cancelled, so it has no number")
        signed = rows[(rows["status"] != "held") & rows["documents"].notna()]
        yield from report(table, signed, "documents", "{status}, so nothing was adopted")


@rule
def past_plan_says_why(tables: Tables) -> Iterator[Fault]:
    """A plan whose days have passed says in its note what was found of it, or that nothing was."""
    sources = tables["sources"]
    closing = sources.loc[sources["kind"] != "dataset", "published"].max()
    for table, _, rows in events_of(tables):
        last = rows["date_end"].fillna(latest(rows["date_start"], rows["date_precision"]))
        past = (rows["status"] == "planned") & (last < closing) & rows["note"].isna()
        text = f"planned, and over by {closing:%Y-%m-%d}, when the record closes: correct the "
        yield from report(table, rows[past], "status", text + "status, or say in the note why")
