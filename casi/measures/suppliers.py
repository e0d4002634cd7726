"""Who delivered arms to the five states, how concentrated and how alike their suppliers are."""

from __future__ import annotations

from itertools import product
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from casi.measures.delivery_dates import datings, window
from casi.record.lookup import require
from casi.text import percents

SIMILARITY_LABELS = {"similarity": "All deals", "without_largest": "Without the largest"}
CONCENTRATION_LABELS = {
    "recipient": "Recipient",
    "window": "Window",
    "tiv_millions": "Volume, million TIV",
    "deals": "Deliveries",
    "suppliers": "Suppliers",
    "largest": "Largest",
    "largest_share": "Its share",
    "index": "Index",
}
UNCERTAIN = ["order_year_estimated", "number_estimated"]  # flags of the register
ENOUGH = 30  # deliveries; a share of fewer is quoted with their number

#: Volumes by recipient and supplier, as an array or a table.
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


def volumes(transfers: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Sum volumes delivered, in million TIV, by two columns; nothing delivered is 0."""
    return transfers.groupby([rows, columns])["tiv_millions"].sum().unstack(fill_value=0.0)


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

    Examples:
        >>> import numpy as np
        >>> float(herfindahl_hirschman(np.array([0.5, 0.25, 0.25])))
        0.375
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
        One row a recipient and window: `tiv_millions`, `deals` (deliveries by deal and year),
        `suppliers` (number), `largest` (code), `largest_share` and `index` (Herfindahl-Hirschman,
        0 to 1, over single states).
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
                "deals": int(part["deals"].sum()),
                "suppliers": len(volume),
                "largest": share.idxmax(),
                "largest_share": round(share.max(), 2),
                "index": round(float(herfindahl_hirschman(share.to_numpy())), 2),
            }
        )
    return pd.DataFrame(rows)


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
        Index `recipient`; `before` and `after` (codes of the largest supplier), `share` (of the
        largest in the later window, 0 to 1) and `index` (its Herfindahl-Hirschman index).
    """
    windows = concentrations.set_index(["window", "recipient"])
    table = windows.loc[now, ["largest", "largest_share", "index"]]
    table = table.rename(columns={"largest": "after", "largest_share": "share"})
    return table.assign(before=windows.loc[then, "largest"])


def lost_by_russia(transfers: pd.DataFrame, then: str, now: str) -> tuple[list[str], list[str]]:
    """Return the states whose largest supplier was Russia in one window and not in another.

    Args:
        transfers: what `with_groups` returns.
        then: the earlier window.
        now: the later window.

    Returns:
        Codes: the states of which this holds by all datings of deliveries (see `datings`), and
        those of which it holds by some.
    """
    lost = []
    for rows in datings(transfers):
        tops = largest_suppliers(concentration(rows), then, now)
        lost.append(set(tops.index[tops["before"].eq("RUS") & tops["after"].ne("RUS")]))
    always, ever = set.intersection(*lost), set.union(*lost)
    return sorted(always), sorted(ever - always)


def similarity_headline(transfers: pd.DataFrame) -> dict[str, float]:
    """Return the numbers on the similarity of mixes that the text quotes, by name.

    Ranges, from `_low` to `_high`, are over all datings of deliveries (see `datings`);
    `trimmed` leaves out each recipient's largest row of the window.

    Args:
        transfers: what `with_groups` returns.

    Raises:
        MissingRow: if there are fewer than three windows.
    """
    delivered = similarity_by_window(transfers)
    require(delivered, "windows in which two states received arms", 3)
    dated = [similarity_by_window(rows) for rows in datings(transfers)]
    values = {"alike_earlier": delivered["similarity"].iloc[-3]}
    columns = {"alike": "similarity", "trimmed": "without_largest"}
    for (name, column), (when, place) in product(columns.items(), {"": -1, "_then": -2}.items()):
        both = [table[column].iloc[place] for table in dated]
        values |= {f"{name}{when}_low": min(both), f"{name}{when}_high": max(both)}
    return values


def headline(transfers: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers on suppliers that the text quotes, by name.

    `now` is the last window, `then` the one before, `earlier` the one before that.

    Args:
        transfers: what `with_groups` returns.

    Raises:
        MissingRow: if there are deliveries in fewer than three windows.
    """
    require(transfers["window"].drop_duplicates(), "windows with deliveries of arms", 3)
    groups = shares(volumes(transfers, "window", "supplier_group"))
    now, then, earlier = groups.index[-1], groups.index[-2], groups.index[-3]
    recent = transfers[transfers["window"] == now]
    mixes = shares(volumes(recent, "recipient", "supplier_group"))
    received = recent.groupby("recipient")["tiv_millions"].sum()
    recipients = recent.groupby("supplier_group")["recipient"].nunique()
    chinese = recent.query("recipient == 'TJK' and supplier == 'CHN'")
    iran = transfers[transfers["supplier"] == "IRN"]
    uncertain = transfers[transfers[UNCERTAIN].any(axis=1)]
    whole = transfers["tiv_millions"].sum()
    return _russia(transfers, now, then) | {
        "now": now,
        "then": then,
        "earlier": earlier,
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
        "pair_share": (received["KGZ"] + received["TJK"]) / received.sum(),
        "pair_deals": int(recent.loc[recent["recipient"].isin(["KGZ", "TJK"]), "deals"].sum()),
        "largest_to_smallest": received.max() / received.min(),
        "iran": iran["tiv_millions"].sum(),
        "iran_from": iran["delivery_year"].min(),
        "iran_to": iran["delivery_year"].max(),
        "iran_share": iran.loc[iran["window"] == now, "tiv_millions"].sum() / received.sum(),
        "doubtful": uncertain["tiv_millions"].sum() / whole,
        "multi_year": transfers["multi_year_tiv_millions"].sum() / whole,
    }


def ranges(values: dict[str, Any]) -> dict[str, str]:
    """Write each range, from `name_low` to `name_high`, in per cent as `name_range`."""
    names = [name.removesuffix("_low") for name in values if f"{name[:-3]}high" in values]
    return {
        f"{name}_range": percents(values[f"{name}_low"], values[f"{name}_high"]) for name in names
    }


def _russia(transfers: pd.DataFrame, now: str, then: str) -> dict[str, Any]:
    """Return Russia's shares of deliveries, to all and outside Kazakhstan, by name.

    `base` is the first window with enough deliveries to the other four. Ranges, from `_low` to
    `_high`, are over all datings of deliveries (see `datings`), those of `russia_kaz` over
    the windows in which Kazakhstan received more than one delivery.
    """
    dated = datings(transfers)
    rest = [rows[rows["recipient"] != "KAZ"] for rows in dated]
    russian = [rows[rows["supplier"] == "RUS"] for rows in dated]
    to_all, to_rest = [_russian_shares(rows) for rows in dated], [*map(_russian_shares, rest)]
    kaz = transfers[transfers["recipient"] == "KAZ"]
    kaz_deals, rest_deals = (rows.groupby("window")["deals"].sum() for rows in (kaz, rest[0]))
    enough = rest_deals[rest_deals >= ENOUGH]
    base = require(enough, "windows with enough deliveries outside Kazakhstan").index[0]
    received = volumes(rest[0], "window", "recipient").loc[now]
    values: dict[str, Any] = {
        "base": base,
        "kaz_first": kaz_deals.index[kaz_deals > 1][0],
        "kaz_deals": int(kaz_deals[now]),
        "russia_kaz": _russian_shares(kaz)[now],
        "turkmen_of_rest": received["TKM"] / received.sum(),
        "fall_without_one_row": min(smallest_fall(rows, then, now) for rows in rest),
    }
    ranges = {
        "russia": [share[now] for share in to_all],
        "russia_to_kaz": [
            shares(volumes(rows, "window", "recipient"))["KAZ"][now] for rows in russian
        ],
        "russia_kaz": _russian_shares(kaz)[kaz_deals > 1],
    }
    for key, name in {"": now, "_then": then, "_base": base}.items():
        values[f"rest_deals{key}"] = int(rest_deals[name])
        ranges[f"russia_rest{key}"] = [share[name] for share in to_rest]
    for name, found in ranges.items():
        values |= {f"{name}_low": min(found), f"{name}_high": max(found)}
    return values


def _russian_shares(transfers: pd.DataFrame) -> pd.Series:
    """Return Russia's share of the volume of each window."""
    return shares(volumes(transfers, "window", "supplier_group"))["Russia"]


def smallest_fall(transfers: pd.DataFrame, then: str, now: str) -> float:
    """Return the smallest fall of Russia's share between two windows without any one row.

    Args:
        transfers: what `with_groups` returns.
        then: the earlier window.
        now: the later window.

    Returns:
        The fall if the row is left out that supports it most, in parts of 1; negative for a rise.
    """
    full, without = {}, {}
    for name in (then, now):
        rows = transfers[transfers["window"] == name]
        volume = rows["tiv_millions"]
        russian = volume.where(rows["supplier"] == "RUS", 0.0)
        full[name] = russian.sum() / volume.sum()
        without[name] = (russian.sum() - russian) / (volume.sum() - volume)
    return float(min(without[then].min() - full[now], full[then] - without[now].max()))
