"""How far counts of exercises depend on those of police, special and emergency services."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.measures.exercises import classify, shares_by_count
from casi.record.exercise_kinds import POLICE, of_kind, without_rescue
from casi.record.lookup import took_part


def headline(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on services other than armies that the text quotes, by name.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`.

    Returns:
        `rescue` (exercises of emergency services alone that were held, which no count takes in) and
        `rescue_turkmen` (of these, those in which Turkmenistan took part);
        of the last period `police` (regional exercises in which internal troops, police or special
        services took part, one by one), and without them `without_police_low` and
        `without_police_high` (shares without Russia and China, by both ways of counting).

    Examples:
        >>> import casi
        >>> found = headline(*map(casi.load, ("exercises", "participation", "states")))
        >>> found["rescue_turkmen"] <= found["rescue"]
        True
    """
    held = exercises[exercises["status"] == "held"]
    single = classify(exercises, participation, states, merge=False).query("of_five > 1")
    last = single.loc[single["period"] == single["period"].max(), "exercise"]
    police = exercises[of_kind(exercises, POLICE)]
    others = exercises.drop(police.index)
    shares = shares_by_count(others, participation, states).loc[single["period"].max()]
    rescue = held.drop(without_rescue(held).index)["exercise"]
    joined = took_part(participation).reindex(rescue.to_numpy()).dropna()
    return {
        "rescue": len(rescue),
        "rescue_turkmen": int(joined.map(lambda states: "TKM" in states).sum()),
        "police": int(last.isin(police["exercise"]).sum()),
        "without_police_low": shares.min(),
        "without_police_high": shares.max(),
    }
