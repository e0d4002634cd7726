"""What treaties oblige: who promised whom what, and how far each promise is known to bind.

The classes of promises are those of ATOP (Leeds et al. 2002, *Alliance Treaty Obligations and
Provisions*, International Interactions 28, 237-260) and a few more; see the table `obligations`.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pandas as pd

from casi.record.lookup import Record
from casi.record.on_day import members_on
from casi.states import FIVE
from casi.text import listing

SIX = [*FIVE, "AZE"]
POWERS = ["RUS", "CHN", "TUR"]
PROMISES = {  # the class of an obligation, and its name in charts and tables
    "defence": "Defence",
    "consultation": "Talks on a threat",
    "neutrality": "No hostile blocs",
    "non_aggression": "No force",
    "border_recognition": "Respect for borders",
    "no_hostile_use": "Land not lent",
}
IN_FORCE, SIGNED, REPORTED, NOT_FOUND = "in force", "signed", "reported", "not found"
STANDINGS = [IN_FORCE, SIGNED, REPORTED, NOT_FOUND]  # the best known first
REPLACED = {"friendship-rus-tkm-1992", "military-kaz-rus-1994", "bases-rus-tjk-1999"}  # by notes
TREATY_OF_BODY = {"cst-1992": "csto"}  # a treaty that binds just the members of a body
READ = {"text_read": "text read", "reported": "reported", "dataset": "data set"}
CLAUSE_LABELS = {
    "name": "Treaty",
    "promise": "Promise",
    "article": "Article",
    "note": "Content",
    "read": "Known from",
}
LEFT = ["withdrew", "not_renewed", "suspended"]
NEW_ALLIANCES = 2022  # first year of the new treaties on allied relations


def pairs(states: list[str] = SIX, powers: list[str] = POWERS) -> list[tuple[str, str]]:
    """Return all pairs of some states, and then each of them with each outside power.

    Examples:
        >>> pairs(["KAZ", "UZB"], ["RUS"])
        [('KAZ', 'UZB'), ('KAZ', 'RUS'), ('UZB', 'RUS')]
    """
    return [*combinations(states, 2), *product(states, powers)]


def parties(record: Record, day: pd.Timestamp) -> dict[str, dict[str, bool]]:
    """Return by treaty its parties, and whether it is known to be in force for each.

    A treaty of two states binds both when it is in force; one of more states only those for which
    the record has an entry into force. States that left it are no parties, nor are those of a
    treaty that another replaced. A treaty of `TREATY_OF_BODY` binds the members of the body.

    Args:
        record: the tables `treaties`, `treaty_actions` and `memberships`.
        day: on which the membership counts.
    """
    actions = record["treaty_actions"]
    done = actions.groupby(["treaty", "state"])["action"].agg(set)
    found: dict[str, dict[str, bool]] = {}
    for treaty in record["treaties"].itertuples():
        if treaty.treaty in REPLACED or treaty.treaty not in done.index.get_level_values(0):
            continue
        steps = done[treaty.treaty]
        joined = steps[[bool(did & {"signed", "acceded"}) for did in steps]]
        joined = joined[[did.isdisjoint(LEFT) for did in joined]]
        known = pd.notna(treaty.in_force_date)
        two = len(steps) == 2
        found[treaty.treaty] = {
            state: bool(known and (two or "in_force" in did)) for state, did in joined.items()
        }
    members = members_on(record["memberships"], day)
    for key, body in TREATY_OF_BODY.items():
        own = members.loc[members["organisation"] == body, "state"]
        found[key] = dict.fromkeys(own, True)
    return found


def ties(record: Record, day: pd.Timestamp) -> pd.DataFrame:
    """Return each promise between the pairs of `pairs`, one row a pair, treaty and class.

    Args:
        record: the tables `obligations`, `treaties`, `treaty_actions` and `memberships`.
        day: the day asked about.

    Returns:
        `first`, `second` (codes), the columns of `obligations`; `standing`: `in force`, `signed`
        (no entry into force on record), or `reported`, if the confidence is not high or the text
        is a declaration; and `ratified`: both states are on record as having ratified.
    """
    owed, kinds = parties(record, day), record["treaties"].set_index("treaty")["kind"]
    acts = record["treaty_actions"].query("action == 'ratified'")
    ratified = set(zip(acts["treaty"], acts["state"], strict=True))
    rows = []
    for row in record["obligations"].to_dict("records"):
        bound = owed.get(row["treaty"], {})
        for first, second in pairs():
            if first in bound and second in bound:
                vague = row["confidence"] != "high" or kinds[row["treaty"]] == "declaration"
                both = bound[first] and bound[second]
                standing = REPORTED if vague else IN_FORCE if both else SIGNED
                own = {(row["treaty"], first), (row["treaty"], second)}
                tie = {"standing": standing, "ratified": own <= ratified}
                rows.append({"first": first, "second": second, **row, **tie})
    columns = ["first", "second", *record["obligations"].columns, "standing", "ratified"]
    return pd.DataFrame(rows, columns=columns)


def grid(promises: pd.DataFrame, chosen: list[tuple[str, str]]) -> pd.DataFrame:
    """Return the best known standing of each promise between pairs.

    Args:
        promises: what `ties` returns.
        chosen: the pairs, in the order of the rows.

    Returns:
        Index the pairs; columns those of `PROMISES`; cells of `STANDINGS`, `not found` where no
        row says that such a promise was made, which does not show that there is none.
    """
    rank = promises.assign(rank=promises["standing"].map(STANDINGS.index))
    best = rank.groupby(["first", "second", "obligation"])["rank"].min()
    cells = [
        [STANDINGS[best.get((*pair, promise), len(STANDINGS) - 1)] for promise in PROMISES]
        for pair in chosen
    ]
    return pd.DataFrame(cells, index=pd.Index(chosen, tupleize_cols=False), columns=[*PROMISES])


def most_frequent(cells: pd.DataFrame) -> tuple[list[str], int]:
    """Return the promises found for most pairs, in words, and for how many each is found.

    Args:
        cells: what `grid` returns.
    """
    found = cells.ne(NOT_FOUND).sum()
    return [PROMISES[key].lower() for key in found.index[found == found.max()]], int(found.max())


def partners(promises: pd.DataFrame, promise: str) -> pd.DataFrame:
    """Return for each of the six states the partners of a promise, by standing.

    Args:
        promises: what `ties` returns.
        promise: a class of obligation.

    Returns:
        Index the codes of `SIX`; columns those of `STANDINGS` but `not found`; cells lists of
        codes, each partner under its best known standing only.
    """
    cells = grid(promises, pairs())[promise]
    found: dict[str, dict[str, list[str]]] = {
        standing: {state: [] for state in SIX} for standing in STANDINGS[:-1]
    }
    for (first, second), standing in cells[cells != NOT_FOUND].items():
        for state, other in ((first, second), (second, first)):
            if state in SIX:
                found[standing][state].append(other)
    return pd.DataFrame(found)


def if_attacked(promises: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Write who promised each of the six states aid or talks, by the best known standing.

    Args:
        promises: what `ties` returns.
        names: names of states by code.

    Returns:
        A row a state, its columns named for readers: partners, or `not found`.
    """
    table = pd.DataFrame({"If attacked": [names[state] for state in SIX]})
    for promise, what in (("defence", "Aid"), ("consultation", "Talks")):
        for standing, found in partners(promises, promise).items():
            title = (
                f"{what} promised, {standing}" if standing == IN_FORCE else f"{what}, {standing}"
            )
            table[title] = [
                listing([names[code] for code in found[state]], NOT_FOUND) for state in SIX
            ]
    return table


