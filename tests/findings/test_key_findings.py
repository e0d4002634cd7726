import numpy as np
import pandas as pd
import pytest
from findings_by_key import DAY, decide

from casi.findings import key_findings
from casi.findings.key_findings import FALLS, FINDINGS, STANDS, UNDECIDED
from casi.record.lookup import require
from casi.tables import names


@pytest.fixture
def small(monkeypatch):
    """One finding: more yes than no among the rows of a table."""
    monkeypatch.setattr(key_findings, "FINDINGS", {})

    text = """
## yes: Votes

{yes} of {all}

Most say yes: {yes}.

Of {all:word} they do
({numref}`tab-votes`, {numref}`fig-votes`).
"""
    monkeypatch.setattr(key_findings, "SENTENCES", key_findings.read_sentences(text))

    @key_findings.decides("yes")
    def _yes(record):
        votes = record["votes"]["vote"]
        yes = int((votes == "yes").sum())
        return yes > len(require(votes, "votes")) / 2, {"yes": yes, "all": len(votes)}

    return {
        answers: {"votes": pd.DataFrame({"vote": answers.split()}, dtype="str")}
        for answers in ("yes yes no", "yes no", "")
    }


def test_a_finding_stands_falls_or_cannot_be_told(small):
    assert [key_findings.standing(one)["yes"] for one in small.values()] == [
        STANDS,
        FALLS,
        UNDECIDED,
    ]


@pytest.mark.parametrize(
    ("holds", "seats", "standing"),
    [
        (True, 3, STANDS),
        (True, None, UNDECIDED),
        (True, np.nan, UNDECIDED),
        (True, [], STANDS),  # an empty list is known
        (False, None, FALLS),  # the lead is false, whatever the seats
    ],
)
def test_a_finding_cannot_be_told_if_a_number_that_it_quotes_is_missing(
    monkeypatch, holds, seats, standing
):
    finding = key_findings.Finding(
        *("Votes", "", "Most say yes.", "There are {seats} seats."),
        lambda record: (holds, {"seats": seats, "not_quoted": None}),
    )
    monkeypatch.setattr(key_findings, "FINDINGS", {"yes": finding})
    assert key_findings.standing({}) == {"yes": standing}


@pytest.mark.parametrize(
    "section", ["yes: Votes\n\n1\n\nMost say yes.", "yes\n\n1\n\nMost say yes.\n\nOf two."]
)
def test_a_section_without_name_or_text_is_named(section):
    with pytest.raises(ValueError, match=r"key_findings\.md: under '## yes.*three paragraphs"):
        key_findings.read_sentences(f"# Sentences\n\n## {section}\n")


def test_sentences_are_written_only_if_they_stand(small):
    said = key_findings.sentences(small["yes yes no"])
    assert (
        said
        == "1. **Most say yes: 2.** Of three they do ({numref}`tab-votes`, {numref}`fig-votes`)."
    )
    with pytest.raises(ValueError, match=r"reword.*yes.*falls"):
        key_findings.sentences(small["yes no"])


def test_a_card_has_number_lead_and_the_first_place_that_shows_it(small):
    card = "- {small-chart}`2 of 3 | 2 of 3` **2 of 3** Most say yes: 2. ({numref}`tab-votes`)"
    assert key_findings.cards(small["yes yes no"]) == card


# Each finding, on tables made by hand or on the numbers that a measure returns.


