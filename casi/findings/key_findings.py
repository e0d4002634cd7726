"""The key findings: sentences computed from the record, and whether the record supports them.

Each finding has one function. It returns whether the lead of the finding holds by the tables it is
given, and the numbers that its sentence quotes. Given the record without some sources
(`casi.findings.sensitivity`) or another edition, it shows what the finding depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
from casi.record.lookup import (
    MissingRow,
    Record,
    closing,
    levels_at,
    require,
    row_of,
    state_names,
)
from casi.states import FIVE
from casi.text import Prose, fill, fill_markdown

STANDS, FALLS, UNDECIDED = "stands", "falls", "cannot be told"
BASE_YEAR = 2016  # the year before the presidents began to meet again
NOTABLE_CHANGE = 5  # points of a hundred; the text calls a smaller change "hardly moved"
REFERENCES = re.compile(r" \(\{numref\}[^)]*\)")  # to figures and tables an edition may lack
FINDINGS: dict[str, Finding] = {}

Reader = Callable[[Record], tuple[bool, dict[str, Any]]]


@dataclass(frozen=True)
class Finding:
    """A sentence that the record supports or not.

    Attributes:
        lead: what the finding says, without numbers.
        text: template of the sentence with the numbers, as `text.fill` takes it.
        read: returns whether the lead holds by the tables, and the values of the text; raises
            `MissingRow` where the tables lack a row that it needs.
    """

    lead: str
    text: str
    read: Reader


def key_finding(key: str, lead: str, text: str) -> Callable[[Reader], Reader]:
    """Register a function as what decides a finding."""

    def register(read: Reader) -> Reader:
        FINDINGS[key] = Finding(lead, text, read)
        return read

    return register


def sentences(record: Record) -> Prose:
    """Write all findings as a numbered list.

    Args:
        record: the tables of `data/` by name.

    Raises:
        ValueError: naming the findings that this record does not support.
    """
    numbered = enumerate(_supported(record).items(), 1)
    return Prose("\n".join(f"{number}. **{lead}** {text}" for number, (lead, text) in numbered))


def leads(record: Record) -> Prose:
    """Write the leads of all findings as a list; args and errors are those of `sentences`."""
    return Prose("\n".join(f"- {lead}" for lead in _supported(record)))


def standing(record: Record) -> dict[str, str]:
    """Return by key whether each finding `stands`, `falls` or `cannot be told` by a record.

    It cannot be told where the record lacks a row that the finding needs.
    """
    return {key: _decide(finding, record)[0] for key, finding in FINDINGS.items()}


def changes(old: Record, new: Record) -> pd.DataFrame:
    """Compare the findings by the tables of two editions, with the tests of today.

    Args:
        old: typed tables of the edition before, by name; empty if there is none.
        new: those of this edition.

    Returns:
        Columns `key`, `finding` (its lead), `was` and `now` (standing and sentence): the findings
        of which the standing or a number in the sentence differs. No row without an old edition.
    """
    rows = []
    for key, finding in FINDINGS.items() if old else ():
        was, now = (_summary(finding, record) for record in (old, new))
        if was != now:
            rows.append((key, finding.lead, was, now))
    return pd.DataFrame(rows, columns=["key", "finding", "was", "now"])


def _supported(record: Record) -> dict[str, str]:
    """Return the sentence of each finding, as Markdown, by its lead."""
    decided = {key: _decide(finding, record, fill_markdown) for key, finding in FINDINGS.items()}
    failed = {key: standing for key, (standing, _) in decided.items() if standing != STANDS}
    if failed:
        raise ValueError(f"the record does not support these findings; reword them: {failed}")
    return {FINDINGS[key].lead: sentence for key, (_, sentence) in decided.items()}


def _decide(finding: Finding, record: Record, write: Callable = fill) -> tuple[str, str]:
    """Return the standing of a finding and its sentence, which is empty if it cannot be told."""
    try:
        holds, values = finding.read(record)
    except MissingRow:
        return UNDECIDED, ""
    return STANDS if holds else FALLS, write(finding.text, values)


def _summary(finding: Finding, record: Record) -> str:
    standing, sentence = _decide(finding, record)
    return f"{standing}: {REFERENCES.sub('', sentence)}" if sentence else standing


@key_finding(
    "meetings",
    "The presidents meet; those below them hardly do.",
    "Heads of state took {heads} of {seats} seats at {summits:word} Consultative Meetings since "
    "{since:month}; the secretaries of security councils have met {secretaries:times}, "
    "{in_person:times} with all five in person, the five defence ministers {defence:times} "
    "({numref}`tab-summits`, {numref}`tab-rungs`).",
)
def _meetings(record: Record) -> tuple[bool, dict[str, Any]]:
    meetings = record["meetings"]
    summits = require(participation.held(meetings, "consultative_heads"), "Consultative Meetings")
    secretaries = participation.held(meetings, "security_council_secretaries")
    defence = participation.held(meetings, "defence_ministers")
    grid = participation.attendance(summits, record["participation"], FIVE)
    heads, seats = participation.seats_at(grid, "head of state")
    levels = [levels_at(record, meeting).reindex(FIVE) for meeting in secretaries["meeting"]]
    values = {
        "heads": heads,
        "seats": seats,
        "summits": len(summits),
        "since": summits["date_start"].min(),
        "secretaries": len(secretaries),
        "in_person": sum((level == "security_council_secretary").all() for level in levels),
        "defence": len(defence),
    }
    return len(secretaries) + len(defence) < len(summits), values


@key_finding(
    "company",
    "The five have far more to do with each other, and are less often by themselves.",
    "Ties of two of the five from meetings, exercises and treaties grew from "
    "{acts_weight_first:tenths} a pair and year in {first} to {acts_weight_last:tenths} in {last}; "
    "the part of them that arose with no outsider in the room fell from {acts_alone_first:percent} "
    "to {acts_alone_last:percent} ({numref}`fig-networks`).",
)
def _company(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = networks.acts_headline(_acts(record))
    grew = facts["acts_weight_last"] > facts["acts_weight_first"]
    endings = ("", "_all_rows")
    fell = [facts[f"acts_alone_last{end}"] < facts[f"acts_alone_first{end}"] for end in endings]
    return grew and all(fell), facts


@key_finding(
    "broker",
    "Russia is no longer the one that brings their armies together.",
    "It was there for {last_low:percent} to {last_high:percent} of what joined the five in the "
    "exercises of {last}, against {first_low:percent} to {first_high:percent} in {first}; the "
    "range is between the exercises whose participants are all known and all of them "
    "({numref}`fig-presence`, {numref}`tab-brokers`).",
)
def _broker(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = networks.acts_headline(_acts(record))
    for when in ("first", "last"):
        both = [facts[f"drills_russia_{when}{end}"] for end in ("", "_all_rows")]
        facts |= {f"{when}_low": min(both), f"{when}_high": max(both)}
    return facts["last_high"] < facts["first_low"], facts


@key_finding(
    "free",
    "More of their exercises are free of Russia and China.",
    "Between {low:percent} and {high:percent} of the exercises that joined two or more of the five "
    "in {period} had neither power, depending on how parallel exercises are counted; in "
    "{drills_earlier} it was {drills_then:percent} ({numref}`fig-free`, {numref}`tab-alone`).",
)
def _free(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = exercises.headline(record["exercises"], record["participation"], record["states"])
    return facts["low"] > facts["drills_then"], facts


@key_finding(
    "arms",
    "The five states buy arms from different suppliers. Outside Kazakhstan, Russia now delivers "
    "little.",
    "In {now} Russia delivered {russia_rest_low:percent} to {russia_rest_high:percent} of the "
    "volume that went to the other four states, after {russia_rest_base_low:percent} in {base}; "
    "to Kazakhstan it delivered {russia_kaz:percent}. Two states' supplier mixes had "
    "{alike_low:percent} to {alike_high:percent} in common on average, after "
    "{alike_then_low:percent} to {alike_then_high:percent} in {then} and {alike_earlier:percent} "
    "in {earlier}: there is no steady trend. Ranges are between two ways to date one deal; a few "
    "large deals decide such numbers ({numref}`fig-windows`, {numref}`fig-alike`, "
    "{numref}`tab-breaks`).",
)
def _arms(record: Record) -> tuple[bool, dict[str, Any]]:
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    facts = suppliers.headline(transfers) | suppliers.similarity_headline(transfers)
    different = facts["alike_high"] < 1 / 2
    little = facts["russia_rest_high"] < min(facts["russia_rest_base_low"], facts["russia_kaz"]) / 2
    return different and little, facts


@key_finding(
    "borders",
    "The borders are nearly settled.",
    "Of the {inner:word} lines that the five share, {inner_delimited:word} are delimited from end "
    "to end; the last to be agreed, the Kyrgyz-Tajik one, stood at {kt_line:number}% in July 2024 "
    "and was closed by the treaty of March 2025. The clashes on it cost {dead_low_2021:number} "
    "lives in 2021 and between {dead_low_2022:number} and {dead_high_2022:number} in 2022, by the "
    "counts on record ({numref}`tab-borders`, {numref}`fig-line`, {numref}`tab-dead`).",
)
def _borders(record: Record) -> tuple[bool, dict[str, Any]]:
    tables = ("border_segments", "border_progress", "clashes", "clash_figures", "conflict_deaths")
    facts = borders.headline(*(record[name] for name in tables))
    return facts["inner_delimited"] > facts["inner"] / 2, facts


@key_finding(
    "law",
    "Law lags behind meetings.",
    "{signatories:list} have signed the friendship treaty of 2022; no ratification by anyone and "
    "no entry into force is on record. Of the treaties on record that all five and no one else "
    "signed, {binding:word} is known to be in force, the {zone} ({numref}`tab-treaty`).",
)
def _law(record: Record) -> tuple[bool, dict[str, Any]]:
    actions = record["treaty_actions"]
    signed = participation.treaty_record(actions, "friendship-2022")["signed"].dropna()
    binding = institutions.binding_all_five(record["treaties"], actions)
    require(binding, "treaties of all five in force")
    friendship = row_of(record, "treaties", "friendship-2022")
    ratified = actions[(actions["treaty"] == "friendship-2022") & (actions["action"] == "ratified")]
    not_in_force = pd.isna(friendship["in_force_date"]) and ratified.empty
    values = {
        "signatories": state_names(record, signed.index),
        "binding": len(binding),
        "zone": binding.iloc[0]["name"],
    }
    return not_in_force and len(signed) < len(FIVE) and len(binding) == 1, values


@key_finding(
    "absorption",
    "One body was entered later by a great power, and ended; one case is no law.",
    "Of {bodies:word} regional bodies Russia or China were there at the founding of "
    "{great_at_founding:word} and entered {great_later:word} afterwards, the Central Asian "
    "Cooperation Organization, whose merger was decided {months:tenths} months later; of the "
    "{great_never:word} without either none is known to have ended, {great_never_unknown:word} of "
    "them having an unknown fate ({numref}`fig-entries`, {numref}`tab-fates`).",
)
def _absorption(record: Record) -> tuple[bool, dict[str, Any]]:
    bodies = require(record["organisations"], "organisations")
    memberships = require(record["memberships"], "memberships")
    facts = power_entry.headline(bodies, memberships, closing(record))
    facts["months"] = next(iter(facts["great_months_after"]), float("nan"))
    single_case = facts["great_later"] == facts["great_later_over"] == 1
    return single_case and facts["great_never_over"] == 0, facts


@key_finding(
    "score",
    "All told the five stand higher than a decade ago, however one weighs it.",
    "On five measures the middle of all weightings went from {then:number} points of a hundred in "
    "{low} ({then_low:number} to {then_high:number}) to {now:number} in {last} ({now_low:number} "
    "to {now_high:number}); dialogue, training and borders rose, law and arms hardly moved "
    "({numref}`fig-band`, {numref}`tab-survives`).",
)
def _score(record: Record) -> tuple[bool, dict[str, Any]]:
    require(record["meetings"], "meetings")
    scores = dimensions.scores(record)
    spread = scorecard.band(scores.dropna(axis="columns", how="all"))
    first, last = BASE_YEAR, require(spread, "years with all scores").index[-1]
    values: dict[str, Any] = {"low": str(first), "last": str(last)}
    require(spread.loc[spread.index == first], f"all scores of {first}")
    for when, year in (("then", first), ("now", last)):
        values |= {when: spread["median"][year]}
        values |= {f"{when}_{end}": spread[end][year] for end in ("low", "high")}
    change = scores.loc[last] - scores.loc[first]
    rose = change[["Dialogue", "Joint training", "Settled borders"]].min() > NOTABLE_CHANGE
    stayed = change[["Law", "Arms"]].max() < NOTABLE_CHANGE
    robust = scorecard.is_robust(scorecard.shares_higher(scores, first, last))
    return robust and rose and stayed, values


@key_finding(
    "way",
    "The way the region is on is cooperation without an institution.",
    "It meets {own_now:word} of the {own_needs:word} conditions that the record can show, a forum "
    "built on a treaty {law_now:word} of {law_needs:word}, a wider Turkic or Caspian frame "
    "{wide_now:word} of {wide_needs:word}; absorption by a great power meets {absorbed_now:word} "
    "of {absorbed_needs:word}, against {absorbed_before:word} at the end of 2016 "
    "({numref}`fig-pathways`, {numref}`tab-conditions`).",
)
def _way(record: Record) -> tuple[bool, dict[str, Any]]:
    require(record["memberships"], "memberships")
    days = [assessment.BEFORE, closing(record)]
    facts = assessment.headline(assessment.assess(record, days, assessment.PATHWAYS))
    others = max(facts[f"{pathway}_now"] for pathway in ("law", "wide", "absorbed"))
    return facts["own_now"] > others and facts["absorbed_now"] < facts["absorbed_before"], facts


def _acts(record: Record) -> pd.DataFrame:
    """Return meetings, exercises and treaties as events, of each at least one."""
    events = shared_events.act_events(record)
    for layer in ("meetings", "exercises", "treaties"):
        require(events[events["layer"] == layer], layer)
    return events
