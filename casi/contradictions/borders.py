"""Contradictions of borders and clashes: lengths, stages, sides, and numbers of victims."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, latest, report, rule
from casi.states import FIVE
from casi.tables import split_keys

NEIGHBOURS = {  # land borders of the five
    *("afg-tjk", "afg-tkm", "afg-uzb", "chn-kaz", "chn-kgz", "chn-tjk", "irn-tkm", "kaz-kgz"),
    *("kaz-rus", "kaz-tkm", "kaz-uzb", "kgz-tjk", "kgz-uzb", "tjk-uzb", "tkm-uzb"),
}
COUNTED = 25  # deaths a year from which UCDP lists a conflict
WITHOUT_ARMY = 10  # deaths in one clash of guards and residents, three times the most so far
NUMBERS = ["low", "best", "high"]
MOST = {"dead": 1000, "wounded": 2000, "hostages": 500, "displaced": 500_000}  # one clash


@rule
def border_is_of_neighbours(tables: Tables) -> Iterator[Fault]:
    """A border joins two neighbours, and its key holds their codes."""
    rows = tables["border_segments"]
    key = rows["state_a"].str.lower() + "-" + rows["state_b"].str.lower()
    differ = key != rows["border"]
    yield from report("border_segments", rows[differ], "border", "not {state_a} and {state_b}")
    text = "{state_a} and {state_b} share no land border"
    yield from report("border_segments", rows[~key.isin(NEIGHBOURS) & ~differ], "border", text)


@rule
def border_stages_in_order(tables: Tables) -> Iterator[Fault]:
    """A line is delimited before it is demarcated, and its dates are those of a treaty listed."""
    rows = tables["border_segments"]
    for stage in ("delimited", "demarcated"):
        dated = rows[f"{stage}_date"].notna() & (rows[stage] != "full")
        text = f"{stage}_date is given, but {stage} is not full: correct one of the two"
        yield from report("border_segments", rows[dated], stage, text)
    none = (rows["delimited"] == "none") & rows["treaties"].notna()
    text = "none is delimited, but treaties are listed: correct one of the two"
    yield from report("border_segments", rows[none], "delimited", text)
    ahead = (rows["demarcated"] == "full") & (rows["delimited"] != "full")
    text = "demarcated in full, but delimited is not full: correct one of the two"
    yield from report("border_segments", rows[ahead], "demarcated", text)
    last = latest(rows["demarcated_date"], rows["demarcated_precision"])
    text = "demarcated before it was delimited on {delimited_date}: correct a date"
    early = rows[last < rows["delimited_date"]]
    yield from report("border_segments", early, "demarcated_date", text)
    treaties = tables["treaties"].set_index("treaty")["date_opened"]
    signed = rows["treaties"].map(lambda cell: set(treaties.reindex(split_keys(cell)).dropna()))
    for stage in ("delimited", "demarcated"):
        days = rows[f"{stage}_date"]
        pairs = zip(days, signed, strict=True)
        other = pd.Series([bool(found) and day not in found for day, found in pairs], rows.index)
        text = "not the day of a treaty listed in treaties: correct one of the two"
        yield from report("border_segments", rows[other & days.notna()], f"{stage}_date", text)


@rule
def border_treaties_are_of_its_states(tables: Tables) -> Iterator[Fault]:
    """The treaties listed for a border are those of its two states, and all of theirs."""
    rows = tables["border_segments"]
    for index, row in rows.iterrows():
        codes = row["border"].split("-")
        for key in split_keys(row["treaties"]):
            if not set(codes) <= set(key.split("-")):
                text = f"a treaty of other states than {' and '.join(codes)}: take it out"
                yield Fault("border_segments", index, "treaties", key, text)
    treaties = tables["treaties"]
    listed = {key for cell in rows["treaties"] for key in split_keys(cell)}
    missing = treaties[(treaties["kind"] == "border") & ~treaties["treaty"].isin(listed)]
    text = "a border treaty that no row of border_segments.csv lists: add it there"
    yield from report("treaties", missing, "treaty", text)


@rule
def lengths_agree(tables: Tables) -> Iterator[Fault]:
    """Lengths of one border differ by a quarter at most; no part is longer than the whole."""
    rows = tables["border_progress"]
    stated = rows[rows["of_what"] == "whole_line"]
    usual = stated["whole_km"].groupby(stated["border"]).median()
    for table, column, whole in [
        ("border_segments", "border_km", True),
        ("border_progress", "whole_km", True),
        ("border_progress", "km", False),
    ]:
        own = tables[table]
        own = own.assign(usual=own["border"].map(usual))
        far = own[column] > own["usual"] * 1.25
        if table == "border_progress":
            far &= (own["of_what"] == "whole_line") | (column == "km")
            far |= own["km"] > own["whole_km"] * 1.001 if column == "km" else False
        if whole:
            short = own[column] < own["usual"] * 0.75
            far |= short & (own["of_what"] == "whole_line") if "of_what" in own else short
        text = "the statements of this border give about {usual} km: correct the length"
        yield from report(table, own[far], column, text)
    share = rows["km"] / rows["whole_km"] * 100
    differ = rows["percent"].notna() & ((share - rows["percent"]).abs() > 2)
    text = "{km} of {whole_km} km is another share: correct one of the three"
    yield from report("border_progress", rows[differ], "percent", text)
    length = (rows["stage"] == "length") & (
        rows["percent"].notna() | (rows["of_what"] != "whole_line")
    )
    text = "a length is of the whole line and has no share: correct the stage"
    yield from report("border_progress", rows[length], "stage", text)


@rule
def progress_fits_border(tables: Tables) -> Iterator[Fault]:
    """Nothing of a line is demarcated before its first treaty; the key holds the border."""
    borders = tables["border_segments"].set_index("border")
    treaties = tables["treaties"].set_index("treaty")["date_opened"]
    first = borders["treaties"].map(lambda cell: treaties.reindex(split_keys(cell)).min())
    rows = tables["border_progress"]
    rows = rows.assign(first=rows["border"].map(first).where(rows["stage"] == "demarcated"))
    early = (rows["date"] < rows["first"]) & ((rows["km"] > 0) | (rows["percent"] > 0))
    text = "demarcated before the first treaty of the border, on {first}: correct stage or date"
    yield from report("border_progress", rows[early], "stage", text)
    pairs = zip(rows["statement"], rows["border"], strict=True)
    other = [not key.startswith(border) for key, border in pairs]
    yield from report("border_progress", rows[other], "border", "not that of the key {statement}")


@rule
def share_does_not_fall(tables: Tables) -> Iterator[Fault]:
    """The share of a line that is fixed or marked does not fall below half of an earlier share."""
    rows = tables["border_progress"].dropna(subset=["percent", "date"]).sort_values("date")
    rows = rows[rows["stage"].isin(["agreed", "delimited", "demarcated"])]
    before = rows.groupby(["border", "stage", "of_what"])["percent"].cummax()
    text = "less than half of a share stated before: correct percent or date"
    yield from report("border_progress", rows[rows["percent"] < before / 2], "percent", text)


@rule
def clash_is_of_border(tables: Tables) -> Iterator[Fault]:
    """The two states of a clash are those of its border and of its key; mines fire no shots."""
    rows = tables["clashes"]
    border = rows["state_a"].str.lower() + "-" + rows["state_b"].str.lower()
    text = "the border is {border}: correct the states or the border"
    yield from report("clashes", rows[border != rows["border"]], "state_a", text)
    pairs = zip(rows["clash"], rows["border"], strict=True)
    other = [not key.startswith(f"{border}-") for key, border in pairs]
    yield from report("clashes", rows[other], "border", "not that of the key {clash}")
    inner = rows["state_a"].isin(FIVE) & rows["state_b"].isin(FIVE)
    yield from report("clashes", rows[~inner], "border", "the table holds borders of the five")
    mines = (rows["kind"] == "mines") & rows["shots"].eq(True)
    yield from report("clashes", rows[mines], "shots", "mines fire no shots: correct kind or shots")
    exact = rows[rows["date_precision"] == "day"].sort_values("date_start")
    before = exact["date_end"].fillna(exact["date_start"]).groupby(exact["border"])
    ends = before.transform(lambda days: days.cummax().shift())
    text = "another clash on {border} lasted until {ends}: take one of them out"
    again = exact.assign(ends=ends)[exact["date_start"] <= ends]
    yield from report("clashes", again, "clash", text)


@rule
def figure_is_of_clash(tables: Tables) -> Iterator[Fault]:
    """A figure counts people of a side of the clash, on its first day or later."""
    clashes = tables["clashes"].set_index("clash")
    rows = tables["clash_figures"]
    rows = rows.assign(
        states=[
            frozenset(clashes.loc[key, ["state_a", "state_b"]]) if key in clashes.index else None
            for key in rows["clash"]
        ],
        began=rows["clash"].map(clashes["date_start"]),
        last=latest(rows["as_of"], rows["as_of_precision"]),
    )
    pairs = zip(rows["side"], rows["states"], strict=True)
    foreign = [
        isinstance(side, str) and bool(states) and side not in states for side, states in pairs
    ]
    yield from report(
        "clash_figures", rows[foreign], "side", "no side of the clash: it is of {states}"
    )
    text = "before the clash began on {began}: correct the date or the clash"
    yield from report("clash_figures", rows[rows["last"] < rows["began"]], "as_of", text)
    what = ["clash", "side", "measure", "who", *NUMBERS, "as_of", "reported_by"]
    again = rows.duplicated(what)
    yield from report("clash_figures", rows[again], "figure", "the same statement as another row")
    soldiers = (rows["measure"] == "displaced") & (rows["who"] == "military")
    yield from report("clash_figures", rows[soldiers], "who", "soldiers are not displaced")


@rule
def figures_agree(tables: Tables) -> Iterator[Fault]:
    """Figures of one clash fit each other: no part above its whole, none far from the preferred."""
    rows = tables["clash_figures"]
    rows = rows.assign(
        least=rows[NUMBERS].min(axis=1),
        most=rows[NUMBERS].max(axis=1),
        count=rows[NUMBERS].bfill(axis=1)["low"],
    )
    absurd = rows["most"] > rows["measure"].map(MOST)
    yield from report("clash_figures", rows[absurd], "measure", "{most} persons: too many by far")
    chosen = rows[rows["preferred"]]
    group = ["clash", "side", "measure", "who"]
    best = rows[group].merge(
        chosen[[*group, "most"]].rename(columns={"most": "limit"}), on=group, how="left"
    )
    rows["limit"] = best["limit"].to_numpy()
    far = ~rows["preferred"] & (rows["least"] > rows["limit"] * 3) & (rows["least"] > 10)
    text = "more than three times the preferred figure, {limit}: correct one of the two"
    yield from report("clash_figures", rows[far], "best", text)
    others = rows[~rows["preferred"]].groupby(group, dropna=False)["most"].max().rename("others")
    chosen = chosen.join(others, on=group)
    high = chosen["least"] > (chosen["others"] * 3).clip(lower=25)
    text = "more than three times any other figure of this, {others}: correct one of them"
    yield from report("clash_figures", chosen[high], "best", text)
    yield from _parts_above_whole(chosen)


def _parts_above_whole(chosen: pd.DataFrame) -> Iterator[Fault]:
    """Yield preferred figures of soldiers or civilians above all, and of a side above both."""
    whole = chosen[chosen["who"] == "all"].set_index(["clash", "side", "measure"])["most"]
    part = chosen[chosen["who"] != "all"]
    pairs = pd.MultiIndex.from_frame(part[["clash", "side", "measure"]])
    part = part.assign(whole=whole.reindex(pairs).to_numpy())
    text = "more {who} than the {whole} of all on this side: correct one of the two"
    yield from report("clash_figures", part[part["least"] > part["whole"]], "best", text)
    both = chosen[chosen["side"].isna()].set_index(["clash", "measure", "who"])["most"]
    side = chosen[chosen["side"].notna()]
    pairs = pd.MultiIndex.from_frame(side[["clash", "measure", "who"]])
    side = side.assign(both=both.reindex(pairs).to_numpy())
    text = "more on one side than the {both} of both: correct one of the two"
    yield from report("clash_figures", side[side["least"] > side["both"]], "best", text)


def _dead(tables: Tables) -> pd.DataFrame:
    """Return the preferred number of dead by clash, with its border and year."""
    rows = tables["clash_figures"]
    rows = rows[rows["preferred"] & (rows["measure"] == "dead")]
    rows = rows.assign(count=rows[NUMBERS].min(axis=1))
    sides = rows[rows["side"].notna()].groupby(["clash", "side"])["count"].max()
    sides = sides.groupby("clash").sum()
    both = rows[rows["side"].isna()].groupby("clash")["count"].max()
    table = pd.DataFrame({"sides": sides, "both": both}).max(axis=1).rename("dead").reset_index()
    clashes = tables["clashes"].set_index("clash")
    table["border"] = table["clash"].map(clashes["border"])
    table["year"] = table["clash"].map(clashes["date_start"]).dt.year
    return table


@rule
def dead_agree_with_ucdp(tables: Tables) -> Iterator[Fault]:
    """UCDP lists a conflict from 25 deaths a year: clashes and its interstate deaths agree."""
    deaths = tables["conflict_deaths"]
    between = deaths[deaths["type"] == "state_based_interstate"]
    listed = between.groupby("year")["best"].sum().astype(float)
    dead = _dead(tables)
    years = dead.groupby("year")["dead"].sum()
    last = deaths["year"].max()
    for year, count in years.items():
        limit = max(COUNTED, 2 * listed.get(year, 0.0))
        if count >= limit and year <= last:
            clash = dead[dead["year"] == year].nlargest(1, "dead")["clash"].iloc[0]
            rows = tables["clash_figures"]
            rows = rows[(rows["clash"] == clash) & (rows["measure"] == "dead") & rows["preferred"]]
            text = (
                f"{count:.0f} dead in the clashes of {year}, and UCDP has {listed.get(year, 0):.0f}"
            )
            yield from report("clash_figures", rows.iloc[:1], "best", text)
    small = tables["clashes"].set_index("clash")["kind"] != "army"
    many = dead[dead["clash"].map(small).eq(True) & (dead["dead"] >= WITHOUT_ARMY)]["clash"]
    rows = tables["clash_figures"]
    rows = rows[rows["clash"].isin(many) & (rows["measure"] == "dead") & rows["preferred"]]
    text = f"{WITHOUT_ARMY} or more dead in a clash without the army: more than in any on record"
    yield from report("clash_figures", rows, "best", text)
    between = between.assign(total=between["year"].map(listed), clashes=between["year"].map(years))
    far = between["total"] > 3 * between["clashes"].fillna(0).clip(lower=2)
    text = "{total} dead between states in {year}, and clash_figures.csv has {clashes}"
    yield from report("conflict_deaths", between[far], "best", text)


@rule
def dyads_fit_type(tables: Tables) -> Iterator[Fault]:
    """The parties UCDP names fit the type of violence and the place."""
    rows = tables["conflict_deaths"]
    governments = rows["dyads"].str.count("Government of")
    pairs = rows["dyads"].str.count(";") + 1
    expected = rows["type"].map(
        {"state_based_interstate": 2, "state_based_intrastate": 1, "non_state": 0}
    )
    wrong = (governments != expected * pairs) & expected.notna()
    wrong |= (rows["type"] == "one_sided") != rows["dyads"].str.contains("Civilians")
    yield from report("conflict_deaths", rows[wrong], "type", "does not fit the parties, {dyads}")
    names = tables["states"].set_index("iso3")["name"]
    here = [
        name in dyads for name, dyads in zip(rows["state"].map(names), rows["dyads"], strict=True)
    ]
    abroad = (rows["type"] == "state_based_interstate") & ~pd.Series(here, rows.index)
    yield from report("conflict_deaths", rows[abroad], "state", "not among the parties, {dyads}")
    many = rows["high"] > 20_000
    yield from report("conflict_deaths", rows[many], "high", "more than in the whole civil war")
    outside = ~rows["state"].isin(FIVE)
    yield from report("conflict_deaths", rows[outside], "state", "the table holds the five states")
    spread = (rows["high"] > rows["best"] * 15) | (rows["low"] * 15 < rows["best"])
    yield from report(
        "conflict_deaths", rows[spread], "high", "low, best and high are too far apart"
    )
