"""Tables made by hand, and what a profile shows as plain text."""

import re

import pandas as pd


def frame(columns, *rows, days=()):
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})


def listed(table):
    """Return the rows of a table as lists, as plain text without the addresses of links."""
    cells = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in cells]


def plain(cell):
    return re.sub(r"\[(.*?)\]\(rows:[^)]*\)", r"\1", cell).replace("\u00a0", " ")
