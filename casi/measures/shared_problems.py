"""Which problems besides their borders bring the five states together, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import pandas as pd

from casi.measures.shared_events import exercise_events, meeting_events, treaty_events
from casi.record.lookup import require
from casi.states import ARTICLE_DAY, FIVE, WITH_AZERBAIJAN
from casi.tables import split_keys
from casi.text import MISSING, dates, number

PROBLEMS = {  # topics of the table `milestones`, and terrorism, in words
    "afghan_border": "Afghan border",
    "terrorism": "Terrorism and extremism",
    "corridor": "Transport corridors",
    "water": "Water",
}
TRAINED_FOR = {"terrorism": "counter_terror"}  # kind of the exercises for a problem
HELD_AT = {"afghan_border": "afghan"}  # word in the place of the exercises for a problem
JOINT_ACTIONS = ["agreement", "decision", "begun", "opened", "talks"]  # actions of milestones
CARRIED_OUT = ["agreement", "decision", "begun", "opened", "closure"]
LAYERS = {  # kinds of rows, and their headings
    "milestones": "Agreements, works, talks",
    "meetings": "Meetings",
    "exercises": "Exercises",
    "treaties": "Treaties",
}
TOLD_FIRST = {"meetings": 0, "treaties": 1, "milestones": 2}  # layers that may tell one event
KINDS = {  # of the table `incidents`, in the words of the chart
    "cross_border_attack": "On the Afghan border",
    "border_shooting": "On the Afghan border",
    "terrorist_attack": "Attacks and incursions",
    "armed_incursion": "Attacks and incursions",
    "foiled_plot": "Foiled plots, as claimed",
}
YEAR = pd.DateOffset(months=12)
DRAWN, WRONG = 40, 4  # rows that a second reader drew at random, and those with a wrong cell
NORMAL_95 = 1.959964  # quantile of the normal distribution for an interval of 95%
GROUPS = ["All five", "Two to four of the five"]


def on_afghan_border(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents on the borders with Afghanistan."""
    return incidents[incidents["border"].str.startswith("afg-").fillna(False)]


def incidents_by_year(incidents: pd.DataFrame) -> pd.DataFrame:
    """Count the incidents on record by the year they began and by kind.

    Args:
        incidents: the table `incidents`.

    Returns:
        Index `Year`, every year from the first to the last; a column for each value of `KINDS`.
    """
    years = incidents["date_start"].dt.year.rename("Year")
    table = pd.crosstab(years, incidents["kind"].map(KINDS))
    every = range(table.index.min(), table.index.max() + 1)
    columns = list(dict.fromkeys(KINDS.values()))
    return (
        table.reindex(every, fill_value=0)
        .reindex(columns=columns, fill_value=0)
        .rename_axis("Year")
    )


