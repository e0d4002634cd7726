"""How far the land borders of the five states are settled, and how many died in clashes there."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casi.record.lookup import require
from casi.record.on_day import last_possible_day
from casi.states import FIVE
from casi.text import date, dates

OF_WHAT = {
    "whole_line": "Of the whole line",
    "disputed_sections": "Of the disputed sections",
    "not_stated": "Not said of what",
}
CLASH_BORDERS = {"kgz-tjk": "Kyrgyz-Tajik", "kgz-uzb": "Kyrgyz-Uzbek"}
OTHER_BORDERS = "Other borders"
AGREED_STAGES = ["agreed", "delimited"]  # how far the two sides agree on the line
COUNTS = ["low", "best", "high"]
BESIDE_UCDP_LABELS = {
    "year": "Year",
    "low": "Low",
    "best": "Preferred",
    "high": "High",
    "ucdp_low": "UCDP low",
    "ucdp_best": "UCDP best",
    "ucdp_high": "UCDP high",
}
FIRST_COUNTS = pd.Timedelta(days=7)  # statements of the first week after a clash go out of date


def among_five(segments: pd.DataFrame) -> pd.DataFrame:
    """Return the borders that two of the five states share.

    Args:
        segments: the table `border_segments`.
    """
    return segments[segments["state_a"].isin(FIVE) & segments["state_b"].isin(FIVE)]


def shares(progress: pd.DataFrame) -> pd.DataFrame:
    """Give every statement its share in per cent: as stated, else of the length it names itself.

    Args:
        progress: the table `border_progress`.

    Returns:
        The statements that have a share, oldest first, with `share` (per cent) and `computed`
        (true where the source gives kilometres of a length and we divided).

    Examples:
        >>> import casi
        >>> stated = shares(casi.load("border_progress"))
        >>> bool(stated["share"].between(0, 100).all())
        True
    """
    divided = 100 * progress["km"] / progress["whole_km"]
    table = progress.assign(
        share=progress["percent"].fillna(divided), computed=progress["percent"].isna()
    )
    known = table["share"].notna() & (table["stage"] != "length")
    return table[known].sort_values(["date", "statement"], ignore_index=True)


def agreed_on(progress: pd.DataFrame, border: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return the latest statements, up to a day, of how much of a border was agreed.

    A share of the disputed sections is not a share of the line, so each kind of whole has a row of
    its own, until all of the line was called agreed.

    Args:
        progress: the table `border_progress`.
        border: a key of `border_segments`.
        day: the day asked about.

    Returns:
        At most one row a kind of whole, in the order of `OF_WHAT`, with the columns of `shares`;
        empty where there was no statement yet.
    """
    rows = shares(progress).query("border == @border and stage in @AGREED_STAGES and date <= @day")
    newest = rows.groupby("of_what").tail(1)
    whole = newest[(newest["of_what"] == "whole_line") & (newest["share"] >= 100)]
    newest = (newest if whole.empty else whole).set_index("of_what")
    return newest.reindex([kind for kind in OF_WHAT if kind in newest.index]).reset_index()


def statement_series(progress: pd.DataFrame, border: str) -> pd.DataFrame:
    """Lay out every dated share of a border that was called agreed, for a chart.

    Returns:
        Columns `date`, `value` (per cent), `group` (of what, in words), `who` and `statement`
        (its key).
    """
    rows = (
        shares(progress)
        .query("border == @border and stage in @AGREED_STAGES")
        .dropna(subset="date")
    )
    return pd.DataFrame(
        {
            "date": rows["date"],
            "value": rows["share"].round(1),
            "group": rows["of_what"].map(OF_WHAT),
            "who": rows["speaker"],
            "statement": rows["statement"],
        }
    )


def lengths(progress: pd.DataFrame) -> pd.DataFrame:
    """Return the shortest and the longest length that sources give each border, in km.

    Returns:
        Index `border`; columns `shortest` and `longest` (km).
    """
    stated = progress.loc[progress["stage"] == "length", ["border", "km"]]
    named = progress[["border", "whole_km"]].rename(columns={"whole_km": "km"})
    grouped = pd.concat([stated, named]).dropna().groupby("border")["km"]
    return grouped.agg(shortest="min", longest="max")


