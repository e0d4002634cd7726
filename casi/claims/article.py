"""Grade the claims of the article of August 2024, each by a test that reads the tables.

Each claim of a kind in `GRADED` has one test, a function in `casi.claims.events` or
`casi.claims.powers`. It names the rows that decide and those that contradict the claim, and
returns the values that the texts of the table `claims` (`correct`, `since`) quote. Opinions,
intentions and forecasts are not graded; their texts tell what happened later.
"""

from __future__ import annotations

import pandas as pd

from casi.claims import events, powers  # noqa: F401  importing them registers the tests
from casi.claims.verdict import TESTS, VERDICTS, Verdict
from casi.record.lookup import Record
from casi.text import fill

GRADED = ["event", "number", "date", "first", "cause", "stated"]
GRADED_LABELS = {
    "paragraph": "Par.",
    "statement": "The article says",
    "verdict": "Verdict",
    "correct": "What the record says",
    "since": "Since then",
}
UNGRADED_LABELS = {
    "paragraph": "Par.",
    "statement": "The article says",
    "kind": "Kind",
    "since": "What has happened since",
}
TABLES = [
    "claims",
    "meetings",
    "body_meetings",
    "participation",
    "exercises",
    "places",
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
    """Grade every claim of the article.

    Args:
        record: the tables named in `TABLES`, by name.

    Returns:
        The table `claims` with `verdict` (for a claim that is not graded, its kind), `rows` and
        `against` (lists of `table/key`), and `correct` and `since` filled in.

    Raises:
        KeyError: if a gradable claim has no test, or a text quotes a value that its test lacks.
    """
    return pd.DataFrame(
        [_grade(claim, record) for claim in record["claims"].itertuples(index=False)]
    )


def tally(judged: pd.DataFrame) -> pd.Series:
    """Count the graded claims by verdict, in the order of `VERDICTS`.

    Args:
        judged: what `judge` returns.
    """
    return judged["verdict"].value_counts().reindex(VERDICTS, fill_value=0)


def changed_verdicts(old: Record, new: Record) -> pd.DataFrame:
    """Grade the claims by the tables of two editions, with the tests of today, and compare.

    Args:
        old: typed tables of the edition before, by name; empty if there is none.
        new: those of this edition.

    Returns:
        Columns `claim`, `was`, `now`: the claims whose verdict differs, and those that are only in
        the new edition (`was` empty) or in the old one (`now` empty). No row without an old
        edition.
    """
    if not old:
        return pd.DataFrame(columns=["claim", "was", "now"])
    was, now = (
        judge({name: edition[name] for name in TABLES}).set_index("claim")["verdict"]
        for edition in (old, new)
    )
    verdicts = pd.DataFrame({"was": was, "now": now}).fillna("").rename_axis("claim").reset_index()
    return verdicts[verdicts["was"] != verdicts["now"]].reset_index(drop=True)


def _grade(claim, record: Record) -> dict[str, object]:
    graded = claim.kind in GRADED
    if graded and claim.claim not in TESTS:
        raise KeyError(f"no test for the claim {claim.claim!r}")
    result = TESTS[claim.claim](record) if claim.claim in TESTS else Verdict(None)
    texts = {name: getattr(claim, name) for name in ("correct", "since")}
    filled = {
        name: "" if pd.isna(text) else fill(text, result.values) for name, text in texts.items()
    }
    verdict = result.verdict if graded else f"{claim.kind}, not graded"
    grade = {"verdict": verdict, "rows": result.rows, "against": result.against}
    return claim._asdict() | filled | grade
