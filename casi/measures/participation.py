"""Which states attended the meetings of the five states, at what level; actions on treaties."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from casi.counting import counted
from casi.record.lookup import LEVELS, require
from casi.states import FIVE
from casi.text import date

SERIES_NAMES = {
    "security_council_secretaries": "security-council secretaries",
    "defence_ministers": "defence ministers",
    "interior_ministers": "interior ministers",
    "special_services": "special services",
    "c5_russia": "Russia",
    "c5_china": "China",
    "c5_usa": "United States",
    "c5_eu": "European Union",
    "c5_india": "India",
    "c5_gcc": "Gulf states",
    "c5_un": "United Nations",
    "c5_other": "Others",
}
RENAMED = {  # names of towns in `meetings`, and their names in `places`
    "Nur-Sultan": "Astana",
    "Avaza": "Turkmenbashi",
    "Avaza (Turkmenbashi)": "Turkmenbashi",
}
RANKS = {  # of the offices that sit at meetings, the highest first; those of one rank are alike
    level: rank
    for rank, levels in enumerate(
        [
            ["head_of_state"],
            ["former_head_of_state", "prime_minister", "speaker", "deputy_prime_minister"],
            ["minister", "security_council_secretary", "agency_head"],
            ["deputy_minister", "deputy_secretary", "deputy_agency_head"],
            ["ambassador", "attache", "official"],
        ]
    )
    for level in levels
}
MOST = 4  # of the five states that make a meeting one of most of them
SUMMITS = ["With each other", "With an outside power"]
SECURITY_SERIES = [
    "security_council_secretaries",
    "defence_ministers",
    "interior_ministers",
    "special_services",
]


def held(meetings: pd.DataFrame, *series: str) -> pd.DataFrame:
    """Return the meetings that took place, oldest first, of the series given or of all.

    Args:
        meetings: the table `meetings`.
        series: values of its column `series`.

    Examples:
        >>> import casi
        >>> summits = held(casi.load("meetings"), "consultative_heads")
        >>> str(summits["date_start"].min().date())
        '2018-03-15'
    """
    chosen = meetings["status"] == "held"
    if series:
        chosen &= meetings["series"].isin(series)
    return meetings[chosen].sort_values("date_start", ignore_index=True)


def towns_of(meetings: pd.DataFrame) -> pd.Series:
    """Return the town of each meeting, by its name of today."""
    return meetings["place"].replace(RENAMED)


def sites(meetings: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Count meetings by the town of the five states in which they took place.

    Args:
        meetings: rows of the table `meetings`; those held elsewhere or online are left out.
        places: the table `places`.

    Returns:
        Index: name of the town; `lat`, `lon` (decimal degrees), `Meetings`.
    """
    towns = places[places["state"].isin(FIVE)].drop_duplicates("name").set_index("name")
    counts = towns_of(meetings).value_counts()
    known = towns.loc[towns.index.isin(counts.index), ["lat", "lon"]].dropna()
    return known.assign(Meetings=counts)


def attendance(
    meetings: pd.DataFrame, participation: pd.DataFrame, states: list[str]
) -> pd.DataFrame:
    """Lay out attendance: one row a meeting, one column a state, cells are levels.

    Args:
        meetings: rows of the table `meetings`.
        participation: the table `participation`.
        states: ISO 3166-1 alpha-3 codes, one column each.

    Returns:
        Columns `meeting` (key), `date_start`, `held` (place and date in words) and the states; a
        level of `LEVELS` in words, `"present"` where the level is not published, missing where
        nothing is known.
    """
    rows = participation[participation["event"].isin(meetings["meeting"])]
    level = rows["level"].map(LEVELS).fillna("present")
    grid = rows.assign(level=level).pivot(index="event", columns="state", values="level")
    when = map(date, meetings["date_start"], meetings["date_precision"])
    place_and_day = [
        f"{place}, {day}" if place else day
        for place, day in zip(meetings["place"].fillna(""), when, strict=True)
    ]
    table = meetings[["meeting", "date_start"]].assign(held=place_and_day)
    return table.join(grid.reindex(columns=states), on="meeting")


def seats_at(grid: pd.DataFrame, level: str, states: list[str] = FIVE) -> tuple[int, int]:
    """Count the seats of an attendance grid filled at one level, and all seats.

    Args:
        grid: what `attendance` returns.
        level: a value of `LEVELS`, in words.
        states: the states that have a seat in every row.
    """
    return int((grid[states] == level).to_numpy().sum()), grid[states].size


