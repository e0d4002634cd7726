"""Tests of the claims on arms, borders, the bodies of the past and the treaties."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from casi.claims.verdict import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    UNCHECKED,
    Verdict,
    decides,
    grade_as_stated,
    grade_by_sources,
)
from casi.measures import borders
from casi.measures.participation import held
from casi.record.lookup import (
    Record,
    levels_at,
    member_since,
    membership_rows,
    require,
    row_of,
    rows_of,
    signature_date,
    state_names,
)
from casi.states import ARTICLE_DAY, FIVE
from casi.text import listing, percents

FIRST_CLASH = pd.Timestamp(2021, 4, 28)  # start of the Kyrgyz-Tajik clashes of 2021
SECOND_CLASH = pd.Timestamp(2022, 9, 14)  # and of those of 2022
ACQUISITIONS = ["order", "delivery", "gift", "joint_production"]  # values of `arms_reports.kind`
SUPPLIERS = {"RUS": "Russia", "TUR": "Türkiye", "IRN": "Iran", "CHN": "China"}
PAIR = {"KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}


@decides("arms-race")
def arms_race(record: Record) -> Verdict:
    """Grade whether Kyrgyzstan and Tajikistan began to buy arms after September 2022.

    Supported if both did, partly if some acquisitions were before and some after.
    """
    reports = record["arms_reports"]
    acquired = reports["recipient"].isin(PAIR) & reports["kind"].isin(ACQUISITIONS)
    chosen = reports[acquired & (reports["date"] >= FIRST_CLASH) & (reports["status"] != "denied")]
    before = chosen[chosen["date"] < SECOND_CLASH]
    after = chosen[chosen["date"] >= SECOND_CLASH]
    both = set(after["recipient"]) == set(PAIR)
    verdict = PARTLY if len(before) and len(after) else SUPPORTED if both else CONTRADICTED
    return Verdict(
        verdict,
        rows_of("arms_reports", chosen["report"]),
        rows_of("arms_reports", before["report"]),
        {
            "dated": len(chosen),
            "before": len(before),
            "first": chosen["date"].min(),
            "after_article": int((chosen["date"] > ARTICLE_DAY).sum()),
        },
    )


@decides("suppliers-region")
def suppliers_region(record: Record) -> Verdict:
    """Grade whether each of `SUPPLIERS` supplied one of the five states, by register or report.

    Partly supported if only some of them did.
    """
    supplies = _supplies(record, FIVE)
    found = [name for code, name in SUPPLIERS.items() if code in set(supplies["supplier"])]
    verdict = SUPPORTED if len(found) == len(SUPPLIERS) else PARTLY if found else CONTRADICTED
    return Verdict(verdict, sorted(supplies["row"]))


@decides("suppliers")
def suppliers(record: Record) -> Verdict:
    """Grade whether each of `SUPPLIERS` supplied both states, by the register or a report.

    Partly supported if one of them is not known to have supplied one of the states.
    """
    supplies = _supplies(record, PAIR)
    pairs = set(zip(supplies["supplier"], supplies["recipient"], strict=True))
    missing = {
        name: [state for code, state in PAIR.items() if (supplier, code) not in pairs]
        for supplier, name in SUPPLIERS.items()
    }
    gaps = {name: states for name, states in missing.items() if states}
    return Verdict(
        PARTLY if gaps else SUPPORTED,
        sorted(supplies["row"]),
        values={
            "everywhere": [name for name in SUPPLIERS.values() if name not in gaps],
            "partly": [f"no supply by {name} to {listing(to)}" for name, to in gaps.items()],
        },
    )


@decides("dialogue-deepened")
def dialogue_deepened(record: Record) -> Verdict:
    """Grade whether the two states came closer to agreement on their border after the clash.

    Supported if every share of the whole line that was called agreed in the month before the
    article is higher than the last one before the clash of 2022.
    """
    before = _agreed(record, SECOND_CLASH)
    month = (ARTICLE_DAY - pd.DateOffset(months=1), ARTICLE_DAY)
    said = borders.shares(record["border_progress"]).query(
        "border == 'kgz-tjk' and of_what == 'whole_line' and stage in @borders.AGREED_STAGES"
    )
    said = require(said[said["date"].between(*month)], "border_progress in the month before")
    low, high = said["share"].agg(["min", "max"])
    return Verdict(
        SUPPORTED if low > before["share"] else CONTRADICTED,
        rows_of("border_progress", [before["statement"], *said["statement"]]),
        values={"before": before["share"], "shares": percents(low / 100, high / 100)},
    )


@decides("opposite-effect")
def opposite_effect(record: Record) -> Verdict:
    """Return the order of events; the tables do not show causes, so it cannot be checked."""
    clashes = record["clashes"]
    after = clashes[(clashes["border"] == "kgz-tjk") & (clashes["date_start"] > SECOND_CLASH)]
    statement = _agreed(record, pd.Timestamp(2024, 12, 31))
    return Verdict(
        UNCHECKED,
        [f"border_progress/{statement['statement']}", *rows_of("clashes", after["clash"])],
        values={
            "clashes_after": len(after),
            "share": statement["share"],
            "treaty": signature_date(record, "border-kgz-tjk-2025"),
        },
    )


@decides("border-94")
def border_94(record: Record) -> Verdict:
    """Grade whether 94 per cent of a border of 972 km was called delimited on 30 July 2024.

    Supported if one statement of that day names both numbers, partly if a statement of these weeks
    names 94 per cent of the whole line.
    """
    statements = record["border_progress"].query("border == 'kgz-tjk'")
    near = statements[
        (statements["percent"] == 94) & statements["date"].between("2024-07-01", "2024-08-15")
    ]
    whole_line = near[near["of_what"] == "whole_line"]
    exact = whole_line[(whole_line["date"] == "2024-07-30") & (whole_line["whole_km"] == 972)]
    disputed = near[near["of_what"] == "disputed_sections"]
    verdict = SUPPORTED if len(exact) else PARTLY if len(whole_line) else CONTRADICTED
    quoted = require(pd.concat([whole_line, disputed]), "statements of 94 per cent").iloc[0]
    lengths = statements[
        (statements["stage"] == "length") & (statements["date"] >= "2025-03-01")
    ].sort_values("date")
    return Verdict(
        verdict,
        rows_of("border_progress", near["statement"]),
        rows_of("border_progress", disputed["statement"]),
        {
            "day": quoted["date"],
            "who": quoted["speaker"],
            "percent": quoted["percent"],
            "day_after": disputed["date"].max(),
            "km_after": disputed["whole_km"].max(),
            "km": require(lengths, "lengths of kgz-tjk since the treaty").iloc[0]["km"],
            "treaty": signature_date(record, "border-kgz-tjk-2025"),
        },
    )


@decides("middle-corridor")
def middle_corridor(record: Record) -> Verdict:
    """Grade by the claim's own sources, at most in part.

    The name has two senses: the association that runs the route had not all five participants as
    members, while AFP counts them all.
    """
    found = grade_by_sources(record, "middle-corridor")
    return Verdict(UNCHECKED if found.verdict == UNCHECKED else PARTLY, found.rows)


@decides("caco-created")
def caco_created(record: Record) -> Verdict:
    """Grade whether two bodies were founded by states of the five alone.

    Partly supported if only one of them is on record, or an outside state founded one with them.
    """
    named = ["caco", "cau-defence-council"]
    bodies = record["organisations"].set_index("organisation")
    founded = bodies["founded"].reindex(named).dropna()
    if founded.empty:
        return Verdict(CONTRADICTED)
    members = record["memberships"].query("status == 'member'")
    founders = members[members["start"] <= members["organisation"].map(founded)]
    by_five_alone = founders["state"].isin(FIVE).all()
    verdict = SUPPORTED if len(founded) == len(named) and by_five_alone else PARTLY
    return Verdict(verdict, rows_of("organisations", founded.index))


@decides("powers-bodies")
def powers_bodies(record: Record) -> Verdict:
    """Return the memberships; the tables do not show who promoted a body, or why."""
    spells = record["memberships"]
    rows = spells[spells["organisation"].isin(["csto", "sco"]) & spells["state"].isin(SUPPLIERS)]
    values = {
        "csto": member_since(record, "csto", "RUS"),
        "sco": member_since(record, "sco", "CHN"),
    }
    return Verdict(UNCHECKED, membership_rows(rows), values=values)


@decides("russia-joined")
def russia_joined(record: Record) -> Verdict:
    """Grade whether Russia's membership of CACO began in 2004."""
    start = member_since(record, "caco", "RUS")
    return Verdict(SUPPORTED if start.year == 2004 else CONTRADICTED, ["memberships/caco/RUS"])


