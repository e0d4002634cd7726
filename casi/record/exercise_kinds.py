"""Tell exercises by who trains: forces, police or emergency services, and with the five or not."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.states import FIVE
from casi.tables import split_keys

RESCUE = "rescue"  # values of `exercises.kind`, as are those below
POLICE = {"interior", "special_services"}
FORCES = {
    *("field", "naval", "air", "counter_terror", "peacekeeping", "special_forces", "border"),
    *("mountain", *POLICE),
}


def of_kind(exercises: pd.DataFrame, kinds: Collection[str]) -> pd.Series:
    """Return for each exercise whether it has one of some kinds; False where it has none.

    Args:
        exercises: rows of the table `exercises`.
        kinds: values of which `kind` may hold several, joined by semicolons.
    """
    wanted = set(kinds)
    return exercises["kind"].map(lambda cell: not wanted.isdisjoint(split_keys(cell))).astype(bool)


def without_rescue(exercises: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises without those that emergency services held by themselves.

    These are civil protection, which no count of joint training takes in. An exercise stays if it
    has one of the kinds `FORCES` too, as a rescue at sea by navies has.

    Args:
        exercises: rows of the table `exercises`.
    """
    return exercises[~of_kind(exercises, {RESCUE}) | of_kind(exercises, FORCES)]


def of_the_five(exercises: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises without those that Azerbaijan held with other states alone.

    An exercise stays if one of the five states took part in it or watched it, or if not all
    participants are known.

    Args:
        exercises: rows of the table `exercises`.
        participation: the table `participation`.
    """
    there = participation["state"].isin(FIVE) & (participation["level"] != "absent")
    with_five = exercises["exercise"].isin(participation.loc[there, "event"])
    return exercises[with_five | ~exercises["participants_complete"].astype(bool)]
