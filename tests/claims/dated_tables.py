"""Tables made by hand for tests of claims."""

import pandas as pd

DAY = pd.Timestamp


DATES = ("date", "date_start", "founded", "ended", "start", "date_opened")


def frame(columns, *rows):
    """A table; columns that hold days are read as such."""
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(**{name: pd.to_datetime(table[name]) for name in DATES if name in table})
