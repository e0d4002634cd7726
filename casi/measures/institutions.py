"""Which bodies the five states belonged to, when, with whom, and how the bodies ended."""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import Any

import networkx as nx
import pandas as pd

from casi.counting import values
from casi.record.on_day import effective_ends, members_on
from casi.states import FIVE, INDEPENDENCE
from casi.tables import sets_by
from casi.text import date, dates, listing

UNKNOWN_MEMBERS = "Members not all on record"
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
GROUPS = [  # of bodies whose members are known, as a chart orders them
    *("With Russia", "With Russia and China", "With Türkiye", "Others", "With Azerbaijan"),
    "Central Asians alone",
]
END_KINDS = {"renamed": "renamed", "merged": "merged", "lost": "unknown", "active": "active"}
OVERLAP_SINCE = 1996  # before, few bodies existed, so that any two states shared most of theirs


def bodies_on(
    memberships: pd.DataFrame, organisations: pd.DataFrame, day: pd.Timestamp
) -> dict[str, set[str]]:
    """Return the bodies of which each of the five was a full member on a day.

    A body counts until the day in `on_day.effective_ends`; universal bodies are left out.
    """
    ends = effective_ends(organisations, memberships)
    left_out = set(ends.index[ends <= day]) | values("universal")
    spells = members_on(memberships, day)
    spells = spells[~spells["organisation"].isin(left_out)]
    return {state: set(spells.loc[spells["state"] == state, "organisation"]) for state in FIVE}


def overlap_graph(bodies: dict[str, set[str]]) -> nx.Graph:
    """Join the states that share bodies.

    Args:
        bodies: what `bodies_on` returns.

    Returns:
        One node a state; the `weight` of an edge is the Jaccard index of the two states' bodies:
        shared bodies over all bodies of either state, between 0 and 1.
    """
    graph = nx.Graph()
    graph.add_nodes_from(bodies)
    for state, joined in bodies.items():
        graph.add_edges_from((state, f"body:{body}") for body in joined)
    return nx.bipartite.overlap_weighted_projected_graph(graph, list(bodies), jaccard=True)


