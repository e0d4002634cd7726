"""Tests of the claims on meetings and on the exercise Birlestik-2024."""

from __future__ import annotations

import pandas as pd

from casi.claims.verdict import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Verdict,
    decides,
    grade_as_stated,
    grade_by_sources,
)
from casi.counting import counted
from casi.measures import exercises
from casi.measures.body_meetings import secretaries_before
from casi.measures.participation import SERIES_NAMES, held, of_secretaries
from casi.record.lookup import (
    LEVELS,
    Record,
    levels_at,
    preferred_people,
    require,
    row_of,
    rows_of,
    state_names,
    took_part,
)
from casi.record.on_day import last_possible_day
from casi.states import FIVE
from casi.text import listing

SECRETARIES_DAY = pd.Timestamp(2024, 5, 16)  # of the meeting in Astana that the article names
LARGE_SCALE = 1000  # people in an exercise that is counted as large


@decides("secretaries-met")
def secretaries_met(record: Record) -> Verdict:
    """Grade whether the secretaries of the five security councils met in Astana on that day.

    Supported if all five states sent their secretary, partly if others sat for some of them.
    """
    meetings = held(record["meetings"], "security_council_secretaries")
    on_day = meetings["date_start"] == SECRETARIES_DAY
    in_astana = meetings[on_day & (meetings["place"] == "Astana")]
    if in_astana.empty:
        return Verdict(CONTRADICTED)
    key = in_astana["meeting"].iloc[0]
    levels = levels_at(record, key).reindex(FIVE)
    others = levels[levels != "security_council_secretary"]
    later = meetings[meetings["date_start"] > SECRETARIES_DAY]
    later_levels = [levels_at(record, event).reindex(others.index) for event in later["meeting"]]
    return Verdict(
        SUPPORTED if others.empty else PARTLY,
        [f"meetings/{key}", *rows_of("participation", [f"{key}/{state}" for state in FIVE])],
        rows_of("participation", [f"{key}/{state}" for state in others.index]),
        {
            "secretaries": len(FIVE) - len(others),
            "others": state_names(record, others.index),
            "level": listing(_with_article(level) for level in others.dropna().unique()),
            "again": _where_and_when(later),
            "again_level": [_with_article(level) for row in later_levels for level in row.dropna()],
        },
    )


@decides("secretaries-first")
def secretaries_first(record: Record) -> Verdict:
    """Grade whether that meeting was the first of the secretaries without an outside power.

    Earlier meetings with an outside power do not contradict it, but are
    listed; so are those in a wider body to which all five states came.
    """
    meetings = record["meetings"]
    own_series = held(meetings, "security_council_secretaries")
    days = own_series["date_start"]
    met = (days == SECRETARIES_DAY).any()
    earlier, later = own_series[days < SECRETARIES_DAY], own_series[days > SECRETARIES_DAY]
    outside = counted(meetings, "with_outside_power")
    wider = held(meetings[of_secretaries(meetings) & outside])
    wider = wider[wider["date_start"] < SECRETARIES_DAY]
    bodies = secretaries_before(record["body_meetings"], record["participation"], SECRETARIES_DAY)
    all_five = bodies[bodies["five"] == len(FIVE)]
    return Verdict(
        SUPPORTED if earlier.empty and met else CONTRADICTED,
        rows_of("meetings", own_series["meeting"]),
        rows_of("meetings", [*earlier["meeting"], *wider["meeting"]])
        + rows_of("body_meetings", all_five["meeting"]),
        {
            "cis_all_five": int((all_five["body"] == "cis").sum()),
            "wider": len(wider),
            "with_powers": list(wider["series"].map(SERIES_NAMES).unique()),
            "later": len(later),
            "again": _where_and_when(later),
        },
    )


@decides("sixth-meeting")
def sixth_meeting(record: Record) -> Verdict:
    """Grade whether the sixth Consultative Meeting was in Kazakhstan on 9 August 2024."""
    summits = held(record["meetings"], "consultative_heads").set_index("number")
    sixth = require(summits[summits.index == 6], "the sixth Consultative Meeting").iloc[0]
    as_claimed = sixth["date_start"] == pd.Timestamp(2024, 8, 9) and sixth["host"] == "KAZ"
    return Verdict(
        SUPPORTED if as_claimed else CONTRADICTED,
        [f"meetings/{sixth['meeting']}"],
        values={
            "place": sixth["place"],
            "day": sixth["date_start"],
            "next": summits["date_start"].get(7, pd.NaT),
        },
    )


@decides("kazakh-proposal")
def kazakh_proposal(record: Record) -> Verdict:
    """Grade whether Kazakhstan stated the proposal."""
    return grade_as_stated(record, "kazakh-proposal")


@decides("new-chapter")
def new_chapter(record: Record) -> Verdict:
    """Count the later meetings of security officials; the claim is not graded."""
    meetings = held(record["meetings"])
    later = meetings.loc[meetings["date_start"] > SECRETARIES_DAY, "series"].value_counts()
    series = ("security_council_secretaries", "defence_ministers", "special_services")
    return Verdict(None, values={name: int(later.get(name, 0)) for name in series})


@decides("president-warned")
def president_warned(record: Record) -> Verdict:
    """Grade the claim by its own sources."""
    return grade_by_sources(record, "president-warned")


