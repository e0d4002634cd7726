"""Contradictions of sources, states, places, outlines, figures, claims and corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from babel import Locale
from babel.core import get_global

from casi.contradictions.base import Fault, Tables, latest, parties, report, rule
from casi.states import FIVE
from casi.tables import split_keys

SUPPLIER_GROUPS = {
    "RUS": "Russia",
    "CHN": "China",
    "TUR": "Türkiye",
    "IRN": "Iran",
    "USA": "United States",
    "BLR": "Belarus and Ukraine",
    "UKR": "Belarus and Ukraine",
}
NOT_ISO = {"XXX", "XKX"}  # unknown suppliers, and Kosovo
BOXES = {  # south, north, west, east of states whose outlines are not in the record
    "AFG": (29, 39, 60, 75),
    "ARM": (38.8, 41.4, 43.4, 46.7),
    "AUT": (46.3, 49.1, 9.5, 17.2),
    "BGR": (41.2, 44.3, 22.3, 28.7),
    "BLR": (51.2, 56.2, 23.1, 32.8),
    "CAN": (41.6, 83.2, -141.1, -52.6),
    "CHN": (18, 53.6, 73.4, 135.1),
    "DEU": (47.2, 55.1, 5.8, 15.1),
    "GBR": (49.8, 60.9, -8.7, 1.8),
    "GEO": (41, 43.6, 40, 46.8),
    "HRV": (42.3, 46.6, 13.4, 19.5),
    "IND": (6.7, 35.6, 68.1, 97.5),
    "IRN": (25, 39.8, 44, 63.4),
    "LVA": (55.6, 58.1, 20.9, 28.3),
    "MDA": (45.4, 48.6, 26.6, 30.2),
    "MNG": (41.5, 52.2, 87.7, 120),
    "PAK": (23.6, 37.1, 60.8, 77.9),
    "ROU": (43.6, 48.3, 20.2, 29.8),
    "RUS": (41.1, 82, 19.6, 180),
    "TUR": (35.8, 42.2, 25.6, 44.9),
    "UKR": (44.3, 52.4, 22.1, 40.3),
    "USA": (18.9, 71.5, -180, -66.9),
}
MOST_PERSONS = 300_000  # in the largest exercises
ENLARGEMENTS = (1949, 1952, 1955, 1982, 1999, 2004, 2009, 2017, 2020, 2023, 2024)  # of NATO
VALUE = r"\{\w+(?::\w+)?\}"  # in the text of a claim


@rule
def source_date_fits(tables: Tables) -> Iterator[Fault]:
    """A source was published when references.bib says, and before the edition was compiled."""
    rows = tables["sources"]
    language = Locale("en").languages
    unknown = ~rows["language"].isin(language)
    yield from report("sources", rows[unknown], "language", "no language of ISO 639-1")
    if "references" in tables:
        listed = tables["references"].set_index("key")["published"]
        rows = rows.assign(listed=rows["key"].map(listed))
        differ = rows["listed"].notna() & (rows["listed"] != rows["published"])
        text = "references.bib says {listed}: correct one of the two"
        yield from report("sources", rows[differ], "published", text)
    if "package" in tables:
        created = tables["package"]["created"].max()
        text = f"after {created:%Y-%m-%d}, when the package was compiled: correct it, or renew"
        text += " `created` in datapackage.json"
        yield from report("sources", rows[rows["published"] > created], "published", text)
    named = rows["key"].str.extract(
        r"(?<!\d)((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    )[0]
    named = pd.to_datetime(named, format="%Y%m%d", errors="coerce")
    far = (rows["published"] - named).abs() > pd.Timedelta(days=7)
    text = "the key {key} holds another day: correct the date or rename the key"
    yield from report("sources", rows[far], "published", text)


@rule
def group_has_one_name(tables: Tables) -> Iterator[Fault]:
    """A newsroom is one independence group, under one spelling."""
    rows = tables["sources"]
    plain = rows["independence_group"].str.replace(r"[^a-z0-9]", "", regex=True)
    counted = rows.assign(plain=plain).value_counts(["plain", "independence_group"]).reset_index()
    usual = plain.map(counted.drop_duplicates("plain").set_index("plain")["independence_group"])
    differ = rows.assign(usual=usual)[usual != rows["independence_group"]]
    text = "also spelled {usual}, so that one origin counts as two: use one spelling"
    yield from report("sources", differ, "independence_group", text)


@rule
def group_is_of_one_kind(tables: Tables) -> Iterator[Fault]:
    """Texts of one newsroom or body are sources of one kind, whoever relays them."""
    rows = tables["sources"]
    usual = rows.groupby("independence_group")["kind"].transform(lambda kinds: kinds.mode()[0])
    differ = rows.assign(usual=usual)[usual != rows["kind"]]
    text = "other sources of {independence_group} are {usual}: give them one kind"
    yield from report("sources", differ, "kind", text)


@rule
def page_is_cited_once(tables: Tables) -> Iterator[Fault]:
    """One page has one key: under two it would count as two sources."""
    rows = tables["sources"]
    pages = tables["references"].set_index("key")["url"]
    rows = rows.assign(url=rows["key"].map(pages))
    again = rows["url"].notna() & rows.duplicated("url")
    text = "another key has the address {url}: cite the page under one key"
    yield from report("sources", rows[again], "key", text)


@rule
def confidence_fits_sources(tables: Tables) -> Iterator[Fault]:
    """The confidence `dataset` rests on a data set."""
    datasets = set(tables["sources"].query("kind == 'dataset'")["key"])
    for table, rows in tables.items():
        if {"source", "confidence"} <= set(rows.columns):
            alone = rows[rows["confidence"] == "dataset"]
            sets = [not datasets.isdisjoint(split_keys(cell)) for cell in alone["source"]]
            lacking = ~pd.Series(sets, alone.index, dtype=bool)
            yield from report(table, alone[lacking], "confidence", "no source is a data set")


@rule
def state_is_described_rightly(tables: Tables) -> Iterator[Fault]:
    """Code, name, group and NATO membership of a state belong together."""
    rows = tables["states"]
    codes, names = get_global("territory_aliases"), Locale("en").territories
    known = rows["iso3"].map(lambda code: codes.get(code, [None])[0])
    real = rows["iso3"].isin(NOT_ISO) | known.notna()
    yield from report("states", rows[~real], "iso3", "no code of ISO 3166-1 alpha-3")
    plain = known.map(lambda code: re.split(r" [&(]", names.get(code, ""))[0])
    wrong = [
        bool(isinstance(code, str) and not name.startswith(short))
        for code, name, short in zip(known, rows["name"], plain, strict=True)
    ]
    yield from report("states", rows[wrong], "name", "not the name of {iso3}")
    group = rows["iso3"].map({**dict.fromkeys(FIVE, "five"), "AZE": "azerbaijan"}).fillna("outside")
    yield from report("states", rows[group != rows["group"]], "group", "not the group of {iso3}")
    member = rows["nato_since"].notna()
    own = rows["iso3"].isin([*FIVE, "AZE"])
    yield from report("states", rows[member & own], "nato_since", "{iso3} is no member of NATO")
    supplier = rows["iso3"].map(SUPPLIER_GROUPS)
    europe = (rows["supplier_group"] == "Europe") | rows["supplier_group"].eq("Other")
    wrong_group = (supplier.notna() & (supplier != rows["supplier_group"])) | (
        supplier.isna() & ~europe
    )
    west = member & ~own & ~rows["iso3"].isin(["USA", "CAN", "TUR"])
    wrong_group |= west & (rows["supplier_group"] != "Europe")
    wrong_group |= own & (rows["supplier_group"] != "Other")
    yield from report("states", rows[wrong_group], "supplier_group", "not the group of {iso3}")


def inside(lon: float, lat: float, ring: np.ndarray) -> bool:
    """Return whether a point lies in a closed ring of longitudes and latitudes."""
    x, y = ring[:, 0], ring[:, 1]
    after_x, after_y = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > lat) != (after_y > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (lat - y) / (after_y - y) * (after_x - x)
    return bool((crosses & (lon < at)).sum() % 2)


def _near(lon: float, lat: float, rings: list[np.ndarray], margin: float = 0.25) -> bool:
    shifts = [(x * margin, y * margin) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return any(inside(lon + x, lat + y, ring) for x, y in shifts for ring in rings)


@rule
def place_lies_in_state(tables: Tables) -> Iterator[Fault]:
    """A place lies in its state, which its key holds; it has a point or the precision none."""
    rows = tables["places"]
    other = rows["place"].str.rsplit("-", n=1).str[1] != rows["state"].str.lower()
    yield from report("places", rows[other], "state", "not the state of the key {place}")
    pointless = (rows["precision"] == "none") != rows["lat"].isna()
    yield from report(
        "places", rows[pointless], "precision", "none if and only if there is no point"
    )
    half = rows["lat"].isna() != rows["lon"].isna()
    yield from report("places", rows[half], "lat", "a point has both coordinates")
    outlines = {
        state: [ring[["lon", "lat"]].to_numpy() for _, ring in points.groupby("ring")]
        for state, points in tables["outlines"].groupby("state")
    }
    for index, row in rows.dropna(subset=["lat", "lon"]).iterrows():
        state, lat, lon = row["state"], row["lat"], row["lon"]
        box = BOXES.get(state, (-90, 90, -180, 180))
        within = box[0] <= lat <= box[1] and box[2] <= lon <= box[3]
        if state in outlines:
            within = _near(lon, lat, outlines[state])
        elif within:
            within = not any(
                inside(lon, lat, ring) for rings in outlines.values() for ring in rings
            )
        if not within:
            yield Fault(
                "places", index, "lat", f"{lat}, {lon}", f"not in {state}: correct the point"
            )
    again = rows.duplicated(["name", "state"])
    yield from report("places", rows[again], "place", "another row has this name and state")


@rule
def outline_is_a_ring(tables: Tables) -> Iterator[Fault]:
    """Outlines are rings of numbered points near each other, in the region."""
    rows = tables["outlines"]
    outside = ~rows["lon"].between(44, 90) | ~rows["lat"].between(34, 57)
    yield from report("outlines", rows[outside], "lon", "outside the region: correct lon or lat")
    for (state, ring), points in rows.groupby(["state", "ring"]):
        points = points.sort_values("point")
        gap = points["point"].to_numpy() != np.arange(1, len(points) + 1)
        text = f"points of ring {ring} of {state} are numbered from 1 without a gap"
        yield from report("outlines", points[gap].iloc[:1], "point", text)
        step = np.hypot(points["lon"].diff(), points["lat"].diff()).fillna(0) > 6
        yield from report("outlines", points[step], "lon", "far from the point before it")


@rule
def figure_fits_event(tables: Tables) -> Iterator[Fault]:
    """A reported figure is of an event or topic, has its unit, and is not absurd."""
    rows = tables["reported_figures"]
    starts = pd.concat(
        [
            tables["exercises"].set_index("exercise")["date_start"],
            tables["meetings"].set_index("meeting")["date_start"],
            tables["clashes"].set_index("clash")["date_start"],
        ]
    )
    rows = rows.assign(
        start=rows["subject"].map(starts), last=latest(rows["as_of"], rows["as_of_precision"])
    )
    topic = rows["subject"].str.startswith(("mil-spending-", "mines-", "drone-fleet-"))
    topic |= rows["subject"].str.contains(r"-(?:clashes|foiled-plots)-(?:19|20)\d\d")
    topic |= rows["subject"].isin(tables["border_segments"]["border"])
    topic |= rows["subject"].isin(tables["milestones"]["milestone"])
    unknown = rows["start"].isna() & ~topic
    yield from report("reported_figures", rows[unknown], "subject", "no event, border or topic")
    early = rows["last"] < rows["start"] - pd.Timedelta(days=120)
    text = "months before {subject}, which began on {start}: correct the date"
    yield from report("reported_figures", rows[early], "as_of", text)
    kind = rows["measure"].str.split("_").str[0]
    unit = rows["unit"].groupby(kind).transform(lambda column: column.mode()[0])
    money = kind.isin(["spending", "cost"])
    wrong = (unit != rows["unit"]) & ~money
    wrong |= money & (rows["measure"].str.split("_").str[1] != rows["unit"])
    yield from report("reported_figures", rows[wrong], "unit", "does not fit the measure {measure}")
    numbers = rows[["low", "best", "high"]]
    negative = (numbers < 0).any(axis=1)
    yield from report("reported_figures", rows[negative], "measure", "a number below zero")
    rows["most"] = numbers.max(axis=1)
    many = (rows["unit"] == "persons") & (rows["most"] > MOST_PERSONS)
    many |= (rows["unit"] == "usd") & (rows["most"] > 1e10)
    many |= (rows["unit"] == "percent") & (rows["most"] > 1000)
    yield from report("reported_figures", rows[many], "measure", "{most} {unit}: too many by far")
    part = rows["measure"].str.extract(r"personnel_([A-Z]{3})$")[0]
    states = rows["subject"].map(parties(tables["participation"]))
    pairs = zip(part, states, strict=True)
    absent = [
        isinstance(state, str) and isinstance(found, frozenset) and state not in found
        for state, found in pairs
    ]
    yield from report("reported_figures", rows[absent], "measure", "no participant of {subject}")
    yield from _figures_apart(rows, tables["exercises"].set_index("exercise")["series"])
    what = ["subject", "measure", "low", "best", "high", "as_of", "source"]
    again = rows.duplicated(what)
    yield from report(
        "reported_figures", rows[again], "figure", "the same statement as another row"
    )


def _figures_apart(rows: pd.DataFrame, series: pd.Series) -> Iterator[Fault]:
    """Yield figures eight times apart from another of the event, or twelve times its series."""
    whole = rows[rows["measure"].isin(["personnel", "equipment_items"])]
    chosen = whole[whole["preferred"]].set_index(["subject", "measure"])["most"]
    pairs = pd.MultiIndex.from_frame(whole[["subject", "measure"]])
    whole = whole.assign(chosen=chosen.reindex(pairs).to_numpy())
    ratio = whole["most"] / whole["chosen"]
    text = "eight times off the preferred figure, {chosen}: correct one of the two"
    yield from report("reported_figures", whole[(ratio > 8) | (ratio < 1 / 8)], "best", text)
    troops = whole[(whole["measure"] == "personnel") & whole["preferred"]]
    troops = troops.assign(series=troops["subject"].map(series))
    group = troops.groupby("series")["most"]
    usual = group.transform("median")
    far = (group.transform("count") > 2) & (troops["most"] > usual * 8)
    text = "eight times the usual number of the series {series}"
    yield from report("reported_figures", troops[far], "best", text)


@rule
def coverage_names_tables(tables: Tables) -> Iterator[Fault]:
    """Coverage speaks of tables there are, years that run forward, and a day within them."""
    rows = tables["coverage"]
    unknown = ~rows["table"].isin(set(tables))
    yield from report("coverage", rows[unknown], "table", "no such table")
    back = rows["year_to"] < rows["year_from"]
    yield from report("coverage", rows[back], "year_to", "before year_from, {year_from}")
    closing = tables["sources"]["published"].max()
    late = (rows["closed"] > closing) | (rows["closed"].dt.year > rows["year_to"])
    text = f"after year_to, {{year_to}}, or after the newest source, of {closing:%Y-%m-%d}"
    yield from report("coverage", rows[late], "closed", text)
    early = rows["closed"].dt.year < rows["year_from"]
    yield from report("coverage", rows[early], "closed", "before year_from, {year_from}")


@rule
def claim_fits_article(tables: Tables) -> Iterator[Fault]:
    """Claims follow the article, rest on it, and speak of the time before it; `since` of later."""
    rows = tables["claims"]
    back = rows["paragraph"] < rows["paragraph"].cummax()
    yield from report("claims", rows[back], "paragraph", "claims stand in the order of the article")
    jump = rows["paragraph"].diff().fillna(0) > 3
    yield from report("claims", rows[jump], "paragraph", "far after the claim before it")
    article = rows["source"].map(split_keys).str[0].mode()
    other = rows["source"].map(lambda cell: bool(set(article) - set(split_keys(cell))))
    yield from report("claims", rows[other], "source", "the article itself is missing")
    for column, wrong in (
        ("statement", lambda year: year > 2024),
        ("since", lambda year: year < 2024),
    ):
        years = (
            rows[column]
            .fillna("")
            .str.replace(r"Central Asia 2040", "")
            .map(lambda text: [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)])
        )
        far = years.map(lambda found, wrong=wrong: any(map(wrong, found)))
        text = "the article is of August 2024: correct the year"
        yield from report("claims", rows[far], column, text)


@rule
def states_joined_nato_together(tables: Tables) -> Iterator[Fault]:
    """A state has been a member of NATO since one of the years in which states joined it."""
    rows = tables["states"]
    wrong = rows["nato_since"].notna() & ~rows["nato_since"].isin(ENLARGEMENTS)
    yield from report("states", rows[wrong], "nato_since", "no state joined NATO in that year")


@rule
def places_of_values_are_whole(tables: Tables) -> Iterator[Fault]:
    """A value that a claim takes from its verdict stands in braces: `{name}` or `{name:form}`."""
    rows = tables["claims"]
    for column in ("statement", "correct", "since"):
        rest = rows[column].fillna("").str.replace(VALUE, "", regex=True)
        broken = rest.str.contains(r"[{}]")
        text = "write each value as {{name}} or {{name:form}}, with both braces"
        yield from report("claims", rows[broken], column, text)


@rule
def correction_matches(tables: Tables) -> Iterator[Fault]:
    """A correction names a table, a row and a column there are, and an edition published."""
    rows = tables["corrections"]
    for index, row in rows.iterrows():
        table = tables.get(row["table"])
        if table is None:
            yield Fault("corrections", index, "table", row["table"], "no such table")
        elif pd.notna(row["column"]) and row["column"] not in [*table.columns, "*"]:
            yield Fault("corrections", index, "column", row["column"], "no such column there")
        elif pd.notna(row["column"]) and row["row"] != "*":
            first = row["row"].split(" / ")[0]
            if first not in set(table.iloc[:, 0].astype(str)):
                yield Fault("corrections", index, "row", row["row"], "no such row there")
    if "package" in tables:
        version = tables["package"]["version"].item()
        later = rows["edition"].fillna("") > version
        yield from report("corrections", rows[later], "edition", f"after this edition, {version}")


@rule
def rows_are_not_repeated(tables: Tables) -> Iterator[Fault]:
    """No statement on a border stands twice."""
    rows = tables["border_progress"]
    what = ["border", "date", "stage", "of_what", "percent", "km", "whole_km", "speaker"]
    again = rows[rows["date"].notna()].duplicated(what)
    text = "the same statement as another row: take one of them out"
    yield from report("border_progress", rows[rows["date"].notna()][again], "statement", text)
    rows = tables["memberships"].sort_values(["organisation", "state", "start"])
    before = rows.groupby(["organisation", "state"])[["status", "end"]].shift()
    on = (before["status"] == rows["status"]) & (before["end"] == rows["start"])
    text = "goes on from the spell before it: make them one"
    yield from report("memberships", rows[on], "start", text)
