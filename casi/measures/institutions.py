"""Which bodies the five states belonged to, when, with whom, and how the bodies ended."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd

from casi.record.on_day import effective_ends, members_on
from casi.states import FIVE
from casi.text import date, dates, listing

NATO_BODIES = {"pfp", "nacc", "eapc"}
OFF_TOPIC = {"eco", "turksoy"}
SECURITY_BODIES = [
    "cst",
    "csto",
    "cau",
    "caec",
    "caco",
    "cau-defence-council",
    "cu-1995",
    "eurasec",
    "eaeu",
    "shanghai-five",
    "sco",
    "turkic-council",
    "ots",
    "cica",
    "canwfz",
    "pfp",
    "cis",
    "guam",
    "consultative-heads",
]
WITH_RUSSIA = {"with_outsider": "With Russia", "without_outsider": "Without Russia"}
UNIVERSAL = {"un", "osce"}  # every one of the five belongs, so they tell nothing about overlap


def bodies_on(
    memberships: pd.DataFrame, organisations: pd.DataFrame, day: pd.Timestamp
) -> dict[str, set[str]]:
    """Return the bodies each of the five belonged to on a day.

    A body counts until its end or, if that is not recorded, until its successor takes up members;
    one of which neither is known is left out, as are the universal ones.
    """
    ends = effective_ends(organisations, memberships)
    over = set(ends.index[ends <= day]) | UNIVERSAL
    spells = members_on(memberships, day)
    return {
        state: set(spells.loc[spells["state"] == state, "organisation"]) - over for state in FIVE
    }


def overlap_graph(bodies: dict[str, set[str]]) -> nx.Graph:
    """Join the states by the bodies they share.

    Args:
        bodies: what `bodies_on` returns.

    Returns:
        One node a state; the `weight` of an edge is the Jaccard index of the two states' bodies,
        shared ones over all, between 0 and 1.
    """
    graph = nx.Graph()
    graph.add_nodes_from(bodies)
    for state, own in bodies.items():
        graph.add_edges_from((state, f"body:{body}") for body in own)
    return nx.bipartite.overlap_weighted_projected_graph(graph, list(bodies), jaccard=True)


def pairs(graph: nx.Graph) -> pd.DataFrame:
    """List the pairs of an overlap graph, the closest first; those with no common body left out.

    Returns:
        Columns `first`, `second` (codes in order of the alphabet) and `overlap`.
    """
    rows = [(*sorted(edge[:2]), edge[2]) for edge in graph.edges(data="weight")]
    table = pd.DataFrame(rows, columns=["first", "second", "overlap"]).round({"overlap": 10})
    order = ["overlap", "first", "second"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def mean_overlap(graph: nx.Graph) -> float:
    """Return the mean Jaccard index over all pairs of states; pairs without a common body are 0."""
    pairs = graph.number_of_nodes() * (graph.number_of_nodes() - 1) / 2
    return math.fsum(weight for _, _, weight in graph.edges(data="weight")) / pairs


def overlap_by_year(
    memberships: pd.DataFrame, organisations: pd.DataFrame, years: range, outsider: str = "RUS"
) -> pd.DataFrame:
    """Follow the overlap of the five states' memberships on the last day of each year.

    Args:
        memberships: the table `memberships`.
        organisations: the table `organisations`.
        years: the years to report.
        outsider: a state; its bodies are counted apart.

    Returns:
        One row a year: `overlap` (mean Jaccard index), `shared_by_all` (bodies all five belong to),
        `with_outsider` and `without_outsider` (bodies with two or more of the five as members, by
        whether the outsider is a member too).
    """
    rows = []
    for year in years:
        day = pd.Timestamp(year, 12, 31)
        bodies = bodies_on(memberships, organisations, day)
        spells = members_on(memberships, day)
        outside = set(spells.loc[spells["state"] == outsider, "organisation"])
        several = {
            body
            for body in set().union(*bodies.values())
            if sum(body in own for own in bodies.values()) > 1
        }
        rows.append(
            {
                "year": year,
                "overlap": mean_overlap(overlap_graph(bodies)),
                "shared_by_all": len(set.intersection(*bodies.values())),
                "with_outsider": len(several & outside),
                "without_outsider": len(several - outside),
            }
        )
    return pd.DataFrame(rows)


def fates(organisations: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Tell how each body founded by Central Asian states alone ended, and who had joined before.

    Returns:
        One row a body, by founding: `organisation`, `name`, `founded`, `ended` and their
        precisions, `end_kind`, `successor`, `joined` (outside states that became members, with
        commas between), `first_joined` (date) and `years_to_end` (from that day to the end).
    """
    bodies = organisations[organisations["central_asian_only"]].sort_values("founded")
    entries = memberships[
        ~memberships["state"].isin(FIVE) & (memberships["status"] == "member")
    ].sort_values("start")
    joined = entries.groupby("organisation").agg(
        joined=("state", ", ".join), first_joined=("start", "min")
    )
    precisions = ["founded_precision", "ended_precision"]
    columns = ["organisation", "name", "founded", "ended", *precisions, "end_kind", "successor"]
    table = bodies[columns]
    table = table.join(joined, on="organisation").reset_index(drop=True)
    table["years_to_end"] = (table["ended"] - table["first_joined"]).dt.days / 365.25
    return table