def pairs(graph: nx.Graph) -> pd.DataFrame:
    """Return the pairs of an overlap graph, the largest overlap first.

    Returns:
        Columns `first`, `second` (codes in alphabetical order) and `overlap` (above 0: pairs
        without a common body are left out).
    """
    rows = [(*sorted(edge[:2]), edge[2]) for edge in graph.edges(data="weight")]
    table = pd.DataFrame(rows, columns=["first", "second", "overlap"]).round({"overlap": 10})
    order = ["overlap", "first", "second"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def mean_overlap(graph: nx.Graph) -> float:
    """Return the mean Jaccard index over all pairs of states; pairs without a common body are 0.

    Examples:
        >>> import networkx as nx
        >>> graph = nx.Graph([("KAZ", "UZB", {"weight": 0.5})])
        >>> graph.add_node("TKM")  # shares no body with the others: two of the three pairs are 0
        >>> round(mean_overlap(graph), 2)
        0.17
    """
    number = math.comb(graph.number_of_nodes(), 2)
    return math.fsum(weight for _, _, weight in graph.edges(data="weight")) / number


def shared_bodies(
    memberships: pd.DataFrame, organisations: pd.DataFrame, years: range, outsider: str = "RUS"
) -> pd.DataFrame:
    """Return the bodies of which two or more of the five were members on the last day of each year.

    Left out are bodies of NATO and those whose members are not all on record, unless the outside
    state is known to be a member.

    Args:
        memberships: the table `memberships`.
        organisations: the table `organisations`.
        years: the years to report.
        outsider: code of an outside state.

    Returns:
        Columns `year`, `organisation` and `company`: `with_outsider` or `without_outsider`.
    """
    unknown = values("nato_partnership") | values("members_partial")
    rows = []
    for year in years:
        day = pd.Timestamp(year, 12, 31)
        bodies = bodies_on(memberships, organisations, day)
        spells = members_on(memberships, day)
        with_outsider = set(spells.loc[spells["state"] == outsider, "organisation"])
        members = Counter(chain.from_iterable(bodies.values()))
        regional = {body for body, number in members.items() if number > 1}
        without = regional - with_outsider - unknown
        rows += [(year, body, "with_outsider") for body in sorted(regional & with_outsider)]
        rows += [(year, body, "without_outsider") for body in sorted(without)]
    return pd.DataFrame(rows, columns=["year", "organisation", "company"])


def overlap_by_year(
    memberships: pd.DataFrame, organisations: pd.DataFrame, years: range, outsider: str = "RUS"
) -> pd.DataFrame:
    """Return the overlap of the five states' memberships on the last day of each year.

    Args are those of `shared_bodies`.

    Returns:
        One row a year: `year`, `overlap` (mean Jaccard index), `with_outsider` and
        `without_outsider` (numbers of `shared_bodies`).
    """
    shared = shared_bodies(memberships, organisations, years, outsider)
    table = pd.crosstab(shared["year"], shared["company"])
    table = table.reindex(index=years, columns=[*WITH_RUSSIA], fill_value=0)
    days = [pd.Timestamp(year, 12, 31) for year in years]
    graphs = [overlap_graph(bodies_on(memberships, organisations, day)) for day in days]
    table.insert(0, "overlap", list(map(mean_overlap, graphs)))
    return table.rename_axis("year").rename_axis(columns=None).reset_index()


def fates(organisations: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """Return how each body founded by Central Asian states alone ended, and who joined before.

    Returns:
        One row a body, the oldest first: `organisation`, `name`, `founded`, `ended` and their
        precisions, `end_kind`, `joined` (outside states that became members, the first one first,
        separated by commas), `first_joined` (date), `years_to_end` (from that day to the end) and
        `members_known` (whether any membership is on record).
    """
    bodies = organisations[organisations["central_asian_only"]].sort_values("founded")
    entries = memberships[
        ~memberships["state"].isin(FIVE) & (memberships["status"] == "member")
    ].sort_values("start")
    joined = entries.groupby("organisation").agg(
        joined=("state", ", ".join), first_joined=("start", "min")
    )
    precisions = ["founded_precision", "ended_precision"]
    table = bodies[["organisation", "name", "founded", "ended", *precisions, "end_kind"]]
    table = table.join(joined, on="organisation").reset_index(drop=True)
    table["members_known"] = table["organisation"].isin(memberships["organisation"])
    table["years_to_end"] = (table["ended"] - table["first_joined"]).dt.days / 365.25
    return table


def spans(
    organisations: pd.DataFrame, memberships: pd.DataFrame, until: pd.Timestamp
) -> pd.DataFrame:
    """Return the life of each regional body for a timeline, the oldest first.

    Universal, economic and cultural bodies are left out, and bodies that ended on an unknown day.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        until: the day at which the bars of active bodies stop.

    Returns:
        The rows of `organisations` with `name` abbreviated, `founded` no earlier than 1991, `until`
        (date) and `group` (see `member_groups`).
    """
    table = organisations[
        ~organisations["organisation"].isin(values("universal") | values("off_topic"))
        & (organisations["end_kind"] != "unknown")
    ].sort_values("founded", ignore_index=True)
    return table.assign(
        name=table["abbreviation"].fillna(table["name"]),
        founded=table["founded"].clip(lower=INDEPENDENCE),
        until=table["ended"].fillna(until),
        group=table["organisation"].map(member_groups(memberships)).fillna(UNKNOWN_MEMBERS),
    )


def with_known_members(spans: pd.DataFrame) -> pd.DataFrame:
    """Return what `spans` returns of the bodies whose members are known, sorted by `GROUPS`."""
    known = spans[spans["group"].isin(GROUPS)]
    return known.sort_values("group", key=lambda group: group.map(GROUPS.index), kind="stable")


def entries_in_words(ends: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Return in words which outside states joined each body, and from when.

    Args:
        ends: what `fates` returns.
        names: state names by code.

    Returns:
        Texts such as `"Russia, from 18 October 2004"`; `"none"` where none joined, and
        `"not on record"` where no membership is.
    """
    words = []
    for row in ends.itertuples():
        if isinstance(row.joined, str):
            states = listing(names[code] for code in row.joined.split(", "))
            words.append(f"{states}, from {date(row.first_joined)}")
        else:
            words.append("none" if row.members_known else "not on record")
    return words


def fates_in_words(ends: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Write what `fates` returns for a table, its columns named for readers.

    Args:
        ends: what `fates` returns.
        names: state names by code.
    """
    return pd.DataFrame(
        {
            "Body": ends["name"],
            "Founded": dates(ends["founded"], ends["founded_precision"]),
            "Ended": dates(ends["ended"], ends["ended_precision"]),
            "Outcome": ends["end_kind"].replace({"unknown": "end not found"}).fillna("active"),
            "Outside members": entries_in_words(ends, names),
        }
    )


def member_groups(memberships: pd.DataFrame) -> dict[str, str]:
    """Return for each body, by its key, which outside states were ever members or partners.

    Returns:
        `NATO partnership`, `Central Asians alone`, `With Russia and China`, `With Russia`,
        `With Azerbaijan` (and no other), `With Türkiye`, `Others`, or `UNKNOWN_MEMBERS` where the
        tables lack some outside members and do not show Russia. A body without rows is missing.
    """
    full = memberships[memberships["status"].isin(["member", "partner"])]
    partnerships, partial = values("nato_partnership"), values("members_partial")
    groups = {}
    for body, states in sets_by(full, "organisation", "state").items():
        outside = states - set(FIVE)
        if body in partnerships:
            groups[body] = "NATO partnership"
        elif "RUS" in outside:
            groups[body] = "With Russia and China" if "CHN" in outside else "With Russia"
        elif body in partial:
            groups[body] = UNKNOWN_MEMBERS
        elif not outside:
            groups[body] = "Central Asians alone"
        elif outside == {"AZE"}:
            groups[body] = "With Azerbaijan"
        else:
            groups[body] = "With Türkiye" if "TUR" in outside else "Others"
    return groups


def spell_table(memberships: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """Return the years of each spell of the five in the `SECURITY_BODIES`.

    Args:
        memberships: the table `memberships`.
        organisations: the table `organisations`.

    Returns:
        Index: the body's abbreviation or name; one column a state; cells such as
        `"1994–1999; 2006–2012"`, with any status other than member in words; missing where the
        state never belonged.
    """
    spells = memberships[memberships["state"].isin(FIVE)].sort_values("start")
    ends = spells["end"].map(lambda day: "" if pd.isna(day) else str(day.year))
    words = spells["status"].str.replace("_", " ").where(spells["status"] != "member", "")
    text = (words + " " + spells["start"].dt.year.astype(str) + "–" + ends).str.strip()
    cells = spells.assign(text=text).groupby(["organisation", "state"])["text"].agg("; ".join)
    titles = organisations.set_index("organisation")
    titles = titles["abbreviation"].fillna(titles["name"])
    return cells.unstack().reindex(index=SECURITY_BODIES, columns=FIVE).rename(index=titles)


def binding_all_five(treaties: pd.DataFrame, treaty_actions: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties known to be in force that all five and no other state signed.

    Args:
        treaties: the table `treaties`.
        treaty_actions: the table `treaty_actions`.
    """
    signed = treaty_actions[treaty_actions["action"].isin(["signed", "acceded"])]
    signatories = sets_by(signed, "treaty", "state")
    by_all = treaties["treaty"].map(signatories).map(lambda states: states == set(FIVE))
    return treaties[by_all & treaties["in_force_date"].notna()]


def allied_relations(treaties: pd.DataFrame, treaty_actions: pd.DataFrame) -> pd.DataFrame:
    """Return the treaties on allied relations that only states of the five signed.

    Args:
        treaties: the table `treaties`.
        treaty_actions: the table `treaty_actions`.
    """
    signed = treaty_actions[treaty_actions["action"] == "signed"]
    with_outsider = signed.loc[~signed["state"].isin(FIVE), "treaty"]
    allied = treaties["treaty"].str.startswith("allied-") & (treaties["kind"] == "alliance")
    return treaties[allied & ~treaties["treaty"].isin(with_outsider)]


def headline(
    organisations: pd.DataFrame, memberships: pd.DataFrame, day: pd.Timestamp
) -> dict[str, Any]:
    """Return the numbers on institutions that the text quotes, by name.

    Args:
        organisations: the table `organisations`.
        memberships: the table `memberships`.
        day: the closing date of the record.

    Returns:
        `bodies` (number of those of `fates`), `entered_by_russia` and `members_unknown` (of them),
        and of the others than the CACO `renamed`, `merged`, `lost` (end not found) and `active`;
        `cau_tjk`, `caco_joined`, `caco_ended` and `caco_months` (from
        the first to the second); `common` (names of the bodies that all five share); `overlap`,
        `lowest` and `highest` since `overlap_since` (see `mean_overlap`); `with_russia` and
        `without_russia` (bodies, at the end of the last year); `closest` (codes of a pair) and,
        with and without Turkmenistan, the largest and smallest overlap of a pair; days on which
        Uzbekistan and Azerbaijan changed their membership and two bodies were founded; `spells` and
        `spells_high` (number of rows, and of those with confidence `high`).

    Raises:
        KeyError: if one of the bodies or spells named here is not in the tables.
    """
    ends = fates(organisations, memberships).set_index("organisation")
    caco = ends.loc["caco"]
    others = ends["end_kind"].drop("caco").fillna("active")
    years = overlap_by_year(memberships, organisations, range(OVERLAP_SINCE, day.year + 1))
    years = years.set_index("year")
    bodies = bodies_on(memberships, organisations, day)
    common = set.intersection(*bodies.values())
    overlaps = pairs(overlap_graph(bodies))
    with_tkm = (overlaps[["first", "second"]] == "TKM").any(axis=1)
    starts = memberships.set_index(["organisation", "state", "status"])["start"]
    return {
        "bodies": len(ends),
        "entered_by_russia": int(ends["joined"].str.contains("RUS").sum()),
        "members_unknown": int((~ends["members_known"]).sum()),
        **{name: int((others == kind).sum()) for name, kind in END_KINDS.items()},
        "cau_tjk": starts["cau", "TJK", "member"],
        "caco_joined": caco["first_joined"],
        "caco_ended": caco["ended"],
        "caco_months": 12 * caco["years_to_end"],
        "common": sorted(organisations.set_index("organisation").loc[list(common), "name"]),
        "overlap": years["overlap"].iloc[-1],
        "overlap_since": OVERLAP_SINCE,
        "lowest": years["overlap"].min(),
        "highest": years["overlap"].max(),
        "with_russia": int(years["with_outsider"].iloc[-1]),
        "without_russia": int(years["without_outsider"].iloc[-1]),
        "closest": overlaps.loc[0, ["first", "second"]].tolist(),
        "closest_with_tkm": overlaps.loc[with_tkm, "overlap"].max(),
        "furthest_without_tkm": overlaps.loc[~with_tkm, "overlap"].min(),
        "uzb_back": starts["csto", "UZB", "member"],
        "uzb_out": starts["csto", "UZB", "suspended"],
        "uzb_eurasec": starts["eurasec", "UZB", "member"],
        "aze_joined": ends.loc["consultative-heads", "first_joined"],
        "council": ends.loc["cau-defence-council", "founded"],
        "battalion": ends.loc["centrazbat", "founded"],
        "spells": len(memberships),
        "spells_high": int((memberships["confidence"] == "high").sum()),
    }
