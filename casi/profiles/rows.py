"""Rows on one state, by table, and the empty cells among them that hide a fact."""

from __future__ import annotations

import pandas as pd

from casi.record.lookup import Record, took_part

TABLES = [  # that a profile needs
    "arms_reports",
    "arms_transfers",
    "body_meetings",
    "border_progress",
    "border_segments",
    "clash_figures",
    "clashes",
    "coverage",
    "exercises",
    "foreign_presence",
    "meetings",
    "memberships",
    "military_spending",
    "obligations",
    "organisations",
    "participation",
    "sources",
    "states",
    "treaties",
    "treaty_actions",
]

MEETINGS = {"meetings": "series", "body_meetings": "body"}  # with the column that names the format

Rows = dict[str, pd.DataFrame]  # the rows on a state by table

STATE_COLUMNS = {  # columns that name the state whom a row is about
    "arms_reports": ["recipient"],
    "arms_transfers": ["recipient"],
    "border_segments": ["state_a", "state_b"],
    "clashes": ["state_a", "state_b"],
    "foreign_presence": ["host"],
    "memberships": ["state"],
    "military_spending": ["state"],
    "participation": ["state"],
    "treaty_actions": ["state"],
}
NOT_KNOWN = {  # what an empty cell leaves unknown; other columns may be empty with everything known
    ("participation", "level"): "Level of attendance, or part taken",
    ("exercises", "place"): "Place",
    ("exercises", "host"): "Host state",
    ("treaties", "in_force_date"): "Date of entry into force",
    ("treaty_actions", "date"): "Date of a step by the state",
    ("military_spending", "spending_usd_2023_millions"): "Spending in a year, US dollars",
    ("military_spending", "spending_gdp_percent"): "Spending in a year, share of GDP",
    ("arms_reports", "supplier"): "Supplier",
    ("arms_reports", "number"): "Number of pieces",
    ("arms_reports", "date"): "Date",
    ("border_segments", "border_km"): "Length set by treaty",
    ("border_segments", "delimited"): "How far it is delimited",
    ("border_segments", "delimited_date"): "Date of full delimitation",
    ("border_segments", "demarcated"): "How far it is marked on the ground",
    ("border_segments", "demarcated_date"): "Date of full demarcation",
    ("clashes", "place"): "Place",
    ("clashes", "shots"): "Whether shots were fired",
    ("foreign_presence", "start"): "Start",
}


def rows_about(record: Record, state: str) -> Rows:
    """Return the rows on a state by table, and the exercises, meetings and treaties they name.

    Exercises are those that were held and in which the state took part; meetings are those that
    were held and have a row on the state. Meetings of wider bodies are left out.
    """
    rows = {
        name: record[name][(record[name][columns] == state).any(axis=1)]
        for name, columns in STATE_COLUMNS.items()
    }
    events = {*record["meetings"]["meeting"], *record["exercises"]["exercise"]}
    rows["participation"] = rows["participation"][rows["participation"]["event"].isin(events)]
    trained = took_part(rows["participation"]).index
    for name, key, wanted in (
        ("exercises", "exercise", trained),
        ("meetings", "meeting", rows["participation"]["event"]),
        ("treaties", "treaty", rows["treaty_actions"]["treaty"]),
    ):
        table = record[name]
        held = table["status"] == "held" if "status" in table else True
        rows[name] = table[table[key].isin(wanted) & held]
    return rows


def all_meetings(record: Record) -> pd.DataFrame:
    """Return the rows of all tables of `MEETINGS`, with their `table` and `format` (its name)."""
    return pd.concat(
        [
            record[name].assign(table=name, format=record[name][column])
            for name, column in MEETINGS.items()
        ],
        ignore_index=True,
    )


def names_of(meetings: pd.DataFrame) -> list[str]:
    """Return the names of rows of `all_meetings`, as `meetings/key`."""
    return (meetings["table"] + "/" + meetings["meeting"]).tolist()


def unknown(rows: Rows) -> pd.DataFrame:
    """Count the cells of some rows that are empty because the fact is not known.

    Returns:
        `Table`, `Not known`, `Rows` (of the table) and `Empty` (of them); a table without any row
        says so. Exercises whose participants are not all known count as empty.
    """
    found = []
    for table in sorted(rows):
        name = table.replace("_", " ").capitalize()
        held = rows[table]
        if held.empty:
            found.append((name, "Everything: no row", 0, pd.NA))
        cells = {words: held[column].isna() for (of, column), words in NOT_KNOWN.items()
                 if of == table}  # fmt: skip
        if table == "exercises":
            cells["Some of the participants"] = ~held["participants_complete"]
        counts = ((words, int(empty.sum())) for words, empty in cells.items())
        found += [(name, words, len(held), empty) for words, empty in counts if empty]
    table = pd.DataFrame(found, columns=["Table", "Not known", "Rows", "Empty"])
    return table.astype({"Empty": "Int64"})
