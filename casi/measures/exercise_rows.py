"""Which exercises the charts count: by pair of states, by place, by where the row comes from."""

from __future__ import annotations

import pandas as pd

from casi.record.exercise_kinds import without_rescue
from casi.record.lookup import took_part
from casi.states import FIVE

PARTNERS = [*FIVE, "AZE", "RUS", "CHN", "TUR", "USA", "IND", "PAK"]
SITE_SERIES = {"all": "All exercises", "free": "Without Russia and China"}


def origins(exercises: pd.DataFrame) -> pd.Series:
    """Return where the row of each exercise comes from; missing if it counts as no exercise held.

    Planned and cancelled ones do not count, nor do those of emergency services alone.

    Examples:
        >>> import casi
        >>> sorted(origins(casi.load("exercises")).dropna().unique())
        ['Data set', 'Own record']
    """
    origin = exercises["confidence"].eq("dataset").map({True: "Data set", False: "Own record"})
    held = without_rescue(exercises[exercises["status"] == "held"])
    return origin.where(exercises.index.isin(held.index))


def pairs(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame, since: int
) -> pd.DataFrame:
    """Return the exercises that each of the five held with each other state of `PARTNERS`.

    Args:
        exercises: the table `exercises`; only those held, with all participants known, count,
            and none of emergency services alone.
        participation: the table `participation`.
        states: the table `states`.
        since: the first year counted.

    Returns:
        Columns `state` (name), `partner` (code) and `exercise`; one row for each pair in each.
    """
    names = states.set_index("iso3")["name"]
    held = without_rescue(exercises[exercises["status"] == "held"])
    recent = held["participants_complete"] & (held["date_start"].dt.year >= since)
    wanted = held.loc[recent, "exercise"]
    groups = took_part(participation).reindex(wanted).dropna()
    met = [
        (names[state], partner, exercise)
        for exercise, group in groups.items()
        for state in FIVE
        for partner in PARTNERS
        if partner != state and {state, partner} <= group
    ]
    return pd.DataFrame(met, columns=["state", "partner", "exercise"])


def mapped(classified: pd.DataFrame, exercises: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the regional exercises held at known places of the five and Azerbaijan.

    Args:
        classified: what `classify` returns.
        exercises: the table `exercises`.
        places: the table `places`.

    Returns:
        Their rows of `classified` with `site` (name of the place), `lat`, `lon` and `free` (without
        Russia and China). Places without a point are left out.
    """
    rows = classified[classified["of_five"] > 1].merge(exercises[["exercise", "location"]])
    points = places.dropna(subset="lat").query("state in @FIVE or state == 'AZE'")
    points = points.rename(columns={"name": "site", "place": "location"})
    rows = rows.merge(points[["location", "site", "lat", "lon"]])
    return rows.assign(free=~(rows["russia"] | rows["china"]))


def of_both_series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what `mapped` returns with `series`, a value of `SITE_SERIES`: each row once or twice.

    Args:
        rows: what `mapped` returns.
    """
    free = rows[rows["free"]]
    parts = [rows.assign(series=SITE_SERIES["all"]), free.assign(series=SITE_SERIES["free"])]
    return pd.concat(parts, ignore_index=True)
