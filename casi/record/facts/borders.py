"""Borders, statements about them, clashes and their victims, and conflict deaths as facts."""

from __future__ import annotations

import pandas as pd

from casi.record.facts.base import (
    days,
    facts,
    in_words,
    noted,
    ranges,
    sentence,
    tail,
    together,
    words,
)
from casi.tables import load


def borders() -> pd.DataFrame:
    """Return the land borders as facts, each on the day it was delimited from end to end."""
    rows = load("border_segments")
    km = rows["border_km"].map(lambda length: f"{length:,.0f} km", na_action="ignore")
    states = together(rows["state_a"], rows["state_b"])
    done = [_done(rows, step).rename(step) for step in ("delimited", "demarcated")]
    return facts(
        rows,
        Date=days(rows, "delimited_date", "delimited_precision"),
        Kind="Border",
        What=_line(states) + " border" + tail(km),
        Who=in_words(states),
        Note=noted(*done, rows["remains"], rows["note"]),
        Key="border_segments/" + rows["border"],
        States=states,
        Place="border-" + rows["border"],
    )


def statements() -> pd.DataFrame:
    """Return the statements on how far a border is settled as facts."""
    rows = load("border_progress")
    percent = rows["percent"].map(lambda share: f"{share:g}%", na_action="ignore")
    km = rows["km"].map(lambda length: f"{length:,g} km", na_action="ignore")
    told = (rows["stage"] != "length") & (rows["of_what"] != "not_stated")
    of_what = (" of " + words(rows["of_what"])).where(told, "")
    states = _sides(rows["border"])
    return facts(
        rows,
        Date=days(rows, "date", "date_precision"),
        Kind="Border statement",
        What=sentence(rows["stage"]) + tail(percent) + tail(km) + of_what,
        Where=_line(states) + " border",
        Who=rows["speaker"],
        Note=rows["note"],
        Key="border_progress/" + rows["statement"],
        States=states,
        Place="border-" + rows["border"],
    )


def clashes() -> pd.DataFrame:
    """Return the clashes on borders as facts."""
    rows = load("clashes")
    states = together(rows["state_a"], rows["state_b"])
    shots = rows["shots"].map({True: "Shots fired", False: "No shots"})
    longer = (rows["date_precision"] == "day") & (rows["date_end"] > rows["date_start"])
    return facts(
        rows,
        Date=days(rows, "date_start", "date_precision"),
        Until=rows["date_end"].dt.strftime("%Y-%m-%d").where(longer, ""),
        Kind="Clash",
        What="Clash of " + words(rows["kind"]).fillna("unknown sides"),
        Where=rows["place"],
        Who=in_words(states),
        Note=noted(shots, rows["note"]),
        Key="clashes/" + rows["clash"],
        States=states,
        Place="border-" + rows["border"],
    )


def clash_figures() -> pd.DataFrame:
    """Return the figures of victims of clashes as facts, each as its source gives it."""
    about = load("clashes")[
        ["clash", "date_start", "date_precision", "border", "state_a", "state_b"]
    ]
    rows = load("clash_figures").merge(about.assign(place=load("clashes")["place"]))
    side = (" of " + in_words(rows["side"])).fillna("")
    who = rows["who"].map({"military": ", military", "civilian": ", civilian"}).fillna("")
    states = together(rows["state_a"], rows["state_b"])
    return facts(
        rows,
        Date=days(rows, "date_start", "date_precision"),
        Kind="Clash figure",
        What=sentence(rows["measure"]) + side + who + ": " + ranges(rows),
        Where=rows["place"],
        Who=in_words(states),
        Note=noted(_reported(rows), _preferred(rows), rows["note"]),
        Key="clash_figures/" + rows["figure"].astype(str),
        States=states,
        Place="border-" + rows["border"],
    )


def conflict_deaths() -> pd.DataFrame:
    """Return the deaths in armed conflicts by state, year and kind as facts."""
    rows = load("conflict_deaths")
    return facts(
        rows,
        Date=rows["year"].astype(str),
        Kind="Conflict deaths",
        What="Conflict deaths in " + in_words(rows["state"]) + ": " + ranges(rows),
        Where=in_words(rows["state"]),
        Who=rows["dyads"],
        Note=sentence(rows["type"]) + " violence on the territory of the state, by UCDP",
        Key="conflict_deaths/"
        + rows["state"]
        + "/"
        + rows["year"].astype(str)
        + "/"
        + rows["type"],
        States=rows["state"],
    )


def _done(rows: pd.DataFrame, step: str) -> pd.Series:
    """Say how far a border is delimited or demarcated, and since when."""
    when = pd.Series(days(rows, f"{step}_date", f"{step}_precision"), rows.index)
    how = rows[step].map({"full": "in full", "partial": "in part", "none": "not begun"})
    return (step.capitalize() + ": " + how + tail(when.where(when != "", None))).fillna("")


def _reported(rows: pd.DataFrame) -> pd.Series:
    day = pd.Series(days(rows, "as_of", "as_of_precision"), rows.index)
    by = "Reported by " + rows["reported_by"]
    return by.fillna("") + ("As of " + day).where(by.isna() & (day != ""), "")


def _preferred(rows: pd.DataFrame) -> pd.Series:
    return rows["preferred"].map({True: "Preferred figure", False: "Other figure"})


def _sides(borders_: pd.Series) -> pd.Series:
    return borders_.str.upper().str.replace("-", ";")


def _line(states: pd.Series) -> pd.Series:
    return in_words(states, "–")
