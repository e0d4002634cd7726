"""Contradictions of what treaties oblige with the treaties, and of a text with how it was read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casi.contradictions.base import Fault, Tables, report, rule
from casi.tables import split_keys

LAST_ARTICLE = 99  # treaties between states are shorter
ELSEWHERE = {"border", "arms_control"}  # kinds of treaty whose duties other tables hold


@rule
def obligation_is_owed(tables: Tables) -> Iterator[Fault]:
    """What a treaty obliges is owed by two or more states that signed or joined it."""
    joined = tables["treaty_actions"].query("action in ['signed', 'acceded']")
    parties = joined.groupby("treaty")["state"].nunique()
    rows = tables["obligations"]
    few = ~(rows["treaty"].map(parties) > 1)
    text = "fewer than two states signed {treaty}: add the actions or take the row out"
    yield from report("obligations", rows[few], "treaty", text)
    kinds = tables["treaties"].set_index("treaty")["kind"]
    rows = rows.assign(kind=rows["treaty"].map(kinds))
    text = "obligations of a treaty of kind {kind} are not listed here: take the row out"
    yield from report("obligations", rows[rows["kind"].isin(ELSEWHERE)], "treaty", text)


@rule
def article_is_in_the_text(tables: Tables) -> Iterator[Fault]:
    """The number of an article is one that a treaty can have."""
    rows = tables["obligations"]
    numbers = pd.to_numeric(rows["article"])
    beyond = rows[(numbers > LAST_ARTICLE) | (numbers < 1)]
    yield from report("obligations", beyond, "article", "no treaty has such an article")


@rule
def text_was_read(tables: Tables) -> Iterator[Fault]:
    """A passage is read in a primary or legal page; what a data set codes has no article."""
    kinds = tables["sources"].set_index("key")["kind"]
    rows = tables["obligations"]
    keys = rows["source"].map(split_keys).explode().map(kinds)
    primary = keys.eq("primary").groupby(level=0).any()
    unread = (rows["text_status"] == "text_read") & ~primary
    text = "no source is a primary or legal page: cite the text, or call it reported"
    yield from report("obligations", rows[unread], "text_status", text)
    coded = rows["text_status"] == "dataset"
    differ = rows[coded != (rows["confidence"] == "dataset")]
    text = "the text is {text_status}: text status and confidence are of a data set together"
    yield from report("obligations", differ, "confidence", text)
    text = "a data set gives no article: empty it, or correct the text status"
    yield from report("obligations", rows[coded & rows["article"].notna()], "article", text)


@rule
def draft_is_not_the_treaty(tables: Tables) -> Iterator[Fault]:
    """What stood in a draft only is of low confidence: the signed text may differ."""
    published = tables["sources"].set_index("key")["published"]
    opened = tables["treaties"].set_index("treaty")["date_opened"]
    rows = tables["obligations"].assign(opened=lambda table: table["treaty"].map(opened))
    days = rows["source"].map(split_keys).explode().map(published)
    newest = days.fillna(pd.Timestamp.max.floor("D")).groupby(level=0).max()
    draft = (newest < rows["opened"]) & (rows["confidence"] == "high")
    text = "every source is older than the treaty of {opened}: cite a later one, or say low"
    yield from report("obligations", rows[draft], "confidence", text)
