"""Organisations, memberships, treaties and the steps of states on them as facts."""

from __future__ import annotations

import pandas as pd

from casi.record.facts.base import days, facts, in_words, noted, sentence, words
from casi.tables import load

BOUND = ["signed", "ratified", "deposited", "acceded", "in_force"]  # steps that make a party


def organisations() -> pd.DataFrame:
    """Return the founding of each organisation as a fact, with all its members on record."""
    rows = load("organisations")
    spells = load("memberships").query("status == 'member'")
    members = spells.groupby("organisation")["state"].agg(lambda codes: ";".join(codes.unique()))
    states = rows["organisation"].map(members).fillna("")
    end = "ended " + pd.Series(days(rows, "ended", "ended_precision"), rows.index)
    end = (end + " (" + rows["end_kind"] + ")").where(rows["ended"].notna(), "")
    return facts(
        rows,
        Date=days(rows, "founded", "founded_precision"),
        Until=days(rows, "ended", "ended_precision"),
        Kind="Organisation",
        What=rows["name"] + ": founded",
        Who=_listed("Members on record", states),
        Note=noted(sentence(rows["kind"]), end, rows["note"]),
        Key="organisations/" + rows["organisation"],
        Frame=rows["abbreviation"].fillna(rows["name"]),
        States=states,
        Names=rows["abbreviation"],
    )


def memberships() -> pd.DataFrame:
    """Return the spells of membership as facts, each at its start."""
    bodies = load("organisations")[["organisation", "name", "abbreviation"]]
    rows = load("memberships").merge(bodies)
    until = pd.Series(days(rows, "end", "end_precision"), rows.index)
    return facts(
        rows,
        Date=days(rows, "start", "start_precision"),
        Until=until,
        Kind="Membership",
        What=rows["name"] + ": " + words(rows["status"]),
        Who=in_words(rows["state"]),
        Note=noted(("until " + until).where(until != "", ""), rows["note"]),
        Key="memberships/" + rows["organisation"] + "/" + rows["state"],
        Frame=rows["abbreviation"].fillna(rows["name"]),
        States=rows["state"],
        Names=rows["abbreviation"],
    )


def treaties() -> pd.DataFrame:
    """Return the treaties as facts, each on the day it was opened, with its parties on record."""
    rows = load("treaties")
    states = rows["treaty"].map(_parties()).fillna("")
    force = pd.Series(days(rows, "in_force_date", "in_force_precision"), rows.index)
    force = ("in force " + force).where(rows["in_force_date"].notna(), "")
    names = load("places").dropna(subset="lat").drop_duplicates("name").set_index("name")["place"]
    return facts(
        rows,
        Date=days(rows, "date_opened", "date_precision"),
        Kind="Treaty",
        What=rows["name"],
        Where=rows["place"],
        Who=_listed("Steps on record", states),
        Note=noted(sentence(rows["kind"]), force, rows["in_force_rule"], rows["note"]),
        Key="treaties/" + rows["treaty"],
        States=states,
        Place=rows["place"].map(names),
    )


def treaty_steps() -> pd.DataFrame:
    """Return the steps of states on treaties as facts; `Parties` are all parties on record."""
    rows = load("treaty_actions").merge(load("treaties")[["treaty", "name"]])
    return facts(
        rows,
        Date=days(rows, "date", "date_precision"),
        Kind="Treaty step",
        What=rows["name"] + ": " + words(rows["action"]),
        Who=in_words(rows["state"]),
        Note=rows["note"],
        Key="treaty_actions/" + rows["treaty"] + "/" + rows["state"] + "/" + rows["action"],
        States=rows["state"],
        Parties=rows["treaty"].map(_parties()),
    )


def obligations() -> pd.DataFrame:
    """Return what treaties oblige their parties to as facts, each on the day it was opened."""
    treaty = load("treaties")[["treaty", "name", "date_opened", "date_precision"]]
    rows = load("obligations").merge(treaty)
    states = rows["treaty"].map(_parties()).fillna("")
    return facts(
        rows,
        Date=days(rows, "date_opened", "date_precision"),
        Kind="Obligation",
        What=rows["name"] + ": " + words(rows["obligation"]),
        Who=_listed("Parties on record", states),
        Note=noted("Article " + rows["article"], sentence(rows["text_status"]), rows["note"]),
        Key="obligations/" + rows["treaty"] + "/" + rows["obligation"],
        States=states,
    )


def _parties() -> pd.Series:
    """Return the codes of the states that signed or joined each treaty, by its key."""
    steps = load("treaty_actions").query("action in @BOUND")
    return steps.groupby("treaty")["state"].agg(lambda codes: ";".join(codes.unique()))


def _listed(what: str, states: pd.Series) -> pd.Series:
    """Say what the states of each cell are; a cell without a state stays empty."""
    return (f"{what}: " + in_words(states)).where(states != "", "")
