"""The signs by which each pathway would be known, and the earliest day of its falsifier."""

from __future__ import annotations

import pandas as pd

from casi.pathways import assessment
from casi.pathways.falsifiers import LAPSE, PATIENCE, lifetimes
from casi.pathways.reading import INDICATORS, UNMET, Reading
from casi.record.lookup import Record
from casi.record.on_day import completed, last_possible_day

SIGN_COLUMNS = ["pathway", "role", "rule", "state", "written", "earliest", "rows"]


def signs(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return what would open each pathway, and what would close it.

    Args:
        record: the tables named in `assessment.TABLES`, by name.
        day: the day on which they are read.

    Returns:
        One row for each condition that is not met, or not known to be, and for each falsifier:
        `SIGN_COLUMNS`, with `role`, `state`, `written` and `rows` as `assessment.assess` returns
        them, and `earliest`: the day that `earliest` returns, missing for conditions.
    """
    read = assessment.assess(record, [day], assessment.PATHWAYS)
    falsifier = read["role"] == "falsifier"
    days = earliest(record, day)
    read["earliest"] = pd.to_datetime(read["key"].map(days).where(falsifier))
    read["state"] = read["state"].where(~falsifier, read["state"].replace(assessment.SIGNS))
    return read.loc[falsifier | (read["state"] != "met"), SIGN_COLUMNS].reset_index(drop=True)


def earliest(record: Record, day: pd.Timestamp) -> dict[str, pd.Timestamp]:
    """Return the first day on which each falsifier may be seen if no row came after a day.

    Until then the rows on record contradict it. From then on it is seen, or unknown where they are
    incomplete.

    Args:
        record: the tables named in `assessment.TABLES`, by name.
        day: the day on which the tables are read.

    Returns:
        Days by the key of the falsifier; none for those that no passing of time would bring about,
        and for those that are seen or unknown on the day.
    """
    open_ = {
        pathway.falsifier: reading
        for pathway in assessment.PATHWAYS
        if (reading := INDICATORS[pathway.falsifier].read(record, day)).state == UNMET
    }
    found = {}
    for key, table in (("summits-stop", "meetings"), ("frame-empties", "exercises")):
        if key in open_:
            found[key] = _last_end(record[table], open_[key], day) + pd.DateOffset(months=LAPSE)
    if "treaty-stalls" in open_ and (rows := open_["treaty-stalls"].rows):
        treaties = record["treaties"].set_index("treaty")["date_opened"]
        first = treaties[[row.partition("/")[2] for row in rows]].min()
        found["treaty-stalls"] = first + pd.DateOffset(months=PATIENCE)
    if "own-outlives" in open_ and (both := lifetimes(record, day)):
        meetings, caco = both
        lifetime = caco["ended"] - caco["founded"]
        found["own-outlives"] = meetings["founded"] + lifetime + pd.Timedelta(days=1)
    return found


def _last_end(events: pd.DataFrame, reading: Reading, day: pd.Timestamp) -> pd.Timestamp:
    """Return the last possible day of the newest event that a reading rests on."""
    keys = [row.partition("/")[2] for row in reading.rows]
    held = completed(events[events.iloc[:, 0].isin(keys)], day)
    ends = held["date_end"].fillna(held["date_start"])
    return last_possible_day(ends, held["date_precision"]).max()
