"""Five dimensions of integration, each from named columns by one rule, from 0 to 100 a year.

The dimensions are those that the article of August 2024 names: dialogue, joint training, law,
settled borders, and arms. Each score follows a rule in `RULES`; how far conclusions depend on the
weights of the dimensions is in `casi.measures.scorecard`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import pandas as pd

from casi.counting import counted, values
from casi.measures import delivery_dates, suppliers
from casi.measures.borders import among_five
from casi.measures.participation import held
from casi.measures.shared_events import exercise_events
from casi.record.lookup import Record, closing, require
from casi.states import FIVE, GREAT_POWERS, WITH_AZERBAIJAN
from casi.tables import sets_by

FIRST_YEAR = 1992  # the first full year of independence
PAIRS = [frozenset(pair) for pair in combinations(FIVE, 2)]
LEVEL_GROUPS = {
    "heads": ["head_of_state"],
    "ministers": ["minister", "deputy_prime_minister", "prime_minister"],
    "security": ["security_council_secretary", "agency_head"],
}
TREATY_GROUPS = {
    "alliance": ["alliance", "collective_defence"],
    "friendship": ["friendship", "strategic_partnership", "integration"],
    "military": ["military_cooperation", "border_military", "counter_terrorism"],
    "zone": ["nuclear_weapon_free_zone"],
}
TRAINING_WINDOW = 3  # years: most series are held every second or third year
FIRST_TRAINING_YEAR = 1994  # the first year the record of exercises covers
FIRST_ARMS_YEAR = 1996  # the first year with five years of deliveries behind it
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
    years = pd.RangeIndex(FIRST_YEAR, closing(record).year + 1, name="year")
    return pd.DataFrame({name: rule(record) for name, rule in MEASURES.items()}).reindex(years)


def dimension(name: str, *, columns: str, rule: str, why: str) -> Callable:
    """Register a function as the rule of a dimension, with the texts that describe it.

    Args:
        name: of the dimension.
        columns: of the tables that it reads.
        rule: how a score is computed.
        why: what the ends of the scale mean.
    """

    def register(function: Callable[[Record], pd.Series]) -> Callable[[Record], pd.Series]:
        RULES[name] = {"dimension": name, "columns": columns, "rule": rule, "why": why}
        MEASURES[name] = function
        return function

    return register


@dimension(
    "Dialogue",
    columns="meetings: date_start, status; participation: state, level, role",
    rule="At each of three levels (heads of state, ministers, heads of security bodies), the "
    "largest share of the five states at one meeting of the year without an outside state except "
    "Azerbaijan; the mean of the three levels",
    why="0: no meeting on record, so that before 2017 the score is a minimum. 100: all five states "
    "met at every level.",
)
def dialogue(record: Record) -> pd.Series:
    """Return the score of how many of the five met, and at how many levels; see `RULES`.

    The year in which the record closes is left out, because it is not over.

    Examples:
        >>> import casi
        >>> record = {name: casi.load(name) for name in casi.list_tables().index}
        >>> bool(dialogue(record).between(0, 100).all(axis=None))
        True
    """
    meetings = held(record["meetings"])
    meetings = meetings[~counted(meetings, "with_outside_power")]
    rows = record["participation"]
    rows = rows[counted(rows, "took_part")]
    rows = rows.merge(meetings, left_on="event", right_on="meeting")
    alone = rows.groupby("event")["state"].agg(lambda states: set(states) <= WITH_AZERBAIJAN)
    rows = rows[rows["event"].isin(alone.index[alone]) & rows["state"].isin(FIVE)]
    rows = rows.assign(year=rows["date_start"].dt.year)
    most = {
        group: rows[rows["level"].isin(levels)]
        .groupby(["year", "event"])["state"]
        .nunique()
        .groupby("year")
        .max()
        for group, levels in LEVEL_GROUPS.items()
    }
    years = _full_years(record, FIRST_YEAR)
    return 100 * pd.DataFrame(most).reindex(years).fillna(0).mean(axis=1) / len(FIVE)


@dimension(
    "Joint training",
    columns="exercises: date_start, status, participants_complete; participation: state, level",
    rule="Share of the ten pairs that trained together in the year or the two before, in an "
    "exercise with neither Russia nor China",
    why="0: no pair. 100: all ten pairs. Exercises whose participants are not all known do not "
    "count, nor does anything before 1994.",
)
def training(record: Record) -> pd.Series:
    """Return the score of which pairs trained together without Russia and China; see `RULES`."""
    groups = _training_groups(record)
    scores = [_training_score(window.values()) for window in groups]
    return pd.Series(scores, groups.index, dtype=float)


def training_numbers(record: Record) -> pd.Series:
    """Return by year how many exercises with two or more of the five the score of training uses."""
    return _training_groups(record).map(len)


def decisive_exercise(record: Record, year: int) -> tuple[str, float]:
    """Return the exercise without which the score of training in a year is lowest, and that score.

    Args:
        record: the tables of `data/` by name.
        year: a year that has a score.

    Raises:
        MissingRow: if no exercise counts in that year.
    """
    groups = _training_groups(record)[year]
    require(pd.Series(groups), f"exercises that count for training in {year}")
    scores = {
        left_out: _training_score([states for key, states in groups.items() if key != left_out])
        for left_out in groups
    }
    exercise = min(scores, key=scores.__getitem__)
    return exercise, scores[exercise]


def _training_score(groups: Iterable[frozenset[str]]) -> float:
    """Return how many of the ten pairs are in one of the sets of states, from 0 to 100."""
    return 100 * len(set().union(*map(_pairs, groups))) / len(PAIRS)


def _training_groups(record: Record) -> pd.Series:
    """Return by year the sets of states that make the score of training, by exercise."""
    events = exercise_events(record["exercises"], record["participation"])
    without_powers = events["states"].map(lambda states: states.isdisjoint(GREAT_POWERS))
    joint = events["states"].map(lambda states: len(states & set(FIVE)) > 1)
    chosen = events[events["complete"] & without_powers & joint]
    years = _full_years(record, FIRST_TRAINING_YEAR)
    windows = [chosen["year"].between(year - TRAINING_WINDOW + 1, year) for year in years]
    states = chosen.set_index("event")["states"]
    return pd.Series([states[list(window)].to_dict() for window in windows], years)


@dimension(
    "Law",
    columns="treaties: kind, in_force_date; treaty_actions: state, action",
    rule="Of four kinds of treaty (alliance; friendship or partnership; military cooperation; the "
    "nuclear-weapon-free zone), the share in force between two states on the last day of the "
    "year; the mean of the ten pairs",
    why="100: all four kinds between all pairs. Only treaties without outside signatories that are "
    "known to be in force count; a signature does not, so the score is a minimum.",
)
def law(record: Record) -> pd.Series:
    """Return the score of the treaties of the five alone that bind their pairs; see `RULES`.

    The score of the year in which the record closes is that of the closing date.
    """
    treaties = record["treaties"]
    treaties = treaties[~treaties["treaty"].isin(values("parties_partial"))]
    treaties = treaties.dropna(subset="in_force_date")
    actions = record["treaty_actions"]
    signed = actions[actions["action"].isin(["signed", "acceded"])]
    parties = sets_by(signed, "treaty", "state")
    groups = {kind: group for group, kinds in TREATY_GROUPS.items() for kind in kinds}
    first_year: dict[tuple[str, frozenset[str]], int] = {}
    for treaty in treaties[treaties["kind"].isin(groups)].itertuples():
        states = parties.get(treaty.treaty, frozenset())
        for pair in _pairs(states) if states <= set(FIVE) else ():
            bond = groups[treaty.kind], pair
            year = treaty.in_force_date.year
            first_year[bond] = min(year, first_year.get(bond, year))
    years = range(FIRST_YEAR, closing(record).year + 1)
    bonds = [sum(first <= year for first in first_year.values()) for year in years]
    return pd.Series(bonds, years, dtype=float) * 100 / (len(TREATY_GROUPS) * len(PAIRS))


@dimension(
    "Settled borders",
    columns="border_segments: delimited, delimited_date",
    rule="Share of the borders between two of the five states that are delimited from end to end "
    "on the last day of the year",
    why="0: no border. 100: all borders. A border is left out if the record does not say how far "
    "it is delimited.",
)
def borders(record: Record) -> pd.Series:
    """Return the score of how many borders among the five are delimited; see `RULES`."""
    lines = among_five(record["border_segments"]).dropna(subset="delimited")
    settled = lines.loc[lines["delimited"] == "full", "delimited_date"].dt.year
    years = range(FIRST_YEAR, closing(record).year + 1)
    shares = [(settled <= year).sum() / len(lines) if len(lines) else None for year in years]
    return pd.Series(shares, years, dtype=float) * 100


@dimension(
    "Arms",
    columns="arms_transfers: recipient, supplier, delivery_year, tiv_millions",
    rule="Share of a state's arms imports of five years that did not come from its largest "
    "supplier; the mean of the states that received anything",
    why="0: one supplier of everything. 100 is never reached. A state without imports on record is "
    "left out. Before 1996 there are no five years to look back on.",
)
def arms(record: Record) -> pd.Series:
    """Return the score of how little the five depend on their largest supplier; see `RULES`."""
    transfers = record["arms_transfers"]
    if transfers.empty:
        return pd.Series(dtype=float)
    scores = {}
    for year in range(FIRST_ARMS_YEAR, int(transfers["delivery_year"].max()) + 1):
        five_years = transfers["delivery_year"].between(year - delivery_dates.WINDOW + 1, year)
        volumes = suppliers.volumes(transfers[five_years], "recipient", "supplier")
        scores[year] = 100 * (1 - suppliers.shares(volumes).max(axis=1)).mean()
    return pd.Series(scores, dtype=float)


def _pairs(states: frozenset[str]) -> set[frozenset[str]]:
    """Return the pairs of the five among some states."""
    return {pair for pair in PAIRS if pair <= states}


def _full_years(record: Record, first: int) -> range:
    """Return the years from the first that were over when the record closed."""
    return range(first, closing(record).year)
