"""What tests of conditions share: tables made by hand, and how a reading is compared."""

import pandas as pd

DAY = pd.Timestamp("2024-12-31")  # two years go back to 1 January 2023, three to 1 January 2022
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
DATES = "date date_start date_end date_opened founded ended start end in_force_date delimited_date"
EVENT = "date_start date_end date_precision status"
YES, NO, OPEN = True, False, None


def frame(columns, *rows):
    """A table; columns that hold days are read as such."""
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(
        **{name: pd.to_datetime(table[name]) for name in DATES.split() if name in table}
    )


def coverage(topic, completeness="full"):
    columns = ["topic", "year_from", "year_to", "completeness"]
    return pd.DataFrame([(topic, 1991, 2026, completeness)], columns=columns)


def answer(reading):
    """Return what a test compares: whether the condition is met, and the number that decides."""
    return reading.met, reading.value
