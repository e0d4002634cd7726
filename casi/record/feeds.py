"""What an edition added and corrected, by state and by topic, and its plans for a calendar.

`_config.yml` names these functions; `casi.book.editions.feeds` writes what they return as files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from casi.record import edition_diff, expected, timeline
from casi.record.editions import Package, present, previous
from casi.record.explorer import UNLISTED
from casi.states import FIVE
from casi.tables import load, names, split_keys
from casi.text import count, date

MOST = (
    40  # entries of a feed that are corrections; as many that fill empty cells; as many new facts
)
EACH = 5  # values corrected for one reason that are entries of their own
SIX = [*FIVE, "AZE"]
TOPICS = {  # by the name of the chapter: its title, and its tables
    "participation": ("Meetings", ["meetings", "body_meetings"]),
    "exercises": ("Exercises", ["exercises"]),
    "borders": ("Borders", ["border_segments", "border_progress", "clashes", "clash_figures"]),
    "shared_problems": ("Shared problems", ["incidents", "milestones"]),
    "suppliers": ("Arms", ["arms_reports", "arms_deals", "arms_transfers", "military_spending"]),
    "institutions": ("Bodies and memberships", ["organisations", "memberships"]),
    "obligations": ("Treaties", ["treaties", "treaty_actions", "obligations"]),
}
NEWS = {"Border statement", "Treaty step"}  # kinds that the search does not list, and feeds do
BY_STATE = {"Treaty step", "Membership"}  # kinds whose title names the states
EVERYWHERE = ["index", "chapters/to_watch", "chapters/changes"]  # pages that name all feeds


class Listed(NamedTuple):
    """A feed: its name, what it is about, and patterns of the pages that name it."""

    name: str
    title: str
    pages: list[str]


class Entry(NamedTuple):
    """An entry of a feed: its lasting key, title and text, and the row it leads to, if any."""

    key: str
    title: str
    text: str
    row: str = ""


class Plan(NamedTuple):
    """A planned event: row, name, place, first and last day that it can mean, and remarks."""

    row: str
    name: str
    place: str
    first: pd.Timestamp
    last: pd.Timestamp
    note: str


def listed() -> list[Listed]:
    """Return the feeds, those of states first, without their entries."""
    states = load("states").set_index("iso3")["name"]
    found = [
        Listed(code.lower(), states[code], [f"chapters/profile_*{states[code].lower()}*"])
        for code in SIX
    ]
    found += [Listed(name, title, [f"chapters/{name}"]) for name, (title, _) in TOPICS.items()]
    return [each._replace(pages=EVERYWHERE + each.pages) for each in found]


def entries() -> dict[str, list[Entry]]:
    """Return the entries of each feed by its name.

    First what was corrected or withdrawn, then what was unknown before, then new facts by date.
    """
    before, now = previous(), present()
    facts, feeds = timeline.events(), listed()
    states = {code: feed.name for code, feed in zip(SIX, feeds, strict=False)}
    compared = edition_diff.compare(before.texts, now.texts) if before.texts else None
    parts = [_additions(compared, facts)]
    if compared is not None:
        reasons = edition_diff.with_reasons(compared, now.texts["corrections"], now.version)
        completed = compared[compared["change"] == "completed"].assign(reason="")
        parts = [_changes(made, before, now, facts) for made in (reasons, completed)] + parts
    found: dict[str, list[Entry]] = {feed.name: [] for feed in feeds}
    for part in parts:
        room = dict.fromkeys(found, MOST)
        for entry, table, codes in part:
            topics = [name for name, (_, tables) in TOPICS.items() if table in tables]
            for name in topics + [states[code] for code in SIX if code in codes]:
                if room[name]:
                    found[name].append(entry)
                    room[name] -= 1
    return found


def _additions(compared: pd.DataFrame | None, facts: pd.DataFrame) -> Iterator[tuple]:
    """Yield the facts that the edition before lacked, the newest first: entry, table, states."""
    shown = facts[~facts["Kind"].isin(set(UNLISTED) - NEWS) & (facts["Date"] != "")]
    if compared is not None:
        added = compared[compared["change"] == "added"]
        shown = shown[shown["Key"].isin({key for row in added.itertuples() for key in _keys(row)})]
    several = set(shown["Key"][shown["Key"].duplicated()])  # such as memberships of two periods
    for fact in shown.sort_values("Date", ascending=False, kind="stable").itertuples():
        plan = fact.Status in timeline.PLANS
        kind = f"{fact.Status} {fact.Kind}" if plan else fact.Kind
        who = f" ({fact.Who})" if fact.Kind in BY_STATE and fact.Who else ""
        title = f"{kind.capitalize()}: {fact.What}{who}"
        day = f"{fact.Date} to {fact.Until}" if fact.Until else fact.Date
        parts = [day, fact.Where, fact.Who, fact.Note, f"Confidence: {fact.Grade}"]
        text = ". ".join(part.strip(". ") for part in parts if part) + "."
        key = f"{fact.Key}/{fact.Date}" if fact.Key in several else fact.Key
        yield Entry(key, title, text, fact.Key), fact.Key.split("/")[0], _codes(fact)


def _changes(
    changed: pd.DataFrame, before: Package, now: Package, facts: pd.DataFrame
) -> Iterator[tuple]:
    """Yield the changes of cells and rows: entry, table, codes of states.

    Many values of a table that were corrected for one reason are one entry.
    """
    known = {fact.Key: fact for fact in facts.itertuples()}
    events = {key.partition("/")[2]: key for key in known if key.split("/")[0] in expected.EVENTS}
    for (table, reason), made in changed.groupby(["table", "reason"], sort=False):
        if reason and len(made) > EACH:
            codes = {code for row in made["row"] for code in _codes_in(before, table, row)}
            title = f"Revised: {count(len(made), 'value')} of {table.replace('_', ' ')}"
            yield Entry(f"{table}/{now.version}/{reason}", title, reason), table, codes
            continue
        for row in made.itertuples():
            keys = [*_keys(row), events.get(row.row.split(" / ")[0], "")]
            fact = next((known[key] for key in keys if key in known), None)
            codes = _codes(fact) if fact else {*_codes_in(before, table, row.row)}
            about = fact.Key.split("/")[0] if fact else table
            yield _change(row, keys[0], fact), about, codes


def _change(change, key: str, fact) -> Entry:
    """Return the entry of a changed value or withdrawn row, and of the fact it is part of."""
    what, row = (fact.What, fact.Key) if fact else (key, "")
    title = {"withdrawn": "Withdrawn", "completed": "Now known"}.get(change.change, "Corrected")
    was = f"was “{change.was}”, is" if change.was else "is"
    said = f"{change.column}: {was} “{change.now}”. " if change.column else ""
    return Entry(
        f"{key}/{change.column}", f"{title}: {what}", f"{said}{change.reason}".strip(), row
    )


def _keys(change) -> list[str]:
    """Return what the search may call the row of a change: all parts of its key, then fewer."""
    parts = change.row.split(" / ")
    return ["/".join([change.table, *parts[:end]]) for end in range(len(parts), 0, -1)]


def _codes(fact) -> set[str]:
    return {*split_keys(fact.States), *split_keys(fact.Parties)}


def _codes_in(package: Package, table: str, row: str) -> list[str]:
    """Return the codes of states in the cells of a row."""
    cells = package.texts[table].loc[row] if table in package.texts else []
    return [code for cell in cells for code in split_keys(cell) if code in SIX]


def plans() -> list[Plan]:
    """Return the plans to come that are known to the month at least, for a calendar."""
    found = expected.coming({name: load(name) for name in names()})
    return [
        Plan(row.row, row.name, _text(row.place), row.start, row.end, _remarks(row))
        for row in found[found["precision"] != "year"].itertuples(index=False)
    ]


def _remarks(plan) -> str:
    day = "" if plan.precision == "day" else "The day is not on record. "
    closed = expected.closing_dates({"coverage": load("coverage")})[plan.table]
    return f"{day}Planned, as known on {date(closed)}. Confidence: {plan.grade}."


def _text(cell) -> str:
    return "" if pd.isna(cell) else cell