def joint_actions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what two or more of the five states did together on each problem.

    A milestone belongs to the problem of its topic, a meeting and a treaty to those in its column
    `topics`, and an exercise by its kind (`TRAINED_FOR`) or by a word in its place (`HELD_AT`). A
    treaty or milestone adopted at a meeting on the same problem is the same event as the meeting
    and is left out, and so is a milestone that is the signing of a treaty.

    Args:
        tables: the tables of `data/` by name: `milestones`, `meetings`, `exercises`,
            `participation`, `treaties` and `treaty_actions`.

    Returns:
        Columns `problem`, `layer` (a key of `LAYERS`), `event` (key), `date` and `end` (datetime),
        `states` (frozenset of codes), `five` (how many of the five states) and `outside` (True if
        another state than Azerbaijan took part); an event on two problems has two rows.
    """
    table = pd.DataFrame(
        [*_milestones(tables["milestones"]), *_other_layers(tables)],
        columns=["problem", "layer", "event", "date", "end", "states"],
    )
    table["date"], table["end"] = pd.to_datetime(table["date"]), pd.to_datetime(table["end"])
    table["five"] = [len(states & set(FIVE)) for states in table["states"]]
    table["outside"] = [len(states - WITH_AZERBAIJAN) > 0 for states in table["states"]]
    table = table[table["five"] > 1].sort_values(["date", "event"], ignore_index=True)
    return table[~_told_by_another(table)].reset_index(drop=True)


def _milestones(milestones: pd.DataFrame) -> Iterator[tuple]:
    rows = milestones[milestones["action"].isin(JOINT_ACTIONS) & milestones["topic"].isin(PROBLEMS)]
    for row in rows.itertuples():
        states = frozenset(split_keys(row.states))
        yield row.topic, "milestones", row.milestone, row.date, row.date, states


def _other_layers(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple]:
    meetings, exercises, treaties = (tables[name] for name in ("meetings", "exercises", "treaties"))
    parts, actions = tables["participation"], tables["treaty_actions"]
    days = ["date_start", "date_end"]
    yield from _on_problem(meeting_events(meetings, parts), meetings, days, _coded(meetings))
    days = ["date_opened", "date_opened"]
    yield from _on_problem(treaty_events(treaties, actions), treaties, days, _coded(treaties))
    places = exercises["place"].fillna("")
    named = {
        problem: set(exercises.loc[places.str.contains(word, case=False), "exercise"])
        for problem, word in HELD_AT.items()
    }
    for problem, kind in TRAINED_FOR.items():
        trained = exercises["kind"].map(lambda cell, kind=kind: kind in split_keys(cell))
        named[problem] = set(exercises.loc[trained, "exercise"])
    days = ["date_start", "date_end"]
    yield from _on_problem(exercise_events(exercises, parts), exercises, days, named)


def _coded(rows: pd.DataFrame) -> dict[str, set[str]]:
    """Return the keys of the rows of which the column `topics` has each problem."""
    topics = rows["topics"].map(split_keys)
    return {
        problem: set(rows.loc[topics.map(lambda own, one=problem: one in own), rows.columns[0]])
        for problem in PROBLEMS
    }


def _on_problem(
    events: pd.DataFrame, rows: pd.DataFrame, days: list[str], named: Mapping[str, set[str]]
) -> Iterator[tuple]:
    start, end = (rows.set_index(rows.columns[0])[day] for day in days)
    for row in events.itertuples():
        for problem, keys in named.items():
            if row.event in keys:
                key = row.event
                yield problem, row.layer, key, start[key], end[key], row.states


def _told_by_another(steps: pd.DataFrame) -> pd.Series:
    """Return which steps another row tells too, a meeting before a treaty, that before a milestone.

    Two rows are one event if the problem is the same, the day lies in the days of the other, and
    the five states of the one were all in the other.
    """
    rank = steps["layer"].map(TOLD_FIRST)
    found = []
    for row, own in zip(steps.itertuples(), rank, strict=True):
        other = steps[(steps["problem"] == row.problem) & (rank < own)]
        other = other[
            (other["date"] <= row.date) & (row.date <= other["end"].fillna(other["date"]))
        ]
        five = row.states & set(FIVE)
        found.append(any(five <= states for states in other["states"]))
    return pd.Series(found, index=steps.index, dtype=bool)


def by_problem(incidents: pd.DataFrame, steps: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """Lay out the incidents and the joint actions of each problem, for a table.

    Args:
        incidents: the table `incidents`.
        steps: what `joint_actions` returns.
        since: the day after which steps count in the last column.

    Returns:
        A row a problem: `Problem`, `Incidents` (missing where the table has no such kind), a column
        for each value of `LAYERS`, and `Since August 2024` (joint actions of all layers).
    """
    border = len(on_afghan_border(incidents))
    counts = pd.crosstab(steps["problem"], steps["layer"])
    counts = counts.reindex(index=PROBLEMS, columns=list(LAYERS), fill_value=0)
    recent = steps[steps["date"] > since].groupby("problem").size().reindex(PROBLEMS, fill_value=0)
    known = {"afghan_border": border, "terrorism": len(incidents) - border}
    table = counts.rename(columns=LAYERS)
    table.insert(0, "Incidents", pd.Series(known).reindex(table.index).astype("Int64"))
    table[f"Since {since:%B %Y}"] = recent
    return (
        table.rename(index=PROBLEMS).rename_axis("Problem").rename_axis(columns=None).reset_index()
    )


def group_of(steps: pd.DataFrame) -> pd.Series:
    """Return how many of the five states took part in each step, a value of `GROUPS`."""
    return (steps["five"] == len(FIVE)).map({True: GROUPS[0], False: GROUPS[1]})


def how_many_of_five(steps: pd.DataFrame) -> pd.DataFrame:
    """Count the joint actions on each problem by how many of the five states took part.

    Returns:
        Index `Problem`, in the order of `PROBLEMS`; columns `All five` and
        `Two to four of the five`.
    """
    table = pd.crosstab(steps["problem"].map(PROBLEMS), group_of(steps))
    table = table.reindex(index=PROBLEMS.values(), columns=GROUPS, fill_value=0)
    return table.rename_axis("Problem").rename_axis(columns=None)


def in_last_year(rows: pd.DataFrame, column: str, end: pd.Timestamp) -> pd.DataFrame:
    """Return the rows dated in the twelve months up to a day, oldest first."""
    dated = rows[(rows[column] > end - YEAR) & (rows[column] <= end)]
    return dated.sort_values(column, kind="stable")


def toll(incidents: pd.DataFrame) -> tuple[int, int]:
    """Return the lowest and the highest sum of the killed; an unknown count adds nothing."""
    counts = incidents[["killed_low", "killed_best", "killed_high"]].astype("float64")
    return int(counts.min(axis=1).sum()), int(counts.max(axis=1).sum())


def incident_table(incidents: pd.DataFrame) -> pd.DataFrame:
    """Lay out incidents in words, for a table.

    Returns:
        Columns `Date`, `Place`, `Kind`, `Killed` and `Wounded` (a number, a range, or a dash if
        unknown), `Actor, as named` and `Confidence`.
    """
    return pd.DataFrame(
        {
            "Date": dates(incidents["date_start"], incidents["date_precision"]),
            "Place": incidents["place"].tolist(),
            "Kind": incidents["kind"].str.replace("_", " ").str.capitalize().tolist(),
            "Killed": _ranges(incidents, "killed"),
            "Wounded": _ranges(incidents, "wounded"),
            "Actor, as named": incidents["actor"].tolist(),
            "Confidence": incidents["confidence"].tolist(),
        }
    )


def _ranges(incidents: pd.DataFrame, what: str) -> list[str]:
    counts = incidents[[f"{what}_{which}" for which in ("low", "best", "high")]].astype("float64")
    ends = zip(counts.min(axis=1), counts.max(axis=1), strict=True)
    return [
        MISSING if pd.isna(low) else f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
        for low, high in ends
    ]


def milestone_table(milestones: pd.DataFrame) -> pd.DataFrame:
    """Lay out milestones in words, oldest first, for a table.

    Returns:
        Columns `Date`, `Step`, `States`, `What` and `Confidence`.
    """
    rows = milestones.sort_values(["date", "milestone"])
    return pd.DataFrame(
        {
            "Date": dates(rows["date"], rows["date_precision"]),
            "Step": rows["action"].replace("law", "national law").str.capitalize().tolist(),
            "States": rows["states"].str.replace(";", ", ").tolist(),
            "What": rows["what"].tolist(),
            "Confidence": rows["confidence"].tolist(),
        }
    )


def days_in_words(milestones: pd.DataFrame) -> dict[str, str]:
    """Return the day of each milestone in words, by its key."""
    words = dates(milestones["date"], milestones["date_precision"])
    return dict(zip(milestones["milestone"], words, strict=True))


def held_under(steps: pd.DataFrame, exercises: pd.DataFrame, frames: list[str]) -> int:
    """Count the exercises among joint actions that were held under some frames."""
    keys = steps.loc[steps["layer"] == "exercises", "event"].unique()
    return int(exercises.set_index("exercise")["frame"].reindex(keys).isin(frames).sum())


def carried_out(milestones: pd.DataFrame, topic: str, since: pd.Timestamp) -> pd.DataFrame:
    """Return the agreements, decisions, works and closures of a topic after a day.

    Statements and talks are left out.
    """
    rows = milestones[(milestones["topic"] == topic) & milestones["action"].isin(CARRIED_OUT)]
    return rows[rows["date"] > since]


def announced_costs(figures: pd.DataFrame, milestones: pd.DataFrame) -> pd.DataFrame:
    """Lay out the costs that somebody announced for the works behind a step; none is a payment.

    Args:
        figures: the table `reported_figures`; its measure `cost_usd` is in US dollars.
        milestones: the table `milestones`, whose keys are the subjects of these figures.

    Returns:
        A row a step, by problem and date: `Problem`, `Step`, `Million dollars` (a range where
        statements differ) and `Statements` (their number).
    """
    costs = figures[figures["measure"] == "cost_usd"].merge(
        milestones[["milestone", "topic", "date", "what"]],
        left_on="subject",
        right_on="milestone",
        validate="m:1",
    )
    costs["order"] = costs["topic"].map(list(PROBLEMS).index)
    rows = []
    for (order, _, step), stated in costs.groupby(["order", "date", "what"]):
        millions = stated[["low", "best", "high"]].astype("float64") / 1e6
        ends = sorted({round(millions.min(axis=None)), round(millions.max(axis=None))})
        words = "–".join(number(end) for end in ends)
        rows.append([list(PROBLEMS.values())[order], step, words, len(stated)])
    return pd.DataFrame(rows, columns=["Problem", "Step", "Million dollars", "Statements"])


def neutrality(milestones: pd.DataFrame) -> pd.DataFrame:
    """Return the resolutions, laws and statements on Turkmen neutrality, oldest first."""
    rows = milestones[milestones["topic"] == "neutrality"]
    return rows[rows["action"].isin(["resolution", "law", "statement"])].sort_values("date")


def interval(found: int, drawn: int) -> tuple[float, float]:
    """Return the 95% interval of a share seen in a random sample (Wilson 1927).

    Examples:
        >>> [round(100 * share, 1) for share in interval(found=0, drawn=78)]
        [0.0, 4.7]
    """
    share, square = found / drawn, NORMAL_95**2
    centre = share + square / (2 * drawn)
    spread = NORMAL_95 * sqrt(share * (1 - share) / drawn + square / (4 * drawn**2))
    whole = 1 + square / drawn
    return (centre - spread) / whole, (centre + spread) / whole


def headline(
    incidents: pd.DataFrame, milestones: pd.DataFrame, steps: pd.DataFrame, end: pd.Timestamp
) -> dict[str, Any]:
    """Return the numbers on the shared problems that the text quotes, by name.

    An event on two problems counts once in `steps`, `turkmen` and `exercises`. For each problem:
    `_steps`, `_all_five` and `_alone` (without an outside state).

    Args:
        incidents: the table `incidents`.
        milestones: the table `milestones`.
        steps: what `joint_actions` returns.
        end: the last day of the twelve months.

    Raises:
        MissingRow: if no incident on the Afghan border, no joint action, or none on water since the
            article is on record.
    """
    border = require(on_afghan_border(incidents), "incidents on the Afghan border")
    require(steps, "joint actions")
    recent = in_last_year(border, "date_start", end)
    low, high = toll(recent)
    turkmen = steps["states"].map(lambda states: "TKM" in states)
    trained = steps["layer"] == "exercises"
    since = incidents[incidents["date_start"] > ARTICLE_DAY]["kind"].value_counts()
    later = steps[steps["date"] > ARTICLE_DAY]
    require(later[later["problem"] == "water"], "joint actions on water since the article")
    against_terrorism = (later["layer"] == "exercises") & (later["problem"] == "terrorism")
    signed = later["layer"].eq("treaties") | later["event"].isin(_agreements(milestones))
    counts = {}
    for problem in PROBLEMS:
        own = steps[steps["problem"] == problem]
        counts[f"{problem}_steps"] = len(own)
        counts[f"{problem}_all_five"] = int((own["five"] == len(FIVE)).sum())
        counts[f"{problem}_alone"] = int((~own["outside"]).sum())
    return {
        "incidents": len(incidents),
        "border": len(border),
        "plots": int((incidents["kind"] == "foiled_plot").sum()),
        "recent": len(recent),
        "recent_attacks": int((recent["kind"] == "cross_border_attack").sum()),
        "recent_killed_low": low,
        "recent_killed_high": high,
        "recent_tajik": int((recent["border"] == "afg-tjk").sum()),
        "attacks_since": int(since.get("terrorist_attack", 0)),
        "plots_since": int(since.get("foiled_plot", 0)),
        "steps": steps["event"].nunique(),
        "signed_since": int((signed & later["problem"].isin(["corridor", "terrorism"])).sum()),
        "water_since": int(later.loc[later["problem"] == "water", "five"].max()),
        "trained_since": int(against_terrorism.sum()),
        "turkmen": steps.loc[turkmen, "event"].nunique(),
        "turkmen_exercises": steps.loc[turkmen & trained, "event"].nunique(),
        "exercises": steps.loc[trained, "event"].nunique(),
        **counts,
    }


def _agreements(milestones: pd.DataFrame) -> pd.Series:
    return milestones.loc[milestones["action"] == "agreement", "milestone"]