ACTS = {
    "first": "1992–2000",
    "last": "2018–2026",
    "acts_weight_first": 1.0,
    "acts_weight_last": 2.0,
    "acts_alone_first": 0.7,
    "acts_alone_last": 0.3,
    "acts_alone_first_all_rows": 0.6,
    "acts_alone_last_all_rows": 0.4,
    "outside_low": 0.6,
    "outside_high": 0.7,
    "drills_russia_first": 0.9,
    "drills_russia_first_all_rows": 0.8,
    "drills_russia_last": 0.4,
    "drills_russia_last_all_rows": 0.5,
}
EVENTS = pd.DataFrame(
    {"layer": ["meetings", "exercises", "treaties"], "complete": True, "of_five": 2}
)
EXERCISES = {
    "period": "2021–2026",
    "low": 0.5,
    "high": 0.6,
    "before_low": 0.1,
    "before_high": 0.4,
    "three_low": 0.1,
    "three_high": 0.2,
    "three_before_low": 0.0,
    "three_before_high": 0.25,
    "twos": 18,
    "twos_free": 16,
    "drills_earlier": "2011–2015",
    "drills_then": 0.4,
    "drills_number": 28,
    "number": 45,
    "number_single": 58,
    "russia_low": 0.4,
    "russia_high": 0.5,
    "next_power": "China",
    "next_low": 0.3,
    "next_high": 0.4,
    "next_number": 12,
    "next_with_russia": 9,
}
PRESENCE = pd.DataFrame({"alone": [0.7, 0.1, 0.3]}, index=["first", "second", "last"])
PARTNERS = pd.DataFrame({"All exercises": [10, 20, 45], "Russia": [8, 12, 18]})  # by period
NUMBERS = {  # of each finding that takes its numbers from one measure, such that it stands
    "company": ACTS,
    "broker": ACTS | EXERCISES,
    "free": EXERCISES,
    "arms": {
        "now": "2021–2025",
        "then": "2016–2020",
        "earlier": "2011–2015",
        "base": "2011–2015",
        "russia_kaz": 0.8,
        "russia_rest_low": 0.05,
        "russia_rest_high": 0.1,
        "russia_rest_base_low": 0.4,
        "russia_rest_then_low": 0.2,
        "russia_rest_then_high": 0.3,
        "rest_deals": 46,
        "rest_deals_base": 55,
        "kaz_deals": 26,
        "alike_low": 0.2,
        "alike_high": 0.3,
        "alike_then_low": 0.4,
        "alike_then_high": 0.5,
        "alike_earlier": 0.3,
    },
    "borders": {
        "inner": 6,
        "inner_delimited": 4,
        "kt_line": 94.0,
        "dead_low_2021": 50.0,
        "dead_low_2022": 100.0,
        "dead_high_2022": 150.0,
    },
    "absorption": {
        "regional_bodies": 12,
        "great_at_founding": 7,
        "great_at_founding_over": 2,
        "great_later": 1,
        "great_later_over": 1,
        "great_never": 4,
        "great_never_over": 0,
        "great_never_unknown": 2,
        "great_unknown": 1,
        "great_months_after": [11.6],
    },
    "way": {
        "own_now": 3,
        "own_needs": 4,
        "law_now": 1,
        "law_needs": 4,
        "wide_now": 2,
        "wide_needs": 4,
        "wide_unknown": 1,
        "absorbed_now": 1,
        "absorbed_needs": 4,
        "absorbed_before": 3,
    },
}
SOURCES = pd.DataFrame({"kind": ["press"], "published": [DAY("2026-05-18")]})
TABLES = {name: EVENTS for name in names()} | {"sources": SOURCES}  # no table is empty


@pytest.fixture
def measures(monkeypatch):
    """Let the measures return numbers written by hand."""

    def returning(numbers):
        for module in ("power_entry", "exercises", "exercise_counts", "suppliers", "borders"):
            monkeypatch.setattr(f"casi.measures.{module}.headline", lambda *tables: dict(numbers))
        monkeypatch.setattr("casi.measures.networks.acts_headline", lambda events: dict(numbers))
        monkeypatch.setattr("casi.measures.networks.presence", lambda *arguments: PRESENCE)
        monkeypatch.setattr("casi.measures.shared_events.act_events", lambda tables: EVENTS)
        monkeypatch.setattr("casi.measures.exercises.classify", lambda *tables: EVENTS)
        monkeypatch.setattr("casi.measures.exercises.partners", lambda rows: PARTNERS)
        monkeypatch.setattr("casi.measures.suppliers.with_groups", lambda *tables: EVENTS)
        monkeypatch.setattr("casi.measures.suppliers.similarity_headline", lambda rows: {})
        monkeypatch.setattr("casi.pathways.assessment.assess", lambda *arguments: EVENTS)
        monkeypatch.setattr("casi.pathways.assessment.headline", lambda rows: dict(numbers))

    return returning


