"""Who trained with whom: joint exercises sorted by the outside powers that took part."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.record.lookup import require, took_part
from casi.states import FIVE
from casi.text import dates

COMPANY = [
    "Five alone",
    "With Azerbaijan",
    "Other states",
    "Türkiye",
    "NATO or US",
    "China",
    "Russia and China",
    "Russia",
]
SHARE_LABELS = {"exercises_share": "Exercises", "participations_share": "Contingents"}
PERIOD_STARTS = [1994, 2001, 2006, 2011, 2016, 2021]
PARTNERS = [*FIVE, "AZE", "RUS", "CHN", "TUR", "USA", "IND", "PAK"]


def classify(
    exercises: pd.DataFrame,
    participation: pd.DataFrame,
    states: pd.DataFrame,
    *,
    merge: bool = True,
) -> pd.DataFrame:
    """Sort the exercises that were held by who took part.

    Only rows with `participants_complete` are kept: nobody can be said to have stayed away from an
    exercise whose participants are not all known.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`, for the year each state joined NATO.
        merge: count exercises held on the same days by the same states once; the CSTO runs up to
            five named ones side by side.

    Returns:
        One row an exercise: `exercise`, `name`, `frame`, `year`, `period`, `of_five` (how many of
        the five), `others` (how many other states), the truth columns `russia`, `china`, `nato`
        (a member at the time, Türkiye apart), `turkiye`, `azerbaijan`, and `company` (one of
        `COMPANY`).
    """
    table = exercises[(exercises["status"] == "held") & exercises["participants_complete"]].copy()
    parts = took_part(participation)
    table["states"] = [parts.get(exercise, frozenset()) for exercise in table["exercise"]]
    if merge:
        table = merge_parallel(table)
    table["year"] = table["date_start"].dt.year
    last_year = table["year"].max()
    table["period"] = [period(year, last_year) for year in table["year"]]
    table["of_five"] = [len(group & set(FIVE)) for group in table["states"]]
    table["others"] = [len(group - set(FIVE)) for group in table["states"]]
    for column, code in (
        ("russia", "RUS"),
        ("china", "CHN"),
        ("turkiye", "TUR"),
        ("azerbaijan", "AZE"),
    ):
        table[column] = [code in group for group in table["states"]]
    joined = states.set_index("iso3")["nato_since"].drop("TUR").dropna()
    members = {year: set(joined.index[joined <= year]) for year in table["year"].unique()}
    table["nato"] = [
        bool(group & members[year])
        for group, year in zip(table["states"], table["year"], strict=True)
    ]
    table["company"] = [_company(row) for row in table.itertuples()]
    columns = ["exercise", "name", "frame", "year", "period", "of_five", "others"]
    powers = ["russia", "china", "nato", "turkiye", "azerbaijan", "company"]
    return table.loc[table["of_five"] > 0, columns + powers].sort_values("year", ignore_index=True)


def merge_parallel(exercises: pd.DataFrame) -> pd.DataFrame:
    """Keep one of the exercises held on the same days by the same states.

    Args:
        exercises: rows of the table `exercises` with `states`, the set of states that took part;
            rows whose dates are not known to the day are all kept.
    """
    exact = exercises["date_precision"] == "day"
    return exercises[~(exact & exercises.duplicated(["date_start", "date_end", "states"]))].copy()


def _company(row) -> str:
    """Return the value of `COMPANY` for a row of `classify`."""
    if row.russia:
        return "Russia and China" if row.china else "Russia"
    if row.china:
        return "China"
    if row.nato:
        return "NATO or US"
    if row.turkiye:
        return "Türkiye"
    if row.others == 0:
        return "Five alone"
    return "With Azerbaijan" if row.azerbaijan and row.others == 1 else "Other states"


def period(year: int, last_year: int) -> str:
    """Return the period of a year, the unit in which exercises are compared: `"2021–2026"`.

    Args:
        year: a year from the first of `PERIOD_STARTS` on.
        last_year: the last year on record, which ends the last period.
    """
    start = max(first for first in PERIOD_STARTS if first <= year)
    later = [first for first in PERIOD_STARTS if first > year]
    return f"{start}–{later[0] - 1 if later else last_year}"


def counts(classified: pd.DataFrame) -> pd.DataFrame:
    """Count exercises by period and company: one row a period, one column a value of `COMPANY`."""
    table = pd.crosstab(classified["period"], classified["company"])
    return table.reindex(columns=COMPANY, fill_value=0)


def partners(classified: pd.DataFrame) -> pd.DataFrame:
    """Count the exercises each partner took part in, by period; an exercise can count often.

    Returns:
        Index `period`; `All exercises` and one column a partner.
    """
    present = classified[["russia", "china", "nato", "turkiye", "azerbaijan"]]
    present = present.set_axis(["Russia", "China", "NATO or US", "Türkiye", "Azerbaijan"], axis=1)
    alone = (classified["others"] == 0).rename("No one else")
    sums = pd.concat([present, alone], axis=1).groupby(classified["period"]).sum()
    sums.insert(0, "All exercises", classified.groupby("period").size())
    return sums


def by_origin(exercises: pd.DataFrame) -> pd.DataFrame:
    """Count the exercises held each year by where the row comes from: a data set or our record.

    Returns:
        Index `year`; columns `Data set` and `Own record`.
    """
    rows = exercises[exercises["status"] == "held"]
    origin = rows["confidence"].eq("dataset").map({True: "Data set", False: "Own record"})
    table = pd.crosstab(rows["date_start"].dt.year.rename("year"), origin)
    every_year = range(table.index.min(), table.index.max() + 1)
    kinds = ["Data set", "Own record"]
    return table.reindex(index=every_year, columns=kinds, fill_value=0).rename_axis("year")


def without_russia_and_china(classified: pd.DataFrame) -> pd.DataFrame:
    """Return how much of the training had neither Russia nor China in it, by period.

    Returns:
        Index `period`; `exercises` and `participations` (contingents of the five, one for each
        state and exercise) in all, and `exercises_share` and `participations_share` of those
        without the two powers, between 0 and 1.
    """
    neither = ~(classified["russia"] | classified["china"])
    table = classified.assign(neither=neither, seats=classified["of_five"] * neither)
    grouped = table.groupby("period").agg(
        exercises=("exercise", "size"),
        participations=("of_five", "sum"),
        free=("neither", "sum"),
        free_seats=("seats", "sum"),
    )
    grouped["exercises_share"] = grouped["free"] / grouped["exercises"]
    grouped["participations_share"] = grouped["free_seats"] / grouped["participations"]
    return grouped.drop(columns=["free", "free_seats"])


def without_powers(classified: pd.DataFrame, exercises: pd.DataFrame) -> pd.DataFrame:
    """List the exercises of two or more of the five without Russia, China or a NATO member.

    Returns:
        Columns of `classified` with `date_start`, `when` (the date in words), `place` and
        `confidence`, in order of time.
    """
    powers = classified[["russia", "china", "nato", "turkiye"]].any(axis=1)
    columns = ["exercise", "date_start", "date_precision", "place", "confidence"]
    rows = classified[~powers & (classified["of_five"] > 1)].merge(exercises[columns])
    rows = rows.sort_values("date_start", ignore_index=True)
    return rows.assign(when=dates(rows["date_start"], rows["date_precision"]))


def together(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame, since: int
) -> pd.DataFrame:
    """Count the exercises each of the five held with each other state of `PARTNERS`.

    Args:
        exercises: the table `exercises`; only those held, with all participants known, count.
        participation: the table `participation`.
        states: the table `states`.
        since: the first year counted.

    Returns:
        Index: the names of the five; one column a partner, by its code, the five first.
    """
    names = states.set_index("iso3")["name"]
    known = (exercises["status"] == "held") & exercises["participants_complete"]
    wanted = exercises.loc[known & (exercises["date_start"].dt.year >= since), "exercise"]
    groups = took_part(participation).reindex(wanted).dropna()
    joint = {
        names[state]: [
            sum({state, partner} <= group for group in groups) if partner != state else 0
            for partner in PARTNERS
        ]
        for state in FIVE
    }
    return pd.DataFrame(joint, index=PARTNERS).T.rename_axis("State")


def sites(classified: pd.DataFrame, exercises: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Count the regional exercises held at each place of the five and Azerbaijan.

    Args:
        classified: what `classify` returns.
        exercises: the table `exercises`.
        places: the table `places`.

    Returns:
        Index: name of the place; `lat`, `lon` (decimal degrees), `All exercises` and
        `Without Russia and China`. Places without a point are left out.
    """
    rows = classified[classified["of_five"] > 1].merge(exercises[["exercise", "location"]])
    rows = rows.merge(places, left_on="location", right_on="place").dropna(subset="lat")
    rows = rows[rows["state"].isin([*FIVE, "AZE"])].rename(columns={"name_y": "site"})
    free = ~(rows["russia"] | rows["china"])
    grouped = rows.assign(free=free).groupby("site")
    table = grouped.agg(
        lat=("lat", "first"), lon=("lon", "first"), all=("free", "size"), free=("free", "sum")
    )
    return table.rename(columns={"all": "All exercises", "free": "Without Russia and China"})


def largest(
    classified: pd.DataFrame, exercises: pd.DataFrame, figures: pd.DataFrame, top: int = 12
) -> pd.DataFrame:
    """List the largest regional exercises by the preferred count of people.

    Args:
        classified: what `classify` returns.
        exercises: the table `exercises`.
        figures: the table `reported_figures`.
        top: how many to return.

    Returns:
        Columns `exercise`, `name`, `when`, `people` (the best figure, else the lowest or highest),
        `company` and `confidence` (of the figure), the largest first.
    """
    reported = figures.query("measure == 'personnel' and preferred").set_index("subject")
    people = reported["best"].fillna(reported["low"]).fillna(reported["high"])
    rows = classified[classified["of_five"] > 1].merge(
        exercises[["exercise", "date_start", "date_precision"]]
    )
    rows = rows.assign(
        people=rows["exercise"].map(people),
        confidence=rows["exercise"].map(reported["confidence"]),
        when=dates(rows["date_start"], rows["date_precision"]),
    ).dropna(subset="people")
    rows = rows.sort_values(["people", "date_start"], ascending=[False, True]).head(top)
    columns = ["exercise", "name", "when", "people", "company", "confidence"]
    return rows[columns].reset_index(drop=True)


def headline(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on regional exercises that the text quotes, by name.

    A regional exercise joins two or more of the five. `low` and `high` are the shares without
    Russia and China in the last period, parallel exercises counted one by one and as one.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`.

    Raises:
        MissingRow: if there are regional exercises in fewer than three periods.
    """
    regional = classify(exercises, participation, states).query("of_five > 1")
    require(regional["period"].drop_duplicates(), "periods with regional exercises", 3)
    single = classify(exercises, participation, states, merge=False).query("of_five > 1")
    share = without_russia_and_china(regional)["exercises_share"]
    share_single = without_russia_and_china(single)["exercises_share"]
    latest = regional[regional["period"] == share.index[-1]]
    free = without_powers(regional, exercises)
    birlestik = free[free["exercise"] == "birlestik-2024"]
    wide = regional.query("not russia and not china and of_five > 2 and year < 2024")
    hosts = wide["exercise"].map(exercises.set_index("exercise")["host"])
    held = exercises[exercises["status"] == "held"]
    return {
        "period": share.index[-1],
        "low": share_single.iloc[-1],
        "high": share.iloc[-1],
        "drills_earlier": share.index[-3],
        "drills_then": share.iloc[-3],
        "lowest": share.min(),
        "peak_low": share_single.idxmax(),
        "peak_high": share.idxmax(),
        "russia_all": regional["russia"].mean(),
        "russia_now": latest["russia"].mean(),
        "pairs_before": int((free["date_start"] < birlestik["date_start"].min()).sum()),
        "of_five": int(birlestik["of_five"].sum()),
        "wide": len(wide),
        "wide_at_home": int(hosts.isin(FIVE).sum()),
        "held": len(held),
        "complete": int(held["participants_complete"].sum()),
        **{f"graded_{grade}": int(n) for grade, n in held["confidence"].value_counts().items()},
    }