def summits_of_presidents(
    meetings: pd.DataFrame, participation: pd.DataFrame, least: int = 3
) -> pd.DataFrame:
    """Return the summits that enough of the five heads of state attended.

    Summits on the Aral Sea alone are left out. Azerbaijan is not counted as an outside power.

    Args:
        meetings: the table `meetings`.
        participation: the table `participation`.
        least: how many of the five heads of state have to attend.

    Returns:
        Their rows of `meetings` with `year` and `company`, a value of `SUMMITS`.
    """
    heads = participation[participation["level"] == "head_of_state"]
    presidents = heads[heads["state"].isin(FIVE)].groupby("event").size()
    with_outsider = heads.loc[~heads["state"].isin([*FIVE, "AZE"]), "event"]
    summits = held(meetings)
    summits = summits[summits["series"] != "aral_sea"]
    summits = summits[summits["meeting"].map(presidents) >= least]
    outside = counted(summits, "with_outside_power") | summits["meeting"].isin(with_outsider)
    company = outside.map({True: SUMMITS[1], False: SUMMITS[0]})
    return summits.assign(year=summits["date_start"].dt.year, company=company)


def presidents_together(
    meetings: pd.DataFrame, participation: pd.DataFrame, least: int = 3
) -> pd.DataFrame:
    """Count the summits that enough of the five heads of state attended, by year.

    Args are those of `summits_of_presidents`, which returns what is counted.

    Returns:
        Index `year`, every year from the first such summit to the last; columns `SUMMITS`.
    """
    summits = summits_of_presidents(meetings, participation, least)
    table = pd.crosstab(summits["year"], summits["company"])
    every_year = range(table.index.min(), table.index.max() + 1)
    return table.reindex(index=every_year, columns=SUMMITS, fill_value=0).rename_axis("year")


