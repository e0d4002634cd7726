"""Put every dated fact of the record in one table that readers can search."""

from __future__ import annotations

import pandas as pd

from casi.record.lookup import LEVELS
from casi.states import INDEPENDENCE
from casi.tables import load, split_keys

FACT_COLUMNS = ["Date", "Kind", "What", "Where", "Who", "Note", "Grade", "Key", "Sources"]
DATE_LENGTHS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO 8601 date


def events() -> pd.DataFrame:
    """Return every dated fact: meetings, exercises, treaty steps, clashes, incidents and others.

    Returns:
        One row a fact, the newest first, all columns text: `Date` (ISO 8601, no more exact than
        known; empty if unknown), `Kind`, `What`, `Where`, `Who` (state codes, with the level where
        it is not the usual one), `Note`, `Grade` (of its sources), `Key` (table and key of the row)
        and `Sources` (keys of `references.bib`, joined by semicolons).
    """
    parts = [
        _events("meetings", "meeting", "Meeting"),
        _events("exercises", "exercise", "Exercise"),
        _treaty_steps(),
        _border_statements(),
        _clashes(),
        _incidents(),
        _milestones(),
        _arms_reports(),
        _spells(),
    ]
    table = pd.concat(parts, ignore_index=True)[FACT_COLUMNS].fillna("")
    return table.sort_values(["Date", "Key"], ascending=[False, True], ignore_index=True)


def count_by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the number of dated facts by year and kind.

    Args:
        table: what `events` returns.

    Returns:
        Index `Year`, every year from 1991 to the last; one column a kind.
    """
    dated = table[table["Date"] >= str(INDEPENDENCE.year)]
    counts = pd.crosstab(dated["Date"].str[:4].astype(int).rename("Year"), dated["Kind"])
    return counts.reindex(
        range(INDEPENDENCE.year, counts.index.max() + 1), fill_value=0
    ).rename_axis("Year")


def _events(name: str, key: str, kind: str) -> pd.DataFrame:
    rows = load(name)
    who = _who(load("participation")).reindex(rows[key]).fillna("")
    status = rows["status"].where(rows["status"] != "held", "").str.capitalize()
    extra = rows["documents"] if "documents" in rows else rows["other_names"]
    return _frame(
        rows,
        Date=_days(rows, "date_start", "date_precision"),
        Kind=kind,
        What=rows["name"],
        Where=rows["place"],
        Who=who.tolist(),
        Note=_joined(status, extra, rows["note"]),
        Key=f"{name}/" + rows[key],
    )


def _who(participation: pd.DataFrame) -> pd.Series:
    level = participation["level"].where(participation["level"] != "head_of_state").map(LEVELS)
    words = participation["state"] + (" (" + level + ")").fillna("")
    return words.groupby(participation["event"]).agg(", ".join)


def _treaty_steps() -> pd.DataFrame:
    rows = load("treaty_actions").merge(load("treaties")[["treaty", "name"]])
    return _frame(
        rows,
        Date=_days(rows, "date", "date_precision"),
        Kind="Treaty step",
        What=rows["name"] + ": " + rows["action"].str.replace("_", " "),
        Who=rows["state"],
        Note=rows["note"],
        Key="treaty_actions/" + rows["treaty"] + "/" + rows["state"] + "/" + rows["action"],
    )


def _border_statements() -> pd.DataFrame:
    rows = load("border_progress")
    percent = rows["percent"].map(lambda share: f"{share:g}%", na_action="ignore")
    km = rows["km"].map(lambda length: f"{length:,g} km", na_action="ignore")
    of_what = rows["of_what"].str.replace("_", " ")
    return _frame(
        rows,
        Date=_days(rows, "date", "date_precision"),
        Kind="Border statement",
        What=rows["stage"].str.capitalize()
        + _tail(percent)
        + _tail(km)
        + (" of " + of_what).where(rows["stage"] != "length", ""),
        Where=rows["border"].str.upper(),
        Who=rows["speaker"],
        Note=rows["note"],
        Key="border_progress/" + rows["statement"],
    )


def _clashes() -> pd.DataFrame:
    rows = load("clashes")
    return _frame(
        rows,
        Date=_days(rows, "date_start", "date_precision"),
        Kind="Clash",
        What=rows["kind"].str.replace("_", " ").str.capitalize().fillna("Clash"),
        Where=rows["place"],
        Who=rows["state_a"] + ", " + rows["state_b"],
        Note=rows["note"],
        Key="clashes/" + rows["clash"],
    )


def _incidents() -> pd.DataFrame:
    rows = load("incidents")
    return _frame(
        rows,
        Date=_days(rows, "date_start", "date_precision"),
        Kind="Incident",
        What=rows["kind"].str.replace("_", " ").str.capitalize(),
        Where=rows["place"],
        Who=rows["state"],
        Note=_joined(rows["actor"], rows["note"]),
        Key="incidents/" + rows["incident"],
    )


def _milestones() -> pd.DataFrame:
    rows = load("milestones")
    return _frame(
        rows,
        Date=_days(rows, "date", "date_precision"),
        Kind="Milestone",
        What=rows["what"].str.removesuffix("."),
        Where=rows["subject"].str.replace("_", " ").str.capitalize(),
        Who=rows["states"].str.replace(";", ", "),
        Note=rows["note"],
        Key="milestones/" + rows["milestone"],
    )


def _arms_reports() -> pd.DataFrame:
    rows = load("arms_reports")
    return _frame(
        rows,
        Date=_days(rows, "date", "date_precision"),
        Kind="Arms report",
        What=rows["kind"].str.replace("_", " ").str.capitalize() + ": " + rows["item"],
        Who=rows["recipient"] + (" from " + rows["supplier"]).fillna(""),
        Note=_joined(rows["status"].str.capitalize(), rows["note"]),
        Key="arms_reports/" + rows["report"],
    )


def _spells() -> pd.DataFrame:
    rows = load("memberships").merge(load("organisations")[["organisation", "name"]])
    until = rows["end"].dt.strftime("until %Y-%m-%d")
    return _frame(
        rows,
        Date=_days(rows, "start", "start_precision"),
        Kind="Membership",
        What=rows["name"] + ": " + rows["status"].str.replace("_", " "),
        Who=rows["state"],
        Note=_joined(until, rows["note"]),
        Key="memberships/" + rows["organisation"] + "/" + rows["state"],
    )


def _frame(rows: pd.DataFrame, **columns) -> pd.DataFrame:
    frame = pd.DataFrame(columns, index=rows.index)
    sources = rows["source"].map(lambda cell: ";".join(split_keys(cell)))
    return frame.assign(Grade=rows["confidence"], Sources=sources).reindex(columns=FACT_COLUMNS)


def _days(rows: pd.DataFrame, day: str, precision: str) -> list[str]:
    written = rows[day].dt.strftime("%Y-%m-%d").fillna("")
    ends = rows[precision].map(DATE_LENGTHS).fillna(10).astype(int)
    return [text[:end] for text, end in zip(written, ends, strict=True)]


def _tail(texts: pd.Series) -> pd.Series:
    return (", " + texts).fillna("")


def _joined(*columns: pd.Series) -> pd.Series:
    table = pd.concat(columns, axis=1).fillna("")
    return table.apply(lambda row: ". ".join(text.strip(". ") for text in row if text), axis=1)
