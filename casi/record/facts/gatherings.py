"""Meetings and exercises as facts, with who came and at what level."""

from __future__ import annotations

import pandas as pd

from casi.counting import counted
from casi.record.facts.base import days, facts, names_of_states, noted
from casi.record.lookup import LEVELS
from casi.tables import load

SERIES = {  # values of `meetings.series`, in words
    "consultative_heads": "Consultative Meetings",
    "security_council_secretaries": "Security-council secretaries",
    "foreign_ministers": "Foreign ministers",
    "defence_ministers": "Defence ministers",
    "interior_ministers": "Interior ministers",
    "special_services": "Special services",
    "border_services": "Border services",
    "other_five": "Other meetings of the five states",
    "c5_russia": "C5+Russia",
    "c5_china": "C5+China",
    "c5_usa": "C5+US",
    "c5_eu": "C5+EU",
    "c5_india": "C5+India",
    "c5_gcc": "C5+Gulf states",
    "c5_other": "C5+Others",
    "c5_un": "C5+UN",
    "cau_caec_caco": "CACO and forerunners",
    "aral_sea": "Aral Sea summits",
}
FRAMES = {  # values of `exercises.frame`, in words
    "five": "Central Asians alone",
    "five_plus_azerbaijan": "Central Asians and Azerbaijan",
    "csto": "CSTO",
    "sco": "SCO",
    "cis": "CIS",
    "ots": "OTS",
    "nato_pfp": "NATO",
    "us": "United States",
    "russia_bilateral": "Russia, bilateral",
    "china_bilateral": "China, bilateral",
    "turkiye": "Türkiye",
    "other": "Other frame",
}


def meetings() -> pd.DataFrame:
    """Return the meetings as facts."""
    rows = load("meetings")
    frame = rows["series"].map(SERIES)
    return _gatherings(rows, "meetings", "meeting", "Meeting", rows["documents"], frame)


def body_meetings() -> pd.DataFrame:
    """Return the meetings of councils of bodies as facts.

    Only the seats of the six states are on record, so `Complete` is `no` for all.
    """
    rows = load("body_meetings")
    frame = rows["body"].str.upper()
    table = _gatherings(rows, "body_meetings", "meeting", "Meeting", rows["documents"], frame)
    return table.assign(Complete="no", Names=rows["council"].str.replace("_", " "))


def exercises() -> pd.DataFrame:
    """Return the exercises as facts; `Complete` is `no` if not all participants are known."""
    rows = load("exercises")
    frame = rows["frame"].map(FRAMES)
    table = _gatherings(rows, "exercises", "exercise", "Exercise", rows["other_names"], frame)
    complete = rows["participants_complete"].map({True: "", False: "no"}).fillna("no")
    points = set(load("places").dropna(subset="lat")["place"])
    known = rows["location"].where(rows["location"].isin(points), "").fillna("")
    return table.assign(Complete=complete, Names=rows["other_names"].fillna(""), Place=known)


def _gatherings(
    rows: pd.DataFrame, name: str, key: str, kind: str, extra: pd.Series, frame: pd.Series
) -> pd.DataFrame:
    came = _who(load("participation"), kind == "Exercise").reindex(rows[key]).fillna("")
    status = rows["status"].where(rows["status"] != "held", "").str.capitalize()
    names = load("places").dropna(subset="lat").drop_duplicates("name").set_index("name")["place"]
    return facts(
        rows,
        Date=days(rows, "date_start", "date_precision"),
        Until=_ends(rows),
        Kind=kind,
        Status=rows["status"],
        What=rows["name"],
        Where=rows["place"],
        Note=noted(status, extra, rows["note"]),
        Key=f"{name}/" + rows[key],
        Frame=frame,
        Place=rows["place"].map(names),
        **{column: came[column].tolist() for column in came},
    )


def _ends(rows: pd.DataFrame) -> pd.Series:
    """Return the last day of what lasts longer than its first; empty if not known to the day."""
    longer = (rows["date_precision"] == "day") & (rows["date_end"] > rows["date_start"])
    return rows["date_end"].dt.strftime("%Y-%m-%d").where(longer, "").fillna("")


def _who(participation: pd.DataFrame, forces: bool) -> pd.DataFrame:
    """Return `Who` (in words, by level), `Level` and `States` of each event.

    Args:
        participation: the table `participation`.
        forces: only states with forces, or whose part is not known, took part: an exercise.
    """
    unknown = "part not known" if forces else "level not known"
    level = participation["level"].map(LEVELS | {"contingent": "contingent"}).fillna(unknown)
    order = {word: place for place, word in enumerate(["contingent", unknown, *LEVELS.values()])}
    rows = participation.assign(word=level, rank=level.map(order))
    took = counted(participation, "trained" if forces else "took_part")
    rows = rows.assign(took=took, name=rows["state"].map(names_of_states()))
    rows = rows.sort_values(["event", "rank", "name"])
    came: dict[str, dict[str, list[str]]] = {}  # by event and level; groupby takes far longer
    states: dict[str, list[str]] = {}
    for row in rows[["event", "word", "name", "state", "took"]].itertuples(index=False):
        came.setdefault(row.event, {}).setdefault(row.word, []).append(row.name)
        if row.took:
            states.setdefault(row.event, []).append(row.state)
    said = {event: [_group(*group) for group in groups.items()] for event, groups in came.items()}
    return pd.DataFrame(
        {
            "Who": {event: "; ".join(groups) for event, groups in said.items()},
            "Level": {event: ";".join(groups) for event, groups in came.items()},
            "States": {event: ";".join(codes) for event, codes in states.items()},
        },
        dtype="str",
    )


def _group(word: str, names: list[str]) -> str:
    """Return the states of one level, such as `"Heads of state: Kazakhstan, Uzbekistan"`."""
    heading = _plural(word) if len(names) > 1 else word
    return f"{heading[:1].upper()}{heading[1:]}: {', '.join(names)}"


def _plural(word: str) -> str:
    if word in ("absent", "attaché") or word.endswith(" known"):
        return {"attaché": "attachés"}.get(word, word)
    head, of, rest = word.partition(" of ")
    return f"{head[:-1]}ies{of}{rest}" if head.endswith("ry") else f"{head}s{of}{rest}"


def events_of(subjects: pd.Series) -> pd.DataFrame:
    """Return `Date`, `What`, `Where`, `States` and `Place` of the event that each row is about.

    Args:
        subjects: keys of events; an index that the result keeps.
    """
    known = pd.concat([meetings(), exercises()])
    known.index = known["Key"].str.split("/").str[1]
    columns = ["Date", "What", "Where", "States", "Place", "Frame"]
    return known[columns].reindex(subjects).set_axis(subjects.index).fillna("")
