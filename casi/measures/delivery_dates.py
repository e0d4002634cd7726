"""When arms were delivered: windows of five years, and the ways in which editions date deals."""

from __future__ import annotations

import pandas as pd

WINDOW = 5  # years
BOUNDS = ["early_tiv_millions", "late_tiv_millions"]  # of deals that no edition splits by year


def window(year: int, last_year: int) -> str:
    """Return the five-year window of a year; windows are counted back from a last year.

    Examples:
        >>> window(2023, last_year=2025)
        '2021–2025'
    """
    last = last_year - (last_year - year) // WINDOW * WINDOW
    return f"{last - WINDOW + 1}–{last}"


def year_later(transfers: pd.DataFrame) -> pd.DataFrame:
    """Date deliveries as the edition of 2025 does where it has them in another window.

    The edition of 2026 does not say how a deal delivered over several years splits by year.

    Args:
        transfers: what `suppliers.with_groups` returns.

    Returns:
        The rows, with `year_later_tiv_millions` moved to the following year, in rows of its own.
    """
    moved = transfers.dropna(subset="year_later_tiv_millions")
    part, years = moved["year_later_tiv_millions"], moved["delivery_year"] + 1
    stays = transfers.assign(tiv_millions=transfers["tiv_millions"].sub(part, fill_value=0))
    last_year = transfers["delivery_year"].max()
    windows = [window(year, last_year) for year in years]
    later = moved.assign(tiv_millions=part, delivery_year=years, window=windows)
    return pd.concat([stays, later], ignore_index=True)


def deliveries_a_year_later(
    transfers: pd.DataFrame, names: dict[str, str]
) -> list[tuple[str, str, str, int]]:
    """Return what the edition of 2025 dates a year later, at least in part, largest part first.

    Args:
        transfers: what `suppliers.with_groups` returns.
        names: the name of each state by its code.

    Returns:
        Category, supplier, recipient and year by the edition of 2026 of each; none if no
        delivery has another year.
    """
    moved = transfers.dropna(subset="year_later_tiv_millions")
    moved = moved.sort_values("year_later_tiv_millions", ascending=False)
    return [
        (row.category.lower(), names[row.supplier], names[row.recipient], row.delivery_year)
        for row in moved.itertuples()
    ]


def datings(transfers: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the deliveries in each way in which they can be dated.

    Args:
        transfers: what `suppliers.with_groups` returns.

    Returns:
        The rows as they are; as `year_later` dates them; and, if the table has the columns
        `BOUNDS`, with all that no edition splits by year in the first year of its deal, then in
        the last.
    """
    volume = transfers["tiv_millions"]
    bounds = [
        transfers.assign(tiv_millions=transfers[column].fillna(volume))
        for column in BOUNDS
        if column in transfers
    ]
    return [transfers, year_later(transfers), *bounds]
