"""Which drones each army has, by how far reports say that they have come."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

STAGES = {  # stages of `arms_reports` by column, the furthest first
    "In service": ["in_service"],
    "Delivered": ["delivered"],
    "Shown or produced": ["shown", "produced"],
    "Ordered": ["ordered"],
    "Planned or discussed": ["announced"],
}
TYPES = [  # names as items of reports write them; a name that holds another comes before it
    *("Ababil-2", "Akinci", "Aksungur", "Anka", "Bayraktar TB2", "Busel M", "CH-3A", "EVO Max"),
    *("Lochin", "Orbiter 3B", "Orlan-10", "Puma", "Selex Falco", "Skylark", "SkyStriker"),
    *("SUNQAR", "Wing Loong", "WJ-600", "ZALA"),
]
UNNAMED = "type not named"


def by_stage(reports: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Sort the drones of each state by the furthest stage that a report gives them.

    A type stands once for each state and supplier. What sources only claim or deny is left out.

    Args:
        reports: the table `arms_reports`.
        names: names of states by ISO code.

    Returns:
        `State` and a column for each key of `STAGES`: types, each with its supplier in brackets if
        one is known and an asterisk if only reports of low confidence say so, joined by commas;
        missing if there is none. Unnamed types without a supplier stand only in cells that would
        be empty. Sorted by state.
    """
    rows = told(reports)
    rows["low"] = rows["confidence"] != "high"
    rows = rows.assign(drone=rows["item"].map(types_in)).explode("drone")
    rows["place"] = rows["column"].map([*STAGES].index)
    rows = rows.sort_values(["place", "low"], kind="stable")
    rows = rows.drop_duplicates(["recipient", "drone", "supplier"])
    supplier = (" (" + rows["supplier"].map(names) + ")").fillna("")
    text = rows["drone"] + supplier + rows["low"].map({True: "*", False: ""})
    rows = rows.assign(State=rows["recipient"].map(names), text=text)
    cells = rows.groupby(["State", "column"])["text"].agg(_listed).unstack()
    return cells.reindex(columns=[*STAGES]).rename_axis(columns=None).reset_index()


def told(reports: pd.DataFrame) -> pd.DataFrame:
    """Return the reports on drones that give a stage, each with its column of `STAGES`.

    Args:
        reports: the table `arms_reports`.

    Returns:
        A copy of these rows, with `column` added.
    """
    columns = {stage: column for column, stages in STAGES.items() for stage in stages}
    rows = reports[reports["category"].str.contains("drone", na=False)]
    return rows.assign(column=rows["stage"].map(columns)).dropna(subset="column")


def types_in(item: str) -> list[str]:
    """Return the types of drones that an item of a report names, or that none is named.

    Examples:
        >>> types_in("3 Bayraktar TB2 and ground station")
        ['Bayraktar TB2']
    """
    found = [name for name in TYPES if re.search(re.escape(name), item, re.IGNORECASE)]
    if not found and re.search("Bayraktar", item):
        return ["Bayraktar"]
    return found or [UNNAMED]


def _listed(texts: pd.Series) -> str:
    """Join texts by commas in alphabetical order, unnamed types last."""
    told = [text for text in texts if text.rstrip("*") != UNNAMED]
    return ", ".join(sorted(told or texts, key=lambda text: (text.startswith(UNNAMED), text)))
