"""Foreign bases, ranges and troops on the territory of the five states."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.language import translated
from casi.states import FIVE
from casi.text import dates

LABELS = {
    "host": "Host",
    "foreign_state": "State",
    "place": "Place",
    "kind": "Kind",
    "when": "When",
    "confidence": "Confidence",
}


def in_words(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the table `foreign_presence` with its dates in words.

    Returns:
        The rows with `when`: texts such as `"December 2001 to 3 June 2014"` and `"from 2016"`;
        missing where no source gives a date.

    Examples:
        >>> import casi
        >>> sites = in_words(casi.load("foreign_presence"))
        >>> bool(sites["when"].dropna().str.contains("[12][0-9]{3}").all())
        True
    """
    starts = dates(sites["start"], sites["start_precision"])
    ends = dates(sites["end"], sites["end_precision"])
    words = [
        f"{start}{translated(' to ')}{end}" if end != "–" else f"from {start}"
        for start, end in zip(starts, ends, strict=True)
    ]
    return sites.assign(when=[None if text == "from –" else text for text in words])


def headline(sites: pd.DataFrame, names: dict[str, str]) -> dict[str, Any]:
    """Return the numbers on foreign sites that the text quotes, by name.

    Args:
        sites: the table `foreign_presence`.
        names: state names by code.

    Returns:
        `sites`; `sites_russian`, `sites_own` (of one of the five states in another) and
        `sites_other`; of the Russian and the others those without an end on record (`_open`), of
        the open others those planned (`sites_other_planned`) and the names of their states
        (`sites_other_open_states`); `sites_own_since` (first year).
    """
    russian, own = sites["foreign_state"] == "RUS", sites["foreign_state"].isin(FIVE)
    no_end, other = sites["end"].isna(), ~russian & ~own
    other_open = sites[other & no_end]
    return {
        "sites": len(sites),
        "sites_russian": int(russian.sum()),
        "sites_russian_open": int((russian & no_end).sum()),
        "sites_other": int(other.sum()),
        "sites_other_open": len(other_open),
        "sites_other_planned": int(other_open["kind"].str.contains("planned").sum()),
        "sites_other_open_states": sorted(set(other_open["foreign_state"].map(names))),
        "sites_own": int(own.sum()),
        "sites_own_since": sites.loc[own, "start"].min().year,
    }