@pytest.mark.parametrize("key", NUMBERS)
def test_each_stands_by_numbers_that_bear_out_its_lead(measures, key):
    measures(NUMBERS[key])
    assert decide(key, TABLES) == STANDS


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("company", {"acts_weight_last": 1.0}),  # no more ties than before
        ("company", {"acts_alone_last": 0.7}),  # as often without an outsider
        ("company", {"acts_alone_last_all_rows": 0.6}),
        ("broker", {"next_low": 0.4}),  # another power is in as many, by one count
        ("broker", {"next_high": 0.5}),  # by the other
        ("broker", {"russia_low": 0.3}),
        ("company", {"outside_low": 0.5}),  # by one count, as often alone as not
        ("free", {"low": 0.4}),  # by the lower count, no more than in a period before
        ("arms", {"alike_high": 0.5}),  # half in common, by one dating of deliveries
        ("arms", {"russia_rest_high": 0.2}),  # half of what it was, by one dating
        ("arms", {"alike_earlier": 0.4}),  # no rise before the fall: a trend
        ("arms", {"russia_kaz": 0.2}),  # half of what Kazakhstan receives from Russia
        ("borders", {"inner_delimited": 3}),  # half of six
        ("absorption", {"great_later": 2}),  # two cases
        ("absorption", {"great_later_over": 0}),  # which did not end
        ("absorption", {"great_later": 2, "great_later_over": 2}),
        ("absorption", {"great_never_over": 1}),  # one without a power ended too
        ("way", {"law_now": 3}),  # another pathway is as far
        ("way", {"wide_now": 3}),
        ("way", {"absorbed_now": 3, "absorbed_before": 4}),
        ("way", {"absorbed_before": 1}),  # absorption is as near as before
    ],
)
def test_each_falls_by_numbers_that_contradict_its_lead(measures, key, changes):
    measures(NUMBERS[key] | changes)
    assert decide(key, TABLES) == FALLS


def test_borders_cannot_be_told_without_the_share_that_it_quotes(measures):
    measures(NUMBERS["borders"] | {"kt_line": None})
    assert decide("borders", TABLES) == UNDECIDED


def test_company_quotes_the_least_share_without_an_outside_state(measures, monkeypatch):
    measures(ACTS)
    events = pd.concat([EVENTS, EVENTS.assign(complete=False)])
    monkeypatch.setattr("casi.measures.shared_events.act_events", lambda tables: events)
    monkeypatch.setattr(
        "casi.measures.networks.presence",
        lambda rows, powers: PRESENCE if rows["complete"].all() else PRESENCE * 1.5,
    )
    _, values = FINDINGS["company"].read(TABLES)
    assert values["least_low"] == 0.1  # by complete rows
    assert values["least_high"] == pytest.approx(0.15)  # by all rows
    assert (values["least_window"], values["earliest_window"]) == ("second", "first")
    assert values["earliest"] == 0.7
    assert values["outside_range"] == "60–70%"


def test_broker_quotes_the_ranges_of_all_periods_and_of_both_kinds_of_rows(measures):
    measures(NUMBERS["broker"])
    _, values = FINDINGS["broker"].read(TABLES)
    assert (values["last_low"], values["last_high"]) == (0.4, 0.5)
    # 12 of 20 and 8 of 10; the last period is not one before
    assert (values["before_low"], values["before_high"]) == (0.6, 0.8)
    assert (values["fewest"], values["most"]) == (10, 20)
    assert values["next_too"] == "nine of them"
    measures(NUMBERS["broker"] | {"next_with_russia": 12})
    assert FINDINGS["broker"].read(TABLES)[1]["next_too"] == "all of them"


