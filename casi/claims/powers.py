"""Tests of what the article says of arms, borders, the bodies of the past and the treaties."""

from __future__ import annotations

import pandas as pd

from casi.claims.verdict import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    UNCHECKED,
    Verdict,
    decides,
    sourced,
)
from casi.measures import borders
from casi.measures.participation import held
from casi.record.lookup import (
    Record,
    levels_at,
    member_since,
    rows_of,
    signature_date,
    state_names,
)
from casi.states import ARTICLE_DAY, FIVE
from casi.text import listing

WAR = pd.Timestamp("2022-09-14")
FIRST_CLASH = pd.Timestamp("2021-04-28")
BUYS = ["order", "delivery", "gift", "joint_production"]
SUPPLIERS = {"RUS": "Russia", "TUR": "Türkiye", "IRN": "Iran", "CHN": "China"}
PAIR = {"KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}


@decides("arms-race")
def arms_race(record: Record) -> Verdict:
    """Partly supported if purchases and gifts of the two had begun before September 2022."""
    reports = record["arms_reports"]
    own = reports["recipient"].isin(PAIR) & reports["kind"].isin(BUYS)
    dated = reports[own & (reports["date"] >= FIRST_CLASH) & (reports["status"] != "denied")]
    before, after = dated[dated["date"] < WAR], dated[dated["date"] >= WAR]
    both = set(after["recipient"]) == set(PAIR)
    verdict = PARTLY if len(before) and len(after) else SUPPORTED if both else CONTRADICTED
    return Verdict(
        verdict,
        rows_of("arms_reports", dated["report"]),
        rows_of("arms_reports", before["report"]),
        {
            "dated": len(dated),
            "before": len(before),
            "first": dated["date"].min(),
            "after_article": int((dated["date"] > ARTICLE_DAY).sum()),
        },
    )


@decides("suppliers")
def suppliers(record: Record) -> Verdict:
    """Supported if each of the four supplied both states, by register or dated report."""
    reports = record["arms_reports"]
    real = reports["kind"].isin(BUYS) & (reports["status"] != "denied")
    pairs = pd.concat(
        [
            record["arms_deals"].assign(row="arms_deals/" + record["arms_deals"]["deal"]),
            reports[real].assign(row="arms_reports/" + reports["report"]),
        ]
    )[["recipient", "supplier", "row"]]
    pairs = pairs[pairs["recipient"].isin(PAIR) & pairs["supplier"].isin(SUPPLIERS)]
    served = pairs.groupby("supplier")["recipient"].agg(set).reindex(list(SUPPLIERS))
    served = served.map(lambda states: states if isinstance(states, set) else set())
    missing = {
        code: [name for state, name in PAIR.items() if state not in states]
        for code, states in served.items()
    }
    gaps = {SUPPLIERS[code]: names for code, names in missing.items() if names}
    return Verdict(
        PARTLY if gaps else SUPPORTED,
        sorted(pairs["row"]),
        values={
            "everywhere": [name for name in SUPPLIERS.values() if name not in gaps],
            "partly": [f"no supply by {name} to {listing(left)}" for name, left in gaps.items()],
        },
    )


@decides("opposite-effect")
def opposite_effect(record: Record) -> Verdict:
    """A cause cannot be read off tables; the order of events is reported."""
    clashes = record["clashes"]
    after = clashes[(clashes["border"] == "kgz-tjk") & (clashes["date_start"] > WAR)]
    last = borders.agreed_on(record["border_progress"], "kgz-tjk", pd.Timestamp("2024-12-31"))
    line = last.set_index("of_what").loc["whole_line"]
    return Verdict(
        UNCHECKED,
        [f"border_progress/{line['statement']}", *rows_of("clashes", after["clash"])],
        values={
            "clashes_after": len(after),
            "share": line["share"],
            "treaty": signature_date(record, "border-kgz-tjk-2025"),
        },
    )


@decides("border-94")
def border_94(record: Record) -> Verdict:
    """Supported only if an official said, that day, 94 percent of the line and its length of 972.

    Partly if some statement around that day has 94 percent of the line.
    """
    stated = record["border_progress"].query("border == 'kgz-tjk' and percent == 94")
    near = stated[stated["date"].between("2024-07-01", "2024-08-15")]
    line = near[near["of_what"] == "whole_line"]
    exact = line[(line["date"] == "2024-07-30") & (line["whole_km"] == 972)]
    other = near[near["of_what"] == "disputed_sections"]
    verdict = SUPPORTED if len(exact) else PARTLY if len(line) else CONTRADICTED
    first = line.iloc[0] if len(line) else other.iloc[0]
    km = record["border_progress"].query("border == 'kgz-tjk' and stage == 'length'")
    longest = km[km["date"] >= "2025-03-01"].sort_values("date").iloc[0]
    return Verdict(
        verdict,
        rows_of("border_progress", near["statement"]),
        rows_of("border_progress", other["statement"]),
        {
            "day": first["date"],
            "who": first["speaker"],
            "percent": first["percent"],
            "day_after": other["date"].max(),
            "km_after": other["whole_km"].max(),
            "km": longest["km"],
            "treaty": signature_date(record, "border-kgz-tjk-2025"),
        },
    )


@decides("middle-corridor")
def middle_corridor(record: Record) -> Verdict:
    """Membership of the route is not in the tables, and its name is used in two senses."""
    return Verdict(UNCHECKED, sourced(record, "middle-corridor").rows)


@decides("caco-created")
def caco_created(record: Record) -> Verdict:
    """Supported if both bodies were founded with no member from outside the five."""
    bodies = record["organisations"].set_index("organisation")
    wanted = ["caco", "cau-defence-council"]
    founded = bodies["founded"].reindex(wanted)
    spells = record["memberships"].merge(founded, left_on="organisation", right_index=True)
    founders = spells[spells["status"] == "member"]
    outside = founders[(founders["start"] <= founders["founded"]) & ~founders["state"].isin(FIVE)]
    there = founded.notna()
    verdict = (
        SUPPORTED if there.all() and outside.empty else PARTLY if there.any() else CONTRADICTED
    )
    return Verdict(verdict, rows_of("organisations", there.index[there]))


@decides("powers-bodies")
def powers_bodies(record: Record) -> Verdict:
    """Who was a member can be read off; who pushed which body, and why, cannot."""
    spells = record["memberships"]
    rows = spells[spells["organisation"].isin(["csto", "sco"]) & spells["state"].isin(SUPPLIERS)]
    return Verdict(
        UNCHECKED, rows_of("memberships", rows["organisation"].str.cat(rows["state"], "/"))
    )


@decides("russia-joined")
def russia_joined(record: Record) -> Verdict:
    """Supported if Russia's membership began in 2004."""
    start = member_since(record, "caco", "RUS")
    return Verdict(SUPPORTED if start.year == 2004 else CONTRADICTED, ["memberships/caco/RUS"])


@decides("caco-ended")
def caco_ended(record: Record) -> Verdict:
    """Partly supported: a decision of that summit is not yet its effect.

    Supported only if the end rests on more than the decision (`confidence` high) and a summit was
    held in Saint Petersburg on that day.
    """
    body = record["organisations"].set_index("organisation").loc["caco"]
    summits = held(record["meetings"], "cau_caec_caco")
    that = summits[
        (summits["place"] == "Saint Petersburg") & (summits["date_start"].dt.year == 2005)
    ]
    joined = member_since(record, "caco", "RUS")
    right = body["successor"] == "eurasec" and body["ended"].year == 2005 and len(that)
    verdict = CONTRADICTED if not right else SUPPORTED if body["confidence"] == "high" else PARTLY
    return Verdict(
        verdict,
        ["organisations/caco", *rows_of("meetings", that["meeting"])],
        ["memberships/eurasec/UZB"],
        {
            "day": body["ended"],
            "months": round((body["ended"] - joined).days / 30.44),
            "uzb": member_since(record, "eurasec", "UZB"),
        },
    )


@decides("eurasec-new")
def eurasec_new(record: Record) -> Verdict:
    """Contradicted if the Community was more than a year old when the merger was decided."""
    bodies = record["organisations"].set_index("organisation")
    age = (bodies.loc["caco", "ended"] - bodies.loc["eurasec", "founded"]).days / 365.25
    verdict = CONTRADICTED if age > 1 else SUPPORTED
    values = {"founded": bodies.loc["eurasec", "founded"], "years": round(age)}
    return Verdict(verdict, ["organisations/eurasec"], values=values)


@decides("kazakh-network")
def kazakh_network(record: Record) -> Verdict:
    """Not graded: with whom of the four Kazakhstan has signed a treaty of alliance."""
    kinds = record["treaties"].set_index("treaty")["kind"]
    signed = record["treaty_actions"].query("action == 'signed'")
    allied = signed[signed["treaty"].map(kinds) == "alliance"]
    own = allied[allied["treaty"].isin(allied.loc[allied["state"] == "KAZ", "treaty"])]
    allies = [state for state in FIVE if state != "KAZ" and state in set(own["state"])]
    rest = [state for state in FIVE if state != "KAZ" and state not in allies]
    return Verdict(
        None,
        rows_of("treaties", own["treaty"].unique()),
        values={
            "allies": state_names(record, allies),
            "rest": state_names(record, rest),
            "latest": own["date"].max(),
        },
    )


@decides("treaty-2022")
def treaty_2022(record: Record) -> Verdict:
    """Supported if three of the five signed in July 2022 and the two named did not that day."""
    actions = record["treaty_actions"].query("treaty == 'friendship-2022'")
    signed = actions[actions["action"] == "signed"].set_index("state")["date"]
    summit = levels_at(record, "consultative-2022").reindex(FIVE)
    first = set(signed.index[signed.dt.strftime("%Y-%m") == "2022-07"])
    right = first == {"KAZ", "KGZ", "UZB"} and (summit == "head_of_state").all()
    late = signed[signed > "2022-07-31"]
    return Verdict(
        SUPPORTED if right else CONTRADICTED,
        rows_of(
            "treaty_actions", actions["treaty"].str.cat([actions["state"], actions["action"]], "/")
        ),
        values={
            "later": state_names(record, late.index),
            "when": late.max(),
            "never": state_names(record, [state for state in FIVE if state not in signed.index]),
        },
    )


@decides("treaty-hope")
def treaty_hope(record: Record) -> Verdict:
    """Not graded: how many of the two have signed since."""
    actions = record["treaty_actions"].query("treaty == 'friendship-2022' and action == 'signed'")
    late = actions[actions["state"].isin(["TJK", "TKM"])]
    return Verdict(None, values={"signed": len(late)})
