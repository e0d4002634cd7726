"""Read the record as it stood on a day: events that were over, treaties in force, members.

A row counts only once its last possible day has passed: a date known to the year counts from the
end of that year. Plans and signatures not yet in force do not count.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.record.lookup import Record


def last_possible_day(days: pd.Series, precisions: pd.Series) -> pd.Series:
    """Return the last day that each date can mean.

    Args:
        days: dates; the first day of the month or year where no more is known.
        precisions: `day`, `month`, `year`, or missing, which is read as `day`.
    """
    ends = days.where(precisions != "month", days + pd.offsets.MonthEnd(0))
    return ends.where(precisions != "year", days + pd.offsets.YearEnd(0))


def known_by(rows: pd.DataFrame, day: pd.Timestamp, column: str) -> pd.DataFrame:
    """Return the rows whose date, as precise as it is known, is not after a day.

    Args:
        rows: a table with the date and its precision, in the column of the date's own name (such
            as `in_force_precision` for `in_force_date`) or in `date_precision`.
        day: the day asked about.
        column: the name of the date.
    """
    specific = f"{column.removesuffix('_date')}_precision"
    precisions = rows[specific if specific in rows else "date_precision"]
    return rows[last_possible_day(rows[column], precisions) <= day]


def completed(events: pd.DataFrame, day: pd.Timestamp, months: int | None = None) -> pd.DataFrame:
    """Return the meetings or exercises that were held and over on a day, the oldest first.

    Args:
        events: the table `meetings` or `exercises`, or rows of it.
        day: the day asked about.
        months: length of the period that ends on the day; without it, all earlier events count.
    """
    ends = events["date_end"].fillna(events["date_start"])
    over = last_possible_day(ends, events["date_precision"])
    chosen = (events["status"] == "held") & (over <= day)
    if months is not None:
        chosen &= over >= window_start(day, months)
    return events[chosen].sort_values("date_start")


def members_on(
    memberships: pd.DataFrame, day: pd.Timestamp, status: Collection[str] = ("member",)
) -> pd.DataFrame:
    """Return the spells of membership in effect on a day; the day a spell ends is not part of it.

    Args:
        memberships: the table `memberships`.
        day: the day asked about.
        status: values of the column `status` that count.
    """
    begun = memberships["start"] <= day
    not_ended = memberships["end"].isna() | (memberships["end"] > day)
    return memberships[begun & not_ended & memberships["status"].isin(status)]


def effective_ends(organisations: pd.DataFrame, memberships: pd.DataFrame) -> pd.Series:
    """Return the day from which each body no longer counts; missing for active bodies.

    This is the day it ended; without one, the first membership of its successor; and where it
    ended on an unknown day, its founding, so that it never counts.
    """
    table = organisations.set_index("organisation")
    first_members = memberships.groupby("organisation")["start"].min()
    ends = table["ended"].fillna(table["successor"].map(first_members))
    return ends.fillna(table["founded"].where(table["end_kind"] == "unknown"))


def active_memberships(record: Record, bodies: Collection[str], day: pd.Timestamp) -> pd.DataFrame:
    """Return the full memberships on a day in those of the bodies that have not ended by then."""
    ends = effective_ends(record["organisations"], record["memberships"])
    ended = set(ends.index[ends <= day])
    spells = members_on(known_by(record["memberships"], day, "start"), day)
    return spells[spells["organisation"].isin(set(bodies) - ended)]


def whole_years(day: pd.Timestamp, count: int) -> list[int]:
    """Return the last calendar years that were over at the end of a day."""
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return list(range(last - count + 1, last + 1))


def window_start(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """Return the first day of the period of some months that ends on a day."""
    return day - pd.DateOffset(months=months) + pd.Timedelta(days=1)
