"""Exercises made by hand."""

import pandas as pd


def exercise(
    key,
    day,
    parts,
    complete=True,
    status="held",
    confidence="high",
    host=None,
    place=None,
    location=None,
    precision="day",
    kind="field",
):
    row = {
        "exercise": key,
        "name": key,
        "frame": "other",
        "date_start": pd.Timestamp(day),
        "date_end": pd.Timestamp(day),
        "date_precision": precision,
        "status": status,
        "participants_complete": complete,
        "confidence": confidence,
        "host": host,
        "place": place,
        "location": location,
        "kind": kind,
    }
    return row, [{"event": key, "state": state, "level": "contingent"} for state in parts.split()]


def tables(made):
    """Return the tables `exercises` and `participation` of what `exercise` makes."""
    rows, parts = zip(*made, strict=True)
    return pd.DataFrame(rows), pd.DataFrame([row for part in parts for row in part])
