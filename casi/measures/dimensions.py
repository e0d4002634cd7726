"""Five dimensions of integration, each from named columns by one rule, from 0 to 100 a year.

The dimensions are those that the article of August 2024 names: dialogue, joint training, law,
settled borders, and arms. A score is a measure by a rule, not a truth: the rules are in `RULES`,
what other rules would give is the business of `casi.measures.scorecard`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd

from casi.measures import suppliers
from casi.measures.borders import among_five
from casi.measures.participation import held
from casi.measures.shared_events import PARTIAL_TREATIES, exercise_events
from casi.record.lookup import Record, closing
from casi.states import FIVE

FIRST = 1992
PAIRS = [frozenset(pair) for pair in combinations(FIVE, 2)]
OWN = {*FIVE, "AZE"}
RUNGS = {
    "heads": ["head_of_state"],
    "ministers": ["minister", "deputy_prime_minister", "prime_minister"],
    "security": ["security_council_secretary", "agency_head"],
}
BONDS = {
    "alliance": ["alliance", "collective_defence"],
    "friendship": ["friendship", "strategic_partnership", "integration"],
    "military": ["military_cooperation", "border_military", "counter_terrorism"],
    "zone": ["nuclear_weapon_free_zone"],
}
TRAINED = 3  # years: most series are held every second or third year
FIRST_DRILLS = 1994  # the first year the record of exercises covers
FIRST_ARMS = 1996  # the first year with five years of deliveries behind it
RULES: dict[str, dict[str, str]] = {}
MEASURES: dict[str, Callable[[Record], pd.Series]] = {}


def scores(record: Record) -> pd.DataFrame:
    """Score all dimensions by year.

    Args:
        record: the tables of `data/` by name.

    Returns:
        Index `year`, from 1992 to the year the record closes; a column a dimension, 0 to 100,
        missing where the record does not allow a score.
    """
    years = pd.RangeIndex(FIRST, closing(record).year + 1, name="year")
    return pd.DataFrame({name: rule(record) for name, rule in MEASURES.items()}).reindex(years)


def measures(name: str, *, columns: str, rule: str, why: str) -> Callable:
    """Register a function as the rule of a dimension, with its words."""

    def register(function: Callable[[Record], pd.Series]) -> Callable[[Record], pd.Series]:
        RULES[name] = {"dimension": name, "columns": columns, "rule": rule, "why": why}
        MEASURES[name] = function
        return function

    return register


@measures(
    "Dialogue",
    columns="meetings: date_start, status; participation: state, level, role",
    rule="On each of three rungs, heads of state, ministers and heads of security bodies, the "
    "largest share of the five that sat at one meeting of the year without an outsider but "
    "Azerbaijan; the mean of the three",
    why="All five on every rung is as much as dialogue can be. No meeting on record counts as "
    "none, so that before 2017 the score is a floor.",
)
def dialogue(record: Record) -> pd.Series:
    """Score how many of the five met, and on how many rungs; the rule is in `RULES`.

    The year in which the record closes is left out, for it is not over.
    """
    meetings = held(record["meetings"])
    meetings = meetings[~meetings["series"].str.startswith("c5_")]
    seats = record["participation"][record["participation"]["role"] != "observer"]
    seats = seats.merge(meetings, left_on="event", right_on="meeting")
    alone = seats.groupby("event")["state"].agg(lambda states: set(states) <= OWN)
    own = seats[seats["event"].isin(alone.index[alone]) & seats["state"].isin(FIVE)]
    own = own.assign(year=own["date_start"].dt.year)
    best = {
        rung: own[own["level"].isin(levels)]
        .groupby(["year", "event"])["state"]
        .nunique()
        .groupby("year")
        .max()
        for rung, levels in RUNGS.items()
    }
    years = _full_years(record, FIRST)
    return 100 * pd.DataFrame(best).reindex(years).fillna(0).mean(axis=1) / len(FIVE)


@measures(
    "Joint training",
    columns="exercises: date_start, status, participants_complete; participation: state, level",
    rule="Share of the ten pairs that trained together, in the year or the two before, in an "
    "exercise with neither Russia nor China",
    why="None of the pairs is 0, all ten are 100. Exercises whose participants are not all known "
    "do not count, nor does what was before 1994.",
)
def training(record: Record) -> pd.Series:
    """Score which pairs trained together without Russia and China; the rule is in `RULES`."""
    events = exercise_events(record["exercises"], record["participation"])
    free = events[events["complete"] & ~events["states"].map(lambda s: bool(s & {"RUS", "CHN"}))]
    joined = {
        year: set().union(*map(_pairs, part)) for year, part in free.groupby("year")["states"]
    }
    years = _full_years(record, FIRST_DRILLS)
    found = [
        set().union(*(joined.get(year - back, set()) for back in range(TRAINED))) for year in years
    ]
    return pd.Series([100 * len(some) / len(PAIRS) for some in found], years, dtype=float)


@measures(
    "Law",
    columns="treaties: kind, in_force_date; treaty_actions: state, action",
    rule="Of four bonds, alliance, friendship or partnership, military cooperation, and the "
    "nuclear-weapon-free zone, the share in force between two states on the last day of the "
    "year; the mean of the ten pairs",
    why="All four bonds between all pairs are 100. Only treaties without outside signatories, and "
    "only what is known to be in force: a signature counts nothing, so the score is a floor.",
)
def law(record: Record) -> pd.Series:
    """Score what treaties of the five alone bind their pairs; the rule is in `RULES`.

    For the year in which the record closes, on that day.
    """
    treaties = record["treaties"]
    treaties = treaties[~treaties["treaty"].isin(PARTIAL_TREATIES)].dropna(subset="in_force_date")
    actions = record["treaty_actions"]
    signed = actions[actions["action"].isin(["signed", "acceded"])]
    parties = signed.groupby("treaty")["state"].agg(frozenset)
    since: dict[tuple[str, frozenset], int] = {}
    for row in treaties.itertuples():
        states = parties.get(row.treaty, frozenset())
        bond = next((name for name, kinds in BONDS.items() if row.kind in kinds), None)
        for pair in _pairs(states) if bond and states <= set(FIVE) else ():
            year = row.in_force_date.year
            since[bond, pair] = min(year, since.get((bond, pair), year))
    years = range(FIRST, closing(record).year + 1)
    bonds = [sum(begun <= year for begun in since.values()) for year in years]
    return pd.Series(bonds, years, dtype=float) * 100 / (len(BONDS) * len(PAIRS))


@measures(
    "Settled borders",
    columns="border_segments: delimited, delimited_date",
    rule="Share of the lines between two of the five that are delimited from end to end on the "
    "last day of the year",
    why="No line is 0, all are 100. A line of which the record does not say how far it is "
    "delimited is left out, not counted as open.",
)
def borders(record: Record) -> pd.Series:
    """Score how many of the lines among the five are delimited; the rule is in `RULES`."""
    lines = among_five(record["border_segments"]).dropna(subset="delimited")
    settled = lines.loc[lines["delimited"] == "full", "delimited_date"].dt.year
    years = range(FIRST, closing(record).year + 1)
    shares = [(settled <= year).sum() / len(lines) if len(lines) else None for year in years]
    return pd.Series(shares, years, dtype=float) * 100


@measures(
    "Arms",
    columns="arms_transfers: recipient, supplier, delivery_year, tiv_millions",
    rule="What a state received in five years from others than its largest supplier, as a share of "
    "all it received; the mean of the states that received anything",
    why="One supplier of everything is 0; 100 is never reached. A state that received nothing on "
    "record is left out. Before 1996 there are no five years to look back on.",
)
def arms(record: Record) -> pd.Series:
    """Score how little the five hang on one supplier; the rule is in `RULES`."""
    transfers = record["arms_transfers"]
    if transfers.empty:
        return pd.Series(dtype=float)
    found = {}
    for year in range(FIRST_ARMS, int(transfers["delivery_year"].max()) + 1):
        five_years = transfers["delivery_year"].between(year - suppliers.WINDOW + 1, year)
        volumes = suppliers.volumes(transfers[five_years], "recipient", "supplier")
        found[year] = 100 * (1 - suppliers.shares(volumes).max(axis=1)).mean()
    return pd.Series(found, dtype=float)


def _pairs(states: frozenset[str]) -> set[frozenset[str]]:
    return {pair for pair in PAIRS if pair <= states}


def _full_years(record: Record, first: int) -> range:
    """Return the years from the first on that were over when the record closed."""
    return range(first, closing(record).year)
