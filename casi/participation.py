"""Who came to the meetings of the five states, and at what level; who did what with a treaty."""

from __future__ import annotations

import pandas as pd

from casi.text import date

FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]

LEVELS = {
    "head_of_state": "head of state",
    "former_head_of_state": "former head of state",
    "prime_minister": "prime minister",
    "deputy_prime_minister": "deputy prime minister",
    "speaker": "chair of parliament",
    "minister": "minister",
    "deputy_minister": "deputy minister",
    "security_council_secretary": "secretary",
    "deputy_secretary": "deputy secretary",
    "agency_head": "head of service",
    "deputy_agency_head": "deputy head of service",
    "ambassador": "ambassador",
    "attache": "attaché",
    "official": "official",
    "observer": "observer",
    "absent": "absent",
}
SERIES = {
    "consultative_heads": "Consultative Meetings",
    "security_council_secretaries": "security-council secretaries",
    "foreign_ministers": "foreign ministers",
    "defence_ministers": "defence ministers",
    "interior_ministers": "interior ministers",
    "special_services": "special services",
    "border_services": "border services",
    "other_five": "other meetings of the five",
}
SECURITY_SERIES = [
    "security_council_secretaries",
    "defence_ministers",
    "interior_ministers",
    "special_services",
]


def held(meetings: pd.DataFrame, *series: str) -> pd.DataFrame:
    """Return the meetings that took place, oldest first, of the series named (all if none is).

    Args:
        meetings: the table `meetings`.
        series: values of its column `series`.
    """
    chosen = meetings["status"] == "held"
    if series:
        chosen &= meetings["series"].isin(series)
    return meetings[chosen].sort_values("date_start", ignore_index=True)


def attendance(
    meetings: pd.DataFrame, participation: pd.DataFrame, states: list[str]
) -> pd.DataFrame:
    """Lay out who came to each meeting: one row a meeting, one column a state, cells are levels.

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
    held = [
        f"{place}, {day}" if place else day
        for place, day in zip(meetings["place"].fillna(""), when, strict=True)
    ]
    table = meetings[["meeting", "date_start"]].assign(held=held)
    return table.join(grid.reindex(columns=states), on="meeting")


def seats_at(grid: pd.DataFrame, level: str, states: list[str] = FIVE) -> tuple[int, int]:
    """Count the seats of an attendance grid filled at one level, and all seats.

    Args:
        grid: what `attendance` returns.
        level: a value of `LEVELS`, in words.
        states: the states that have a seat in every row.
    """
    return int((grid[states] == level).to_numpy().sum()), grid[states].size


def presidents_together(meetings: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Count the summits at which at least four of the five heads of state sat, by year.

    The summits of the 1990s bodies, of which few are on record, are left out.

    Returns:
        Index `year`, every year from the first such summit to the last; columns `With each other`
        and `With an outside power`.
    """
    sat = participation[participation["level"] == "head_of_state"]
    presidents = sat[sat["state"].isin(FIVE)].groupby("event")["state"].nunique()
    summits = held(meetings)
    summits = summits[summits["series"] != "cau_caec_caco"]
    summits = summits[summits["meeting"].map(presidents).ge(4)]
    kind = summits["series"].str.startswith("c5_")
    kind = kind.map({True: "With an outside power", False: "With each other"})
    table = pd.crosstab(summits["date_start"].dt.year.rename("year"), kind)
    every_year = range(table.index.min(), table.index.max() + 1)
    kinds = ["With each other", "With an outside power"]
    return table.reindex(index=every_year, columns=kinds, fill_value=0).rename_axis("year")


def treaty_record(
    treaty_actions: pd.DataFrame, treaty: str, states: list[str] = FIVE
) -> pd.DataFrame:
    """Lay out what each state did with one treaty: one row a state, one column an action.

    Args:
        treaty_actions: the table `treaty_actions`.
        treaty: a key of the table `treaties`.
        states: ISO 3166-1 alpha-3 codes, one row each.

    Returns:
        Index `state`, one column for each action taken by any of them, cells are dates; missing
        where no source shows the action.

    Raises:
        KeyError: if the treaty has no recorded action.
    """
    rows = treaty_actions[treaty_actions["treaty"] == treaty]
    if rows.empty:
        raise KeyError(f"no action is recorded for the treaty {treaty!r}")
    return rows.pivot(index="state", columns="action", values="date").reindex(states)


def below_the_summit(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the seats of an attendance grid that no sitting president filled.

    Args:
        grid: what `attendance` returns.

    Returns:
        Columns `state`, `level` (in words) and `year`, in order of time.
    """
    seats = grid.melt("date_start", FIVE, "state", "level").sort_values("date_start")
    lower = seats[seats["level"] != "head of state"]
    return lower.assign(year=lower["date_start"].dt.year)[["state", "level", "year"]]


def headline(meetings: pd.DataFrame, participation: pd.DataFrame) -> dict[str, object]:
    """Return the numbers on meetings that the text quotes, by name.

    Args:
        meetings: the table `meetings`.
        participation: the table `participation`.
    """
    grid = attendance(held(meetings, "consultative_heads"), participation, FIVE)
    heads, seats = seats_at(grid, "head of state")
    security = meetings["name"].str.contains("security advisers|security council", case=False)
    first = held(meetings[security]).groupby("series")["date_start"].min()
    summits = presidents_together(meetings, participation)
    alone = first["security_council_secretaries"]
    return {
        "heads": heads,
        "seats": seats,
        "summits": len(grid),
        "since": grid["date_start"].min(),
        "last_lower": below_the_summit(grid)["year"].max(),
        "secretaries": len(held(meetings, "security_council_secretaries")),
        "defence": len(held(meetings, "defence_ministers")),
        "with_india": first["c5_india"],
        "with_russia": first["c5_russia"],
        "months_later": round((alone - first["c5_russia"]).days / 30.44),
        "alone": summits["With each other"].sum(),
        "outside": summits["With an outside power"].sum(),
        "most_outside": summits["With an outside power"].max(),
        "first_summit": summits.index.min(),
    }
