"""Contradictions of incidents and milestones: numbers, borders, keys, claims, repeated rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import UNKNOWN, Fault, Tables, parties, report, rule
from casi.tables import sets_by, split_keys

ON_AFGHAN_BORDER = ["cross_border_attack", "border_shooting"]
LENGTHS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO 8601 date
MOST_HARMED = {"foiled_plot": 20}  # killed or wounded in one incident, by its kind
MOST_HARMED_ELSE = 500  # the largest attack of the record has 70
ONLY_IN = {  # actions that belong to some topics alone
    "resolution": {"neutrality", "zone"},
    "declaration": {"neutrality", "zone"},
    "law": {"neutrality", "zone"},
    "chair": {"zone"},
    "crossing": {"afghan_border"},
    "withdrawal": {"afghan_border"},
}


@rule
def casualties_rise(tables: Tables) -> Iterator[Fault]:
    """The lowest count of killed or wounded is not above the best, nor that above the highest."""
    rows = tables["incidents"]
    for what in ("killed", "wounded"):
        columns = [f"{what}_{which}" for which in ("low", "best", "high")]
        known = rows[columns].astype("float64")
        falls = (known.ffill(axis=1).diff(axis=1) < 0).any(axis=1)
        text = "from low to high, the counts must rise: correct one of them"
        yield from report("incidents", rows[falls], columns[1], text)


@rule
def harm_is_plausible(tables: Tables) -> Iterator[Fault]:
    """An incident does not harm more people than any other by far; a foiled plot harms few."""
    rows = tables["incidents"]
    most = rows["kind"].map(MOST_HARMED).fillna(MOST_HARMED_ELSE)
    for what in ("killed", "wounded"):
        columns = [f"{what}_{which}" for which in ("low", "best", "high")]
        many = rows[columns].astype("float64").max(axis=1) > most
        text = f"too many {what} for a {{kind}}: correct the number or the kind"
        yield from report("incidents", rows[many], columns[1], text)


@rule
def incident_is_of_border(tables: Tables) -> Iterator[Fault]:
    """The state lies at the border; kinds of the Afghan border are there, and no incursion is."""
    rows = tables["incidents"]
    sides = rows["border"].fillna("").str.upper().str.split("-")
    pairs = zip(rows["state"], sides, strict=True)
    elsewhere = [bool(codes[0]) and state not in codes for state, codes in pairs]
    yield from report("incidents", rows[elsewhere], "border", "does not touch {state}")
    afghan = pd.Series(["AFG" in codes for codes in sides], rows.index)
    wanted = rows["kind"].isin(ON_AFGHAN_BORDER)
    text = "{kind} is a kind of the Afghan border: correct kind or border"
    yield from report("incidents", rows[wanted & ~afghan], "border", text)
    text = "on the Afghan border the kinds are cross_border_attack and border_shooting"
    yield from report("incidents", rows[afghan & ~wanted], "kind", text)
    missing = (rows["kind"] == "armed_incursion") & rows["border"].isna()
    yield from report(
        "incidents", rows[missing], "border", "an incursion crosses a border: name it"
    )


@rule
def incident_is_in_its_state(tables: Tables) -> Iterator[Fault]:
    """A place that is named lies in the state of the incident or across its border."""
    rows = tables["incidents"].dropna(subset="place")
    homes = sets_by(tables["places"], "name", "state")
    codes = (rows["state"] + "-" + rows["border"].fillna("").str.upper()).str.split("-").map(set)
    for name, states in homes.items():
        named = rows["place"].str.contains(rf"\b{re.escape(str(name))}\b")
        elsewhere = rows[named & codes.map(states.isdisjoint)]
        text = f"{name} lies in {', '.join(sorted(states))}: correct place or state"
        yield from report("incidents", elsewhere, "place", text)


@rule
def incident_key_fits(tables: Tables) -> Iterator[Fault]:
    """The key holds the state and the first day, no more exactly than known; no row is repeated."""
    rows = tables["incidents"]
    written = rows["date_start"].dt.strftime("%Y-%m-%d")
    known = zip(rows["state"].str.lower(), written, rows["date_precision"], strict=True)
    expected = pd.Series(
        [f"{state}-{day[: LENGTHS[form]]}" for state, day, form in known], rows.index
    )
    pairs = zip(rows["incident"], expected, strict=True)
    differ = [not key.startswith(start) for key, start in pairs]
    text = "must begin with {expected}: rename the key or correct state or date"
    yield from report("incidents", rows.assign(expected=expected)[differ], "incident", text)
    exact = rows[rows["date_precision"] == "day"]
    again = exact[exact.duplicated(["state", "kind", "date_start"])]
    yield from report("incidents", again, "incident", "another {kind} of that day is on record")


@rule
def plot_is_more_than_a_claim(tables: Tables) -> Iterator[Fault]:
    """A foiled plot that one body alone reports is a claim: its confidence is low."""
    groups = tables["sources"].set_index("key")["independence_group"]
    rows = tables["incidents"]
    rows = rows[(rows["kind"] == "foiled_plot") & (rows["confidence"] == "high")]
    origins = rows["source"].map(lambda cell: groups.reindex(split_keys(cell)).nunique())
    text = "one body alone says so: a claim of the authorities is low"
    yield from report("incidents", rows[origins < 2], "confidence", text)


@rule
def milestone_is_well_formed(tables: Tables) -> Iterator[Fault]:
    """Its states are known, in order; its subject has one topic, and its action fits the topic."""
    rows = tables["milestones"]
    known = set(tables["states"]["iso3"]) - {UNKNOWN}
    codes = rows["states"].map(split_keys)
    wrong = [set(cell) - known != set() or cell != sorted(set(cell)) for cell in codes]
    text = "codes of the table states, each once and in order, joined by semicolons"
    yield from report("milestones", rows[wrong], "states", text)
    topics = rows["topic"].groupby(rows["subject"]).transform(lambda cells: cells.mode()[0])
    text = "other rows of {subject} have the topic {usual}"
    differ = rows.assign(usual=topics)[topics != rows["topic"]]
    yield from report("milestones", differ, "topic", text)
    pairs = zip(rows["action"], rows["topic"], strict=True)
    misplaced = [topic not in ONLY_IN.get(action, {topic}) for action, topic in pairs]
    yield from report("milestones", rows[misplaced], "action", "is no action of the topic {topic}")


@rule
def milestone_is_there_once(tables: Tables) -> Iterator[Fault]:
    """No step is entered twice, and an agreement is one of two states."""
    rows = tables["milestones"]
    again = rows.duplicated(["subject", "action", "date", "states"]) | rows.duplicated("what")
    text = "the same step as another row: take one of them out"
    yield from report("milestones", rows[again], "milestone", text)
    alone = (rows["action"] == "agreement") & (rows["states"].map(split_keys).map(len) < 2)
    text = "an agreement has two states: name the other, or correct the action"
    yield from report("milestones", rows[alone], "states", text)


@rule
def milestone_is_no_other_row(tables: Tables) -> Iterator[Fault]:
    """Talks that are a meeting, and agreements that are a treaty, stand in those tables alone."""
    rows = tables["milestones"]
    rows = rows[rows["date_precision"] == "day"]
    codes = rows["states"].map(lambda cell: frozenset(split_keys(cell)))
    signed = tables["treaty_actions"].query("action == 'signed'")
    seats = tables["meetings"].set_index("meeting")["date_start"]
    events = pd.DataFrame({"states": parties(tables["participation"]), "date": seats}).dropna()
    elsewhere = {
        "agreement": signed.groupby(["treaty", "date"])["state"].agg(frozenset).reset_index("date"),
        "talks": events.rename(columns={"states": "state"}),
    }
    for action, others in elsewhere.items():
        held = set(zip(others["date"], others["state"], strict=True))
        own = zip(rows["date"], codes, rows["action"], strict=True)
        again = rows[[what == action and (day, states) in held for day, states, what in own]]
        text = "another table has this day and these states: take it out here"
        yield from report("milestones", again, "milestone", text)


@rule
def states_of_the_text_are_listed(tables: Tables) -> Iterator[Fault]:
    """The states that the text of a milestone names are among its states, or the note says why."""
    rows = tables["milestones"]
    codes = tables["states"].set_index("name")["iso3"]
    pattern = rf"\b({'|'.join(map(re.escape, sorted(codes.index, key=len, reverse=True)))})\b"
    named = rows["what"].str.findall(pattern).map(lambda names: set(codes.reindex(names)))
    pairs = zip(named, rows["states"].map(split_keys), strict=True)
    rows = rows.assign(missing=[found - set(states) for found, states in pairs])
    text = "the text names {missing} too: correct states or text"
    yield from report("milestones", rows[rows["missing"].map(bool)], "states", text)
