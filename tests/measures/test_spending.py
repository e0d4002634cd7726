import pandas as pd
import pytest

from casi.measures import spending
from casi.tables import load


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "state": ["KAZ", "KAZ", "TKM", "TKM"],
            "year": [2000, 2001, 2000, 2001],
            "spending_gdp_percent": [1.0, 2.0, 3.0, None],
        }
    )


def test_series(table):
    assert spending.series(table, "spending_gdp_percent").loc[2001, "KAZ"] == 2.0


def test_change(table):
    assert spending.change(table, "KAZ", "spending_gdp_percent", 2000, 2001) == 2.0
    with pytest.raises(KeyError, match=r"no spending_gdp_percent of TKM for \[2001\]"):
        spending.change(table, "TKM", "spending_gdp_percent", 2000, 2001)


def test_the_kazakh_series_does_not_halve_in_2020():
    """The edition of 2026 does; that of 2025, which is used, does not."""
    factor = spending.change(
        load("military_spending"), "KAZ", "spending_usd_2023_millions", 2019, 2020
    )
    assert 0.7 < factor < 1.0