def spans(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> pd.DataFrame:
    """Return the life of each regional body for a timeline, oldest first.

    Universal, economic and cultural bodies are left out, and those whose end is not known.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the day at which the bars of living bodies stop.

    Returns:
        The rows of `organisations` with `name` abbreviated, `until` (date) and `group` (who ever
        belonged, from `companions`).
    """
    table = organisations[
        ~organisations["organisation"].isin(UNIVERSAL | OFF_TOPIC)
        & (organisations["end_kind"] != "unknown")
    ].sort_values("founded", ignore_index=True)
    return table.assign(
        name=table["abbreviation"].fillna(table["name"]),
        founded=table["founded"].clip(lower=pd.Timestamp(1991, 1, 1)),
        until=table["ended"].fillna(until),
        group=table["organisation"].map(companions(memberships)).fillna("Others"),
    )


def entries_in_words(ends: pd.DataFrame, names: dict[str, str]) -> list[str | None]:
    """Write for each body which outside states had joined it, and from when.

    Args:
        ends: what `fates` returns.
        names: state names by code.

    Returns:
        Texts such as `"Russia, from 18 October 2004"`, None where nobody had joined.
    """
    return [
        f"{listing(names[code] for code in row.joined.split(', '))}, from {date(row.first_joined)}"
        if isinstance(row.joined, str)
        else None
        for row in ends.itertuples()
    ]


def presence_in_words(sites: pd.DataFrame) -> pd.DataFrame:
    """Add to the table `foreign_presence` its dates in words, as `when`.

    Returns:
        The rows with texts such as `"December 2001 to 3 June 2014"` and `"from 2016"`; missing
        where no source gives a date.
    """
    spans = zip(
        dates(sites["start"], sites["start_precision"]),
        dates(sites["end"], sites["end_precision"]),
        strict=True,
    )
    words = [f"{since} to {until}" if until != "–" else f"from {since}" for since, until in spans]
    return sites.assign(when=[None if text == "from –" else text for text in words])


def companions(memberships: pd.DataFrame) -> dict[str, str]:
    """Sort bodies by who was ever a member beside the five: Russia, Türkiye, nobody."""
    everyone = memberships[memberships["status"].isin(["member", "partner"])]
    kinds = {}
    for body, states in everyone.groupby("organisation")["state"].agg(set).items():
        outside = states - set(FIVE)
        if body in NATO_BODIES:
            kinds[body] = "NATO partnership"
        elif not outside:
            kinds[body] = "Central Asians alone"
        elif "RUS" in outside:
            kinds[body] = "With Russia and China" if "CHN" in outside else "With Russia"
        elif outside == {"AZE"}:
            kinds[body] = "With Azerbaijan"
        else:
            kinds[body] = "With Türkiye" if "TUR" in outside else "Others"
    return kinds


def spell_table(memberships: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Write each of the five states' spells in the `SECURITY_BODIES` as years.

    Args:
        memberships: the table `memberships`.
        organisations: the table `organisations`.

    Returns:
        Index: the body's abbreviation or name; one column a state; cells such as
        `"1994–1999; 2006–2012"`, with any standing other than member in words; missing where the
        state never had one.
    """
    own = memberships[memberships["state"].isin(FIVE)].sort_values("start")
    ends = own["end"].map(lambda day: "" if pd.isna(day) else str(day.year))
    words = own["status"].str.replace("_", " ").where(own["status"] != "member", "")
    text = (words + " " + own["start"].dt.year.astype(str) + "–" + ends).str.strip()
    spells = own.assign(text=text).groupby(["organisation", "state"])["text"].agg("; ".join)
    titles = organisations.set_index("organisation")
    titles = titles["abbreviation"].fillna(titles["name"])
    return spells.unstack().reindex(index=SECURITY_BODIES, columns=FIVE).rename(index=titles)


def binding_all_five(treaties: pd.DataFrame, treaty_actions: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties that all of the five and no one else signed, known to be in force.

    Args:
        treaties: the table `treaties`.
        treaty_actions: the table `treaty_actions`.
    """
    signed = treaty_actions[treaty_actions["action"].isin(["signed", "acceded"])]
    signatories = signed.groupby("treaty")["state"].agg(set)
    by_all = treaties["treaty"].map(signatories).map(lambda states: states == set(FIVE))
    return treaties[by_all & treaties["in_force_date"].notna()]


def headline(
    organisations: pd.DataFrame, memberships: pd.DataFrame, day: pd.Timestamp
) -> dict[str, object]:
    """Return the numbers on institutions that the text quotes, by name.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        day: the closing date of the record.
    """
    ends = fates(organisations, memberships).set_index("organisation")
    caco = ends.loc["caco"]
    years = overlap_by_year(memberships, organisations, range(1992, day.year + 1))
    years = years.set_index("year")
    bodies = bodies_on(memberships, organisations, day)
    common = set.intersection(*bodies.values())
    close = pairs(overlap_graph(bodies))
    with_tkm = (close[["first", "second"]] == "TKM").any(axis=1)
    spells = memberships.set_index(["organisation", "state", "status"])["start"]
    return {
        "bodies": len(ends),
        "caco_joined": caco["first_joined"],
        "caco_ended": caco["ended"],
        "caco_months": 12 * caco["years_to_end"],
        "common": sorted(organisations.set_index("organisation").loc[list(common), "name"]),
        "overlap": years["overlap"].iloc[-1],
        "overlap_1993": years["overlap"][1993],
        "lowest": years["overlap"].min(),
        "lowest_year": years["overlap"].idxmin(),
        "with_russia": int(years["with_outsider"].iloc[-1]),
        "without_russia": int(years["without_outsider"].iloc[-1]),
        "closest": close.iloc[0][["first", "second"]].tolist(),
        "closest_with_tkm": close.loc[with_tkm, "overlap"].max(),
        "furthest_without_tkm": close.loc[~with_tkm, "overlap"].min(),
        "uzb_back": spells["csto", "UZB", "member"],
        "uzb_out": spells["csto", "UZB", "suspended"],
        "uzb_eurasec": spells["eurasec", "UZB", "member"],
        "aze_joined": ends.loc["consultative-heads", "first_joined"],
        "council": ends.loc["cau-defence-council", "founded"],
        "battalion": ends.loc["centrazbat", "founded"],
        "spells": len(memberships),
        "spells_high": int((memberships["confidence"] == "high").sum()),
    }
