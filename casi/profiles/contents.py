"""Links to all profiles, for the page that lists them."""

from __future__ import annotations

import pandas as pd

from casi.escape import for_markdown
from casi.profiles.body import BODIES, SIX
from casi.profiles.pages import stem
from casi.record.lookup import Record


def grid(record: Record) -> pd.DataFrame:
    """Return a link to the profile of each pair, and on the diagonal to that of each state.

    Returns:
        `State` and one column a state, by name; the cells are Markdown.
    """
    names = record["states"].set_index("iso3")["name"]

    def link(first: str, second: str) -> str:
        pair = sorted({first, second}, key=SIX.index)
        return f"[{'–'.join(pair)}]({stem(*names[pair])}.ipynb)"

    table = {names[second]: [link(first, second) for first in SIX] for second in SIX}
    return pd.DataFrame({"State": names[SIX].tolist(), **table})


def bodies(record: Record) -> pd.DataFrame:
    """Return a link to the profile of each body: `Profile` (Markdown), `Full name` and `Kind`."""
    about = record["organisations"].set_index("organisation")
    found = [
        (
            f"[{for_markdown(body.name)}]({stem(key)}.ipynb)",
            about["name"].get(body.organisation, "–"),
            about["kind"].get(body.organisation, "format of meetings"),
        )
        for key, body in BODIES.items()
    ]
    return pd.DataFrame(found, columns=["Profile", "Full name", "Kind"])
