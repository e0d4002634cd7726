"""Facts that a rule would refuse and that are true, with the reason: `exceptions.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

PATH = Path(__file__).with_name("exceptions.csv")
COLUMNS = ["rule", "table", "row", "value", "reason"]


def exceptions(path: Path = PATH) -> dict[tuple[str, str, str, str], str]:
    """Return the reason for each exception: the name of the rule, table, key of the row, value."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (line["rule"], line["table"], line["row"], line["value"]): line["reason"]
            for line in csv.DictReader(file)
        }


EXCEPTIONS = exceptions()
