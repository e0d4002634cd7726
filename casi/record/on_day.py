"""Read the record as it stood on a day: what had happened, who belonged to what.

A row counts only once its last possible day has come: what is known to the year counts from the end
of that year. What was planned, and what was only signed, counts for nothing.
"""

from __future__ import annotations

import pandas as pd

from casi.record.lookup import Record


def latest(days: pd.Series, precisions: pd.Series) -> pd.Series:
    """Return the last day each date can mean: the end of its month or year if no more is known."""
    ends = days.where(precisions != "month", days + pd.offsets.MonthEnd(0))
    return ends.where(precisions != "year", days + pd.offsets.YearEnd(0))


def known_by(rows: pd.DataFrame, day: pd.Timestamp, column: str) -> pd.DataFrame:
    """Return the rows whose date in a column, with its precision, is surely not after a day.

    Args:
        rows: a table with the date and, where its precision is told, a column for it
            (`in_force_precision`, `start_precision`, or `date_precision`).
        day: the day asked about.
        column: the name of the date.
    """
    own = f"{column.removesuffix('_date')}_precision"
    return rows[latest(rows[column], rows[own if own in rows else "date_precision"]) <= day]


def done(events: pd.DataFrame, day: pd.Timestamp, months: int | None = None) -> pd.DataFrame:
    """Return the meetings or exercises that were held and over on a day, the oldest first.

    Args:
        events: the table `meetings` or `exercises`, or rows of it.
        day: the day asked about.
        months: how far to look back; to the beginning if not given.
    """
    over = latest(events["date_end"].fillna(events["date_start"]), events["date_precision"])
    chosen = (events["status"] == "held") & (over <= day)
    if months is not None:
        chosen &= over > day - pd.DateOffset(months=months)
    return events[chosen].sort_values("date_start")


def members_on(
    memberships: pd.DataFrame, day: pd.Timestamp, status: tuple[str, ...] = ("member",)
) -> pd.DataFrame:
    """Return the spells in effect on a day, with one of the statuses given.

    Args:
        memberships: the table `memberships`.
        day: the day.
        status: values of the column `status`.
    """
    begun = memberships["start"] <= day
    open_still = memberships["end"].isna() | (memberships["end"] > day)
    return memberships[begun & open_still & memberships["status"].isin(status)]


def effective_ends(organisations: pd.DataFrame, memberships: pd.DataFrame) -> pd.Series:
    """Return the day from which each body no longer counts; missing for those still at work.

    Its end; else the first membership of its successor; else, where it is known to have ended at an
    unknown day, its founding, so that it never counts.
    """
    table = organisations.set_index("organisation")
    begins = memberships.groupby("organisation")["start"].min()
    ends = table["ended"].fillna(table["successor"].map(begins))
    return ends.fillna(table["founded"].where(table["end_kind"] == "unknown"))


def seats_on(record: Record, bodies, day: pd.Timestamp) -> pd.DataFrame:
    """Return the full memberships on a day of those of the bodies that have not ended."""
    ends = effective_ends(record["organisations"], record["memberships"])
    over = set(ends.index[ends <= day])
    spells = members_on(known_by(record["memberships"], day, "start"), day)
    return spells[spells["organisation"].isin(set(bodies) - over)]


def whole_years(day: pd.Timestamp, count: int) -> list[int]:
    """Return the last calendar years that were over on a day."""
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return list(range(last - count + 1, last + 1))


def since(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """Return the first day of the months that end on a day."""
    return day - pd.DateOffset(months=months) + pd.Timedelta(days=1)
