"""Who meets where: meetings of the five states by who met and in which format, seat by seat."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.counting import counted
from casi.measures.participation import SERIES_NAMES, held
from casi.record.lookup import LEVELS
from casi.states import FIVE
from casi.tables import sets_by
from casi.text import date

SINCE = pd.Timestamp(2018, 1, 1)  # start of the year of the first Consultative Meeting
OWN, OUTSIDE = "With each other", "With an outside power"
BODIES = {"cis": "CIS", "csto": "CSTO", "sco": "SCO", "ots": "OTS"}
FORMATS = [OWN, OUTSIDE, *BODIES.values()]
WITH_RUSSIA = {"CIS", "CSTO", "SCO"}  # bodies of which Russia is a member
GROUPS = {  # who met, by council of a body
    "heads_of_state": "Heads of state",
    "security_council_secretaries": "Secretaries",
    "defence_ministers": "Defence ministers",
    "foreign_ministers": "Foreign ministers",
    "interior_ministers": "Interior ministers",
    "special_services": "Special services",
}
SECURITY = ["Secretaries", "Defence ministers", "Interior ministers", "Special services"]
FULL_RANK = {  # the level that is the usual one of a group
    "Heads of state": {"head_of_state"},
    "Secretaries": {"security_council_secretary"},
    "Defence ministers": {"minister"},
    "Foreign ministers": {"minister"},
    "Interior ministers": {"minister"},
    "Special services": {"agency_head"},
}
HALFWAY = pd.Timestamp(2022, 1, 1)  # divides the years since `SINCE`
COLUMNS = ["meeting", "date_start", "date_precision", "place", "who", "format", "partner"]
COLUMNS += ["russia", "joint"]


def all_meetings(meetings: pd.DataFrame, bodies: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings held in any format, with who met, by the rule `who_meets`.

    Meetings of nobody in `GROUPS`, such as deputy ministers, are left out.

    Args:
        meetings: the table `meetings`.
        bodies: the table `body_meetings`.

    Returns:
        The oldest first: `meeting` (key), `date_start`, `date_precision`, `place`, `who` (a value
        of `GROUPS`), `format` (one of `FORMATS`), `partner` (the outside power, if it is one),
        `russia` (whether it is a member of the format) and `joint` (shared by councils of a body
        that met as one).
    """
    own = held(meetings)
    own = own[counted(own, "who_meets")]
    outside = counted(own, "with_outside_power")
    own = own.assign(
        who=own["who_met"].map(GROUPS),
        format=outside.map({True: OUTSIDE, False: OWN}),
        partner=own["series"].map(SERIES_NAMES).where(outside),
        russia=own["series"] == "c5_russia",
    )
    wider = held(bodies)
    wider = wider.assign(who=wider["council"].map(GROUPS), format=wider["body"].map(BODIES))
    wider["russia"] = wider["format"].isin(WITH_RUSSIA)
    table = pd.concat([rows.reindex(columns=COLUMNS) for rows in (own, wider)])
    table = table[table["who"].isin(GROUPS.values())]
    return table.sort_values(["date_start", "meeting"], ignore_index=True)


def counts(table: pd.DataFrame, since: pd.Timestamp = SINCE) -> pd.DataFrame:
    """Count the meetings since a day by who met and by format.

    Councils of the CSTO that met as one count once in each of their rows.

    Args:
        table: what `all_meetings` returns.
        since: first day.

    Returns:
        Index `Who met` (every value of `GROUPS` that met), one column a format of `FORMATS`.

    Examples:
        >>> import pandas as pd
        >>> met = pd.DataFrame({"date_start": pd.to_datetime(["2019-05-22", "2001-06-15"]),
        ...                     "who": ["Heads of state"] * 2, "format": ["SCO"] * 2})
        >>> int(counts(met, since=pd.Timestamp("2018-01-01")).at["Heads of state", "SCO"])
        1
    """
    rows = table[table["date_start"] >= since]
    counted = pd.crosstab(rows["who"], rows["format"]).reindex(columns=FORMATS, fill_value=0)
    order = [group for group in GROUPS.values() if group in counted.index]
    return counted.reindex(order).rename_axis("Who met").rename_axis(columns=None)


