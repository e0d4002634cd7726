"""Profile of two states: what joined or parted them, laid out for the tables of its page."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from casi.counting import counted
from casi.measures import borders, delivery_dates, suppliers
from casi.profiles.rows import Rows, all_meetings, names_of
from casi.profiles.state import joint_exercises, no_row_if_empty, statuses_of
from casi.record.lookup import Record, rows_of, state_names
from casi.text import MISSING, date, dates, listing, percent, rows_link

JOINING = ["signed", "acceded", "ratified", "deposited", "in_force"]  # steps that make a party
LOSSES = ["dead_low", "dead_high", "wounded_low", "wounded_high"]
NAMED_PARTIES = 5  # treaties of more states than this are only counted in the timeline
SERIES = {  # of meetings, in words
    "aral_sea": "Summits on the Aral Sea",
    "cau_caec_caco": "Former regional bodies (1994–2005)",
    "consultative_heads": "Consultative Meetings",
    "foreign_ministers": "Foreign ministers of the five states",
    "security_council_secretaries": "Secretaries of the security councils",
    "defence_ministers": "Defence ministers",
    "interior_ministers": "Interior ministers",
    "special_services": "Heads of special services",
    "other_five": "Other meetings of the region",
}
BODIES = {"cis": "CIS", "csto": "CSTO", "sco": "SCO", "ots": "OTS"}
OUTSIDE = "With an outside power"


class Pair(NamedTuple):
    """What the record holds on two states.

    Attributes:
        first: a code.
        second: a code.
        names: their names by code.
        rows: what `rows_on_both` returns.
        spells: what `bodies` returns.
        treaties: what `treaties` returns.
        clashes: what `clashes` returns.
        joint: what `state.joint_exercises` returns for the exercises of both.
    """

    first: str
    second: str
    names: dict[str, str]
    rows: Rows
    spells: pd.DataFrame
    treaties: pd.DataFrame
    clashes: pd.DataFrame
    joint: pd.DataFrame


def pair_of(record: Record, first: str, second: str) -> Pair:
    """Return what the record holds on two states, by their codes."""
    rows = rows_on_both(record, first, second)
    return Pair(
        first,
        second,
        dict(zip((first, second), state_names(record, (first, second)), strict=True)),
        rows,
        bodies(record, first, second),
        treaties(record, rows, first, second),
        clashes(rows),
        joint_exercises(record, rows),
    )


def rows_on_both(record: Record, first: str, second: str) -> Rows:
    """Return the rows on two states by table.

    Exercises are those held to which both sent troops; meetings those held at which both were
    represented, not as observers; treaties those of which the record has a step of each, without
    declarations and those on arms control, which are open to every state. Rows of
    `border_segments`, `border_progress`, `clashes` and `clash_figures` are on their common border.
    """
    pair = {first, second}
    came = record["participation"]
    steps = record["treaty_actions"]
    trained, present = (came[counted(came, rule)] for rule in ("trained", "took_part"))
    tables = {**record, "meetings": all_meetings(record)}
    rows = {
        name: tables[name][tables[name][key].isin(_of_both(found, column, pair))]
        for name, key, found, column in (
            ("exercises", "exercise", trained, "event"),
            ("meetings", "meeting", present, "event"),
            ("treaties", "treaty", steps, "treaty"),
        )
    }
    for name in ("exercises", "meetings"):
        rows[name] = rows[name][rows[name]["status"] == "held"].sort_values("date_start")
    rows["treaties"] = rows["treaties"][counted(rows["treaties"], "ties_two")]
    wanted = steps["treaty"].isin(rows["treaties"]["treaty"]) & steps["state"].isin(pair)
    rows["treaty_actions"] = steps[wanted]
    for name in ("border_segments", "clashes"):
        sides = record[name][["state_a", "state_b"]]
        rows[name] = record[name][[set(each) == pair for each in sides.to_numpy()]]
    progress, figures = record["border_progress"], record["clash_figures"]
    rows["border_progress"] = progress[progress["border"].isin(rows["border_segments"]["border"])]
    rows["clash_figures"] = figures[figures["clash"].isin(rows["clashes"]["clash"])]
    return rows


def _of_both(rows: pd.DataFrame, column: str, pair: set[str]) -> set[str]:
    """Return the values of a column that rows of both states have."""
    first, second = (set(rows.loc[rows["state"] == state, column]) for state in pair)
    return first & second


def bodies(record: Record, first: str, second: str) -> pd.DataFrame:
    """Return the spells in which both states had a role in a body at the same time.

    Returns:
        One row a spell, the oldest first: `organisation` (key), `name` (the abbreviation, if there
        is one) and `full_name` (both Markdown, linked to the rows), `start`, `start_precision`,
        `end`, `end_precision`, `lost` (the body has ended on an unknown day), `body_ended` (the
        spell ended with the body) and the two roles in words, named by the codes of the states.
    """
    spells = record["memberships"]
    each = [spells[spells["state"] == state] for state in (first, second)]
    both = each[0].merge(each[1], on="organisation", suffixes=("_a", "_b"))
    later = both["start_b"] > both["start_a"]
    until_b = both["end_b"].notna() & ~(both["end_a"] <= both["end_b"])
    about = record["organisations"].set_index("organisation")
    keys = both["organisation"]
    table = pd.DataFrame({"organisation": keys})
    for name, takes_b in (("start", later), ("end", until_b)):
        for part in (name, f"{name}_precision"):
            table[part] = both[f"{part}_b"].where(takes_b, both[f"{part}_a"])
    open_end = table["end"].isna()
    table["lost"] = open_end & (keys.map(about["end_kind"]) == "unknown")
    table["body_ended"] = table["end"].notna() & (table["end"] == keys.map(about["ended"]))
    table[first] = both["status_a"].str.replace("_", " ")
    table[second] = both["status_b"].str.replace("_", " ")
    short, full = about["abbreviation"].fillna(about["name"]), about["name"]
    own = [rows_of("memberships", [f"{key}/{s}" for s in (first, second)]) for key in keys]
    table["name"] = [rows_link(short[key], rows) for key, rows in zip(keys, own, strict=True)]
    table["full_name"] = [
        rows_link(full[key], rows) + ("" if short[key] == full[key] else f" ({short[key]})")
        for key, rows in zip(keys, own, strict=True)
    ]
    overlap = open_end | (table["start"] < table["end"])
    return table[overlap].sort_values(["start", "organisation"], ignore_index=True)


def bodies_in_words(pair: Pair) -> pd.DataFrame:
    """Lay out what `bodies` returns: `Body` (Markdown), `Both from`, `To` and the two roles."""
    spells = pair.spells
    ends = pd.Series(dates(spells["end"], spells["end_precision"]), index=spells.index)
    table = pd.DataFrame(
        {
            "Body": spells["full_name"],
            "Both from": dates(spells["start"], spells["start_precision"]),
            "To": ends.mask(spells["lost"], "not known"),
            **{name: spells[code] for code, name in pair.names.items()},
        }
    )
    return no_row_if_empty(table)


def treaties(record: Record, rows: Rows, first: str, second: str) -> pd.DataFrame:
    """Return the treaties of which the record has a step of both states.

    Returns:
        Treaties of the two alone first, then the oldest first: `treaty` (key), `Treaty` (its link
        to the rows), `parties` (number of states with a step on record), `alone` (no other state
        has one), `Opened` (in words) and, by code, the status of each state as
        `state.statuses_of` gives it, and `promises` (classes of `obligations`; missing where none
        was found).
    """
    classes = record["obligations"]["obligation"].str.replace("_", " ")
    promises = classes.groupby(record["obligations"]["treaty"]).agg(listing)
    steps = record["treaty_actions"].groupby("treaty")["state"].nunique()
    own = rows["treaty_actions"]
    found = rows["treaties"].assign(parties=rows["treaties"]["treaty"].map(steps))
    found = found.assign(alone=found["parties"] == 2)
    found = found.sort_values(["alone", "date_opened", "treaty"], ascending=[False, True, True])
    table = found[["treaty", "parties", "alone"]].assign(
        Treaty=[
            rows_link(name, rows_of("treaty_actions", [f"{key}/{s}" for s in (first, second)]))
            for key, name in found[["treaty", "name"]].itertuples(index=False)
        ],
        Opened=dates(found["date_opened"], found["date_precision"]),
        promises=found["treaty"].map(promises),
    )
    for state in (first, second):
        table[state] = statuses_of(own[own["state"] == state], found)
    return table.reset_index(drop=True)


def treaties_in_words(pair: Pair) -> pd.DataFrame:
    """Lay out the treaties: `Treaty` (Markdown), `Opened`, `Between`, `Promises`, two statuses."""
    table = pair.treaties
    shown = table[["Treaty", "Opened"]].assign(
        Between=table["alone"].map({True: "the two", False: "more states"}),
        Promises=table["promises"],
        **{name: table[code] for code, name in pair.names.items()},
    )
    return no_row_if_empty(shown)


def border(record: Record, rows: Rows) -> pd.DataFrame:
    """Return how far the common land border is settled, linked to what was said of it."""
    names = record["states"].set_index("iso3")["name"].to_dict()
    table = borders.settlement(rows["border_segments"], rows["border_progress"], names)
    said = rows_of("border_progress", rows["border_progress"]["statement"])
    table["Border"] = [rows_link(name, said) for name in table["Border"]]
    return no_row_if_empty(table)


def clashes(rows: Rows) -> pd.DataFrame:
    """Return the clashes on the common border, those of mines left out, with those lost on it.

    Returns:
        The rows of `clashes`, the oldest first, with `year` and, for `dead` and `wounded`, `_low`
        and `_high` (persons of both sides for which sources give a figure); missing where no
        source gives one.
    """
    found = rows["clashes"].query("kind != 'mines'").sort_values("date_start")
    found = found.assign(year=found["date_start"].dt.year)
    if found.empty:
        return found.reindex(columns=[*found, *LOSSES])
    for measure in ("dead", "wounded"):
        lost = borders.casualties(rows["clashes"], rows["clash_figures"], measure)
        sums = lost[["low", "high"]].groupby("clash").sum(min_count=1)
        found = found.join(sums.add_prefix(f"{measure}_"), on="clash")
    return found


def clashes_by_year(pair: Pair) -> pd.DataFrame:
    """Count the clashes on the common border by year, with the dead and wounded of both sides.

    Returns:
        `Year`, `Clashes` (Markdown), `With a figure` (clashes of which a source gives the dead),
        `Dead`, `Wounded` (a number or a range in words, missing where no source gives a figure) and
        `Most dead` (place and day of the clash with the most dead, Markdown).
    """
    found = [
        (
            str(year),
            rows_link(str(len(part)), rows_of("clashes", part["clash"])),
            int(part["dead_low"].notna().sum()),
            range_in_words(part, "dead"),
            range_in_words(part, "wounded"),
            _deadliest(part),
        )
        for year, part in pair.clashes.groupby("year")
    ]
    columns = ["Year", "Clashes", "With a figure", "Dead", "Wounded", "Most dead"]
    return no_row_if_empty(pd.DataFrame(found, columns=columns))


def _deadliest(table: pd.DataFrame) -> str:
    """Return place and day of the clash with the most dead as Markdown, a dash if none is known."""
    if not (table["dead_high"] > 0).any():
        return MISSING
    row = table.loc[table["dead_high"].idxmax()]
    place = f"{row['place']}, " if pd.notna(row["place"]) else ""
    when = date(row["date_start"], row["date_precision"])
    return rows_link(f"{place}{when}", rows_of("clashes", [row["clash"]]))


def meetings_by_series(pair: Pair) -> pd.DataFrame:
    """Count the meetings at which both states were represented, by format.

    Returns:
        `Format` (of `SERIES` or `BODIES`, or `OUTSIDE`), `Meetings` (Markdown), `First` and `Last`
        (years).
    """
    table = pair.rows["meetings"]
    formats = SERIES | BODIES
    words = table["format"].map(formats).fillna(OUTSIDE)
    years = table["date_start"].dt.year
    found = [
        (
            name,
            rows_link(str(len(part)), names_of(part)),
            str(years[part.index].min()),
            str(years[part.index].max()),
        )
        for name, part in table.groupby(words)
    ]
    order = [*formats.values(), OUTSIDE]
    found.sort(key=lambda row: order.index(row[0]))
    return no_row_if_empty(pd.DataFrame(found, columns=["Format", "Meetings", "First", "Last"]))


def similarity(record: Record, first: str, second: str) -> pd.DataFrame:
    """Return how alike the suppliers of two states were in each window of years.

    Similarity is the sum over suppliers of the smaller of the two shares of volume; see
    `suppliers.mean_similarity`.

    Returns:
        `Years`, `Similarity` (in words; a dash where one of the two received nothing on record),
        `In common` (suppliers of both), and the deals of each state, by code.
    """
    transfers = record["arms_transfers"]
    last_year = transfers["delivery_year"].max()
    transfers = transfers[transfers["recipient"].isin([first, second])]
    if transfers["recipient"].nunique() < 2:  # the table does not cover one of them
        transfers = transfers[:0]
    windows = [delivery_dates.window(year, last_year) for year in transfers["delivery_year"]]
    names = record["states"].set_index("iso3")["name"]
    found = []
    for window, part in transfers.assign(window=windows).groupby("window"):
        volume = (
            part.groupby(["recipient", "supplier"])["tiv_millions"].sum().unstack(fill_value=0.0)
        )
        volume = volume.reindex([first, second], fill_value=0.0)
        alike = float(suppliers.mean_similarity(suppliers.shares(volume.to_numpy())))
        both = volume.columns[(volume > 0).all()]
        common = listing(sorted(names.get(code, "Unknown") for code in both))
        deals = part.groupby("recipient")["deals"].sum().reindex([first, second], fill_value=0)
        found.append((window, _share(alike), common, *map(int, deals)))
    columns = ["Years", "Similarity", "In common", first, second]
    return no_row_if_empty(pd.DataFrame(found, columns=columns))


def _share(similarity: float) -> str:
    """Write a share in per cent, so that a small one does not read as none."""
    return "under 1%" if 0 < similarity < 0.005 else percent(similarity)


def range_in_words(rows: pd.DataFrame, measure: str) -> str:
    """Return the persons lost in some clashes, a number or a range; a dash without a figure.

    Args:
        rows: rows of what `clashes` returns.
        measure: `dead` or `wounded`.
    """
    known = rows[[f"{measure}_low", f"{measure}_high"]].dropna()
    if known.empty:
        return MISSING
    low, high = known.sum().astype(int)
    return str(low) if low == high else f"{low}–{high}"
