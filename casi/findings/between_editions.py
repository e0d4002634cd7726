"""Which sentences of the findings moved between two editions, and which changes moved them.

The findings are computed with the tests of today from the tables of both editions. To tell why a
sentence moved, each group of changes, such as the values corrected for one reason, is made alone in
the tables of the edition before: it is a cause if the sentence then reads otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import pandas as pd

from casi.escape import for_markdown
from casi.findings import key_findings
from casi.findings.key_findings import FALLS, STANDS, UNDECIDED, Finding
from casi.findings.reads import tables_read
from casi.record.editions import Package
from casi.record.lookup import Record
from casi.text import count, fill

COLUMNS = ["key", "finding", "was", "now", "why"]
LABELS = {"finding": "Finding", "was": "Was", "now": "Is", "why": "Why"}
REFERENCES = re.compile(r" \(\{numref\}[^)]*\)")  # to figures and tables an edition may lack
SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z{])")  # in a template
BETWEEN_WORDS = re.compile(r"(\s+|[.,;:]+(?=\s|$))")
STANDINGS = {
    STANDS: "The finding holds.",
    FALLS: "The finding does not hold.",
    UNDECIDED: "The finding cannot be computed.",
}
TOGETHER = "no change alone; several together"
WORDS = {  # what a change of some kind does, without a reason of its own
    "added": ("row added", "rows added"),
    "completed": ("empty cell filled", "empty cells filled"),
    "annotated": ("remark, source or grade changed", "remarks, sources or grades changed"),
}


def changes(
    before: Package, now: Package, compared: pd.DataFrame, reasons: pd.DataFrame
) -> pd.DataFrame:
    """Return the sentences of the findings that moved, old and new side by side, with the cause.

    Args:
        before: the edition before; an empty package if there is none.
        now: this edition.
        compared: what `edition_diff.compare` returns of them.
        reasons: what `edition_diff.with_reasons` returns of that.

    Returns:
        `COLUMNS`, a row a sentence: `key` and `finding` (its name), `was` and `now` (Markdown, with
        what moved in bold) and `why`. No row without an edition before.
    """
    if not before.texts:
        return pd.DataFrame(columns=COLUMNS)
    old, groups = in_form_of(before.typed, now.typed), [*_groups(compared, reasons)]
    rows = []
    for key, finding in key_findings.FINDINGS.items():
        was, is_ = sentences(finding, old), sentences(finding, now.typed)
        moved = [
            place for place, pair in enumerate(zip(was, is_, strict=False)) if len({*pair}) > 1
        ]
        if not moved:
            continue
        read = tables_read(finding, now.typed)
        trials = {
            words: sentences(finding, old | {table: with_changes(before, now, table, made)})
            for table, words, made in groups
            if table in read
        }
        for place in moved:
            why = [words for words, found in trials.items() if _at(found, place) != was[place]]
            marked = _marked(was[place], is_[place])
            rows.append((key, finding.name, *marked, "; ".join(why) or TOGETHER))
    return pd.DataFrame(rows, columns=COLUMNS)


def sentences(finding: Finding, record: Record) -> list[str]:
    """Return whether a finding holds by a record, in words, and its sentences if it can be told."""
    standing, values = key_findings.read(finding, record)
    templates = SENTENCE_END.split(f"{finding.lead} {REFERENCES.sub('', finding.text)}".strip())
    filled = [fill(template, values) for template in templates] if standing != UNDECIDED else []
    return [STANDINGS[standing], *filled]


def _at(found: list[str], place: int) -> str:
    return found[place] if place < len(found) else ""


def in_form_of(old: Record, new: Record) -> dict[str, pd.DataFrame]:
    """Return the tables of an old edition with all tables and columns of a new one.

    What the old edition lacks is empty.
    """
    found = {}
    for name, table in new.items():
        had = old.get(name, table.iloc[:0])
        lacking = table.columns.difference(had.columns, sort=False)
        empty = table[lacking].iloc[:0].reindex(had.index)
        found[name] = pd.concat([had, empty], axis="columns")
    return found


def with_changes(before: Package, now: Package, table: str, made: pd.DataFrame) -> pd.DataFrame:
    """Return a table of the edition before with some of the changes of this one.

    Args:
        before: the edition before.
        now: this edition.
        table: its name.
        made: rows of what `edition_diff.compare` returns, all of this table.
    """
    new = _by_key(now, table)
    old = in_form_of({table: _by_key(before, table)}, {table: new})[table]
    for column, rows in made[made["column"] != ""].groupby("column")["row"]:
        old.loc[rows, column] = new.loc[rows, column]
    old = old.drop(made.loc[made["change"] == "withdrawn", "row"])
    added = new.loc[made.loc[made["change"] == "added", "row"]]
    return pd.concat([old, added]).reset_index(drop=True)


def _by_key(package: Package, table: str) -> pd.DataFrame:
    if table not in package.typed:
        return pd.DataFrame()
    return package.typed[table].set_axis(package.texts[table].index)


def _groups(
    compared: pd.DataFrame, reasons: pd.DataFrame
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the changes that belong together: table, words for them, and the changes."""
    for (table, reason), made in reasons.groupby(["table", "reason"], sort=False):
        yield table, f"{table}, {count(len(made), 'value')}: {reason}", made
    others = compared[compared["change"].isin(WORDS)]
    for (table, kind), made in others.groupby(["table", "change"], sort=False):
        yield table, f"{table}: {count(len(made), *WORDS[kind])}", made


def _marked(was: str, now: str) -> tuple[str, str]:
    """Return two sentences as Markdown, in bold what is in one of them only."""
    old, new = (BETWEEN_WORDS.split(sentence) for sentence in (was, now))
    parts = ["", ""]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, tokens in enumerate((old[a:b], new[c:d])):
            parts[side] += _shown("".join(tokens), bold=kind != "equal")
    return parts[0], parts[1]


def _shown(text: str, bold: bool) -> str:
    """Return a part of a sentence as Markdown, with the spaces around it."""
    inner = text.strip()
    first = len(text) - len(text.lstrip())
    shown = for_markdown(inner)
    return text[:first] + (f"**{shown}**" if bold and inner else shown) + text[first + len(inner) :]
