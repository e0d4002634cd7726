"""Who came together: meetings, exercises, treaties and bodies as sets of states.

A row of *events* is a meeting, an exercise, a treaty or a year of a body, with the set of states in
it. `casi.measures.networks` joins the states of an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from casi.counting import counted, outside_powers, values
from casi.measures.exercises import merge_parallel
from casi.measures.participation import held
from casi.record.exercise_kinds import without_rescue
from casi.record.lookup import took_part
from casi.record.on_day import effective_ends, members_on
from casi.states import FIVE
from casi.tables import sets_by

LAYERS = ["meetings", "exercises", "treaties", "organisations"]
BODIES_OF_STATES = {"EU": "European Union", "GCC": "Gulf states", "UN": "United Nations"}
EVENT_COLUMNS = ["layer", "event", "year", "states", "complete"]


def meeting_events(meetings: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings held, with the states present; observers and the absent are left out.

    The outside power of a format such as `c5_usa` is added: the table lists only the five. A row
    is complete when each of the five is known to have come or to have stayed away; series that are
    not always meant for all five are taken as recorded.

    Args:
        meetings: the table `meetings`.
        participation: the table `participation`.

    Returns:
        Columns `layer`, `event` (key), `year`, `states` (frozenset of codes), `complete` (bool); a
        meeting with fewer than two known states is left out.

    Examples:
        >>> import casi
        >>> met = meeting_events(casi.load("meetings"), casi.load("participation"))
        >>> bool((met["states"].map(len) >= 2).all())
        True
    """
    rows = held(meetings)
    present = sets_by(participation[counted(participation, "took_part")], "event", "state")
    powers, for_all = outside_powers(), counted(rows, "meant_for_five")
    known = sets_by(participation, "event", "state")
    states, complete = [], []
    for row, meant in zip(rows.itertuples(), for_all, strict=True):
        power = powers.get(row.series)
        if row.series == "c5_other":  # keys begin with c5 and the code of the power
            power = row.meeting[2:5].upper()
        group = present.get(row.meeting, frozenset())
        states.append(group | {power} if power and group else group)
        complete.append(not meant or set(FIVE) <= known.get(row.meeting, set()))
    return _events("meetings", rows["meeting"], rows["date_start"].dt.year, states, complete)


def exercise_events(exercises: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises held, with the states whose contingents took part.

    Observers, ministers and other officials do not train; see `lookup.took_part`. Exercises held
    on the same days by the same states count once, and those of emergency services alone do not
    count, as in `exercises.classify`.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.

    Returns:
        Columns as of `meeting_events`; `complete` is the table's `participants_complete`.
    """
    held_rows = without_rescue(exercises[exercises["status"] == "held"])
    present = took_part(participation)
    states = [present.get(exercise, frozenset()) for exercise in held_rows["exercise"]]
    rows = merge_parallel(held_rows.assign(states=states))
    complete = rows["participants_complete"].astype(bool)
    years = rows["date_start"].dt.year
    return _events("exercises", rows["exercise"], years, rows["states"], complete)


def treaty_events(treaties: pd.DataFrame, treaty_actions: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties two or more states signed, dated by the year they were opened.

    Arms-control treaties open to every state are left out: signing one does not tie two states.
    So are declarations, later accessions, and treaties of one of the five with one outside state on
    another subject than borders: the record has those with a few outside states only, which would
    seem closer to the five than the others.

    Args:
        treaties: the table `treaties`.
        treaty_actions: the table `treaty_actions`.

    Returns:
        Columns as of `meeting_events`; `complete` is False by the rule `parties_partial`.
    """
    signed = treaty_actions[treaty_actions["action"] == "signed"]
    parties = sets_by(signed, "treaty", "state")
    sizes, of_five = parties.map(len), parties.map(lambda states: len(states & set(FIVE)))
    with_outsider = treaties["treaty"].isin(parties.index[(sizes == 2) & (of_five < 2)])
    with_outsider &= counted(treaties, "with_few_outside")
    rows = treaties[~with_outsider & counted(treaties, "ties_two")]
    states = [parties.get(treaty, frozenset()) for treaty in rows["treaty"]]
    complete = ~rows["treaty"].isin(values("parties_partial"))
    return _events("treaties", rows["treaty"], rows["date_opened"].dt.year, states, complete)


def organisation_events(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> pd.DataFrame:
    """Return a row for each year of each body: its full members on the last day of the year.

    Left out are universal bodies, those of NATO, whose other members the table does not list, and
    those whose end is not known, as in `institutions.bodies_on`.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the day the record closes; the last year is taken on it.

    Returns:
        Columns as of `meeting_events`; `complete` is False by the rule `members_partial`.
    """
    ends = effective_ends(organisations, memberships)
    outside, partial = values("universal") | values("nato_partnership"), values("members_partial")
    found = []
    for year in range(1991, until.year + 1):
        day = min(pd.Timestamp(year, 12, 31), until)
        left_out = set(ends.index[ends <= day]) | outside
        spells = members_on(memberships, day)
        spells = spells[~spells["organisation"].isin(left_out)]
        states = sets_by(spells, "organisation", "state")
        complete = ~states.index.isin(partial)
        found.append(_events("organisations", states.index, year, states, complete))
    return pd.concat(found, ignore_index=True)


def act_events(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the meetings, exercises and treaties, without the bodies.

    Args:
        tables: the tables of `data/` by name: `meetings`, `exercises`, `participation`, `treaties`
            and `treaty_actions`.

    Returns:
        Columns as of `meeting_events`, a layer after another in the order of `LAYERS`.
    """
    layers = [
        meeting_events(tables["meetings"], tables["participation"]),
        exercise_events(tables["exercises"], tables["participation"]),
        treaty_events(tables["treaties"], tables["treaty_actions"]),
    ]
    return pd.concat(layers, ignore_index=True)


def all_events(tables: Mapping[str, pd.DataFrame], until: pd.Timestamp) -> pd.DataFrame:
    """Return the events of all four layers.

    Args:
        tables: those of `act_events`, `organisations` and `memberships`.
        until: the day the record closes.

    Returns:
        Columns as of `meeting_events`, a layer after another in the order of `LAYERS`.
    """
    bodies = organisation_events(tables["organisations"], tables["memberships"], until)
    return pd.concat([act_events(tables), bodies], ignore_index=True)


def _events(
    layer: str, keys: Iterable, years: Iterable | int, states: Iterable, complete: Iterable
) -> pd.DataFrame:
    """Return the rows of a layer with two or more states, at least one of them of the five."""
    table = pd.DataFrame({"event": list(keys), "states": list(states), "complete": list(complete)})
    table["layer"] = layer
    table["year"] = years if isinstance(years, int) else list(years)
    wanted = [len(group) > 1 and not group.isdisjoint(FIVE) for group in table["states"]]
    return table.loc[wanted, EVENT_COLUMNS].reset_index(drop=True)