def of_state(promises: pd.DataFrame, state: str, classes: list[str]) -> pd.DataFrame:
    """Return what `ties` has in some classes between a state and others, with its `partner`."""
    rows = promises[promises[["first", "second"]].eq(state).any(axis=1)]
    rows = rows[rows["obligation"].isin(classes)]
    return rows.assign(partner=rows["first"].where(rows["first"] != state, rows["second"]))


def of_pair(promises: pd.DataFrame, first: str, second: str, promise: str) -> pd.DataFrame:
    """Return what `ties` has of one promise between two states, without rows of data sets."""
    rows = promises[(promises["first"] == first) & (promises["second"] == second)]
    return rows[(rows["obligation"] == promise) & (rows["text_status"] != "dataset")]


def pair_names(chosen: list[tuple[str, str]], names: dict[str, str]) -> list[str]:
    """Return pairs of codes as text, such as `Kazakhstan–Kyrgyzstan`."""
    return [f"{names[first]}–{names[second]}" for first, second in chosen]


def clauses(record: Record, classes: list[str]) -> pd.DataFrame:
    """Return what treaties in effect say in some classes, without rows of data sets.

    Args:
        record: the tables `obligations` and `treaties`.
        classes: values of `obligation`, in the order in which they are listed for a treaty.

    Returns:
        The columns of `obligations`, with `name` and `date_opened` of the treaty, the oldest first,
        and in words `promise` (the class) and `read` (how the text is known).
    """
    rows = record["obligations"]
    rows = rows[rows["obligation"].isin(classes) & (rows["text_status"] != "dataset")]
    rows = rows[~rows["treaty"].isin(REPLACED)]
    rows = rows.merge(record["treaties"][["treaty", "name", "date_opened"]])
    rows = rows.assign(
        place=rows["obligation"].map(classes.index),
        promise=rows["obligation"].map(PROMISES),
        read=rows["text_status"].map(READ),
    )
    return rows.sort_values(["date_opened", "treaty", "place"], ignore_index=True)


