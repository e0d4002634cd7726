"""The key findings: sentences computed from the record, and whether the record supports them.

Their text stands in `key_findings.md`. Each finding has one function here. It returns whether the
lead of the finding holds by the tables it is given, and the numbers that its sentences quote.
Given the record without some sources (`casi.findings.sensitivity`) or another edition, it shows
what the finding depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casi.findings.card_charts import small_chart
from casi.language import translated
from casi.measures import (
    borders,
    exercise_counts,
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
from casi.text import PLACE, Markdown, fill, fill_markdown, of_them, percents

STANDS, FALLS, UNDECIDED = "stands", "falls", "cannot be told"
BASE_YEAR = 2016  # the year before the presidents began to meet again
NOTABLE_CHANGE = 5  # points of a hundred; by a smaller one a score "changed little"
SENTENCES_FILE = Path(__file__).with_suffix(".md")
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


def read_sentences(text: str) -> dict[str, list[str]]:
    """Read the sentences of the findings from the text of `key_findings.md`.

    Returns:
        By the key of each finding its name, number, lead and text.

    Raises:
        ValueError: naming a heading that lacks its name or one of the three paragraphs.
    """
    found = {}
    for section in text.split("\n## ")[1:]:
        heading, *paragraphs = re.split(r"\n{2,}", section.strip())
        key, _, name = heading.partition(": ")
        if not name or len(paragraphs) != 3:
            raise ValueError(
                f"{SENTENCES_FILE.name}: under '## {heading}' write a name after the key, then "
                f"number, first sentence and text as three paragraphs; found {len(paragraphs)}"
            )
        parts = [name, *(paragraph.replace("\n", " ") for paragraph in paragraphs)]
        found[key] = [translated(part, "findings") for part in parts]
    return found


SENTENCES = read_sentences(SENTENCES_FILE.read_text("utf-8"))


def decides(key: str) -> Callable[[Reader], Reader]:
    """Register a function as what decides the finding with this key in `SENTENCES_FILE`."""

    def register(read: Reader) -> Reader:
        name, number, lead, text = SENTENCES[key]
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
    """Write a list of all findings: small chart, number, lead, first figure or table that shows it.

    Args and errors are those of `sentences`.
    """
    items = []
    for key, (lead, text, number) in zip(FINDINGS, _supported(record), strict=True):
        drawn = small_chart(key, number, record)
        parts = [drawn, f"**{number}**", lead, f"({REFERENCE.findall(text)[0]})"]
        items.append(f"- {' '.join(filter(None, parts))}")
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
    standing, values = read(finding, record)
    if standing == UNDECIDED:
        return UNDECIDED, "", "", ""
    lead, text, number = (
        write(template, values) for template in (finding.lead, finding.text, finding.number)
    )
    return standing, lead, text, number


def read(finding: Finding, record: Record) -> tuple[str, dict[str, Any]]:
    """Return the standing of a finding and the values of its sentences, none if undecided.

    Args:
        finding: one of `FINDINGS`.
        record: the tables of `data/` by name.
    """
    try:
        holds, values = finding.read(record)
        if holds:
            _require_numbers(finding, values)
    except MissingRow:
        return UNDECIDED, {}
    return STANDS if holds else FALLS, values


def _require_numbers(finding: Finding, values: dict[str, Any]) -> None:
    """Raise `MissingRow` if the record lacks a number that the finding quotes."""
    quoted = {name for name, *_ in PLACE.findall(finding.lead + finding.text)}
    single = {name: values[name] for name in quoted if pd.api.types.is_scalar(values[name])}
    if missing := sorted(name for name, value in single.items() if pd.isna(value)):
        raise MissingRow(f"numbers of {finding.name}: {missing}")


@decides("meetings")
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


@decides("free")
def _free(record: Record) -> tuple[bool, dict[str, Any]]:
    facts = _regional(record)
    tables = ("exercises", "participation", "states")
    facts |= exercise_counts.headline(*(record[name] for name in tables))
    facts["range"] = percents(facts["low"], facts["high"])
    return facts["low"] > facts["before_high"], facts


@decides("arms")
def _arms(record: Record) -> tuple[bool, dict[str, Any]]:
    transfers = suppliers.with_groups(record["arms_transfers"], record["states"])
    facts = suppliers.headline(transfers) | suppliers.similarity_headline(transfers)
    facts["russia_rest_range"] = percents(facts["russia_rest_low"], facts["russia_rest_high"])
    different = facts["alike_high"] < 1 / 2
    rose_and_fell = facts["alike_then_low"] > max(facts["alike_earlier"], facts["alike_high"])
    little = facts["russia_rest_high"] < min(facts["russia_rest_base_low"], facts["russia_kaz"]) / 2
    return different and rose_and_fell and little, facts


@decides("borders")
def _borders(record: Record) -> tuple[bool, dict[str, Any]]:
    tables = ("border_segments", "border_progress", "clashes", "clash_figures", "conflict_deaths")
    facts = borders.headline(*(record[name] for name in tables))
    return facts["inner_delimited"] > facts["inner"] / 2, facts


@decides("law")
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


@decides("company")
def _company(record: Record) -> tuple[bool, dict[str, Any]]:
    events = _acts(record)
    facts = networks.acts_headline(events)
    complete, every = (
        networks.presence(rows, [])["alone"] for rows in (events[events["complete"]], events)
    )
    window = complete.idxmin()
    facts |= {
        "outside_range": percents(facts["outside_low"], facts["outside_high"]),
        "earliest": complete.iloc[0],
        "earliest_window": complete.index[0],
        "least_low": min(complete[window], every[window]),
        "least_high": max(complete[window], every[window]),
        "least_window": window,
    }
    grew = facts["acts_weight_last"] > facts["acts_weight_first"]
    endings = ("", "_all_rows")
    fell = [facts[f"acts_alone_last{end}"] < facts[f"acts_alone_first{end}"] for end in endings]
    return grew and all(fell) and facts["outside_low"] > 1 / 2, facts


@decides("broker")
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
    facts["next_too"] = of_them(facts["next_with_russia"], facts["next_number"])
    facts["russia_range"] = percents(facts["russia_low"], facts["russia_high"])
    more = (facts[f"russia_{end}"] > facts[f"next_{end}"] for end in ("low", "high"))
    return all(more), facts


@decides("absorption")
def _absorption(record: Record) -> tuple[bool, dict[str, Any]]:
    bodies = require(record["organisations"], "organisations")
    memberships = require(record["memberships"], "memberships")
    facts = power_entry.headline(bodies, memberships, closing(record))
    founded = facts["great_at_founding_over"], facts["great_at_founding"]
    facts["founded_over"] = of_them(*founded)
    facts["months"] = next(iter(facts["great_months_after"]), float("nan"))
    single_case = facts["great_later"] == facts["great_later_over"] == 1
    return single_case and facts["great_never_over"] == 0, facts


@decides("score")
def _score(record: Record) -> tuple[bool, dict[str, Any]]:
    for table in ("meetings", "participation"):
        require(record[table], table)
    facts = scorecard.headline(record, BASE_YEAR)
    change = facts["change"]
    rose = change[["Dialogue", "Joint training", "Settled borders"]].min() > NOTABLE_CHANGE
    stayed = change[["Law", "Arms"]].abs().max() < NOTABLE_CHANGE
    return facts["robust"] and rose and stayed, facts


@decides("way")
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
