"""The findings of the report, each a sentence computed from the record that stands or falls.

A finding has one function. It reads the tables, returns the numbers that its sentence quotes, and
says whether what the sentence claims holds by these tables: run on the record without some source
(`casi.findings.sensitivity`), or on another edition, it tells what rests on what.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from casi.measures import (
    borders,
    dimensions,
    exercises,
    institutions,
    networks,
    participation,
    power_entry,
    scorecard,
    shared_events,
    suppliers,
)
from casi.pathways import assessment
from casi.record.lookup import Record, closing, levels_at, state_names
from casi.text import Prose, fill, fill_markdown

STANDS, FALLS, UNTOLD = "stands", "falls", "cannot be told"
LOW = 2016  # the year before the presidents came together again
MOVED = 5  # points of a hundred: less is called hardly moved
REFERENCES = re.compile(r" \(\{numref\}[^)]*\)")  # which another edition may lack
FINDINGS: dict[str, Finding] = {}
OPEN = (KeyError, IndexError, ValueError, TypeError, ZeroDivisionError)  # of an absent row


@dataclass(frozen=True)
class Finding:
    """A sentence that the record bears out, or not.

    Attributes:
        lead: what is claimed, without numbers.
        text: template of the sentence, as `text.fill` takes it.
        read: returns from the tables whether the lead holds, and the values of the text.
    """

    lead: str
    text: str
    read: Callable[[Record], tuple[bool, dict[str, object]]]


def finding(key: str, lead: str, text: str) -> Callable:
    """Register a function as what decides a finding."""

    def register(read: Callable) -> Callable:
        FINDINGS[key] = Finding(lead, text, read)
        return read

    return register


def sentences(record: Record) -> Prose:
    """Write all findings as a numbered list.

    Args:
        record: the tables of `data/` by name.

    Raises:
        ValueError: naming the findings that this record does not bear out.
    """
    said = enumerate(_borne_out(record).items(), 1)
    return Prose("\n".join(f"{at}. **{lead}** {sentence}" for at, (lead, sentence) in said))


def leads(record: Record) -> Prose:
    """Write the leads of all findings as a list; args and errors are those of `sentences`."""
    return Prose("\n".join(f"- {lead}" for lead in _borne_out(record)))


def standing(record: Record) -> dict[str, str]:
    """Say of each finding whether it `stands`, `falls` or `cannot be told` by a record.

    It cannot be told where a number it rests on is missing.
    """
    return {key: _reading(one, record)[0] for key, one in FINDINGS.items()}


def _borne_out(record: Record) -> dict[str, str]:
    """Return the sentence of each finding, as Markdown, by its lead."""
    read = {key: _reading(one, record, fill_markdown) for key, one in FINDINGS.items()}
    fallen = {key: how for key, (how, _) in read.items() if how != STANDS}
    if fallen:
        raise ValueError(f"findings to reword, the record does not bear them out: {fallen}")
    return {FINDINGS[key].lead: sentence for key, (_, sentence) in read.items()}


def _reading(one: Finding, record: Record, write: Callable = fill) -> tuple[str, str]:
    try:
        holds, values = one.read(record)
        return STANDS if holds else FALLS, write(one.text, values)
    except OPEN:
        return UNTOLD, ""


def moved(old: Record, new: Record) -> pd.DataFrame:
    """Compare the findings by the tables of two editions, with the tests of today.

    Args:
        old: typed tables of the edition before, by name; without them nothing moved.
        new: those of this edition.

    Returns:
        Columns `finding` (its lead), `was` and `now`: those of which the standing or a number in
        the sentence is another.
    """
    rows = []
    for key, one in FINDINGS.items() if old else ():
        was, now = (_said(one, record) for record in (old, new))
        if was != now:
            rows.append((key, one.lead, was, now))
    return pd.DataFrame(rows, columns=["key", "finding", "was", "now"])


def _said(one: Finding, record: Record) -> str:
    how, sentence = _reading(one, record)
    return f"{how}: {REFERENCES.sub('', sentence)}" if sentence else how


@finding(
    "meetings",
    "The presidents meet; those below them hardly do.",
    "Heads of state took {heads} of {seats} seats at {summits:word} Consultative Meetings since "
    "{since:month}; the secretaries of security councils have met {secretaries:times}, "
    "{in_person:times} with all five in person, the five defence ministers {defence:times} "
    "({numref}`tab-summits`, {numref}`tab-rungs`).",
)
def _meetings(record: Record) -> tuple[bool, dict]:
    facts = participation.headline(record["meetings"], record["participation"])
    held = participation.held(record["meetings"], "security_council_secretaries")["meeting"]
    levels = [levels_at(record, meeting) for meeting in held]
    full = [(one == "security_council_secretary").sum() == len(networks.FIVE) for one in levels]
    facts["in_person"] = sum(full)
    return facts["secretaries"] + facts["defence"] < facts["summits"], facts


@finding(
    "company",
    "The five have far more to do with each other, and are less often by themselves.",
    "Ties of two of the five from meetings, exercises and treaties grew from "
    "{acts_weight_first:tenths} a pair and year in {first} to {acts_weight_last:tenths} in {last}; "
    "the part of them that arose with no outsider in the room fell from {acts_alone_first:percent} "
    "to {acts_alone_last:percent} ({numref}`fig-networks`).",
)
def _company(record: Record) -> tuple[bool, dict]:
    facts = networks.acts_headline(shared_events.act_events(record))
    grew = facts["acts_weight_last"] > facts["acts_weight_first"]
    endings = ("", "_all_rows")
    fell = [facts[f"acts_alone_last{end}"] < facts[f"acts_alone_first{end}"] for end in endings]
    return grew and all(fell), facts


@finding(
    "broker",
    "Russia is no longer the one that brings their armies together.",
    "It was there for {last_low:percent} to {last_high:percent} of what joined the five in the "
    "exercises of {last}, against {first_low:percent} to {first_high:percent} in {first}; the "
    "range is between the exercises whose participants are all known and all of them "
    "({numref}`fig-presence`, {numref}`tab-brokers`).",
)
def _broker(record: Record) -> tuple[bool, dict]:
    facts = networks.acts_headline(shared_events.act_events(record))
    for when in ("first", "last"):
        both = [facts[f"drills_russia_{when}{end}"] for end in ("", "_all_rows")]
        facts |= {f"{when}_low": min(both), f"{when}_high": max(both)}
    return facts["last_high"] < facts["first_low"], facts


@finding(
    "free",
    "More of their exercises are free of Russia and China.",
    "Between {low:percent} and {high:percent} of the exercises that joined two or more of the five "
    "in {period} had neither power, depending on how parallel exercises are counted; in "
    "{drills_earlier} it was {drills_then:percent} ({numref}`fig-free`, {numref}`tab-alone`).",
)
def _free(record: Record) -> tuple[bool, dict]:
    facts = exercises.headline(record["exercises"], record["participation"], record["states"])
    return facts["low"] > facts["drills_then"], facts


@finding(
    "arms",
    "They do not buy their arms alike, and beyond Kazakhstan Russia hardly delivers.",
    "Of deliveries in {now} Russia's share was {russia:percent}, but {russia_rest:percent} without "
    "those to Kazakhstan, against {russia_rest_then:percent} in {then}; the mixes of two states "
    "had {alike:percent} in common on average, against {alike_then:percent}, and without each "
    "state's largest supply {trimmed:percent} against {trimmed_then:percent}. A few large deals "
    "decide such changes ({numref}`fig-windows`, {numref}`fig-alike`, {numref}`tab-breaks`).",
)
def _arms(record: Record) -> tuple[bool, dict]:
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    facts = suppliers.headline(transfers)
    facts |= suppliers.similarity_headline(suppliers.similarity_by_window(transfers))
    fell = facts["alike"] < facts["alike_then"] and facts["trimmed"] < facts["trimmed_then"]
    return fell and facts["russia_rest"] < facts["russia_rest_then"], facts


@finding(
    "borders",
    "The borders are nearly settled.",
    "Of the {inner:word} lines that the five share, {inner_delimited:word} are delimited from end "
    "to end; the last to be agreed, the Kyrgyz-Tajik one, stood at {kt_line:number}% in July 2024 "
    "and was closed by the treaty of March 2025. The clashes on it cost {dead_low_2021:number} "
    "lives in 2021 and between {dead_low_2022:number} and {dead_high_2022:number} in 2022, by the "
    "counts on record ({numref}`tab-borders`, {numref}`fig-line`, {numref}`tab-dead`).",
)
def _borders(record: Record) -> tuple[bool, dict]:
    tables = ("border_segments", "border_progress", "clashes", "clash_figures", "conflict_deaths")
    facts = borders.headline(*(record[name] for name in tables))
    return facts["inner_delimited"] > facts["inner"] / 2, facts


@finding(
    "law",
    "Law lags behind meetings.",
    "{signatories:list} have signed the friendship treaty of 2022; no ratification by anyone and "
    "no entry into force is on record. Of the treaties on record that all five and no one else "
    "signed, {binding:word} is known to be in force, the {zone} ({numref}`tab-treaty`).",
)
def _law(record: Record) -> tuple[bool, dict]:
    actions = record["treaty_actions"]
    signed = participation.treaty_record(actions, "friendship-2022")["signed"].dropna()
    binding = institutions.binding_all_five(record["treaties"], actions)
    friendship = record["treaties"].set_index("treaty").loc["friendship-2022"]
    ratified = actions[(actions["treaty"] == "friendship-2022") & (actions["action"] == "ratified")]
    values = {"signatories": state_names(record, signed.index), "binding": len(binding)}
    values["zone"] = binding.iloc[0]["name"]
    open_still = pd.isna(friendship["in_force_date"]) and ratified.empty
    return open_still and len(signed) < len(networks.FIVE) and len(binding) == 1, values


@finding(
    "absorption",
    "One body was entered later by a great power, and ended; one case is no law.",
    "Of {bodies:word} regional bodies Russia or China were there at the founding of "
    "{great_at_founding:word} and entered {great_later:word} afterwards, the Central Asian "
    "Cooperation Organization, whose merger was decided {months:tenths} months later; of the "
    "{great_never:word} without either none is known to have ended, {great_never_unknown:word} of "
    "them having an unknown fate ({numref}`fig-entries`, {numref}`tab-fates`).",
)
def _absorption(record: Record) -> tuple[bool, dict]:
    facts = power_entry.headline(record["organisations"], record["memberships"], closing(record))
    facts["months"] = facts["great_months_after"][0]
    one = facts["great_later"] == facts["great_later_over"] == 1
    return one and facts["great_never_over"] == 0, facts


@finding(
    "score",
    "All told the five stand higher than a decade ago, however one weighs it.",
    "On five measures the middle of all weightings went from {then:number} points of a hundred in "
    "{low} ({then_low:number} to {then_high:number}) to {now:number} in {last} ({now_low:number} "
    "to {now_high:number}); dialogue, training and borders rose, law and arms hardly moved "
    "({numref}`fig-band`, {numref}`tab-survives`).",
)
def _score(record: Record) -> tuple[bool, dict]:
    scores = dimensions.scores(record)
    spread = scorecard.band(scores.dropna(axis="columns", how="all"))
    low, last = LOW, spread.index[-1]
    values: dict[str, object] = {"low": str(low), "last": str(last)}
    for when, year in (("then", low), ("now", last)):
        values |= {when: spread["median"][year]}
        values |= {f"{when}_{end}": spread[end][year] for end in ("low", "high")}
    rose = scores.loc[last] - scores.loc[low]
    as_said = rose[["Dialogue", "Joint training", "Settled borders"]].min() > MOVED
    as_said &= rose[["Law", "Arms"]].max() < MOVED
    return scorecard.is_robust(scorecard.shares_higher(scores, low, last)) and as_said, values


@finding(
    "way",
    "The way the region is on is cooperation without an institution.",
    "It meets {own_now:word} of the {own_needs:word} conditions that the record can show, a forum "
    "built on a treaty {law_now:word} of {law_needs:word}, a wider Turkic or Caspian frame "
    "{wide_now:word} of {wide_needs:word}; absorption by a great power meets {absorbed_now:word} "
    "of {absorbed_needs:word}, against {absorbed_before:word} at the end of 2016 "
    "({numref}`fig-pathways`, {numref}`tab-conditions`).",
)
def _way(record: Record) -> tuple[bool, dict]:
    on = [assessment.BEFORE, closing(record)]
    facts = assessment.headline(assessment.assess(record, on, assessment.PATHWAYS))
    others = max(facts[f"{way}_now"] for way in ("law", "wide", "absorbed"))
    return facts["own_now"] > others and facts["absorbed_now"] < facts["absorbed_before"], facts
