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
    require,
    row_of,
    state_names,
)
from casi.states import FIVE
from casi.text import PLACE, Markdown, fill, fill_markdown

STANDS, FALLS, UNDECIDED = "stands", "falls", "cannot be told"
BASE_YEAR = 2016  # the year before the presidents began to meet again
NOTABLE_CHANGE = 5  # points of a hundred; by a smaller one a score "changed little"
REFERENCE = re.compile(r"\{numref\}`[^`]*`")
FINDINGS: dict[str, Finding] = {}

Reader = Callable[[Record], tuple[bool, dict[str, Any]]]


@dataclass(frozen=True)
class Finding:
    """A sentence that the record supports or not.

    Attributes:
        name: what the finding is about, for tables.
        number: template of the number that its card on the front page shows.
        lead: template of its first sentence, with its main numbers, as `text.fill` takes it.
        text: template of the sentences after it, with the other numbers.
        read: returns whether the lead holds by the tables, and the values of lead and text; raises
            `MissingRow` where the tables lack a row that it needs.
    """

    name: str
    number: str
    lead: str
    text: str
    read: Reader


def key_finding(
    key: str, name: str, number: str, lead: str, text: str
) -> Callable[[Reader], Reader]:
    """Register a function as what decides a finding."""

    def register(read: Reader) -> Reader:
        FINDINGS[key] = Finding(name, number, lead, text, read)
        return read

    return register


def sentences(record: Record) -> Markdown:
    """Write all findings as a numbered list.

    Args:
        record: the tables of `data/` by name.

    Raises:
        ValueError: naming the findings that this record does not support.
    """
    numbered = enumerate(_supported(record), 1)
    return Markdown(
        "\n".join(f"{number}. **{lead}** {text}" for number, (lead, text, _) in numbered)
    )


def cards(record: Record) -> Markdown:
    """Write a list of all findings: number, lead, and the first figure or table that shows it.

    Args and errors are those of `sentences`.
    """
    items = [
        f"- **{number}** {lead} ({REFERENCE.findall(text)[0]})"
        for lead, text, number in _supported(record)
    ]
    return Markdown("\n".join(items))


def standing(record: Record) -> dict[str, str]:
    """Return by key whether each finding `stands`, `falls` or `cannot be told` by a record.

    It cannot be told where the record lacks a row that the finding needs, or a number that it
    quotes.
    """
    return {key: decide(finding, record)[0] for key, finding in FINDINGS.items()}


def _supported(record: Record) -> list[tuple[str, str, str]]:
    """Return lead, text and number of each finding, as Markdown."""
    decided = {key: decide(finding, record, fill_markdown) for key, finding in FINDINGS.items()}
    failed = {key: standing for key, (standing, *_) in decided.items() if standing != STANDS}
    if failed:
        raise ValueError(f"the record does not support these findings; reword them: {failed}")
    return [(lead, text, number) for _, lead, text, number in decided.values()]


def decide(finding: Finding, record: Record, write: Callable = fill) -> tuple[str, str, str, str]:
    """Return the standing of a finding, lead, text and number, empty if it cannot be told.

    Args:
        finding: one of `FINDINGS`.
        record: the tables of `data/` by name.
        write: fills the templates, as plain text or as Markdown.
    """
    try:
        holds, values = finding.read(record)
        if holds:
            _require_numbers(finding, values)
    except MissingRow:
        return UNDECIDED, "", "", ""
    lead, text, number = (
        write(template, values) for template in (finding.lead, finding.text, finding.number)
    )
    return STANDS if holds else FALLS, lead, text, number


def _require_numbers(finding: Finding, values: dict[str, Any]) -> None:
    """Raise `MissingRow` if the record lacks a number that the finding quotes."""
    quoted = {name for name, _ in PLACE.findall(finding.lead + finding.text)}
    single = {name: values[name] for name in quoted if pd.api.types.is_scalar(values[name])}
    if missing := sorted(name for name, value in single.items() if pd.isna(value)):
        raise MissingRow(f"numbers of {finding.name}: {missing}")