def alliances(record: Record) -> pd.DataFrame:
    """Return the treaties of alliance and all that promise defence, the oldest first.

    Declarations and treaties of the bodies that only restate another treaty are left out.

    Args:
        record: the tables `obligations`, `treaties` and `treaty_actions`.

    Returns:
        `treaty`, `name`, `opened` (date), `precision`, `in_force` (`in force`, `ended` or
        `signed`), and by class of `PROMISES` and for `joint_exercises` how the text was read, with
        the article; `not found` if no row has it.
    """
    owed = record["obligations"]
    signed = record["treaty_actions"].query("action == 'signed'").groupby("treaty")["state"]
    signers = signed.nunique()
    treaties = record["treaties"]
    defence = treaties["treaty"].isin(owed.loc[owed["obligation"] == "defence", "treaty"])
    chosen = treaties[(treaties["kind"] == "alliance") | defence]
    chosen = chosen[chosen["treaty"].map(signers) > 1].sort_values(["date_opened", "treaty"])
    article = owed["article"].map(lambda text: f"article {text}, ", na_action="ignore").fillna("")
    texts = owed.assign(text=article + owed["text_status"].map(READ))
    texts = texts.set_index(["treaty", "obligation"])["text"]
    standing = chosen["in_force_date"].notna().map({True: IN_FORCE, False: SIGNED})
    standing = standing.mask(chosen["treaty"].isin(REPLACED), "replaced")
    table = pd.DataFrame(
        {
            "treaty": chosen["treaty"],
            "name": chosen["name"],
            "opened": chosen["date_opened"],
            "precision": chosen["date_precision"],
            "in_force": standing,
        }
    )
    for promise in PROMISES:
        table[promise] = [texts.get((key, promise), NOT_FOUND) for key in chosen["treaty"]]
    return table.reset_index(drop=True)


def headline(record: Record, day: pd.Timestamp) -> dict[str, Any]:
    """Return the numbers on obligations that the text quotes, by name.

    Args:
        record: the tables `obligations`, `treaties`, `treaty_actions` and `memberships`.
        day: the day asked about.

    Returns:
        `rows`, `rows_read` and `rows_dataset` (obligations, those read in the text, and those of a
        data set); `treaties_read` and `treaties` (with a passage read, and all with a row);
        `defence_five`, `consult_five` (pairs of the five by standing, a list of codes each);
        `defence_powers` (pairs with an outside power by standing); `new` (treaties of alliance of
        the six since `NEW_ALLIANCES`, oldest first) and of these `new_defence`, `new_consult`,
        `new_neutral` and `new_in_force` (numbers).
    """
    owed = record["obligations"]
    promises = ties(record, day)
    read = owed["text_status"] == "text_read"
    table = alliances(record)
    signed = record["treaty_actions"].query("action == 'signed'").groupby("treaty")["state"]
    inner = signed.agg(set).map(set(SIX).issuperset)
    new = table[(table["opened"].dt.year >= NEW_ALLIANCES) & table["treaty"].map(inner)]
    found = {promise: int((new[promise] != NOT_FOUND).sum()) for promise in PROMISES}
    return {
        "rows": len(owed),
        "rows_read": int(read.sum()),
        "rows_dataset": int((owed["text_status"] == "dataset").sum()),
        "treaties": owed["treaty"].nunique(),
        "treaties_read": owed.loc[read, "treaty"].nunique(),
        **_by_standing(promises, "defence", list(combinations(FIVE, 2)), "defence_five"),
        **_by_standing(promises, "consultation", list(combinations(FIVE, 2)), "consult_five"),
        **_by_standing(promises, "defence", list(product(SIX, POWERS)), "defence_powers"),
        "new": new["name"].tolist(),
        "new_defence": found["defence"],
        "new_consult": found["consultation"],
        "new_neutral": found["neutrality"],
        "new_in_force": int((new["in_force"] == IN_FORCE).sum()),
    }


def _by_standing(
    promises: pd.DataFrame, promise: str, chosen: list[tuple[str, str]], name: str
) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of each standing, under names such as `defence_five_in_force`."""
    cells = grid(promises, chosen)[promise]
    return {
        f"{name}_{standing.replace(' ', '_')}": cells.index[cells == standing].tolist()
        for standing in STANDINGS
    }
