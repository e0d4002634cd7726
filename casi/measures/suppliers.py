"""Who delivered arms to the five states, how concentrated and how alike their suppliers are."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from casi.text import dates

ALIKE = {"similarity": "All deals", "without_largest": "Without the largest"}
WINDOW = 5  # years
LAST_YEAR = 2025


def with_groups(transfers: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Add to each row of `arms_transfers` its supplier's group and its five-year window.

    Args:
        transfers: the table `arms_transfers`.
        states: the table `states`.

    Returns:
        The rows with `supplier_group` and `window` (such as `"2021–2025"`) added.
    """
    group = transfers["supplier"].map(states.set_index("iso3")["supplier_group"])
    return transfers.assign(supplier_group=group, window=transfers["delivery_year"].map(window))


def window(year: int) -> str:
    """Return the five-year window of a year, counted back from the register's last year."""
    last = LAST_YEAR - (LAST_YEAR - year) // WINDOW * WINDOW
    return f"{last - WINDOW + 1}–{last}"


def volumes(transfers: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Sum volumes delivered, in million TIV, by two columns; nothing delivered is 0."""
    return transfers.pivot_table(
        index=rows, columns=columns, values="tiv_millions", aggfunc="sum", fill_value=0.0
    )


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Turn each row of volumes into shares that add up to 1; a row of zeros becomes missing."""
    return table.div(table.sum(axis=1).where(lambda total: total > 0), axis=0)


def herfindahl_hirschman(row: pd.Series) -> float:
    """Return the Herfindahl-Hirschman index of one row of shares.

    The sum of squared shares, from 1/n (n equal suppliers) to 1 (one supplier); after Hirschman
    (1964), "The Paternity of an Index", American Economic Review 54(5).

    Returns:
        A number between 0 and 1; missing if a share is.
    """
    return float((row**2).sum(skipna=False))


def mix_similarity(first: pd.Series, second: pd.Series) -> float:
    """Return how alike two supplier mixes are: the share of volume that they have in common.

    The sum over suppliers of the smaller share, after Finger and Kreinin (1979), "A Measure of
    'Export Similarity' and Its Possible Uses", Economic Journal 89(356).

    Returns:
        0 for no supplier in common, 1 for the same mix; missing if a share is.
    """
    both = pd.concat([first, second], axis=1)
    return float(both.min(axis=1, skipna=False).sum(skipna=False))


def similarities(mixes: pd.DataFrame) -> pd.DataFrame:
    """Compare the supplier mixes of every pair of states.

    Args:
        mixes: shares, one row a state and one column a supplier.

    Returns:
        Columns `first`, `second` and `similarity`; pairs in which a state received nothing are left
        out.
    """
    known = mixes.dropna()
    rows = [
        (first, second, mix_similarity(known.loc[first], known.loc[second]))
        for first, second in combinations(known.index, 2)
    ]
    return pd.DataFrame(rows, columns=["first", "second", "similarity"])


def similarity_by_window(transfers: pd.DataFrame) -> pd.DataFrame:
    """Follow how alike the five states' supplier mixes are from window to window.

    Args:
        transfers: what `with_groups` returns.

    Returns:
        Index `window`; `similarity` (mean over pairs of states), `pairs` (their number) and
        `without_largest` (the mean when each recipient's largest row of the window is left out).
    """
    rows = {}
    largest = transfers.groupby(["window", "recipient"])["tiv_millions"].idxmax()
    for name, part in transfers.groupby("window"):
        pairs = similarities(shares(volumes(part, "recipient", "supplier")))
        trimmed = volumes(part.drop(index=largest[name]), "recipient", "supplier")
        rows[name] = {
            "similarity": pairs["similarity"].mean(),
            "pairs": len(pairs),
            "without_largest": similarities(shares(trimmed))["similarity"].mean(),
        }
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
                "index": round(herfindahl_hirschman(share), 2),
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
    own = deals[deals["recipient"].isin(recipients)]
    later = own["order_year"] >= first_year
    return (
        own.assign(
            ordered=later.map({False: f"before {first_year}", True: f"{first_year} and after"}),
            later=later,
            gift=own["note"].fillna("").str.contains(r"^a gift|; a gift"),
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
    return table.reindex(range(first_year, LAST_YEAR + 1), fill_value=0.0)


def change_of_top(concentrations: pd.DataFrame, then: str, now: str) -> pd.DataFrame:
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


def swings(alike: pd.DataFrame) -> dict[str, float]:
    """Return the numbers on the similarity of mixes that the text quotes, by name.

    Args:
        alike: what `similarity_by_window` returns.
    """
    return {
        "alike": alike["similarity"].iloc[-1],
        "alike_then": alike["similarity"].iloc[-2],
        "alike_earlier": alike["similarity"].iloc[-3],
        "alike_highest": alike["similarity"].max(),
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


def headline(transfers: pd.DataFrame) -> dict[str, object]:
    """Return the numbers on suppliers that the text quotes, by name.

    `now` is the last window, `then` the one before, `first` the second on record: the first holds
    hardly a deal.

    Args:
        transfers: what `with_groups` returns.
    """
    mix = shares(volumes(transfers, "window", "supplier_group"))
    rest = transfers[transfers["recipient"] != "KAZ"]
    rest = shares(volumes(rest, "window", "supplier_group"))["Russia"]
    now, then, earlier = mix.index[-1], mix.index[-2], mix.index[-3]
    recent = transfers[transfers["window"] == now]
    own = shares(volumes(recent, "recipient", "supplier_group"))
    russian = recent[recent["supplier"] == "RUS"].groupby("recipient")["tiv_millions"].sum()
    reach = recent.groupby("supplier_group")["recipient"].nunique()
    chinese = recent.query("recipient == 'TJK' and supplier == 'CHN'")
    iran = transfers[transfers["supplier"] == "IRN"]
    total = recent.groupby("recipient")["tiv_millions"].sum()
    doubtful = transfers["order_year_estimated"] | transfers["number_estimated"]
    return {
        "now": now,
        "then": then,
        "earlier": earlier,
        "first": mix.index[1],
        "russia_first": mix["Russia"].iloc[1],
        "russia": mix["Russia"][now],
        "russia_to_kaz": russian["KAZ"] / russian.sum(),
        "russia_rest": rest[now],
        "russia_rest_then": rest[then],
        "china": mix["China"][now],
        "china_then": mix["China"][then],
        "china_earlier": mix["China"][earlier],
        "turkiye_low": mix["Türkiye"].iloc[-3:].min(),
        "turkiye_high": mix["Türkiye"].iloc[-3:].max(),
        "turkiye_reach": int(reach["Türkiye"]),
        "russia_reach": int(reach["Russia"]),
        "europe": mix["Europe"][now],
        "small": mix.loc[now, ["Belarus and Ukraine", "United States", "Iran"]].sum(),
        "kgz_turkiye": own["Türkiye"]["KGZ"],
        "tjk_china": own["China"]["TJK"],
        "tjk_china_year": chinese["delivery_year"].max(),
        "pair_volume": total["KGZ"] + total["TJK"],
        "largest_to_smallest": total.max() / total.min(),
        "iran": iran["tiv_millions"].sum(),
        "iran_from": iran["delivery_year"].min(),
        "iran_to": iran["delivery_year"].max(),
        "iran_share": iran["tiv_millions"].sum() / recent["tiv_millions"].sum(),
        "doubtful": transfers.loc[doubtful, "tiv_millions"].sum() / transfers["tiv_millions"].sum(),
    }