@key_finding(
    "meetings",
    "Meetings of security officials",
    "{summits} summits",
    "Since {since:month} the presidents of the five states have met {summits:times}; without an "
    "outside power their defence ministers have met {defence:times} and their security-council "
    "secretaries {secretaries:times}.",
    "Foreign ministers met {foreign:times}, heads of emergency agencies {emergency:times}, "
    "interior ministers {interior:times} and heads of special services {services:times}. Some of "
    "these meetings lacked one or two states, and the record of them is partial. In formats with "
    "{partners:list} the secretaries met {with_powers:times}. Heads of state took {heads} of "
    "{seats} seats at their summits, and secretaries {in_person} of {own_seats} at the meetings of "
    "secretaries ({numref}`tab-summits`, {numref}`tab-rungs`).",
)
def _meetings(record: Record) -> tuple[bool, dict[str, Any]]:
    meetings = record["meetings"]
    counts = participation.meetings_by_level(meetings)
    summits = participation.held(meetings, "consultative_heads")
    grid = participation.attendance(summits, record["participation"], FIVE)
    heads, seats = participation.seats_at(grid, "head of state")
    own = participation.held(meetings, "security_council_secretaries")
    grid = participation.attendance(own, record["participation"], FIVE)
    in_person, own_seats = participation.seats_at(grid, "secretary")
    values = counts | dict(heads=heads, seats=seats, in_person=in_person, own_seats=own_seats)
    security = max(counts[name] for name in ("secretaries", "defence", "interior", "services"))
    return 2 * security < counts["summits"], values


@key_finding(
    "company",
    "Ties between the five states",
    "{outside:percent}",
    "Ties between the five states grew from {acts_weight_first:tenths} a pair and year in {first} "
    "to {acts_weight_last:tenths} in {last}; an outside state took part in {outside:percent} of "
    "them.",
    "The ties come from meetings, exercises and treaties. The share without an outside state was "
    "{acts_alone_first:percent} in {first}, {least:percent} in {least_window} and "
    "{acts_alone_last:percent} in {last}. Most ministers' meetings before 2017 were not found, so "
    "part of the growth may be better coverage ({numref}`fig-networks`).",
)
def _company(record: Record) -> tuple[bool, dict[str, Any]]:
    events = _acts(record)
    facts = networks.acts_headline(events)
    alone = networks.presence(events[events["complete"]], [])["alone"]
    facts |= {
        "outside": 1 - facts["acts_alone_last"],
        "least": alone.min(),
        "least_window": alone.idxmin(),
    }
    grew = facts["acts_weight_last"] > facts["acts_weight_first"]
    endings = ("", "_all_rows")
    fell = [facts[f"acts_alone_last{end}"] < facts[f"acts_alone_first{end}"] for end in endings]
    return grew and all(fell), facts