def own_share(table: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return how many of the meetings of a period were the five states' own, by who met.

    Args:
        table: what `all_meetings` returns.
        start: first day.
        end: first day no longer in the period.

    Returns:
        Index `Who met`; `own` and `all` (numbers of meetings), `share` (of 1).
    """
    counted = counts(table[table["date_start"] < end], start)
    found = pd.DataFrame({"own": counted[OWN], "all": counted.sum(axis=1)})
    return found.assign(share=found["own"] / found["all"])


def present(participation: pd.DataFrame) -> pd.Series:
    """Return the set of states known to have come to each event, by the rule `came`."""
    return sets_by(participation[counted(participation, "came")], "event", "state")


def with_all_five(table: pd.DataFrame, participation: pd.DataFrame) -> pd.DataFrame:
    """Return the meetings to which each of the five states is known to have come.

    Args:
        table: what `all_meetings` returns, or rows of it.
        participation: the table `participation`.

    Returns:
        The rows with `held` (place and day in words) and `TKM` (level of the Turkmen seat; missing
        where it is not published).
    """
    came = present(participation).reindex(table["meeting"])
    full = [isinstance(states, frozenset) and states >= {*FIVE} for states in came]
    rows = table[full]
    turkmen = participation[participation["state"] == "TKM"].set_index("event")["level"]
    when = list(map(date, rows["date_start"], rows["date_precision"]))
    where = [f"{place}, {day}" for place, day in zip(rows["place"], when, strict=True)]
    return rows.assign(held=where, TKM=rows["meeting"].map(turkmen)).reset_index(drop=True)


def all_five_in_words(meetings: pd.DataFrame) -> pd.DataFrame:
    """Write what `with_all_five` returns for a table, its columns named for readers."""
    return pd.DataFrame(
        {
            "Who met": meetings["who"],
            "Held": meetings["held"],
            "Format": meetings["partner"].fillna(meetings["format"]),
            "Russia a member": meetings["russia"].map({True: "yes", False: "no"}),
            "Turkmen seat": meetings["TKM"].map(LEVELS).fillna("not published"),
        }
    )


def seats_of(table: pd.DataFrame, participation: pd.DataFrame, state: str) -> pd.DataFrame:
    """Count the seats of a state by who met and by format.

    Args:
        table: what `all_meetings` returns, or rows of it.
        participation: the table `participation`.
        state: ISO 3166-1 alpha-3 code.

    Returns:
        One row a group and format: `who`, `format`, `meetings`, `known` (the state came or is known
        to have stayed away), `full` (at the rank of the group), `below`, `level_unknown` and
        `absent`; the last four add up to `known`.
    """
    seat = participation[participation["state"] == state].set_index("event")["level"]
    rows = table.assign(known=table["meeting"].isin(seat.index), level=table["meeting"].map(seat))
    rows["absent"] = rows["level"] == "absent"
    rows["level_unknown"] = rows["known"] & rows["level"].isna()
    pairs = zip(rows["who"], rows["level"], strict=True)
    rows["full"] = [level in FULL_RANK[who] for who, level in pairs]
    rows["below"] = rows["known"] & ~rows[["absent", "level_unknown", "full"]].any(axis=1)
    measures = ["known", "full", "below", "level_unknown", "absent"]
    grouped = rows.groupby(["who", "format"], sort=False)
    table = grouped[measures].sum()
    table.insert(0, "meetings", grouped.size())
    return table.reset_index()


def by_council(bodies: pd.DataFrame, participation: pd.DataFrame, body: str) -> pd.DataFrame:
    """Count the meetings of a body's councils and what is known of their seats.

    Args:
        bodies: the table `body_meetings`.
        participation: the table `participation`.
        body: a value of its column `body`.

    Returns:
        One row a council in the order of `GROUPS`: `who`, `meetings`, `first` and `last` (years),
        `complete` (meetings of which each member's seat among the six is known) and `all_five`
        (meetings to which all five states are known to have come).
    """
    rows = held(bodies)
    rows = rows[rows["body"] == body].assign(year=rows["date_start"].dt.year)
    came = present(participation).reindex(rows["meeting"])
    rows = rows.assign(
        complete=rows["attendance"] == "complete",
        full=[isinstance(states, frozenset) and states >= {*FIVE} for states in came],
    )
    found = rows.groupby("council").agg(
        meetings=("meeting", "size"),
        first=("year", "min"),
        last=("year", "max"),
        complete=("complete", "sum"),
        all_five=("full", "sum"),
    )
    order = [council for council in GROUPS if council in found.index]
    return found.reindex(order).rename(index=GROUPS).rename_axis("who").reset_index()


def secretaries_before(
    bodies: pd.DataFrame, participation: pd.DataFrame, day: pd.Timestamp
) -> pd.DataFrame:
    """Return the meetings of secretaries in wider bodies before a day, with the five known there.

    Args:
        bodies: the table `body_meetings`.
        participation: the table `participation`.
        day: first day that no longer counts.

    Returns:
        The oldest first: `meeting` (key), `body` and `five` (number of the five states known to
        have come; 0 where nothing is known).
    """
    rows = held(bodies)
    rows = rows[rows["council"].eq("security_council_secretaries") & (rows["date_start"] < day)]
    came = present(participation).reindex(rows["meeting"])
    known = [len(states & {*FIVE}) if isinstance(states, frozenset) else 0 for states in came]
    return rows[["meeting", "body"]].assign(five=known).reset_index(drop=True)


def headline(
    meetings: pd.DataFrame, bodies: pd.DataFrame, participation: pd.DataFrame
) -> dict[str, Any]:
    """Return the numbers on who meets where that the text quotes, by name.

    Returns:
        Of the meetings of security officials since 2018: `security` and `security_own` (numbers of
        events; councils that met as one count once), the same to and from 2022 (`_early`,
        `_late`), `full`, `full_own`, `full_with_russia` and `full_others` (those with all five
        states); `cis_full`, `cis_first` and `cis_turkmen` (meetings of secretaries in the CIS with
        all five, the first day, and those to which the Turkmen secretary came); `tkm_cis`,
        `tkm_ots`, `tkm_sco` and the same with `_of` (summits with the Turkmen president, and those
        of which the level is known); `wider`, `wider_complete` and `wider_unknown` (meetings of
        wider bodies, those with every member's seat known, and with none).
    """
    table = all_meetings(meetings, bodies)
    recent = table[table["date_start"] >= SINCE]
    security = recent[recent["who"].isin(SECURITY)]
    late = security["date_start"] >= HALFWAY
    facts = {}
    for part, rows in (("", security), ("_early", security[~late]), ("_late", security[late])):
        facts[f"security{part}"] = _events(rows)
        facts[f"security_own{part}"] = _events(rows[rows["format"] == OWN])
    full = with_all_five(security, participation)
    own = full["format"] == OWN
    in_cis = full[(full["format"] == "CIS") & (full["who"] == "Secretaries")]
    seats = seats_of(recent, participation, "TKM")
    seats = seats[seats["who"] == "Heads of state"].set_index("format")
    for body in ("CIS", "OTS", "SCO"):
        facts[f"tkm_{body.lower()}"] = seats.at[body, "full"]
        facts[f"tkm_{body.lower()}_of"] = seats.loc[body, ["full", "below"]].sum()
    known = held(bodies)["attendance"].value_counts()
    return facts | {
        "full": len(full),
        "full_own": int(own.sum()),
        "full_with_russia": int(full["russia"].sum()),
        "full_others": int((~own & ~full["russia"]).sum()),
        "cis_full": len(in_cis),
        "cis_first": in_cis["date_start"].min(),
        "cis_turkmen": int((in_cis["TKM"] == "security_council_secretary").sum()),
        "wider": known.sum(),
        "wider_complete": known["complete"],
        "wider_unknown": known["unknown"],
    }


def _events(rows: pd.DataFrame) -> int:
    """Count the events; councils that met as one are one."""
    return rows["joint"].fillna(rows["meeting"]).nunique()