def settlement(segments: pd.DataFrame, progress: pd.DataFrame, names: dict) -> pd.DataFrame:
    """Lay out how far each border is settled, in words, for a table.

    Args:
        segments: the table `border_segments`.
        progress: the table `border_progress`.
        names: state names by code.

    Returns:
        Columns `Border`, `Length, km`, `Delimited`, `Demarcated`, `What remains`.
    """
    span = lengths(progress).reindex(segments["border"])
    titles = [f"{names[a]}–{names[b]}" for a, b in segments[["state_a", "state_b"]].to_numpy()]
    return pd.DataFrame(
        {
            "Border": titles,
            "Length, km": [_span(*row) for row in span[["shortest", "longest"]].to_numpy()],
            "Delimited": _stage(segments, "delimited"),
            "Demarcated": _stage(segments, "demarcated"),
            "What remains": segments["remains"].tolist(),
        }
    )


def steps(treaty_actions: pd.DataFrame, treaty: str) -> pd.DataFrame:
    """List every step of a treaty by each state, in order of time.

    Args:
        treaty_actions: the table `treaty_actions`.
        treaty: a key of the table `treaties`.

    Returns:
        Columns `state`, `action`, `when` (the date in words) and `note`; a date known to the month
        comes after the days of that month.
    """
    rows = treaty_actions[treaty_actions["treaty"] == treaty]
    rows = rows.assign(latest=last_possible_day(rows["date"], rows["date_precision"]))
    rows = rows.sort_values(["latest", "state"], ignore_index=True)
    when = dates(rows["date"], rows["date_precision"])
    return rows.assign(when=when)[["state", "action", "when", "note"]]


def casualties(
    clashes: pd.DataFrame, clash_figures: pd.DataFrame, measure: str = "dead"
) -> pd.DataFrame:
    """Return the range of losses that sources give for each side of each clash.

    Statements made within `FIRST_COUNTS` of the end of a clash count only where there is no later
    one. Military and civilian figures are added where a side has no figure for all.

    Args:
        clashes: the table `clashes`.
        clash_figures: the table `clash_figures`.
        measure: `dead` or `wounded`.

    Returns:
        Index `clash`, `side`; persons: `low` and `high` over the statements, and `best`, the
        preferred statement's (its lowest figure where it gives no best one).
    """
    keys = ["clash", "side"]
    rows = clash_figures[(clash_figures["measure"] == measure) & clash_figures["side"].notna()]
    rows = rows.assign(low=rows[COUNTS].min(axis=1), high=rows[COUNTS].max(axis=1))
    rows["best"] = rows["best"].fillna(rows["low"]).where(rows["preferred"])
    ends = clashes.set_index("clash")[["date_start", "date_end"]].max(axis=1)
    final = (rows["as_of"] >= rows["clash"].map(ends) + FIRST_COUNTS) | rows["preferred"]
    has_final = final.groupby([rows[key] for key in keys]).transform("any")
    rows = rows[final | ~has_final]
    by_group = rows.groupby([*keys, "who"]).agg(
        low=("low", "min"), best=("best", "max"), high=("high", "max")
    )
    whole = by_group[by_group.index.get_level_values("who") == "all"].droplevel("who")
    parts = by_group.drop("all", level="who", errors="ignore").groupby(keys).sum(min_count=1)
    return pd.concat([whole, parts[~parts.index.isin(whole.index)]]).sort_index()[COUNTS]


def deaths_by_year(clashes: pd.DataFrame, clash_figures: pd.DataFrame) -> pd.DataFrame:
    """Sum the dead of the clashes on each border by year, those of mines left out.

    Returns:
        Index `border`, `year`; `clashes` (how many with a figure) and `low`, `best`, `high`.
    """
    dead = casualties(clashes, clash_figures).groupby("clash").sum(min_count=1)
    table = clashes[clashes["kind"] != "mines"].merge(dead, left_on="clash", right_index=True)
    grouped = table.assign(year=table["date_start"].dt.year).groupby(["border", "year"])
    sums = grouped[COUNTS].sum(min_count=1)
    sums.insert(0, "clashes", grouped.size())
    return sums


def clash_borders(clashes: pd.DataFrame) -> pd.Series:
    """Return the border of each clash as the chart of clashes names it; missing for mines."""
    kinds = clashes["border"].map(CLASH_BORDERS).fillna(OTHER_BORDERS)
    return kinds.where(clashes["kind"] != "mines")


def clashes_by_year(clashes: pd.DataFrame) -> pd.DataFrame:
    """Count the clashes on record by year and border, people killed by mines left out.

    Args:
        clashes: the table `clashes`.

    Returns:
        Index `Year`, every year from the first to the last; columns `Kyrgyz-Tajik`,
        `Kyrgyz-Uzbek` and `Other borders`.
    """
    table = pd.crosstab(clashes["date_start"].dt.year.rename("Year"), clash_borders(clashes))
    years = range(table.index.min(), table.index.max() + 1)
    return (
        table.reindex(years, fill_value=0)
        .reindex(columns=[*CLASH_BORDERS.values(), OTHER_BORDERS], fill_value=0)
        .rename_axis("Year")
    )


