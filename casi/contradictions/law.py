"""Contradictions of treaties, of organisations, and of membership in them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, latest, report, rule
from casi.states import FIVE
from casi.tables import sets_by

TREATY_KINDS = {
    *("friendship", "alliance", "strategic_partnership", "border", "border_military"),
    *("collective_defence", "counter_terrorism", "nuclear_weapon_free_zone", "integration"),
    *("nuclear_weapon_free_zone_protocol", "arms_control", "military_cooperation"),
    *("sea_regime", "declaration"),
}
ORDER = [  # the earlier action of a state, and those that cannot come before it
    ("signed", ["ratified", "deposited", "in_force", "withdrew", "not_renewed", "suspended"]),
    ("ratified", ["deposited", "in_force", "withdrew", "not_renewed", "suspended"]),
    ("deposited", ["in_force", "withdrew", "not_renewed", "suspended"]),
    ("acceded", ["in_force", "withdrew", "not_renewed", "suspended"]),
    ("in_force", ["withdrew", "not_renewed", "suspended"]),
]


def _codes(keys: pd.Series, states: pd.Series) -> pd.Series:
    """Return the set of ISO codes, in lower case, that each key holds between hyphens."""
    known = set(states.str.lower())
    return keys.map(lambda key: frozenset(known.intersection(key.split("-"))))


@rule
def actions_in_order(tables: Tables) -> Iterator[Fault]:
    """A state signs, then ratifies, then deposits; only then is the treaty in force for it."""
    rows = tables["treaty_actions"]
    rows = rows.assign(last=latest(rows["date"], rows["date_precision"]))
    for action, followers in ORDER:
        first = rows[rows["action"] == action].set_index(["treaty", "state"])["date"]
        later = rows[rows["action"].isin(followers)]
        pairs = pd.MultiIndex.from_frame(later[["treaty", "state"]])
        later = later.assign(first=first.reindex(pairs).to_numpy())
        text = f"{{action}} before {{state}} {action} the treaty on {{first}}: correct a date"
        text = text.replace("in_force", "had in force")
        yield from report("treaty_actions", later[later["last"] < later["first"]], "date", text)


@rule
def action_fits_treaty(tables: Tables) -> Iterator[Fault]:
    """Nobody acts on a treaty before it is opened; it takes effect for none before all."""
    treaties = tables["treaties"].set_index("treaty")
    rows = tables["treaty_actions"]
    rows = rows.assign(
        last=latest(rows["date"], rows["date_precision"]),
        opened=rows["treaty"].map(treaties["date_opened"]),
        force=rows["treaty"].map(treaties["in_force_date"]),
    )
    text = "before {treaty} was opened for signature on {opened}: correct a date"
    yield from report("treaty_actions", rows[rows["last"] < rows["opened"]], "date", text)
    early = (rows["action"] == "in_force") & (rows["last"] < rows["force"])
    text = "before {treaty} entered into force on {force}: correct a date"
    yield from report("treaty_actions", rows[early], "date", text)
    signed = rows[rows["action"] == "signed"]
    first = signed.groupby("treaty")["date"].min()
    exact = signed.groupby("treaty")["date_precision"].agg(lambda found: set(found) == {"day"})
    rows = tables["treaties"]
    first_days = first.reindex(rows["treaty"]).set_axis(rows.index)
    rows = rows.assign(first=first_days, exact=rows["treaty"].map(exact))
    differ = rows["exact"].eq(True) & rows["first"].ne(rows["date_opened"])
    differ &= (rows["kind"] != "arms_control") & (rows["date_precision"] == "day")
    text = "treaty_actions.csv has the first signature on {first}: correct one of the two"
    yield from report("treaties", rows[differ], "date_opened", text)


@rule
def first_act_is_a_signature(tables: Tables) -> Iterator[Fault]:
    """On the day a treaty is opened states sign or decline; other acts follow, if not in force."""
    treaties = tables["treaties"].set_index("treaty")
    rows = tables["treaty_actions"]
    rows = rows.assign(opened=rows["treaty"].map(treaties["date_opened"]))
    force = rows["treaty"].map(treaties["in_force_date"])
    first = (rows["date"] == rows["opened"]) & (rows["date_precision"] == "day")
    at_once = (rows["action"] == "in_force") & (force == rows["opened"])
    other = first & ~rows["action"].isin(["signed", "declined"]) & ~at_once
    text = "{action} on {opened}, when {treaty} was opened: correct action or date"
    yield from report("treaty_actions", rows[other], "action", text)


@rule
def force_follows_consent(tables: Tables) -> Iterator[Fault]:
    """A treaty enters into force for a state that has signed or joined it."""
    rows = tables["treaty_actions"]
    consent = rows[rows["action"].isin(["signed", "ratified", "deposited", "acceded"])]
    known = set(zip(consent["treaty"], consent["state"], strict=True))
    rows = rows[rows["action"] == "in_force"]
    pairs = zip(rows["treaty"], rows["state"], strict=True)
    alone = [pair not in known for pair in pairs]
    text = "in force, but {state} has no row of signature, ratification or accession"
    yield from report("treaty_actions", rows[alone], "state", text)


@rule
def in_force_after_opening(tables: Tables) -> Iterator[Fault]:
    """A treaty is in force once it is open and, where its key names them, all parties ratified."""
    rows = tables["treaties"]
    force = latest(rows["in_force_date"], rows["in_force_precision"])
    text = "in force before it was opened on {date_opened}: correct a date"
    yield from report("treaties", rows[force < rows["date_opened"]], "in_force_date", text)
    actions = tables["treaty_actions"]
    ratified = actions[actions["action"] == "ratified"].groupby("treaty")["date"].max()
    rows = rows.assign(ratified=ratified.reindex(rows["treaty"]).to_numpy(), force=force)
    few = _codes(rows["treaty"], tables["states"]["iso3"]).map(len) > 1
    early = few & (rows["force"] < rows["ratified"])
    text = "in force before a party ratified it on {ratified}: correct a date"
    yield from report("treaties", rows[early], "in_force_date", text)
    days = rows.set_index("treaty")["in_force_date"].where(few.to_numpy())
    own = actions[(actions["action"] == "in_force") & actions["treaty"].isin(rows["treaty"][few])]
    own = own.assign(force=own["treaty"].map(days))
    text = "a treaty of two states takes effect for both on one day, here {force}: correct a date"
    yield from report("treaty_actions", own[own["date"] != own["force"]], "date", text)


@rule
def actions_exclude_each_other(tables: Tables) -> Iterator[Fault]:
    """A state does not sign and decline on one day, nor leave what it never joined."""
    rows = tables["treaty_actions"]
    done = rows.groupby(["treaty", "state"])["action"].agg(frozenset).rename("done")
    rows = rows.join(done, on=["treaty", "state"])
    signed = rows[rows["action"] == "signed"].set_index(["treaty", "state"])["date"]
    pairs = pd.MultiIndex.from_frame(rows[["treaty", "state"]])
    rows = rows.assign(signed=signed.reindex(pairs).to_numpy())
    declined = (rows["action"] == "declined") & (rows["date"] >= rows["signed"])
    text = "declined on or after the day it signed, {signed}: correct one of the two"
    yield from report("treaty_actions", rows[declined], "date", text)
    left = rows["action"].isin(["withdrew", "not_renewed"])
    joined = rows["done"].map(lambda did: bool(did & {"signed", "ratified", "acceded", "in_force"}))
    text = "{state} never joined {treaty}: add how it joined or correct the action"
    yield from report("treaty_actions", rows[left & ~joined], "action", text)
    twice = (rows["action"] == "acceded") & rows["done"].map(lambda did: "signed" in did)
    text = "a signatory ratifies, it does not accede: correct the action"
    yield from report("treaty_actions", rows[twice], "action", text)


@rule
def parties_are_those_of_the_key(tables: Tables) -> Iterator[Fault]:
    """A treaty whose key holds states has actions of these states only."""
    treaties = tables["treaties"]
    codes = _codes(treaties["treaty"], tables["states"]["iso3"])
    codes.index = treaties["treaty"]
    rows = tables["treaty_actions"]
    held = rows["treaty"].map(codes)
    pairs = zip(rows["state"].str.lower(), held, strict=True)
    foreign = [
        isinstance(own, frozenset) and len(own) > 1 and state not in own for state, own in pairs
    ]
    text = "{state} is no party of {treaty} by its key: correct the state or the key"
    yield from report("treaty_actions", rows[foreign], "state", text)


@rule
def treaty_kind_fits(tables: Tables) -> Iterator[Fault]:
    """Kinds are those of the codebook; border treaties are of neighbours; two of one day differ."""
    rows = tables["treaties"]
    unknown = ~rows["kind"].isin(TREATY_KINDS)
    yield from report("treaties", rows[unknown], "kind", "no such kind of treaty in the codebook")
    borders = tables["border_segments"]["border"].str.split("-").map(frozenset)
    codes = _codes(rows["treaty"], tables["states"]["iso3"])
    border = rows["kind"].isin(["border"]) & (codes.map(len) == 2) & ~codes.isin(set(borders))
    text = "the states of the key {treaty} share no border: correct kind or key"
    yield from report("treaties", rows[border], "kind", text)
    signed = tables["treaty_actions"].query("action == 'signed'")
    signers = rows["treaty"].map(sets_by(signed, "treaty", "state"))
    rows = rows.assign(signers=signers)[signers.notna() & (rows["date_precision"] == "day")]
    again = rows.duplicated(["date_opened", "kind", "signers"])
    text = "another treaty of this kind has the same day and signatories: take one of them out"
    yield from report("treaties", rows[again], "treaty", text)


@rule
def treaty_is_there_once(tables: Tables) -> Iterator[Fault]:
    """No two treaties have one name and one day."""
    rows = tables["treaties"]
    again = rows.duplicated(["name", "date_opened"])
    text = "another treaty has this name and day: take one of them out"
    yield from report("treaties", rows[again], "treaty", text)


@rule
def membership_within_life_of_body(tables: Tables) -> Iterator[Fault]:
    """Membership begins after a body was founded and ends with it."""
    bodies = tables["organisations"].set_index("organisation")
    rows = tables["memberships"]
    rows = rows.assign(
        founded=rows["organisation"].map(bodies["founded"]),
        ended=rows["organisation"].map(bodies["ended"]),
        begun=latest(rows["start"], rows["start_precision"]),
    )
    text = "before {organisation} was founded on {founded}: correct a date"
    yield from report("memberships", rows[rows["begun"] < rows["founded"]], "start", text)
    text = "{organisation} ended on {ended}: end the membership that day or correct a date"
    yield from report("memberships", rows[rows["start"] >= rows["ended"]], "start", text)
    lasting = rows["ended"].notna() & ~(rows["end"] <= rows["ended"])
    yield from report("memberships", rows[lasting], "end", text)


@rule
def founding_is_one_day(tables: Tables) -> Iterator[Fault]:
    """The first members of a body joined on the day it was founded, or weeks later."""
    bodies = tables["organisations"]
    first = tables["memberships"].groupby("organisation")["start"].min()
    rows = bodies.assign(first=bodies["organisation"].map(first))
    gap = (rows["first"] - rows["founded"]).dt.days
    text = "its first members joined on {first}, days later: correct one of the two"
    yield from report("organisations", rows[(gap > 0) & (gap < 15)], "founded", text)


@rule
def suspended_after_membership(tables: Tables) -> Iterator[Fault]:
    """A membership is suspended after it began, and a state comes back by a later spell."""
    rows = tables["memberships"]
    member = rows[rows["status"] == "member"].groupby(["organisation", "state"])["start"].min()
    pairs = pd.MultiIndex.from_frame(rows[["organisation", "state"]])
    rows = rows.assign(member=member.reindex(pairs).to_numpy())
    neutral = (rows["state"] == "TKM") & rows["organisation"].isin(["cst", "csto", "sco"])
    text = "Turkmenistan is neutral, by the UN's resolution of 12 December 1995, and no member"
    full = rows["status"].isin(["member", "suspended"])
    yield from report("memberships", rows[neutral & full], "state", text)
    never = (rows["status"] == "suspended") & ~(rows["member"] < rows["start"])
    text = "suspended without having been a member of {organisation} before"
    yield from report("memberships", rows[never], "status", text)
    body, status = rows["organisation"], rows["status"]
    odd = (status == "dialogue_partner") & (body != "sco")
    odd |= (status == "partner") & ~body.isin(["sco", "pfp"])
    odd |= (body == "pfp") & (status != "partner")
    text = "{organisation} has no such standing: correct the status"
    yield from report("memberships", rows[odd], "status", text)
    below = rows["status"].isin(["observer", "dialogue_partner"]) & (rows["member"] < rows["start"])
    text = "{state} was a member of {organisation} from {member}: correct the status or a date"
    yield from report("memberships", rows[below], "status", text)


@rule
def body_ends_once(tables: Tables) -> Iterator[Fault]:
    """A body that ended says how; its successor exists, is another, and takes over at the end."""
    rows = tables["organisations"]
    bodies = rows.set_index("organisation")
    rows = rows.assign(heir=rows["successor"].map(bodies["founded"]))
    ended = rows["ended"].notna()
    yield from report("organisations", rows[ended & rows["end_kind"].isna()], "end_kind", "say how")
    open_end = ~ended & rows["end_kind"].isin(["merged", "renamed", "dissolved"])
    text = "{end_kind}, and no day on which it ended: give the day or empty the kind"
    yield from report("organisations", rows[open_end], "ended", text)
    wrong = rows["successor"].notna() & (
        rows["heir"].isna() | (rows["successor"] == rows["organisation"])
    )
    text = "no other body of the table: correct the successor"
    yield from report("organisations", rows[wrong], "successor", text)
    late = ended & (rows["heir"] > rows["ended"] + pd.Timedelta(days=31))
    text = "founded on {heir}, after {organisation} had ended on {ended}"
    yield from report("organisations", rows[late], "successor", text)
    renamed = (
        (rows["end_kind"] == "renamed") & rows["heir"].notna() & (rows["heir"] != rows["ended"])
    )
    text = "renamed on {ended}, but the body of the new name was founded on {heir}"
    yield from report("organisations", rows[renamed], "ended", text)
    again = rows["name"].str.lower().duplicated()
    yield from report("organisations", rows[again], "name", "a body of this name is in the table")


@rule
def founders_fit(tables: Tables) -> Iterator[Fault]:
    """A body founded by the five alone had no outside member when it was founded."""
    rows = tables["organisations"]
    bodies = rows.set_index("organisation")
    spells = tables["memberships"].query("status == 'member'")
    founded = spells["organisation"].map(bodies["founded"])
    first = spells.groupby("organisation")["start"].transform("min")
    founding = (spells["start"] <= founded + pd.Timedelta(days=1)) | (spells["start"] == first)
    outside = spells[founding & ~spells["state"].isin(FIVE)]["organisation"].unique()
    wrong = rows["central_asian_only"] & rows["organisation"].isin(outside)
    text = "memberships.csv has outside states among the founders: correct one of the two"
    yield from report("organisations", rows[wrong], "central_asian_only", text)
    held = set(spells[~spells["state"].isin(FIVE)]["organisation"])
    members = set(spells["organisation"])
    alone = ~rows["central_asian_only"] & rows["organisation"].isin(members - held)
    text = "memberships.csv has members from the five states alone: correct one of the two"
    yield from report("organisations", rows[alone], "central_asian_only", text)


@rule
def bodies_differ_by_name(tables: Tables) -> Iterator[Fault]:
    """No two bodies have one name or one abbreviation."""
    rows = tables["organisations"]
    for column in ("name", "abbreviation"):
        again = rows[column].notna() & rows[column].str.casefold().duplicated()
        yield from report("organisations", rows[again], column, "another body has it too")


@rule
def founder_is_a_member(tables: Tables) -> Iterator[Fault]:
    """Who joins on the day a body is founded founds it: a member, unless it is a successor."""
    bodies = tables["organisations"]
    new = bodies[~bodies["organisation"].isin(bodies["successor"])]
    rows = tables["memberships"]
    first = rows["start"] == rows["organisation"].map(new.set_index("organisation")["founded"])
    odd = first & rows["status"].isin(["observer", "dialogue_partner", "associate", "suspended"])
    text = "joined {organisation} on the day it was founded: correct status or date"
    yield from report("memberships", rows[odd], "status", text)
