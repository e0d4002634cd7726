"""Who delivered arms to the five states, how concentrated and how alike their suppliers are."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import pandas as pd

from casi.record.lookup import require
from casi.text import dates

SIMILARITY_LABELS = {"similarity": "All deals", "without_largest": "Without the largest"}
UNCERTAIN = ["order_year_estimated", "number_estimated"]  # flags of the register
WINDOW = 5  # years

Volumes = TypeVar("Volumes", np.ndarray, pd.DataFrame)


def with_groups(transfers: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Add to each row of `arms_transfers` its supplier's group and its five-year window.

    Args:
        transfers: the table `arms_transfers`; its last year of delivery ends the last window.
        states: the table `states`.

    Returns:
        The rows with `supplier_group` and `window` (such as `"2021–2025"`) added.
    """
    group = transfers["supplier"].map(states.set_index("iso3")["supplier_group"])
    last_year = transfers["delivery_year"].max()
    windows = [window(year, last_year) for year in transfers["delivery_year"]]
    return transfers.assign(supplier_group=group, window=windows)


def window(year: int, last_year: int) -> str:
    """Return the five-year window of a year; windows are counted back from a last year."""
    last = last_year - (last_year - year) // WINDOW * WINDOW
    return f"{last - WINDOW + 1}–{last}"


