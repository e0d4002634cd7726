"""A source that speaks of something else: no other row that cites it is about the same states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from casi.contradictions.base import Fault, Tables, rule
from casi.states import FIVE
from casi.tables import sets_by

# Tables of facts about states, and the columns that say which: codes, borders, keys of others.
SUBJECTS = {
    "organisations": ["organisation"],
    "memberships": ["state", "organisation"],
    "meetings": ["meeting", "host"],
    "body_meetings": ["meeting", "host", "body"],
    "exercises": ["exercise", "host", "location", "frame"],
    "participation": ["event", "state"],
    "treaties": ["treaty"],
    "treaty_actions": ["treaty", "state"],
    "obligations": ["treaty"],
    "border_segments": ["border"],
    "border_progress": ["border"],
    "clashes": ["border"],
    "clash_figures": ["clash"],
    "incidents": ["state", "border"],
    "milestones": ["states", "subject"],
    "arms_reports": ["recipient", "supplier"],
    "foreign_presence": ["host", "foreign_state"],
    "reported_figures": ["subject"],
}


def subjects(tables: Tables) -> dict[str, frozenset[str]]:
    """Return what each key of the record is about: states, in lower case, and bodies."""
    five = frozenset(map(str.lower, FIVE))
    about = dict.fromkeys(tables["meetings"]["meeting"], five)  # with them, if no seat is known
    for table, key, others in [
        ("participation", "event", "state"),
        ("treaty_actions", "treaty", "state"),
        ("memberships", "organisation", "state"),
    ]:
        for name, states in sets_by(tables[table], key, others).items():
            about[name] = frozenset(map(str.lower, states)) | {name}
    return about


def cited(tables: Tables) -> dict[str, list[tuple[str, int, frozenset[str]]]]:
    """Return by text the rows that cite it: table, line and subject; data sets are left out."""
    kinds = tables["sources"].set_index("key")["kind"]
    datasets = set(kinds.index[kinds == "dataset"])
    codes = set(tables["states"]["iso3"].str.lower())
    about = subjects(tables)

    @cache
    def subject(cells: tuple) -> frozenset[str]:
        known = [cell for cell in cells if isinstance(cell, str)]
        words = (cell.lower().replace(";", "-").split("-") for cell in known)
        return frozenset(known).union(
            *(about.get(cell, frozenset()) for cell in known), *map(codes.intersection, words)
        )

    found: dict[str, list[tuple[str, int, frozenset[str]]]] = {}
    for table, columns in SUBJECTS.items():
        rows = tables[table]
        cells = zip(*(rows[name] for name in columns), strict=True)
        for line, keys, own in zip(rows.index, rows["source"], cells, strict=True):
            for key in keys.split(";"):
                if key not in datasets:
                    found.setdefault(key, []).append((table, line, subject(own)))
    return found


@rule
def source_speaks_of_the_subject(tables: Tables) -> Iterator[Fault]:
    """A text that several rows cite is about a state or body that two of them share."""
    codes = set(tables["states"]["iso3"].str.lower())
    for key, rows in cited(tables).items():
        if len(rows) < 2 or any(codes.isdisjoint(subject) for *_, subject in rows):
            continue  # of one row at least it is not known which states it is about
        count = Counter(word for *_, subject in rows for word in subject)
        for table, line, subject in rows:
            if all(count[word] < 2 for word in subject):
                text = "other rows that cite it are about other states: correct the source"
                yield Fault(table, line, "source", key, text)