def test_absorption_quotes_the_months_of_the_one_case(measures):
    measures(NUMBERS["absorption"])
    assert FINDINGS["absorption"].read(TABLES)[1]["months"] == 11.6
    assert FINDINGS["absorption"].read(TABLES)[1]["founded_over"] == "two of them"
    measures(NUMBERS["absorption"] | {"great_later": 0, "great_months_after": []})
    assert decide("absorption", TABLES) == FALLS


@pytest.mark.parametrize("layer", EVENTS["layer"])
@pytest.mark.parametrize("key", ["company", "broker"])
def test_ties_cannot_be_told_without_one_of_their_layers(measures, monkeypatch, key, layer):
    measures(ACTS)
    events = EVENTS[EVENTS["layer"] != layer]
    monkeypatch.setattr("casi.measures.shared_events.act_events", lambda tables: events)
    assert decide(key, TABLES) == UNDECIDED


def test_bodies_cannot_be_told_without_memberships(measures):
    none = TABLES | {"memberships": EVENTS.iloc[:0]}
    for key in ("absorption", "way"):
        measures(NUMBERS[key])
        assert decide(key, none) == UNDECIDED
    measures(NUMBERS["absorption"])
    assert decide("absorption", TABLES | {"organisations": EVENTS.iloc[:0]}) == UNDECIDED


def test_way_is_read_at_the_end_of_2016_and_at_the_closing_date(measures, monkeypatch):
    measures(NUMBERS["way"])
    days = []
    monkeypatch.setattr(
        "casi.pathways.assessment.assess", lambda record, on, pathways: days.extend(on)
    )
    FINDINGS["way"].read(TABLES)
    assert days == [DAY("2016-12-31"), DAY("2026-05-18")]


SCORES = {  # in the first and last year
    "Dialogue": (30, 60),
    "Joint training": (40, 70),
    "Settled borders": (50, 80),
    "Law": (20, 20),
    "Arms": (45, 46),
}


def score_values(monkeypatch, years=(2016, 2025), less=60, **changes):
    """Let the dimensions have these scores, and training `less` without one exercise."""
    scores = pd.DataFrame(SCORES | changes, index=pd.Index(years, name="year"), dtype=float)
    monkeypatch.setattr("casi.measures.dimensions.scores", lambda record: scores)
    monkeypatch.setattr(
        "casi.measures.dimensions.decisive_exercise", lambda record, year: ("drill", float(less))
    )


SCORE_TABLES = TABLES | {"exercises": pd.DataFrame({"exercise": ["drill"], "name": ["Drill 25"]})}


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, STANDS),
        ({"Dialogue": (30, 35)}, FALLS),  # by 5 points of a hundred, which is hardly
        ({"Dialogue": (30, 36)}, STANDS),
        ({"less": 45}, FALLS),  # without one exercise, training hardly rose
        ({"less": 46}, STANDS),
        ({"Settled borders": (50, 55)}, FALLS),
        ({"Law": (20, 25)}, FALLS),  # law rose by more than hardly
        ({"Law": (20, 24)}, STANDS),
        ({"Law": (25, 20)}, FALLS),  # a fall is a change too
        ({"Law": (24, 20)}, STANDS),
        ({"Arms": (45, 40)}, FALLS),
        ({"Arms": (45, 50)}, FALLS),
        ({"Arms": (95, 5)}, FALLS),  # arms fell so far that the rise depends on the weights
    ],
)
def test_score_stands_if_three_dimensions_rose_and_two_did_not(monkeypatch, changes, standing):
    score_values(monkeypatch, **changes)
    assert decide("score", SCORE_TABLES) == standing


def test_score_cannot_be_told_without_meetings_or_without_the_first_year(monkeypatch):
    score_values(monkeypatch)
    assert decide("score", TABLES | {"meetings": EVENTS.iloc[:0]}) == UNDECIDED
    score_values(monkeypatch, Law=(np.nan, 20))
    assert decide("score", TABLES) == UNDECIDED
    score_values(monkeypatch, Law=(np.nan, 20), Arms=(45, np.nan))  # no year has all scores
    assert decide("score", TABLES) == UNDECIDED