@key_finding(
    "broker",
    "Russia in joint exercises",
    "{russia_low:percent}–{russia_high:percent}",
    "Russia took part in {russia_low:percent} to {russia_high:percent} of the exercises of two or "
    "more of the five states in {period}, more than any other outside power.",
    "The next, {next_power}, took part in {next_low:percent} to {next_high:percent}; in "
    "{next_with_russia} of its {next_number} exercises Russia took part too. In the periods "
    "before, of {fewest} to {most} exercises each, Russia took part in {before_low:percent} to "
    "{before_high:percent}. Weighted by the number of states, its share was {last_low:percent} to "
    "{last_high:percent} in {last}. Ranges are between two ways of counting exercises "
    "({numref}`fig-presence`, {numref}`tab-brokers`).",
)
def _broker(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = networks.acts_headline(_acts(record)) | _regional(record)
    weighted = [facts[f"drills_russia_last{end}"] for end in ("", "_all_rows")]
    facts |= {"last_low": min(weighted), "last_high": max(weighted)}
    tables = (record[name] for name in ("exercises", "participation", "states"))
    partners = exercises.partners(exercises.classify(*tables).query("of_five > 1"))
    before = (partners["Russia"] / partners["All exercises"]).iloc[:-1]
    numbers = partners["All exercises"].iloc[:-1]
    facts |= {"before_low": before.min(), "before_high": before.max()}
    facts |= {"fewest": numbers.min(), "most": numbers.max()}
    more = (facts[f"russia_{end}"] > facts[f"next_{end}"] for end in ("low", "high"))
    return all(more), facts


@key_finding(
    "free",
    "Exercises without Russia and China",
    "{low:percent}–{high:percent}",
    "Of the exercises of two or more of the five states in {period}, {low:percent} to "
    "{high:percent} had neither Russia nor China, against {drills_then:percent} in "
    "{drills_earlier}.",
    "The range is between {number_single} exercises counted one by one and {number} with parallel "
    "ones counted once; {drills_earlier} has {drills_number}. In all earlier periods the share was "
    "between {before_low:percent} and {before_high:percent}. Bilateral exercises since 2011 are a "
    "sample ({numref}`fig-free`, {numref}`tab-alone`).",
)
def _free(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = _regional(record)
    tables = (record[name] for name in ("exercises", "participation", "states"))
    before = exercises.shares_by_count(*tables).iloc[:-1]
    facts |= {"before_low": before.min().min(), "before_high": before.max().max()}
    return facts["low"] > facts["drills_then"], facts


@key_finding(
    "arms",
    "Suppliers of arms",
    "{russia_rest_low:percent}–{russia_rest_high:percent}",
    "Russia delivered {russia_rest_low:percent} to {russia_rest_high:percent} of the arms that the "
    "states other than Kazakhstan received in {now}, after {russia_rest_base_low:percent} in "
    "{base}; for Kazakhstan it was {russia_kaz:percent}.",
    "The shares are of the volume of major arms, from {rest_deals} deliveries to these states, "
    "{rest_deals_base} in {base}, and {kaz_deals} to Kazakhstan. In {then} the share elsewhere was "
    "{russia_rest_then_low:percent} to {russia_rest_then_high:percent}. Two states' supplier mixes "
    "had {alike_low:percent} to {alike_high:percent} in common on average, "
    "{alike_then_low:percent} to {alike_then_high:percent} in {then} and {alike_earlier:percent} "
    "in {earlier}: no steady trend. Ranges are between two ways to date one deal; a few large "
    "deals decide such numbers ({numref}`fig-windows`, {numref}`fig-alike`, "
    "{numref}`tab-breaks`).",
)
def _arms(record: Record) -> tuple[bool, dict[str, Any]]:
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    facts = suppliers.headline(transfers) | suppliers.similarity_headline(transfers)
    different = facts["alike_high"] < 1 / 2
    rose_and_fell = facts["alike_then_low"] > max(facts["alike_earlier"], facts["alike_high"])
    little = facts["russia_rest_high"] < min(facts["russia_rest_base_low"], facts["russia_kaz"]) / 2
    return different and rose_and_fell and little, facts


@key_finding(
    "borders",
    "Borders",
    "{inner_delimited} of {inner}",
    "Of the {inner:word} borders between the five states, {inner_delimited:word} are delimited "
    "from end to end.",
    "The Kyrgyz-Tajik border was the last of these {inner_delimited:word} to be agreed: "
    "{kt_line:number}% in July 2024, and the whole by the treaty of March 2025. The entry into "
    "force of that treaty is not on record. Clashes on the border cost {dead_low_2021:number} "
    "lives in 2021 and {dead_low_2022:number} to {dead_high_2022:number} in 2022, by the counts "
    "on record ({numref}`tab-borders`, {numref}`fig-line`, {numref}`tab-dead`).",
)
def _borders(record: Record) -> tuple[bool, dict[str, Any]]:
    tables = ("border_segments", "border_progress", "clashes", "clash_figures", "conflict_deaths")
    facts = borders.headline(*(record[name] for name in tables))
    return facts["inner_delimited"] > facts["inner"] / 2, facts


@key_finding(
    "law",
    "Treaties of the five states",
    "{signed} of {states}",
    "Of the five states, {signed:word} have signed the friendship treaty of 2022; the record shows "
    "no ratification and no entry into force.",
    "The signatories are {signatories:list}. Of the treaties on record that all five states and no "
    "other signed, {binding:word} is known to be in force, the {zone}. For many treaties "
    "ratification and entry into force were not found ({numref}`tab-treaty`).",
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
        "signed": len(signed),
        "states": len(FIVE),
        "signatories": state_names(record, signed.index),
        "binding": len(binding),
        "zone": binding.iloc[0]["name"],
    }
    return not_in_force and len(signed) < len(FIVE) and len(binding) == 1, values


@key_finding(
    "absorption",
    "Regional bodies and great powers",
    "{great_later} of {regional_bodies}",
    "Of {regional_bodies} regional bodies, Russia or China joined {great_later:word} after it was "
    "founded, and that body ended; one case does not make a pattern.",
    "It was the Central Asian Cooperation Organization, whose merger was decided {months:number} "
    "months after Russia joined. Russia or China took part in founding {great_at_founding:word} "
    "others. Of the {great_never:word} without either, none is known to have ended; the fate of "
    "{great_never_unknown:word} is unknown. Of {great_unknown:word} the outside members are not "
    "on record ({numref}`fig-entries`, {numref}`tab-fates`).",
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
    "Score of integration",
    "{now_low:number}–{now_high:number} of 100",
    "On five measures together the region scored {now_low:number} to {now_high:number} of 100 "
    "points in {last}, against {then_low:number} to {then_high:number} in {low}, depending on the "
    "weights and on one exercise.",
    "The median of all weightings is {now_less:number} to {now:number} points, against "
    "{then:number} in {low}. The higher median counts {exercise}, without which joint training "
    "scores {training_less:number} points instead of {training:number}. Dialogue, joint training "
    "and settled borders rose; law and arms changed little ({numref}`fig-band`, "
    "{numref}`tab-survives`).",
)
def _score(record: Record) -> tuple[bool, dict[str, Any]]:
    for table in ("meetings", "participation"):
        require(record[table], table)
    facts = scorecard.headline(record, BASE_YEAR)
    change = facts["change"]
    rose = change[["Dialogue", "Joint training", "Settled borders"]].min() > NOTABLE_CHANGE
    stayed = change[["Law", "Arms"]].abs().max() < NOTABLE_CHANGE
    return facts["robust"] and rose and stayed, facts


@key_finding(
    "way",
    "Pathway",
    "{own_now} of {own_needs}",
    "The region meets {own_now:word} of {own_needs:word} conditions of cooperation without a "
    "standing organisation, more than of any other pathway.",
    "It meets {law_now:word} of {law_needs:word} conditions of a forum based on a treaty and "
    "{wide_now:word} of {wide_needs:word} of a wider Turkic or Caspian frame. Of those of "
    "absorption by a great power it meets {absorbed_now:word} of {absorbed_needs:word}, against "
    "{absorbed_before:word} at the end of 2016 ({numref}`fig-pathways`, {numref}`tab-conditions`).",
)
def _way(record: Record) -> tuple[bool, dict[str, Any]]:
    require(record["memberships"], "memberships")
    days = [assessment.BEFORE, closing(record)]
    facts = assessment.headline(assessment.assess(record, days, assessment.PATHWAYS))
    others = max(facts[f"{pathway}_now"] for pathway in ("law", "wide", "absorbed"))
    return facts["own_now"] > others and facts["absorbed_now"] < facts["absorbed_before"], facts


def _regional(record: Record) -> dict[str, Any]:
    """Return the numbers on exercises of two or more of the five states."""
    return exercises.headline(record["exercises"], record["participation"], record["states"])


def _acts(record: Record) -> pd.DataFrame:
    """Return meetings, exercises and treaties as events, of each at least one."""
    events = shared_events.act_events(record)
    for layer in ("meetings", "exercises", "treaties"):
        require(events[events["layer"] == layer], layer)
    return events
