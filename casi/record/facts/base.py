"""The columns of a dated fact, and how dates, states and notes are written in them."""

from __future__ import annotations

import pandas as pd

from casi.tables import load, split_keys
from casi.text import number

FACT_COLUMNS = [
    *("Date", "Until", "Kind", "Status", "What", "Where", "Who", "Note", "Grade", "Key"),
    *("Sources", "Frame", "Level", "States", "Parties", "Complete", "Names", "Place"),
]
DATE_LENGTHS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO 8601 date
DATA_SET = "dataset"  # grade of a table that one publisher gives out


def facts(rows: pd.DataFrame, **columns) -> pd.DataFrame:
    """Return rows of a table as facts.

    Args:
        rows: rows of a table with `source` and, unless one data set gives them all, `confidence`.
        columns: the cells of some of `FACT_COLUMNS`; the others are empty.

    Returns:
        `FACT_COLUMNS`, all text, a row a fact. `States` are the codes of who acted or took part,
        `Parties` those of all whom the fact joins if they are more, `Complete` is `no` where more
        states may have taken part, `Names` are other names and `Place` is the key of a point of
        the map; several values are joined by semicolons.
    """
    frame = pd.DataFrame(columns, index=rows.index)
    sources = rows["source"].map(lambda cell: ";".join(split_keys(cell)))
    grade = rows.get("confidence", DATA_SET)
    frame = frame.assign(Grade=grade, Sources=sources).reindex(columns=FACT_COLUMNS)
    return frame.astype(object).fillna("")


def days(rows: pd.DataFrame, day: str, precision: str) -> list[str]:
    """Return a column of dates in ISO 8601, no more exact than known; empty where unknown."""
    written = rows[day].dt.strftime("%Y-%m-%d").fillna("")
    ends = rows[precision].map(DATE_LENGTHS).fillna(DATE_LENGTHS["day"]).astype(int)
    return [text[:end] for text, end in zip(written, ends, strict=True)]


def names_of_states() -> dict[str, str]:
    """Return the names of states by their codes."""
    return load("states").set_index("iso3")["name"].to_dict()


def in_words(cells: pd.Series, between: str = ", ") -> pd.Series:
    """Write cells with codes of states, joined by semicolons, as names; missing stays missing."""
    names = names_of_states()
    return cells.map(
        lambda codes: between.join(names.get(code, code) for code in codes.split(";")),
        na_action="ignore",
    )


def together(*columns: pd.Series) -> pd.Series:
    """Join columns with codes of states, of which some may be missing, by semicolons."""
    table = pd.concat(columns, axis=1)
    rows = table.itertuples(index=False, name=None)
    joined = [";".join(dict.fromkeys(code for code in row if pd.notna(code))) for row in rows]
    return pd.Series(joined, table.index, "str")


def words(column: pd.Series) -> pd.Series:
    """Write the values of an enumeration in words: `second_hand` gives `second hand`."""
    return column.str.replace("_", " ")


def sentence(column: pd.Series) -> pd.Series:
    """Write the values of an enumeration as the start of a sentence."""
    return words(column).str[:1].str.upper() + words(column).str[1:]


def tail(texts: pd.Series) -> pd.Series:
    """Return texts that follow another one after a comma; missing ones are empty."""
    return (", " + texts).fillna("")


def noted(*columns: pd.Series) -> pd.Series:
    """Join columns to one note, a full stop between them."""
    table = pd.concat(columns, axis=1).fillna("")
    rows = table.itertuples(index=False, name=None)
    joined = [". ".join(text.strip(". ") for text in row if text) for row in rows]
    return pd.Series(joined, table.index, "str")


def ranges(rows: pd.DataFrame) -> pd.Series:
    """Write figures as the sources give them: the best, the range, or a bound on one side.

    Args:
        rows: columns `low`, `best` and `high`, each of which may be missing.
    """
    bounds = rows[["low", "best", "high"]].itertuples(index=False, name=None)
    return pd.Series([_range(*row) for row in bounds], rows.index, "str")


def _range(low: float, best: float, high: float) -> str:
    known = [number(value) for value in (low, high) if pd.notna(value)]
    span = "–".join(dict.fromkeys(known))
    if len(known) == 1:
        span = f"{'at least' if pd.notna(low) else 'at most'} {span}"
    if pd.isna(best):
        return span
    return f"{number(best)} ({span})" if len(set(known)) > 1 else number(best)