def volumes(transfers: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Sum volumes delivered, in million TIV, by two columns; nothing delivered is 0."""
    return transfers.pivot_table(
        index=rows, columns=columns, values="tiv_millions", aggfunc="sum", fill_value=0.0
    )


def ratio(part: Volumes, whole: np.ndarray) -> Volumes:
    """Divide a part by a whole; missing where the whole is 0."""
    return part / np.where(whole > 0, whole, np.nan)


def shares(table: Volumes) -> Volumes:
    """Turn volumes into shares that add up to 1 over the last axis; zeros alone become missing."""
    return ratio(table, np.asarray(table).sum(axis=-1, keepdims=True))


def herfindahl_hirschman(mixes: np.ndarray) -> np.ndarray:
    """Return the Herfindahl-Hirschman index of supplier mixes.

    The sum of squared shares, from 1/n (n equal suppliers) to 1 (one supplier); after Hirschman
    (1964), "The Paternity of an Index", American Economic Review 54(5).

    Args:
        mixes: shares, shape (..., suppliers).

    Returns:
        Shape (...), between 0 and 1; missing if a share is.
    """
    return (mixes**2).sum(axis=-1)


def mean_similarity(mixes: np.ndarray) -> np.ndarray:
    """Return how alike supplier mixes are: the mean over pairs of states of what they share.

    The similarity of two mixes is the sum over suppliers of the smaller share, after Finger and
    Kreinin (1979), "A Measure of 'Export Similarity' and Its Possible Uses", Economic Journal
    89(356): 0 for no supplier in common, 1 for the same mix.

    Args:
        mixes: shares, shape (..., states, suppliers).

    Returns:
        Shape (...), between 0 and 1, over the pairs in which both states received something;
        missing where there is no such pair.
    """
    first, second = np.triu_indices(mixes.shape[-2], 1)
    return mean(np.minimum(mixes[..., first, :], mixes[..., second, :]).sum(axis=-1))


def mean(values: np.ndarray) -> np.ndarray:
    """Return the mean over the last axis of the values that are not missing."""
    return ratio(np.nansum(values, axis=-1), (~np.isnan(values)).sum(axis=-1))


def similarity_by_window(transfers: pd.DataFrame) -> pd.DataFrame:
    """Follow how alike the five states' supplier mixes are from window to window.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        Index `window`; `similarity` (mean over pairs of states) and `without_largest` (the mean
        when each recipient's largest row of the window is left out). Windows in which fewer than
        two states received something are left out.
    """
    largest = transfers.groupby(["window", "recipient"])["tiv_millions"].idxmax()
    rows = {}
    for name, part in transfers.groupby("window"):
        cases = {"similarity": part, "without_largest": part.drop(index=largest[name])}
        mixes = {key: shares(volumes(case, "recipient", "supplier")) for key, case in cases.items()}
        rows[name] = {key: float(mean_similarity(mix.to_numpy())) for key, mix in mixes.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("window")
    return table.dropna(subset="similarity")


def concentration(transfers: pd.DataFrame) -> pd.DataFrame:
    """Measure how concentrated each state's suppliers were in each window.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        One row a recipient and window: `tiv_millions`, `suppliers` (number), `largest` (code),
        `largest_share` and `index` (Herfindahl-Hirschman, 0 to 1, over single states).
    """
    rows = []
    for (recipient, name), part in transfers.groupby(["recipient", "window"]):
        volume = part.groupby("supplier")["tiv_millions"].sum()
        share = volume / volume.sum()
        rows.append(
            {
                "recipient": recipient,
                "window": name,
                "tiv_millions": round(volume.sum(), 1),
                "suppliers": len(volume),
                "largest": share.idxmax(),
                "largest_share": round(share.max(), 2),
                "index": round(float(herfindahl_hirschman(share.to_numpy())), 2),
            }
        )
    return pd.DataFrame(rows)


def before_and_after(deals: pd.DataFrame, recipients: list[str], first_year: int) -> pd.DataFrame:
    """Set what states ordered before a year beside what they ordered in that year or later.

    Args:
        deals: the table `arms_deals`.
        recipients: ISO 3166-1 alpha-3 codes.
        first_year: the first year of the later period.

    Returns:
        One row a `recipient` and period; `ordered` (the period in words), `deals` and `suppliers`
        (numbers), `tiv_millions` (delivered on those orders) and `given` (share of deals whose note
        calls them a gift or aid).
    """
    rows = deals[deals["recipient"].isin(recipients)]
    later = rows["order_year"] >= first_year
    return (
        rows.assign(
            ordered=later.map({False: f"before {first_year}", True: f"{first_year} and after"}),
            later=later,
            gift=rows["note"].fillna("").str.contains(r"^a gift|; a gift"),
        )
        .groupby(["recipient", "later", "ordered"], as_index=False)
        .agg(
            deals=("deal", "size"),
            suppliers=("supplier", "nunique"),
            tiv_millions=("tiv_millions", "sum"),
            given=("gift", "mean"),
        )
    )


def by_year(transfers: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Sum volumes by year and recipient, in million TIV, from a year to the register's last."""
    table = volumes(transfers, "delivery_year", "recipient")
    return table.reindex(range(first_year, table.index.max() + 1), fill_value=0.0)


def largest_suppliers(concentrations: pd.DataFrame, then: str, now: str) -> pd.DataFrame:
    """Set each state's largest supplier in one window beside that in another.

    Args:
        concentrations: what `concentration` returns.
        then: the earlier window.
        now: the later window.

    Returns:
        Index `recipient`; `before` and `after` (codes of the largest supplier) and `index` (the
        Herfindahl-Hirschman index of the later window).
    """
    windows = concentrations.set_index(["window", "recipient"])
    table = windows.loc[now, ["largest", "index"]].rename(columns={"largest": "after"})
    return table.assign(before=windows.loc[then, "largest"])


def similarity_headline(alike: pd.DataFrame) -> dict[str, float]:
    """Return the numbers on the similarity of mixes that the text quotes, by name.

    Args:
        alike: what `similarity_by_window` returns.

    Raises:
        MissingRow: if there are fewer than three windows.
    """
    require(alike, "windows in which two states received arms", 3)
    return {
        "alike": alike["similarity"].iloc[-1],
        "alike_then": alike["similarity"].iloc[-2],
        "alike_earlier": alike["similarity"].iloc[-3],
        "trimmed": alike["without_largest"].iloc[-1],
        "trimmed_then": alike["without_largest"].iloc[-2],
    }


def drone_reports(reports: pd.DataFrame) -> pd.DataFrame:
    """Pick what governments and press report on drones from Iran and Türkiye.

    Args:
        reports: the table `arms_reports`.

    Returns:
        The rows, by recipient and date, with `when` (the date in words) and `kind` in words.
    """
    drones = reports["item"].str.contains(r"Bayraktar|Anka|Ababil|drone", case=False)
    rows = reports[reports["supplier"].isin(["IRN", "TUR"]) & drones]
    rows = rows.sort_values(["recipient", "date"])
    when = dates(rows["date"], rows["date_precision"])
    return rows.assign(when=when, kind=rows["kind"].str.replace("_", " "))


def headline(transfers: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers on suppliers that the text quotes, by name.

    `now` is the last window, `then` the one before, `first` the second on record: the first holds
    hardly a deal.

    Args:
        transfers: what `with_groups` returns.

    Raises:
        MissingRow: if there are deliveries in fewer than three windows.
    """
    require(transfers["window"].drop_duplicates(), "windows with deliveries of arms", 3)
    groups = shares(volumes(transfers, "window", "supplier_group"))
    others = transfers[transfers["recipient"] != "KAZ"]
    russia_rest = shares(volumes(others, "window", "supplier_group"))["Russia"]
    now, then, earlier = groups.index[-1], groups.index[-2], groups.index[-3]
    recent = transfers[transfers["window"] == now]
    mixes = shares(volumes(recent, "recipient", "supplier_group"))
    received = recent.groupby("recipient")["tiv_millions"].sum()
    russian = recent[recent["supplier"] == "RUS"].groupby("recipient")["tiv_millions"].sum()
    recipients = recent.groupby("supplier_group")["recipient"].nunique()
    chinese = recent.query("recipient == 'TJK' and supplier == 'CHN'")
    iran = transfers[transfers["supplier"] == "IRN"]
    uncertain = transfers[transfers[UNCERTAIN].any(axis=1)]
    return {
        "now": now,
        "then": then,
        "earlier": earlier,
        "first": groups.index[1],
        "russia_first": groups["Russia"].iloc[1],
        "russia": groups["Russia"][now],
        "russia_to_kaz": russian["KAZ"] / russian.sum(),
        "russia_rest": russia_rest[now],
        "russia_rest_then": russia_rest[then],
        "china": groups["China"][now],
        "china_then": groups["China"][then],
        "china_earlier": groups["China"][earlier],
        "turkiye_low": groups["Türkiye"].iloc[-3:].min(),
        "turkiye_high": groups["Türkiye"].iloc[-3:].max(),
        "turkiye_reach": int(recipients["Türkiye"]),
        "russia_reach": int(recipients["Russia"]),
        "europe": groups["Europe"][now],
        "small": groups.loc[now, ["Belarus and Ukraine", "United States", "Iran"]].sum(),
        "kgz_turkiye": mixes["Türkiye"]["KGZ"],
        "tjk_china": mixes["China"]["TJK"],
        "tjk_china_year": chinese["delivery_year"].max(),
        "pair_volume": received["KGZ"] + received["TJK"],
        "largest_to_smallest": received.max() / received.min(),
        "iran": iran["tiv_millions"].sum(),
        "iran_from": iran["delivery_year"].min(),
        "iran_to": iran["delivery_year"].max(),
        "doubtful": uncertain["tiv_millions"].sum() / transfers["tiv_millions"].sum(),
    }
