"""Tests of what the article says of meetings and of the exercise Birlestik-2024."""

from __future__ import annotations

import pandas as pd

from casi.claims.verdict import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    UNCHECKED,
    Verdict,
    decides,
    sourced,
)
from casi.measures import exercises
from casi.measures.participation import held
from casi.record import lookup
from casi.record.lookup import LEVELS, Record, levels_at, rows_of, state_names
from casi.states import FIVE
from casi.text import listing


@decides("secretaries-met")
def secretaries_met(record: Record) -> Verdict:
    """Supported if all five sent their secretary that day, partly if some chairs held others."""
    own = held(record["meetings"], "security_council_secretaries")
    that = own[(own["date_start"] == "2024-05-16") & (own["place"] == "Astana")]
    if that.empty:
        return Verdict(CONTRADICTED)
    key = that["meeting"].iloc[0]
    chairs = levels_at(record, key).reindex(FIVE)
    others = chairs[chairs != "security_council_secretary"]
    later = own[own["date_start"] > "2024-05-16"]
    again = [levels_at(record, event).reindex(others.index) for event in later["meeting"]]
    return Verdict(
        SUPPORTED if others.empty else PARTLY,
        [f"meetings/{key}", *rows_of("participation", [f"{key}/{state}" for state in FIVE])],
        rows_of("participation", [f"{key}/{state}" for state in others.index]),
        {
            "secretaries": len(FIVE) - len(others),
            "others": state_names(record, others.index),
            "level": listing(_with_article(level) for level in others.unique()),
            "again": _where_and_when(later),
            "again_level": [_with_article(level) for levels in again for level in levels],
        },
    )


@decides("secretaries-first")
def secretaries_first(record: Record) -> Verdict:
    """Supported unless the secretaries of the five met alone before; wider formats are named."""
    meetings = record["meetings"]
    own = held(meetings, "security_council_secretaries")
    met = own["date_start"] == "2024-05-16"
    earlier, later = own[own["date_start"] < "2024-05-16"], own[own["date_start"] > "2024-05-16"]
    wide = meetings["name"].str.contains("security advisers|security council", case=False)
    wider = held(meetings[wide & meetings["series"].str.startswith("c5_")])
    wider = wider[wider["date_start"] < "2024-05-16"]
    return Verdict(
        SUPPORTED if earlier.empty and met.any() else CONTRADICTED,
        rows_of("meetings", own["meeting"]),
        rows_of("meetings", [*earlier["meeting"], *wider["meeting"]]),
        {
            "wider": len(wider),
            "later": len(later),
            "again": _where_and_when(later),
        },
    )


@decides("sixth-meeting")
def sixth_meeting(record: Record) -> Verdict:
    """Supported if the sixth Consultative Meeting was held in Kazakhstan on 9 August 2024."""
    summits = held(record["meetings"], "consultative_heads").set_index("number")
    sixth = summits.loc[6]
    right = sixth["date_start"] == pd.Timestamp("2024-08-09") and sixth["host"] == "KAZ"
    return Verdict(
        SUPPORTED if right else CONTRADICTED,
        [f"meetings/{sixth['meeting']}"],
        values={
            "place": sixth["place"],
            "day": sixth["date_start"],
            "next": summits["date_start"].get(7, pd.NaT),
        },
    )


@decides("new-chapter")
def new_chapter(record: Record) -> Verdict:
    """Not graded: count what followed in the same chapter."""
    meetings = held(record["meetings"])
    since = meetings[meetings["date_start"] > "2024-05-16"]["series"].value_counts()
    series = ("security_council_secretaries", "defence_ministers", "special_services")
    return Verdict(None, values={name: int(since.get(name, 0)) for name in series})


@decides("president-warned")
def president_warned(record: Record) -> Verdict:
    """Graded by its own sources."""
    return sourced(record, "president-warned")


@decides("birlestik-dates")
def birlestik_dates(record: Record) -> Verdict:
    """Supported if the exercise ran from 9 to 17 July 2024, partly if one end differs."""
    drill = record["exercises"].set_index("exercise").loc["birlestik-2024"]
    ends = drill["date_start"], drill["date_end"]
    right = [
        day == pd.Timestamp(said)
        for day, said in zip(ends, ("2024-07-09", "2024-07-17"), strict=True)
    ]
    verdict = SUPPORTED if all(right) else PARTLY if any(right) else CONTRADICTED
    return Verdict(verdict, ["exercises/birlestik-2024"], values={"start": ends[0], "end": ends[1]})


