"""Choose the deals of the arms register that the text speaks of, for the table `arms_deals`."""

from __future__ import annotations

import re

import pandas as pd

from casi.importers.base import ImportFault, number, yes

WHOLE = ("KGZ", "TJK")  # all their deals are in the table
DRONES = ("armed drone", "reconnaissance drone", "(armed) reconnaissance drone")
HEAVY = ("Su-30MK", "HQ-9")  # heavy combat aircraft and long-range air defence
CONDITIONS = {
    "New": "new",
    "Second hand": "second_hand",
    "Second hand but modernized": "second_hand_modernised",
}
NOTES = [  # what a comment of the register says, in our words; the first that fits
    (r"possibly aid", "possibly a gift"),
    (r"\baid\b", "a gift or aid"),
    (r"under licence in", "made under licence in the recipient state"),
    (r"^possibly .*\brebuilt\b", "may be a rebuild of systems the recipient already had"),
]


def table(deals: pd.DataFrame, key: str, old: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `arms_deals` as text.

    Args:
        deals: the deals of the register, with codes, `category` and `listed` (years of delivery).
        key: the edition's key in `references.bib`.
        old: the table as it stands, which keeps the keys of deals that are named alike.

    Raises:
        ImportFault: if the register has a condition of weapons that the table does not know.
    """
    few = deals["description"].isin(DRONES) | deals["item"].isin(HEAVY)
    chosen = deals[few | deals["recipient"].isin(WHOLE)]
    if unknown := sorted(set(chosen["status"]) - set(CONDITIONS)):
        raise ImportFault([f"arms register: unknown status {', '.join(map(repr, unknown))}"])
    rows = pd.DataFrame(
        {
            "deal": [base_key(row) for _, row in chosen.iterrows()],
            "recipient": chosen["recipient"],
            "supplier": chosen["supplier"],
            "order_year": chosen["order_year"],
            "order_year_estimated": _flag(chosen["order_year_flag"]),
            "item": chosen["item"],
            "description": chosen["description"],
            "category": chosen["category"],
            "number_ordered": chosen["number_ordered"],
            "number_ordered_estimated": _flag(chosen["number_ordered_flag"]),
            "number_delivered": chosen["number_delivered"],
            "number_delivered_estimated": _flag(chosen["number_delivered_flag"]),
            "delivered_from": [str(min(years)) if years else "" for years in chosen["listed"]],
            "delivered_to": [str(max(years)) if years else "" for years in chosen["listed"]],
            "condition": chosen["status"].map(CONDITIONS),
            "tiv_millions": chosen["tiv"].map(number),
            "note": chosen["comments"].map(note),
            "source": key,
        }
    ).reset_index(drop=True)
    rows["deal"] = _distinct(rows, old)
    return rows.sort_values(["recipient", "order_year", "deal"]).reset_index(drop=True)


def base_key(row: pd.Series) -> str:
    """Return the key of a deal, such as `kaz-rus-2015-su-30mk`."""
    words = f"{row['recipient']} {row['supplier']} {row['order_year']} {row['item']}"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def note(comment: str) -> str:
    """Return what a comment of the register says that a reader should know, in our words."""
    found = [said for words, said in NOTES if re.search(words, comment, re.IGNORECASE)]
    return found[0] if found else ""


def _flag(column: pd.Series) -> pd.Series:
    return column.eq("?").map(yes)


def _distinct(rows: pd.DataFrame, old: pd.DataFrame) -> list[str]:
    """Number the deals of one key: -2, -3; a deal that is in the table keeps its number."""
    same = ["description", "condition"]
    names = [[base, *(f"{base}-{n}" for n in range(2, 10))] for base in rows["deal"]]
    keys: dict[int, str] = {}
    for known in (True, False):
        for place, (_, row) in enumerate(rows.iterrows()):
            for name in names[place]:
                fits = name in old.index and (old.loc[name, same] == row[same]).all()
                if place not in keys and name not in keys.values() and (fits or not known):
                    keys[place] = name
    return [keys[place] for place in range(len(rows))]
