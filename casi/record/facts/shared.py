"""Incidents of armed groups, and milestones of problems that the states share, as facts."""

from __future__ import annotations

import pandas as pd

from casi.record.facts.base import days, facts, in_words, noted, ranges, sentence
from casi.tables import load


def incidents() -> pd.DataFrame:
    """Return the attacks and plots of armed groups as facts, with who was killed and wounded."""
    rows = load("incidents")
    longer = (rows["date_precision"] == "day") & (rows["date_end"] > rows["date_start"])
    actor = "Attacker: " + rows["actor"]
    return facts(
        rows,
        Date=days(rows, "date_start", "date_precision"),
        Until=rows["date_end"].dt.strftime("%Y-%m-%d").where(longer, ""),
        Kind="Incident",
        What=sentence(rows["kind"]) + " in " + in_words(rows["state"]),
        Where=rows["place"],
        Who=actor,
        Note=noted(_victims(rows, "killed"), _victims(rows, "wounded"), rows["note"]),
        Key="incidents/" + rows["incident"],
        States=rows["state"],
        Place="border-" + rows["border"],
    )


def milestones() -> pd.DataFrame:
    """Return the dated steps on shared problems as facts."""
    rows = load("milestones")
    return facts(
        rows,
        Date=days(rows, "date", "date_precision"),
        Kind="Milestone",
        What=rows["what"].str.rstrip("."),
        Where=sentence(rows["subject"]),
        Who=in_words(rows["states"]),
        Note=noted(sentence(rows["topic"]), sentence(rows["action"]), rows["note"]),
        Key="milestones/" + rows["milestone"],
        States=rows["states"],
    )


def _victims(rows: pd.DataFrame, what: str) -> pd.Series:
    """Say how many were killed or wounded, as `base.ranges` writes it; empty if unknown."""
    named = {f"{what}_{end}": end for end in ("low", "best", "high")}
    number = ranges(rows[[*named]].rename(columns=named))
    return (what.capitalize() + ": " + number).where(number != "", "")
