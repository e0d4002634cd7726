"""Exercises, meetings, seats and bodies made by hand."""

from hand_made import table


def exercise(key="e", start="2020-05-02", end="2020-05-05", series="s", frame="csto", **changes):
    columns = (
        "exercise name date_start date_end date_precision status series frame host location kind "
        "place participants_complete confidence"
    )
    row = (
        key,
        key,
        start,
        end,
        "day",
        "held",
        series,
        frame,
        "KAZ",
        "otar-kaz",
        "field",
        None,
        True,
        "high",
    )
    return table(columns, row).assign(**changes)


def meeting(key="m", start="2020-05-02", series="foreign_ministers", **changes):
    columns = "meeting name date_start date_end date_precision status series host place number"
    row = (key, key, start, start, "day", "held", series, "KAZ", "Astana", None)
    return table(columns, row).assign(**changes)


def seats(event, *states):
    return table(
        "event state level role", *[(event, state, "contingent", None) for state in states]
    )


PLACES = table("place name state", ("otar-kaz", "Otar", "KAZ"), ("osh-kgz", "Osh", "KGZ"))
STATES = table("iso3 name", ("KAZ", "Kazakhstan"), ("KGZ", "Kyrgyzstan"), ("IND", "India"))
