"""Describe the data package: its tables, their terms, and the confidence of their rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.escape import as_code
from casi.tables import closing_date, describe, load, names

GRADES = ["high", "dataset", "low"]
GRADE_LABELS = {"high": "High", "dataset": "Data set", "low": "Low"}
COVERAGE_LABELS = {
    "topic": "Topic",
    "year_from": "From",
    "year_to": "To",
    "closed": "Followed to",
    "completeness": "Coverage",
    "gaps": "What is missing",
}


def contents() -> pd.DataFrame:
    """Return the tables: `Table`, `Holds`, `Rows`, `Edition` and `Hash` (first eight digits).

    `Table` and `Hash` are Markdown.
    """
    entries = [describe(name) for name in names()]
    return pd.DataFrame(
        {
            "Table": [as_code(entry["name"]) for entry in entries],
            "Holds": [entry["description"].split(". ")[0].rstrip(".") for entry in entries],
            "Rows": [len(load(entry["name"])) for entry in entries],
            "Edition": [entry["edition"] for entry in entries],
            "Hash": [as_code(entry["hash"].removeprefix("sha256:")[:8]) for entry in entries],
        }
    )


def fields() -> pd.DataFrame:
    """Return every field of every table, as `datapackage.json` describes it.

    Returns:
        Columns `Table` and `Field` (Markdown), `Type`, `Values` (those allowed, if listed) and
        `Meaning`.
    """
    rows = [
        {
            "Table": as_code(name),
            "Field": as_code(field["name"]),
            "Type": field["type"],
            "Values": ", ".join(field.get("constraints", {}).get("enum", [])),
            "Meaning": field["description"],
        }
        for name in names()
        for field in describe(name)["schema"]["fields"]
    ]
    return pd.DataFrame(rows)


def terms() -> pd.DataFrame:
    """Return the licence and terms of the tables, one row for all tables with the same terms.

    Returns:
        Columns `Tables` (Markdown), `Licence` and `Terms`.
    """
    entries = [describe(name) for name in names()]
    rows = pd.DataFrame(
        {
            "Tables": [as_code(entry["name"]) for entry in entries],
            "Licence": [entry["licenses"][0]["title"] for entry in entries],
            "Terms": [entry["terms"] for entry in entries],
        }
    )
    grouped = rows.groupby(["Licence", "Terms"], sort=False)["Tables"].agg(", ".join)
    return grouped.reset_index()[["Tables", "Licence", "Terms"]]


def confidence() -> pd.DataFrame:
    """Return the number of rows of each table by their confidence.

    Returns:
        Index: the tables with a column `confidence`; columns `high`, `dataset` and `low`.
    """
    tables = {name: load(name) for name in names()}
    counts = {
        name: frame["confidence"].value_counts()
        for name, frame in tables.items()
        if "confidence" in frame.columns
    }
    return pd.DataFrame(counts).T.reindex(columns=GRADES).fillna(0).astype(int)


def preferred(figures: pd.DataFrame, subject: str, measure: str) -> pd.Series:
    """Return the preferred figure among those on which sources differ.

    Args:
        figures: the table `reported_figures`.
        subject: key of an event, a border or a topic.
        measure: what was counted.

    Raises:
        KeyError: if no figure or more than one is preferred.
    """
    chosen = figures.query("subject == @subject and measure == @measure and preferred")
    if len(chosen) != 1:
        raise KeyError(f"{len(chosen)} preferred figures for {measure} of {subject}")
    return chosen.squeeze(axis="index")


def headline() -> dict[str, Any]:
    """Return the numbers on the data package that the text quotes, by name.

    Returns:
        `tables`, `rows` and `sources` (numbers); `closing` (date of the newest source), `news` (of
        the newest one that is not a data set) and `register` (of the newest data set); `high`,
        `dataset` and `low` (share of the rows with a confidence); `best` and `worst` (table with
        the highest and lowest share of `high`); the number of sources of each kind; `english` and
        `russian` (number of sources); and `other_languages` (number of languages).
    """
    grades, sources = confidence(), load("sources")
    shares = grades.sum() / grades.to_numpy().sum()
    high = (grades["high"] / grades.sum(axis=1)).rename(lambda name: name.replace("_", " "))
    kinds, languages = sources["kind"].value_counts(), sources["language"].value_counts()
    return {
        "tables": len(names()),
        "rows": sum(len(load(name)) for name in names()),
        "sources": len(sources),
        "closing": closing_date(),
        "news": sources.loc[sources["kind"] != "dataset", "published"].max(),
        "register": sources.loc[sources["kind"] == "dataset", "published"].max(),
        **shares.to_dict(),
        "best": high.idxmax(),
        "worst": high.idxmin(),
        "primary": kinds["primary"],
        "official_media": kinds["official_media"],
        "press": kinds["press"],
        "scholarship": kinds["scholarship"],
        "data_sets": kinds["dataset"],
        "english": languages["en"],
        "russian": languages["ru"],
        "other_languages": len(languages) - 2,
    }