@decides("caco-ended")
def caco_ended(record: Record) -> Verdict:
    """Grade whether a summit in Saint Petersburg in 2005 ended CACO by a merger with EurAsEC.

    Partly supported while the end rests on the decision alone (`confidence` is not high): a
    decision is not its effect.
    """
    body = row_of(record, "organisations", "caco")
    summits = held(record["meetings"], "cau_caec_caco")
    in_2005 = summits["date_start"].dt.year == 2005
    summit = summits[in_2005 & (summits["place"] == "Saint Petersburg")]
    joined = member_since(record, "caco", "RUS")
    merged = body["successor"] == "eurasec" and body["ended"].year == 2005
    if not merged or summit.empty:
        verdict = CONTRADICTED
    else:
        verdict = SUPPORTED if body["confidence"] == "high" else PARTLY
    return Verdict(
        verdict,
        ["organisations/caco", *rows_of("meetings", summit["meeting"])],
        ["memberships/eurasec/UZB"],
        {
            "day": body["ended"],
            "months": round((body["ended"] - joined).days / 30.44),
            "uzb": member_since(record, "eurasec", "UZB"),
        },
    )


@decides("eurasec-new")
def eurasec_new(record: Record) -> Verdict:
    """Grade whether EurAsEC was new, at most a year old, when CACO was to merge with it."""
    founded = row_of(record, "organisations", "eurasec")["founded"]
    age = (row_of(record, "organisations", "caco")["ended"] - founded).days / 365.25
    verdict = CONTRADICTED if age > 1 else SUPPORTED
    values = {"founded": founded, "years": round(age)}
    return Verdict(verdict, ["organisations/eurasec"], values=values)


