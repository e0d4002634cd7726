"""Who trained with whom: joint exercises sorted by the outside powers that took part."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.counting import counted
from casi.measures.exercise_partners import next_to_russia
from casi.measures.exercise_rows import PARTNERS, SITE_SERIES, mapped, origins, pairs
from casi.record.exercise_kinds import of_the_five, without_rescue
from casi.record.lookup import preferred_people, require, took_part
from casi.record.on_day import last_possible_day
from casi.states import FIVE
from casi.text import dates

COMPANY = ["Central Asians alone", "With Azerbaijan", "Other states", "Türkiye", "NATO or US"]
COMPANY += ["China", "Russia and China", "Russia"]
FREE_LABELS = {
    "when": "Date",
    "name": "Exercise",
    "of_five": "Of the five states",
    "company": "Other participants",
    "confidence": "Confidence",
}
LARGEST_LABELS = {
    "when": "Began",
    "name": "Exercise",
    "people": "People",
    "company": "Largest outside power",
    "confidence": "Confidence",
}
PERIOD_STARTS = [1994, 2001, 2006, 2011, 2016, 2021]


def classify(
    exercises: pd.DataFrame,
    participation: pd.DataFrame,
    states: pd.DataFrame,
    *,
    merge: bool = True,
    of_five: int = 1,
) -> pd.DataFrame:
    """Sort the exercises that were held by who took part.

    Only rows with `participants_complete` are kept: nobody can be said to have stayed away from an
    exercise whose participants are not all known. Exercises of emergency services alone are left
    out (`without_rescue`), here and in all counts below.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`, for the year each state joined NATO.
        merge: count exercises held on the same days by the same states once; the CSTO runs up to
            five named ones side by side.
        of_five: the least number of the five states whose forces took part.

    Returns:
        One row an exercise: `exercise`, `name`, `frame`, `year`, `period`, `of_five` (how many of
        the five), `others` (how many other states), the truth columns `russia`, `china`, `nato`
        (a member at the time, Türkiye apart), `turkiye`, `azerbaijan`, and `company` (one of
        `COMPANY`).
    """
    held = without_rescue(exercises[exercises["status"] == "held"])
    table = held[held["participants_complete"]].copy()
    parts = took_part(participation)
    table["states"] = [parts.get(exercise, frozenset()) for exercise in table["exercise"]]
    if merge:
        table = merge_parallel(table)
    table["of_five"] = [len(group & set(FIVE)) for group in table["states"]]
    table = table[table["of_five"] >= of_five].copy()
    table["year"] = table["date_start"].dt.year
    last_year = table["year"].max()
    table["period"] = [period(year, last_year) for year in table["year"]]
    table["others"] = [len(group - set(FIVE)) for group in table["states"]]
    codes = {"russia": "RUS", "china": "CHN", "turkiye": "TUR", "azerbaijan": "AZE"}
    for column, code in codes.items():
        table[column] = [code in group for group in table["states"]]
    joined = states.set_index("iso3")["nato_since"].drop("TUR").dropna()
    members = {
        year: {code for code, first in joined.items() if first <= year}
        for year in set(table["year"])
    }
    table["nato"] = [
        not group.isdisjoint(members[year])
        for group, year in zip(table["states"], table["year"], strict=True)
    ]
    table["company"] = [_company(row) for row in table.itertuples()]
    columns = ["exercise", "name", "frame", "year", "period", "of_five", "others"]
    powers = ["russia", "china", "nato", "turkiye", "azerbaijan", "company"]
    return table[columns + powers].sort_values("year", kind="stable", ignore_index=True)


def merge_parallel(exercises: pd.DataFrame) -> pd.DataFrame:
    """Keep one of the exercises held on the same days by the same states, by `counted_once`.

    Args:
        exercises: rows of the table `exercises` with `states`, the set of states that took part;
            rows whose dates are not known to the day are all kept.
    """
    exact = counted(exercises, "counted_once")
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
        return "Central Asians alone"
    return "With Azerbaijan" if row.azerbaijan and row.others == 1 else "Other states"


def period(year: int, last_year: int) -> str:
    """Return the period of a year from the first of `PERIOD_STARTS` on; `last_year` ends the last.

    Examples:
        >>> period(2024, last_year=2026)
        '2021–2026'
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
    table = pd.crosstab(exercises["date_start"].dt.year.rename("year"), origins(exercises))
    every_year = range(table.index.min(), table.index.max() + 1)
    kinds = ["Data set", "Own record"]
    return table.reindex(index=every_year, columns=kinds, fill_value=0).rename_axis("year")


def without_russia_and_china(classified: pd.DataFrame) -> pd.DataFrame:
    """Return how many of the exercises had neither Russia nor China in them, by period.

    Returns:
        Index `period`; `exercises` (number) and `exercises_share` of those without the two powers,
        between 0 and 1.
    """
    neither = ~(classified["russia"] | classified["china"])
    grouped = neither.groupby(classified["period"])
    return grouped.agg(exercises="size", exercises_share="mean")


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

    Args are those of `exercise_rows.pairs`, which returns what is counted.

    Returns:
        Index: the names of the five; one column a partner, by its code, the five first.
    """
    met = pairs(exercises, participation, states, since)
    own = states.set_index("iso3")["name"][FIVE]
    table = pd.crosstab(met["state"], met["partner"])
    table = table.reindex(index=own.tolist(), columns=PARTNERS, fill_value=0)
    return table.rename_axis("State").rename_axis(columns=None)


def sites(classified: pd.DataFrame, exercises: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Count the regional exercises held at each place of the five and Azerbaijan.

    Args are those of `exercise_rows.mapped`, which returns what is counted.

    Returns:
        Index: name of the place; `lat`, `lon` (decimal degrees) and one column a value of
        `SITE_SERIES`.
    """
    grouped = mapped(classified, exercises, places).groupby("site")
    table = grouped.agg(
        lat=("lat", "first"), lon=("lon", "first"), all=("free", "size"), free=("free", "sum")
    )
    return table.rename(columns=SITE_SERIES)


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
        Columns `exercise`, `name`, `when`, `people`, `company` and `confidence` (of the figure),
        the largest first.
    """
    reported = figures.query("measure == 'personnel' and preferred").set_index("subject")
    rows = classified[classified["of_five"] > 1].merge(
        exercises[["exercise", "date_start", "date_precision"]]
    )
    rows = rows.assign(
        people=rows["exercise"].map(preferred_people(figures)),
        confidence=rows["exercise"].map(reported["confidence"]),
        when=dates(rows["date_start"], rows["date_precision"]),
    ).dropna(subset="people")
    rows = rows.sort_values(["people", "date_start"], ascending=[False, True]).head(top)
    columns = ["exercise", "name", "when", "people", "company", "confidence"]
    return rows[columns].reset_index(drop=True)


def held_in_region(
    exercises: pd.DataFrame, places: pd.DataFrame, states: pd.DataFrame
) -> pd.Series:
    """Return for each exercise whether it is known to have been held in one of the five states.

    The place decides; without one the host, which rows of data sets lack; without either the states
    named in the text of the place, if all are of the five.

    Args:
        exercises: the table `exercises`.
        places: the table `places`.
        states: the table `states`.

    Returns:
        Truth values with the index of `exercises`; False where nothing shows the state.
    """
    of_place = exercises["location"].map(places.set_index("place")["state"])
    known = of_place.fillna(exercises["host"])
    names = states.set_index("iso3")["name"]
    texts = exercises["place"].fillna("")
    stated = texts.map(lambda text: {code for code, name in names.items() if name in text})
    return known.isin(FIVE) | known.isna() & stated.map(lambda c: bool(c) and c <= set(FIVE))


def shares_by_count(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> pd.DataFrame:
    """Return the share of regional exercises without Russia and China by both ways of counting.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`.

    Returns:
        Index `period`; `low` (parallel exercises counted one by one) and `high` (counted once),
        between 0 and 1.
    """
    shares = {}
    for name, merge in (("low", False), ("high", True)):
        table = classify(exercises, participation, states, merge=merge).query("of_five > 1")
        shares[name] = without_russia_and_china(table)["exercises_share"]
    return pd.DataFrame(shares)


def headline(
    exercises: pd.DataFrame, participation: pd.DataFrame, states: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on regional exercises that the text quotes, by name.

    A regional exercise joins two or more of the five. Parallel exercises are counted as one, except
    in `low`, `number_single` and `russia_high`.

    Args:
        exercises: the table `exercises`.
        participation: the table `participation`.
        states: the table `states`.

    Returns:
        `period` (the last), `low` and `high` (shares without Russia and China), `number_single` and
        `number` (of exercises); `before_low` and `before_high` (the lowest and highest share of
        all periods before); `drills_earlier` (two periods before), `drills_then` (its share),
        `drills_number`; `russia_all` (share with Russia in all periods), in the last `russia_low`
        and `russia_high`, and the numbers of `next_to_russia`;
        `last_held` (day); `held`, `complete` and `graded_` with each confidence.

    Raises:
        MissingRow: if there are regional exercises in fewer than three periods.
    """
    regional = classify(exercises, participation, states).query("of_five > 1")
    require(regional["period"].drop_duplicates(), "periods with regional exercises", 3)
    single = classify(exercises, participation, states, merge=False).query("of_five > 1")
    shares = shares_by_count(exercises, participation, states)
    drills = of_the_five(exercises, participation)
    held = without_rescue(drills[drills["status"] == "held"])
    last = shares.index[-1]
    recent = [rows[rows["period"] == last] for rows in (regional, single)]
    with_russia = [rows["russia"].mean() for rows in recent]
    return {
        "period": last,
        "low": shares["low"].iloc[-1],
        "high": shares["high"].iloc[-1],
        "number_single": len(recent[1]),
        "number": len(recent[0]),
        "before_low": shares.iloc[:-1].min().min(),
        "before_high": shares.iloc[:-1].max().max(),
        "drills_earlier": shares.index[-3],
        "drills_then": shares["high"].iloc[-3],
        "drills_number": int((regional["period"] == shares.index[-3]).sum()),
        "russia_all": regional["russia"].mean(),
        "russia_low": min(with_russia),
        "russia_high": max(with_russia),
        **next_to_russia(recent[0], recent[1], participation, states),
        "last_held": held["date_start"].max(),
        "held": len(held),
        "complete": int(held["participants_complete"].sum()),
        **{f"graded_{grade}": int(n) for grade, n in held["confidence"].value_counts().items()},
    }


