"""A record made by hand: tables that the modules of facts load instead of ours."""

import pandas as pd
import pytest

from casi.record.facts import arms, base, borders, gatherings, law, shared

MODULES = (arms, base, borders, gatherings, law, shared)
STATES = {
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "RUS": "Russia",
    "TJK": "Tajikistan",
    "UZB": "Uzbekistan",
}


def rows(*records, dates=()):
    """Return a table of our own: each row with its sources and its grade."""
    table = pd.DataFrame(records).assign(source="one; two", confidence="high")
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


@pytest.fixture
def tables(monkeypatch):
    """Return a function that puts tables in the place of ours."""

    def put(**known):
        states = pd.DataFrame(STATES.items(), columns=["iso3", "name"])
        places = pd.DataFrame({"place": ["astana-kaz"], "name": ["Astana"], "lat": [51.2]})
        known = {"states": states, "places": places} | known
        for module in MODULES:
            monkeypatch.setattr(module, "load", known.__getitem__)

    return put


@pytest.fixture
def table():
    """Return the function that makes a table by hand."""
    return rows