@decides("kazakh-network")
def kazakh_network(record: Record) -> Verdict:
    """Return with which of the other four Kazakhstan signed a treaty of alliance; not graded."""
    kinds = record["treaties"].set_index("treaty")["kind"]
    signed = record["treaty_actions"].query("action == 'signed'")
    alliances = signed[signed["treaty"].map(kinds) == "alliance"]
    by_kazakhstan = alliances.loc[alliances["state"] == "KAZ", "treaty"]
    others = [state for state in FIVE if state != "KAZ"]
    with_others = alliances.loc[alliances["state"].isin(others), "treaty"]
    signatures = alliances[alliances["treaty"].isin(set(by_kazakhstan) & set(with_others))]
    allies = [state for state in others if state in set(signatures["state"])]
    return Verdict(
        None,
        rows_of("treaties", signatures["treaty"].unique()),
        values={
            "allies": state_names(record, allies),
            "rest": state_names(record, [state for state in others if state not in allies]),
            "latest": signatures["date"].max(),
        },
    )


@decides("treaty-2022")
def treaty_2022(record: Record) -> Verdict:
    """Grade whether just Kazakhstan, Kyrgyzstan and Uzbekistan signed the treaty in July 2022.

    Contradicted too if one of the five presidents was not at that summit.
    """
    actions = record["treaty_actions"].query("treaty == 'friendship-2022'")
    signed = actions[actions["action"] == "signed"].set_index("state")["date"]
    levels = levels_at(record, "consultative-2022").reindex(FIVE)
    in_july = set(signed.index[signed.dt.strftime("%Y-%m") == "2022-07"])
    all_came = (levels == "head_of_state").all()
    later = signed[signed > "2022-07-31"]
    keys = actions["treaty"].str.cat([actions["state"], actions["action"]], "/")
    return Verdict(
        SUPPORTED if in_july == {"KAZ", "KGZ", "UZB"} and all_came else CONTRADICTED,
        rows_of("treaty_actions", keys),
        values={
            "later": state_names(record, later.index),
            "when": later.max(),
            "never": state_names(record, [state for state in FIVE if state not in signed.index]),
        },
    )


@decides("treaty-hope")
def treaty_hope(record: Record) -> Verdict:
    """Grade whether Kazakhstan stated the hope; count which of the two states have signed."""
    signed = record["treaty_actions"].query("treaty == 'friendship-2022' and action == 'signed'")
    stated = grade_as_stated(record, "treaty-hope")
    absent = {"TJK", "TKM"}
    found = absent & set(signed["state"])
    values: dict[str, object] = {
        "signed": state_names(record, sorted(found)),
        "unsigned": state_names(record, sorted(absent - found)),
    }
    return Verdict(stated.verdict, stated.rows, values=values)


def _supplies(record: Record, recipients: Collection[str]) -> pd.DataFrame:
    """Return what `SUPPLIERS` supplied to some states, by the register or a report.

    Returns:
        Columns `recipient`, `supplier` and `row` (the `table/key`).
    """
    reports, deals = record["arms_reports"], record["arms_deals"]
    acquired = reports["kind"].isin(ACQUISITIONS) & (reports["status"] != "denied")
    supplies = pd.concat(
        [
            deals.assign(row="arms_deals/" + deals["deal"]),
            reports[acquired].assign(row="arms_reports/" + reports["report"]),
        ]
    )[["recipient", "supplier", "row"]]
    known = supplies["recipient"].isin(recipients) & supplies["supplier"].isin(SUPPLIERS)
    return supplies[known]


def _agreed(record: Record, day: pd.Timestamp) -> pd.Series:
    """Return the latest statement, up to a day, of the agreed share of the Kyrgyz-Tajik border.

    Raises:
        MissingRow: if there is none.
    """
    agreed = borders.agreed_on(record["border_progress"], "kgz-tjk", day)
    whole_line = agreed[agreed["of_what"] == "whole_line"]
    return require(whole_line, f"border_progress on kgz-tjk by {day:%Y-%m-%d}").iloc[0]