@decides("birlestik-dates")
def birlestik_dates(record: Record) -> Verdict:
    """Grade whether the exercise ran from 9 to 17 July 2024; partly if one of the days is right."""
    exercise = row_of(record, "exercises", "birlestik-2024")
    start, end = exercise["date_start"], exercise["date_end"]
    right = [start == pd.Timestamp(2024, 7, 9), end == pd.Timestamp(2024, 7, 17)]
    verdict = SUPPORTED if all(right) else PARTLY if any(right) else CONTRADICTED
    return Verdict(verdict, ["exercises/birlestik-2024"], values={"start": start, "end": end})


@decides("birlestik-first")
def birlestik_first(record: Record) -> Verdict:
    """Grade whether the exercise was the first in the region without Russia and China.

    Contradicted by an exercise of two or more of the five states, held in one of them
    (`exercises.held_in_region`), that was over when Birlestik-2024 began. Of these the values give
    how many have a number of people on record, how many had `LARGE_SCALE` or more, and the largest
    number, for readers who take the claim to be about large exercises.
    """
    table = record["exercises"]
    start = row_of(record, "exercises", "birlestik-2024")["date_start"]
    joint = exercises.classify(table, record["participation"], record["states"])
    joint = joint[~joint["russia"] & ~joint["china"] & (joint["of_five"] > 1)]
    ends = last_possible_day(table["date_end"].fillna(table["date_start"]), table["date_precision"])
    in_region = exercises.held_in_region(table, record["places"], record["states"])
    days = table[["exercise", "date_start"]].assign(earlier=in_region & (ends < start))
    joint = joint.merge(days).sort_values("date_start")
    earlier = joint[joint["earlier"]]
    sizes = preferred_people(record["reported_figures"]).reindex(earlier["exercise"]).dropna()
    company = joint[(joint["company"] == "With Azerbaijan") & (joint["of_five"] >= 4)]
    return Verdict(
        CONTRADICTED if len(earlier) else SUPPORTED,
        ["exercises/birlestik-2024"],
        rows_of("exercises", earlier["exercise"]),
        {
            "earlier": len(earlier),
            "since": earlier["date_start"].min(),
            "sized": len(sizes),
            "large": int((sizes >= LARGE_SCALE).sum()),
            "threshold": LARGE_SCALE,
            "largest": sizes.max(),
            "later": int((company["date_start"] > start).sum()),
        },
    )


@decides("birlestik-size")
def birlestik_size(record: Record) -> Verdict:
    """Grade whether 4,000 people and 700 pieces of equipment took part, by the preferred figures.

    Partly supported if the confidence in one of the two figures is not high.
    """
    figures = record["reported_figures"].query("subject == 'birlestik-2024' and preferred")
    values = {}
    for name, measure in (("people", "personnel"), ("items", "equipment_items")):
        rows = figures.loc[figures["measure"] == measure, ["best", "high", "low"]]
        values[name] = require(rows.stack().dropna(), f"{measure} of birlestik-2024").iloc[0]
    if values != {"people": 4000, "items": 700}:
        verdict = CONTRADICTED
    else:
        verdict = SUPPORTED if (figures["confidence"] == "high").all() else PARTLY
    return Verdict(verdict, rows_of("reported_figures", figures["figure"]), values=values)


@decides("birlestik-states")
def birlestik_states(record: Record) -> Verdict:
    """Grade whether exactly the states that the article names sent contingents.

    Partly supported if one of them did.
    """
    states = took_part(record["participation"]).get("birlestik-2024", frozenset())
    named = {"KAZ", "KGZ", "TJK", "UZB", "AZE"}
    verdict = SUPPORTED if states == named else PARTLY if states & named else CONTRADICTED
    keys = [f"birlestik-2024/{state}" for state in sorted(states)]
    return Verdict(verdict, rows_of("participation", keys))


@decides("birlestik-aims")
def birlestik_aims(record: Record) -> Verdict:
    """Grade whether the forces that took part stated these aims."""
    return grade_as_stated(record, "birlestik-aims")


@decides("caspian-place")
def caspian_place(record: Record) -> Verdict:
    """Grade whether the exercise was at the Caspian Sea."""
    at_sea = "Caspian" in row_of(record, "exercises", "birlestik-2024")["place"]
    return Verdict(
        SUPPORTED if at_sea else CONTRADICTED,
        ["exercises/birlestik-2024"],
        values={"next_place": row_of(record, "exercises", "birlik-2025")["place"]},
    )


@decides("on-their-own")
def on_their_own(record: Record) -> Verdict:
    """Return the share of regional exercises without Russia and China; the claim is not graded."""
    tables = (record[name] for name in ("exercises", "participation", "states"))
    shares = require(exercises.shares_by_count(*tables), "exercises of two or more of the five")
    return Verdict(None, values={"period": shares.index[-1], **shares.iloc[-1]})


@decides("strategy-2040")
def strategy_2040(record: Record) -> Verdict:
    """Grade whether Kazakhstan stated the intention; the values give the day of the adoption."""
    summits = held(record["meetings"], "consultative_heads")
    adopted = summits[summits["documents"].fillna("").str.contains("2040")]
    stated = grade_as_stated(record, "strategy-2040")
    rows = [*stated.rows, *rows_of("meetings", adopted["meeting"])]
    return Verdict(stated.verdict, rows, values={"day": adopted["date_start"].min()})


def _where_and_when(meetings: pd.DataFrame) -> list[str]:
    years = meetings["date_start"].dt.year
    return [f"{place} in {year}" for place, year in zip(meetings["place"], years, strict=True)]


def _with_article(level: str) -> str:
    word = LEVELS[level]
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
