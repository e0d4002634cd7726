"""How far each land border of the five states was settled on a day."""

from __future__ import annotations

import pandas as pd

from casi.measures.borders import shares
from casi.record.on_day import known_by, last_possible_day

DEMARCATED = "Demarcated"
DELIMITED = "Delimited"
PARTLY = "Partly delimited"
UNKNOWN = "Not known"


def on_day(
    segments: pd.DataFrame,
    progress: pd.DataFrame,
    names: dict[str, str],
    day: pd.Timestamp,
    closing: pd.Timestamp,
) -> pd.DataFrame:
    """Return how far each border was settled on a day, as the record tells it.

    A step counts from the last day that its date can mean. One without a date counts from the
    closing date of the record only: before, it is not known. Where no treaty had completed the
    border, a dated statement that part of its whole length was delimited makes it `PARTLY`.

    Args:
        segments: the table `border_segments`.
        progress: the table `border_progress`.
        names: state names by code.
        day: the day asked about.
        closing: the closing date of the record.

    Returns:
        Index `border`; columns `name` and `class`, one of the four of this module.

    Examples:
        >>> import casi, pandas as pd
        >>> names = casi.load("states").set_index("iso3")["name"].to_dict()
        >>> found = on_day(casi.load("border_segments"), casi.load("border_progress"), names,
        ...                day=pd.Timestamp("2026-01-01"), closing=pd.Timestamp("2026-03-01"))
        >>> str(found.at["kgz-tjk", "class"])
        'Delimited'
    """
    stated = known_by(shares(progress), day, "date")
    stated = stated.query("stage == 'delimited' and of_what == 'whole_line' and share > 0")
    partial = (segments["delimited"] == "partial") & (day >= closing)
    partial |= segments["border"].isin(stated["border"])
    found = pd.Series(UNKNOWN, segments.index).mask(partial, PARTLY)
    found = found.mask(_complete(segments, "delimited", day, closing), DELIMITED)
    found = found.mask(_complete(segments, "demarcated", day, closing), DEMARCATED)
    titles = [f"{names[a]}–{names[b]}" for a, b in segments[["state_a", "state_b"]].to_numpy()]
    return pd.DataFrame({"border": segments["border"], "name": titles, "class": found}).set_index(
        "border"
    )


def _complete(
    segments: pd.DataFrame, step: str, day: pd.Timestamp, closing: pd.Timestamp
) -> pd.Series:
    """Return which borders had a step completed along their whole length by a day."""
    ends = last_possible_day(segments[f"{step}_date"], segments[f"{step}_precision"])
    return (segments[step] == "full") & (ends.fillna(closing) <= day)