@decides("birlestik-first")
def birlestik_first(record: Record) -> Verdict:
    """Contradicted by any earlier exercise of two of the five, on their soil, without the two."""
    drills = record["exercises"]
    free = exercises.classify(drills, record["participation"], record["states"])
    free = free[~free["russia"] & ~free["china"] & (free["of_five"] > 1)]
    days = ["exercise", "host", "date_start", "date_end", "date_precision"]
    free = free.merge(drills[days]).sort_values("date_start")
    start = drills.set_index("exercise").loc["birlestik-2024", "date_start"]
    over = free["date_end"].fillna(free["date_start"].where(free["date_precision"] != "year"))
    earlier = free[free["host"].isin(FIVE) & (over < start)]
    company = free[(free["company"] == "With Azerbaijan") & (free["of_five"] >= 4)]
    return Verdict(
        CONTRADICTED if len(earlier) else SUPPORTED,
        ["exercises/birlestik-2024"],
        rows_of("exercises", earlier["exercise"]),
        {
            "earlier": len(earlier),
            "since": earlier["date_start"].min(),
            "later": int((company["date_start"] > start).sum()),
        },
    )


@decides("birlestik-size")
def birlestik_size(record: Record) -> Verdict:
    """Supported if the preferred figures are 4,000 and 700; partly if of one origin."""
    figures = record["reported_figures"].query("subject == 'birlestik-2024' and preferred")
    figures = figures.set_index("measure")
    values = {
        name: figures.loc[measure, ["best", "high", "low"]].dropna().iloc[0]
        for name, measure in (("people", "personnel"), ("items", "equipment_items"))
    }
    right = values == {"people": 4000, "items": 700}
    sure = (figures["confidence"] == "high").all()
    verdict = CONTRADICTED if not right else SUPPORTED if sure else PARTLY
    return Verdict(verdict, rows_of("reported_figures", figures["figure"]), values=values)


@decides("birlestik-states")
def birlestik_states(record: Record) -> Verdict:
    """Supported if exactly the states named sent contingents."""
    parts = lookup.took_part(record["participation"]).get("birlestik-2024", frozenset())
    named = {"KAZ", "KGZ", "TJK", "UZB", "AZE"}
    verdict = SUPPORTED if parts == named else PARTLY if parts & named else CONTRADICTED
    return Verdict(
        verdict, rows_of("participation", [f"birlestik-2024/{s}" for s in sorted(parts)])
    )


@decides("birlestik-aims")
def birlestik_aims(record: Record) -> Verdict:
    """Aims are not in the tables."""
    return Verdict(UNCHECKED)


@decides("caspian-place")
def caspian_place(record: Record) -> Verdict:
    """Supported if the place of the exercise is at the Caspian Sea; the motive is not graded."""
    drills = record["exercises"].set_index("exercise")
    at_sea = "Caspian" in drills.loc["birlestik-2024", "place"]
    return Verdict(
        SUPPORTED if at_sea else CONTRADICTED,
        ["exercises/birlestik-2024"],
        values={"next_place": drills.loc["birlik-2025", "place"]},
    )


@decides("on-their-own")
def on_their_own(record: Record) -> Verdict:
    """Not graded: the share of regional exercises without Russia and China."""
    tables = (record[name] for name in ("exercises", "participation", "states"))
    regional = exercises.classify(*tables).query("of_five > 1")
    shares = exercises.without_russia_and_china(regional)["exercises_share"]
    return Verdict(None, values={"period": shares.index[-1], "free": shares.iloc[-1]})


@decides("strategy-2040")
def strategy_2040(record: Record) -> Verdict:
    """Not graded: whether a document of that name was adopted at the sixth meeting."""
    summits = held(record["meetings"], "consultative_heads").set_index("number")
    rows = summits[summits["documents"].str.contains("2040", na=False)]
    values = {"day": rows["date_start"].min()}
    return Verdict(None, rows_of("meetings", rows["meeting"]), values=values)


def _where_and_when(meetings: pd.DataFrame) -> list[str]:
    years = meetings["date_start"].dt.year
    return [f"{place} in {year}" for place, year in zip(meetings["place"], years, strict=True)]


def _with_article(level: str) -> str:
    word = LEVELS[level]
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
