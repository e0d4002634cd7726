"""Tell exercises by who trains: forces, police or emergency services, and with the five or not."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.counting import counted, is_training
from casi.states import FIVE
from casi.tables import split_keys

POLICE = {"interior", "special_services"}  # values of `exercises.kind`


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
    has a kind of forces too, as a rescue at sea by navies has: the rule `joint_training`.

    Args:
        exercises: rows of the table `exercises`.
    """
    return exercises[is_training(exercises["kind"])]


def of_the_five(exercises: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the exercises without those that Azerbaijan held with other states alone.

    An exercise stays if one of the five states took part in it or watched it, or if not all
    participants are known.

    Args:
        exercises: rows of the table `exercises`.
        participation: the table `participation`.
    """
    there = participation["state"].isin(FIVE) & counted(participation, "came")
    with_five = exercises["exercise"].isin(participation.loc[there, "event"])
    return exercises[with_five | ~exercises["participants_complete"].astype(bool)]
