"""How far the land borders of the five are settled, and what the clashes on them cost."""

from __future__ import annotations

import pandas as pd

from casi.states import FIVE
from casi.text import date

OF_WHAT = {
    "whole_line": "Of the whole line",
    "disputed_sections": "Of the disputed sections",
    "not_stated": "Not said of what",
}
AGREED = ["agreed", "delimited"]  # stages that say how far the two sides agree on the line
COUNTS = ["low", "best", "high"]
SETTLED = pd.Timedelta(days=7)


def among_five(segments: pd.DataFrame) -> pd.DataFrame:
    """Return the borders that two of the five share.

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
    """
    divided = 100 * progress["km"] / progress["whole_km"]
    table = progress.assign(
        share=progress["percent"].fillna(divided), computed=progress["percent"].isna()
    )
    known = table["share"].notna() & (table["stage"] != "length")
    return table[known].sort_values(["date", "statement"], ignore_index=True)


def agreed_on(progress: pd.DataFrame, border: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return what was last said, up to a day, of how much of a border was agreed.

    A share of the disputed sections is not a share of the line, so each kind of whole has a row of
    its own, until all of the line was called agreed.

    Args:
        progress: the table `border_progress`.
        border: a key of `border_segments`.
        day: the day asked about.

    Returns:
        At most one row a kind of whole, in the order of `OF_WHAT`, with the columns of `shares`;
        empty where nobody had said anything yet.
    """
    rows = shares(progress).query("border == @border and stage in @AGREED and date <= @day")
    latest = rows.groupby("of_what").tail(1)
    whole = latest[(latest["of_what"] == "whole_line") & (latest["share"] >= 100)]
    latest = (latest if whole.empty else whole).set_index("of_what")
    return latest.reindex([kind for kind in OF_WHAT if kind in latest.index]).reset_index()


def statement_series(progress: pd.DataFrame, border: str) -> pd.DataFrame:
    """Lay out every dated share of a border that was called agreed, for a chart.

    Returns:
        Columns `date`, `value` (per cent), `group` (of what, in words) and `who`.
    """
    rows = shares(progress).query("border == @border and stage in @AGREED").dropna(subset="date")
    return pd.DataFrame(
        {
            "date": rows["date"],
            "value": rows["share"].round(1),
            "group": rows["of_what"].map(OF_WHAT),
            "who": rows["speaker"],
        }
    )


def lengths(progress: pd.DataFrame) -> pd.DataFrame:
    """Return the shortest and the longest length that sources give each border, in km.

    Returns:
        Index `border`; columns `shortest`, `longest` (km) and `values` (how many differ).
    """
    stated = progress[progress["stage"] == "length"]
    lengths = pd.concat(
        [
            stated[["border", "km"]],
            progress[["border", "whole_km"]].set_axis(["border", "km"], axis=1),
        ]
    ).dropna()
    grouped = lengths.groupby("border")["km"]
    return grouped.agg(shortest="min", longest="max", values="nunique")


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


def steps(treaties: pd.DataFrame, treaty_actions: pd.DataFrame, treaty: str) -> pd.DataFrame:
    """List every step of a treaty by each state, in order of time.

    Returns:
        Columns `state`, `action`, `when` (the date in words) and `note`.
    """
    rows = treaty_actions[treaty_actions["treaty"] == treaty]
    month = rows["date_precision"] == "month"
    latest = rows["date"].where(~month, rows["date"] + pd.offsets.MonthEnd(0))
    rows = rows.assign(latest=latest).sort_values(["latest", "state"])
    when = [date(*pair) for pair in rows[["date", "date_precision"]].itertuples(index=False)]
    return rows.assign(when=when)[["state", "action", "when", "note"]].reset_index(drop=True)


def casualties(
    clashes: pd.DataFrame, clash_figures: pd.DataFrame, measure: str = "dead"
) -> pd.DataFrame:
    """Return the range of what sources say each side of each clash lost.

    Counts of the first days are out of date soon, so statements made within `SETTLED` of the end
    of a clash count only where there is no later one. Military and civilian figures are added
    where a side has no figure for all.

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
    late = (rows["as_of"] >= rows["clash"].map(ends) + SETTLED) | rows["preferred"]
    settled = late.groupby([rows[key] for key in keys]).transform("any")
    rows = rows[late | ~settled]
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


def clashes_by_year(clashes: pd.DataFrame) -> pd.DataFrame:
    """Count the clashes on record by year and border, people killed by mines left out.

    Args:
        clashes: the table `clashes`.

    Returns:
        Index `Year`, every year from the first to the last; columns `Kyrgyz-Tajik`,
        `Kyrgyz-Uzbek` and `Other borders`.
    """
    rows = clashes[clashes["kind"] != "mines"]
    kinds = {"kgz-tjk": "Kyrgyz-Tajik", "kgz-uzb": "Kyrgyz-Uzbek"}
    border = rows["border"].map(kinds).fillna("Other borders")
    table = pd.crosstab(rows["date_start"].dt.year.rename("Year"), border)
    years = range(table.index.min(), table.index.max() + 1)
    return (
        table.reindex(years, fill_value=0)
        .reindex(columns=[*kinds.values(), "Other borders"], fill_value=0)
        .rename_axis("Year")
    )


def agreed_over_time(progress: pd.DataFrame, border: str, days: list[str]) -> pd.DataFrame:
    """Answer for several days how much of which length of a border was last said to be agreed.

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
    """
    ours = deaths_by_year(clashes, clash_figures).loc["kgz-tjk", COUNTS]
    interstate = conflict_deaths["type"] == "state_based_interstate"
    theirs = conflict_deaths[interstate].groupby("year")[COUNTS].sum().add_prefix("ucdp_")
    return ours.join(theirs, how="outer").sort_index()


def headline(
    segments: pd.DataFrame,
    progress: pd.DataFrame,
    clashes: pd.DataFrame,
    clash_figures: pd.DataFrame,
    conflict_deaths: pd.DataFrame,
) -> dict[str, object]:
    """Return the numbers on borders and clashes that the text quotes, by name."""
    inner = among_five(segments)
    kt = beside_ucdp(clashes, clash_figures, conflict_deaths)
    span = lengths(progress)
    on_day = agreed_on(progress, "kgz-tjk", pd.Timestamp("2024-07-31")).set_index("of_what")
    incidents = clashes[clashes["kind"] != "mines"]
    counted = incidents["border"].value_counts()
    return {
        "inner": len(inner),
        "inner_delimited": int((inner["delimited"] == "full").sum()),
        "inner_demarcated": int((inner["demarcated"] == "full").sum()),
        "outer": len(segments) - len(inner),
        "kt_shortest": span.loc["kgz-tjk", "shortest"],
        "kt_longest": span.loc["kgz-tjk", "longest"],
        "kt_line": on_day["share"].get("whole_line"),
        "kt_disputed": on_day["share"].get("disputed_sections"),
        "clashes": len(incidents),
        "kt_clashes": int(counted["kgz-tjk"]),
        **{f"dead_{kind}_{year}": kt.loc[year, kind] for kind in COUNTS for year in (2021, 2022)},
        **{f"ucdp_{year}": kt.loc[year, "ucdp_best"] for year in (2021, 2022)},
    }


def _stage(segments: pd.DataFrame, stage: str) -> list[str]:
    columns = [stage, f"{stage}_date", f"{stage}_precision"]
    return [
        "–" if pd.isna(word) else word if pd.isna(day) else f"{word}, {date(day, precision)}"
        for word, day, precision in segments[columns].itertuples(index=False)
    ]


def _span(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
