"""The article of August 2024, claim by claim: a verdict on each, computed from the tables.

Each gradable claim of the table `claims` has one function, in `casi.claims.events` or
`casi.claims.powers`. It reads the record, names the rows that decide and those that speak against,
and returns the values that the texts of the table (`correct`, `since`) quote. Opinions, intentions
and forecasts are not graded, but followed up.
"""

from __future__ import annotations

import pandas as pd

from casi.claims import events, powers  # noqa: F401  importing them registers the tests
from casi.claims.verdict import TESTS, VERDICTS, Verdict
from casi.record.lookup import Record
from casi.text import fill

GRADED = ["event", "number", "date", "first", "cause"]
TABLES = [
    "claims",
    "meetings",
    "participation",
    "exercises",
    "states",
    "organisations",
    "memberships",
    "treaties",
    "treaty_actions",
    "border_progress",
    "clashes",
    "arms_reports",
    "arms_deals",
    "reported_figures",
    "sources",
]


def judge(record: Record) -> pd.DataFrame:
    """Test every claim of the article.

    Args:
        record: the tables named in `TABLES`, by name.

    Returns:
        The table `claims` with `verdict` (for a claim that is not graded, its kind), `rows` and
        `against` (lists of `table/key`), and `correct` and `since` filled in.

    Raises:
        KeyError: if a gradable claim has no test, or a text quotes a value that its test lacks.
    """
    return pd.DataFrame(
        [_judged(claim, record) for claim in record["claims"].itertuples(index=False)]
    )


def tally(judged: pd.DataFrame) -> pd.Series:
    """Count the graded claims by verdict, in the order of `VERDICTS`.

    Args:
        judged: what `judge` returns.
    """
    return judged["verdict"].value_counts().reindex(VERDICTS, fill_value=0)


def moved(old: Record, new: Record) -> pd.DataFrame:
    """Judge the claims of the article by the tables of both editions, with the tests of today.

    Args:
        old: typed tables of the edition before, by name; without them nothing moved.
        new: those of this edition.

    Returns:
        Columns `claim`, `was`, `now`: the claims whose verdict moved, and those that are new
        (`was` empty) or no longer made (`now` empty).
    """
    if not old:
        return pd.DataFrame(columns=["claim", "was", "now"])
    was, now = (
        judge({name: of[name] for name in TABLES}).set_index("claim")["verdict"]
        for of in (old, new)
    )
    both = pd.DataFrame({"was": was, "now": now}).fillna("").rename_axis("claim").reset_index()
    return both[both["was"] != both["now"]].reset_index(drop=True)


def _judged(claim, record: Record) -> dict[str, object]:
    graded = claim.kind in GRADED
    if graded and claim.claim not in TESTS:
        raise KeyError(f"no test for the claim {claim.claim!r}")
    found = TESTS[claim.claim](record) if claim.claim in TESTS else Verdict(None)
    texts = {name: getattr(claim, name) for name in ("correct", "since")}
    filled = {
        name: "" if pd.isna(text) else fill(text, found.values) for name, text in texts.items()
    }
    verdict = found.verdict if graded else f"{claim.kind}, not graded"
    judged = {"verdict": verdict, "rows": found.rows, "against": found.against}
    return claim._asdict() | filled | judged
