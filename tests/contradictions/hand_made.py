"""Small tables made by hand, and the rows of them that a rule refuses."""

import pandas as pd

from casi.contradictions import RULES, check

DATES = {
    *("date", "date_start", "date_end", "date_opened", "in_force_date", "founded", "ended"),
    *("start", "end", "as_of", "delimited_date", "demarcated_date", "published", "created"),
}


def table(columns, *rows):
    """Return a table: columns in one text, a tuple a row; `None` is missing."""
    frame = pd.DataFrame(rows, columns=columns.split())
    for column in DATES & set(frame.columns):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def together(*frames):
    """Return the rows of several tables as one, numbered from 0 on."""
    return pd.concat([frame.astype(object) for frame in frames], ignore_index=True).infer_objects()


def refused(rule, **tables):
    """Return what a rule refuses: `table.column` and the number of the row, from 0 on."""
    return {(f"{fault.table}.{fault.column}", fault.row) for fault in RULES[rule](tables)}


def faults_of_the_record(module):
    """Return what the rules of a module refuse in the record, but for the exceptions."""
    return check(rules=[name for name, rule in RULES.items() if rule.__module__ == module.__name__])