def outside_formats(meetings: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Count the meetings of the five with each outside power or group, by the highest level.

    Returns:
        One row a format: `Format`, `First on record` (year), `Meetings`,
        `Four or five states came` (those to which at least `MOST` of the five are known to have
        come), `With a head of state` (of the five), `Turkmen level known` (meetings of which the
        levels of Turkmenistan and of others are known, absences left out) and
        `Turkmen envoy of lower rank` (those of them at which the Turkmen seat was held below the
        most frequent rank of the others, the lower one of two). The largest number comes first,
        the format of several powers last.
    """
    rows = held(meetings)
    rows = rows[counted(rows, "with_outside_power")]
    level = participation[participation["state"].isin(FIVE)]
    level = level.pivot(index="event", columns="state", values="level").reindex(rows["meeting"])
    top = level.eq("head_of_state").any(axis=1).to_numpy()
    rank = level.apply(lambda column: column.map(RANKS))
    usual = rank.drop(columns="TKM").mode(axis=1).max(axis=1)
    known = (rank["TKM"].notna() & usual.notna()).to_numpy()
    below = (rank["TKM"] > usual).to_numpy()
    came = participation[participation["state"].isin(FIVE) & counted(participation, "came")]
    came = came.groupby("event").size().reindex(rows["meeting"], fill_value=0).to_numpy()
    rows = rows.assign(year=rows["date_start"].dt.year, top=top, known=known, below=below)
    rows["most"] = came >= MOST
    grouped = rows.groupby("series")
    table = pd.DataFrame(
        {
            "First on record": grouped["year"].min(),
            "Meetings": grouped.size(),
            "Four or five states came": grouped["most"].sum(),
            "With a head of state": grouped["top"].sum(),
        }
    )
    table["Turkmen level known"] = grouped["known"].sum()
    table["Turkmen envoy of lower rank"] = grouped["below"].sum()
    table["several"] = table.index == "c5_other"
    table = table.sort_values(
        ["several", "Meetings", "First on record"], ascending=[True, False, True]
    )
    table = table.drop(columns="several")
    table.insert(0, "Format", table.index.map(SERIES_NAMES))
    return table.reset_index(drop=True)


def treaty_record(
    treaty_actions: pd.DataFrame, treaty: str, states: list[str] = FIVE
) -> pd.DataFrame:
    """Lay out the actions on one treaty: one row a state, one column an action.

    Args:
        treaty_actions: the table `treaty_actions`.
        treaty: a key of the table `treaties`.
        states: ISO 3166-1 alpha-3 codes, one row each.

    Returns:
        Index `state`, one column for each action taken by any of them, cells are dates; missing
        where no source shows the action.

    Raises:
        MissingRow: if the treaty has no recorded action.
    """
    rows = treaty_actions[treaty_actions["treaty"] == treaty]
    require(rows, f"treaty_actions/{treaty}")
    return rows.pivot(index="state", columns="action", values="date").reindex(states)


def below_the_summit(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the seats of an attendance grid that were filled below a sitting head of state.

    Args:
        grid: what `attendance` returns.

    Returns:
        Columns `state`, `level` (in words) and `year`, in order of time; a seat of which nothing is
        known is left out.
    """
    seats = grid.melt("date_start", FIVE, "state", "level").sort_values("date_start")
    lower = seats[seats["level"].notna() & (seats["level"] != "head of state")]
    return lower.assign(year=lower["date_start"].dt.year)[["state", "level", "year"]]


def meetings_by_level(meetings: pd.DataFrame) -> dict[str, Any]:
    """Count the meetings held since the first Consultative Meeting, by who met.

    Meetings of three or four of the five states count; those with an outside power count in
    `with_powers` alone.

    Args:
        meetings: the table `meetings`.

    Returns:
        `since` (day of the first Consultative Meeting), `summits`, `foreign`, `secretaries`,
        `defence`, `interior`, `services` and `emergency` (numbers of meetings); `with_powers`
        (meetings of secretaries with an outside power) and `partners` (names of these powers).

    Raises:
        MissingRow: if there is no Consultative Meeting.
    """
    since = require(held(meetings, "consultative_heads"), "Consultative Meetings")["date_start"]
    recent = held(meetings[meetings["date_start"] >= since.min()])
    number = recent["series"].value_counts()
    emergency = recent["who_met"] == "emergency_ministers"
    outside = recent[of_secretaries(recent) & counted(recent, "with_outside_power")]
    return {
        "since": since.min(),
        "summits": int(number["consultative_heads"]),
        "foreign": int(number.get("foreign_ministers", 0)),
        "secretaries": int(number.get("security_council_secretaries", 0)),
        "services": int(number.get("special_services", 0)),
        "interior": int(number.get("interior_ministers", 0)),
        "defence": int(number.get("defence_ministers", 0)),
        "emergency": int((emergency & (recent["series"] == "other_five")).sum()),
        "with_powers": len(outside),
        "partners": list(outside["series"].map(SERIES_NAMES).unique()),
    }


def of_secretaries(meetings: pd.DataFrame) -> pd.Series:
    """Return which meetings are of secretaries of security councils, or advisers of that rank."""
    return meetings["who_met"] == "security_council_secretaries"


def headline(meetings: pd.DataFrame, participation: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers on meetings that the text quotes, by name.

    They include those of `meetings_by_level`.

    Args:
        meetings: the table `meetings`.
        participation: the table `participation`.
    """
    grid = attendance(held(meetings, "consultative_heads"), participation, FIVE)
    heads, seats = seats_at(grid, "head of state")
    first = held(meetings[of_secretaries(meetings)]).groupby("series")["date_start"].min()
    summits = presidents_together(meetings, participation)
    wait = first["security_council_secretaries"] - first["c5_russia"]
    with_outside = summits["With an outside power"]
    gap_from, gap_to = _longest_gap(summits.index[summits.sum(axis=1) > 0])
    return {
        "heads": heads,
        "seats": seats,
        "last_lower": below_the_summit(grid)["year"].max(),
        **meetings_by_level(meetings),
        "with_india": first["c5_india"],
        "with_russia": first["c5_russia"],
        "months_later": round(wait.days / 30.44),
        "alone": summits["With each other"].sum(),
        "outside": with_outside.sum(),
        "most_outside": with_outside.max(),
        "first_summit": summits.index.min(),
        "first_outside": summits.index[with_outside > 0].min(),
        "gap_from": gap_from,
        "gap_to": gap_to,
    }


def _longest_gap(years: pd.Index) -> tuple[int, int]:
    """Return the two neighbouring years that lie furthest apart."""
    return max(pairwise(years), key=lambda pair: pair[1] - pair[0])
