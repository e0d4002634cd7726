"""Numbers and sentences that the text of a body's profile quotes."""

from __future__ import annotations

from typing import Any

from casi.profiles import body as profile
from casi.profiles.rows import Rows, unknown
from casi.profiles.state import OWN_RECORD, RECENT
from casi.record.lookup import Record, closing
from casi.record.on_day import members_on
from casi.text import count, date, listing, of_them, word


def headline(record: Record, rows: Rows, body: profile.Body) -> dict[str, Any]:
    """Return what the text of a body's profile quotes, by name.

    Args:
        record: the tables.
        rows: what `body.rows_on` returns.
        body: the body.

    Returns:
        `name` and `full_name`; `roles`, `meetings`, `exercises`, `treaties` and
        `coverage` (sentences); `empty`
        (cells of `unknown`); `closed` (date).
    """
    bodies = record["organisations"].set_index("organisation")["name"]
    return {
        "name": body.name,
        "full_name": bodies.get(body.organisation, body.name),
        "roles": roles_in_words(record, rows, body),
        "meetings": meetings_in_words(record, rows),
        "exercises": exercises_in_words(rows),
        "treaties": treaties_in_words(rows),
        "coverage": coverage_in_words(record, body),
        "empty": int(unknown(not_known(rows))["Empty"].sum()),
        "closed": date(closing(record)),
    }


def not_known(rows: Rows) -> Rows:
    """Return the rows whose empty cells hide a fact."""
    tables = ["participation", "exercises", "treaties", "treaty_actions"]
    return {name: rows[name] for name in tables}


def roles_in_words(record: Record, rows: Rows, body: profile.Body) -> str:
    """Return a sentence on the roles of the six states in a body on the closing date."""
    if not body.organisation:
        return f"The record treats {body.name} as a format of meetings and holds no members of it."
    day = closing(record)
    spells = rows["memberships"]
    own = spells[spells["organisation"] == body.organisation]
    current = members_on(own, day, own["status"].unique())
    names = record["states"].set_index("iso3")["name"]
    if current.empty:
        return f"On {date(day)}, none of the six states had a role in it on record."
    groups = [
        f"{status.replace('_', ' ')} ({listing(sorted(names[part['state']]))})"
        for status, part in current.groupby("status", sort=False)
    ]
    return f"On {date(day)}, the roles of the six states on record were {listing(groups)}."


def meetings_in_words(record: Record, rows: Rows) -> str:
    """Return sentences on the meetings of a body and on the level of the six states there."""
    meetings = rows["meetings"]
    if meetings.empty:
        return "The tables of this edition hold none of its meetings."
    first, last = (
        date(row["date_start"], row["date_precision"])
        for _, row in meetings.iloc[[0, -1]].iterrows()
    )
    seats = profile.levels(record, rows).stack().dropna()
    known = seats[~seats.isin([profile.UNKNOWN_LEVEL, "absent", "observer"])]
    heads = int((known == "head of state").sum())
    when = f"of {first}" if len(meetings) == 1 else f"the oldest of {first} and the last of {last}"
    number, levels = word(len(meetings)), count(len(known), "seat")
    taken = f"; a head of state took {of_them(heads, len(known))}" if heads else ""
    return (
        f"The record has {number} of its meetings, {when}. The level is known for {levels} of the "
        f"six states{taken}."
    )


def coverage_in_words(record: Record, body: profile.Body) -> str:
    """Return what `coverage` says of the meetings of a body on record."""
    gaps = record["coverage"].set_index("topic")["gaps"]
    return gaps[body.topic] if body.topic else "Its meetings were not collected."


def exercises_in_words(rows: Rows) -> str:
    """Return a sentence on the exercises in the frame of a body."""
    exercises = rows["exercises"]
    if exercises.empty:
        return "No exercise on record is coded as held in its frame."
    years = exercises["date_start"].dt.year
    since, recent = (int((years >= year).sum()) for year in (OWN_RECORD, RECENT))
    later = f", {of_them(recent, since)} since {RECENT}" if since else ""
    return f"The record has {count(since, 'exercise')} in its frame since {OWN_RECORD}{later}."


def treaties_in_words(rows: Rows) -> str:
    """Return a sentence on the treaties of a body."""
    treaties = rows["treaties"]
    if treaties.empty:
        return "The record has no treaty of it."
    pending = int(treaties["in_force_date"].isna().sum())
    text = f"The record has {count(len(treaties), 'treaty', 'treaties')} of it"
    if not pending:
        return f"{text}, with a date of entry into force for each."
    which = "it" if len(treaties) == 1 else of_them(pending, len(treaties))
    return f"{text}; for {which}, no date of entry into force is on record."
