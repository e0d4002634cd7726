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


def test_change_compares_the_means_of_two_spans_of_years():
    """The mean of 2 and 4 is 3; the mean of 6 and 9 is 7.5."""
    figures = {2000: 2.0, 2001: 4.0, 2002: 50.0, 2003: 6.0, 2004: 9.0, 2005: None}
    table = pd.DataFrame(figures.items(), columns=["year", "spending_gdp_percent"])
    table = table.assign(state="KAZ")
    before, after = range(2000, 2002), range(2003, 2005)
    assert spending.change(table, "KAZ", "spending_gdp_percent", before, after) == 7.5 / 3
    with pytest.raises(KeyError, match=r"no spending_gdp_percent of KAZ for \[1999, 2005\]"):
        spending.change(table, "KAZ", "spending_gdp_percent", range(1999, 2001), range(2004, 2006))


def test_the_kazakh_series_does_not_halve_in_2020():
    """The edition of 2026 does; that of 2025, which is used, does not."""
    factor = spending.change(
        load("military_spending"),
        "KAZ",
        "spending_usd_2023_millions",
        range(2019, 2020),
        range(2020, 2021),
    )
    assert 0.7 < factor < 1.0


@pytest.mark.parametrize(
    ("known", "year"),
    [([2000, 2001], 2001), ([2000, 2001, 2006], 2001), ([2000, 2003, 2004], 2004)],
)
def test_the_longest_silence_follows_a_year_and_may_last_to_the_end(known, year):
    """The series runs from 2000 to 2008."""
    table = pd.DataFrame({"year": range(2000, 2009), "state": "UZB"})
    table["spending_gdp_percent"] = table["year"].where(table["year"].isin(known))
    assert spending.longest_silence(table, "UZB") == year
