"""Numbers and sentences that the text of a pair's profile quotes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.profiles import pair as profile
from casi.profiles.headline import company, company_in_words, scope_in_words
from casi.profiles.rows import Rows, unknown
from casi.profiles.state import OWN_RECORD, RECENT, STATUSES
from casi.record.lookup import Record, closing
from casi.record.on_day import active_memberships
from casi.states import FIVE
from casi.text import MISSING, count, date, listing, of_them, word

NEARLY_COMPLETE = "kgz-tjk"  # the border on which clashes are nearly complete from 2014


def headline(record: Record, pair: profile.Pair) -> dict[str, Any]:
    """Return what the text of a pair's profile quotes, by name.

    Returns:
        `a` and `b` (names); `bodies` (abbreviations of those of which both are full members on the
        closing date); `treaties` (with a step of both on record), `recent` (exercises since
        `RECENT`); `meetings` of the region and `outside` (those with an outside power); `of_bodies`
        (meetings of `pair.BODIES`); `alone` (treaties with no step of another
        state), `border`, `exercises` and `scope` (sentences); `empty` (cells
        of `unknown`); `closed` (date).
    """
    day = closing(record)
    titles = record["organisations"].set_index("organisation")
    titles = titles["abbreviation"].fillna(titles["name"])
    full = active_memberships(record, titles.index, day)
    of_first, of_second = (full.loc[full["state"] == s, "organisation"] for s in pair.names)
    both = of_first[of_first.isin(of_second)].unique()
    alone = pair.treaties[pair.treaties["alone"]]
    in_force = (alone[[*pair.names]] == STATUSES[0]).all(axis=1)
    formats = pair.rows["meetings"]["format"]
    of_bodies = formats.isin(profile.BODIES)
    outside = ~of_bodies & ~formats.isin(profile.SERIES)
    return {
        "a": pair.names[pair.first],
        "b": pair.names[pair.second],
        "bodies": sorted(titles[both]),
        "treaties": len(pair.treaties),
        "alone": alone_in_words(len(alone), int(in_force.sum())),
        "recent": int((pair.joint["year"] >= RECENT).sum()),
        "exercises": exercises_in_words(pair.joint),
        "meetings": int((~of_bodies).sum()),
        "outside": int(outside.sum()),
        "of_bodies": int(of_bodies.sum()),
        "border": border_in_words(pair.rows) + clashes_in_words(pair),
        "scope": scope_of_both(record, pair),
        "empty": int(unknown(not_known(pair.rows))["Empty"].sum()),
        "closed": date(day),
    }


def not_known(rows: Rows) -> Rows:
    """Return the rows whose empty cells hide a fact on both; none on a border if there is none."""
    tables = ["exercises", "treaties", "treaty_actions"]
    if len(rows["border_segments"]):
        tables += ["border_segments", "clashes"]
    return {name: rows[name] for name in tables}


def border_in_words(rows: Rows) -> str:
    """Return a sentence on how far the common land border is settled."""
    if rows["border_segments"].empty:
        return "The record has no land border between them."
    row = rows["border_segments"].iloc[0]
    return (
        f"They share a land border. {_stage(row, 'delimited', 'delimited by treaty')} "
        f"{_stage(row, 'demarcated', 'marked on the ground')}"
    )


def _stage(row: pd.Series, stage: str, words: str) -> str:
    if pd.isna(row[stage]):
        return f"How much of it is {words} is not known."
    if row[stage] != "full":
        return f"It is {words} in part."
    if pd.isna(row[f"{stage}_date"]):
        return f"It is {words} from end to end; when, is not known."
    when = date(row[f"{stage}_date"], row[f"{stage}_precision"])
    return f"It is {words} from end to end; the signature that completed this is of {when}."


def clashes_in_words(pair: profile.Pair) -> str:
    """Return sentences, led by a space, on the clashes on the common border; none without one."""
    rows, clashes = pair.rows, pair.clashes
    if rows["border_segments"].empty:
        return ""
    complete = rows["border_segments"]["border"].iloc[0] == NEARLY_COMPLETE
    coverage = "nearly complete from 2014" if complete else "a sample"
    if clashes.empty:
        return f" The record has no clash on it, and its list of clashes there is {coverage}."
    years = clashes["year"].agg(["min", "max"]).astype(str).unique()
    when = f"in {years[0]}" if len(years) == 1 else f"between {years[0]} and {years[1]}"
    dead = clashes[clashes["dead_high"] > 0]
    deaths = "Sources give no dead in any of them."
    if len(dead):
        lost = profile.range_in_words(dead, "dead")
        lost = word(int(lost)) if lost.isdigit() else lost
        deaths = f"Sources give {lost} dead in {count(len(dead), 'clash', 'clashes')}."
    number = count(len(clashes), "clash", "clashes")
    return f" The record has {number} on it, {when}, and the list is {coverage}. {deaths}"


def alone_in_words(treaties: int, in_force: int) -> str:
    """Return a sentence on the treaties of the two alone, and those in force for both."""
    number = count(treaties, "treaty", "treaties")
    text = f"The record has {number} of the two alone on defence, friendship or borders"
    if not treaties:
        return f"{text}."
    if treaties == 1:
        return f"{text}; {'sources call' if in_force else 'no source calls'} it in force for both."
    return f"{text}; sources call {of_them(in_force, treaties)} in force for both."


def exercises_in_words(joint: pd.DataFrame) -> str:
    """Return sentences on the exercises in which both took part, and on their company.

    Args:
        joint: what `state.joint_exercises` returns.
    """
    since = joint[joint["year"] >= OWN_RECORD]
    if since.empty:
        return f"The record has no exercise since {OWN_RECORD} in which both took part."
    recent = joint[joint["year"] >= RECENT]
    number, later = count(len(since), "exercise"), of_them(len(recent), len(since))
    text = (
        f"The record has {number} since {OWN_RECORD} in which both took part, observers left out, "
        f"{later} since {RECENT}."
    )
    return f"{text} {company_in_words(*company(recent))}".strip()


def suppliers_in_words(similarity: pd.DataFrame, pair: profile.Pair) -> str:
    """Return a sentence on the similarity of suppliers in the last window of the register.

    Args:
        similarity: what `pair.similarity` returns.
        pair: the two states.
    """
    names = pair.names
    outside = [names[state] for state in names if state not in FIVE]
    if outside:
        none = listing(outside)
        return f"The tables hold no arms deliveries to {none}, so suppliers cannot be compared."
    last = similarity.iloc[-1]
    if last["Similarity"] == MISSING:
        empty = listing(names[state] for state in names if not last[state])
        return (
            f"For {last['Years']} the register has no deliveries of major arms to {empty}, so the "
            "similarity of suppliers is not known."
        )
    deals = count(int(last[[*names]].sum()), "delivery", "deliveries")
    return (
        f"In {last['Years']}, the mixes of their arms suppliers overlapped by "
        f"{last['Similarity']}, in {deals} to the two."
    )


def scope_of_both(record: Record, pair: profile.Pair) -> str:
    """Return a sentence on what the record sets out to hold on the two states."""
    outside = [state for state in pair.names if state not in FIVE]
    if outside:
        return scope_in_words(record, outside[0])
    return "Both are among the five states of Central Asia that the record follows."