def before_birlestik(
    regional: pd.DataFrame, exercises: pd.DataFrame, in_region: pd.Series, people: pd.Series
) -> dict[str, int]:
    """Compare Birlestik-2024 with the other exercises that had neither Russia nor China.

    Args:
        regional: rows of what `classify` returns, with two or more of the five.
        exercises: the table `exercises`.
        in_region: what `held_in_region` returns.
        people: what `preferred_people` returns.

    Returns:
        Of those of `without_powers`: `own` (number), `own_pairs` (of two states), `before` (over
        when Birlestik-2024 began), `widest_before` (most of the five in one of them), `undated`
        (not known to be earlier or later), `of_five` (in Birlestik-2024) and `later` (since then,
        in its company, with as many of the five). `wide` (of three or more of the five with a
        member of NATO, over when it began) and `wide_in_region` (of them, known to be in the five
        states). `sized` (of all without Russia and China, known to be in the five states and over
        when it began, those with a number of people) and `largest_before` (the most of them).
    """
    days = exercises.set_index("exercise")
    start = require(days[days.index == "birlestik-2024"], "exercises/birlestik-2024")
    start = start["date_start"].item()
    ends = last_possible_day(days["date_end"].fillna(days["date_start"]), days["date_precision"])
    earlier, later = ends < start, days["date_start"] > start
    own = without_powers(regional, exercises).set_index("exercise")
    before = own[earlier.reindex(own.index)]
    after = own[later.reindex(own.index)]
    birlestik = require(own[own.index == "birlestik-2024"], "its participants").iloc[0]
    alike = (after["company"] == birlestik["company"]) & (after["of_five"] >= birlestik["of_five"])
    wide = regional.query("nato and not russia and not china and of_five > 2").set_index("exercise")
    wide = wide[earlier.reindex(wide.index)]
    inside = in_region.set_axis(exercises["exercise"])
    others = regional.query("not russia and not china")["exercise"]
    sizes = people.reindex(others[(earlier & inside).reindex(others).array]).dropna()
    return {
        "own": len(own),
        "own_pairs": int((own["of_five"] == 2).sum()),
        "before": len(before),
        "undated": len(own) - len(before) - len(after) - 1,
        "widest_before": int(before["of_five"].max()),
        "of_five": int(birlestik["of_five"]),
        "later": int(alike.sum()),
        "wide": len(wide),
        "wide_in_region": int(inside.reindex(wide.index).sum()),
        "sized": len(sizes),
        "largest_before": int(require(sizes, "people in an earlier exercise").max()),
    }
