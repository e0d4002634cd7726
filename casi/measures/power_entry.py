"""When Russia or China entered a regional body, and how long the body lasted after that."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.counting import values
from casi.record.on_day import effective_ends
from casi.states import FIVE, GREAT_POWERS, INDEPENDENCE

PHASES = ["Without Russia or China", "With Russia or China"]
ENTRIES = ["later", "never", "at founding"]  # as a chart orders them, from the top
MONTH = 365.25 / 12  # days


def lives(
    organisations: pd.DataFrame,
    memberships: pd.DataFrame,
    until: pd.Timestamp,
    *,
    renamed_end: bool = True,
) -> pd.DataFrame:
    """Return when each regional body began and ended.

    A body is regional if two or more of the five were ever full members; universal bodies and
    those of NATO are left out. The end is that of `on_day.effective_ends`: where none is on
    record, the day on which its successor took up members.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the closing date of the record.
        renamed_end: whether a body that is renamed ends; if not, it continues as its successor,
            and one row under the first name stands for all of them.

    Returns:
        One row a body, the oldest first: `organisation`, `name`, `founded` (day), `ended` (day,
        missing while the body is active or if unknown), `how` (the `end_kind` of the last body;
        `succeeded` where only the successor shows that it ended; `at work`; or `unknown`) and
        `bodies` (tuple of keys, from the first name to the last).

    Examples:
        >>> import casi, pandas as pd
        >>> tables = [casi.load(name) for name in ("organisations", "memberships")]
        >>> bodies = lives(*tables, until=pd.Timestamp("2026-01-01"))
        >>> bodies.set_index("organisation").loc["caco", ["founded", "ended"]].dt.year.tolist()
        [2002, 2005]
    """
    table = organisations.set_index("organisation").assign(
        ended=effective_ends(organisations, memberships)
    )
    table = table[table["founded"] <= until]
    table["ended"] = table["ended"].where(table["ended"] <= until)
    of_five = memberships[memberships["state"].isin(FIVE) & (memberships["status"] == "member")]
    members = of_five.groupby("organisation")["state"].nunique().reindex(table.index)
    left_out = values("universal") | values("nato_partnership")
    table = table[(members > 1) & ~table.index.isin(left_out)]
    next_name = {} if renamed_end else _renamed(table)
    rows = []
    for body, first in table.iterrows():
        if body in next_name.values():
            continue
        bodies = [body]
        while bodies[-1] in next_name:
            bodies.append(next_name[bodies[-1]])
        last = table.loc[bodies[-1]]
        how = _how(last)
        ended = pd.NaT if how == "unknown" else last["ended"]
        rows.append((body, first["name"], first["founded"], ended, how, tuple(bodies)))
    columns = ["organisation", "name", "founded", "ended", "how", "bodies"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["founded", "organisation"], ignore_index=True)


def entries(lines: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Add to each body the first entry of Russia or China.

    Only full membership counts. A power that became a member no later than the first of the five,
    or by the day the body was founded, entered at its founding, even where the founding act took
    effect later. Bodies older than 1991 count from 1 January 1991: before then none of the five
    could be a member.

    Args:
        lines: what `lives` returns.
        memberships: the table `memberships`.
        until: the closing date of the record.

    Returns:
        The rows of `lives` with `entered` (day), `entry` (`at founding`, `later`, `never`, or
        `unknown` where neither power is on record and the tables lack some outside members),
        `months_after` (from the entry to the end or, for an active body, to `until`; missing
        without an entry or if the end is unknown) and `over` (whether the body ended).
    """
    full = memberships[(memberships["status"] == "member") & (memberships["start"] <= until)]
    first_power = full[full["state"].isin(GREAT_POWERS)].groupby("organisation")["start"].min()
    first_of_five = full[full["state"].isin(FIVE)].groupby("organisation")["start"].min()
    partial, rows = values("members_partial"), []
    for body in lines.itertuples():
        names = list(body.bodies)
        day = first_power.reindex(names).min()
        founding = max(body.founded, first_of_five.reindex(names).min())
        if pd.isna(day):
            rows.append((pd.NaT, "unknown" if partial & set(names) else "never"))
        elif day <= founding:
            rows.append((max(body.founded, INDEPENDENCE), "at founding"))
        else:
            rows.append((day, "later"))
    table = lines.reset_index(drop=True)
    table[["entered", "entry"]] = pd.DataFrame(rows, index=table.index)
    table["entered"] = pd.to_datetime(table["entered"])
    last = table["ended"].fillna(until).where(table["how"] != "unknown")
    return table.assign(
        months_after=(last - table["entered"]).dt.days / MONTH, over=table["ended"].notna()
    )