def agreed_over_time(progress: pd.DataFrame, border: str, days: list[str]) -> pd.DataFrame:
    """Lay out for several days what `agreed_on` returns, in words, for a table.

    Args:
        progress: the table `border_progress`.
        border: a key of `border_segments`.
        days: dates as ISO 8601.

    Returns:
        One row a day and kind of whole: `On` (the day asked about), `Of what`, `Share` (per cent),
        `Km`, `Whole, km`, `Said on`, `By` and `Confidence`.
    """
    found = []
    for day in map(pd.Timestamp, days):
        for row in agreed_on(progress, border, day).itertuples():
            found.append(
                {
                    "On": date(day),
                    "Of what": OF_WHAT[row.of_what].removeprefix("Of ").capitalize(),
                    "Share": f"{row.share:.3g}%",
                    "Km": row.km,
                    "Whole, km": row.whole_km,
                    "Said on": date(row.date, row.date_precision),
                    "By": row.speaker,
                    "Confidence": row.confidence,
                }
            )
    return pd.DataFrame(found)


def beside_ucdp(
    clashes: pd.DataFrame, clash_figures: pd.DataFrame, conflict_deaths: pd.DataFrame
) -> pd.DataFrame:
    """Set the dead of the Kyrgyz-Tajik clashes beside the yearly figures of UCDP.

    Returns:
        Index `year`; `low`, `best`, `high` of the record and `ucdp_low`, `ucdp_best`, `ucdp_high`;
        missing where one of the two has nothing.

    Raises:
        MissingRow: if the record has no figure on that border.
    """
    by_year = deaths_by_year(clashes, clash_figures).query("border == 'kgz-tjk'")
    record = require(by_year, "clash_figures on kgz-tjk").droplevel("border")[COUNTS]
    interstate = conflict_deaths["type"] == "state_based_interstate"
    ucdp = conflict_deaths[interstate].groupby("year")[COUNTS].sum().add_prefix("ucdp_")
    return record.join(ucdp, how="outer").sort_index()


def headline(
    segments: pd.DataFrame,
    progress: pd.DataFrame,
    clashes: pd.DataFrame,
    clash_figures: pd.DataFrame,
    conflict_deaths: pd.DataFrame,
) -> dict[str, Any]:
    """Return the numbers on borders and clashes that the text quotes, by name.

    Raises:
        MissingRow: if no statement on the Kyrgyz-Tajik border is on record, or no deaths there in
            2021 or 2022.
    """
    for name, table in (("border_progress", progress), ("clashes", clashes)):
        require(table[table["border"] == "kgz-tjk"], f"{name} on kgz-tjk")
    inner = among_five(segments)
    lengths_km = lengths(progress).loc["kgz-tjk"]
    agreed = agreed_on(progress, "kgz-tjk", pd.Timestamp("2024-07-31")).set_index("of_what")
    incidents = clashes[clashes["kind"] != "mines"]
    deaths = beside_ucdp(clashes, clash_figures, conflict_deaths)
    require(deaths[deaths.index.isin([2021, 2022])], "years with deaths on kgz-tjk", 2)
    return {
        "inner": len(inner),
        "inner_delimited": int((inner["delimited"] == "full").sum()),
        "inner_demarcated": int((inner["demarcated"] == "full").sum()),
        "kt_shortest": lengths_km["shortest"],
        "kt_longest": lengths_km["longest"],
        "kt_line": agreed["share"].get("whole_line"),
        "clashes": len(incidents),
        "kt_clashes": int((incidents["border"] == "kgz-tjk").sum()),
        "dead_low_2021": deaths.loc[2021, "low"],
        "dead_best_2021": deaths.loc[2021, "best"],
        "dead_low_2022": deaths.loc[2022, "low"],
        "dead_high_2022": deaths.loc[2022, "high"],
        "ucdp_2021": deaths.loc[2021, "ucdp_best"],
        "ucdp_2022": deaths.loc[2022, "ucdp_best"],
    }


def _stage(segments: pd.DataFrame, stage: str) -> list[str]:
    columns = [stage, f"{stage}_date", f"{stage}_precision"]
    return [
        "–" if pd.isna(word) else word if pd.isna(day) else f"{word}, {date(day, precision)}"
        for word, day, precision in segments[columns].itertuples(index=False)
    ]


def _span(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