def phases(entered: pd.DataFrame, organisations: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Split the life of each body at the entry of a power, as `charts.basic.timeline` draws it.

    Args:
        entered: what `entries` returns; bodies of unknown end or entry are left out.
        organisations: the table `organisations`, for the abbreviations.
        until: the day at which the bars of active bodies stop.

    Returns:
        One row a phase: `name` (the first and the last of a renamed body), `founded`, `ended`
        (missing for a phase that lasts), `until` and `group`, one of `PHASES`; bodies that a power
        entered later come first, those that it never entered next.
    """
    names = organisations.set_index("organisation")["abbreviation"]
    names = names.fillna(organisations.set_index("organisation")["name"])
    known = entered[~(entered[["how", "entry"]] == "unknown").any(axis=1)]
    rows = []
    order = known["entry"].map(ENTRIES.index).sort_values(kind="stable").index
    for body in known.loc[order].itertuples():
        name = _both_names(body, names)
        begun = max(body.founded, INDEPENDENCE)
        if body.entry == "later":
            spans = [(begun, body.entered, PHASES[0]), (body.entered, body.ended, PHASES[1])]
        else:
            spans = [(begun, body.ended, PHASES[body.entry == "at founding"])]
        rows += [(name, start, end, until if pd.isna(end) else end, g) for start, end, g in spans]
    return pd.DataFrame(rows, columns=["name", "founded", "ended", "until", "group"])


def entry_notes(entered: pd.DataFrame, organisations: pd.DataFrame) -> dict[str, str]:
    """Return from when to when a power belonged to each body that it entered later.

    Args:
        entered: what `entries` returns.
        organisations: the table `organisations`.

    Returns:
        Years, in words, by the name that `phases` gives the body.
    """
    names = organisations.set_index("organisation")["abbreviation"]
    names = names.fillna(organisations.set_index("organisation")["name"])
    notes = {}
    for body in entered[entered["entry"] == "later"].itertuples():
        first, lasts = body.entered.year, pd.isna(body.ended)
        notes[_both_names(body, names)] = (
            f"since {first}" if lasts else f"{first}–{body.ended.year}"
        )
    return notes


def _both_names(body, names: pd.Series) -> str:
    first, last = names[body.bodies[0]], names[body.bodies[-1]]
    return first if first == last else f"{first}, later {last}"


def headline(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> dict[str, Any]:
    """Return the numbers on entries and ends that the text quotes, by name.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the closing date of the record.

    Returns:
        `regional_bodies` (number; a renamed body is the same body); `great_at_founding`,
        `great_later`, `great_never` and `great_unknown` (of them, by when Russia or China entered)
        and the same with `_over` (of those, how many ended); `great_never_unknown` (ended or not is
        unknown); `great_months_after` (list, for later entries in the order of time); and, where
        renaming is an end, `great_later_by_name` (later entries), `great_never_renamed_over` (ended
        without either power) and `great_never_only_renamed` (of those, how many were renamed).
    """
    table = entries(lives(organisations, memberships, until, renamed_end=False), memberships, until)
    facts: dict[str, Any] = {"regional_bodies": len(table)}
    for entry in ("at founding", "later", "never", "unknown"):
        rows = table[table["entry"] == entry]
        key = f"great_{entry.replace(' ', '_')}"
        facts |= {key: len(rows), f"{key}_over": int(rows["over"].sum())}
    never, later = table[table["entry"] == "never"], table[table["entry"] == "later"]
    facts["great_never_unknown"] = int((never["how"] == "unknown").sum())
    facts["great_months_after"] = later.sort_values("entered")["months_after"].round(1).tolist()
    by_name = entries(lives(organisations, memberships, until), memberships, until)
    ended_without = (by_name["entry"] == "never") & by_name["over"]
    return facts | {
        "great_later_by_name": int((by_name["entry"] == "later").sum()),
        "great_never_renamed_over": int(ended_without.sum()),
        "great_never_only_renamed": int((by_name.loc[ended_without, "how"] == "renamed").sum()),
    }


def _renamed(table: pd.DataFrame) -> dict[str, str]:
    """Return the next name of each body that continued under another one."""
    replaced = table["ended"].notna() & table["end_kind"].isna()  # as the CST was by the CSTO
    continued = table[(table["end_kind"] == "renamed") | replaced]
    return {body: name for body, name in continued["successor"].items() if name in table.index}


def _how(body: pd.Series) -> str:
    """Return how a body ended: its `end_kind`, `succeeded`, `at work` or `unknown`."""
    if body["end_kind"] == "unknown":
        known = pd.notna(body["ended"]) and body["ended"] > body["founded"]
        return "succeeded" if known else "unknown"
    if isinstance(body["end_kind"], str):
        return body["end_kind"]
    return "at work" if pd.isna(body["ended"]) else "succeeded"
